"""The one gate through which records are saved, deleted and undone.

Each call is one action inside the caller's transaction: the draft is checked, its number
given, its rows compared, its moments of entry kept, the journal written, the search and
the timers brought up to date. Nothing else adds to the database.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from privreg.clock import OFFICE_ZONE, day_of
from privreg.errors import ConflictError, FieldProblem, InUseError, InvalidRecordError
from privreg.lists import codes_of
from privreg.registers.customers import sort_name
from privreg.registers.declaration import FieldSpec, Kind, Register, Values
from privreg.registers.tables import Watched, new_key
from privreg.registers.validation import check, free_texts, may_hold_number, normalised
from privreg.store import governed, journal, numbers, regoverning, search
from privreg.store.journal import Change
from privreg.store.plain import plain
from privreg.store.records import is_kept_apart, load, table_of
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

OFFICE_OPENS = time(9)
WHY = "change_reason"
"""The name under which the journal keeps why something was saved; no register has such a field."""
WATCHED, REASON = Watched.model_fields
IN_A_RING = N_("That one stands under this one already, so they would go round; choose another.")
REWRITTEN = N_("What stands here stays as it was entered; add a line that says what was otherwise.")
BOOKKEEPING = frozenset(
    {"id", "version", "created_at", "created_by", "changed_at", "changed_by", "entered"}
)


@dataclass(frozen=True, slots=True)
class Saver:
    """Who saves, and when: the same for everything in one action.

    `entered_as_it_happened` is for an invented past: each dated fact then counts as entered
    when it happened, and not now.
    """

    connection: sa.Connection
    user_id: UUID
    now: datetime
    entered_as_it_happened: bool = False

    def entered_at(self, fact: object) -> datetime:
        """Return when a fact, a day or a moment, was entered."""
        if not self.entered_as_it_happened:
            return self.now
        if isinstance(fact, datetime):
            return min(fact, self.now)
        if isinstance(fact, date):
            return min(datetime.combine(fact, OFFICE_OPENS, OFFICE_ZONE).astimezone(UTC), self.now)
        return self.now


class EditConflictError(ConflictError):
    """Somebody else saved this record first; `theirs` is what now stands."""

    def __init__(self, theirs: Values | None) -> None:
        self.theirs = theirs
        gone = N_("This record was deleted by somebody else while you were editing it.")
        changed = N_("This record was changed by somebody else while you were editing it.")
        super().__init__(Message(gone if theirs is None else changed))


def save(saver: Saver, register: Register, draft: Values, *, reason: str = "") -> Values:
    """Save a draft and return the record as it now stands.

    A draft without `version` is new. Raises `InvalidRecordError`, or `EditConflictError`
    when the record changed since the draft was read.
    """
    draft = normalised(register, draft)
    before = _current(saver, register, draft)
    record = _record(saver, register, draft, before)
    _check(saver, register, record, before)
    values = register.model.model_validate(_columns(register, record)).model_dump()
    table = table_of(register.model)
    try:
        if before is None:
            saver.connection.execute(sa.insert(table).values(**values))
        else:
            _replace(saver, register, before, values)
    except IntegrityError as error:
        raise integrity_problem(register, error) from error
    _save_rows(saver, register, record, before)
    after = load(saver.connection, register, record["id"])
    assert after is not None  # noqa: S101  (it was written just above)
    _write_down(saver, register, before, after, reason)
    return after


def _replace(saver: Saver, register: Register, before: Values, values: Values) -> None:
    """Write over the version that was read, and over no other: two desks may save at once.

    The key is not among what is written: SQLite would then look at every row that refers to
    it, and to a retention rule a million items do.
    """
    table = table_of(register.model)
    written = saver.connection.execute(
        sa.update(table)
        .where(table.c.id == before["id"], table.c.version == before["version"])
        .values(**{name: value for name, value in values.items() if name != "id"})
    )
    if written.rowcount == 0:
        raise EditConflictError(load(saver.connection, register, before["id"]))


def delete(
    saver: Saver,
    register: Register,
    record_id: UUID,
    version: int,
    *,
    beside: Mapping[str, Any] | None = None,
) -> Values:
    """Delete a record and return what it was; `InUseError` when something refers to it.

    `beside` is what the journal is to remember besides the record's own fields.
    """
    before = load(saver.connection, register, record_id)
    if before is None or before["version"] != version:
        raise EditConflictError(before)
    table = table_of(register.model)
    written = sa.delete(table).where(table.c.id == record_id, table.c.version == version)
    try:
        deleted = saver.connection.execute(written)
    except IntegrityError as error:
        raise InUseError(
            message(
                N_("{title} cannot be deleted, because other records refer to it."),
                title=register.title(before) or before.get("number", ""),
            )
        ) from error
    if deleted.rowcount == 0:  # somebody saved it between reading and deleting
        raise EditConflictError(load(saver.connection, register, record_id))
    _write_down(saver, register, before, None, "", beside)
    return before


def _current(saver: Saver, register: Register, draft: Values) -> Values | None:
    if not draft.get("version"):
        return None
    before = load(saver.connection, register, draft["id"])
    if before is None or before["version"] != draft["version"]:
        raise EditConflictError(before)
    return before


def _record(saver: Saver, register: Register, draft: Values, before: Values | None) -> Values:
    """Complete a draft with what the form does not hold, and with its bookkeeping."""
    record = dict(before) if before else defaults(register)
    record.update({name: value for name, value in draft.items() if name not in BOOKKEEPING})
    record["id"] = draft.get("id") or new_key()
    record["version"] = before["version"] + 1 if before else 1
    record["created_at"] = before["created_at"] if before else saver.now
    record["created_by"] = before["created_by"] if before else saver.user_id
    record["changed_at"], record["changed_by"] = saver.now, saver.user_id
    record["entered"] = _entered(saver, register, record, before)
    if "number" in register.model.model_fields and not record.get("number"):
        record["number"] = numbers.next_number(saver.connection, register, day_of(saver.now))
    if register.slug == "customers":
        record["sort_name"] = sort_name(record)
    if WATCHED in register.model.model_fields:
        record[WATCHED] = may_hold_number(free_texts(register), record)
        record[REASON] = (record.get(REASON) or "") if record[WATCHED] else ""
    return record


def defaults(register: Register) -> Values:
    """Return what a new record of this register holds before anything is filled in."""
    return {
        field.name: [] if field.kind in (Kind.ROWS, Kind.LINKS, Kind.CHOICES) else field.default
        for field in register.fields
        if field.default is not None or field.kind in (Kind.ROWS, Kind.LINKS, Kind.CHOICES)
    }


def _entered(
    saver: Saver, register: Register, record: Values, before: Values | None
) -> dict[str, str]:
    """Keep, for each dated fact, when it was entered: at first, and again when it changed."""
    entered = dict(before["entered"]) if before else {}
    for field in register.fields:
        if not field.dated:
            continue
        if record.get(field.name) is None:
            entered.pop(field.name, None)
        elif before is None or before.get(field.name) != record[field.name]:
            entered[field.name] = saver.entered_at(record[field.name]).isoformat()
    return entered


def _check(saver: Saver, register: Register, record: Values, before: Values | None) -> None:
    problems = list(check(register, record, now=saver.now, lists=codes_of))
    if before is not None:
        problems += _rewritten(register, before, record)
        problems += _rings(saver, register, record)
    if problems:
        raise InvalidRecordError(problems)


def _rings(saver: Saver, register: Register, record: Values) -> Iterator[FieldProblem]:
    """Yield the links to the same register along which a record would stand under itself."""
    for field in register.fields:
        if field.kind is Kind.LINK and field.to == register.slug:
            above = record.get(field.name)
            if above != record["id"] and record["id"] in _above(saver, register, field.name, above):
                yield FieldProblem(field.name, Message(IN_A_RING))


def _above(saver: Saver, register: Register, name: str, key: UUID | None) -> set[UUID]:
    """Return a record and all that stand above it; a ring that is there already ends it."""
    table = table_of(register.model)
    found: set[UUID] = set()
    while key is not None and key not in found:
        found.add(key)
        key = saver.connection.execute(sa.select(table.c[name]).where(table.c.id == key)).scalar()
    return found


def _rewritten(register: Register, before: Values, record: Values) -> Iterator[FieldProblem]:
    """Yield the fields whose rows are only added, where one was changed or taken away."""
    for field in register.fields:
        if field.appended:
            now = {row.get("id"): row for row in record.get(field.name) or []}
            if not all(_stands(field, was, now.get(was["id"])) for was in before[field.name]):
                yield FieldProblem(field.name, Message(REWRITTEN))


def _stands(field: FieldSpec, was: Values, row: Values | None) -> bool:
    return row is not None and all(
        _same(was[each.name], row.get(each.name, was[each.name])) for each in field.fields
    )


def _same(old: Any, new: Any) -> bool:
    return old == new or (is_empty(old) and is_empty(new)) or comparable(old) == comparable(new)


def _columns(register: Register, record: Values) -> Values:
    """Keep what the table has; what is not filled in takes the model's own empty value."""
    apart = {field.name for field in register.fields if is_kept_apart(field)}
    known = register.model.model_fields
    return {
        name: value
        for name, value in record.items()
        if name in known
        and name not in apart
        and not (
            value is None and not known[name].is_required() and known[name].default is not None
        )
    }


