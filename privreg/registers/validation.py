"""Checks of a draft: what a value of each kind must be, and how it is tidied beforehand.

Both are pure. What fields say together is each register's own `check`, called here as well.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from stdnum.nl import bsn

from privreg.clock import day_of
from privreg.errors import FieldProblem
from privreg.law.period import Period, PeriodError, ends_on
from privreg.registers.declaration import FieldSpec, Kind, Register, Values
from privreg.registers.identifiers import NETHERLANDS, PROBLEM, TIDY
from privreg.translation import N_, Message, message

FIRST_YEAR = 1900
LAST_YEAR = 2999
OF_RECORDS = "register:"
"""A list named `register:groups` stands for records of that register, by id as text."""

Lists = Callable[[str], Collection[str]]
"""Gives the codes of a named list, those no longer offered included."""

TEXTS = frozenset({Kind.LINE, Kind.TEXT, Kind.CHOICE, Kind.COUNTRY, *PROBLEM})
COUNTRIES = "countries"
_NO_LINE = re.compile(r"\s+")
_NATIONAL_NUMBER = re.compile(
    r"(?<![0-9+])(?<![0-9][ .\-])[0-9](?:[ .\-]?[0-9]){8}(?![ .\-]?[0-9])"
)


def check(
    register: Register, values: Mapping[str, Any], *, now: datetime, lists: Lists
) -> list[FieldProblem]:
    """Return what is wrong with a record: field by field as in the form, then together.

    A row's field is named `rows[0].field`, counted from nought. `values` are those of
    `normalised`. Whether a link points at something is for the store to say.
    """
    alone = list(_problems(register.fields, values, now=now, lists=lists))
    told = {each.field for each in alone}
    together = [each for each in register.check(dict(values)) if each.field not in told]
    return [*alone, *together]


def _problems(
    fields: tuple[FieldSpec, ...], values: Mapping[str, Any], *, now: datetime, lists: Lists
) -> Iterator[FieldProblem]:
    country = country_of(values)
    for field in fields:
        found = values.get(field.name)
        if is_empty(found):
            if field.required and field.is_asked(values):
                yield FieldProblem(field.name, message(N_("This must be filled in.")))
        elif field.kind is Kind.ROWS:
            yield from _row_problems(field, found, now=now, lists=lists)
        else:
            wrong = _wrong(field, found, country, now=now, lists=lists)
            if wrong is not None:
                yield FieldProblem(field.name, wrong)


def _row_problems(
    field: FieldSpec, found: object, *, now: datetime, lists: Lists
) -> Iterator[FieldProblem]:
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        yield FieldProblem(field.name, _no_list())
        return
    for position, row in enumerate(found):
        for each in _problems(field.fields, row, now=now, lists=lists):
            yield FieldProblem(f"{field.name}[{position}].{each.field}", each.problem)


def is_empty(found: object) -> bool:
    """Say whether a value counts as not filled in; 0 and 'no' are answers."""
    return found is None or found == [] or (isinstance(found, str) and not found.strip())


def _wrong(
    field: FieldSpec, found: object, country: str, *, now: datetime, lists: Lists
) -> Message | None:
    if field.kind in TEXTS:
        return _wrong_text(field, found, country, now=now, lists=lists)
    if field.kind is Kind.DAY:
        return _wrong_day(field, found, now)
    if field.kind is Kind.MOMENT:
        return _wrong_moment(field, found, now)
    if field.kind is Kind.CHOICES:
        return _wrong_choices(field, found, lists)
    return _wrong_type(field, found)


def _wrong_text(
    field: FieldSpec, found: object, country: str, *, now: datetime, lists: Lists
) -> Message | None:
    if not isinstance(found, str):
        return message(N_("This is no text."))
    if len(found) > field.max_length:
        return message(
            N_("At most {maximum} characters fit here; there are {length}."),
            maximum=field.max_length,
            length=len(found),
        )
    if field.kind is Kind.CHOICE:
        return None if _is_known(field, found, lists) else _no_choice()
    if field.kind is Kind.COUNTRY:
        return None if found in lists(COUNTRIES) else _no_country()
    reads = PROBLEM.get(field.kind)
    wrong = reads(found, country) if reads else None
    if wrong is None and field.kind is Kind.PERIOD:
        return _uncountable(found, now)
    return wrong


def _uncountable(period: str, now: datetime) -> Message | None:
    try:
        ends_on(day_of(now), Period.parse(period))
    except PeriodError as error:
        return error.problem
    return None


def _wrong_choices(field: FieldSpec, found: object, lists: Lists) -> Message | None:
    if not isinstance(found, list):
        return _no_list()
    if not all(isinstance(code, str) and _is_known(field, code, lists) for code in found):
        return _no_choice()
    if len(set(found)) < len(found):
        return message(N_("One choice stands here twice."))
    return None


def _is_known(field: FieldSpec, code: str, lists: Lists) -> bool:
    if any(choice.code == code for choice in field.choices):
        return True
    if field.listed.startswith(OF_RECORDS):
        return _is_key(code)
    return bool(field.listed) and code in lists(field.listed)


def _is_key(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _wrong_day(field: FieldSpec, found: object, now: datetime) -> Message | None:
    if not isinstance(found, date) or isinstance(found, datetime):
        return message(N_("This is no date; write day, month and year, such as 31-12-2026."))
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        return _strange_year()
    if field.past and found > day_of(now):
        return message(N_("This day still has to come; write when it really was."))
    return None


def _wrong_moment(field: FieldSpec, found: object, now: datetime) -> Message | None:
    if not isinstance(found, datetime) or found.tzinfo is None:
        return message(N_("This is no moment; write day and time, such as 31-12-2026 17:30."))
    if not FIRST_YEAR <= _year(found) <= LAST_YEAR:
        return _strange_year()
    if field.past and found > now:
        return message(N_("This moment still has to come; write when it really was."))
    return None


def _year(moment: datetime) -> int:
    try:
        return day_of(moment).year
    except OverflowError:
        return 0


def _strange_year() -> Message:
    return message(
        N_("Write a year between {first} and {last}."), first=str(FIRST_YEAR), last=str(LAST_YEAR)
    )


def _wrong_type(field: FieldSpec, found: object) -> Message | None:
    if field.kind is Kind.NUMBER:
        return _wrong_number(field, found)
    if field.kind is Kind.YES_NO and not isinstance(found, bool):
        return message(N_("Answer yes or no."))
    if field.kind is Kind.LINK and not isinstance(found, UUID):
        return _no_choice()
    if field.kind is Kind.LINKS:
        is_right = isinstance(found, list) and all(isinstance(each, UUID) for each in found)
        return None if is_right else _no_list()
    return None


def _wrong_number(field: FieldSpec, found: object) -> Message | None:
    if not isinstance(found, int) or isinstance(found, bool):
        return message(N_("This is no whole number."))
    if found < field.minimum:
        return message(N_("Write at least {minimum}."), minimum=field.minimum)
    if found > field.maximum:
        return message(N_("Write at most {maximum}."), maximum=field.maximum)
    return None


def _no_choice() -> Message:
    return message(N_("This is not one of the choices."))


def _no_country() -> Message:
    return message(N_("This is no country; choose one from the list, such as NL or DE."))


def _no_list() -> Message:
    return message(N_("This is no list."))


def country_of(values: Mapping[str, Any]) -> str:
    """Return the country by which a record's numbers are read; the Netherlands when not said."""
    found = values.get("country")
    return found.strip().upper() if isinstance(found, str) and found.strip() else NETHERLANDS


