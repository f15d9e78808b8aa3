"""Signposts along a long list: what stands at every so many rows, to begin a page from there.

An engine finds the millionth row of an order by walking past all before it. A walk in steps
notes which row stands where; a page then begins at the nearest signpost before it. What was
noted holds until a record changes.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from privreg.store import stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import sqlalchemy as sa

Place: TypeAlias = "sa.Row[Any] | None"
"""The values that order a row, its key last; None before the first row."""

APART = 2_000  # rows between two signposts: walked past in a millisecond


@dataclass(frozen=True, slots=True)
class Walk:
    """A long list as it is walked along: its stretches, merged into its order."""

    connection: sa.Connection
    order: stretches.Order
    found: tuple[stretches.Stretch, ...]

    def rows(
        self, limit: int, *, skip: int = 0, behind: Place = None, backwards: bool = False
    ) -> Sequence[sa.Row[Any]]:
        """Return some rows by the values that order them, the key last.

        From the beginning, or from `behind` a row; with `backwards` from the end, the last row
        first.
        """
        if not self.found or limit <= 0:
            return []
        order = self.order.turned() if backwards else self.order
        is_server = self.connection.dialect.name == "postgresql"
        standing = None if behind is None else behind[:1] if order.is_of_a_filter else ()
        query = stretches.merged(order, self.found, standing, is_server=is_server)
        given = {"at_most": limit, "skip": skip, "reach": skip + limit}
        if behind is not None:
            names = (f"behind_{name}" for name in order.columns)
            given |= dict(zip(names, behind, strict=True))
        return self.connection.execute(query, given).all()

    def count(self) -> int:
        """Count the rows."""
        if not self.found:
            return 0
        query = stretches.count(self.order, self.found)
        counted = self.connection.scalars(query).one()
        return int(counted)  # the server adds up to a decimal


@dataclass(frozen=True, slots=True)
class Posts:
    """Behind which row each signpost stands, and how many rows that count stand before it.

    Every row counts, unless some are told apart. `before` ends with how many count in all.
    """

    behind: tuple[Place, ...]
    before: tuple[int, ...]

    def at(self, offset: int) -> int:
        """Return the last signpost that has no more than so many rows before it."""
        return min(bisect_right(self.before, offset), len(self.behind)) - 1


def walk_along(walk: Walk) -> Posts:
    """Put a signpost at every `APART` rows, to the end of a list."""
    behind: list[Place] = [None]
    while found := walk.rows(1, skip=APART - 1, behind=behind[-1]):
        behind.append(found[0])
    rest = len(walk.rows(APART, behind=behind[-1]))
    before = [place * APART for place in range(len(behind))]
    return Posts(tuple(behind), (*before, before[-1] + rest))


def without(posts: Posts, passed: Iterable[tuple[bool, bool]]) -> Posts:
    """Return the same signposts with some rows not counted.

    `passed` says of those rows and of those behind which a signpost stands, in the order of the
    list: whether it is one of the first, and whether it is one of the second.
    """
    gone, before = 0, [0]
    counts = iter(posts.before[1:])
    for is_apart, is_post in passed:
        gone += is_apart
        if is_post:
            before.append(next(counts) - gone)
    return Posts(posts.behind, (*before, posts.before[-1] - gone))
