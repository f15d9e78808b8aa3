"""Which column of a file is which field: by its label, its name, or a mapping of one's own."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from privreg.errors import UsageError
from privreg.exchange.sheets import FileProblemError, Line, Sheet
from privreg.exchange.words import names_of, plainly
from privreg.registers.declaration import FieldSpec, Kind, Register, link
from privreg.translation import N_, _, in_every_language, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

HEAD_WITHIN = 10
"""Lines in which the heads may stand: above them a title, a merged row of groups, a note."""
IGNORED = ("id", "version", "created_at", "created_by", "changed_at", "changed_by", "entered")
KEY = FieldSpec(name="id", label="")
NUMBER = FieldSpec(name="number", label=N_("Number"))
CUSTOMER = link("customer_id", N_("Customer"), "customers", required=True)
CONTROLLER = link("controller_id", N_("Controller"), "controllers")
"""Beside a customer's number where two companies use the same one."""
CUSTOMER_NAMES = (N_("Customer number"), N_("Customer code"))


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A MAP.toml: own heads by field, own words by choice, and what every line has."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that are understood, by their place, and the heads that are not."""

    fields: Mapping[int, FieldSpec]
    heads: Mapping[int, str]
    ignored: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)

    def head_of(self, name: str) -> str:
        """Return how the file calls a field, else its label in the language in use."""
        for place, each in self.fields.items():
            if each.name == name:
                return self.heads[place]
        return _(self.labels.get(name, "")) or name


def fields_for(register: Register) -> tuple[FieldSpec, ...]:
    """Return what a file may hold: the form's fields, the number, and whose record it is."""
    extra = [CUSTOMER, CONTROLLER] if register.parent == "customers" else []
    named = {each.name for each in register.fields}
    if "number" in register.model.model_fields and "number" not in named:
        extra.append(NUMBER)
    return (KEY, *extra, *register.fields)


def read_map(path: Path, register: Register) -> OwnWords:
    """Read a MAP.toml with `[columns]`, `[values.FIELD]` and `[fixed]`; raises `UsageError`."""
    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(message(N_("{path} is no readable TOML file."), path=str(path))) from error
    known = {each.name for each in fields_for(register)}
    parts = [content.get(part, {}) for part in ("columns", "values", "fixed")]
    if not all(isinstance(part, dict) for part in parts):
        raise UsageError(message(N_("{path} is no readable TOML file."), path=str(path)))
    columns, values, fixed = parts
    for name in (*columns.values(), *values, *fixed):
        if name not in known:
            raise UsageError(
                message(
                    N_(
                        "The mapping names the field '{field}', which is not there; known: {known}."
                    ),
                    field=str(name),
                    known=sorted(known),
                )
            )
    return OwnWords(columns, values, fixed)


def find_columns(
    register: Register, sheet: Sheet, mapping: OwnWords
) -> tuple[Columns, Iterable[Line]]:
    """Find the heads; return the columns, and the lines that come after them.

    Raises `FileProblemError` naming the columns that are missing or there twice.
    """
    names = _names(register, mapping)
    rest: Iterable[Line]
    if sheet.names:
        columns, rest = _columns(names, sheet.names), sheet.lines
    else:
        columns, rest = _by_head(names, sheet)
    _must_be_whole(register, columns, mapping)
    return replace(columns, labels=_labels(register)), rest


def _labels(register: Register) -> dict[str, str]:
    return {each.name: each.label for each in fields_for(register)}


def _names(register: Register, mapping: OwnWords) -> dict[str, FieldSpec]:
    """Return the field of every head that is understood; a mapping's heads win."""
    fields = fields_for(register)
    known: dict[str, FieldSpec] = {}
    for each in fields:
        for name in names_of(each):
            if name:
                known.setdefault(name, each)
    if fields[1] is CUSTOMER:
        words = [word for label in CUSTOMER_NAMES for word in in_every_language(label)]
        for word in words:
            known.setdefault(plainly(word), CUSTOMER)
    by_name = {each.name: each for each in fields}
    if "number" in by_name:
        for word in in_every_language(NUMBER.label):
            known.setdefault(plainly(word), by_name["number"])
    own = {plainly(head): by_name[name] for head, name in mapping.columns.items()}
    return {**known, **own}


def _by_head(names: Mapping[str, FieldSpec], sheet: Sheet) -> tuple[Columns, Iterable[Line]]:
    """Take the line among the first in which most cells are known heads."""
    first: list[Line] = []
    for line in sheet.lines:
        first.append(line)
        if len(first) == HEAD_WITHIN:
            break
    found = [_columns(names, line.cells) for line in first]
    if not any(each.fields for each in found):
        raise FileProblemError(
            message(
                N_(
                    "No column of this file is recognised; give them the labels of the form, "
                    "or a mapping with --map."
                )
            )
        )
    place = max(range(len(found)), key=lambda index: len(found[index].fields))
    return found[place], _after(first[place + 1 :], sheet.lines)


def _after(first: list[Line], rest: Iterable[Line]) -> Iterable[Line]:
    yield from first
    yield from rest


def _columns(names: Mapping[str, FieldSpec], heads: Sequence[Any]) -> Columns:
    texts = {place: str(head) for place, head in enumerate(heads) if head is not None}
    fields = {
        place: names[plainly(text)] for place, text in texts.items() if plainly(text) in names
    }
    ignored = tuple(
        text for place, text in texts.items() if place not in fields and text not in IGNORED
    )
    return Columns(fields, texts, ignored)


def _must_be_whole(register: Register, columns: Columns, mapping: OwnWords) -> None:
    seen: dict[str, str] = {}
    for place, each in columns.fields.items():
        if each.name in seen:
            raise FileProblemError(
                message(
                    N_("The columns '{first}' and '{second}' are the same field; keep one."),
                    first=seen[each.name],
                    second=columns.heads[place],
                )
            )
        seen[each.name] = columns.heads[place]
    lost = [head for head, name in mapping.columns.items() if name not in seen]
    missing = lost or [each for each in _needed(register) if each not in {*seen, *mapping.fixed}]
    if missing:
        known = _labels(register)
        labels: list[object] = [*lost] or [message(known[name]) for name in missing]
        raise FileProblemError(message(N_("This column is missing: {names}."), names=labels))


def _needed(register: Register) -> list[str]:
    """Return the fields every line must fill in, and that nothing else fills in."""
    return [
        each.name
        for each in fields_for(register)
        if each.required
        and each.default is None
        and each.shown is None
        and each.name != "controller_id"
        and each.kind is not Kind.ROWS
    ]
