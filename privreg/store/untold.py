"""Keeps the order and the filters of a list from telling what its rows hide.

The conditions are asked of one record at a time: of the few that a page passes. All that is
hidden is gathered, from the restrictions and policies on, for the end of a list only.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sqlalchemy as sa

from privreg.registers.customer_entries import Event, Hold, HoldItem, Item
from privreg.registers.customers import Customer
from privreg.store import regoverning
from privreg.store.kept_only import (
    gathered_kept_only,
    kinds_with_fields,
    may_be_kept_only,
    under_a_minimum,
)
from privreg.store.records import table_of
from privreg.store.search import InOrder
from privreg.store.stored_only import any_restriction, restricts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from privreg.registers.declaration import Register
    from privreg.store.long_lists import Keys
    from privreg.store.stored_only import Sight

    Condition = sa.ColumnElement[bool]

_CUSTOMERS, _ITEMS, _EVENTS = table_of(Customer), table_of(Item), table_of(Event)
_HOLDS, _HOLD_ITEMS = table_of(Hold), table_of(HoldItem)


@dataclass(frozen=True, slots=True)
class Untold:
    """Per field the condition under which its value is hidden.

    Of customers, `gathered` also selects the keys of all of whom it is. Of the fields in
    `unknown` nobody can say so yet, because rules are being applied anew: no list is to be put
    in the order of one.
    """

    conditions: Mapping[str, Condition] = field(default_factory=dict)
    gathered: Mapping[str, Keys] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()


def untold(
    connection: sa.Connection, register: Register, names: Iterable[str], sight: Sight
) -> Untold:
    """Return what a list may not tell; of customers, one with any such item of that kind counts."""
    restricted = not sight.sees_restricted and any_restriction(connection, sight.on)
    if register.slug == "customers":
        return _of_customers(connection, names, sight, restricted=restricted)
    item_id = _ITEMS.c.id if register.slug == "items" else _EVENTS.c.item_id
    if regoverning.is_pending(connection):
        return Untold(dict.fromkeys(names, item_id.is_not(None)))
    hidden = _stored_only(
        item_id, sight, restricted, may_be_kept_only(connection, item_id, sight.on)
    )
    return Untold({} if hidden is None else dict.fromkeys(names, hidden))


def _of_customers(
    connection: sa.Connection, names: Iterable[str], sight: Sight, *, restricted: bool
) -> Untold:
    kinds = kinds_with_fields(connection)
    found: dict[str, Condition] = {}
    gathered: dict[str, Keys] = {}
    unknown: set[str] = set()
    for name in names:
        holding = [key for key, fields in kinds.items() if name in fields]
        kept = under_a_minimum(connection, holding)
        if kept and regoverning.is_pending(connection):
            found[name] = sa.true()
            unknown.add(name)
            continue
        kept_only = may_be_kept_only(connection, _ITEMS.c.id, sight.on) if kept else None
        if kept_only is not None:
            kept_only = _ITEMS.c.kind_id.in_(kept) & kept_only
        hidden = _stored_only(_ITEMS.c.id, sight, restricted, kept_only)
        if holding and hidden is not None:
            of_it = (_ITEMS.c.customer_id == _CUSTOMERS.c.id) & _ITEMS.c.kind_id.in_(holding)
            found[name] = sa.exists().where(of_it, hidden).correlate(_CUSTOMERS)
            from_items = gathered_kept_only(connection, kept, sight.on) if kept else []
            if restricted:
                from_items = [*from_items, _restricted_items(holding, sight)]
            gathered[name] = _owners(from_items, sight)
    return Untold(found, gathered, frozenset(unknown))


def _restricted_items(kinds: Sequence[UUID], sight: Sight) -> sa.Select[tuple[UUID, UUID]]:
    """Select the items of these kinds that are restricted, with their customers."""
    held = InOrder(_HOLDS, _HOLD_ITEMS, _HOLD_ITEMS.c.parent_id == _HOLDS.c.id)
    items = InOrder(held, _ITEMS, _ITEMS.c.id == _HOLD_ITEMS.c.target_id)
    chosen = sa.select(_ITEMS.c.id, _ITEMS.c.customer_id).select_from(items)
    return chosen.where(restricts(sight.on), _ITEMS.c.kind_id.in_(kinds))


def _owners(from_items: Sequence[sa.Select[tuple[UUID, UUID]]], sight: Sight) -> Keys:
    """Select the customers of items, but for those that were opened."""
    opened = list(sight.opened)
    owners = [
        each.with_only_columns(_ITEMS.c.customer_id).where(
            _ITEMS.c.id.not_in(opened) if opened else sa.true()
        )
        for each in from_items
    ]
    return sa.union_all(*owners) if len(owners) > 1 else owners[0]


def _stored_only(
    item_id: sa.ColumnElement[UUID | None],
    sight: Sight,
    restricted: bool,
    kept_only: Condition | None,
) -> Condition | None:
    """Say of an item that it may only be stored; None where none can be."""
    wanted = [] if kept_only is None else [kept_only]
    if restricted:
        held = InOrder(_HOLD_ITEMS, _HOLDS, _HOLDS.c.id == _HOLD_ITEMS.c.parent_id)
        found = sa.select(sa.literal(1)).select_from(held)
        found = found.where(_HOLD_ITEMS.c.target_id == item_id, restricts(sight.on))
        wanted.append(found.correlate_except(_HOLD_ITEMS, _HOLDS).exists())
    if not wanted:
        return None
    hidden = sa.or_(*wanted)
    return hidden & item_id.not_in(list(sight.opened)) if sight.opened else hidden
