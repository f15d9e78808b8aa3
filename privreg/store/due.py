"""What is due on a day: one range per rule, with the other rules and the holds as checks.

Nothing stored says when an item is due. For each rule the law gives the latest starting day
that has run out by the day asked for; the items in that range are found by index.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa

from privreg.law.period import MonthDay, Period
from privreg.law.retention import Bound, CountedFrom, latest_start_due
from privreg.registers.controllers import Controller
from privreg.registers.customer_entries import Hold, HoldItem, Item
from privreg.registers.rules import Rule
from privreg.store.governed import TIMERS
from privreg.store.holds import stands
from privreg.store.records import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_HOLDS = table_of(Hold)
_ITEMS = table_of(Item)
_HOLD_ITEMS = table_of(HoldItem)
_RULES = table_of(Rule)
_CONTROLLERS = table_of(Controller)
KEY = TIMERS.c.item_id.type
_COUNTING = (
    *("id", "number", "state", "runs_on", "bound"),
    *("measure", "period", "counted_from", "controller_id"),
)


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


def reaches(connection: sa.Connection, day: date, *, last: bool = False) -> list[Reach]:
    """Return how far each active rule on items reaches on a day, in a fixed order.

    See `reaches_of`.
    """
    return reaches_of(rules_that_count(connection), book_year_ends(connection), day, last=last)


def rules_that_count(connection: sa.Connection) -> list[Mapping[str, Any]]:
    """Return of each rule what `reaches_of` asks for."""
    query = sa.select(*(_RULES.c[name] for name in _COUNTING))
    return [dict(each) for each in connection.execute(query).mappings()]


def reaches_of(
    rules: Iterable[Mapping[str, Any]],
    ends: Mapping[UUID, str],
    day: date,
    *,
    last: bool = False,
) -> list[Reach]:
    """Return how far each of these rules that is active and on items reaches, by their numbers.

    `ends` gives the last day of the book year (MM-DD) per controller. A rule of every
    controller that counts book years reaches as far as the controller whose book year ends
    soonest allows, or with `last` the one whose book year ends last; the exact day of each item
    is checked by the caller.
    """
    active = [each for each in rules if each["state"] == "active" and each["runs_on"] == "items"]
    return [
        Reach(rule["id"], Bound(rule["bound"]), _latest(rule, day, ends, last=last))
        for rule in sorted(active, key=lambda rule: rule["number"])
    ]


def book_year_ends(connection: sa.Connection) -> dict[UUID, str]:
    """Return the last day of the book year (MM-DD) per controller."""
    query = sa.select(_CONTROLLERS.c.id, _CONTROLLERS.c.book_year_end)
    return dict(connection.execute(query).all())


def _latest(
    rule: Mapping[str, Any], day: date, ends: Mapping[UUID, str], *, last: bool
) -> date | None:
    if rule["measure"] != "period" or not rule["period"]:
        return None
    period, counted = str(rule["period"]), CountedFrom(str(rule["counted_from"]))
    if counted is not CountedFrom.BOOK_YEAR:
        return _latest_start(day, period, counted, "")
    own = rule["controller_id"]
    asked = {end for key, end in ends.items() if own in (None, key)}
    found = [_latest_start(day, period, counted, end) for end in asked if end]
    known = [each for each in found if each is not None]
    return (min if last else max)(known, default=None)


@lru_cache(maxsize=1024)
def _latest_start(day: date, period: str, counted: CountedFrom, end: str) -> date | None:
    """Ask the law, once per day and period: a list asks at every letter that is typed."""
    return latest_start_due(
        day, Period.parse(period), counted, MonthDay.parse(end) if end else None
    )


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

    In order of rule and starting day, the oldest first. One statement serves every rule, so
    that it is prepared once.
    """
    found: list[Place] = []
    query = _in_range(reached, day, only)
    first = 0 if after is None else _position(reached, after.rule_id)
    for position in range(first, len(reached)):
        reach = reached[position]
        if reach.latest is None or only.rule_id not in (None, reach.rule_id):
            continue
        begins = after if after is not None and after.rule_id == reach.rule_id else None
        asked = {"rule": reach.rule_id, "latest": reach.latest, "position": position}
        asked |= {"is_limit": reach.bound.limits, "at_most": limit - len(found)}
        asked |= _beginning(begins)
        rows = connection.execute(query, asked)
        found += [Place(reach.rule_id, row.starts_on, row.item_id) for row in rows]
        if len(found) >= limit:
            break
    return found


