"""Finds the items that may only be stored, and keeps lists from telling what they hide.

Restricted by the person (article 18), or kept only because a minimum still runs after the
policy ended. What exactly holds for one item is the law's to say, from `item_reading`; here
stands which customers to look at, and in what order a list puts a value nobody may see.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from privreg.law.retention import Bound
from privreg.registers.customer_entries import Event, Hold, HoldItem, Item
from privreg.registers.customers import Customer
from privreg.registers.kinds import DataKind
from privreg.registers.rules import Rule
from privreg.store import regoverning
from privreg.store.due import Reach, reaches
from privreg.store.governed import TIMERS
from privreg.store.holds import stands
from privreg.store.records import MANY, table_of
from privreg.store.search import InOrder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from privreg.registers.declaration import Register

_CUSTOMERS, _ITEMS, _EVENTS = table_of(Customer), table_of(Item), table_of(Event)
_HOLDS, _HOLD_ITEMS = table_of(Hold), table_of(HoldItem)
_KINDS, _RULES = table_of(DataKind), table_of(Rule)
RESTRICTION = "restriction"


@dataclass(frozen=True, slots=True)
class Sight:
    """Through whose eyes: the day, whether restricted data are read, which items were opened."""

    on: date
    sees_restricted: bool = False
    opened: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Owned:
    """An item whose kind of data has fields in the customer's own record."""

    item_id: UUID
    customer_id: UUID
    fields: frozenset[str]


def _restricted(day: date) -> sa.Select[tuple[UUID]]:
    return (
        sa.select(_HOLD_ITEMS.c.target_id)
        .join(_HOLDS, _HOLDS.c.id == _HOLD_ITEMS.c.parent_id)
        .where(_HOLDS.c.reason == RESTRICTION, stands(day))
    )


def _owned(connection: sa.Connection, where: sa.ColumnElement[bool]) -> Iterator[Owned]:
    query = (
        sa.select(_ITEMS.c.id, _ITEMS.c.customer_id, _KINDS.c.customer_fields)
        .join(_KINDS, _KINDS.c.id == _ITEMS.c.kind_id)
        .where(where)
    )
    for item_id, customer_id, fields in connection.execute(query):
        if fields:
            yield Owned(item_id, customer_id, frozenset(fields))


def restricted_fields(
    connection: sa.Connection, customer_ids: Sequence[UUID], sight: Sight
) -> dict[UUID, frozenset[str]]:
    """Return, per customer, the fields whose kind of data is restricted.

    An item that was opened with a reason restricts nothing any more.
    """
    found: dict[UUID, frozenset[str]] = {}
    for some in _parts(customer_ids):
        where = _ITEMS.c.customer_id.in_(some) & _ITEMS.c.id.in_(_restricted(sight.on))
        for each in _owned(connection, where):
            if each.item_id not in sight.opened:
                known = found.get(each.customer_id, frozenset())
                found[each.customer_id] = known | each.fields
    return found


def may_be_kept_only(
    connection: sa.Connection, customer_ids: Sequence[UUID], day: date
) -> list[Owned]:
    """Return all items with fields of the customers of whom one such item may be kept only.

    These are few: an item counts where a policy has run out beside a minimum. While rules
    are being applied anew every customer counts.
    """
    if regoverning.is_pending(connection):
        owners: Collection[UUID] = customer_ids
    else:
        owners = _with_a_policy_ended(connection, customer_ids, day)
    return [
        each
        for some in _parts(list(owners))
        for each in _owned(connection, _ITEMS.c.customer_id.in_(some))
    ]


def _with_a_policy_ended(
    connection: sa.Connection, customer_ids: Sequence[UUID], day: date
) -> set[UUID]:
    """Begin at the items of these few: left to itself SQLite looks through every timer."""
    kinds = _kinds_kept(connection)
    if not kinds:
        return set()
    other = TIMERS.alias("other")
    demanded = sa.exists().where(
        other.c.item_id == TIMERS.c.item_id,
        other.c.rule_id != TIMERS.c.rule_id,
        other.c.rule_id.in_(_bound_by(Bound.AT_LEAST, Bound.BOTH)),
    )
    begun: list[tuple[UUID, UUID, date]] = []
    for some in _parts(customer_ids):
        query = (
            sa.select(_ITEMS.c.customer_id, TIMERS.c.rule_id, TIMERS.c.starts_on)
            .select_from(InOrder(_ITEMS, TIMERS, TIMERS.c.item_id == _ITEMS.c.id))
            .where(
                _ITEMS.c.customer_id.in_(some),
                _ITEMS.c.kind_id.in_(kinds),
                TIMERS.c.rule_id.in_(_bound_by(Bound.AT_MOST, Bound.BOTH)),
                TIMERS.c.starts_on <= day,
                demanded,
            )
        )
        begun += [(row[0], row[1], row[2]) for row in connection.execute(query)]
    if not begun:
        return set()
    latest = {each.rule_id: each.latest for each in reaches(connection, day)}
    return {
        customer_id
        for customer_id, rule_id, starts_on in begun
        if (last := latest.get(rule_id)) is not None and starts_on <= last
    }


def _kinds_kept(connection: sa.Connection) -> list[UUID]:
    """Return the kinds of data with fields of a customer that a minimum may govern."""
    named = set(
        connection.execute(
            sa.select(_RULES.c.kind_id).where(
                _RULES.c.id.in_(_bound_by(Bound.AT_LEAST, Bound.BOTH))
            )
        ).scalars()
    )
    kinds = connection.execute(sa.select(_KINDS.c.id, _KINDS.c.customer_fields))
    return [key for key, fields in kinds if fields and (None in named or key in named)]


