"""Which fields of some customers are kept only on a day, judged from days alone.

A list asks this for each of its pages, and a search for each letter that is typed: so it begins
at the items of the customers shown, looks only where a policy has run out beside a minimum, and
words no reasons. It says what `law.retention.resolve` says; a test holds the two together.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from privreg.law.retention import Bound, ItemStatus
from privreg.registers.customer_entries import Item
from privreg.registers.customers import Customer
from privreg.registers.kinds import DataKind
from privreg.registers.rules import Rule
from privreg.store import governed, regoverning
from privreg.store.due import book_year_ends, reaches_of, rules_that_count
from privreg.store.governed import TIMERS
from privreg.store.records import parts, table_of
from privreg.store.search import InOrder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from privreg.registers.declaration import Values
    from privreg.store.due import Reach
    from privreg.store.remembered import Remembered

    Condition = sa.ColumnElement[bool]
    Kinds = Mapping[UUID, frozenset[str]]
    Hidden = dict[UUID, frozenset[str]]

_CUSTOMERS, _ITEMS = table_of(Customer), table_of(Item)
_KINDS, _RULES = table_of(DataKind), table_of(Rule)
_DEMANDS = (Bound.AT_LEAST.value, Bound.BOTH.value)
NOTHING: frozenset[str] = frozenset()


def kinds_with_fields(connection: sa.Connection) -> Kinds:
    """Return the fields of a customer that belong to each kind of data that has any."""
    rows = connection.execute(sa.select(_KINDS.c.id, _KINDS.c.customer_fields))
    return {key: frozenset(fields) for key, fields in rows if fields}


def under_a_minimum(connection: sa.Connection, kinds: Iterable[UUID]) -> list[UUID]:
    """Return which of these kinds of data a minimum may govern; no other is ever kept only."""
    query = sa.select(_RULES.c.kind_id).where(
        _RULES.c.bound.in_(_DEMANDS), _RULES.c.state == "active", _RULES.c.runs_on == "items"
    )
    named = set(connection.execute(query).scalars())
    return [key for key in kinds if None in named or key in named]


@dataclass(frozen=True, slots=True)
class _Governing:
    """What keeps fields of customers only on a day, whoever they are.

    The kinds of data, those of them that a minimum may govern, the rules, the book years, and
    what says of an item that it may be kept only.
    """

    day: date
    kinds: Kinds
    kept: Sequence[UUID]
    rules: Sequence[Mapping[str, Any]]
    ends: Mapping[UUID, str]
    may_be: Condition | None


def _governing(connection: sa.Connection, day: date, remembered: Remembered) -> _Governing:
    """Read what governs, once for as long as no record changes: a letter typed asks for it."""
    known: _Governing | None = remembered.recall(connection, ("governing", day))
    if known is None:
        kinds = kinds_with_fields(connection)
        known = _Governing(
            day,
            kinds,
            under_a_minimum(connection, kinds),
            rules_that_count(connection),
            book_year_ends(connection),
            may_be_kept_only(connection, _ITEMS.c.id, day),
        )
        remembered.keep(connection, ("governing", day), known)
    return known


def fields_kept_only(
    connection: sa.Connection,
    customer_ids: Sequence[UUID],
    day: date,
    opened: Collection[UUID],
    remembered: Remembered,
) -> Hidden:
    """Return, per customer, the fields of which every item is out of use and one is kept only.

    An item that was opened is in use for who opened it.
    """
    governing = _governing(connection, day, remembered)
    if not governing.kept or not customer_ids:
        return {}
    kinds, is_pending = governing.kinds, regoverning.is_pending(connection)
    owners = customer_ids if is_pending else _candidates(connection, customer_ids, governing)
    hidden: dict[UUID, frozenset[str]] = defaultdict(frozenset)
    used: dict[UUID, frozenset[str]] = defaultdict(frozenset)
    for some in parts(list(owners)):
        items = _items(connection, some, kinds)
        for item, status in _judged(connection, items, governing, is_pending=is_pending):
            key, fields = item["customer_id"], kinds[item["kind_id"]]
            if status is None or item["id"] in opened:
                used[key] |= fields
            elif status is ItemStatus.KEPT_ONLY:
                hidden[key] |= fields
    return {key: left for key, fields in hidden.items() if (left := fields - used[key])}


def _candidates(
    connection: sa.Connection, customer_ids: Sequence[UUID], governing: _Governing
) -> set[UUID]:
    """Return who has an item that may be kept only, of a kind that holds fields."""
    kept, may_be = governing.kept, governing.may_be
    if may_be is None:
        return set()
    found: set[UUID] = set()
    for some in parts(customer_ids):
        query = sa.select(_ITEMS.c.customer_id).where(
            _ITEMS.c.customer_id.in_(some), _ITEMS.c.kind_id.in_(kept), may_be
        )
        found.update(connection.execute(query).scalars())
    return found


def may_be_kept_only(
    connection: sa.Connection, item_id: sa.ColumnElement[UUID | None], day: date
) -> Condition | None:
    """Say of an item that its policy ended while a minimum may still run, and none waits.

    Of a rule of every controller that counts book years it may say so some days too many. None
    where no item can be.
    """
    ends = _ends(connection, day)
    if ends is None:
        return None
    policies = sa.or_(*(_ended(TIMERS, each) for each in ends.policies))
    of_item = sa.exists().where(TIMERS.c.item_id == item_id, policies).correlate_except(TIMERS)
    return of_item & _still_demanded(item_id, ends)


def gathered_kept_only(
    connection: sa.Connection, kinds: Sequence[UUID], day: date
) -> Sequence[sa.Select[tuple[UUID, UUID]]]:
    """Select the items of these kinds of which `may_be_kept_only` says so, with their customers.

    One query per policy, from its timers on: for when all of them are wanted.
    """
    ends = _ends(connection, day)
    if ends is None:
        return []
    return [
        sa.select(_ITEMS.c.id, _ITEMS.c.customer_id)
        .select_from(InOrder(TIMERS, _ITEMS, _ITEMS.c.id == TIMERS.c.item_id))
        .where(
            _ended(TIMERS, each),
            TIMERS.c.drives.in_([True, False]),  # the index holds it before the day
            _ITEMS.c.kind_id.in_(kinds),
            _still_demanded(TIMERS.c.item_id, ends),
        )
        for each in ends.policies
    ]


@dataclass(frozen=True, slots=True)
class _Ends:
    """How far the policies that count reach on a day, and the minimums."""

    policies: Sequence[Reach]
    demands: Sequence[Reach]


def _ends(connection: sa.Connection, day: date) -> _Ends | None:
    """Return how far rules reach; None where nothing can be kept only."""
    rules, ends = rules_that_count(connection), book_year_ends(connection)
    limits = [each for each in reaches_of(rules, ends, day) if each.bound.limits]
    demands = [each for each in reaches_of(rules, ends, day, last=True) if each.bound.demands]
    policies = [each for each in limits if each.latest is not None]
    return _Ends(policies, demands) if policies and demands else None


def _still_demanded(item_id: sa.ColumnElement[UUID | None], ends: _Ends) -> Condition:
    """Say of an item that a minimum may still run, and none waits."""
    other = TIMERS.alias("other")
    of_item = other.c.item_id == item_id
    runs = sa.or_(*(_runs(other, each) for each in ends.demands))
    waits = sa.or_(*(_waits(other, each) for each in ends.demands))
    return sa.and_(
        sa.exists().where(of_item, runs).correlate_except(other),
        ~sa.exists().where(of_item, waits).correlate_except(other),
    )


def _ended(timer: sa.FromClause, reach: Reach) -> Condition:
    """Say that a policy may have run out."""
    return (timer.c.rule_id == reach.rule_id) & (timer.c.starts_on <= reach.latest)


def _runs(timer: sa.FromClause, reach: Reach) -> Condition:
    """Say that a minimum has not run out; one without a countable end goes by a criterion."""
    of_rule = timer.c.rule_id == reach.rule_id
    return of_rule if reach.latest is None else of_rule & (timer.c.starts_on > reach.latest)


def _waits(timer: sa.FromClause, reach: Reach) -> Condition:
    """Say that a minimum waits for its event."""
    of_rule = timer.c.rule_id == reach.rule_id
    return sa.false() if reach.latest is None else of_rule & timer.c.starts_on.is_(None)


def _items(connection: sa.Connection, customer_ids: Sequence[UUID], kinds: Kinds) -> list[Values]:
    columns = (*(_ITEMS.c[name] for name in governed.OF_ITEMS), _CUSTOMERS.c.controller_id)
    query = (
        sa.select(*columns)
        .select_from(InOrder(_ITEMS, _CUSTOMERS, _CUSTOMERS.c.id == _ITEMS.c.customer_id))
        .where(_ITEMS.c.customer_id.in_(customer_ids), _ITEMS.c.kind_id.in_(list(kinds)))
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def _judged(
    connection: sa.Connection, items: Sequence[Values], governing: _Governing, *, is_pending: bool
) -> Iterable[tuple[Values, ItemStatus | None]]:
    """Yield each item with where it stands; while rules are applied anew, worked out now."""
    if not items:
        return
    timers: dict[UUID, list[Values]] = defaultdict(list)
    for timer in _timers(connection, items, is_pending=is_pending):
        timers[timer["item_id"]].append(timer)
    rules, ends = governing.rules, governing.ends
    counted = frozenset(each["id"] for each in rules if _is_counted(each))
    reached: dict[UUID, dict[UUID, Reach]] = {}
    for item in items:
        whose = item["controller_id"]
        if whose not in reached:
            own = reaches_of(rules, {whose: ends.get(whose, "")}, governing.day)
            reached[whose] = {each.rule_id: each for each in own}
        yield item, out_of_use(timers[item["id"]], reached[whose], counted)


def _is_counted(rule: Mapping[str, object]) -> bool:
    return rule["measure"] == "period" and bool(rule["period"])


def _timers(
    connection: sa.Connection, items: Sequence[Values], *, is_pending: bool
) -> list[Values]:
    if is_pending:
        customers = {each["customer_id"]: each for each in items}
        return governed.timers_now(connection, items, customers)
    wanted = TIMERS.c.item_id.in_([each["id"] for each in items])
    rows = connection.execute(sa.select(TIMERS).where(wanted)).mappings()
    return [dict(timer) for timer in rows]


def out_of_use(
    timers: Iterable[Values],
    reached: Mapping[UUID, Reach],
    counted: Collection[UUID],
) -> ItemStatus | None:
    """Return that an item is kept only or due on the day of these reaches; None: in use.

    `counted` are the rules that go by a period and not by a criterion.
    """
    limits = ended = demands = runs = False
    for timer in timers:
        rule, starts_on = reached[timer["rule_id"]], timer["starts_on"]
        is_over = None not in (starts_on, rule.latest) and starts_on <= rule.latest
        if rule.bound.demands and starts_on is None and rule.rule_id in counted:
            return None
        limits, ended = limits or rule.bound.limits, ended or (rule.bound.limits and is_over)
        demands, runs = demands or rule.bound.demands, runs or (rule.bound.demands and not is_over)
    if ended:
        return ItemStatus.KEPT_ONLY if runs else ItemStatus.DUE
    return ItemStatus.DUE if demands and not limits and not runs else None
