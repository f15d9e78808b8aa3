"""An import under way: lines become drafts, drafts become records or rejects, by the batch."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from privreg.clock import day_of
from privreg.errors import FieldProblem, InvalidRecordError, NotAllowedError
from privreg.exchange.cells import CellReader
from privreg.exchange.drafts import Draft, DraftReader
from privreg.registers.declaration import FieldSpec, Kind
from privreg.registers.validation import normalised
from privreg.services.restricted import NOTHING, PLACES, STORED
from privreg.store import bulk, everything, gate, governed, tombstones
from privreg.store.lookup import Lookup
from privreg.store.records import MANY, load
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from uuid import UUID

    from privreg.exchange.columns import Columns, OwnWords
    from privreg.exchange.sheets import Line
    from privreg.law.retention import ItemFacts
    from privreg.registers.declaration import Register, Values
    from privreg.store.gate import Saver
    from privreg.store.governed import GoverningRule

SAMPLE = 20
SAME: Mapping[str, tuple[str, ...]] = {
    "items": ("customer_id", "kind_id", "group_id", "label", "dated_on", "place", "content"),
    "events": ("customer_id", "item_id", "type", "happened_on", "note"),
    "consents": ("customer_id", "kind", "purpose", "given_at"),
    "holds": ("customer_id", "reason", "since_on"),
}
"""What makes two records without a number the same one, so that none is taken over twice."""
FOR_EVERY_CONTROLLER = frozenset({"rules"})
"""Registers in which no controller means every controller, and so says something."""

DESTROYED = N_(
    "The data of this customer were destroyed before; use another number if they come back."
)


@dataclass(frozen=True, slots=True)
class Reject:
    """A line that was not taken over: where it stands in the file, which column, and why."""

    line: int
    field: str
    problem: Message


@dataclass(slots=True)
class ImportResult:
    """What an import did, or with a dry run would do.

    `unchanged` are lines whose record stood there already; `took_controller` counts the added
    ones whose line names no controller and that got the only one there is; `ignored` are the
    heads of columns that are no field; `sample` are the first new records as they were read.
    """

    added: int = 0
    took_controller: int = 0
    updated: int = 0
    unchanged: int = 0
    rejects: list[Reject] = field(default_factory=list)
    ignored: tuple[str, ...] = ()
    sample: list[Values] = field(default_factory=list)

    @property
    def rejected_lines(self) -> frozenset[int]:
        """The lines that were not taken over."""
        return frozenset(each.line for each in self.rejects)


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A new record with the draft it was made of."""

    draft: Draft
    record: Values
    took_controller: bool = False


class Guard(Protocol):
    """What a file may not do, and may not find out, at this desk."""

    def hidden(self, keys: Sequence[UUID]) -> Mapping[UUID, frozenset[str]]:
        """Return, per record, the fields that may only be stored."""
        ...

    def must_not_lift(self, before: Values, after: Values) -> None:
        """Raise `NotAllowedError` for a change of a hold that is not this user's to make."""
        ...


