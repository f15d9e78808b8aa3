"""Every holiday from 1900 to 2999, against dates reckoned another way."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.easter import easter as easter_of_dateutil
from hypothesis import given

from privreg import formats
from privreg.law.holidays import (
    easter,
    holidays,
    is_working_day,
    knows_holidays_of,
    next_working_day,
    shift_steps,
)
from tests.law.cases import days, random_cases

YEARS = range(1900, 3000)


def moving(year: int) -> set[date]:
    """Good Friday, Easter Monday, Ascension Day and Whit Monday."""
    return {easter_of_dateutil(year) + timedelta(days=days) for days in (-2, 1, 39, 50)}


def monarchs_day(year: int) -> date:
    """As the history books have it: the day, and where it goes when that is a Sunday."""
    if year <= 1948:
        return moved_from_sunday(date(year, 8, 31), date(year, 9, 1))
    if year <= 1979:
        return moved_from_sunday(date(year, 4, 30), date(year, 5, 1))
    if year <= 2013:
        return moved_from_sunday(date(year, 4, 30), date(year, 4, 29))
    return moved_from_sunday(date(year, 4, 27), date(year, 4, 26))


def moved_from_sunday(day: date, otherwise: date) -> date:
    return otherwise if day.isoweekday() == 7 else day


def dutch_holidays(year: int) -> set[date]:
    fixed = {date(year, month, day) for month, day in ((1, 1), (5, 5), (12, 25), (12, 26))}
    return fixed | moving(year) | {monarchs_day(year)}


@pytest.mark.parametrize("century", range(1900, 3000, 100))
def test_the_dutch_holidays_of_every_year(century: int) -> None:
    for year in range(century, century + 100):
        assert easter(year) == easter_of_dateutil(year)
        assert set(holidays(year)) == dutch_holidays(year), year


@pytest.mark.parametrize("century", range(1900, 3000, 100))
def test_the_german_holidays_of_every_year(century: int) -> None:
    for year in range(century, century + 100):
        unity = {date(year, 10, 3)} if year >= 1990 else set()
        fixed = {date(year, month, day) for month, day in ((1, 1), (5, 1), (12, 25), (12, 26))}
        assert set(holidays(year, "DE")) == fixed | moving(year) | unity


def test_the_holidays_of_2026_by_name() -> None:
    expected = {
        date(2026, 1, 1): "New Year's Day",
        date(2026, 4, 3): "Good Friday",
        date(2026, 4, 6): "Easter Monday",
        date(2026, 4, 27): "King's Day",
        date(2026, 5, 5): "Liberation Day",
        date(2026, 5, 14): "Ascension Day",
        date(2026, 5, 25): "Whit Monday",
        date(2026, 12, 25): "Christmas Day",
        date(2026, 12, 26): "Second day of Christmas",
    }
    assert {day: name.template for day, name in holidays(2026).items()} == expected


def test_kings_day_is_a_day_earlier_when_it_is_a_sunday() -> None:
    assert date(2025, 4, 26) in holidays(2025)
    assert date(2025, 4, 27) not in holidays(2025)


def test_liberation_day_is_a_holiday_every_year_and_not_every_fifth() -> None:
    assert all(date(year, 5, 5) in holidays(year) for year in YEARS)


@random_cases
@given(days)
def test_the_next_working_day_is_the_first_that_is_no_weekend_and_no_holiday(day: date) -> None:
    found = next_working_day(day)
    free = day
    while free < found:
        assert free.isoweekday() > 5 or free in dutch_holidays(free.year)
        free += timedelta(days=1)
    assert found.isoweekday() <= 5
    assert found not in dutch_holidays(found.year)
    assert len(shift_steps(day)) == (found - day).days


def test_elsewhere_only_the_weekend_is_known() -> None:
    assert not knows_holidays_of("FR")
    assert is_working_day(date(2026, 12, 25), "FR")
    assert next_working_day(date(2026, 12, 26), "FR") == date(2026, 12, 28)


def test_in_germany_the_third_of_october_is_free_and_kings_day_is_not() -> None:
    assert not is_working_day(date(2025, 10, 3), "DE")
    assert is_working_day(date(2026, 4, 27), "DE")


def test_a_holiday_is_named_with_its_source() -> None:
    (step,) = shift_steps(date(2026, 4, 27))
    assert step.args["holiday"] == holidays(2026)[date(2026, 4, 27)]
    assert "Algemene termijnenwet" in formats.text(step)