def _bound_by(*bounds: Bound) -> sa.Select[tuple[UUID]]:
    return sa.select(_RULES.c.id).where(_RULES.c.bound.in_([each.value for each in bounds]))


def items_of_events(
    connection: sa.Connection, event_ids: Sequence[UUID]
) -> dict[UUID, UUID | None]:
    """Return the item each of these events is about; None for the customer as a whole."""
    found: dict[UUID, UUID | None] = {}
    for some in _parts(event_ids):
        query = sa.select(_EVENTS.c.id, _EVENTS.c.item_id).where(_EVENTS.c.id.in_(some))
        found |= {key: item_id for key, item_id in connection.execute(query)}  # noqa: C416  (rows)
    return found


def there(connection: sa.Connection, register: Register, keys: Sequence[UUID]) -> set[UUID]:
    """Return which of these records are there still."""
    table = table_of(register.model)
    found: set[UUID] = set()
    for some in _parts(keys):
        found.update(
            connection.execute(sa.select(table.c.id).where(table.c.id.in_(some))).scalars()
        )
    return found


def _parts(keys: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (keys[start : start + MANY] for start in range(0, len(keys), MANY))


def untold(
    connection: sa.Connection,
    register: Register,
    names: Iterable[str],
    sight: Sight,
    owner: UUID | None = None,
) -> Mapping[str, sa.ColumnElement[bool]]:
    """Return, per field, the condition under which a list may not tell its value.

    A list orders and filters by what is seen; where that would ask for the state of a million
    items one by one, a customer with any item of that kind that may only be stored counts.
    `owner` is the customer whose items are listed.
    """
    hidden = _hidden_items(connection, sight, owner)
    if hidden is None:
        return {}
    if register.slug == "items":
        return {name: _ITEMS.c.id.in_(hidden) for name in names}
    if register.slug == "events":
        return {name: _EVENTS.c.item_id.in_(hidden) for name in names}
    kinds = connection.execute(sa.select(_KINDS.c.id, _KINDS.c.customer_fields)).all()
    found = {}
    for name in names:
        holding = [key for key, fields in kinds if name in fields]
        owners = sa.select(_ITEMS.c.customer_id).where(
            _ITEMS.c.kind_id.in_(holding), _ITEMS.c.id.in_(hidden)
        )
        if holding and connection.execute(owners.limit(1)).first() is not None:
            found[name] = _CUSTOMERS.c.id.in_(owners)
    return found


def _hidden_items(
    connection: sa.Connection, sight: Sight, owner: UUID | None
) -> sa.Select[tuple[UUID]] | None:
    """Select the items that may only be stored; None where there can be none."""
    wanted: list[sa.ColumnElement[bool]] = []
    if not sight.sees_restricted:
        wanted.append(_ITEMS.c.id.in_(_restricted(sight.on)))
    if regoverning.is_pending(connection):
        wanted.append(sa.true())
    else:
        kept_only = _kept_only(connection, sight.on, owner)
        wanted += [] if kept_only is None else [_ITEMS.c.id.in_(kept_only)]
    if not wanted:
        return None
    found = sa.select(_ITEMS.c.id).where(sa.or_(*wanted))
    if sight.opened:
        found = found.where(_ITEMS.c.id.not_in(list(sight.opened)))
    return found if owner is None else found.where(_ITEMS.c.customer_id == owner)


def _kept_only(
    connection: sa.Connection, day: date, owner: UUID | None
) -> sa.Select[tuple[UUID]] | None:
    """Select the items whose policy ended while a minimum may still run, and none waits."""
    limits = [
        each for each in reaches(connection, day) if each.bound.limits and each.latest is not None
    ]
    demands = [each for each in reaches(connection, day, last=True) if each.bound.demands]
    if not limits or not demands:
        return None
    other = TIMERS.alias("other")
    runs = sa.or_(*(_runs(other, each) for each in demands))
    ended = sa.or_(
        *(
            sa.and_(TIMERS.c.rule_id == each.rule_id, TIMERS.c.starts_on <= each.latest)
            for each in limits
        )
    )
    of_item = other.c.item_id == TIMERS.c.item_id
    waits = sa.or_(*(_waits(other, each) for each in demands))
    query = sa.select(TIMERS.c.item_id).where(
        ended, sa.exists().where(of_item, runs), ~sa.exists().where(of_item, waits)
    )
    if owner is None:
        return query
    return query.where(TIMERS.c.item_id.in_(sa.select(_ITEMS.c.id).filter_by(customer_id=owner)))


def _runs(timer: sa.FromClause, reach: Reach) -> sa.ColumnElement[bool]:
    """Say that a minimum has not run out; one without a countable end goes by a criterion."""
    of_rule = timer.c.rule_id == reach.rule_id
    return of_rule if reach.latest is None else of_rule & (timer.c.starts_on > reach.latest)


def _waits(timer: sa.FromClause, reach: Reach) -> sa.ColumnElement[bool]:
    """Say that a minimum waits for its event."""
    of_rule = timer.c.rule_id == reach.rule_id
    return sa.false() if reach.latest is None else of_rule & timer.c.starts_on.is_(None)
