"""How many timers end in which month, and how many items are held or restricted.

Counts by ranges of the same index as the due list. They may take seconds on millions of
items, so nobody waits for them.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import sqlalchemy as sa

from privreg.registers.customer_entries import Hold, HoldItem
from privreg.registers.rules import Rule
from privreg.store.due import book_year_ends, reaches_of
from privreg.store.governed import TIMERS
from privreg.store.holds import stands
from privreg.store.records import table_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

_HOLDS = table_of(Hold)
_HOLD_ITEMS = table_of(HoldItem)
_RULES = table_of(Rule)
RESTRICTION = "restriction"


def rule_names(connection: sa.Connection) -> dict[UUID, str]:
    """Return what each retention rule is called."""
    return dict(connection.execute(sa.select(_RULES.c.id, _RULES.c.name)).all())


def count_ending(connection: sa.Connection, days: Sequence[date]) -> list[dict[UUID, int]]:
    """Count, per rule, the timers that end between each two of `days`, the later included.

    A timer ends on the day from which its item is to be disposed of. Holds are not looked
    at: one may end before the day comes.
    """
    rules = [dict(each) for each in connection.execute(sa.select(_RULES)).mappings()]
    ends = book_year_ends(connection)
    reached = [reaches_of(rules, ends, day) for day in days]
    latest = [{each.rule_id: each.latest for each in some} for some in reached]
    counts: list[dict[UUID, int]] = [{} for _span in days[1:]]
    for rule_id in latest[0]:
        edges = [each[rule_id] for each in latest]
        for span, count in _spread(connection, rule_id, edges).items():
            counts[span][rule_id] = count
    return counts


def _spread(
    connection: sa.Connection, rule_id: UUID, edges: Sequence[date | None]
) -> dict[int, int]:
    """Count the timers of one rule per span between two starting days."""
    known = [each for each in edges if each is not None]
    if not known:
        return {}
    first = len(edges) - len(known)
    query = sa.select(TIMERS.c.starts_on, sa.func.count()).where(
        TIMERS.c.rule_id == rule_id, TIMERS.c.drives.is_(True), TIMERS.c.starts_on <= known[-1]
    )
    if first == 0:
        query = query.where(TIMERS.c.starts_on > known[0])
    found: dict[int, int] = {}
    for starts_on, count in connection.execute(query.group_by(TIMERS.c.starts_on)):
        span = max(first + bisect_left(known, starts_on) - 1, 0)
        found[span] = found.get(span, 0) + count
    return found


def count_standing(connection: sa.Connection, day: date) -> dict[str, int]:
    """Count the items that are held and restricted on a day; those that are both, as restricted."""
    restricted, held = _covered(day, is_restriction=True), _covered(day, is_restriction=False)
    both = sa.select(sa.func.count()).select_from(sa.intersect(restricted, held).subquery())
    return {
        "restricted": _count(connection, restricted),
        "held": _count(connection, held) - int(connection.execute(both).scalar_one()),
    }


def _count(connection: sa.Connection, items: sa.Select[tuple[UUID]]) -> int:
    query = sa.select(sa.func.count()).select_from(items.subquery())
    return int(connection.execute(query).scalar_one())


def _covered(day: date, *, is_restriction: bool) -> sa.Select[tuple[UUID]]:
    reason = _HOLDS.c.reason == RESTRICTION if is_restriction else _HOLDS.c.reason != RESTRICTION
    return (
        sa.select(_HOLD_ITEMS.c.target_id)
        .distinct()
        .join(_HOLDS, _HOLDS.c.id == _HOLD_ITEMS.c.parent_id)
        .where(reason, stands(day))
    )