def integrity_problem(register: Register, error: IntegrityError) -> Exception:
    """Say what a broken rule of the database means; the error itself where that is a bug."""
    words = str(error.orig).casefold()
    if "unique" in words:
        name = "login" if register.slug == "users" else "number"
        return InvalidRecordError(
            [FieldProblem(name, Message(N_("This is in use already; choose another.")))]
        )
    if "foreign key" in words:
        return InvalidRecordError(
            [FieldProblem("", Message(N_("This refers to a record that no longer exists.")))]
        )
    return error


def _save_rows(saver: Saver, register: Register, record: Values, before: Values | None) -> None:
    for field in register.fields:
        if is_kept_apart(field):
            old = before[field.name] if before else []
            new = record.get(field.name) or []
            if field.kind is Kind.LINKS:
                entered_at = saver.entered_at(fact_of(register.fields, record))
                _save_links(saver, field, record["id"], old, new, entered_at)
            else:
                record[field.name] = _save_children(saver, field, record["id"], old, new)


def _save_links(
    saver: Saver,
    field: FieldSpec,
    parent_id: UUID,
    old: list[UUID],
    new: list[UUID],
    entered_at: datetime,
) -> None:
    assert field.model is not None  # noqa: S101  (declared with links())
    if old == new:
        return
    table = table_of(field.model)
    of_parent = table.c.parent_id == parent_id
    rows = saver.connection.execute(
        sa.select(table.c.target_id, table.c.entered_at).where(of_parent)
    )
    entered = dict(rows.all())
    saver.connection.execute(sa.delete(table).where(of_parent))
    made = [
        field.model.model_validate(
            {
                "parent_id": parent_id,
                "target_id": target,
                "position": place,
                "entered_at": entered.get(target, entered_at),
            }
        ).model_dump()
        for place, target in enumerate(dict.fromkeys(new))
    ]
    if made:
        saver.connection.execute(sa.insert(table), made)


