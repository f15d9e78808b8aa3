"""The fast road of the gate: many new records in the caller's transaction.

The same checks, journal, search and timers as `gate.save`, in batches instead of one by
one. Records whose form has child tables take the gate itself.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gc
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sqlalchemy.exc import IntegrityError

from privreg.clock import day_of
from privreg.errors import InvalidRecordError
from privreg.lists import codes_of
from privreg.registers import customer_entries, customers
from privreg.registers.customers import sort_name
from privreg.registers.declaration import Kind, Register, Values
from privreg.registers.tables import new_key
from privreg.registers.validation import check, free_texts, may_hold_number, normalised
from privreg.store import gate, governed, journal, numbers, search
from privreg.store.journal import Change
from privreg.store.records import is_kept_apart, table_of
from privreg.store.row_writer import RowWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from uuid import UUID

    import sqlalchemy as sa

    from privreg.errors import FieldProblem
    from privreg.law.retention import ItemFacts
    from privreg.store.gate import Saver
    from privreg.store.governed import GoverningRule

BATCH = 2_000  # records written at once; memory stays flat whatever comes in
PLAIN = frozenset({str, int, bool})
T = TypeVar("T")
MOVES_TIMERS = frozenset({"items", "events"})


class Bundle(Protocol):
    """A new customer with everything saved beside it; items carry the keys others name."""

    @property
    def customer(self) -> Values: ...
    @property
    def items(self) -> list[Values]: ...
    @property
    def events(self) -> list[Values]: ...
    @property
    def holds(self) -> list[Values]: ...
    @property
    def consents(self) -> list[Values]: ...


class Shape:
    """What is worked out once about a register: its columns, their empty values, its links."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.table = table_of(register.model)
        self.dated = tuple(field.name for field in register.fields if field.dated)
        self.links = tuple(field for field in register.fields if field.kind is Kind.LINKS)
        self.has_rows = any(field.kind is Kind.ROWS for field in register.fields)
        apart = {field.name for field in register.fields if is_kept_apart(field)}
        columns = register.model.model_fields
        self.is_numbered = "number" in columns
        self.texts = free_texts(register) if gate.WATCHED in columns else ()
        self.columns = tuple(name for name in columns if name not in apart)
        self._defaults = gate.defaults(register)
        self._empty = {
            name: column.get_default(call_default_factory=True)
            for name, column in columns.items()
            if not column.is_required()
        }
        self._lists = frozenset(name for name, value in self._empty.items() if value == [])
        self.written = gate.written_fields(register)

    def record(self, saver: Saver, draft: Values) -> Values:
        """Complete a draft as the gate does; a number it lacks is given later."""
        tidy = normalised(self.register, draft)
        record = {**self._defaults, **tidy}
        record["id"] = tidy.get("id") or new_key()
        record["version"] = 1
        record["created_at"] = record["changed_at"] = saver.now
        record["created_by"] = record["changed_by"] = saver.user_id
        record["entered"] = {
            name: saver.entered_at(record[name]).isoformat()
            for name in self.dated
            if record.get(name) is not None
        }
        if self.register is customers.REGISTER:
            record["sort_name"] = sort_name(record)
        if self.texts:
            record[gate.WATCHED] = may_hold_number(self.texts, record)
        return record

    def problems(self, saver: Saver, record: Values) -> list[FieldProblem]:
        """Return what is wrong with a completed record."""
        return check(self.register, record, now=saver.now, lists=codes_of)

    def row(self, record: Values) -> Values:
        """Return the columns of a record; what is not filled in takes the model's empty value."""
        row = {}
        for name in self.columns:
            value = record.get(name)
            row[name] = self._empty.get(name) if value is None else value
        for name in self._lists:
            row[name] = list(row[name] or ())
        return row

    def change(self, record: Values, row: Values) -> Change:
        """Return what the journal writes about a new record."""
        fields = {}
        for name in self.written:
            value = row[name] if name in row else record.get(name)
            if value not in (None, "", []):
                is_plain = value.__class__ in PLAIN
                fields[name] = (None, value if is_plain else gate.comparable(value))
        return Change(
            action="create", slug=self.register.slug, record_id=record["id"], fields=fields
        )


