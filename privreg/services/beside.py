"""The same desk in a child process: what it is lent, and how it sits down with that."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg.services.desk import open_beside
from privreg.translation import language, use_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from privreg.clock import Clock
    from privreg.services.desk import Desk
    from privreg.services.roles import SignedIn
    from privreg.store.key_format import DataKey


@dataclass(frozen=True, slots=True)
class Lent:
    """What a child needs to work at the same desk, the data key among it.

    It travels through the pipe to the child and stands nowhere else.
    """

    path: Path
    data_key: DataKey
    user: SignedIn
    opened: frozenset[UUID]
    clock: Clock
    language: str
    is_read_only: bool

    @classmethod
    def of(cls, desk: Desk) -> Lent:
        """Lend a child what this desk works with."""
        return cls(
            desk.folder.path,
            desk.data_key,
            desk.user,
            frozenset(desk.opened),
            desk.clock,
            language(),
            desk.read_only,
        )

    @contextmanager
    def desk(self, *, read_only: bool) -> Iterator[Desk]:
        """Sit down at the desk, in the child; it speaks the parent's language from then on."""
        use_language(self.language)
        read_only = read_only or self.is_read_only
        found = open_beside(self.path, self.data_key, self.user, self.clock, read_only=read_only)
        found.opened.update(self.opened)
        try:
            yield found
        finally:
            found.close()
