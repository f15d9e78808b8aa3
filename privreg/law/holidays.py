"""Working days: Algemene termijnenwet, article 3, and Regulation 1182/71, article 2.

The Dutch days are those of the Algemene termijnenwet as it reads now, 5 May every year
and Good Friday included, with the day of the monarch as it was celebrated. For Germany
the days that are free in every state are known; of other countries none.

The King may equate further days with a holiday (article 3(3) of that act). That holds for
terms of Dutch acts. Whether such a day is a public holiday under Regulation 1182/71 is not
known, so the terms of the GDPR do not move for it: a day early is safe, a day late is not.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from privreg.law.period import day_after
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

SATURDAY = 5
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class MonarchsDay:
    """On which day the birthday of the monarch is celebrated, from a year on."""

    from_year: int
    month: int
    day: int
    days_from_sunday: int
    name: str


MONARCHS_DAYS = (
    MonarchsDay(1891, 8, 31, +1, N_("Queen's Day")),
    MonarchsDay(1949, 4, 30, +1, N_("Queen's Day")),
    MonarchsDay(1980, 4, 30, -1, N_("Queen's Day")),
    MonarchsDay(2014, 4, 27, -1, N_("King's Day")),
)

GERMAN_UNITY_FROM = 1990

EQUATED_DAYS = frozenset(  # The decrees for 2023-2025 and 2026-2028, read in a secondary source
    {
        date(2023, 4, 28),
        date(2023, 5, 19),
        date(2024, 5, 10),
        date(2024, 12, 27),
        date(2025, 5, 30),
        date(2026, 1, 2),
        date(2026, 5, 15),
        date(2027, 5, 7),
        date(2028, 4, 28),
        date(2028, 5, 26),
    }
)


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar, reckoned as if it always held.

    The tables of 1582 in one piece: `century` corrections for leap years and the moon,
    `moon` the days from 21 March to the full moon, then on to the next Sunday.
    """
    golden = year % 19
    century = year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


def _monarchs_day(year: int) -> dict[date, str]:
    known = [row for row in MONARCHS_DAYS if row.from_year <= year]
    if not known:
        return {}
    row = known[-1]
    day = date(year, row.month, row.day)
    if day.weekday() == SUNDAY:
        day += timedelta(days=row.days_from_sunday)
    return {day: row.name}


def _moving(year: int) -> dict[date, str]:
    sunday = easter(year)
    return {
        sunday - timedelta(days=2): N_("Good Friday"),
        sunday + timedelta(days=1): N_("Easter Monday"),
        sunday + timedelta(days=39): N_("Ascension Day"),
        sunday + timedelta(days=50): N_("Whit Monday"),
    }


def _fixed(year: int) -> dict[date, str]:
    return {
        date(year, 1, 1): N_("New Year's Day"),
        date(year, 12, 25): N_("Christmas Day"),
        date(year, 12, 26): N_("Second day of Christmas"),
    }


def _dutch(year: int) -> dict[date, str]:
    liberation = {date(year, 5, 5): N_("Liberation Day")}
    return liberation | _monarchs_day(year) | _moving(year) | _fixed(year)


def _german(year: int) -> dict[date, str]:
    unity = {date(year, 10, 3): N_("Day of German Unity")} if year >= GERMAN_UNITY_FROM else {}
    return {date(year, 5, 1): N_("Labour Day")} | unity | _moving(year) | _fixed(year)


CALENDARS: Mapping[str, Callable[[int], dict[date, str]]] = {"NL": _dutch, "DE": _german}

SOURCES: Mapping[str, Message] = {
    "NL": Message(N_("Algemene termijnenwet, article 3")),
    "DE": Message(N_("the holidays that hold in all of Germany, not those of one state")),
}


@lru_cache(maxsize=512)
def holidays(year: int, country: str = "NL") -> Mapping[date, Message]:
    """Return the holidays of a year with their names; empty where the country is not known."""
    calendar = CALENDARS.get(country)
    days = calendar(year) if calendar else {}
    return {day: Message(name) for day, name in sorted(days.items())}


def knows_holidays_of(country: str) -> bool:
    """Whether the holidays of a country (ISO 3166, two letters) are known here."""
    return country in CALENDARS


def is_working_day(day: date, country: str = "NL") -> bool:
    """Whether a day is no Saturday, Sunday or known holiday (Regulation 1182/71, article 2(2))."""
    return day.weekday() < SATURDAY and day not in holidays(day.year, country)


def next_working_day(
    day: date, country: str = "NL", *, equated: Collection[date] = frozenset()
) -> date:
    """Return the day itself if it is a working day, otherwise the first one after it.

    `equated` are days that count as holidays besides.
    """
    while not is_working_day(day, country) or day in equated:
        day = day_after(day)
    return day


def why_not_working(
    day: date, country: str = "NL", *, equated: Collection[date] = frozenset()
) -> Message | None:
    """Say why a day is no working day, or nothing when it is one."""
    name = holidays(day.year, country).get(day)
    if name is not None:
        return message(
            N_("{day} is {holiday} ({source})."), day=day, holiday=name, source=SOURCES[country]
        )
    if day.weekday() == SATURDAY:
        return message(N_("{day} is a Saturday."), day=day)
    if day.weekday() == SUNDAY:
        return message(N_("{day} is a Sunday."), day=day)
    if day in equated:
        return message(
            N_("{day} is equated with a holiday (Algemene termijnenwet, article 3(3))."), day=day
        )
    return None


def shift_steps(
    day: date, country: str = "NL", *, equated: Collection[date] = frozenset()
) -> tuple[Message, ...]:
    """Say why a term that ends on a day runs on (Regulation 1182/71, article 3(4))."""
    steps: list[Message] = []
    reason = why_not_working(day, country, equated=equated)
    while reason is not None:
        steps.append(reason)
        day = day_after(day)
        reason = why_not_working(day, country, equated=equated)
    return tuple(steps)
