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
    from uuid import UUID

    from privreg.law.retention import Timer
    from privreg.registers.declaration import Values

_ITEMS, _HOLDS, _HOLD_ITEMS = table_of(Item), table_of(Hold), table_of(HoldItem)
_CUSTOMERS, _RULES = table_of(Customer), table_of(Rule)
_LISTED = ("id", "customer_id", "group_id", "kind_id", "dated_on", "label", "place")
_HOLDING = ("reason", "since_on", "review_on", "until_on")
_WHOSE = ("number", "controller_id", "first_name", "name", "no_anonymised")


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
    terms: dict[tuple[UUID, UUID], Timer] = field(default_factory=dict)
    """Per rule and controller the timer it makes, before its starting day is filled in."""


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
    read = read_rules(connection)
    if keys:
        items = connection.execute(sa.select(_ITEMS).where(_ITEMS.c.id.in_(keys))).mappings()
        read.items = {item["id"]: dict(item) for item in items}
        owners = {item["customer_id"] for item in read.items.values()}
        wanted = sa.select(_CUSTOMERS).where(_CUSTOMERS.c.id.in_(owners))
        read.customers = {each["id"]: dict(each) for each in connection.execute(wanted).mappings()}
        _read_clocks(connection, read, keys)
    return read


def read_rules(connection: sa.Connection) -> ItemsRead:
    """Read what all items have in common: rules, kinds of data, groups, ends of book years."""
    rules = connection.execute(sa.select(_RULES)).mappings()
    return ItemsRead(
        {rule["id"]: dict(rule) for rule in rules},
        _names(connection, table_of(DataKind)),
        _names(connection, table_of(Group)),
        book_year_ends(connection),
    )


def read_listed(connection: sa.Connection, around: ItemsRead, keys: Sequence[UUID]) -> None:
    """Add to what was read some items as a list shows them, and whose they are.

    Only what a line needs: every column of a million items takes its time to unpack.
    """
    if not keys:
        return
    columns = (
        *(_ITEMS.c[name] for name in _LISTED),
        *(_CUSTOMERS.c[name].label(f"of_{name}") for name in _WHOSE),
    )
    query = sa.select(*columns).join(_CUSTOMERS, _CUSTOMERS.c.id == _ITEMS.c.customer_id)
    for row in connection.execute(query.where(_ITEMS.c.id.in_(keys))).mappings():
        around.items[row["id"]] = {name: row[name] for name in _LISTED}
        whose = {name: row[f"of_{name}"] for name in _WHOSE}
        around.customers[row["customer_id"]] = {"id": row["customer_id"], **whose}
    _read_clocks(connection, around, keys)


def _names(connection: sa.Connection, table: sa.Table) -> dict[UUID, str]:
    return dict(connection.execute(sa.select(table.c.id, table.c.name)).all())


def _read_clocks(connection: sa.Connection, around: ItemsRead, keys: Sequence[UUID]) -> None:
    for timer in _timers(connection, around, keys):
        around.timers[timer["item_id"]].append(timer)
    held = (
        sa.select(*(_HOLDS.c[name] for name in _HOLDING), _HOLD_ITEMS.c.target_id)
        .join(_HOLD_ITEMS, _HOLD_ITEMS.c.parent_id == _HOLDS.c.id)
        .where(_HOLD_ITEMS.c.target_id.in_(keys))
    )
    for hold in connection.execute(held).mappings():
        around.holds[hold["target_id"]].append(dict(hold))


def _timers(connection: sa.Connection, around: ItemsRead, keys: Sequence[UUID]) -> Iterable[Values]:
    """Look the timers up; while rules are being applied anew, work them out instead."""
    if regoverning.is_pending(connection):
        items = [around.items[key] for key in keys if key in around.items]
        return governed.timers_now(connection, items, around.customers)
    found = connection.execute(sa.select(TIMERS).where(TIMERS.c.item_id.in_(keys)))
    return [dict(timer) for timer in found.mappings()]
