"""The stretches of an index that hold a long list in an order, whatever it is filtered by.

Such an index begins with every field the list can be filtered by. Where all of those are the
same its rows stand in order: that is a stretch. A list is the merge of the stretches that meet
its filters, and both engines merge row by row: a page costs the rows before it, and no others.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

Stretch: TypeAlias = "tuple[Any, ...]"
"""One value per leading field."""

AT_MOST = 400
"""How many stretches one statement merges; SQLite takes five hundred."""
KEY = "id"


@dataclass(frozen=True, slots=True)
class Order:
    """By which columns rows are ordered, the key last, and the fields that lead their index."""

    table: sa.Table
    leading: tuple[str, ...]
    columns: tuple[str, ...]
    descending: bool = False

    def turned(self) -> Order:
        """Return the same order from its end."""
        return replace(self, descending=not self.descending)

    @property
    def is_of_a_filter(self) -> bool:
        """Whether it is the order of a field that the list can be filtered by."""
        return self.columns[0] in self.leading

    def of(self, listed: sa.FromClause) -> list[sa.ColumnElement[Any]]:
        """Return the columns of a list to order it by."""
        columns: list[sa.ColumnElement[Any]] = [listed.c[name] for name in self.columns]
        return [each.desc() for each in columns] if self.descending else columns


def order_of(
    table: sa.Table, filters: Collection[str], by: str, *, within: str, descending: bool
) -> Order | None:
    """Return the order by a field that an index holds; None where there is no such index.

    Rows that are the same in a field of the filters stand in the order of the field `within`.
    """
    last = within if by in filters else by
    for index in table.indexes:
        names = [column.name for column in index.columns]
        leading = tuple(names[:-2])
        if names[-2:] == [last, KEY] and leading and set(leading) == set(filters):
            columns = (by, within, KEY) if by in filters else (by, KEY)
            return Order(table, leading, columns, descending)
    return None


def stretches(
    connection: sa.Connection, order: Order, chosen: Mapping[str, object]
) -> tuple[Stretch, ...]:
    """Return the stretches that meet some filters, each a value or several; found by leaps."""
    places = [
        (order.leading.index(name), value if isinstance(value, list | tuple | set) else (value,))
        for name, value in chosen.items()
    ]
    found = connection.execute(_leaps(order.table, order.leading))
    return tuple(
        tuple(row) for row in found if all(row[place] in values for place, values in places)
    )


@lru_cache(maxsize=16)
def _leaps(table: sa.Table, leading: tuple[str, ...]) -> sa.Select[Any]:
    """Select the different values of the leading fields: from each, one leap to the next."""
    first = _first(table, leading).limit(1).subquery()
    walked = sa.select(*first.c).cte("walked", recursive=True)
    ahead = [
        _next(table, leading, [walked.c[name] for name in leading], same)
        for same in reversed(range(len(leading)))
    ]
    found = table.alias("found")
    beside = walked.join(found, found.c[KEY] == sa.func.coalesce(*ahead))
    step = sa.select(*(found.c[name] for name in leading)).select_from(beside)
    return sa.select(walked.union_all(step))


def _first(table: sa.FromClause, leading: Iterable[str]) -> sa.Select[Any]:
    columns = [table.c[name] for name in leading]
    return sa.select(*columns).order_by(*columns)


def _next(
    table: sa.Table, leading: Sequence[str], here: Sequence[sa.ColumnElement[Any]], same: int
) -> sa.ScalarSelect[Any]:
    """Select the first key after here that is the same in so many of the leading fields."""
    ahead = table.alias(f"ahead_{same}")
    columns = [ahead.c[name] for name in leading]
    equal = [columns[place] == here[place] for place in range(same)]
    return (
        sa.select(ahead.c[KEY])
        .where(*equal, columns[same] > here[same])
        .order_by(*columns)
        .limit(1)
        .correlate_except(ahead)
        .scalar_subquery()
    )


@lru_cache(maxsize=128)
def merged(
    order: Order, found: tuple[Stretch, ...], behind: Stretch | None, *, is_server: bool
) -> sa.Select[Any]:
    """Select rows of these stretches, at least one, in their order, with its columns.

    How many is given as `at_most`, how many to leave out before them as `skip`. With `behind`,
    those that stand behind a row, in the one stretch so valued where the order is that of a
    field of the filters; the other values that order it are given as `behind_id` and so on. A
    server merges only where it is told, as `reach`, how many of a stretch can be asked for.
    """
    arms = [_stretch(order, each, behind) for each in found]
    if is_server:
        reach = sa.bindparam("reach", type_=sa.Integer)
        arms = [each.order_by(*order.of(order.table)).limit(reach) for each in arms]
    one, *others = arms
    listed = (sa.union_all(one, *others) if others else one).subquery("listed")
    return (
        sa.select(*listed.c)
        .order_by(*order.of(listed))
        .limit(sa.bindparam("at_most", type_=sa.Integer))
        .offset(sa.bindparam("skip", type_=sa.Integer))
    )


def _stretch(order: Order, values: Stretch, behind: Stretch | None) -> sa.Select[Any]:
    columns = [order.table.c[name] for name in order.columns]
    query = sa.select(*columns).where(*_within(order, values))
    return query if behind is None else query.where(_beyond(order, values, behind))


def _beyond(order: Order, values: Stretch, behind: Stretch) -> sa.ColumnElement[bool]:
    """Say of the rows of a stretch that they stand behind another.

    In the order of a field of the filters a stretch stands before that row, behind it, or
    is one in which it may stand: only there its rows are asked.
    """
    columns = [order.table.c[name] for name in order.columns]
    if behind:
        first, *columns = columns
        value = values[order.leading.index(first.name)]
        if value != behind[0]:
            both = (sa.literal(each, first.type) for each in (value, behind[0]))
            return _past(order, *both)
    row = [sa.bindparam(f"behind_{each.name}", type_=each.type) for each in columns]
    return _past(order, sa.tuple_(*columns), sa.tuple_(*row))


def _past(order: Order, here: Any, there: Any) -> sa.ColumnElement[bool]:
    found: sa.ColumnElement[bool] = here < there if order.descending else here > there
    return found


def _within(order: Order, values: Stretch) -> Iterable[sa.ColumnElement[bool]]:
    for name, value in zip(order.leading, values, strict=True):
        yield order.table.c[name] == value


def count(order: Order, found: tuple[Stretch, ...]) -> sa.Select[int]:
    """Select how many rows stand in these stretches, at least one."""
    counted = [
        sa.select(sa.func.count().label("rows")).select_from(order.table).where(*within)
        for within in (_within(order, each) for each in found)
    ]
    one, *others = counted
    each = (sa.union_all(one, *others) if others else one).subquery()
    return sa.select(sa.func.sum(each.c.rows))


def keys(order: Order, found: tuple[Stretch, ...]) -> sa.Select[Any]:
    """Select the keys of the rows in these stretches, at least one, in no order."""
    one, *others = (sa.select(order.table.c[KEY]).where(*_within(order, each)) for each in found)
    each = (sa.union_all(one, *others) if others else one).subquery("few")
    return sa.select(each.c[KEY])
