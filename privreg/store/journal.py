"""The journal: every change, written in the change's own transaction, chained by hashes."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from privreg.store import journal_chain as chain
from privreg.store.row_writer import RowWriter
from privreg.store.tables import JournalEntry, JournalHead

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

_JOURNAL: sa.Table = JournalEntry.__table__  # type: ignore[attr-defined]
_HEAD: sa.Table = JournalHead.__table__  # type: ignore[attr-defined]
PAGE = 2000
MANY = 500
UNREADABLE = (ValueError, TypeError, AttributeError)  # no JSON, no day, no hexadecimal number


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change to be written: field name to its old and new value, both plain."""

    action: str
    slug: str
    record_id: UUID
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)


def append(
    connection: sa.Connection, at: datetime, user_id: UUID, changes: Sequence[Change]
) -> int:
    """Write changes at the end of the chain; return the number of the last entry."""
    found = connection.execute(sa.select(_HEAD).with_for_update()).mappings().first()
    link = _link(found) if found else chain.BEFORE_THE_FIRST
    rows = []
    salts = chain.salts()
    for change in changes:
        row, link = _entry(change, link, at, user_id, salts)
        rows.append(row)
    if rows:
        RowWriter(connection, _JOURNAL).write(rows)
        _move_head(connection, link, is_first=found is None)
    return link.seq


def _entry(
    change: Change, last: chain.Link, at: datetime, user_id: UUID, salts: Iterator[bytes]
) -> tuple[dict[str, Any], chain.Link]:
    seq = last.seq + 1
    texts = {name: (_text(old), _text(new)) for name, (old, new) in change.fields.items()}
    drawn = {name: next(salts) for name in texts}
    digests = {
        name: chain.field_digest(drawn[name], name, old, new) for name, (old, new) in texts.items()
    }
    hashed = chain.entry_hash(
        last.hash,
        seq,
        at,
        str(user_id),
        change.action,
        change.slug,
        str(change.record_id),
        digests,
    )
    row = {
        "seq": seq,
        "at": at,
        "user_id": user_id,
        "action": change.action,
        "slug": change.slug,
        "record_id": change.record_id,
        "contents": {name: [_encoded(drawn[name]), *pair] for name, pair in texts.items()},
        "struck": {},
        "hash": hashed.hex(),
    }
    return row, chain.Link(seq, hashed)


def _text(value: Any) -> str | None:
    return None if value is None else chain.canonical(value)


def _link(row: Any) -> chain.Link:
    return chain.Link(row["seq"], bytes.fromhex(row["hash"]))


def _move_head(connection: sa.Connection, link: chain.Link, *, is_first: bool) -> None:
    values = {"seq": link.seq, "hash": link.hash.hex()}
    if is_first:
        connection.execute(sa.insert(_HEAD).values(id=1, **values))
    else:
        connection.execute(sa.update(_HEAD).values(**values))


def latest_hash(connection: sa.Connection) -> str:
    """Return the hash of the last entry, as reports print it; empty before the first."""
    return str(connection.execute(sa.select(_HEAD.c.hash)).scalar() or "")


def last_moment(connection: sa.Connection) -> datetime | None:
    """Return when the last entry was written, by the clock of the PC that wrote it."""
    query = sa.select(_JOURNAL.c.at).order_by(_JOURNAL.c.seq.desc()).limit(1)
    found: datetime | None = connection.execute(query).scalar()
    return found


def entries(connection: sa.Connection, record_id: UUID) -> list[dict[str, Any]]:
    """Return the entries about one record, oldest first."""
    query = sa.select(_JOURNAL).where(_JOURNAL.c.record_id == record_id).order_by(_JOURNAL.c.seq)
    return [dict(each) for each in connection.execute(query).mappings()]


