"""The chain of the journal: what an entry's hash covers, and where a chain is broken.

Every field of a change has a digest over a random salt, the field's name and both values;
the entry's hash covers the digests, never the values, and the hash before it. So the
values and the salt of a field can be struck (article 17 GDPR) and the chain still verifies,
and without the salt nobody can guess what stood there.

The last entries can be cut off without breaking any link, and the first ones are cut off
on purpose at the end of their own term. Both ends are therefore kept apart, as a `Link`:
where the chain begins, and the head that every save moves on and every report prints.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

SALT_BYTES = 16
SALTS_AT_ONCE = 1024
DIGEST_BYTES = 32
ABSENT = "-"

_encoded = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
PLAINLY: dict[type, Callable[[Any], str]] = {  # what most fields are, without a detour
    str: quoted,
    int: int.__repr__,
    bool: lambda value: "true" if value else "false",
    type(None): lambda _none: "null",
    date: lambda value: f'"{value.isoformat()}"',
    UUID: lambda value: f'"{value}"',
}


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the chain: the number of an entry and its hash."""

    seq: int
    hash: bytes


BEFORE_THE_FIRST = Link(0, bytes(DIGEST_BYTES))


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entry as it is kept; struck when salt and values are gone.

    `old` and `new` are the texts of `canonical`; None where there was no value to keep.
    """

    name: str
    digest: bytes
    salt: bytes | None = None
    old: str | None = None
    new: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the journal as it is kept. `user` and `record_id` are texts."""

    seq: int
    at: datetime
    user: str
    action: str
    register: str
    record_id: str
    fields: Sequence[Field]
    hash: bytes


class How(Enum):
    """What was found where a chain is broken."""

    CHANGED = "changed"  # the entry, or one of its values, is not what was written
    REMOVED = "removed"  # one or more entries before this one are gone
    INSERTED = "inserted"  # an entry stands where another follows, or has a number twice
    CUT_OFF = "cut off"  # the entries after this one, up to the head, are gone


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where a chain is broken: the entry, how, and which field if it is one."""

    seq: int
    how: How
    field: str | None = None


def salts() -> Iterator[bytes]:
    """Give random salts without end, drawn many at a time."""
    while True:
        drawn = os.urandom(SALT_BYTES * SALTS_AT_ONCE)
        for start in range(0, len(drawn), SALT_BYTES):
            yield drawn[start : start + SALT_BYTES]


def canonical(value: object) -> str:
    """Write a value as the text that is kept and hashed, the same from every engine.

    JSON; moments as ISO 8601 in UTC with microseconds, days as ISO 8601, enums by member
    name as they are stored, decimals and identities as text.
    """
    write = PLAINLY.get(value.__class__)
    return write(value) if write is not None else _encoded(_plain(value))


def _plain(value: Any) -> Any:  # noqa: PLR0911  (one line per type)
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, set | frozenset):
        return sorted(_plain(inner) for inner in value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(type(value))


def moment(at: datetime) -> str:
    """Write a moment as it is hashed: '2026-04-03T15:30:00.000000+00:00'."""
    if at.tzinfo is None:
        raise ValueError(at)
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def field_digest(salt: bytes, field: str, old: str | None, new: str | None) -> bytes:
    """Digest one field of a change; `old` and `new` are texts of `canonical`, None is absent.

    Every part carries its length, so that no two changes have the same bytes.
    """
    before = ABSENT if old is None else f"{len(old)}:{old}"
    after = ABSENT if new is None else f"{len(new)}:{new}"
    return sha256(salt + f"{len(field)}:{field}{before}{after}".encode()).digest()


def entry_hash(
    previous: bytes,
    seq: int,
    at: datetime,
    user: str,
    action: str,
    register: str,
    record_id: str,
    digests: Mapping[str, bytes],
) -> bytes:
    """Hash one entry onto the hash before it; `digests` by field name, in any order."""
    about = _encoded([seq, moment(at), user, action, register, record_id])
    fields = "".join([f"{len(name)}:{name}{digests[name].hex()}" for name in sorted(digests)])
    return sha256(previous + f"{about}{fields}".encode()).digest()


def verify(
    entries: Iterable[Entry], *, start: Link = BEFORE_THE_FIRST, head: Link | None = None
) -> Broken | None:
    """Walk a chain in the order of its numbers; return the first place where it is broken.

    `start` is the link before the first entry that is still kept, `head` the last link that
    was written.
    """
    last = start
    for entry in entries:
        broken = _break_at(entry, last)
        if broken is not None:
            return broken
        last = Link(entry.seq, entry.hash)
        if head is not None and last.seq == head.seq and last.hash != head.hash:
            return Broken(entry.seq, How.CHANGED)
    if head is None or last == head:
        return None
    return Broken(last.seq, How.INSERTED if last.seq > head.seq else How.CUT_OFF)


def _break_at(entry: Entry, last: Link) -> Broken | None:
    if entry.seq > last.seq + 1:
        return Broken(entry.seq, How.REMOVED)
    if entry.seq <= last.seq:
        return Broken(entry.seq, How.INSERTED)
    for field in entry.fields:
        if not _is_whole(field):
            return Broken(entry.seq, How.CHANGED, field.name)
    digests = {field.name: field.digest for field in entry.fields}
    is_linked = len(digests) == len(entry.fields) and entry.hash == entry_hash(
        last.hash,
        entry.seq,
        entry.at,
        entry.user,
        entry.action,
        entry.register,
        entry.record_id,
        digests,
    )
    return None if is_linked else Broken(entry.seq, How.CHANGED)


def _is_whole(field: Field) -> bool:
    if field.salt is None:
        return field.old is None and field.new is None
    return field_digest(field.salt, field.name, field.old, field.new) == field.digest


def struck(field: Field) -> Field:
    """Return a field without its values and salt; its digest keeps the chain whole."""
    return Field(field.name, field.digest)