def _position(reached: Sequence[Reach], rule_id: UUID) -> int:
    """Return where a rule stands among the others; behind the last when it is gone."""
    found = (place for place, each in enumerate(reached) if each.rule_id == rule_id)
    return next(found, len(reached))


def _beginning(after: Place | None) -> dict[str, Any]:
    """Say behind which row of a range to begin; without a place, before its first."""
    if after is None:
        return {"after_day": date.min, "after_item": UUID(int=0)}
    return {"after_day": after.starts_on, "after_item": after.item_id}


def _in_range(reached: Sequence[Reach], day: date, only: Only) -> sa.Select[tuple[date, UUID]]:
    """Select what is due by one rule, which is given when it is asked.

    As `rule` and `latest`, its `position` in the list, whether it `is_limit`, `after_day` and
    `after_item` of the row before the first, and `at_most` how many.
    """
    begin = sa.tuple_(
        sa.bindparam("after_day", type_=sa.Date), sa.bindparam("after_item", type_=KEY)
    )
    return (
        sa.select(TIMERS.c.starts_on, TIMERS.c.item_id)
        .where(
            TIMERS.c.rule_id == sa.bindparam("rule", type_=KEY),
            TIMERS.c.drives.is_(True),
            TIMERS.c.starts_on <= sa.bindparam("latest", type_=sa.Date),
            sa.tuple_(TIMERS.c.starts_on, TIMERS.c.item_id) > begin,
            ~_still_kept(reached),
            ~_listed_before(reached),
            ~_held(day),
            *_asked_for(only),
        )
        .order_by(TIMERS.c.starts_on, TIMERS.c.item_id)
        .limit(sa.bindparam("at_most", type_=sa.Integer))
    )


def _asked_for(only: Only) -> Iterator[sa.ColumnElement[bool]]:
    wanted = {_ITEMS.c.group_id: only.group_id, _ITEMS.c.kind_id: only.kind_id}
    asked = [column == key for column, key in wanted.items() if key is not None]
    if asked:
        yield sa.exists().where(_ITEMS.c.id == TIMERS.c.item_id, *asked)


def _still_kept(reached: Sequence[Reach]) -> sa.ColumnElement[bool]:
    """Say that a minimum still runs or waits, or that every maximum does."""
    other = TIMERS.alias("other")
    of_item = other.c.item_id == TIMERS.c.item_id
    demands = other.c.rule_id.in_([each.rule_id for each in reached if each.bound.demands])
    limits = other.c.rule_id.in_([each.rule_id for each in reached if each.bound.limits])
    ended = sa.func.coalesce(has_ended(other, reached), sa.false())
    return sa.or_(
        sa.exists().where(of_item, demands, ~ended),
        sa.and_(
            ~sa.bindparam("is_limit", type_=sa.Boolean),
            sa.exists().where(of_item, limits),
            ~sa.exists().where(of_item, limits, ended),
        ),
    )


def has_ended(timer: sa.FromClause, reached: Sequence[Reach]) -> sa.ColumnElement[bool]:
    """Say that a timer has run out; null while it waits or nothing counts."""
    latest = {each.rule_id: each.latest for each in reached if each.latest is not None}
    if not latest:
        return sa.null()  # type: ignore[return-value]  # no rule counts: unknown of every timer
    return timer.c.starts_on <= by_rule(timer, latest)


def by_rule(timer: sa.FromClause, values: Mapping[UUID, Any]) -> sa.ColumnElement[Any]:
    """Return what belongs to the rule of a timer; null for any other rule."""
    return sa.case(
        {sa.literal(rule_id, KEY): value for rule_id, value in values.items()},
        value=timer.c.rule_id,
    )


def _listed_before(reached: Sequence[Reach]) -> sa.ColumnElement[bool]:
    """Say that an earlier rule of the list has this item in its range already."""
    other = TIMERS.alias("earlier")
    places = {each.rule_id: place for place, each in enumerate(reached)}
    if not places:
        return sa.false()
    return sa.exists().where(
        other.c.item_id == TIMERS.c.item_id,
        other.c.drives.is_(True),
        by_rule(other, places) < sa.bindparam("position", type_=sa.Integer),
        has_ended(other, reached),
    )


def _held(day: date) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        _HOLD_ITEMS.c.target_id == TIMERS.c.item_id,
        _HOLDS.c.id == _HOLD_ITEMS.c.parent_id,
        stands(day),
    )
