"""Reads many records at once, for what goes in and out as a file."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from privreg.registers.customer_entries import Item
from privreg.registers.customers import Customer
from privreg.store.records import MANY, table_of, with_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from uuid import UUID

    from privreg.registers.declaration import Register, Values

PAGE = 500
_CUSTOMERS, _ITEMS = table_of(Customer), table_of(Item)


def pages(connection: sa.Connection, register: Register) -> Iterator[list[Values]]:
    """Return every record of a register with its rows, by key, a page at a time."""
    table = table_of(register.model)
    last: UUID | None = None
    while True:
        query = sa.select(table).order_by(table.c.id).limit(PAGE)
        query = query if last is None else query.where(table.c.id > last)
        page = [dict(row) for row in connection.execute(query).mappings()]
        if not page:
            return
        last = page[-1]["id"]
        yield with_rows(connection, register, page)


def columns(connection: sa.Connection, register: Register, names: Sequence[str]) -> list[Values]:
    """Return some columns of every record of a small register."""
    table = table_of(register.model)
    query = sa.select(*(table.c[name] for name in names if name in table.c))
    return [dict(row) for row in connection.execute(query).mappings()]


def titles(connection: sa.Connection, register: Register) -> list[tuple[UUID, str, str]]:
    """Return key, number and title of every record of a small register."""
    rows = connection.execute(sa.select(table_of(register.model))).mappings()
    return [
        (row["id"], str(row.get("number") or row["id"]), register.title(dict(row))) for row in rows
    ]


def matching(
    connection: sa.Connection,
    register: Register,
    column: str,
    wanted: Sequence[Any],
    names: Collection[str],
) -> Iterator[Values]:
    """Return the key and the named columns of records whose `column` is one of `wanted`."""
    table = table_of(register.model)
    chosen = [each for each in table.c if each.name == "id" or each.name in names]
    for start in range(0, len(wanted), MANY):
        query = sa.select(*chosen).where(table.c[column].in_(wanted[start : start + MANY]))
        yield from (dict(row) for row in connection.execute(query).mappings())


def customer_numbers(
    connection: sa.Connection, keys: Collection[UUID]
) -> dict[UUID, tuple[str, UUID]]:
    """Return the codes of these customers and their controllers' keys."""
    table = _CUSTOMERS.c
    query = sa.select(table.id, table.number, table.controller_id).where(table.id.in_(keys))
    return {key: (number, owner) for key, number, owner in connection.execute(query)}


def item_labels(connection: sa.Connection, keys: Collection[UUID]) -> dict[UUID, str]:
    """Return what these items are called."""
    found: dict[UUID, str] = {}
    wanted = list(keys)
    for start in range(0, len(wanted), MANY):
        some = _ITEMS.c.id.in_(wanted[start : start + MANY])
        rows = connection.execute(sa.select(_ITEMS.c.id, _ITEMS.c.label).where(some))
        found |= dict(rows.all())
    return found


def customer_keys(connection: sa.Connection) -> list[UUID]:
    """Return the key of every customer."""
    return list(connection.execute(sa.select(_CUSTOMERS.c.id)).scalars())
