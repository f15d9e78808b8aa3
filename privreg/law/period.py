"""Periods and how they end: Regulation (EEC, Euratom) 1182/71, article 3.

A period is written as ISO 8601 has it: `P180D`, `P160W`, `P6M`, `P7Y`, `P1Y6M`, `P0D`.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from privreg.translation import N_, Message, message, messages

MONTHS_PER_YEAR = 12
COMMON_YEAR = 2023
LEAP_YEAR = 2024

MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)

_PERIOD = re.compile(
    r"P(?=[0-9])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?", re.ASCII
)
_LONGEST_NUMBER = 6
_MONTH_DAY = re.compile(r"(?:--)?([0-9]{2})-([0-9]{2})", re.ASCII)


class PeriodError(ValueError):
    """A period or its end that cannot be reckoned; `problem` says why and what to write."""

    def __init__(self, problem: Message) -> None:
        self.problem = problem
        super().__init__(problem.template)


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in calendar units; the empty period ends on its starting day."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if min(self.years, self.months, self.weeks, self.days) < 0:
            raise PeriodError(message(N_("A period cannot be negative.")))
        if self.weeks and (self.years or self.months or self.days):
            raise PeriodError(
                message(N_("Weeks stand alone in a period; write the rest in weeks or in days."))
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an ISO 8601 period of years, months, weeks or days; raises `PeriodError`."""
        match = _PERIOD.fullmatch(text.strip().upper())
        if match is None:
            raise PeriodError(_unreadable(text))
        if any(len(number) > _LONGEST_NUMBER for number in match.groups("")):
            raise PeriodError(_too_long())
        return cls(*(int(number) for number in match.groups("0")))

    def __str__(self) -> str:
        """Return the period as ISO 8601 has it."""
        parts = ((self.years, "Y"), (self.months, "M"), (self.weeks, "W"), (self.days, "D"))
        return "P" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0D")

    @property
    def message(self) -> Message:
        """The period in words: '1 year and 6 months'."""
        parts = [part for part in self._parts() if part.args["count"]]
        if not parts:
            return Message(N_("no time at all"))
        whole = parts[0]
        for part in parts[1:]:
            whole = message(N_("{period} and {rest}"), period=whole, rest=part)
        return whole

    def _parts(self) -> tuple[Message, ...]:
        return (
            messages(N_("{count} year"), N_("{count} years"), self.years),
            messages(N_("{count} month"), N_("{count} months"), self.months),
            messages(N_("{count} week"), N_("{count} weeks"), self.weeks),
            messages(N_("{count} day"), N_("{count} days"), self.days),
        )

    @property
    def is_empty(self) -> bool:
        """Whether it ends on its starting day, as `P0D` does."""
        return not (self.years or self.months or self.weeks or self.days)

    @property
    def whole_months(self) -> int:
        """Years and months together, in months."""
        return self.years * MONTHS_PER_YEAR + self.months

    @property
    def is_whole_years(self) -> bool:
        """Whether nothing but years remains, months counted by the dozen."""
        return not (self.whole_months % MONTHS_PER_YEAR or self.weeks or self.days)


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day that comes back every year, such as the end of a book year.

    The 28th and the 29th of February both stand for the last day of February.
    """

    month: int
    day: int

    def __post_init__(self) -> None:
        try:
            date(LEAP_YEAR, self.month, self.day)
        except ValueError as error:
            raise PeriodError(
                message(N_("A book year ends on a month and a day that exist, such as 12-31."))
            ) from error

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `MM-DD`; raises `PeriodError`."""
        match = _MONTH_DAY.fullmatch(text.strip())
        if match is None:
            raise PeriodError(
                message(
                    N_("'{text}' is no end of a book year; write month and day, such as 12-31."),
                    text=shortened(text),
                )
            )
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        """Return `MM-DD`."""
        return f"{self.month:02d}-{self.day:02d}"

    @property
    def is_month_end(self) -> bool:
        """Whether it is the last day of its month."""
        return self.day >= _days_in(COMMON_YEAR, self.month)

    def in_year(self, year: int) -> date:
        """Return the day in one year."""
        last = _days_in(year, self.month)
        return date(year, self.month, last if self.is_month_end else self.day)

    def first_from(self, start: date) -> date:
        """Return the end of the book year in which a day falls; raises `PeriodError`."""
        this_year = self.in_year(start.year)
        if start <= this_year:
            return this_year
        if start.year == date.max.year:
            raise PeriodError(_too_long())
        return self.in_year(start.year + 1)


