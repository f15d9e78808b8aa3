"""What is coming: timers that end per month, and how many items stand in which state.

Everything here may take seconds where millions of items are; ask for it in the background.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from privreg.services.agenda import months_ahead
from privreg.services.item_counting import counted
from privreg.services.roles import Right, must
from privreg.store.forecast import count_ending, count_standing, rule_names

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    from privreg.services.desk import Desk

MONTHS = 24
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EndingMonth:
    """The timers that end in one month: `by_rule` gives the rule's name and how many, most first.

    `first_on` and `last_on` are the month's first and last day.
    """

    first_on: date
    last_on: date
    by_rule: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """How many timers end in this month."""
        return sum(count for _rule, count in self.by_rule)


@dataclass(frozen=True, slots=True)
class ItemCounts:
    """How many items are due, held, restricted (article 18) and kept only on a day."""

    due: int
    held: int
    restricted: int
    kept_only: int


def ending_by_month(desk: Desk, on: date, months: int = MONTHS) -> list[EndingMonth]:
    """Return the timers that end per month, beginning with the month of `on`.

    The first month counts from the day after `on`: what ended before is due already.
    """
    must(desk.user.roles, Right.READ, "items")
    firsts = months_ahead(on, months + 1)
    lasts = [each - ONE_DAY for each in firsts[1:]]
    with desk.store.read_aside() as connection:
        counts = count_ending(connection, [on, *lasts])
        names = rule_names(connection)
    return [
        EndingMonth(
            first_on,
            last_on,
            tuple(sorted(((names[key], n) for key, n in found.items()), key=lambda e: -e[1])),
        )
        for first_on, last_on, found in zip(firsts, lasts, counts, strict=False)
    ]


def item_counts(
    desk: Desk,
    on: date,
    *,
    so_far: Callable[[dict[UUID, int]], object] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ItemCounts:
    """Count the items by what is to be done with them on a day.

    See `item_counting.counted` for `so_far` and `cancelled`.
    """
    must(desk.user.roles, Right.READ, "items")
    found = counted(desk, on, so_far=so_far, cancelled=cancelled)
    with desk.store.read_aside() as connection:
        standing = count_standing(connection, on)
    return ItemCounts(sum(found.due.values()), **standing, kept_only=found.kept_only)
