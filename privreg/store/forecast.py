"""How many timers end in which month, and how many items are held, restricted or kept only.

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
from privreg.store.due import Reach, reaches
from privreg.store.governed import TIMERS
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
    latest = [{each.rule_id: each.latest for each in reaches(connection, day)} for day in days]
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
    """Count the items that are held, restricted and kept only on a day."""
    restricted, held = _covered(day, is_restriction=True), _covered(day, is_restriction=False)
    both = sa.select(sa.func.count()).select_from(sa.intersect(restricted, held).subquery())
    counts = {
        "restricted": _count(connection, restricted),
        "held": _count(connection, held) - int(connection.execute(both).scalar_one()),
        "kept_only": _count_kept_only(connection, reaches(connection, day), day),
    }
    return {name: int(count) for name, count in counts.items()}


def _count(connection: sa.Connection, items: sa.Select[tuple[UUID]]) -> int:
    query = sa.select(sa.func.count()).select_from(items.subquery())
    return int(connection.execute(query).scalar_one())


def _stands(day: date) -> sa.ColumnElement[bool]:
    """Say that a hold stands on a day."""
    return sa.and_(
        _HOLDS.c.since_on <= day,
        sa.or_(_HOLDS.c.until_on.is_(None), _HOLDS.c.until_on >= day),
    )


def _covered(day: date, *, is_restriction: bool) -> sa.Select[tuple[UUID]]:
    reason = _HOLDS.c.reason == RESTRICTION if is_restriction else _HOLDS.c.reason != RESTRICTION
    return (
        sa.select(_HOLD_ITEMS.c.target_id)
        .distinct()
        .join(_HOLDS, _HOLDS.c.id == _HOLD_ITEMS.c.parent_id)
        .where(reason, _stands(day))
    )


def _count_kept_only(connection: sa.Connection, reached: Sequence[Reach], day: date) -> int:
    """Count items whose policy ended while a minimum still runs, and that nobody holds."""
    limits = [each for each in reached if each.bound.limits and each.latest is not None]
    demands = [each for each in reached if each.bound.demands]
    other = TIMERS.alias("other")
    of_item = other.c.item_id == TIMERS.c.item_id
    runs = sa.or_(*(_runs(other, each) for each in demands), sa.false())
    waits = sa.or_(*(_waits(other, each) for each in demands), sa.false())
    ended = sa.or_(
        *(
            sa.and_(TIMERS.c.rule_id == each.rule_id, TIMERS.c.starts_on <= each.latest)
            for each in limits
        ),
        sa.false(),
    )
    held = sa.exists().where(
        _HOLD_ITEMS.c.target_id == TIMERS.c.item_id,
        _HOLDS.c.id == _HOLD_ITEMS.c.parent_id,
        _stands(day),
    )
    query = sa.select(sa.func.count(sa.distinct(TIMERS.c.item_id))).where(
        ended, sa.exists().where(of_item, runs), ~sa.exists().where(of_item, waits), ~held
    )
    return int(connection.execute(query).scalar_one())


def _runs(timer: sa.FromClause, reach: Reach) -> sa.ColumnElement[bool]:
    """Say that a minimum has not run out; one without a countable end goes by a criterion."""
    of_rule = timer.c.rule_id == reach.rule_id
    return of_rule if reach.latest is None else of_rule & (timer.c.starts_on > reach.latest)


def _waits(timer: sa.FromClause, reach: Reach) -> sa.ColumnElement[bool]:
    """Say that a minimum waits for its event."""
    if reach.latest is None:
        return sa.false()
    return (timer.c.rule_id == reach.rule_id) & timer.c.starts_on.is_(None)
