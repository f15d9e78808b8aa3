"""The one home of text formats: how dates, moments, numbers and messages read.

Written out in the language in use; days are always day-month-year with four digits of
year, moments in the office's zone.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from babel import dates, lists, numbers

from privreg.clock import OFFICE_ZONE
from privreg.translation import AnyOf, Message, _, _n, language

if TYPE_CHECKING:
    from collections.abc import Iterable

SECONDS_PER_MINUTE = 60
SECONDS_PER_HOUR = 3600
_DUTCH_NAME = re.compile(r"\bAVG\b")
_MEMBERS = re.compile(r"\((\d+)\)-\((\d+)\)")
_MEMBER = re.compile(r"\((\d+(?:-\d+)?)\)")
_LETTER = re.compile(r"\(([a-z])\)")


@runtime_checkable
class InLanguages(Protocol):
    """Something that carries its own words per language, as an entry of a dated list does."""

    def in_language(self, language: str) -> str:
        """Return the words in `nl` or `en`."""
        ...


def locale() -> str:
    """Return the locale that writes dates and numbers for the language in use."""
    return "nl_NL" if language() == "nl" else "en_GB"


def text(message: Message | str) -> str:
    """Write a message out in the language in use, its arguments formatted."""
    if isinstance(message, str):
        return message
    if message.plural is not None:
        count = message.args["count"]
        template = _n(message.template, message.plural, count if isinstance(count, int) else 0)
    else:
        template = _(message.template)
    if not message.args:
        return template
    return template.format_map({name: value(arg) for name, arg in message.args.items()})


def value(argument: object) -> str:  # noqa: C901, PLR0911  (one line per type)
    """Write one argument as a reader expects it."""
    if argument is None:
        return ""
    if isinstance(argument, Message):
        return text(argument)
    if isinstance(argument, str) and not isinstance(argument, Enum):
        return argument
    if isinstance(argument, datetime):
        return moment(argument)
    if isinstance(argument, date):
        return day(argument)
    if isinstance(argument, bool):
        return _("yes") if argument else _("no")
    if isinstance(argument, int | float):
        return number(argument)
    if isinstance(argument, InLanguages):
        return argument.in_language(language())
    inner = getattr(argument, "message", None)
    if isinstance(inner, Message):
        return text(inner)
    if isinstance(argument, AnyOf):
        return lists.format_list([value(each) for each in argument], "or", locale())
    if isinstance(argument, tuple | list):
        return enumeration(value(each) for each in argument)
    return str(argument)


def day(when: date) -> str:
    """'28-02-2029' in Dutch, '28/02/2029' in English."""
    return dates.format_date(when, "dd-MM-yyyy" if language() == "nl" else "dd/MM/yyyy", locale())


def day_in_words(when: date) -> str:
    """'maandag 6 april 2026'."""
    return dates.format_date(when, "EEEE d MMMM yyyy", locale())


def short_day(when: date) -> str:
    """'ma 6 apr' with its weekday, as the form shows beside a date."""
    return dates.format_date(when, "EEE d MMM yyyy", locale())


def month(when: date) -> str:
    """'april 2026'."""
    return dates.format_date(when, "LLLL yyyy", locale())


def short_month(when: date) -> str:
    """'apr'."""
    return dates.format_date(when, "LLL", locale()).rstrip(".")


def local(when: datetime) -> datetime:
    """Return the moment in the office's zone."""
    return when.astimezone(OFFICE_ZONE)


def moment(when: datetime) -> str:
    """'06-04-2026 17:30', in the office's zone."""
    here = local(when)
    return f"{day(here.date())} {here:%H:%M}"


def moment_in_words(when: datetime) -> str:
    """'maandag 6 april 2026 om 17:30'."""
    here = local(when)
    return _("{day} at {time}").format(day=day_in_words(here.date()), time=f"{here:%H:%M}")


def number(amount: float) -> str:
    """'1.234' in Dutch, '1,234' in English."""
    return numbers.format_decimal(amount, locale=locale())


def percent(share: float) -> str:
    """'61 %': a share between 0 and 1."""
    return f"{round(share * 100)} %"


def enumeration(items: Iterable[str]) -> str:
    """Write a list as 'a, b en c'."""
    return lists.format_list(list(items), locale=locale())


def capitalised(words: str) -> str:
    """Begin words as a sentence begins; what has capitals further on keeps them."""
    return words[:1].upper() + words[1:]


def countdown(left: timedelta) -> str:
    """'41:12:08': hours, minutes and seconds, without a sign."""
    seconds = abs(int(left.total_seconds()))
    hours, rest = divmod(seconds, SECONDS_PER_HOUR)
    minutes, seconds = divmod(rest, SECONDS_PER_MINUTE)
    return f"{hours}:{minutes:02d}:{seconds:02d}"


def span(left: timedelta) -> str:
    """'41 u 12 m', or '3 d 4 u' from three days on; without a sign."""
    minutes = abs(int(left.total_seconds())) // SECONDS_PER_MINUTE
    hours, minutes = divmod(minutes, 60)
    days, rest = divmod(hours, 24)
    if days >= 3:  # noqa: PLR2004  (from here the hours say more than the minutes)
        return _("{days} d {hours} h").format(days=days, hours=rest)
    return _("{hours} h {minutes} m").format(hours=hours, minutes=minutes)


def article(source: str) -> str:
    """Cite an article: 'AVG 30 lid 1 onder c' in Dutch, 'GDPR 30(1)(c)' in English."""
    if language() != "nl":
        return _DUTCH_NAME.sub("GDPR", source)
    spans = _MEMBERS.sub(r"(\1-\2)", source)
    members = _MEMBER.sub(r" lid \1", spans)
    return " ".join(_LETTER.sub(r" onder \1", members).split())
