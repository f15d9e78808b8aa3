"""How a value of a declared field reads in a cell of a list, a history or a comparison."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from privreg import formats
from privreg.law.period import Period, PeriodError
from privreg.registers.declaration import Kind
from privreg.registers.options import options_of, register_of_options
from privreg.translation import N_, Message, _, language, messages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privreg.registers.declaration import FieldSpec, Linked, Register

CREATED = {
    "number": N_("Number"),
    "created_at": N_("Entered at"),
    "changed_at": N_("Changed at"),
}


def column_label(register: Register, name: str, given: str = "") -> str:
    """Return the heading of a column."""
    if given:
        return _(given)
    if name in CREATED and all(field.name != name for field in register.fields):
        return _(CREATED[name])
    field = register.field(name)
    return _(field.short or field.label)


def cell(field: FieldSpec | None, value: Any, titles: Mapping[UUID, Linked]) -> str:
    """Write a value on one line; `titles` knows the records that links point at."""
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return _several(field, value, titles)
    if isinstance(value, UUID):
        return titles[value].title if value in titles else "…"
    if isinstance(value, datetime | date | bool):
        return formats.value(value)
    if isinstance(value, int):
        return formats.number(value)
    return _text(field, str(value), titles)


def _several(field: FieldSpec | None, value: list[Any], titles: Mapping[UUID, Linked]) -> str:
    if value and isinstance(value[0], dict):
        return formats.text(messages(N_("{count} row"), N_("{count} rows"), len(value)))
    return ", ".join(cell(field, each, titles) for each in value)


def _text(field: FieldSpec | None, value: str, titles: Mapping[UUID, Linked]) -> str:
    if field is not None and field.kind in {Kind.CHOICE, Kind.CHOICES, Kind.COUNTRY}:
        return _choice(field, value, titles)
    if field is not None and field.kind is Kind.PERIOD:
        return period_in_words(value)
    return " ".join(value.split())


def _choice(field: FieldSpec, value: str, titles: Mapping[UUID, Linked]) -> str:
    if register_of_options(field):
        linked = titles.get(UUID(value))
        return linked.title if linked else "…"
    return words_of(field, value)


def period_in_words(value: str) -> str:
    """Write '7 jaar' for 'P7Y'; what is no period stays as it is."""
    try:
        return formats.text(Period.parse(value).message)
    except PeriodError:
        return value


def counted(count: int, singular: str, plural: str) -> str:
    """Write a count with its word; both templates hold `{count}`."""
    return formats.text(Message(singular, {"count": count}, plural))


def words_of(field: FieldSpec, code: str) -> str:
    """Write one code in words, looked up once per field and language."""
    return _words(field, language()).get(code, code)


@lru_cache(maxsize=512)
def _words(field: FieldSpec, _language: str) -> dict[str, str]:
    return dict(options_of(field))


def caption(linked: Linked) -> str:
    """Write a record as its number and its title."""
    return f"{linked.number} · {linked.title}" if linked.number else linked.title
