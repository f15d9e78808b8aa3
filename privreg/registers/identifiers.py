"""Numbers and addresses with a form of their own: how each is tidied and when it is wrong.

A tidy function never refuses: what it cannot read it leaves as it was typed, for the check
to say what is wrong. `country` is that of the record, ISO 3166.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat
from stdnum import iban
from stdnum.eu import vat
from stdnum.nl import btw, postcode

from privreg.law.period import MonthDay, Period, PeriodError
from privreg.registers.declaration import Kind
from privreg.translation import N_, Message, message

NETHERLANDS = "NL"
LONGEST = 200
"""No number or address here is longer; what is longer is never given to a reader of it."""

_POSTCODE = re.compile(r"([1-9][0-9]{3})\s*([A-Za-z]{2})")
_KVK = re.compile(r"[0-9]{8}")
_HOST = re.compile(r"(?:[\w-]{1,63}\.)+[^\W\d_][\w-]{1,62}\.?")
_SPACED = re.compile(r"[\s.\-/]+")
_EUROPEAN = frozenset(code.upper() for code in vat.MEMBER_STATES) | {"EL", "XI"}


def tidy_email(text: str, _country: str) -> str:
    """Write the part after the last @ without capitals."""
    local, at, domain = text.rpartition("@")
    return f"{local}{at}{domain.lower()}"


def tidy_phone(text: str, country: str) -> str:
    """Write a telephone number internationally, in groups: `+31 20 123 4567`."""
    number = _phone(text, country)
    return text if number is None else _written(number)


def tidy_iban(text: str, _country: str) -> str:
    """Write an account number in capitals, without spaces."""
    return "".join(text.split()).upper()


def tidy_postcode(text: str, country: str) -> str:
    """Write a Dutch postcode as `1234 AB`; those of other countries stay as they are."""
    found = _POSTCODE.fullmatch(text) if country == NETHERLANDS else None
    return f"{found[1]} {found[2].upper()}" if found else text


def tidy_vat(text: str, country: str) -> str:
    """Write a VAT number in capitals without dots or spaces, its country before it."""
    compact = _SPACED.sub("", text).upper()
    if country == NETHERLANDS and compact[:1].isdigit():
        return f"{NETHERLANDS}{compact}"
    return compact


def tidy_kvk(text: str, country: str) -> str:
    """Take spaces and dots out of a Dutch number of the trade register."""
    return _SPACED.sub("", text) if country == NETHERLANDS else text


def tidy_country(text: str, _country: str) -> str:
    """Write a country's code in capitals."""
    return text.upper()


def tidy_period(text: str, _country: str) -> str:
    """Write a period as ISO 8601 has it."""
    try:
        return str(Period.parse(text))
    except PeriodError:
        return text


def tidy_month_day(text: str, _country: str) -> str:
    """Write a day of the year as `MM-DD`."""
    try:
        return str(MonthDay.parse(text))
    except PeriodError:
        return text


def email_problem(text: str, _country: str) -> Message | None:
    """Say what is wrong with an e-mail address; it is not tried out."""
    try:
        validate_email(text, check_deliverability=False)
    except (EmailNotValidError, ValueError):
        return message(N_("This is no e-mail address; write it as name@company.nl."))
    return None


def phone_problem(text: str, country: str) -> Message | None:
    """Say what is wrong with a telephone number: its digits cannot be one."""
    if _phone(text, country) is not None:
        return None
    return message(
        N_("This is no telephone number; write it as 020 123 4567, or with +49 for abroad.")
    )


def website_problem(text: str, _country: str) -> Message | None:
    """Say what is wrong with the address of a website."""
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        is_right = parts.scheme in {"http", "https"} and _HOST.fullmatch(parts.hostname or "")
    except ValueError:
        is_right = False
    if is_right and not any(each.isspace() for each in text):
        return None
    return message(N_("This is no website; write it as www.company.nl."))


def kvk_problem(text: str, country: str) -> Message | None:
    """Say what is wrong with a number of the Dutch trade register; abroad anything goes."""
    if country != NETHERLANDS or _KVK.fullmatch(text):
        return None
    return message(N_("A KvK number has eight digits."))


def vat_problem(text: str, _country: str) -> Message | None:
    """Say what is wrong with a VAT number of the European Union; others are left as they are."""
    land = text[:2]
    if land == NETHERLANDS:
        is_right = btw.is_valid(text)
    elif land in _EUROPEAN:
        is_right = vat.is_valid(text)
    else:
        is_right = land.isalpha()
    if is_right:
        return None
    return message(
        N_("This VAT number is not right; a Dutch one looks like NL123456789B01. Check the digits.")
    )


def iban_problem(text: str, _country: str) -> Message | None:
    """Say what is wrong with an account number."""
    if iban.is_valid(text):
        return None
    return message(N_("This IBAN is not right; check the digits."))


def postcode_problem(text: str, country: str) -> Message | None:
    """Say what is wrong with a Dutch postcode; those of other countries are free."""
    if country != NETHERLANDS or (_POSTCODE.fullmatch(text) and postcode.is_valid(text)):
        return None
    return message(N_("A Dutch postcode has four digits and two letters, such as 1234 AB."))


def period_problem(text: str, _country: str) -> Message | None:
    """Say what is wrong with a period, in law's own words."""
    try:
        Period.parse(text)
    except PeriodError as error:
        return error.problem
    return None


def month_day_problem(text: str, _country: str) -> Message | None:
    """Say what is wrong with a day of the year, in law's own words."""
    try:
        MonthDay.parse(text)
    except PeriodError as error:
        return error.problem
    return None


def _phone(text: str, country: str) -> phonenumbers.PhoneNumber | None:
    if len(text) > LONGEST:
        return None
    try:
        number = phonenumbers.parse(
            text, country if country in phonenumbers.SUPPORTED_REGIONS else NETHERLANDS
        )
    except NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def _written(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


TIDY: dict[Kind, Callable[[str, str], str]] = {
    Kind.EMAIL: tidy_email,
    Kind.PHONE: tidy_phone,
    Kind.IBAN: tidy_iban,
    Kind.POSTCODE: tidy_postcode,
    Kind.VAT: tidy_vat,
    Kind.KVK: tidy_kvk,
    Kind.COUNTRY: tidy_country,
    Kind.PERIOD: tidy_period,
    Kind.MONTH_DAY: tidy_month_day,
}
PROBLEM: dict[Kind, Callable[[str, str], Message | None]] = {
    Kind.EMAIL: email_problem,
    Kind.PHONE: phone_problem,
    Kind.WEBSITE: website_problem,
    Kind.KVK: kvk_problem,
    Kind.VAT: vat_problem,
    Kind.IBAN: iban_problem,
    Kind.POSTCODE: postcode_problem,
    Kind.PERIOD: period_problem,
    Kind.MONTH_DAY: month_day_problem,
}
