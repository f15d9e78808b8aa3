"""Reading what the states of items depend on, for many items at once."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sqlalchemy as sa

from privreg.registers.customer_entries import Hold, HoldItem, Item
from privreg.registers.customers import Customer
from privreg.registers.groups import Group
from privreg.registers.kinds import DataKind
from privreg.registers.rules import Rule
from privreg.store import governed, regoverning
from privreg.store.due import book_year_ends
from privreg.store.governed import TIMERS
from privreg.store.records import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from privreg.registers.declaration import Values

_ITEMS, _HOLDS, _HOLD_ITEMS = table_of(Item), table_of(Hold), table_of(HoldItem)
_CUSTOMERS, _RULES = table_of(Customer), table_of(Rule)


@dataclass(slots=True)
class ItemsRead:
    """What the states of some items need: by item key their timers and holds, and the rest."""

    rules: dict[UUID, Values]
    kinds: dict[UUID, str]
    groups: dict[UUID, str]
    book_years: dict[UUID, str]
    items: dict[UUID, Values] = field(default_factory=dict)
    customers: dict[UUID, Values] = field(default_factory=dict)
    timers: dict[UUID, list[Values]] = field(default_factory=lambda: defaultdict(list))
    holds: dict[UUID, list[Values]] = field(default_factory=lambda: defaultdict(list))


def keys_of_customer(connection: sa.Connection, customer_id: UUID) -> Sequence[UUID]:
    """Return the keys of a customer's items, by kind, date and name."""
    query = (
        sa.select(_ITEMS.c.id)
        .where(_ITEMS.c.customer_id == customer_id)
        .order_by(_ITEMS.c.kind_id, _ITEMS.c.dated_on, _ITEMS.c.label)
    )
    return connection.execute(query).scalars().all()


def read_items(connection: sa.Connection, keys: Sequence[UUID]) -> ItemsRead:
    """Read these items and all that decides where they stand."""
    rules = connection.execute(sa.select(_RULES)).mappings()
    read = ItemsRead(
        {rule["id"]: dict(rule) for rule in rules},
        _names(connection, table_of(DataKind)),
        _names(connection, table_of(Group)),
        book_year_ends(connection),
    )
    if keys:
        _read(connection, read, keys)
    return read


def _names(connection: sa.Connection, table: sa.Table) -> dict[UUID, str]:
    return dict(connection.execute(sa.select(table.c.id, table.c.name)).all())


def _read(connection: sa.Connection, around: ItemsRead, keys: Sequence[UUID]) -> None:
    items = connection.execute(sa.select(_ITEMS).where(_ITEMS.c.id.in_(keys))).mappings()
    around.items = {item["id"]: dict(item) for item in items}
    owners = {item["customer_id"] for item in around.items.values()}
    customers = connection.execute(
        sa.select(_CUSTOMERS).where(_CUSTOMERS.c.id.in_(owners))
    ).mappings()
    around.customers = {each["id"]: dict(each) for each in customers}
    for timer in _timers(connection, around, keys):
        around.timers[timer["item_id"]].append(timer)
    held = (
        sa.select(_HOLDS, _HOLD_ITEMS.c.target_id)
        .join(_HOLD_ITEMS, _HOLD_ITEMS.c.parent_id == _HOLDS.c.id)
        .where(_HOLD_ITEMS.c.target_id.in_(keys))
    )
    for hold in connection.execute(held).mappings():
        around.holds[hold["target_id"]].append(dict(hold))


def _timers(connection: sa.Connection, around: ItemsRead, keys: Sequence[UUID]) -> Iterable[Values]:
    """Look the timers up; while rules are being applied anew, work them out instead."""
    if regoverning.is_pending(connection):
        return governed.timers_now(connection, list(around.items.values()), around.customers)
    found = connection.execute(sa.select(TIMERS).where(TIMERS.c.item_id.in_(keys)))
    return [dict(timer) for timer in found.mappings()]


def restricted_kinds(
    connection: sa.Connection, customer_ids: Sequence[UUID], on: date, opened: set[UUID]
) -> dict[UUID, set[str]]:
    """Return, per customer, the fields whose kind of data is restricted on a day.

    Items in `opened` were opened with a reason and restrict nothing any more.
    """
    kinds = table_of(DataKind)
    query = (
        sa.select(_ITEMS.c.customer_id, _ITEMS.c.id, kinds.c.customer_fields)
        .join(_HOLD_ITEMS, _HOLD_ITEMS.c.target_id == _ITEMS.c.id)
        .join(_HOLDS, _HOLDS.c.id == _HOLD_ITEMS.c.parent_id)
        .join(kinds, kinds.c.id == _ITEMS.c.kind_id)
        .where(
            _ITEMS.c.customer_id.in_(customer_ids),
            _HOLDS.c.reason == "restriction",
            _HOLDS.c.since_on <= on,
            sa.or_(_HOLDS.c.until_on.is_(None), _HOLDS.c.until_on >= on),
        )
    )
    found: dict[UUID, set[str]] = {}
    for customer_id, item_id, fields in connection.execute(query):
        if item_id not in opened:
            found.setdefault(customer_id, set()).update(fields)
    return found
