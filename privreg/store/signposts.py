"""Signposts along a long list: what stands at every so many rows, to begin a page from there.

An engine finds the millionth row of an order by walking past all before it. A walk in steps
notes which row stands where; a page then begins at the nearest signpost before it. Only lists
that an index puts in order are walked, and what was noted holds until a record changes.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

APART = 5_000  # rows between two signposts: walked past in a millisecond or two


@dataclass(frozen=True, slots=True)
class Order:
    """An order of records: by a column and then by key, from the last to the first if asked."""

    column: sa.ColumnElement[Any]
    record_id: sa.ColumnElement[UUID]
    descending: bool = False

    def of(self, query: sa.Select[Any]) -> sa.Select[Any]:
        """Put a query in this order."""
        columns = self.column, self.record_id
        return query.order_by(*(each.desc() if self.descending else each for each in columns))

    def beginning(self, query: sa.Select[Any], post: Post) -> sa.Select[Any]:
        """Leave out what stands before a signpost."""
        here = sa.tuple_(self.column, self.record_id)
        there = sa.tuple_(
            sa.literal(post.value, self.column.type), sa.literal(post.key, self.record_id.type)
        )
        return query.where(here <= there if self.descending else here >= there)


@dataclass(frozen=True, slots=True)
class Post:
    """A row of the list: the value it is ordered by, and its key."""

    value: Any
    key: UUID


def is_walkable(table: sa.Table, equal_to: Collection[str], by: str) -> bool:
    """Say whether an index holds these rows in this order, so that no walk sorts them."""
    wanted = [*sorted(equal_to), by, "id"]
    return any(
        [*sorted(names[:-2]), *names[-2:]] == wanted
        for index in table.indexes
        if len(names := [column.name for column in index.columns]) == len(wanted)
    )


def walk(connection: sa.Connection, query: sa.Select[Any], order: Order) -> list[Post]:
    """Return what stands at row 0, at row `APART` and so on to the end of a list."""
    posts: list[Post] = []
    chosen = order.of(query.with_only_columns(order.column, order.record_id))
    found = connection.execute(chosen.limit(1)).first()
    while found is not None:
        posts.append(Post(*found))
        ahead = order.beginning(chosen, posts[-1]).offset(APART).limit(1)
        found = connection.execute(ahead).first()
    return posts


def page(
    query: sa.Select[Any], order: Order, posts: Sequence[Post], offset: int, limit: int
) -> sa.Select[Any]:
    """Return the query for some rows from `offset` on, begun at a signpost where there is one."""
    nearest = min(offset // APART, len(posts) - 1)
    if nearest > 0:
        query, offset = order.beginning(query, posts[nearest]), offset - nearest * APART
    return order.of(query).offset(offset).limit(limit)