def ends_on(start: date, period: Period, *, on_month_end: bool = False) -> date:
    """Return the last day of a period; the starting day itself does not count (article 3(1)).

    Years and months are added together; where that date does not exist, the last day of
    that month counts (article 3(2)(c)). Saturdays, Sundays and holidays are included and
    move nothing here (article 3(3)). `on_month_end` makes a period of whole years end on
    the last day of the month, as a book year does. Raises `PeriodError` beyond year 9999.
    """
    try:
        end = _months_later(start, period.whole_months)
        if on_month_end and period.is_whole_years:
            end = end.replace(day=_days_in(end.year, end.month))
        return end + timedelta(weeks=period.weeks, days=period.days)
    except (OverflowError, ValueError) as error:
        raise PeriodError(_too_long()) from error


def day_after(day: date) -> date:
    """Return the next day; raises `PeriodError` after the last day that can be written."""
    if day == date.max:
        raise PeriodError(_too_long())
    return day + timedelta(days=1)


def steps(start: date, period: Period, end: date) -> tuple[Message, ...]:
    """Say how a period was counted: from when, how long, and where a date does not exist."""
    if period.is_empty:
        return (message(N_("No period runs: it ends on {start} itself."), start=start),)
    counted = message(
        N_(
            "The period of {period} is counted from {start}; that day itself does not count "
            "(Regulation 1182/71, article 3(1))."
        ),
        period=period.message,
        start=start,
    )
    if not period.whole_months:
        return (counted,)
    reached = _months_later(start, period.whole_months)
    missing = () if reached.day == start.day else (_missing(start, reached),)
    if period.days:
        return (counted, *missing, _further_days(period.days, reached, end))
    if reached != end:
        return (counted, _moved_to_month_end(end))
    return (counted, *missing)


def _further_days(days: int, reached: date, end: date) -> Message:
    return message(
        N_("From {reached} {days} more: {end}."),
        reached=reached,
        days=messages(N_("{count} day"), N_("{count} days"), days),
        end=end,
    )


def _moved_to_month_end(end: date) -> Message:
    return message(
        N_("The book year ends on the last day of its month, so this period does too: {end}."),
        end=end,
    )


def _missing(start: date, reached: date) -> Message:
    return message(
        N_(
            "There is no {day} {month} in {year}, so the last day of that month counts: {end} "
            "(Regulation 1182/71, article 3(2)(c))."
        ),
        day=str(start.day),
        month=Message(MONTHS[reached.month - 1]),
        year=str(reached.year),
        end=reached,
    )


def _months_later(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, MONTHS_PER_YEAR)
    year = start.year + years
    if year > date.max.year:
        raise PeriodError(_too_long())
    return date(year, month + 1, min(start.day, _days_in(year, month + 1)))


def _days_in(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def shortened(text: str) -> str:
    """Return what a user wrote, cut off where a sentence would drown in it."""
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004


def _unreadable(text: str) -> Message:
    if text.strip().upper().startswith("-P"):
        return message(N_("A period cannot be negative."))
    if not text.strip():
        return message(N_("A period is missing; write for example P7Y, P6M, P4W or P180D."))
    return message(
        N_(
            "'{text}' is no period in whole years, months, weeks or days; "
            "write for example P7Y, P6M, P4W or P180D."
        ),
        text=shortened(text),
    )


def _too_long() -> Message:
    return message(N_("This period is too long: it would end after the year 9999."))
