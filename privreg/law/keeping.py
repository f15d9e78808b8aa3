"""How long a period makes one keep: article 5(1)(e) GDPR, Regulation 1182/71, article 3.

Keeping terms never move for weekends or holidays.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from privreg.law import period as periods
from privreg.law.period import MonthDay, Period, PeriodError, day_after, ends_on
from privreg.law.rules import CountedFrom
from privreg.translation import N_, Message, message

CALENDAR_YEAR_END = MonthDay(12, 31)


@dataclass(frozen=True, slots=True)
class Kept:
    """The term of one period: `counted_from` is the day it is counted from.

    `keep_through` is the last day of keeping, `dispose_from` the day after it.
    """

    start: date
    counted_from: date
    keep_through: date
    dispose_from: date
    because: tuple[Message, ...]


def keep(
    start: date,
    period: Period,
    *,
    counted_from: CountedFrom = CountedFrom.DAY,
    book_year_end: MonthDay | None = None,
) -> Kept:
    """Return how long a period from a starting day makes one keep; raises `PeriodError`."""
    year_end = _year_end(counted_from, book_year_end)
    first = year_end.first_from(start) if year_end else start
    end = _end(start, period, year_end)
    dispose_from = day_after(end)
    because = (
        *_year_steps(start, first, counted_from),
        *periods.steps(first, period, end),
        message(
            N_("Keep through {keep_through}, dispose from {dispose_from}."),
            keep_through=end,
            dispose_from=dispose_from,
        ),
    )
    return Kept(start, first, end, dispose_from, because)


def latest_start_due(
    day: date,
    period: Period,
    counted_from: CountedFrom = CountedFrom.DAY,
    book_year_end: MonthDay | None = None,
) -> date | None:
    """Return the greatest starting day whose `dispose_from` is not after `day`, or None.

    The end is a monotone function of the start, so everything that started on this day or
    before is due on `day`, and nothing that started later.
    """
    year_end = _year_end(counted_from, book_year_end)
    limit = day.toordinal() - 1

    def ended(ordinal: int) -> int:
        try:
            return _end(date.fromordinal(ordinal), period, year_end).toordinal()
        except PeriodError:
            return date.max.toordinal() + 1

    ordinals = range(1, limit + 1)
    due = bisect_right(ordinals, limit, key=ended)
    return date.fromordinal(due) if due else None


def _year_end(counted_from: CountedFrom, book_year_end: MonthDay | None) -> MonthDay | None:
    if counted_from is CountedFrom.DAY:
        return None
    if counted_from is CountedFrom.CALENDAR_YEAR:
        return CALENDAR_YEAR_END
    if book_year_end is None:
        raise PeriodError(
            message(N_("The end of the book year is not known; enter it with the controller."))
        )
    return book_year_end


def _end(start: date, period: Period, year_end: MonthDay | None) -> date:
    if year_end is None:
        return ends_on(start, period)
    return ends_on(year_end.first_from(start), period, on_month_end=year_end.is_month_end)


def _year_steps(start: date, end: date, counted_from: CountedFrom) -> tuple[Message, ...]:
    if counted_from is CountedFrom.CALENDAR_YEAR:
        return (message(N_("{start} falls in the year that ends on {end}."), start=start, end=end),)
    if counted_from is CountedFrom.BOOK_YEAR:
        return (
            message(N_("{start} falls in the book year that ends on {end}."), start=start, end=end),
        )
    return ()
