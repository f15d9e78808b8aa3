"""Working with records of any register: new, load, save, delete, undo, history, lists."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from privreg.errors import NotAllowedError, ProblemError
from privreg.registers.declaration import UNSEEN, FieldSpec, Kind, Linked, Register, Values
from privreg.registers.register_list import BY_SLUG, REGISTERS, register_of
from privreg.registers.validation import national_number_warnings
from privreg.services.along import stop_marketing
from privreg.services.changes import Changes
from privreg.services.restricted import (
    AT_THE_END,
    HIDES,
    NOTHING,
    PLACES,
    STORED,
    at_the_end,
    found_unseen,
    hidden_fields,
    hidden_in_journal,
    must_be_seen,
    must_not_lift,
    untold,
    without,
)
from privreg.services.roles import Right, may, must, sees_names
from privreg.store import gate, journal, listing
from privreg.store.records import load as load_record
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from privreg.errors import FieldProblem
    from privreg.services.desk import Desk
    from privreg.services.restricted import Hidden
    from privreg.store.store import Connection

CUSTOMERS = "customers"
CONTROLLERS = "controllers"
NOT_COPIED = frozenset(
    {
        *("id", "number", "version", "created_at", "created_by", "changed_at", "changed_by"),
        *("entered", UNSEEN),
    }
)


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a list shows: typed text, filters by field, order, and the parent record if any."""

    text: str = ""
    filters: Mapping[str, object] = field(default_factory=dict)
    sort: str = ""
    descending: bool = False
    parent: UUID | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, with the titles of what they link to."""

    rows: list[Values]
    titles: dict[UUID, Linked]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of a record: field, old and new value; struck ones are gone for good."""

    seq: int
    at: datetime
    user: str
    action: str
    slug: str
    record_id: UUID
    changes: list[tuple[str, Any, Any]]
    struck: tuple[str, ...]


def new(desk: Desk, slug: str, **preset: Any) -> Values:
    """Return an unsaved record with its defaults; of the only controller, where there is one."""
    must(desk.user.roles, Right.CREATE, slug)
    register = register_of(slug)
    values: Values = {each.name: _empty(each) for each in register.fields}
    return {**values, **_owner(desk, register), **preset}


def _owner(desk: Desk, register: Register) -> Values:
    """Return the only controller, in the field of a new record that asks for it."""
    asks = [each for each in register.fields if each.to == CONTROLLERS]
    if register.slug == CONTROLLERS or not asks:
        return {}
    with desk.store.read() as connection:
        known = listing.all_keys(connection, register_of(CONTROLLERS), at_most=2)
    if len(known) != 1:
        return {}
    return {each.name: known[0] if each.kind is Kind.LINK else [*known] for each in asks}


def _empty(field: FieldSpec) -> Any:
    if field.kind in (Kind.ROWS, Kind.LINKS, Kind.CHOICES):
        return []
    return field.default


def visible_fields(desk: Desk, register: Register) -> tuple[FieldSpec, ...]:
    """Return the fields this user may see; personal ones are left out for who sees codes."""
    if sees_names(desk.user.roles, register.slug):
        return register.fields
    return tuple(each for each in register.fields if not each.personal)


def _shown(
    desk: Desk, register: Register, values: Values, restricted: frozenset[str] = NOTHING
) -> Values:
    """Take out what this user may not see, so that it is nowhere."""
    values = without(values, restricted)
    if sees_names(desk.user.roles, register.slug):
        return values
    hidden = {each.name for each in register.fields if each.personal} | {"sort_name"}
    return {name: None if name in hidden else value for name, value in values.items()}


def _all_shown(
    desk: Desk, connection: Connection, register: Register, rows: list[Values]
) -> list[Values]:
    restricted = hidden_fields(desk, connection, register, [each["id"] for each in rows])
    return [_shown(desk, register, each, restricted.get(each["id"], NOTHING)) for each in rows]


def title_of(desk: Desk, register: Register, values: Values) -> str:
    """Return the line by which a record is known to this user: the code where names are hidden."""
    shown = register.title(_shown(desk, register, values))
    return shown or str(values.get("number") or "")


