"""How a register is described: its fields, sections, columns, clocks and findings.

A declaration is data. The one form, the one table, search, validation, print, export and
history obey it; none of them knows a register by name.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from privreg.registers.tables import LARGEST_NUMBER, LINE_LENGTH, TEXT_LENGTH
from privreg.translation import Message

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from privreg.errors import FieldProblem
    from privreg.law.deadline import Deadline
    from privreg.registers.tables import Entry, Row

Values = dict[str, Any]
"""A record as plain values: field name to str, int, bool, date, datetime, UUID, list or None;
child tables are lists of such dicts, links are lists of UUID."""
UNSEEN = "unseen"
"""In values: the names of the fields that were left out because they may only be stored."""


class Kind(StrEnum):
    """What a field holds, and so how it is typed, checked, shown and printed."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    YES_NO = "yes_no"  # None is 'not said yet'
    CHOICE = "choice"
    CHOICES = "choices"
    LINK = "link"
    LINKS = "links"
    ROWS = "rows"
    PERIOD = "period"  # ISO 8601, as law.period reads it
    MONTH_DAY = "month_day"  # MM-DD
    COUNTRY = "country"  # ISO 3166 alpha-2
    EMAIL = "email"
    PHONE = "phone"
    WEBSITE = "website"
    KVK = "kvk"
    VAT = "vat"
    IBAN = "iban"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a choice: its code in the file and its label (marked)."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class When:
    """A field is asked for only when another field has one of these values.

    `None` among `values` means not filled in; booleans and codes are compared as they are.
    """

    field: str
    values: tuple[object, ...]

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Say whether the condition holds for a record's values."""
        found = values.get(self.field)
        if isinstance(found, list):
            return any(each in self.values for each in found)
        return found in self.values


@dataclass(frozen=True, slots=True)
class Instead:
    """What a list says in place of a field's value when a condition holds; `words` is marked."""

    when: When
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field: what it is called, what it holds, which article asks for it.

    `short` is what a column or a line in a history calls it, where the label is long.
    `wanted` marks what the law asks for but the form lets pass: it counts as missing.
    `dated` marks a fact with a moment of its own: the gate keeps when it was entered.
    `appended` marks rows that are added and never changed or taken away.
    `personal` marks personal data: hidden by role, struck from the journal at disposal.
    `names` is the dated list of which a line may name the sources.
    `proposed_from` is the field whose value is proposed while nobody filled this one in.
    `instead` is what a list and a paper say where the field does not apply to the record.
    """

    name: str
    label: str
    kind: Kind = Kind.LINE
    help: str = ""
    article: str = ""
    required: bool = False
    wanted: bool = False
    choices: tuple[Choice, ...] = ()
    listed: str = ""
    to: str = ""
    model: type[Row] | None = None
    fields: tuple[FieldSpec, ...] = ()
    max_length: int = LINE_LENGTH
    minimum: int = 0
    maximum: int = LARGEST_NUMBER
    shown: When | None = None
    personal: bool = False
    searched: bool = False
    dated: bool = False
    past: bool = False
    appended: bool = False
    default: Any = None
    short: str = ""
    names: str = ""
    proposed_from: str = ""
    instead: Instead | None = None

    def label_of(self, code: str) -> str:
        """Return the marked label of a choice's code, or the code itself when unknown."""
        return next((choice.label for choice in self.choices if choice.code == code), code)

    def is_asked(self, values: Mapping[str, Any]) -> bool:
        """Say whether the form asks for this field, given the other values."""
        return self.shown is None or self.shown.holds(values)

    def said_instead(self, values: Mapping[str, Any]) -> str:
        """Return the marked words that stand in place of the value, or nothing."""
        applies = self.instead is not None and self.instead.when.holds(values)
        return self.instead.words if self.instead is not None and applies else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the form; `fields` in order, `closed` folds it at first.

    `short` stands in the index beside the form, where the title is long.
    """

    title: str
    fields: tuple[FieldSpec, ...]
    help: str = ""
    closed: bool = False
    short: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list. `field` is a field's name, `number`, `created_at` or `changed_at`.

    `width` is in characters; `shown` columns stand at first, others can be chosen.
    """

    field: str
    width: int = 16
    shown: bool = True
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something the register lacks or that contradicts itself, said as a value.

    `weight` is 'law' (an obligation is not met), 'risk' or 'tidy'.
    """

    register: str
    record_id: UUID | None
    number: str
    title: str
    what: Message
    article: str = ""
    weight: str = "law"
    field: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """A record another one refers to: enough to show it."""

    id: UUID
    register: str
    number: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a deadline or finding may look at besides the record itself.

    `records(slug)` gives all live records of a small register as values (never customers);
    `customer_number(id)` gives the number of a customer without reading all of it;
    `clock_now` is aware UTC, `today` the office's day.
    """

    now: datetime
    today: date
    records: Callable[[str], Iterable[Values]]
    record: Callable[[str, UUID], Values | None]
    customer_number: Callable[[UUID], str]


