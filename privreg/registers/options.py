"""What a field offers to choose from, in the language in use."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import NamedTuple

from privreg import lists
from privreg.registers.declaration import FieldSpec, Kind
from privreg.registers.validation import COUNTRIES, OF_RECORDS
from privreg.translation import _


class Option(NamedTuple):
    """One thing to choose: the code in the file and the words a reader sees."""

    code: str
    text: str


def options_of(field: FieldSpec) -> tuple[Option, ...]:
    """Return a field's options; none where the choices are records of a register."""
    if field.choices:
        return tuple(Option(each.code, _(each.label)) for each in field.choices)
    name = list_of(field)
    return tuple(Option(*each) for each in lists.choices(name)) if name else ()


def list_of(field: FieldSpec) -> str:
    """Return the name of the list a field chooses from, or nothing."""
    if field.kind is Kind.COUNTRY:
        return COUNTRIES
    return "" if field.listed.startswith(OF_RECORDS) else field.listed


def register_of_options(field: FieldSpec) -> str:
    """Return the slug of the register whose records are the choices, or nothing."""
    return field.listed.removeprefix(OF_RECORDS) if field.listed.startswith(OF_RECORDS) else ""


def word_of(field: FieldSpec, code: str) -> str:
    """Return the words of one code in the language in use; the code itself when unknown."""
    return dict(options_of(field)).get(code, code)
