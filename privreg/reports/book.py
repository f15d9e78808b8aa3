"""What a report is made from: the records as the reader may see them, and the moment."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from privreg.registers.reading import text_of
from privreg.registers.register_list import register_of
from privreg.reports.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from privreg.registers.declaration import Finding, Linked, Surroundings, Values
    from privreg.reports.document import Block, ControllerHead


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Everything a report may look at, and what stands at the head and foot of its paper.

    `around` holds all records and the moment they are judged by (`--at`); `seen` holds the
    records of a small register without what this reader may not see, by slug. `titles` names
    customers and other linked records of large registers, `groups_of` says to which groups
    those customers belong. `made_at` is when it is printed, `register` what the register is
    called, `stands_at` the moment it is judged by where the reader asked for another than now.
    """

    around: Surroundings
    made_at: datetime
    made_by: str = ""
    register: str = ""
    stands_at: datetime | None = None
    seen: Mapping[str, Sequence[Values]] = field(default_factory=dict)
    titles: Mapping[UUID, Linked] = field(default_factory=dict)
    groups_of: Mapping[UUID, Sequence[UUID]] = field(default_factory=dict)
    number: str = ""
    copy: bool = False
    journal_hash: str = ""
    language: str = "nl"
    _index: dict[str, dict[UUID, Values]] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """The moment the records are judged by."""
        return self.around.now

    @property
    def today(self) -> date:
        """The day the records are judged by."""
        return self.around.today

    def records(self, slug: str) -> Sequence[Values]:
        """Return the records of a small register this reader may see; none of another."""
        return self.seen.get(slug, ())

    def record(self, slug: str, key: object) -> Values | None:
        """Return one record of a small register by its key, or None."""
        if slug not in self._index:
            self._index[slug] = {each["id"]: each for each in self.records(slug)}
        return self._index[slug].get(key)  # type: ignore[call-overload, no-any-return]

    def several(self, slug: str, keys: Iterable[object]) -> list[Values]:
        """Return the records with these keys, in that order; what is gone is left out."""
        found = (self.record(slug, key) for key in keys)
        return [each for each in found if each is not None]

    def name(self, slug: str, key: object) -> str:
        """Return what a linked record is called, or nothing when it cannot be seen."""
        values = self.record(slug, key)
        if values is not None:
            return register_of(slug).title(values) or text_of(values, "number")
        linked = self.titles.get(key)  # type: ignore[call-overload]
        return _named(linked) if linked is not None else ""

    def findings(self, slug: str, values: Values) -> tuple[Finding, ...]:
        """Return what a record lacks or contradicts, judged on all that is kept."""
        return tuple(register_of(slug).findings(values, self.around))

    def paper(
        self,
        kind: str,
        title: str,
        blocks: Iterable[Block],
        *,
        controller: ControllerHead | None = None,
        **head: Any,
    ) -> Document:
        """Put blocks under the head of this book; `head` is subtitle and period."""
        return Document(
            kind=kind,
            title=title,
            blocks=tuple(blocks),
            controller=controller,
            made_by=self.made_by,
            made_at=self.made_at,
            register=self.register,
            stands_at=self.stands_at,
            number=self.number,
            copy=self.copy,
            journal_hash=self.journal_hash,
            language=self.language,
            **head,
        )


def _named(linked: Linked) -> str:
    if not linked.number or linked.number == linked.title:
        return linked.title
    return f"{linked.number} {linked.title}".strip()