def add_many(saver: Saver, register: Register, drafts: Iterable[Values]) -> int:
    """Save new records of one register; return how many.

    Raises `InvalidRecordError` at the first that does not pass: nothing is skipped here.
    """
    shape = Shape(register)
    if shape.has_rows:
        return sum(1 for draft in drafts if gate.save(saver, register, draft))
    count = 0
    moved: dict[UUID, None] = {}
    for batch in in_batches(drafts):
        count += len(batch)
        for row in _add(saver, shape, batch):
            if register.slug in MOVES_TIMERS:
                moved[row["customer_id"]] = None
    governed.regovern(saver.connection, list(moved))
    return count


def add_customers(saver: Saver, bundles: Iterable[Bundle]) -> int:
    """Save new customers with all that belongs to them; return how many customers."""
    rules = governed.governing_rules(saver.connection)
    shapes = {
        register.slug: Shape(register)
        for register in (
            customers.REGISTER,
            customer_entries.ITEMS,
            customer_entries.EVENTS,
            customer_entries.HOLDS,
            customer_entries.CONSENTS,
        )
    }
    known: dict[ItemFacts, Sequence[GoverningRule]] = {}
    count = 0
    for batch in in_batches(bundles):
        count += len(batch)
        _add_bundles(saver, shapes, rules, known, batch)
    return count


def _add_bundles(
    saver: Saver,
    shapes: dict[str, Shape],
    rules: Sequence[GoverningRule],
    known: dict[ItemFacts, Sequence[GoverningRule]],
    bundles: Sequence[Bundle],
) -> None:
    _add(saver, shapes["customers"], [each.customer for each in bundles])
    _add(saver, shapes["items"], [item for each in bundles for item in each.items])
    _add(saver, shapes["events"], [event for each in bundles for event in each.events])
    _add(saver, shapes["holds"], [hold for each in bundles for hold in each.holds])
    _add(saver, shapes["consents"], [consent for each in bundles for consent in each.consents])
    timers = [
        row
        for each in bundles
        for row in governed.timers_of(
            rules, each.customer["controller_id"], each.items, each.events, known
        )
    ]
    _write(saver, governed.TIMERS, timers)


def in_batches(records: Iterable[T]) -> Iterator[list[T]]:
    """Cut a stream into lists of at most `BATCH`.

    Python then looks for cycles once a batch and not all the time: among a hundred thousand
    living records that search takes a quarter of an import. Where its own search is switched
    off already, whoever did that sees to it.
    """
    is_ours = gc.isenabled()
    gc.disable()
    try:
        stream = iter(records)
        while batch := list(islice(stream, BATCH)):
            yield batch
            if is_ours:
                gc.collect(1)
    finally:
        if is_ours:
            gc.enable()


def _add(saver: Saver, shape: Shape, drafts: Sequence[Values]) -> list[Values]:
    """Check and write one batch; return its rows as they stand in the table."""
    records = [shape.record(saver, draft) for draft in drafts]
    for record in records:
        problems = shape.problems(saver, record)
        if problems:
            raise InvalidRecordError(problems)
    return add_checked(saver, shape, records)


def add_checked(saver: Saver, shape: Shape, records: Sequence[Values]) -> list[Values]:
    """Write one batch of completed records without problems; return the rows as they stand.

    The caller sees to the timers.
    """
    _number(saver, shape, records)
    rows = [shape.row(record) for record in records]
    try:
        _write(saver, shape.table, rows)
        for field in shape.links:
            table = table_of(field.model)  # type: ignore[arg-type]
            _link(saver, shape.register, table, field.name, records)
    except IntegrityError as error:
        raise gate.integrity_problem(shape.register, error) from error
    changes = [shape.change(*each) for each in zip(records, rows, strict=True)]
    journal.append(saver.connection, saver.now, saver.user_id, changes)
    if not shape.register.parent:
        search.put_new(saver.connection, shape.register, rows)
    return rows


def _write(saver: Saver, table: sa.Table, rows: list[Values]) -> None:
    RowWriter(saver.connection, table).write(rows)


def _number(saver: Saver, shape: Shape, records: Sequence[Values]) -> None:
    if shape.is_numbered:
        for record in records:
            if not record.get("number"):
                on = day_of(saver.now)
                record["number"] = numbers.next_number(saver.connection, shape.register, on)


def _link(
    saver: Saver, register: Register, table: sa.Table, name: str, records: Sequence[Values]
) -> None:
    rows: list[dict[str, Any]] = [
        {
            "id": new_key(),
            "parent_id": record["id"],
            "target_id": target,
            "position": place,
            "entered_at": saver.entered_at(gate.fact_of(register.fields, record)),
        }
        for record in records
        for place, target in enumerate(dict.fromkeys(record.get(name) or ()))
    ]
    _write(saver, table, rows)
