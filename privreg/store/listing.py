"""Lists of records: filtered, searched, sorted and paged where the records are."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa

from privreg.registers import users
from privreg.registers.declaration import Kind, Register, Values
from privreg.store import few_left, long_lists, search, stretches
from privreg.store.long_lists import LongList, Unseen
from privreg.store.records import MANY, is_kept_apart, table_of, with_rows
from privreg.store.signposts import Walk

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from uuid import UUID

    from privreg.store.few_left import Left
    from privreg.store.long_lists import Keys
    from privreg.store.remembered import Remembered

SORTED_AT_MOST = 200
"""How many matches of a typed text are listed: sorting all would cost the letter."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records of a register, in which order.

    `parent` limits a customer's events and the like to that customer; `codes_only` keeps
    the typed text from finding names. `untold` gives, per field, the condition under which its
    value is hidden: such a record stands last and meets no filter on that field. `gathered`
    selects, per field of a long list, the keys of all such records. `seen_by` tells apart those
    for whom other values are hidden.
    """

    register: Register
    text: str
    filters: Mapping[str, object]
    sort: str
    descending: bool
    parent: UUID | None
    codes_only: bool
    untold: Mapping[str, sa.ColumnElement[bool]] = field(default_factory=dict)
    gathered: Mapping[str, Keys] = field(default_factory=dict)
    seen_by: Hashable = None


def page(
    connection: sa.Connection,
    wanted: Wanted,
    offset: int,
    limit: int,
    remembered: Remembered,
) -> list[Values]:
    """Return some rows of a list; child tables only where the register is small.

    Far down a long list it begins at the signposts that `signpost` put there.
    """
    listed = _long(connection, wanted, remembered)
    if listed is not None:
        keys = long_lists.page(listed, offset, limit)
    else:
        query = _ordered(_chosen(connection, wanted), wanted).offset(offset).limit(limit)
        keys = [row.id for row in connection.execute(query)]
    return by_keys_with_rows(connection, wanted.register, keys)


def signpost(connection: sa.Connection, wanted: Wanted, remembered: Remembered) -> None:
    """Walk along a long list once, so that a page anywhere in it comes at once.

    Takes some tenths of a second on a million, so ask for it in the background. Nothing is done
    for a list that no index puts in order.
    """
    listed = _long(connection, wanted, remembered)
    if listed is not None:
        long_lists.signpost(listed)


def _long(connection: sa.Connection, wanted: Wanted, remembered: Remembered) -> LongList | None:
    """Return a list that can be walked along; None where it is sorted whole.

    One that would begin with hidden values only, and tell nothing, stands in its own order.
    """
    order = _order(wanted)
    if order is None or not set(wanted.filters) <= set(order.leading):
        return None
    found = stretches.stretches(connection, order, wanted.filters)
    if len(found) > stretches.AT_MOST:
        return None
    by, which = _sorted_by(wanted), _which(wanted)
    listed = LongList(
        Walk(connection, order, found),
        tuple(_filtered(wanted.register, order.table, *each) for each in wanted.filters.items()),
        Unseen(wanted.untold[by], wanted.gathered[by]) if by in wanted.gathered else None,
        remembered,
        which,
        (which, order.columns, order.descending, wanted.seen_by),
    )
    if long_lists.is_told(listed):
        return listed
    return _long(connection, _in_its_own_order(wanted), remembered)


def _order(wanted: Wanted) -> stretches.Order | None:
    """Return the order of a long list that an index holds."""
    table, by = table_of(wanted.register.model), _sorted_by(wanted)
    is_gathered = by in wanted.gathered or by not in wanted.untold
    if wanted.parent is not None or wanted.text.strip() or not is_gathered:
        return None
    return stretches.order_of(
        table,
        wanted.register.filters,
        _sort_name(table, wanted),
        within=_within(wanted),
        descending=wanted.descending,
    )


def _in_its_own_order(wanted: Wanted) -> Wanted:
    return replace(wanted, sort=_within(wanted), untold={}, gathered={})


def _which(wanted: Wanted) -> Hashable:
    filters = tuple(sorted((name, str(value)) for name, value in wanted.filters.items()))
    return wanted.register.slug, filters


def count(connection: sa.Connection, wanted: Wanted, remembered: Remembered) -> int:
    """Count a list; with a text it stops at `SORTED_AT_MOST`."""
    listed = _long(connection, _in_its_own_order(wanted), remembered)
    if listed is not None:
        return long_lists.count(listed)
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


def keys(connection: sa.Connection, wanted: Wanted, remembered: Remembered) -> list[UUID]:
    """Return the keys of a list with a text in its order; such a list is never long."""
    left = _left(connection, wanted, remembered)
    if left is not None and not left.found:
        return []
    query = _ordered(_chosen(connection, wanted, left), wanted)
    return [row.id for row in connection.execute(query)]


def _left(connection: sa.Connection, wanted: Wanted, remembered: Remembered) -> Left | None:
    """Return what the filters leave of a list with a text, where an index tells it."""
    order = _order(replace(_in_its_own_order(wanted), text="")) if wanted.filters else None
    told = set(order.leading).difference(wanted.untold) if order is not None else set()
    if order is None or not set(wanted.filters) <= told:
        return None
    question = "left", _which(wanted)
    known: Left | None = remembered.recall(connection, question)
    if known is None:
        known = few_left.left(connection, order, wanted.filters)
        remembered.keep(connection, question, known)
    return known


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


Chosen: TypeAlias = "sa.Select[tuple[UUID, Any, Any]]"
"""Keys of records, each with the values by which they are ordered."""


def _ordered(chosen: Chosen, wanted: Wanted) -> Chosen:
    record_id, key, then = chosen.selected_columns
    order: tuple[sa.ColumnElement[Any], ...] = (key, then, record_id)
    if wanted.descending:
        order = tuple(each.desc() for each in order)
    if _sorted_by(wanted) in wanted.untold:
        return chosen.order_by(key.is_(None), *order)
    return chosen.order_by(*order)


def _sorted_by(wanted: Wanted) -> str:
    return wanted.sort or wanted.register.sort


def _within(wanted: Wanted) -> str:
    """Return by what rows are ordered that are the same in a field of the filters."""
    return "number" if wanted.codes_only else wanted.register.sort


def _sort_name(table: sa.Table, wanted: Wanted) -> str:
    by = _sorted_by(wanted)
    return "sort_name" if by == "name" and "sort_name" in table.c else by


def _sort_column(table: sa.Table, wanted: Wanted) -> sa.ColumnElement[Any]:
    hidden = wanted.untold.get(_sorted_by(wanted))
    column: sa.ColumnElement[Any] = table.c.get(_sort_name(table, wanted), table.c.id)
    if hidden is not None:
        column = sa.case((hidden, sa.null()), else_=column)
    return column.label("key")


def _then_column(table: sa.Table, wanted: Wanted) -> sa.ColumnElement[Any]:
    within = _within(wanted) if _sorted_by(wanted) in wanted.register.filters else "id"
    column: sa.ColumnElement[Any] = table.c.get(within, table.c.id)
    return column.label("then")


def _chosen(connection: sa.Connection, wanted: Wanted, left: Left | None = None) -> Chosen:
    register = wanted.register
    table = table_of(register.model)
    columns = table.c.id, _sort_column(table, wanted), _then_column(table, wanted)
    chosen: Chosen = sa.select(*columns)
    for name, value in wanted.filters.items():
        chosen = chosen.where(_filtered(register, table, name, value))
        if name in wanted.untold:
            chosen = chosen.where(~wanted.untold[name])
    if wanted.parent is not None:
        chosen = chosen.where(table.c[register.parent_field] == wanted.parent)
    if not wanted.text.strip():
        return chosen
    first = _first_matches(connection, wanted, table, chosen, left)
    if first is None:
        return chosen.where(sa.false())
    found = first.limit(SORTED_AT_MOST).subquery()
    return sa.select(found.c.id, found.c.key, found.c.then)


def _first_matches(
    connection: sa.Connection, wanted: Wanted, table: sa.Table, chosen: Chosen, left: Left | None
) -> Chosen | None:
    """Select what a text finds, from the index; from the filters where they leave less."""
    text, codes_only = wanted.text, wanted.codes_only
    if left is not None and few_left.is_read(connection, left, text, codes_only=codes_only):
        read = search.matching_among(left.keys, text, SORTED_AT_MOST, codes_only=codes_only)
        return chosen.select_from(search.InOrder(read, table, table.c.id == read.c.record_id))
    is_server = connection.dialect.name == "postgresql"
    found = search.matching(
        table, wanted.register.slug, text, is_server=is_server, codes_only=codes_only
    )
    return found and chosen.select_from(found[0]).where(found[1])


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