def _save_children(
    saver: Saver, field: FieldSpec, parent_id: UUID, old: list[Values], new: list[Values]
) -> list[Values]:
    assert field.model is not None  # noqa: S101  (declared with rows())
    table = table_of(field.model)
    were = {row["id"]: row for row in old}
    kept: list[Values] = []
    for place, row in enumerate(new):
        was = were.get(row.get("id"))
        is_known = was is not None and _tells_the_same(field.fields, was, row)
        made = field.model.model_validate(
            {
                **{k: v for k, v in {**(was or {}), **row}.items() if v is not None},
                "id": row.get("id") or new_key(),
                "parent_id": parent_id,
                "position": place,
                "entered_at": was["entered_at"]
                if was is not None and is_known
                else saver.entered_at(fact_of(field.fields, row)),
            }
        ).model_dump()
        kept.append(made)
        if was is None:
            saver.connection.execute(sa.insert(table).values(**made))
        elif made != was:
            saver.connection.execute(
                sa.update(table).where(table.c.id == made["id"]).values(**made)
            )
    gone = were.keys() - {row["id"] for row in kept}
    if gone:
        saver.connection.execute(sa.delete(table).where(table.c.id.in_(gone)))
    return kept


def _tells_the_same(fields: Sequence[FieldSpec], was: Values, row: Values) -> bool:
    """Say whether a row still tells when the same thing happened; without a day, the same at all.

    What is added to a row later, such as the number an authority gave, is no other fact.
    """
    names = [each.name for each in fields if each.dated] or [each.name for each in fields]
    return all(was[name] == row.get(name, was[name]) for name in names)