Check = Callable[[Values], "Iterable[FieldProblem]"]
Deadlines = Callable[[Values, Surroundings], "Iterable[Deadline]"]
Findings = Callable[[Values, Surroundings], "Iterable[Finding]"]


def nothing(_values: Values, _around: Surroundings) -> tuple[()]:
    """Return no deadlines and no findings."""
    return ()


def no_problems(_values: Values) -> tuple[()]:
    """Return no problems."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One register: its table, its words, its form, its list, its clocks.

    `prefix` and `yearly` make the human numbers; `parent` names the register whose record
    it belongs to (a customer's events, say) and the foreign key is `parent_field`.
    `title` makes the one line by which a record is known.
    """

    slug: str
    model: type[Entry]
    plural: str
    singular: str
    prefix: str = ""
    yearly: bool = False
    icon: str = ""
    empty: str = ""
    sections: tuple[Section, ...] = ()
    columns: tuple[Column, ...] = ()
    filters: tuple[str, ...] = ()
    sort: str = "number"
    title: Callable[[Values], str]
    check: Check = no_problems
    deadlines: Deadlines = nothing
    findings: Findings = nothing
    parent: str = ""
    parent_field: str = ""
    large: bool = False
    fields: tuple[FieldSpec, ...] = field(init=False)

    def __post_init__(self) -> None:
        fields = tuple(each for section in self.sections for each in section.fields)
        object.__setattr__(self, "fields", fields)

    def field(self, name: str) -> FieldSpec:
        """Return the field of that name; `KeyError` when there is none."""
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(name)


def line(name: str, label: str, **more: Any) -> FieldSpec:
    """Declare one line of text."""
    return FieldSpec(name=name, label=label, **more)


def prose(name: str, label: str, **more: Any) -> FieldSpec:
    """Declare a text of several lines."""
    return FieldSpec(name=name, label=label, kind=Kind.TEXT, max_length=TEXT_LENGTH, **more)


def number(name: str, label: str, **more: Any) -> FieldSpec:
    """Declare a whole number; empty is unknown, never 0."""
    return FieldSpec(name=name, label=label, kind=Kind.NUMBER, **more)


def day(name: str, label: str, **more: Any) -> FieldSpec:
    """Declare a calendar day."""
    return FieldSpec(name=name, label=label, kind=Kind.DAY, **more)


def moment(name: str, label: str, **more: Any) -> FieldSpec:
    """Declare a moment: day and time in the office's zone."""
    return FieldSpec(name=name, label=label, kind=Kind.MOMENT, **more)


def yes_no(name: str, label: str, **more: Any) -> FieldSpec:
    """Declare a question answered by yes, no, or not yet."""
    return FieldSpec(name=name, label=label, kind=Kind.YES_NO, **more)


def choice(
    name: str, label: str, options: Iterable[tuple[str, str]] = (), **more: Any
) -> FieldSpec:
    """Declare a choice of one, from `options` (code, marked label) or a dated list (`listed`)."""
    made = tuple(Choice(*each) for each in options)
    return FieldSpec(name=name, label=label, kind=Kind.CHOICE, choices=made, **more)


def choices(
    name: str, label: str, options: Iterable[tuple[str, str]] = (), **more: Any
) -> FieldSpec:
    """Declare a choice of several."""
    made = tuple(Choice(*each) for each in options)
    return FieldSpec(name=name, label=label, kind=Kind.CHOICES, choices=made, **more)


def link(name: str, label: str, to: str, **more: Any) -> FieldSpec:
    """Declare a link to one record of register `to`; the column is `name`, a foreign key."""
    return FieldSpec(name=name, label=label, kind=Kind.LINK, to=to, **more)


def links(name: str, label: str, to: str, model: type[Row], **more: Any) -> FieldSpec:
    """Declare links to several records of register `to`, kept in `model.target_id`."""
    return FieldSpec(name=name, label=label, kind=Kind.LINKS, to=to, model=model, **more)


def rows(
    name: str, label: str, model: type[Row], fields: Iterable[FieldSpec], **more: Any
) -> FieldSpec:
    """Declare a small child table, edited in place."""
    return FieldSpec(
        name=name, label=label, kind=Kind.ROWS, model=model, fields=tuple(fields), **more
    )


def of(kind: Kind, name: str, label: str, **more: Any) -> FieldSpec:
    """Declare a field of a kind with a check of its own: e-mail, KvK, IBAN and the like."""
    return FieldSpec(name=name, label=label, kind=kind, **more)