def load(desk: Desk, slug: str, record_id: UUID) -> Values:
    """Return one record; raises `ProblemError` when it is gone, `NotAllowedError` by role."""
    must(desk.user.roles, Right.READ, slug)
    register = register_of(slug)
    with desk.store.read() as connection:
        found = load_record(connection, register, record_id)
        if found is None:
            raise ProblemError(Message(N_("This record does not exist any more.")))
        return _all_shown(desk, connection, register, [found])[0]


def load_number(desk: Desk, slug: str, number: str) -> Values:
    """Return the record with that number, capitals do not matter, or with that key.

    Raises `ProblemError` where there is none, or where two controllers gave the same number.
    """
    must(desk.user.roles, Right.READ, slug)
    keys = numbered(desk, slug, number)
    if not keys:
        raise ProblemError(message(N_("There is no {number} in this register."), number=number))
    if len(keys) > 1:
        raise ProblemError(
            message(
                N_("Several customers have the number {number}; write the key of one: {keys}."),
                number=number,
                keys=[str(key) for key in keys],
            )
        )
    return load(desk, slug, keys[0])


def numbered(desk: Desk, slug: str, number: str) -> Sequence[UUID]:
    """Return the keys of the records with that number; a key stands for itself."""
    must(desk.user.roles, Right.READ, slug)
    try:
        return [UUID(number)]
    except ValueError:
        with desk.store.read() as connection:
            return listing.keys_of_number(connection, register_of(slug), number)


def warnings(_desk: Desk, slug: str, values: Values) -> list[FieldProblem]:
    """Return what a draft may better not say, field by field; it can be saved all the same.

    In a customer's record and its parts: a national number in free text (art. 46 UAVG), unless
    it is said why the digits are none.
    """
    register = register_of(slug)
    is_of_customer = CUSTOMERS in (register.slug, register.parent)
    if not is_of_customer or values.get("no_number_because"):
        return []
    return national_number_warnings(register, values)


def save(desk: Desk, slug: str, values: Values, *, reason: str = "") -> Changes:
    """Save a record in one transaction; a new one has no `version`.

    Raises `InvalidRecordError` with a problem per field, `EditConflictError` when somebody
    else saved it first, `NotAllowedError` by role.
    """
    is_new = not values.get("version")
    must(desk.user.roles, Right.CREATE if is_new else Right.EDIT, slug)
    _must_not_be_of_users(slug)
    register = register_of(slug)

    def work(saver: gate.Saver) -> Changes:
        before = None if is_new else load_record(saver.connection, register, values["id"])
        kept = _with_hidden(desk, saver.connection, register, values, before)
        after = gate.save(saver, register, kept, reason=reason)
        must_not_lift(desk, register, before, after)
        changes = _changes(desk, saver.connection, register, before, after)
        marked = stop_marketing(saver, register, before, after)
        if marked is None:
            return changes
        along = _changes(desk, saver.connection, register_of(CUSTOMERS), *marked)
        return changes.together(
            along,
            message(
                N_("{what}; {customer} gets no advertising any more"),
                what=changes.action,
                customer=marked[1]["number"],
            ),
        )

    with _theirs_shown(desk, register):
        return desk.saved(work)


@contextmanager
def _theirs_shown(desk: Desk, register: Register) -> Iterator[None]:
    """Take out of a conflict what this user may not see of the other version."""
    try:
        yield
    except gate.EditConflictError as error:
        if error.theirs is None:
            raise
        with desk.store.read() as connection:
            shown = _all_shown(desk, connection, register, [error.theirs])[0]
        raise gate.EditConflictError(shown) from error


def _must_not_be_of_users(slug: str) -> None:
    """Keep users and the keys of the register together."""
    if slug == "users":
        raise NotAllowedError(Message(N_("Users are changed on the settings page.")))


def _with_hidden(
    desk: Desk, connection: Connection, register: Register, draft: Values, before: Values | None
) -> Values:
    """Keep, of what this user does not see, what stands there: nobody empties it unseen.

    Nor what was not seen when the draft was read, though the user may see it by now.
    """
    unseen = frozenset(draft.get(UNSEEN, ()))
    draft = {name: value for name, value in draft.items() if name != UNSEEN}
    if before is None:
        return draft
    hidden = hidden_fields(desk, connection, register, [before["id"]]).get(before["id"], NOTHING)
    if hidden and any(draft.get(name, before.get(name)) != before.get(name) for name in PLACES):
        raise NotAllowedError(Message(STORED))
    return {**draft, **{name: before[name] for name in hidden | unseen}}