class Import:
    """One import into one register; with `write=False` it only finds out what would happen.

    `guard` tells which fields of a record may only be stored: no file changes those, and a
    line that fills one is refused whether or not it guesses right. `look` is called before
    every step that takes long, and raises what should end the import.
    """

    def __init__(
        self,
        saver: Saver,
        register: Register,
        columns: Columns,
        own: OwnWords,
        *,
        write: bool,
        guard: Guard,
        look: Callable[[], None],
    ) -> None:
        self._saver = saver
        self._look = look
        self._guard = guard
        self._hidden: Mapping[UUID, frozenset[str]] = {}
        self._unseen: set[tuple[frozenset[str], tuple[Any, ...]]] = set()
        self._register = register
        self._shape = bulk.Shape(register)
        self._columns = columns
        self._write = write
        self._lookup = Lookup(saver.connection)
        cells = CellReader(saver.now, day_of(saver.now), self._lookup)
        self._drafts = DraftReader(register, columns, own, cells)
        self._rules = governed.governing_rules(saver.connection)
        self._governing: dict[ItemFacts, Sequence[GoverningRule]] = {}
        self._asks = _controllers_of(register)
        self._own_links = tuple(each.name for each in register.fields if each.to == register.slug)
        places = (at for at, each in columns.fields.items() if each.name == "customer_id")
        self._customer_place = next(places, None)
        self._first_lines: dict[Any, int] = {}
        self._moved: dict[UUID, None] = {}
        self._result = ImportResult(ignored=columns.ignored)

    def run(self, lines: Iterable[Line], reached: Callable[[int], None]) -> ImportResult:
        """Go through the whole file; `reached` hears the line after every batch."""
        for batch in bulk.in_batches(lines):
            self._batch(batch)
            reached(batch[-1].number)
        if self._write:
            self._govern(self._customers_to_govern())
        return self._result

    def _govern(self, customers: Sequence[UUID]) -> None:
        for start in range(0, len(customers), MANY):
            self._look()
            some = customers[start : start + MANY]
            governed.regovern(self._saver.connection, some, self._rules_now())

    def _rules_now(self) -> tuple[GoverningRule, ...] | None:
        """Return the rules as they were read; None where this import brings new ones."""
        return None if self._register.slug == "rules" else self._rules

    def _customers_to_govern(self) -> Sequence[UUID]:
        if self._register.slug != "rules":
            return list(self._moved)
        return everything.customer_keys(self._saver.connection)

    def _batch(self, lines: Sequence[Line]) -> None:
        self._read_customers(lines)
        fresh: list[_Fresh] = []
        drafts = [self._completed(each) for each in self._read(lines)]
        readable = [each for each in drafts if not self._is_refused(each)]
        known = self._known(readable)
        for each in readable:
            before = known.get(each.record["id"]) or known.get(self._sameness(each.record))
            if before is not None:
                if self._stands_first(each, before):
                    self._meet(each.draft, before)
            elif self._guesses(each):
                continue
            elif self._is_new(owned := self._owned(each)):
                fresh.append(owned)
        self._add(self._in_order(self._not_destroyed(fresh)))

    def _read(self, lines: Sequence[Line]) -> list[Draft]:
        """Read the lines; where they name each other, once more with all of them known."""
        drafts = [self._drafts.draft(line) for line in lines]
        if not self._own_links:
            return drafts
        for draft in drafts:
            key = draft.values.setdefault("id", uuid4())
            number, title = draft.values.get("number"), self._register.title(draft.values)
            names = [name for name in (number, title, str(key)) if name]
            if not any(self._lookup.find(self._register.slug, name, {}) for name in names):
                self._lookup.expect(self._register.slug, names, key)
        again = [self._drafts.draft(line) for line in lines]
        for draft, first in zip(again, drafts, strict=True):
            draft.values["id"] = first.values["id"]
        return again

    def _read_customers(self, lines: Sequence[Line]) -> None:
        place = self._customer_place
        if place is not None:
            cells = (line.cells[place] for line in lines if place < len(line.cells))
            self._lookup.read_customers(str(cell) for cell in cells if cell is not None)

    def _is_refused(self, each: _Fresh) -> bool:
        """Refuse a line with cells that cannot be read, and tell what else is wrong with it."""
        unread = each.draft.problems
        if not unread:
            return False
        told = {problem.field for problem in unread}
        found = self._shape.problems(self._saver, each.record)
        return self._refuse(
            each.draft.line, [*unread, *(other for other in found if other.field not in told)]
        )

    def _refuse(self, line: int, problems: Iterable[FieldProblem]) -> bool:
        found = [Reject(line, self._columns.head_of(each.field), each.problem) for each in problems]
        self._result.rejects += found
        return bool(found)

    def _completed(self, draft: Draft) -> _Fresh:
        """Complete a draft; a customer is told from another by its controller as well."""
        takes = self._register.slug == "customers" and self._takes_controller(draft.values)
        return _Fresh(draft, self._shape.record(self._saver, draft.values), takes)

    def _owned(self, each: _Fresh) -> _Fresh:
        """Give a new record the only controller there is, where its line names none."""
        if each.took_controller or not self._takes_controller(each.draft.values):
            return each
        record = self._shape.record(self._saver, each.draft.values)
        return _Fresh(each.draft, record, took_controller=True)

    def _takes_controller(self, values: Values) -> bool:
        lacking = [field for field in self._asks if field.name not in values]
        only = self._lookup.only_controller() if lacking else None
        if only is None:
            return False
        values.update((field.name, _as_asked(field, only)) for field in lacking)
        return True

    def _sameness(self, record: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Return what makes a record the same as another; None where nothing does."""
        if self._register.slug in SAME:
            return tuple(record.get(name) or None for name in SAME[self._register.slug])
        if not record.get("number"):
            return None
        owner = record.get("controller_id") if self._register.slug == "customers" else None
        return (owner, record["number"])

    def _known(self, readable: Sequence[_Fresh]) -> dict[Any, UUID]:
        """Return the key of what stands in the register already, by key and by sameness."""
        self._hidden, self._unseen = {}, set()
        keys = [each.record["id"] for each in readable if "id" in each.draft.values]
        found = self._read_known("id", keys)
        if self._register.slug in SAME:
            owners = dict.fromkeys(each.record.get("customer_id") for each in readable)
            return found | self._read_known("customer_id", list(owners))
        numbers = [each.record["number"] for each in readable if each.record.get("number")]
        return found | self._read_known("number", numbers)

    def _read_known(self, column: str, wanted: Sequence[Any]) -> dict[Any, UUID]:
        names = SAME.get(self._register.slug, ("number", "controller_id"))
        found: dict[Any, UUID] = {}
        rows = list(
            everything.matching(self._saver.connection, self._register, column, wanted, names)
        )
        self._hidden = {**self._hidden, **self._guard.hidden([row["id"] for row in rows])}
        for row in rows:
            found[row["id"]] = row["id"]
            unseen = self._hidden.get(row["id"], NOTHING) & set(names)
            if unseen:
                self._unseen.add((unseen, self._place_of(row, unseen)))
            else:
                found[self._sameness(row)] = row["id"]
        return found

    def _place_of(self, record: Mapping[str, Any], unseen: frozenset[str]) -> tuple[Any, ...]:
        """Return what is seen of what makes a record the same as another."""
        names = (name for name in SAME[self._register.slug] if name not in unseen)
        return tuple(record.get(name) or None for name in names)

    def _guesses(self, each: _Fresh) -> bool:
        """Refuse a line that can be told from a hidden record by hidden data only."""
        for unseen, place in self._unseen:
            if self._place_of(each.record, unseen) == place:
                return self._refuse(each.draft.line, [FieldProblem(min(unseen), Message(STORED))])
        return False

    def _meet(self, draft: Draft, record_id: UUID) -> None:
        """Change what stands there already in the columns that are filled in."""
        self._look()
        before = load(self._saver.connection, self._register, record_id)
        assert before is not None  # noqa: S101  (it was found in this transaction)
        if self._refuse(draft.line, self._stored(draft, before)):
            return
        after = normalised(self._register, {**before, **draft.values, "id": record_id})
        changed = gate.differences(self._register, before, after)
        if not changed:
            self._result.unchanged += 1
            return
        try:
            self._guard.must_not_lift(before, after)
            if self._write:
                gate.save(self._saver, self._register, after)
            else:
                self._must_pass(after)
        except InvalidRecordError as error:
            self._refuse(draft.line, error.problems)
        except NotAllowedError as error:
            self._refuse(draft.line, [FieldProblem("", error.problem)])
        else:
            self._result.updated += 1

    def _stored(self, draft: Draft, before: Values) -> list[FieldProblem]:
        """Return the columns that fill what may only be stored, or would move it elsewhere."""
        hidden = self._hidden.get(before["id"], NOTHING)
        filled = [name for name in sorted(hidden) if draft.values.get(name) not in (None, "", [])]
        if hidden:
            filled += [
                name
                for name in PLACES
                if draft.values.get(name, before.get(name)) != before.get(name)
            ]
        return [FieldProblem(name, Message(STORED)) for name in filled]

    def _must_pass(self, record: Values) -> None:
        problems = self._shape.problems(self._saver, record)
        if problems:
            raise InvalidRecordError(problems)

    def _is_new(self, each: _Fresh) -> bool:
        """Say whether a record may be added; a line twice or with problems is told."""
        problems = self._shape.problems(self._saver, each.record)
        if self._refuse(each.draft.line, problems):
            return False
        return self._stands_first(each)

    def _stands_first(self, each: _Fresh, record_id: UUID | None = None) -> bool:
        """Say whether no earlier line of the file is about the same record; else it is told.

        `record_id` is the record that stands in the register already.
        """
        same = self._sameness(each.record) or record_id
        first = self._first_lines.setdefault(same, each.draft.line) if same else each.draft.line
        if first == each.draft.line:
            return True
        if self._register.slug in SAME:
            self._result.unchanged += 1
            return False
        twice = message(N_("The same number stands on line {line} already."), line=str(first))
        self._refuse(each.draft.line, [FieldProblem("number", twice)])
        return False

    def _not_destroyed(self, fresh: Sequence[_Fresh]) -> list[_Fresh]:
        """Refuse customers whose data were destroyed before."""
        if self._register.slug != "customers":
            return list(fresh)
        codes = {
            (each.record["controller_id"], each.record["number"])
            for each in fresh
            if each.record.get("number")
        }
        destroyed = tombstones.known(self._saver.connection, codes)
        kept: list[_Fresh] = []
        for each in fresh:
            if (each.record["controller_id"], each.record.get("number")) in destroyed:
                self._refuse(each.draft.line, [FieldProblem("number", Message(DESTROYED))])
            else:
                kept.append(each)
        return kept

    def _add(self, fresh: Sequence[_Fresh]) -> None:
        self._result.added += len(fresh)
        self._result.took_controller += sum(1 for each in fresh if each.took_controller)
        room = SAMPLE - len(self._result.sample)
        self._result.sample += [each.record for each in fresh[:room]]
        if not self._write:
            return
        if self._shape.has_rows:
            for each in fresh:
                self._look()
                gate.save(self._saver, self._register, each.draft.values)
            self._lookup.forget(self._register.slug)
            return
        rows = bulk.add_checked(self._saver, self._shape, [each.record for each in fresh])
        if self._register.slug == "items":
            governed.govern_new(self._saver.connection, rows, self._rules, self._governing)
        elif self._register.slug == "events":
            self._moved.update(dict.fromkeys(row["customer_id"] for row in rows))

    def _in_order(self, fresh: Sequence[_Fresh]) -> list[_Fresh]:
        """Put what other lines name first; refuse a line that names a refused one."""
        if not self._own_links:
            return list(fresh)
        self._lookup.forget(self._register.slug)
        coming = {each.record["id"] for each in fresh}
        whole: list[_Fresh] = []
        for each in fresh:
            if all(key in coming or self._stands(key) for key in self._named_by(each)):
                whole.append(each)
            else:
                problem = Message(N_("This names a line that was refused."))
                self._refuse(each.draft.line, [FieldProblem(self._own_links[0], problem)])
        if len(whole) < len(fresh):
            return self._in_order(whole)
        return sorted(whole, key=lambda each: self._depth(each, whole))

    def _named_by(self, each: _Fresh) -> list[UUID]:
        found: list[UUID] = []
        for name in self._own_links:
            value = each.record.get(name)
            found += value if isinstance(value, list) else [value] if value else []
        return found

    def _stands(self, key: UUID) -> bool:
        return load(self._saver.connection, self._register, key) is not None

    def _depth(self, each: _Fresh, among: Sequence[_Fresh]) -> int:
        """Return how many lines must stand before this one."""
        by_key = {other.record["id"]: other for other in among}
        seen = {each.record["id"]}
        reached = list(seen)
        while reached:
            named = {key for name in reached for key in self._named_by(by_key[name])}
            reached = [key for key in named & by_key.keys() if key not in seen]
            seen.update(reached)
        return len(seen)


def _controllers_of(register: Register) -> tuple[FieldSpec, ...]:
    """Return the fields that say whose a record is; none where an empty one says it as well."""
    if register.slug in {"controllers", *FOR_EVERY_CONTROLLER}:
        return ()
    return tuple(each for each in register.fields if each.to == "controllers")


def _as_asked(field: FieldSpec, key: UUID) -> UUID | list[UUID]:
    return key if field.kind is Kind.LINK else [key]
