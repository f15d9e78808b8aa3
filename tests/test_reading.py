"""What people type is read as they meant it, or refused with a sentence."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privreg import formats
from privreg.clock import OFFICE_ZONE
from privreg.law.period import Period
from privreg.reading import (
    ReadingError,
    WhichMomentError,
    read_day,
    read_moment,
    read_month_day,
    read_number,
    read_period,
)
from privreg.translation import LANGUAGES, use_language

TODAY = date(2026, 4, 3)
NOW = datetime(2026, 4, 3, 15, 30, 12, tzinfo=UTC)
DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))


def test_a_short_year_is_at_most_twenty_years_ahead() -> None:
    assert read_day("3-4-46", TODAY) == date(2046, 4, 3)
    assert read_day("3-4-47", TODAY) == date(1947, 4, 3)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3-4", date(2026, 4, 3)),
        ("3/4", date(2026, 4, 3)),
        ("03.04.2026", date(2026, 4, 3)),
        ("3 4 26", date(2026, 4, 3)),
        ("31-12-2026", date(2026, 12, 31)),
        ("2026-12-31", date(2026, 12, 31)),
        ("3 apr 2026", date(2026, 4, 3)),
        ("3apr", date(2026, 4, 3)),
        ("3 april", date(2026, 4, 3)),
        ("1 mrt 2026", date(2026, 3, 1)),
        ("1 maart 2026", date(2026, 3, 1)),
        ("1 mei", date(2026, 5, 1)),
        ("1 okt", date(2026, 10, 1)),
        ("April 3, 2026", date(2026, 4, 3)),
        ("vr 3 apr 2026", date(2026, 4, 3)),
        ("vrijdag 3-4-2026", date(2026, 4, 3)),
        ("Friday 3 April 2026", date(2026, 4, 3)),
        ("5-5-85", date(1985, 5, 5)),
        ("29-2-2024", date(2024, 2, 29)),
        ("gisteren", date(2026, 4, 2)),
        ("Eergisteren", date(2026, 4, 1)),
        ("vandaag", TODAY),
        ("tomorrow", date(2026, 4, 4)),
        ("  3-4  ", TODAY),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, meant: date) -> None:
    assert read_day(typed, TODAY) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *("31-4-2026", "29-2-2026", "0-1-2026", "32-1", "3-13", "1-1-1899", "1-1-3000"),
        *("blah", "3", "3-", "ma 3 apr 2026", "31-12-2026-1", "3-4-202", "٣-٤", "1e5", ""),
    ],
)
def test_an_impossible_day_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ReadingError) as refused:
        read_day(typed, TODAY)
    assert formats.text(refused.value.problem).endswith(".")


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=DAYS)
def test_every_day_that_is_written_out_is_read_back(language: str, day: date) -> None:
    use_language(language)
    for written in (formats.day(day), day.isoformat(), formats.short_day(day)):
        assert read_day(written, TODAY) == day


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(typed: str) -> None:
    for read in (
        lambda: read_day(typed, TODAY),
        lambda: read_moment(typed, NOW),
        lambda: read_number(typed),
        lambda: read_month_day(typed),
        lambda: read_period(typed),
    ):
        with suppress(ReadingError):
            read()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3-4 17:30", datetime(2026, 4, 3, 15, 30, tzinfo=UTC)),
        ("3 apr 2026 17.30", datetime(2026, 4, 3, 15, 30, tzinfo=UTC)),
        ("3 april 2026, 17:30", datetime(2026, 4, 3, 15, 30, tzinfo=UTC)),
        ("17:30", datetime(2026, 4, 3, 15, 30, tzinfo=UTC)),
        ("17u30", datetime(2026, 4, 3, 15, 30, tzinfo=UTC)),
        ("9 uur", datetime(2026, 4, 3, 7, tzinfo=UTC)),
        ("gisteren 9u15", datetime(2026, 4, 2, 7, 15, tzinfo=UTC)),
        ("2026-04-03T17:30", datetime(2026, 4, 3, 15, 30, tzinfo=UTC)),
        ("2026-04-03T17:30+02:00", datetime(2026, 4, 3, 15, 30, tzinfo=UTC)),
        ("2026-04-03T15:30Z", datetime(2026, 4, 3, 15, 30, tzinfo=UTC)),
        ("3-1-2026 17:30", datetime(2026, 1, 3, 16, 30, tzinfo=UTC)),
        ("nu", datetime(2026, 4, 3, 15, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_the_zone_of_the_office(typed: str, meant: datetime) -> None:
    assert read_moment(typed, NOW) == meant


@pytest.mark.parametrize("typed", ["3-4", "3-4 25:00", "3-4 12:60", "3-4 half vijf", "", "3.4"])
def test_an_impossible_moment_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ReadingError) as refused:
        read_moment(typed, NOW)
    assert formats.text(refused.value.problem).endswith(".")


@pytest.mark.parametrize(
    ("typed", "hours"),
    [("25-10-2026 2:30", ("02:30", "02:30")), ("29-3-2026 2:30", ("01:30", "03:30"))],
)
def test_a_time_that_a_clock_change_skips_or_repeats_asks_which(
    typed: str, hours: tuple[str, str]
) -> None:
    with pytest.raises(WhichMomentError) as asked:
        read_moment(typed, NOW)
    both = (asked.value.earlier, asked.value.later)
    assert both[1] - both[0] == timedelta(hours=1)
    assert tuple(f"{each.astimezone(OFFICE_ZONE):%H:%M}" for each in both) == hours
    assert all(each.tzinfo is UTC for each in both)


MOMENTS = st.datetimes(
    datetime(1950, 1, 1),  # noqa: DTZ001  (the strategy adds the zone)
    datetime(2999, 12, 30),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(MOMENTS)
def test_every_moment_that_is_written_out_is_read_back(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    assert moment in moments_meant(formats.moment(moment))


def moments_meant(typed: str) -> tuple[datetime, ...]:
    """Return the moment that was meant, or the two of which one was."""
    try:
        return (read_moment(typed, NOW),)
    except WhichMomentError as asked:
        return asked.earlier, asked.later


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("12", 12), ("1.234", 1234), ("1,234,567", 1234567), ("1 234", 1234), ("-3", -3)],
)
def test_a_whole_number_is_read(typed: str, meant: int) -> None:
    assert read_number(typed) == meant


@pytest.mark.parametrize("typed", ["1.5", "1.23", "twaalf", "12a", "1.234,567", "9" * 5000])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(ReadingError):
        read_number(typed)


@given(st.integers(0, 10**12))
def test_every_number_that_is_written_out_is_read_back(number: int) -> None:
    assert read_number(formats.number(number)) == number


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7 jaar", "P7Y"),
        ("7 years", "P7Y"),
        ("1 jaar en 6 maanden", "P1Y6M"),
        ("160 weken", "P160W"),
        ("2 weeks", "P2W"),
        ("180 dagen", "P180D"),
        ("1 dag", "P1D"),
        ("6m", "P6M"),
        ("p7y", "P7Y"),
    ],
)
def test_a_period_is_read_in_words(typed: str, meant: str) -> None:
    assert read_period(typed) == meant


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("period", ["P7Y", "P1Y6M", "P160W", "P180D", "P1D", "P1Y2M3D"])
def test_a_period_written_in_words_is_read_back(language: str, period: str) -> None:
    use_language(language)
    assert read_period(formats.text(Period.parse(period).message)) == period


@pytest.mark.parametrize("typed", ["zeven jaar", "-P1Y", "P1H", "7", "jaar"])
def test_what_is_no_period_is_left_for_the_law_to_refuse(typed: str) -> None:
    assert read_period(typed).casefold() == typed.casefold()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("31-12", "12-31"), ("12-31", "12-31"), ("31 dec", "12-31"), ("29-2", "02-29")],
)
def test_a_day_of_every_year_is_read(typed: str, meant: str) -> None:
    assert read_month_day(typed) == meant