def delete(desk: Desk, slug: str, record_id: UUID, version: int) -> Changes:
    """Delete a record; raises `InUseError` when something refers to it."""
    must(desk.user.roles, Right.EDIT, slug)
    _must_not_be_of_users(slug)
    register = register_of(slug)

    def work(saver: gate.Saver) -> Changes:
        before = _taken_away(desk, saver, register, record_id, version)
        return _changes(desk, saver.connection, register, before, None)

    with _theirs_shown(desk, register):
        return desk.saved(work)


def _taken_away(
    desk: Desk, saver: gate.Saver, register: Register, record_id: UUID, version: int
) -> Values:
    must_be_seen(desk, saver.connection, register, record_id)
    remembered = at_the_end(desk, saver.connection, register, record_id)
    beside = {AT_THE_END: remembered} if remembered else None
    before = gate.delete(saver, register, record_id, version, beside=beside)
    must_not_lift(desk, register, before, None)
    return before


def undo(desk: Desk, changes: Changes) -> Changes:
    """Turn an action back, as a new change; refused when the record changed since."""
    register = register_of(changes.slug)
    must(desk.user.roles, Right.EDIT, register.slug)
    _must_not_be_of_users(register.slug)

    def work(saver: gate.Saver) -> Changes:
        undone = _undone(desk, saver, changes)
        for each in changes.along:
            undone = undone.together(_undone(desk, saver, each))
        return undone

    with _theirs_shown(desk, register):
        return desk.saved(work)


def _undone(desk: Desk, saver: gate.Saver, changes: Changes) -> Changes:
    register = register_of(changes.slug)
    before, after = _turned_back(desk, saver, register, changes)
    return _changes(desk, saver.connection, register, before, after)


def _turned_back(
    desk: Desk, saver: gate.Saver, register: Register, changes: Changes
) -> tuple[Values | None, Values | None]:
    if changes.after is None:
        assert changes.before is not None  # noqa: S101  (something was deleted)
        return None, gate.save(saver, register, {**changes.before, "version": 0})
    key, version = changes.after["id"], changes.after["version"]
    if changes.before is None:
        return _taken_away(desk, saver, register, key, version), None
    current = load_record(saver.connection, register, key)
    draft = {**changes.before, "version": version, **_appended(register, current)}
    kept = _with_hidden(desk, saver.connection, register, draft, current)
    after = gate.save(saver, register, kept)
    must_not_lift(desk, register, current, after)
    return current, after


def _appended(register: Register, current: Values | None) -> Values:
    """Return the rows that no undo takes away: those that are only ever added."""
    names = [each.name for each in register.fields if each.appended]
    return {} if current is None else {name: current[name] for name in names}


def _changes(
    desk: Desk,
    connection: Connection,
    register: Register,
    before: Values | None,
    after: Values | None,
) -> Changes:
    record = after if after is not None else before
    assert record is not None  # noqa: S101  (something changed)
    if after is not None:
        both = [after] if before is None else [before, after]
        shown = _all_shown(desk, connection, register, both)
        before, after = (None, shown[0]) if before is None else (shown[0], shown[1])
    template = (
        N_("{what} deleted")
        if after is None
        else N_("{what} added")
        if before is None
        else N_("{what} changed")
    )
    what = str(record.get("number") or "") or Message(register.singular)
    touched = {(register.slug, record["id"])}
    if register.parent:
        touched.add((register.parent, record[register.parent_field]))
    return Changes(message(template, what=what), frozenset(touched), register.slug, before, after)


def duplicate(desk: Desk, slug: str, record_id: UUID) -> Values:
    """Return an unsaved copy of a record, its rows with new keys."""
    found = load(desk, slug, record_id)
    unseen = NOT_COPIED.union(found.get(UNSEEN, ()))
    copy = {name: value for name, value in found.items() if name not in unseen}
    for each in register_of(slug).fields:
        if each.kind is Kind.ROWS:
            copy[each.name] = [
                {k: v for k, v in row.items() if k not in ("id", "parent_id", "entered_at")}
                for row in copy[each.name]
            ]
    return copy


