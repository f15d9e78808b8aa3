"""Periods end where another way of counting says they end."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from privreg import formats
from privreg.law.period import MonthDay, Period, PeriodError, ends_on
from privreg.law.retention import CountedFrom, keep, latest_start_due
from tests.law.cases import book_year_ends, days, month_end, periods, random_cases


def counted_otherwise(start: date, period: Period) -> date:
    """Add years and months with dateutil, then walk the rest day by day."""
    reached = start + relativedelta(years=period.years, months=period.months)
    for _day in range(period.weeks * 7 + period.days):
        reached += timedelta(days=1)
    return reached


def book_year_end_after(start: date, end: MonthDay) -> date:
    """Walk day by day to the end of the book year."""
    day = start
    while not ends_book_year(day, end):
        day += timedelta(days=1)
    return day


def ends_book_year(day: date, end: MonthDay) -> bool:
    tomorrow = day + timedelta(days=1)
    if end.month == 2 and end.day >= 28:
        return day.month == 2 and tomorrow.month == 3
    return (day.month, day.day) == (end.month, end.day)


@random_cases
@given(days, periods)
@example(date(2024, 2, 29), Period(years=1))
@example(date(2023, 8, 31), Period(years=1, months=6))
def test_a_period_from_a_day_ends_as_dateutil_says(start: date, period: Period) -> None:
    kept = keep(start, period)
    assert kept.keep_through == counted_otherwise(start, period)
    assert kept.dispose_from == kept.keep_through + timedelta(days=1)
    assert kept.counted_from == start


@random_cases
@given(days, periods, book_year_ends)
@example(date(2023, 2, 28), Period(years=1), MonthDay(2, 28))
@example(date(2024, 2, 29), Period(years=1), MonthDay(2, 29))
def test_a_period_from_the_book_year_ends_where_walking_says(
    start: date, period: Period, end: MonthDay
) -> None:
    kept = keep(start, period, counted_from=CountedFrom.BOOK_YEAR, book_year_end=end)
    first = book_year_end_after(start, end)
    reached = counted_otherwise(first, period)
    is_whole_years = not (period.months % 12 or period.weeks or period.days)
    if is_whole_years and (first + timedelta(days=1)).day == 1:
        reached = month_end(reached.year, reached.month)
    assert kept.counted_from == first
    assert kept.keep_through == reached


@random_cases
@given(days, periods)
def test_a_period_from_the_calendar_year_is_one_from_a_book_year_that_ends_in_december(
    start: date, period: Period
) -> None:
    by_calendar = keep(start, period, counted_from=CountedFrom.CALENDAR_YEAR)
    by_book = keep(
        start, period, counted_from=CountedFrom.BOOK_YEAR, book_year_end=MonthDay(12, 31)
    )
    assert by_calendar.keep_through == by_book.keep_through
    assert by_calendar.counted_from == date(start.year, 12, 31)


@random_cases
@given(days, periods, st.none() | book_year_ends)
def test_what_is_due_on_a_day_started_by_the_latest_start_and_not_a_day_later(
    day: date, period: Period, end: MonthDay | None
) -> None:
    counted_from = CountedFrom.DAY if end is None else CountedFrom.BOOK_YEAR
    found = latest_start_due(day, period, counted_from, end)
    if found is None:
        assert day.year - period.years < 100
        return
    assert keep(found, period, counted_from=counted_from, book_year_end=end).dispose_from <= day
    later = found + timedelta(days=1)
    assert keep(later, period, counted_from=counted_from, book_year_end=end).dispose_from > day


@random_cases
@given(days, periods, st.none() | book_year_ends)
def test_a_later_start_never_ends_earlier(
    start: date, period: Period, end: MonthDay | None
) -> None:
    counted_from = CountedFrom.DAY if end is None else CountedFrom.BOOK_YEAR
    one = keep(start, period, counted_from=counted_from, book_year_end=end)
    next_day = start + timedelta(days=1)
    other = keep(next_day, period, counted_from=counted_from, book_year_end=end)
    assert one.keep_through <= other.keep_through


def test_nothing_is_due_before_the_first_day_that_can_be_written() -> None:
    assert latest_start_due(date.min, Period()) is None
    assert latest_start_due(date(100, 1, 1), Period(years=100)) is None
    assert latest_start_due(date.max, Period()) == date(9999, 12, 30)


@random_cases
@given(periods)
def test_a_period_reads_back_what_it_writes(period: Period) -> None:
    assert Period.parse(str(period)) == period


@random_cases
@given(st.text(max_size=12) | st.from_regex(r"\A[-+]?P[0-9YMWDTH.,]{0,10}\Z"))
def test_any_text_is_a_period_or_is_refused_with_a_sentence(text: str) -> None:
    period = read_or_refused(text)
    assert period is None or Period.parse(str(period)) == period


def read_or_refused(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except PeriodError as refused:
        sentence = formats.text(refused.problem)
    assert sentence.endswith(".")
    return None


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P180D", Period(days=180)),
        ("P160W", Period(weeks=160)),
        ("P6M", Period(months=6)),
        ("P7Y", Period(years=7)),
        ("P1Y6M", Period(years=1, months=6)),
        ("P1Y2M10D", Period(years=1, months=2, days=10)),
        ("P0D", Period()),
        ("P0Y", Period()),
        (" p7y ", Period(years=7)),
        ("P007Y", Period(years=7)),
    ],
)
def test_a_period_is_read(text: str, period: Period) -> None:
    assert Period.parse(text) == period


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "P", "-P1Y", "P-1Y", "+P1Y", "P1H", "PT1H", "P1DT1H", "P1.5Y", "P1,5Y", "1Y"),
        *("P1Y1Y", "P1D1Y", "P1W1D", "P1Y1W", "zeven jaar", "P\u0667Y", "P²Y"),
        f"P{'9' * 5000}Y",
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(PeriodError) as refused:
        Period.parse(text)
    assert len(formats.text(refused.value.problem)) < 200


def test_a_period_cannot_be_made_negative_or_of_weeks_and_days() -> None:
    with pytest.raises(PeriodError):
        Period(years=-1)
    with pytest.raises(PeriodError):
        Period(weeks=1, days=1)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(years=7), "7"),
        (Period(years=1, months=6), "1"),
        (Period(), ""),
    ],
)
def test_a_period_says_its_numbers_in_words(period: Period, words: str) -> None:
    said = formats.text(period.message)
    assert said
    assert words in said


@pytest.mark.parametrize("text", ["12-31", "06-30", "02-29", "--12-31", " 01-01 "])
def test_the_end_of_a_book_year_is_read(text: str) -> None:
    assert str(MonthDay.parse(text)) == text.strip().removeprefix("--")


@pytest.mark.parametrize("text", ["", "1-1", "31-12", "02-30", "04-31", "00-10", "12-00", "juni"])
def test_what_is_no_end_of_a_book_year_is_refused(text: str) -> None:
    with pytest.raises(PeriodError):
        MonthDay.parse(text)


@pytest.mark.parametrize("text", ["02-28", "02-29"])
@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2023, 3, 1), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2024, 2, 29)),
        (date(2023, 2, 28), date(2023, 2, 28)),
        (date(2024, 3, 1), date(2025, 2, 28)),
    ],
)
def test_the_end_of_february_is_its_last_day(text: str, start: date, end: date) -> None:
    assert MonthDay.parse(text).first_from(start) == end


def test_whole_years_from_the_end_of_february_end_on_the_last_day_of_february() -> None:
    kept = keep(
        date(2022, 5, 1),
        Period(years=1),
        counted_from=CountedFrom.BOOK_YEAR,
        book_year_end=MonthDay(2, 28),
    )
    assert kept.counted_from == date(2023, 2, 28)
    assert kept.keep_through == date(2024, 2, 29)


def test_twelve_months_count_as_a_whole_year() -> None:
    twelve = keep(
        date(2022, 5, 1),
        Period(months=12),
        counted_from=CountedFrom.BOOK_YEAR,
        book_year_end=MonthDay(2, 28),
    )
    assert twelve.keep_through == date(2024, 2, 29)


def test_months_from_a_book_year_end_on_the_same_date() -> None:
    kept = keep(
        date(2022, 5, 1),
        Period(months=6),
        counted_from=CountedFrom.BOOK_YEAR,
        book_year_end=MonthDay(6, 30),
    )
    assert kept.keep_through == date(2022, 12, 30)


def test_days_after_the_months_are_named_with_the_day_they_are_counted_from() -> None:
    steps = keep(date(2026, 1, 31), Period(months=1, days=40)).because
    assert formats.text(steps[1]).startswith("31 februari 2026 bestaat niet")
    assert formats.text(steps[2]) == "Vanaf 28-02-2026 nog 40 dagen: 09-04-2026."


@random_cases
@given(days, periods, st.none() | book_year_ends)
def test_the_steps_name_every_day_on_the_way_to_the_end(
    start: date, period: Period, end: MonthDay | None
) -> None:
    counted_from = CountedFrom.DAY if end is None else CountedFrom.BOOK_YEAR
    kept = keep(start, period, counted_from=counted_from, book_year_end=end)
    named = {each for step in kept.because for each in step.args.values()}
    reached = kept.counted_from + relativedelta(years=period.years, months=period.months)
    assert {kept.counted_from, kept.keep_through, kept.dispose_from} <= named
    if period.days and (period.years or period.months):
        assert reached in named
    assert (start in named) or period == Period()


def test_a_book_year_that_is_not_known_is_asked_for() -> None:
    with pytest.raises(PeriodError):
        keep(date(2022, 5, 1), Period(years=7), counted_from=CountedFrom.BOOK_YEAR)


@pytest.mark.parametrize(
    ("start", "period"),
    [
        (date(9999, 12, 31), Period()),
        (date(9999, 12, 30), Period(days=1)),
        (date(2026, 1, 1), Period(years=7974)),
        (date(2026, 1, 1), Period(years=999_999)),
        (date(2026, 1, 1), Period(weeks=999_999)),
        (date(2026, 1, 1), Period(days=999_999_999_999)),
    ],
)
def test_a_period_that_runs_out_of_the_calendar_is_refused(start: date, period: Period) -> None:
    with pytest.raises(PeriodError):
        keep(start, period)


def test_the_last_day_that_can_be_kept_is_the_one_before_the_last() -> None:
    assert keep(date(9999, 12, 30), Period()).dispose_from == date(9999, 12, 31)
    assert ends_on(date(9999, 12, 31), Period()) == date(9999, 12, 31)


def test_a_missing_date_is_explained() -> None:
    steps = keep(date(2024, 2, 29), Period(years=5)).because
    missing = [step for step in steps if "day" in step.args]
    assert missing[0].args["day"] == "29"
    assert missing[0].args["year"] == "2029"


def test_a_date_that_exists_is_not_explained_as_missing() -> None:
    steps = keep(date(2024, 2, 28), Period(years=5)).because
    assert not [step for step in steps if "day" in step.args]