def deletions(connection: sa.Connection, record_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return, per record that was deleted, what its last deletion says by field, as it was."""
    found: dict[UUID, dict[str, Any]] = {}
    for start in range(0, len(record_ids), MANY):
        query = (
            sa.select(_JOURNAL.c.record_id, _JOURNAL.c.contents)
            .where(
                _JOURNAL.c.record_id.in_(record_ids[start : start + MANY]),
                _JOURNAL.c.action == "delete",
            )
            .order_by(_JOURNAL.c.seq)
        )
        for record_id, contents in connection.execute(query):
            found[record_id] = {
                name: None if old is None else json.loads(old)
                for name, (_salt, old, _new) in contents.items()
            }
    return found


def latest(
    connection: sa.Connection,
    *,
    before: int | None = None,
    limit: int = 100,
    slugs: Sequence[str] | None = None,
    user_id: UUID | None = None,
    action: str = "",
    since: datetime | None = None,
) -> list[dict[str, Any]]:
    """Return the newest entries, newest first, before entry number `before`, from `since` on.

    `slugs`, `user_id` and `action` leave out what is about other registers, by others, or
    something else that was done.
    """
    query = sa.select(_JOURNAL).order_by(_JOURNAL.c.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(_JOURNAL.c.seq < before)
    if slugs is not None:
        query = query.where(_JOURNAL.c.slug.in_(slugs))
    if user_id is not None:
        query = query.where(_JOURNAL.c.user_id == user_id)
    if action:
        query = query.where(_JOURNAL.c.action == action)
    if since is not None:
        query = query.where(_JOURNAL.c.at >= since)
    return [dict(each) for each in connection.execute(query).mappings()]


class _UnreadableError(Exception):
    """What stands at entry `seq` cannot be read as an entry."""

    def __init__(self, seq: int) -> None:
        self.seq = seq
        super().__init__(seq)


def verify(connection: sa.Connection) -> chain.Broken | None:
    """Walk the whole chain; return where it breaks, or None."""
    try:
        return chain.verify(_walk(connection), head=_head(connection))
    except _UnreadableError as error:
        return chain.Broken(error.seq, chain.How.CHANGED)


def length(connection: sa.Connection) -> int:
    """Return the number of the last entry that was written; 0 before the first."""
    return connection.execute(sa.select(_HEAD.c.seq)).scalar() or 0


def _head(connection: sa.Connection) -> chain.Link:
    head = connection.execute(sa.select(_HEAD)).mappings().first()
    try:
        return _link(head) if head else chain.BEFORE_THE_FIRST
    except UNREADABLE as error:
        raise _UnreadableError(length(connection)) from error


def _walk(connection: sa.Connection) -> Iterator[chain.Entry]:
    last = 0
    while page := _page(connection, last, PAGE):
        yield from page
        last = page[-1].seq


def _page(connection: sa.Connection, after: int, limit: int) -> list[chain.Entry]:
    """Read the next entries; where one cannot be read, those before it, and then it raises."""
    query = sa.select(_JOURNAL).where(_JOURNAL.c.seq > after).order_by(_JOURNAL.c.seq).limit(limit)
    try:
        return [_kept(each) for each in connection.execute(query).mappings().all()]
    except UNREADABLE as error:
        if limit == 1:
            first = sa.select(sa.func.min(_JOURNAL.c.seq)).where(_JOURNAL.c.seq > after)
            raise _UnreadableError(connection.execute(first).scalar_one()) from error
        return _page(connection, after, limit // 2)


def _kept(row: Any) -> chain.Entry:
    fields = [
        *(_field(name, *kept) for name, kept in row["contents"].items()),
        *(chain.Field(name, _decoded(digest)) for name, digest in row["struck"].items()),
    ]
    return chain.Entry(
        row["seq"],
        row["at"],
        str(row["user_id"]),
        row["action"],
        row["slug"],
        str(row["record_id"]),
        fields,
        bytes.fromhex(row["hash"]),
    )


def _field(name: str, salt: str, old: str | None, new: str | None) -> chain.Field:
    drawn = _decoded(salt)
    return chain.Field(name, chain.field_digest(drawn, name, old, new), drawn, old, new)


def _encoded(octets: bytes) -> str:
    return b64encode(octets).decode("ascii")


def _decoded(text: str) -> bytes:
    return b64decode(text)


def strike(connection: sa.Connection, record_ids: Sequence[UUID], names: frozenset[str]) -> int:
    """Strike the values of these fields from the entries about these records.

    The digests stay, so the chain still verifies. Returns how many entries were struck.
    """
    struck = 0
    for record_id in record_ids:
        for entry in entries(connection, record_id):
            if not names & entry["contents"].keys():
                continue
            contents = entry["contents"]
            digests = {
                name: _encoded(_field(name, *contents.pop(name)).digest)
                for name in names & contents.keys()
            }
            connection.execute(
                sa.update(_JOURNAL)
                .where(_JOURNAL.c.seq == entry["seq"])
                .values(contents=contents, struck={**entry["struck"], **digests})
            )
            struck += 1
    return struck
