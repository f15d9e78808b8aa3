"""What pages ask of the services, as protocols, so that a test can put one call in its place.

`privreg.services.records` and `privreg.services.agenda` fulfil them as modules.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from privreg.errors import FieldProblem
    from privreg.law.deadline import Deadline
    from privreg.registers.declaration import FieldSpec, Linked, Register, Values
    from privreg.services.changes import Changes
    from privreg.services.records import HistoryEntry, ListQuery, Page


class Records(Protocol):
    """Reading and saving records of any register."""

    def new(self, desk: Any, slug: str, **preset: Any) -> Values:
        """Return an unsaved record."""
        ...

    def load(self, desk: Any, slug: str, record_id: UUID) -> Values:
        """Return one record."""
        ...

    def warnings(self, desk: Any, slug: str, values: Values) -> list[FieldProblem]:
        """Return what a draft may better not say."""
        ...

    def save(self, desk: Any, slug: str, values: Values, *, reason: str = "") -> Changes:
        """Save a record."""
        ...

    def delete(self, desk: Any, slug: str, record_id: UUID, version: int) -> Changes:
        """Delete a record."""
        ...

    def duplicate(self, desk: Any, slug: str, record_id: UUID) -> Values:
        """Return an unsaved copy."""
        ...

    def undo(self, desk: Any, changes: Changes) -> Changes:
        """Turn an action back."""
        ...

    def history(self, desk: Any, slug: str, record_id: UUID) -> list[HistoryEntry]:
        """Return every change of a record, newest first."""
        ...

    def page(
        self, desk: Any, slug: str, query: ListQuery, offset: int = 0, limit: int = 50
    ) -> Page:
        """Return some rows of a list."""
        ...

    def count(self, desk: Any, slug: str, query: ListQuery) -> int:
        """Count a list."""
        ...

    def signpost(self, desk: Any, slug: str, query: ListQuery) -> None:
        """Make a jump to any row of a long list quick."""
        ...

    def options(
        self, desk: Any, slug: str, text: str = "", limit: int = 20, parent: UUID | None = None
    ) -> list[Linked]:
        """Return records one can link to."""
        ...

    def titles(self, desk: Any, wanted: Mapping[str, Iterable[UUID]]) -> dict[UUID, Linked]:
        """Return what records are called."""
        ...

    def find_anything(self, desk: Any, text: str, limit: int = 20) -> list[Linked]:
        """Find records of every register."""
        ...

    def visible_fields(self, desk: Any, register: Register) -> tuple[FieldSpec, ...]:
        """Return the fields this user may see."""
        ...


class Agenda(Protocol):
    """The running clocks of every register."""

    def agenda(self, desk: Any, at: datetime | None = None) -> Sequence[Deadline]:
        """Return every running clock, the most urgent first."""
        ...
