"""Reads what a person types: days, moments, numbers and periods, in Dutch and in English.

Every function takes text as typed and returns the value, or raises `ReadingError` with one
sentence. Days are read day-month-year; ISO 8601 is always understood.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

from privreg.clock import OFFICE_ZONE, day_of
from privreg.errors import ProblemError
from privreg.translation import N_, Message, message

FIRST_YEAR = 1900
LAST_YEAR = 2999
YEARS_AHEAD = 20
MONTHS = 12
SEVERAL = 2

_MONTHS = (
    ("jan",),
    ("feb",),
    ("mrt", "maa", "mar"),
    ("apr",),
    ("mei", "may"),
    ("jun",),
    ("jul",),
    ("aug",),
    ("sep",),
    ("okt", "oct"),
    ("nov",),
    ("dec",),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_WEEKDAYS = (("ma", "mon"), ("di", "tue"), ("wo", "wed"), ("do", "thu"), ("vr", "fri"))
_WEEKEND = (("za", "sat"), ("zo", "sun"))
_WEEKDAY_WORD = re.compile(
    r"(ma|di|wo|do|vr|za|zo)(andag|nsdag|ensdag|nderdag|ijdag|terdag|ndag)?|"
    r"(mon|tue|wed|thu|fri|sat|sun)(s|nes|rs|ur)?(day)?"
)
_RELATIVE = {
    **dict.fromkeys(("vandaag", "today", "nu", "now"), 0),
    **dict.fromkeys(("gisteren", "yesterday"), -1),
    "eergisteren": -2,
    **dict.fromkeys(("morgen", "tomorrow"), 1),
    "overmorgen": 2,
}
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
_NUMBERS = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{2}|[0-9]{4}))?", re.ASCII)
_DAY_FIRST = re.compile(
    r"([0-9]{1,2})[-. ]*([a-z]{3,9})\.?(?:[-, ]*([0-9]{4}|[0-9]{2}))?", re.ASCII
)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? ([0-9]{1,2})(?:,? +([0-9]{4}))?", re.ASCII)
_TIME = re.compile(
    r"(?:^|[ t])([0-9]{1,2})(?:(?::|\.|u|h)([0-9]{2})(?::([0-9]{2}))?(?: ?uur)?| ?(?:uur|u|h))$",
    re.ASCII,
)
_OFFSET = re.compile(r"(?:z|[+-][0-9]{2}:[0-9]{2})$", re.ASCII)
_GROUPED = re.compile(r"[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*", re.ASCII)
_PERIOD_PART = re.compile(
    r"([0-9]+) ?(jaar|jaren|years?|[jy]|maand(?:en)?|months?|m|weken|weeks|week|w|"
    r"dag(?:en)?|days?|d)"
    r"(?: ?(?:en|and|,)? ?|$)",
    re.ASCII,
)
_UNITS = {"j": "Y", "y": "Y", "m": "M", "w": "W", "d": "D"}


class ReadingError(ProblemError):
    """What was typed cannot be read; the sentence says what to write instead."""


class WhichMomentError(ReadingError):
    """A wall-clock time that a clock change skips or repeats; `earlier` and `later` are meant.

    Both are aware, in UTC.
    """

    def __init__(self, problem: Message, earlier: datetime, later: datetime) -> None:
        super().__init__(problem)
        self.earlier = earlier
        self.later = later


def read_day(text: str, today: date) -> date:
    """Read a day: '3-4', '3 apr 2026', '31-12-2026', '2026-12-31', 'gisteren'.

    Without a year it lies in the year of `today`. A weekday in front must be right.
    """
    weekday, words = _without_weekday(_tidied(text))
    if words in _RELATIVE:
        return today + timedelta(days=_RELATIVE[words])
    parts = _day_parts(words, today)
    if parts is None:
        raise ReadingError(
            message(N_("This is no date; write it as 31-12-2026, or as 3 apr."), text=text)
        )
    found = _existing(*parts)
    if weekday is not None and found.weekday() != weekday:
        raise ReadingError(message(N_("{day} is another day of the week."), day=found))
    return found


def read_moment(text: str, now: datetime) -> datetime:
    """Read a moment in the office's zone: '3-4 17:30', 'gisteren 9u15', '17:30', ISO 8601.

    Returns it aware, in UTC. Without a day it is today. Raises `WhichMomentError` where the
    clock change makes it two.
    """
    words = _tidied(text)
    if words in {"nu", "now"}:
        return now.astimezone(UTC).replace(second=0, microsecond=0)
    if _OFFSET.search(words) and "t" in words:
        return _with_offset(text)
    clock_time, rest = _time_in(words)
    today = day_of(now)
    return placed(datetime.combine(read_day(rest, today) if rest else today, clock_time))


def placed(wall: datetime) -> datetime:
    """Return a wall-clock time of the office as a moment in UTC, or ask which is meant."""
    first, second = (wall.replace(tzinfo=OFFICE_ZONE, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    earlier, later = sorted((first, second))
    template = (
        N_("{time} exists twice on {day}: the clock goes back an hour. Which one is it?")
        if first < second
        else N_("{time} does not exist on {day}: the clock goes forward an hour. Which one is it?")
    )
    problem = message(template, time=f"{wall:%H:%M}", day=wall.date())
    raise WhichMomentError(problem, earlier, later)


def read_number(text: str) -> int:
    """Read a whole number, thousands grouped or not."""
    words = text.strip()
    if _GROUPED.fullmatch(words):
        words = re.sub("[., ]", "", words)
    try:
        return int(words)
    except ValueError as error:
        raise ReadingError(message(N_("Write a whole number, in digits."))) from error


def read_period(text: str) -> str:
    """Turn '7 jaar', '180 days' or '1 jaar en 6 maanden' into ISO 8601; else return it as typed.

    Whether the result is a period is for the law to say (`law.period.Period.parse`).
    """
    words = _tidied(text)
    place, found = 0, {}
    while match := _PERIOD_PART.match(words, place):
        if match.end() == place:
            break
        found[_UNITS[match[2][0]]] = match[1]
        place = match.end()
    if not found or place < len(words):
        return text.strip().upper() if words.startswith("p") else text.strip()
    return "P" + "".join(f"{found[unit]}{unit}" for unit in "YMWD" if unit in found)


def read_month_day(text: str) -> str:
    """Read a day of every year, such as '31-12' or '31 dec', as `MM-DD`."""
    words = _tidied(text)
    leap = date(2024, 1, 1)
    numbers = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", words)
    if numbers and int(numbers[2]) > MONTHS:
        words = f"{numbers[2]}-{numbers[1]}"
    found = read_day(words, leap)
    return f"{found:%m-%d}"


def _tidied(text: str) -> str:
    return " ".join(text.strip().casefold().split())


def _without_weekday(words: str) -> tuple[int | None, str]:
    first, _space, rest = words.partition(" ")
    if not rest or not _WEEKDAY_WORD.fullmatch(first.rstrip(".,")):
        return None, words
    names = (*_WEEKDAYS, *_WEEKEND)
    found = next((n for n, (dutch, english) in enumerate(names) if first[:3] == english), None)
    if found is None:
        found = next(n for n, (dutch, english) in enumerate(names) if first[:2] == dutch)
    return found, rest


def _day_parts(words: str, today: date) -> tuple[int, int, int] | None:
    if match := _ISO_DAY.fullmatch(words):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMBERS.fullmatch(words):
        return _year(match[3], today), int(match[2]), int(match[1])
    if (match := _DAY_FIRST.fullmatch(words)) and match[2][:3] in _MONTH_OF:
        return _year(match[3], today), _MONTH_OF[match[2][:3]], int(match[1])
    if (match := _MONTH_FIRST.fullmatch(words)) and match[1][:3] in _MONTH_OF:
        return _year(match[3], today), _MONTH_OF[match[1][:3]], int(match[2])
    return None


def _year(written: str | None, today: date) -> int:
    if written is None:
        return today.year
    if len(written) > SEVERAL:
        return int(written)
    century = today.year // 100 * 100
    near = century + int(written)
    return near if near <= today.year + YEARS_AHEAD else near - 100


def _existing(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ReadingError(
            message(
                N_("Write a year between {first} and {last}."),
                first=str(FIRST_YEAR),
                last=str(LAST_YEAR),
            )
        )
    if not 1 <= month <= MONTHS:
        raise ReadingError(message(N_("There is no month {month}."), month=month))
    longest = monthrange(year, month)[1]
    if not 1 <= day <= longest:
        raise ReadingError(
            message(
                N_("This day does not exist: that month ends on {last}."),
                last=date(year, month, longest),
            )
        )
    return date(year, month, day)


def _with_offset(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.strip()).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ReadingError(_no_moment()) from error


def _time_in(words: str) -> tuple[time, str]:
    match = _TIME.search(words)
    if match is None:
        raise ReadingError(_no_moment())
    hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        return time(hour, minute, second), words[: match.start()].rstrip(" ,")
    except ValueError as error:
        raise ReadingError(
            message(N_("This time does not exist; a day runs from 00:00 to 23:59."))
        ) from error


def _no_moment() -> Message:
    return message(N_("Write day and time, such as 31-12-2026 17:30."))