def history(desk: Desk, slug: str, record_id: UUID) -> list[HistoryEntry]:
    """Return every change of a record, newest first."""
    must(desk.user.roles, Right.READ, slug)
    with desk.store.read() as connection:
        entries = journal.entries(connection, record_id)
        found = [each for each in entries if may(desk.user.roles, Right.READ, each["slug"])]
        return _entries_shown(desk, connection, list(reversed(found)))


def journal_page(
    desk: Desk,
    *,
    before: int | None = None,
    limit: int = 100,
    slug: str = "",
    user_id: UUID | None = None,
    action: str = "",
    since: datetime | None = None,
) -> list[HistoryEntry]:
    """Return the newest entries of the journal, newest first, of what this user may read.

    `slug`, `user_id` and `action` keep what is about one register, by one user, or one thing
    that was done; `since` keeps what was done from that moment on (`desk.last_visit`, say).
    Fewer than `limit` means that there are no older ones.
    """
    roles = desk.user.roles
    seen = [each.slug for each in REGISTERS if may(roles, Right.READ, each.slug)]
    with desk.store.read() as connection:
        found = journal.latest(
            connection,
            before=before,
            limit=limit,
            slugs=[each for each in seen if slug in ("", each)],
            user_id=user_id,
            action=action,
            since=since,
        )
        return _entries_shown(desk, connection, found)


def _entries_shown(
    desk: Desk, connection: Connection, entries: Sequence[Mapping[str, Any]]
) -> list[HistoryEntry]:
    names = listing.user_names(connection)
    hidden: dict[UUID, frozenset[str]] = {}
    for slug in HIDES:
        keys = {each["record_id"] for each in entries if each["slug"] == slug}
        hidden |= hidden_in_journal(desk, connection, register_of(slug), keys)
    return [
        _entry_shown(desk, each, names, hidden.get(each["record_id"], NOTHING)) for each in entries
    ]


def _entry_shown(
    desk: Desk,
    entry: Mapping[str, Any],
    names: Mapping[UUID, str],
    restricted: frozenset[str],
) -> HistoryEntry:
    """Make a journal entry readable for this user."""
    register = BY_SLUG.get(entry["slug"])
    personal = {f.name for f in register.fields if f.personal} if register else set()
    hidden = restricted | (set() if sees_names(desk.user.roles, entry["slug"]) else personal)
    contents = entry["contents"]
    return HistoryEntry(
        entry["seq"],
        entry["at"],
        names.get(entry["user_id"], ""),
        entry["action"],
        entry["slug"],
        entry["record_id"],
        [
            (name, *(None if text is None else json.loads(text) for text in contents[name][1:]))
            for name in contents
            if name not in hidden and name != AT_THE_END
        ],
        tuple(entry["struck"]),
    )


def page(desk: Desk, slug: str, query: ListQuery, offset: int = 0, limit: int = 50) -> Page:
    """Return some rows of a list, in its order; typed text finds what begins with it.

    With a text, at most `SORTED_AT_MOST` matches are listed: the caller says so when the
    count reaches it.
    """
    must(desk.user.roles, Right.READ, slug)
    register = register_of(slug)
    with desk.store.read() as connection:
        wanted = _wanted(desk, connection, register, query)
        rows, hidden = _listed(desk, connection, wanted, offset, limit)
        rows = [_shown(desk, register, row, hidden.get(row["id"], NOTHING)) for row in rows]
        titles = _titles_of(desk, connection, _linked_keys(register, rows))
    return Page(rows, titles)


def count(desk: Desk, slug: str, query: ListQuery) -> int:
    """Count a list; with a text it stops at `SORTED_AT_MOST`."""
    must(desk.user.roles, Right.READ, slug)
    register = register_of(slug)
    is_long = register.large and query.parent is None and not query.text.strip()
    with desk.store.read_aside() if is_long else desk.store.read() as connection:
        wanted = _wanted(desk, connection, register, query)
        if not query.text.strip():
            return listing.count(connection, wanted, desk.store.remembered)
        return len(_found(desk, connection, wanted)[0])


def signpost(desk: Desk, slug: str, query: ListQuery) -> None:
    """Walk along a long list in the background, so that a page anywhere in it comes at once."""
    must(desk.user.roles, Right.READ, slug)
    with desk.store.read_aside() as connection:
        wanted = _wanted(desk, connection, register_of(slug), query)
        listing.signpost(connection, wanted, desk.store.remembered)


