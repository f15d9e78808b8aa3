"""Lists of records: filtered, searched, sorted and paged where the records are."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

import sqlalchemy as sa

from privreg.registers import users
from privreg.registers.declaration import Kind, Register, Values
from privreg.store import search, signposts
from privreg.store.records import MANY, is_kept_apart, table_of, with_rows

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from privreg.store.remembered import Remembered

SORTED_AT_MOST = 200
"""How many matches of a typed text are listed: sorting all would cost the letter."""
_KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records of a register, in which order.

    `parent` limits a customer's events and the like to that customer; `codes_only` keeps
    the typed text from finding names. `untold` gives, per field, the condition under which its
    value is hidden: such a record stands last and meets no filter on that field. `seen_by`
    tells apart those for whom other values are hidden. `only` is one condition more.
    """

    register: Register
    text: str
    filters: Mapping[str, object]
    sort: str
    descending: bool
    parent: UUID | None
    codes_only: bool
    untold: Mapping[str, sa.ColumnElement[bool]] = field(default_factory=dict)
    seen_by: Hashable = None
    only: sa.ColumnElement[bool] | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """Behind how many told records of a long list the others stand, and their keys, packed.

    They are in the order of their keys, which tells nothing of what they hide.
    """

    told: int
    packed: bytes

    def keys(self, first: int, limit: int) -> list[UUID]:
        """Return some of the keys."""
        some = self.packed[first * _KEY_BYTES : (first + limit) * _KEY_BYTES]
        return [
            UUID(bytes=some[start : start + _KEY_BYTES])
            for start in range(0, len(some), _KEY_BYTES)
        ]


def page(
    connection: sa.Connection,
    wanted: Wanted,
    offset: int,
    limit: int,
    remembered: Remembered | None = None,
) -> list[Values]:
    """Return some rows of a list; child tables only where the register is small.

    Far down a long list it begins at the signposts that `signpost` put there.
    """
    known: Apart | None = None
    if (hidden := _set_apart(wanted)) is not None and remembered is not None:
        known = remembered.recall(connection, _question("apart", wanted))
    is_behind = known is not None and offset >= known.told
    keys = [] if is_behind else _told_keys(connection, wanted, offset, limit, remembered)
    if hidden is not None and len(keys) < limit:
        known = known or _apart(connection, wanted, hidden, remembered)
        keys += known.keys(max(0, offset - known.told), limit - len(keys))
    return by_keys_with_rows(connection, wanted.register, keys)


def _set_apart(wanted: Wanted) -> sa.ColumnElement[bool] | None:
    """Return what of a long list stands apart, behind all that its order may tell.

    None where that is nothing, and where the list is short enough to sort it whole.
    """
    is_long = wanted.register.large and wanted.parent is None and not wanted.text.strip()
    return wanted.untold.get(_sorted_by(wanted)) if is_long else None


def _told_keys(
    connection: sa.Connection,
    wanted: Wanted,
    offset: int,
    limit: int,
    remembered: Remembered | None,
) -> list[UUID]:
    told = _told(wanted)
    chosen = _chosen(connection, told)
    order = _walk_order(wanted) if offset >= signposts.APART else None
    posts = None
    if order is not None and remembered is not None:
        posts = remembered.recall(connection, _question("signposts", wanted))
    if order is not None and posts:
        query = signposts.page(chosen, order, posts, offset, limit)
    else:
        query = _ordered(chosen, told).offset(offset).limit(limit)
    return [row.id for row in connection.execute(query)]


def _told(wanted: Wanted) -> Wanted:
    """Return a list without what stands apart."""
    hidden, by = _set_apart(wanted), _sorted_by(wanted)
    if hidden is None:
        return wanted
    rest = {name: each for name, each in wanted.untold.items() if name != by}
    return replace(wanted, untold=rest, only=~hidden)