def normalised(register: Register, values: Mapping[str, Any]) -> Values:
    """Return the values as they are kept: trimmed, composed (NFC), numbers in one spelling.

    Nothing is refused and nothing but control characters is lost; unknown keys stay.
    """
    return _tidied(register.fields, values)


def _tidied(fields: tuple[FieldSpec, ...], values: Mapping[str, Any]) -> Values:
    country = country_of(values)
    tidied = dict(values)
    for field in fields:
        found = values.get(field.name)
        if isinstance(found, str):
            tidied[field.name] = _tidied_text(field, found, country)
        elif field.kind is Kind.ROWS and isinstance(found, list):
            tidied[field.name] = [
                _tidied(field.fields, row) if isinstance(row, dict) else row for row in found
            ]
    return tidied


def _tidied_text(field: FieldSpec, text: str, country: str) -> str:
    clean = clean_text(text) if field.kind is Kind.TEXT else clean_line(text)
    tidy = TIDY.get(field.kind)
    return tidy(clean, country) if tidy and clean else clean


def clean_line(text: str) -> str:
    """Return a text on one line: breaks and runs of blanks become one space."""
    clean = clean_text(text)
    is_one_line = clean.isprintable() and "  " not in clean and clean.isascii()
    return clean if is_one_line else _NO_LINE.sub(" ", clean)


def clean_text(text: str) -> str:
    """Return a text composed and trimmed, without control characters but breaks and tabs."""
    if text.isascii() and text.isprintable():
        return text.strip()
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(each for each in whole if each in "\n\t" or not _is_control(each))
    return unicodedata.normalize("NFC", kept).strip()


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"}


def national_number_warnings(register: Register, values: Mapping[str, Any]) -> list[FieldProblem]:
    """Return the fields whose free text seems to hold a national number (art. 46 UAVG).

    A warning, never a refusal: a number of nine digits that passes the test of eleven may
    be something else.
    """
    return [
        FieldProblem(name, _national_number())
        for name in free_texts(register)
        if holds_national_number(values.get(name))
    ]


def free_texts(register: Register) -> tuple[str, ...]:
    """Return the fields in which anything may be written; a code of nine digits is no text."""
    return tuple(
        field.name
        for field in register.fields
        if field.kind in {Kind.LINE, Kind.TEXT} and field.name != "number"
    )


def may_hold_number(texts: Iterable[str], values: Mapping[str, Any]) -> bool:
    """Say whether one of these fields seems to hold a national number, in one look at all."""
    found = (values.get(each) for each in texts)
    return holds_national_number("\n".join(each for each in found if isinstance(each, str)))


def holds_national_number(text: object) -> bool:
    """Say whether a text holds nine digits that pass the test of a national number (BSN)."""
    if not isinstance(text, str):
        return False
    found = _NATIONAL_NUMBER.finditer(text)
    return any(bsn.is_valid(re.sub(r"[^0-9]", "", each[0])) for each in found)


def _national_number() -> Message:
    return message(
        N_(
            "This looks like a national number (BSN). A business may keep it only where "
            "a statute says so (article 46 UAVG): take it out."
        )
    )
