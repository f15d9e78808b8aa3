"""How many items are due, and how many kept only: one walk over the timers, in steps.

The timers of an item lie beside each other, so each step reads a stretch of them once, in
order, and what remains to be judged is a handful of patterns, each with its number of items.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa

from privreg.registers.customer_entries import Hold, HoldItem
from privreg.store.due import KEY, by_rule
from privreg.store.governed import TIMERS
from privreg.store.holds import stands
from privreg.store.records import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from privreg.store.due import Reach

STEP = 100_000  # timers read at a time, in a tenth of a second
RULES_OF_AN_ITEM = 256  # more than ever govern one item
_HOLDS, _HOLD_ITEMS = table_of(Hold), table_of(HoldItem)
_FIRST, _LAST = UUID(int=0), UUID(int=2**128 - 1)


class Sign(IntEnum):
    """What one timer says of its item; the place of its number in the item's pattern."""

    LIMITS = 0
    LIMIT_ENDED = 1
    DEMAND_STANDS = 2
    DEMAND_STARTED = 3
    DEMAND_WAITS = 4


@dataclass(slots=True)
class ItemCounts:
    """What was counted so far: due items per rule, and items kept only; held ones in neither.

    While counting a number may be below zero: what is held is taken off first.
    """

    due: dict[UUID, int] = field(default_factory=dict)
    kept_only: int = 0


def count_items(
    connection: sa.Connection, reached: Sequence[Reach], day: date
) -> Iterator[ItemCounts]:
    """Count what is due per rule and what is kept only; yield what is found after each step.

    It is the same object every time, less what is held; once nothing more is yielded it is
    whole. A rule of every controller that counts book years may count some days too many: see
    `due.reaches_of`.
    """
    found = ItemCounts({each.rule_id: 0 for each in reached if each.latest is not None})
    if not reached:
        return
    _add(found, reached, connection.execute(_patterns(reached, _is_held(day))).all(), -1)
    stretch = _patterns(reached, _in_step())
    after: UUID | None = _FIRST
    while after is not None:
        last = _end_of_step(connection, after)
        between = {"after": after, "last": last or _LAST}
        _add(found, reached, connection.execute(stretch, between).all(), 1)
        after = last
        yield found


def _is_held(day: date) -> sa.ColumnElement[bool]:
    held = sa.select(_HOLD_ITEMS.c.target_id).join(_HOLDS, _HOLDS.c.id == _HOLD_ITEMS.c.parent_id)
    return TIMERS.c.item_id.in_(held.where(stands(day)))


def _in_step() -> sa.ColumnElement[bool]:
    return sa.and_(
        TIMERS.c.item_id > sa.bindparam("after", type_=KEY),
        TIMERS.c.item_id <= sa.bindparam("last", type_=KEY),
    )


def _end_of_step(connection: sa.Connection, after: UUID) -> UUID | None:
    """Return the item up to which the next step reads; None when that is the last."""
    ahead = sa.select(TIMERS.c.item_id).where(TIMERS.c.item_id > after)
    query = ahead.order_by(TIMERS.c.item_id).offset(STEP).limit(1)
    found: UUID | None = connection.execute(query).scalar()
    return found


def _patterns(
    reached: Sequence[Reach], which: sa.ColumnElement[bool]
) -> sa.Select[tuple[int | None, int, int]]:
    """Select how many items there are of each pattern, among the timers asked for.

    With each its rule's place in the list: of the first that would have it disposed of.
    """
    places = {each.rule_id: _place(each, at) for at, each in enumerate(reached)}
    signs = {each.rule_id: _signs(each) for each in reached}
    drives = sa.case((TIMERS.c.drives, by_rule(TIMERS, places)))
    item = (
        sa.select(
            sa.func.min(drives).label("place"),
            sa.func.sum(sa.func.coalesce(by_rule(TIMERS, signs), 0)).label("pattern"),
        )
        .where(which)
        .group_by(TIMERS.c.item_id)
        .subquery()
    )
    columns = item.c.place, item.c.pattern
    return sa.select(*columns, sa.func.count()).group_by(*columns)


def _place(reach: Reach, at: int) -> sa.ColumnElement[int | None]:
    if reach.latest is None:
        return sa.cast(sa.null(), sa.Integer)
    return sa.case((TIMERS.c.starts_on <= reach.latest, at))


def _signs(reach: Reach) -> sa.ColumnElement[int]:
    """Return what a timer of this rule adds to the pattern of its item."""
    limits, demands = reach.bound.limits, reach.bound.demands
    runs = _sum((limits, Sign.LIMITS), (demands, Sign.DEMAND_STANDS))
    started = runs + _sum((demands, Sign.DEMAND_STARTED))
    waits = runs + _sum((demands, Sign.DEMAND_WAITS))
    if reach.latest is None:
        return sa.literal(started)
    return sa.case(
        (TIMERS.c.starts_on.is_(None), waits),
        (TIMERS.c.starts_on > reach.latest, started),
        else_=_sum((limits, Sign.LIMITS), (limits, Sign.LIMIT_ENDED)),
    )


def _sum(*signs: tuple[bool, Sign]) -> int:
    return sum(RULES_OF_AN_ITEM**sign for is_so, sign in signs if is_so)


def _add(
    found: ItemCounts,
    reached: Sequence[Reach],
    patterns: Iterable[Sequence[Any]],
    times: int,
) -> None:
    """Judge the items of each pattern as `due` does, and add them where they belong."""
    for place, pattern, count in patterns:
        number = int(pattern)
        signs = {each for each in Sign if number // RULES_OF_AN_ITEM**each % RULES_OF_AN_ITEM}
        rule = None if place is None else reached[place]
        if rule is not None and _is_due(rule, signs):
            found.due[rule.rule_id] += times * count
        elif _is_kept_only(signs):
            found.kept_only += times * count


def _is_due(rule: Reach, signs: set[Sign]) -> bool:
    """Say that no minimum stands, and that a maximum ended where there is any."""
    if Sign.DEMAND_STANDS in signs:
        return False
    return rule.bound.limits or Sign.LIMITS not in signs or Sign.LIMIT_ENDED in signs


def _is_kept_only(signs: set[Sign]) -> bool:
    """Say that the policy ended while a minimum runs, and none waits."""
    return {Sign.LIMIT_ENDED, Sign.DEMAND_STARTED} <= signs and Sign.DEMAND_WAITS not in signs