def _listed(
    desk: Desk, connection: Connection, wanted: listing.Wanted, offset: int, limit: int
) -> tuple[list[Values], Hidden]:
    """Return some rows of a list without those that only hidden data would find.

    And the fields of them that are hidden.
    """
    if wanted.text.strip():
        keys, hidden = _found(desk, connection, wanted)
        some = keys[offset : offset + limit]
        return listing.by_keys_with_rows(connection, wanted.register, some), hidden
    rows = listing.page(connection, wanted, offset, limit, desk.store.remembered)
    return rows, hidden_fields(desk, connection, wanted.register, [row["id"] for row in rows])


def _found(desk: Desk, connection: Connection, wanted: listing.Wanted) -> tuple[list[UUID], Hidden]:
    """Return the keys of what a typed text finds, in order, and what of it is hidden."""
    keys = listing.keys(connection, wanted, desk.store.remembered)
    hidden = hidden_fields(desk, connection, wanted.register, keys)
    unseen = found_unseen(connection, wanted, hidden)
    return [key for key in keys if key not in unseen], hidden


def _wanted(
    desk: Desk, connection: Connection, register: Register, query: ListQuery
) -> listing.Wanted:
    codes_only = not sees_names(desk.user.roles, register.slug)
    if codes_only and any(register.field(name).personal for name in query.filters):
        raise NotAllowedError(
            Message(N_("Your role does not allow this; ask the privacy coordinator."))
        )
    wanted = listing.Wanted(
        register=register,
        text=query.text,
        filters=query.filters,
        sort=_order_seen(desk, register, query.sort) if codes_only else query.sort,
        descending=query.descending,
        parent=query.parent,
        codes_only=codes_only,
    )
    return untold(desk, connection, wanted)


def _order_seen(desk: Desk, register: Register, sort: str) -> str:
    """Return by what a list is ordered for who sees codes: the order of names tells names."""
    by = sort or register.sort
    seen = {each.name for each in visible_fields(desk, register)}
    return by if by in seen else "number"


def _linked_keys(register: Register, rows: Iterable[Values]) -> dict[str, set[UUID]]:
    wanted: dict[str, set[UUID]] = {}
    for each in register.fields:
        if each.kind is Kind.LINK:
            keys = {row[each.name] for row in rows if row.get(each.name) is not None}
            wanted.setdefault(each.to, set()).update(keys)
        elif each.kind is Kind.LINKS and not register.large:
            for row in rows:
                wanted.setdefault(each.to, set()).update(row.get(each.name) or ())
    return wanted


def titles(desk: Desk, wanted: Mapping[str, Iterable[UUID]]) -> dict[UUID, Linked]:
    """Return what records are called, by register slug and key; what is hidden is left out."""
    with desk.store.read() as connection:
        return _titles_of(desk, connection, {slug: set(keys) for slug, keys in wanted.items()})


def _titles_of(
    desk: Desk, connection: Connection, wanted: Mapping[str, set[UUID]]
) -> dict[UUID, Linked]:
    found: dict[UUID, Linked] = {}
    for slug, keys in wanted.items():
        if keys and may(desk.user.roles, Right.READ, slug):
            register = register_of(slug)
            rows = listing.by_keys(connection, register, list(keys))
            for row in _all_shown(desk, connection, register, rows):
                found[row["id"]] = _linked(desk, register, row)
    return found


def _linked(desk: Desk, register: Register, values: Values) -> Linked:
    number = str(values.get("number") or "")
    return Linked(values["id"], register.slug, number, title_of(desk, register, values))


def options(
    desk: Desk, slug: str, text: str = "", limit: int = 20, parent: UUID | None = None
) -> list[Linked]:
    """Return records one can link to, the best matches first."""
    if not may(desk.user.roles, Right.READ, slug):
        return []
    found = page(desk, slug, ListQuery(text=text, parent=parent), 0, limit)
    return [_linked(desk, register_of(slug), row) for row in found.rows]


def find_anything(desk: Desk, text: str, limit: int = 20) -> list[Linked]:
    """Find records of every register this user may read, by what they begin with."""
    found: list[Linked] = []
    for register in REGISTERS:
        if register.parent or not may(desk.user.roles, Right.READ, register.slug):
            continue
        found += options(desk, register.slug, text, limit - len(found))
        if len(found) >= limit:
            break
    return found
