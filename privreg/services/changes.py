"""What an action touched: pages refresh what was touched, and it can be undone."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from privreg.registers.declaration import Values
    from privreg.translation import Message


@dataclass(frozen=True, slots=True)
class Changes:
    """One action done: its name, the records touched as (slug, id), and what stood before.

    `before` and `after` are the record as it was and is; None where there was or is none.
    `along` is what the same action changed besides: it is undone with it.
    """

    action: Message
    touched: frozenset[tuple[str, UUID]]
    slug: str = ""
    before: Values | None = None
    after: Values | None = None
    along: tuple[Changes, ...] = ()

    def together(self, other: Changes, action: Message | None = None) -> Changes:
        """Return this and what the same action changed besides as one, undone together."""
        return replace(
            self,
            action=action or self.action,
            touched=self.touched | other.touched,
            along=(*self.along, other),
        )