def fact_of(fields: Sequence[FieldSpec], values: Values) -> object:
    """Return when what a record or row tells happened: its first dated field filled in."""
    dated = (values.get(each.name) for each in fields if each.dated)
    return next((fact for fact in dated if fact is not None), None)


def differences(
    register: Register, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> dict[str, tuple[Any, Any]]:
    """Return the declared fields that differ, each with its old and new value, plain."""
    found = {}
    for name in written_fields(register):
        old = comparable((before or {}).get(name))
        new = comparable((after or {}).get(name))
        if old != new and not (is_empty(old) and is_empty(new)):
            found[name] = (old, new)
    return found


def written_fields(register: Register) -> tuple[str, ...]:
    """Return the fields of a register that the journal writes about."""
    beside = [name for name in ("number", register.parent_field) if name]
    return tuple(dict.fromkeys([*(field.name for field in register.fields), *beside]))


def is_empty(value: Any) -> bool:
    """Say whether nothing was filled in, in whichever way."""
    return value in (None, "", [])


def comparable(value: Any) -> Any:
    """Return a value as the journal compares and writes it."""
    if isinstance(value, list):
        hidden = ("parent_id", "position", "entered_at")
        value = [
            {k: v for k, v in each.items() if k not in hidden} if isinstance(each, dict) else each
            for each in value
        ]
    return plain(value)


def _write_down(
    saver: Saver,
    register: Register,
    before: Values | None,
    after: Values | None,
    reason: str,
    beside: Mapping[str, Any] | None = None,
) -> None:
    record = after if after is not None else before
    assert record is not None  # noqa: S101  (something was saved or deleted)
    action = "delete" if after is None else "create" if before is None else "change"
    fields = differences(register, before, after)
    if reason:
        fields[WHY] = (None, reason)
    fields |= {name: (value, None) for name, value in (beside or {}).items()}
    change = Change(action=action, slug=register.slug, record_id=record["id"], fields=fields)
    journal.append(saver.connection, saver.now, saver.user_id, [change])
    if after is None:
        search.forget(saver.connection, [record["id"]])
    elif not register.parent:
        search.put(saver.connection, register, after)
    _follow(saver, register, before, after)


def _follow(saver: Saver, register: Register, before: Values | None, after: Values | None) -> None:
    """Bring the timers up to date where this change moves them."""
    record = after if after is not None else before
    assert record is not None  # noqa: S101
    if register.slug in ("items", "events"):
        governed.regovern(saver.connection, [record["customer_id"]])
    elif register.slug == "rules":
        regoverning.after_change(saver.connection, before, after)
    elif (
        register.slug == "customers"
        and after is not None
        and before is not None
        and before["controller_id"] != after["controller_id"]
    ):
        governed.regovern(saver.connection, [after["id"]])
