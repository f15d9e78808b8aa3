"""Pages of a long list, which nobody sorts: it is walked along in the order of an index.

Whose value is hidden stands behind all others, so that an order tells nothing of what it hides.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

import sqlalchemy as sa

from privreg.store import signposts
from privreg.store.records import parts

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from privreg.store.remembered import Remembered
    from privreg.store.signposts import Place, Posts, Walk

Keys: TypeAlias = "sa.Select[tuple[UUID]] | sa.CompoundSelect[tuple[UUID]]"
"""A query for keys of records."""

TOO_MANY_HIDDEN = 500
"""How many hidden rows a page walks past before it gives up to walk."""
SHOWN_FIRST = 100
"""How many rows that are not hidden an order must begin with, before so many that are."""
STEPPED_TO = 1_000
"""Up to which row, from either end, a list that hides is walked without signposts."""
FEW = 1_000
"""So many records are asked one by one whether they are hidden, rather than all in the register."""
STEP = 150
LONGER_STEP = 250
_KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class Unseen:
    """What the order of a list may not tell.

    `condition` says of one record that its value is hidden, `gathered` selects the keys of all
    of which it is.
    """

    condition: sa.ColumnElement[bool]
    gathered: Keys


@dataclass(frozen=True, slots=True)
class LongList:
    """A list to walk along, by what it is filtered, and what of it is hidden.

    In `remembered`, `which` tells its rows apart from those of another list, and `question`
    their order as well.
    """

    walk: Walk
    filtered: tuple[sa.ColumnElement[bool], ...]
    unseen: Unseen | None
    remembered: Remembered
    which: Hashable
    question: Hashable

    def recall(self, what: str) -> Any:
        """Return what was worked out of this list, or None."""
        return self.remembered.recall(self.walk.connection, (what, self.question))

    def keep(self, what: str, answer: object) -> None:
        """Keep what was worked out."""
        self.remembered.keep(self.walk.connection, (what, self.question), answer)

    @property
    def known_count(self) -> int | None:
        """How many there are, where that was counted."""
        counted: int | None = self.remembered.recall(self.walk.connection, ("count", self.which))
        return counted


@dataclass(frozen=True, slots=True)
class Apart:
    """Behind how many told records of a long list the others stand, and their keys, packed.

    They are in the order of their keys, which tells nothing of what they hide.
    """

    told: int
    packed: bytes

    def among(self, keys: Iterable[UUID]) -> set[UUID]:
        """Return which of some keys stand apart."""
        count = len(self.packed) // _KEY_BYTES

        def at(place: int) -> bytes:
            return self.packed[place * _KEY_BYTES : (place + 1) * _KEY_BYTES]

        places = ((key, bisect_left(range(count), key.bytes, key=at)) for key in keys)
        return {key for key, place in places if at(place) == key.bytes}

    def keys(self, first: int, limit: int) -> list[UUID]:
        """Return some of the keys."""
        some = self.packed[first * _KEY_BYTES : (first + limit) * _KEY_BYTES]
        return [
            UUID(bytes=some[start : start + _KEY_BYTES])
            for start in range(0, len(some), _KEY_BYTES)
        ]


def count(listed: LongList) -> int:
    """Count a list, once per state of the records."""
    known = listed.known_count
    if known is None:
        known = listed.walk.count()
        listed.remembered.keep(listed.walk.connection, ("count", listed.which), known)
    return known


def page(listed: LongList, offset: int, limit: int) -> list[UUID]:
    """Return the keys of some rows."""
    if listed.unseen is None:
        return [row.id for row in _page(listed, offset, limit)]
    known: Apart | None = listed.recall("apart")
    if known is None and offset >= STEPPED_TO:
        known = _apart(listed, listed.unseen)
    found = [] if known and offset >= known.told else _told(listed, known, offset, limit)
    if len(found) < limit:
        known = known or _apart(listed, listed.unseen)
        found += known.keys(max(0, offset - known.told), limit - len(found))
    return found


def _page(listed: LongList, offset: int, limit: int) -> Sequence[sa.Row[Any]]:
    """Return some rows of a list that hides nothing; of its last half, from the end."""
    walk = listed.walk
    posts: Posts | None = None
    total: int | None = None
    if offset >= signposts.APART:
        posts, total = listed.recall("posts"), listed.known_count
    if posts is not None:
        at = posts.at(offset)
        return walk.rows(limit, skip=offset - posts.before[at], behind=posts.behind[at])
    if total is not None and 2 * offset > total:
        limit = min(limit, total - offset)
        return walk.rows(limit, skip=total - offset - limit, backwards=True)[::-1]
    return walk.rows(limit, skip=offset)


def is_told(listed: LongList) -> bool:
    """Say whether a list can be told in its order: not where it begins with hidden rows only."""
    if listed.unseen is None:
        return True
    known: bool | None = listed.recall("told")
    if known is None:
        known = _by_steps(listed, listed.recall("apart"), 0, SHOWN_FIRST) is not None
        listed.keep("told", known)
    return known


def signpost(listed: LongList) -> None:
    """Walk along a list once, so that a page anywhere in it comes at once.

    Takes some tenths of a second on a million, so ask for it in the background.
    """
    if listed.recall("posts") is None:
        _signposts(listed)


def _signposts(listed: LongList) -> Posts:
    posts = signposts.walk_along(listed.walk)
    if listed.unseen is not None:
        _apart(listed, listed.unseen)
        posts = signposts.without(posts, _passed(listed, listed.unseen, posts))
    listed.keep("posts", posts)
    return posts


def _passed(listed: LongList, unseen: Unseen, posts: Posts) -> Iterator[tuple[bool, bool]]:
    """Yield, in order, who is hidden and where a signpost stands."""
    order = listed.walk.order
    record_id = order.table.c.id
    marked = [each.id for each in posts.behind if each is not None]
    is_hidden, is_marked = record_id.in_(unseen.gathered), record_id.in_(marked)
    query = sa.select(is_hidden.label("is_hidden"), is_marked.label("is_marked"))
    query = query.where(is_hidden | is_marked, *listed.filtered).order_by(*order.of(order.table))
    for row in listed.walk.connection.execute(query):
        yield row.is_hidden, row.is_marked


def _apart(listed: LongList, unseen: Unseen) -> Apart:
    """Gather who is hidden, once per state of the records."""
    known: Apart | None = listed.recall("apart")
    if known is None:
        keys = _few_hidden(listed) if count(listed) <= FEW else _gathered(listed, unseen)
        packed = b"".join(key.bytes for key in keys)
        known = Apart(count(listed) - len(packed) // _KEY_BYTES, packed)
        listed.keep("apart", known)
    return known


def _few_hidden(listed: LongList) -> list[UUID]:
    """Ask every record of a list that its filters left short."""
    return sorted(key for key, is_hidden in _seen(listed, None) if is_hidden)


def _gathered(listed: LongList, unseen: Unseen) -> Iterator[UUID]:
    """Yield who is hidden, from what hides on."""
    record_id = listed.walk.order.table.c.id
    query = sa.select(record_id).where(record_id.in_(unseen.gathered), *listed.filtered)
    yield from listed.walk.connection.scalars(query.order_by(record_id))


def _told(listed: LongList, known: Apart | None, offset: int, limit: int) -> list[UUID]:
    """Return the keys of some rows of those that are not hidden, walked to from the nearest end."""
    posts: Posts | None = listed.recall("posts")
    found: list[UUID] | None = None
    if posts is None and offset < STEPPED_TO:
        found = _by_steps(listed, known, offset, limit)
    elif posts is None and known is not None and known.told - offset < STEPPED_TO:
        limit = min(limit, known.told - offset)
        behind = known.told - offset - limit
        found = _by_steps(listed, known, behind, limit, backwards=True)
        found = found and found[::-1]
    if found is not None:
        return found
    return _by_posts(listed, posts or _signposts(listed), offset, limit)


def _by_steps(
    listed: LongList, known: Apart | None, offset: int, limit: int, *, backwards: bool = False
) -> list[UUID] | None:
    """Return some rows, walked to from the first; None where too many are hidden.

    With `backwards` from the last on, the last one first.
    """
    found: list[UUID] = []
    hidden = 0
    for key, is_hidden in _seen(listed, known, backwards=backwards):
        hidden += is_hidden
        if hidden > TOO_MANY_HIDDEN:
            return None
        if not is_hidden:
            found.append(key)
        if len(found) == offset + limit:
            break
    return found[offset:]


def _by_posts(listed: LongList, posts: Posts, offset: int, limit: int) -> list[UUID]:
    """Return some rows from the signpost before them on, past where all is hidden."""
    known: Apart | None = listed.recall("apart")
    at = posts.at(offset)
    skipped = offset - posts.before[at]
    found: list[UUID] = []
    for place in range(at, len(posts.behind)):
        if len(found) == skipped + limit:
            break
        if posts.before[place + 1] > posts.before[place]:
            rows = _seen(listed, known, posts.behind[place], signposts.APART)
            told = (key for key, is_hidden in rows if not is_hidden)
            found += islice(told, skipped + limit - len(found))
    return found[skipped:]


def _seen(
    listed: LongList,
    known: Apart | None,
    behind: Place = None,
    at_most: int | None = None,
    *,
    backwards: bool = False,
) -> Iterator[tuple[UUID, bool]]:
    """Yield the keys behind a row, each with whether its value is hidden."""
    step = STEP
    while rows := listed.walk.rows(
        step if at_most is None else min(step, at_most), behind=behind, backwards=backwards
    ):
        keys = [row.id for row in rows]
        hidden = _hidden_of(listed, keys) if known is None else known.among(keys)
        yield from ((key, key in hidden) for key in keys)
        behind, step = rows[-1], LONGER_STEP
        at_most = None if at_most is None else at_most - len(rows)


def _hidden_of(listed: LongList, keys: Sequence[UUID]) -> set[UUID]:
    """Ask of whom of some records the value is hidden."""
    assert listed.unseen is not None  # noqa: S101  (asked of a list that hides)
    record_id, hidden = listed.walk.order.table.c.id, listed.unseen.condition
    return {
        key
        for some in parts(keys)
        for key in listed.walk.connection.scalars(
            sa.select(record_id).where(record_id.in_(some), hidden)
        )
    }
