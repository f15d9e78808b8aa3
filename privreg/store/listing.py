"""Lists of records: filtered, searched, sorted and paged where the records are."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
    query = _ordered(wanted, _matching(connection, wanted)).offset(offset).limit(limit)
    keys = connection.execute(query).scalars().all()
    rows = by_keys(connection, wanted.register, keys)
    return rows if wanted.register.large else with_rows(connection, wanted.register, rows)


def count(connection: sa.Connection, wanted: Wanted) -> int:
    """Count a list; with a text it stops at `SORTED_AT_MOST`."""
    matching = _matching(connection, wanted).subquery()
    query = sa.select(sa.func.count()).select_from(matching)
    return int(connection.execute(query).scalar_one())


def by_keys(connection: sa.Connection, register: Register, keys: Sequence[UUID]) -> list[Values]:
    """Return records without their rows, in the order of the keys; those gone are left out."""
    table = table_of(register.model)
    found: dict[UUID, Values] = {}
    for start in range(0, len(keys), MANY):
        query = sa.select(table).where(table.c.id.in_(keys[start : start + MANY]))
        found |= {row["id"]: dict(row) for row in connection.execute(query).mappings()}
    return [found[key] for key in keys if key in found]


def key_of_number(connection: sa.Connection, register: Register, number: str) -> UUID | None:
    """Return the key of the record with that number, whatever the capitals."""
    table = table_of(register.model)
    exact = sa.select(table.c.id).where(table.c.number == number)
    key: UUID | None = connection.execute(exact).scalar()
    if key is None:
        loose = sa.select(table.c.id).where(sa.func.lower(table.c.number) == number.lower())
        key = connection.execute(loose).scalar()
    return key


def user_names(connection: sa.Connection) -> dict[UUID, str]:
    """Return what every user is called, those who left included."""
    table = table_of(users.User)
    found = connection.execute(sa.select(table.c.id, table.c.name, table.c.login)).all()
    return {key: name or login for key, name, login in found}


def _ordered(wanted: Wanted, keys: sa.Select[tuple[Any]]) -> sa.Select[tuple[Any]]:
    table = table_of(wanted.register.model)
    by = wanted.sort or wanted.register.sort
    column = table.c.get(by, table.c.id)
    if wanted.descending:
        return keys.order_by(column.desc(), table.c.id.desc())
    return keys.order_by(column, table.c.id)


def _matching(connection: sa.Connection, wanted: Wanted) -> sa.Select[tuple[Any]]:
    register = wanted.register
    table = table_of(register.model)
    keys = sa.select(table.c.id)
    for name, value in wanted.filters.items():
        keys = keys.where(_filtered(register, table, name, value))
    if wanted.parent is not None:
        keys = keys.where(table.c[register.parent_field] == wanted.parent)
    if not wanted.text.strip():
        return keys
    found = search.matching_rows(
        wanted.text,
        is_server=connection.dialect.name == "postgresql",
        codes_only=wanted.codes_only,
    )
    if found is None:
        return keys.where(sa.false())
    rows = search.ROWS
    matched = (
        keys.join(rows, rows.c.record_id == table.c.id)
        .where(rows.c.row.in_(found), rows.c.slug == register.slug)
        .limit(SORTED_AT_MOST)
        .subquery()
    )
    return sa.select(table.c.id).where(table.c.id.in_(sa.select(matched.c.id)))


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
