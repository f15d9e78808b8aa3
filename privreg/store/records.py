"""Reading records as plain values, rows and links included."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from privreg.registers.declaration import FieldSpec, Kind, Register, Values

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from privreg.registers.tables import Entry, Row

MANY = 500


def table_of(model: type[Entry | Row]) -> sa.Table:
    """Return the table of a model."""
    table: sa.Table = model.__table__  # type: ignore[union-attr]
    return table


def parts(keys: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    """Cut keys into parts that one statement may name."""
    return (keys[start : start + MANY] for start in range(0, len(keys), MANY))


def is_kept_apart(field: FieldSpec) -> bool:
    """Say whether a field stands in a table of its own."""
    return field.kind in (Kind.ROWS, Kind.LINKS)


def load(connection: sa.Connection, register: Register, record_id: UUID) -> Values | None:
    """Return one record with its rows, or None."""
    table = table_of(register.model)
    found = connection.execute(sa.select(table).where(table.c.id == record_id)).mappings().first()
    if found is None:
        return None
    return with_rows(connection, register, [dict(found)])[0]


def load_all(connection: sa.Connection, register: Register) -> list[Values]:
    """Return every record of a small register, rows included, by its number."""
    table = table_of(register.model)
    order = table.c.number if "number" in table.c else table.c.created_at
    found = connection.execute(sa.select(table).order_by(order)).mappings()
    return with_rows(connection, register, [dict(each) for each in found])


def with_number(connection: sa.Connection, register: Register) -> list[Values]:
    """Return the records with a text that may hold a national number and no word on it yet."""
    table = table_of(register.model)
    if "may_hold_number" not in table.c:
        return []
    query = sa.select(table).where(table.c.may_hold_number, table.c.no_number_because == "")
    return [dict(each) for each in connection.execute(query.order_by(table.c.id)).mappings()]


def with_rows(connection: sa.Connection, register: Register, records: list[Values]) -> list[Values]:
    """Add the rows and links to records that were read without them."""
    for field in register.fields:
        if is_kept_apart(field):
            _add(connection, field, records)
    return records


def links_entered(
    connection: sa.Connection, register: Register, record_id: UUID
) -> dict[str, dict[UUID, datetime]]:
    """Return by field when each record that this one points at was linked."""
    return {
        field.name: {
            row["target_id"]: row["entered_at"] for row in _rows(connection, field, [record_id])
        }
        for field in register.fields
        if field.kind is Kind.LINKS and is_kept_apart(field)
    }


def _add(connection: sa.Connection, field: FieldSpec, records: list[Values]) -> None:
    by_parent: dict[UUID, list[Any]] = defaultdict(list)
    keys = [record["id"] for record in records]
    for start in range(0, len(keys), MANY):
        for row in _rows(connection, field, keys[start : start + MANY]):
            by_parent[row["parent_id"]].append(
                row["target_id"] if field.kind is Kind.LINKS else row
            )
    for record in records:
        record[field.name] = by_parent[record["id"]]


def _rows(connection: sa.Connection, field: FieldSpec, keys: Sequence[UUID]) -> Iterable[Values]:
    assert field.model is not None  # noqa: S101  (declared with rows() or links())
    table = table_of(field.model)
    query = sa.select(table).where(table.c.parent_id.in_(keys)).order_by(table.c.position)
    return [dict(row) for row in connection.execute(query).mappings()]
