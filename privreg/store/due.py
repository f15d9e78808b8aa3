"""What is due on a day: one range per rule, with the other rules and the holds as checks.

Nothing stored says when an item is due. For each rule the law gives the latest starting day
that has run out by the day asked for; the items in that range are found by index.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from privreg.law.period import MonthDay, Period
from privreg.law.retention import Bound, CountedFrom, latest_start_due
from privreg.registers.controllers import Controller
from privreg.registers.customer_entries import Hold, HoldItem, Item
from privreg.registers.rules import Rule
from privreg.store.governed import TIMERS
from privreg.store.records import table_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

_HOLDS = table_of(Hold)
_ITEMS = table_of(Item)
_HOLD_ITEMS = table_of(HoldItem)
_RULES = table_of(Rule)
_CONTROLLERS = table_of(Controller)
KEY = TIMERS.c.item_id.type


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a rule reaches on a day: items that started on `latest` or before have run out."""

    rule_id: UUID
    bound: Bound
    latest: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the due list ended: rule, starting day and item."""

    rule_id: UUID
    starts_on: date
    item_id: UUID


@dataclass(frozen=True, slots=True)
class Only:
    """Which part of the due list is asked for; None stands for all."""

    rule_id: UUID | None = None
    group_id: UUID | None = None
    kind_id: UUID | None = None


ALL = Only()


def reaches(connection: sa.Connection, day: date) -> list[Reach]:
    """Return how far each active rule on items reaches on a day, in a fixed order.

    A rule of every controller that counts book years reaches as far as the controller whose
    book year ends soonest allows; the exact day of each item is checked by the caller.
    """
    query = sa.select(_RULES).where(_RULES.c.state == "active", _RULES.c.runs_on == "items")
    rules = connection.execute(query.order_by(_RULES.c.number)).mappings().all()
    ends = book_year_ends(connection)
    return [
        Reach(rule["id"], Bound(rule["bound"]), _latest(dict(rule), day, ends)) for rule in rules
    ]


def book_year_ends(connection: sa.Connection) -> dict[UUID, str]:
    """Return the last day of the book year (MM-DD) per controller."""
    query = sa.select(_CONTROLLERS.c.id, _CONTROLLERS.c.book_year_end)
    return dict(connection.execute(query).all())


def _latest(rule: dict[str, object], day: date, ends: dict[UUID, str]) -> date | None:
    if rule["measure"] != "period" or not rule["period"]:
        return None
    counted = CountedFrom(str(rule["counted_from"]))
    period = Period.parse(str(rule["period"]))
    if counted is not CountedFrom.BOOK_YEAR:
        return latest_start_due(day, period, counted)
    own = rule["controller_id"]
    asked = {end for key, end in ends.items() if own in (None, key)}
    found = [latest_start_due(day, period, counted, MonthDay.parse(end)) for end in asked if end]
    return max((each for each in found if each is not None), default=None)


def due_keys(
    connection: sa.Connection,
    reached: Sequence[Reach],
    day: date,
    *,
    after: Place | None = None,
    limit: int = 100,
    only: Only = ALL,
) -> list[Place]:
    """Return the next items that have run out under every rule and are not held.

    In order of rule and starting day, the oldest first.
    """
    found: list[Place] = []
    started = after is None
    for reach in reached:
        if not started:
            started = after is not None and reach.rule_id == after.rule_id
            if not started:
                continue
        if reach.latest is None or only.rule_id not in (None, reach.rule_id):
            continue
        query = _in_range(reach, reached, day).where(_asked_for(only))
        if after is not None and reach.rule_id == after.rule_id:
            query = query.where(
                sa.tuple_(TIMERS.c.starts_on, TIMERS.c.item_id)
                > sa.tuple_(
                    sa.literal(after.starts_on), sa.literal(after.item_id, TIMERS.c.item_id.type)
                )
            )
        rows = connection.execute(query.limit(limit - len(found)))
        found += [Place(reach.rule_id, row.starts_on, row.item_id) for row in rows]
        if len(found) >= limit:
            break
    return found


def _asked_for(only: Only) -> sa.ColumnElement[bool]:
    wanted = {_ITEMS.c.group_id: only.group_id, _ITEMS.c.kind_id: only.kind_id}
    asked = [column == key for column, key in wanted.items() if key is not None]
    if not asked:
        return sa.true()
    return sa.exists().where(_ITEMS.c.id == TIMERS.c.item_id, *asked)


def count_due(connection: sa.Connection, reached: Sequence[Reach], day: date) -> dict[UUID, int]:
    """Count what is due per rule; slow where millions are, so never on the way of a page."""
    counts = {}
    for reach in reached:
        if reach.latest is not None:
            query = _in_range(reach, reached, day).order_by(None).subquery()
            counts[reach.rule_id] = int(
                connection.execute(sa.select(sa.func.count()).select_from(query)).scalar_one()
            )
    return counts


def _in_range(reach: Reach, reached: Sequence[Reach], day: date) -> sa.Select[tuple[date, UUID]]:
    query = sa.select(TIMERS.c.starts_on, TIMERS.c.item_id).where(
        TIMERS.c.rule_id == reach.rule_id,
        TIMERS.c.drives.is_(True),
        TIMERS.c.starts_on <= reach.latest,
        ~_still_kept(reach, reached),
        ~_held(day),
    )
    earlier = _earlier_rules(reach, reached)
    if earlier:
        query = query.where(~_listed_before(earlier))
    return query.order_by(TIMERS.c.starts_on, TIMERS.c.item_id)


def _still_kept(reach: Reach, reached: Sequence[Reach]) -> sa.ColumnElement[bool]:
    """Say that a minimum still runs or waits, or that every maximum does."""
    other = TIMERS.alias("other")
    of_item = other.c.item_id == TIMERS.c.item_id
    running = sa.or_(*(_runs(other, each) for each in reached), sa.false())
    demands = [each.rule_id for each in reached if each.bound.demands]
    limits = [each.rule_id for each in reached if each.bound.limits]
    minimum_runs = sa.exists().where(of_item, other.c.rule_id.in_(demands), running)
    if reach.bound.limits:
        return minimum_runs
    any_maximum = sa.exists().where(of_item, other.c.rule_id.in_(limits))
    maximum_ended = sa.exists().where(of_item, other.c.rule_id.in_(limits), ~running)
    return sa.or_(minimum_runs, sa.and_(any_maximum, ~maximum_ended))


def _runs(timer: sa.FromClause, reach: Reach) -> sa.ColumnElement[bool]:
    of_rule = timer.c.rule_id == reach.rule_id
    if reach.latest is None:
        return of_rule
    return sa.and_(of_rule, sa.or_(timer.c.starts_on.is_(None), timer.c.starts_on > reach.latest))


def _earlier_rules(reach: Reach, reached: Sequence[Reach]) -> list[Reach]:
    position = next(i for i, each in enumerate(reached) if each.rule_id == reach.rule_id)
    return [each for each in reached[:position] if each.latest is not None]


def _listed_before(earlier: Sequence[Reach]) -> sa.ColumnElement[bool]:
    """Say that an earlier rule of the list has this item in its range already."""
    other = TIMERS.alias("earlier")
    in_range = sa.or_(
        *(
            sa.and_(other.c.rule_id == each.rule_id, other.c.starts_on <= each.latest)
            for each in earlier
        )
    )
    return sa.exists().where(
        other.c.item_id == TIMERS.c.item_id, other.c.drives.is_(True), in_range
    )


def _held(day: date) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        _HOLD_ITEMS.c.target_id == TIMERS.c.item_id,
        _HOLDS.c.id == _HOLD_ITEMS.c.parent_id,
        _HOLDS.c.since_on <= day,
        sa.or_(_HOLDS.c.until_on.is_(None), _HOLDS.c.until_on >= day),
    )
