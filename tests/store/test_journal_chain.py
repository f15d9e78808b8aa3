"""The chain: whatever is done to a journal behind the program's back is found and named."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from itertools import islice
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privreg.store import journal_chain
from privreg.store.journal_chain import (
    BEFORE_THE_FIRST,
    Broken,
    Entry,
    Field,
    How,
    Link,
    canonical,
    entry_hash,
    field_digest,
    salts,
    struck,
    verify,
)

AT = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)
NAMES = ("name", "email", "notes")


class Risk(Enum):
    """An enum as the registers have them: stored by member name."""

    HIGH = "hoog"


def chain(length: int, start: Link = BEFORE_THE_FIRST) -> list[Entry]:
    """Write a journal of so many entries, each with three fields."""
    entries: list[Entry] = []
    last, drawn = start, salts()
    for seq in range(start.seq + 1, start.seq + 1 + length):
        fields = []
        for name in NAMES:
            salt, new = next(drawn), canonical(f"{name} {seq}")
            fields.append(Field(name, field_digest(salt, name, None, new), salt, None, new))
        digests = {field.name: field.digest for field in fields}
        about = (AT + timedelta(seconds=seq), "jan", "create", "customers", f"K-{seq}")
        hashed = entry_hash(last.hash, seq, *about, digests)
        entries.append(Entry(seq, *about, fields, hashed))
        last = Link(seq, hashed)
    return entries


def head_of(entries: list[Entry]) -> Link:
    return Link(entries[-1].seq, entries[-1].hash)


def with_field(entry: Entry, which: str, **values: object) -> Entry:
    fields = [
        replace(field, **values) if field.name == which else field  # type: ignore[arg-type]
        for field in entry.fields
    ]
    return replace(entry, fields=fields)


@given(st.integers(0, 30))
def test_a_chain_as_it_was_written_is_whole(length: int) -> None:
    entries = chain(length)
    assert verify(entries) is None
    assert verify(entries, head=head_of(entries) if entries else BEFORE_THE_FIRST) is None


@pytest.mark.parametrize(
    "change",
    [
        {"at": AT},
        {"at": AT + timedelta(seconds=5, microseconds=1)},
        {"user": "piet"},
        {"action": "delete"},
        {"register": "parties"},
        {"record_id": "K-9"},
        {"hash": bytes(32)},
        {"fields": []},
    ],
)
def test_an_entry_that_was_changed_is_named(change: dict[str, object]) -> None:
    entries = chain(9)
    entries[4] = replace(entries[4], **change)  # type: ignore[arg-type]
    assert verify(entries) == Broken(5, How.CHANGED)


@pytest.mark.parametrize(
    "change",
    [
        {"new": '"other"'},
        {"old": "null"},
        {"salt": bytes(16)},
        {"digest": bytes(32)},
        {"salt": None},
    ],
)
def test_a_value_that_was_changed_is_named_with_its_field(change: dict[str, object]) -> None:
    entries = chain(9)
    entries[4] = with_field(entries[4], "email", **change)
    assert verify(entries) == Broken(5, How.CHANGED, "email")


def test_a_value_changed_together_with_its_digest_is_named() -> None:
    entries = chain(9)
    salt, new = bytes(16), '"forged"'
    digest = field_digest(salt, "email", None, new)
    entries[4] = with_field(entries[4], "email", salt=salt, new=new, digest=digest)
    assert verify(entries) == Broken(5, How.CHANGED)


def test_a_field_given_twice_does_not_hide_behind_the_other() -> None:
    entries = chain(9)
    extra = Field("email", field_digest(bytes(16), "email", None, "1"), bytes(16), None, "1")
    entries[4] = replace(entries[4], fields=[extra, *entries[4].fields])
    assert verify(entries) == Broken(5, How.CHANGED)


def test_the_order_of_the_fields_does_not_matter() -> None:
    entries = [replace(each, fields=list(reversed(each.fields))) for each in chain(3)]
    assert verify(entries) is None


def test_a_removed_entry_is_named_by_the_one_after_it() -> None:
    entries = chain(9)
    del entries[4]
    assert verify(entries) == Broken(6, How.REMOVED)


def test_a_removed_entry_with_the_rest_renumbered_is_named() -> None:
    entries = chain(9)
    del entries[4]
    entries = [replace(each, seq=place) for place, each in enumerate(entries, start=1)]
    assert verify(entries) == Broken(5, How.CHANGED)


def test_an_inserted_entry_is_named() -> None:
    entries = chain(9)
    entries.insert(5, replace(entries[4], action="delete"))
    assert verify(entries) == Broken(5, How.INSERTED)


def test_entries_that_changed_places_are_named() -> None:
    entries = chain(9)
    entries[3], entries[4] = replace(entries[4], seq=4), replace(entries[3], seq=5)
    assert verify(entries) == Broken(4, How.CHANGED)


def test_a_tail_that_was_cut_off_shows_by_the_head() -> None:
    entries = chain(9)
    assert verify(entries[:6], head=head_of(entries)) == Broken(6, How.CUT_OFF)
    assert verify([], head=head_of(entries)) == Broken(0, How.CUT_OFF)


def test_entries_written_past_the_head_show() -> None:
    entries = chain(9)
    assert verify(entries, head=head_of(entries[:6])) == Broken(9, How.INSERTED)


def test_a_chain_written_anew_as_a_whole_shows_by_the_head() -> None:
    assert verify(chain(9), head=head_of(chain(9))) == Broken(9, How.CHANGED)


def test_a_journal_whose_first_entries_had_their_time_starts_at_its_anchor() -> None:
    entries = chain(9)
    assert verify(entries[4:], start=head_of(entries[:4]), head=head_of(entries)) is None
    assert verify(entries[4:]) == Broken(5, How.REMOVED)
    assert verify(entries[4:], start=Link(4, bytes(32))) == Broken(5, How.CHANGED)


def test_struck_values_leave_the_chain_whole_and_nothing_to_guess_from() -> None:
    entries = chain(9)
    fields = [struck(field) for field in entries[4].fields]
    entries[4] = replace(entries[4], fields=fields)
    assert verify(entries, head=head_of(entries)) is None
    assert all((field.salt, field.old, field.new) == (None, None, None) for field in fields)
    guessed = field_digest(bytes(16), "name", None, canonical("name 5"))
    assert guessed not in {field.digest for field in fields}


def test_a_struck_field_cannot_take_another_name() -> None:
    entries = chain(9)
    entries[4] = with_field(entries[4], "email", salt=None, old=None, new=None, name="phone")
    assert verify(entries) == Broken(5, How.CHANGED)


TEXTS = st.one_of(st.none(), st.text(max_size=6))


@settings(max_examples=500)
@given(st.tuples(st.text(max_size=6), TEXTS, TEXTS), st.tuples(st.text(max_size=6), TEXTS, TEXTS))
def test_different_changes_never_digest_the_same(
    one: tuple[str, str | None, str | None], other: tuple[str, str | None, str | None]
) -> None:
    salt = bytes(16)
    assert (field_digest(salt, *one) == field_digest(salt, *other)) == (one == other)


def test_values_that_only_look_alike_digest_differently() -> None:
    salt = bytes(16)
    pairs = [
        ("a", None, "1:b"),
        ("a1", None, ":b"),
        ("a", "-", None),
        ("a", None, "-"),
        ("a", None, None),
    ]
    assert len({field_digest(salt, *pair) for pair in pairs}) == len(pairs)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        ('Zoë "x"\n', '"Zoë \\"x\\"\\n"'),
        (True, "true"),
        (1, "1"),
        ("1", '"1"'),
        (1.5, "1.5"),
        (Decimal("1.50"), '"1.50"'),
        (date(2026, 4, 3), '"2026-04-03"'),
        (AT, '"2026-04-03T15:30:00.000000+00:00"'),
        (AT.astimezone(timezone(timedelta(hours=2))), '"2026-04-03T15:30:00.000000+00:00"'),
        (Risk.HIGH, '"HIGH"'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (b"\x01", '"01"'),
        ({"b": 1, "a": [Risk.HIGH, AT.date()]}, '{"a":["HIGH","2026-04-03"],"b":1}'),
        ((1, None), "[1,null]"),
        ({"b", "a"}, '["a","b"]'),
    ],
)
def test_a_value_is_written_one_way(value: object, expected: str) -> None:
    assert canonical(value) == expected


def test_what_has_no_one_way_is_a_bug() -> None:
    with pytest.raises(TypeError):
        canonical(object())
    with pytest.raises(ValueError, match="2026"):
        canonical(AT.replace(tzinfo=None))


def test_no_salt_comes_twice() -> None:
    drawn = list(islice(salts(), journal_chain.SALTS_AT_ONCE * 2 + 1))
    assert len(set(drawn)) == len(drawn)
    assert {len(salt) for salt in drawn} == {16}
