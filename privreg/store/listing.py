"""Lists of records: filtered, searched, sorted and paged where the records are."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa

from privreg.registers import users
from privreg.registers.declaration import Kind, Register, Values
from privreg.store import search
from privreg.store.records import MANY, is_kept_apart, table_of, with_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

SORTED_AT_MOST = 200
"""How many matches of a typed text are listed: sorting all would cost the letter."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records of a register, in which order.

    `parent` limits a customer's events and the like to that customer; `codes_only` keeps
    the typed text from finding names.
    """

    register: Register
    text: str
    filters: Mapping[str, object]
    sort: str
    descending: bool
    parent: UUID | None
    codes_only: bool


def page(connection: sa.Connection, wanted: Wanted, offset: int, limit: int) -> list[Values]:
    """Return some rows of a list; child tables only where the register is small."""
    query = _ordered(_chosen(connection, wanted), wanted).offset(offset).limit(limit)
    keys = [row.id for row in connection.execute(query)]
    rows = by_keys(connection, wanted.register, keys)
    return rows if wanted.register.large else with_rows(connection, wanted.register, rows)


def count(connection: sa.Connection, wanted: Wanted) -> int:
    """Count a list; with a text it stops at `SORTED_AT_MOST`."""
    query = sa.select(sa.func.count()).select_from(_chosen(connection, wanted).subquery())
    return int(connection.execute(query).scalar_one())


def by_keys(connection: sa.Connection, register: Register, keys: Sequence[UUID]) -> list[Values]:
    """Return records without their rows, in the order of the keys; those gone are left out."""
    table = table_of(register.model)
    found: dict[UUID, Values] = {}
    for start in range(0, len(keys), MANY):
        query = sa.select(table).where(table.c.id.in_(keys[start : start + MANY]))
        found |= {row["id"]: dict(row) for row in connection.execute(query).mappings()}
    return [found[key] for key in keys if key in found]


def keys(connection: sa.Connection, wanted: Wanted) -> list[UUID]:
    """Return the keys of a list in no order; for a list with a text, which is never long."""
    return [row.id for row in connection.execute(_chosen(connection, wanted))]


def keys_of_number(connection: sa.Connection, register: Register, number: str) -> Sequence[UUID]:
    """Return the keys of the records with that number, whatever the capitals.

    Customers of two controllers may have the same one.
    """
    table = table_of(register.model)
    exact = sa.select(table.c.id).where(table.c.number == number)
    loose = sa.select(table.c.id).where(sa.func.lower(table.c.number) == number.lower())
    return connection.execute(exact).scalars().all() or connection.execute(loose).scalars().all()


def user_names(connection: sa.Connection) -> dict[UUID, str]:
    """Return what every user is called, those who left included."""
    table = table_of(users.User)
    found = connection.execute(sa.select(table.c.id, table.c.name, table.c.login)).all()
    return {key: name or login for key, name, login in found}


Chosen: TypeAlias = "sa.Select[tuple[UUID, Any]]"
"""Keys of records, each with the value by which they are ordered."""


def _ordered(chosen: Chosen, wanted: Wanted) -> Chosen:
    record_id, key = chosen.selected_columns
    if wanted.descending:
        return chosen.order_by(key.desc(), record_id.desc())
    return chosen.order_by(key, record_id)


def _sort_column(table: sa.Table, wanted: Wanted) -> sa.ColumnElement[Any]:
    by = wanted.sort or wanted.register.sort
    by = "sort_name" if by == "name" and "sort_name" in table.c else by
    column: sa.ColumnElement[Any] = table.c.get(by, table.c.id)
    return column.label("key")


def _chosen(connection: sa.Connection, wanted: Wanted) -> Chosen:
    register = wanted.register
    table = table_of(register.model)
    chosen: Chosen = sa.select(table.c.id, _sort_column(table, wanted))
    for name, value in wanted.filters.items():
        chosen = chosen.where(_filtered(register, table, name, value))
    if wanted.parent is not None:
        chosen = chosen.where(table.c[register.parent_field] == wanted.parent)
    if not wanted.text.strip():
        return chosen
    found = search.matching(
        table,
        register.slug,
        wanted.text,
        is_server=connection.dialect.name == "postgresql",
        codes_only=wanted.codes_only,
    )
    if found is None:
        return chosen.where(sa.false())
    records, matches = found
    first = chosen.select_from(records).where(matches).limit(SORTED_AT_MOST).subquery()
    return sa.select(first.c.id, first.c.key)


def _filtered(
    register: Register, table: sa.Table, name: str, value: object
) -> sa.ColumnElement[bool]:
    field = register.field(name)
    if is_kept_apart(field):
        assert field.model is not None  # noqa: S101  (declared with links())
        rows = table_of(field.model)
        return table.c.id.in_(sa.select(rows.c.parent_id).where(rows.c.target_id == value))
    column = table.c[name]
    if field.kind is Kind.CHOICES:
        return sa.cast(column, sa.Text).contains(f'"{value}"', autoescape=True)
    if isinstance(value, list | tuple | set | frozenset):
        return column.in_(list(value))
    return column.is_(None) if value is None else column == value