def _apart(
    connection: sa.Connection,
    wanted: Wanted,
    hidden: sa.ColumnElement[bool],
    remembered: Remembered | None,
) -> Apart:
    """Look for what stands apart; about a second on a million, once per state of the records."""
    others = replace(_told(wanted), only=hidden, sort="id")
    chosen = _chosen(connection, others)
    rows = connection.execute(chosen.order_by(chosen.selected_columns[0]))
    packed = b"".join(row.id.bytes for row in rows)
    found = Apart(count(connection, wanted) - len(packed) // _KEY_BYTES, packed)
    if remembered is not None:
        remembered.keep(connection, _question("apart", wanted), found)
    return found


def signpost(connection: sa.Connection, wanted: Wanted, remembered: Remembered) -> None:
    """Walk along a long list once, so that a page anywhere in it comes at once.

    Takes some tenths of a second on a million, so ask for it in the background. Nothing is done
    for a list that no index puts in order.
    """
    order, question = _walk_order(wanted), _question("signposts", wanted)
    if order is None or remembered.recall(connection, question) is not None:
        return
    posts = signposts.walk(connection, _chosen(connection, _told(wanted)), order)
    remembered.keep(connection, question, posts)
    if (hidden := _set_apart(wanted)) is not None:
        _apart(connection, wanted, hidden, remembered)


def _question(what: str, wanted: Wanted) -> Hashable:
    filters = tuple(sorted((name, str(value)) for name, value in wanted.filters.items()))
    order = _sorted_by(wanted), wanted.descending
    return what, wanted.register.slug, filters, *order, wanted.seen_by


def _walk_order(wanted: Wanted) -> signposts.Order | None:
    """Return the order of a list that can be walked along; None where it cannot."""
    table = table_of(wanted.register.model)
    by = _sort_name(table, wanted)
    is_plain = wanted.parent is None and not wanted.text.strip()
    if not (is_plain and wanted.register.large and by in table.c):
        return None
    if not all(_is_one_value(table, name, value) for name, value in wanted.filters.items()):
        return None
    if not signposts.is_walkable(table, wanted.filters.keys(), by):
        return None
    return signposts.Order(table.c[by], table.c.id, wanted.descending)


def _is_one_value(table: sa.Table, name: str, value: object) -> bool:
    return name in table.c and not isinstance(value, list | tuple | set | frozenset)


def count(connection: sa.Connection, wanted: Wanted) -> int:
    """Count a list; with a text it stops at `SORTED_AT_MOST`."""
    chosen = _chosen(connection, wanted)
    keys = chosen.with_only_columns(chosen.selected_columns[0]).subquery()
    query = sa.select(sa.func.count()).select_from(keys)
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
    """Return the keys of a list with a text in its order; such a list is never long."""
    query = _ordered(_chosen(connection, wanted), wanted)
    return [row.id for row in connection.execute(query)]


def all_keys(connection: sa.Connection, register: Register, *, at_most: int) -> list[UUID]:
    """Return the keys of the first records of a register, in no order."""
    table = table_of(register.model)
    return list(connection.scalars(sa.select(table.c.id).limit(at_most)))


def by_keys_with_rows(
    connection: sa.Connection, register: Register, keys: Sequence[UUID]
) -> list[Values]:
    """Return records as a list shows them; child tables only where the register is small."""
    rows = by_keys(connection, register, keys)
    return rows if register.large else with_rows(connection, register, rows)


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
    order = (key.desc(), record_id.desc()) if wanted.descending else (key, record_id)
    if _sorted_by(wanted) in wanted.untold:
        return chosen.order_by(key.is_(None), *order)
    return chosen.order_by(*order)


def _sorted_by(wanted: Wanted) -> str:
    return wanted.sort or wanted.register.sort


def _sort_name(table: sa.Table, wanted: Wanted) -> str:
    by = _sorted_by(wanted)
    return "sort_name" if by == "name" and "sort_name" in table.c else by


def _sort_column(table: sa.Table, wanted: Wanted) -> sa.ColumnElement[Any]:
    hidden = wanted.untold.get(_sorted_by(wanted))
    column: sa.ColumnElement[Any] = table.c.get(_sort_name(table, wanted), table.c.id)
    if hidden is not None:
        column = sa.case((hidden, sa.null()), else_=column)
    return column.label("key")


def _chosen(connection: sa.Connection, wanted: Wanted) -> Chosen:
    register = wanted.register
    table = table_of(register.model)
    chosen: Chosen = sa.select(table.c.id, _sort_column(table, wanted))
    for name, value in wanted.filters.items():
        chosen = chosen.where(_filtered(register, table, name, value))
        if name in wanted.untold:
            chosen = chosen.where(~wanted.untold[name])
    if wanted.only is not None:
        chosen = chosen.where(wanted.only)
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
