"""How many random cases a property is tried on: a thousand, in the long run ten thousand."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from privreg.law.period import MonthDay, Period
from tests.effort import CASES, IS_LONG

random_cases = settings(
    max_examples=CASES,
    derandomize=not IS_LONG,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

FIRST_MOMENT = datetime(1900, 1, 1, tzinfo=UTC)
any_moments = st.timedeltas(timedelta(), datetime(2999, 12, 28, tzinfo=UTC) - FIRST_MOMENT).map(
    lambda since: FIRST_MOMENT + since
)

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)


def month_end(year: int, month: int) -> date:
    """Return a month's last day, found by stepping back from the first of the next."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


years = st.integers(FIRST_DAY.year, LAST_DAY.year)
leap_days = st.builds(
    lambda year: date(year, 2, 29),
    years.filter(lambda year: (year % 4 == 0 and year % 100 != 0) or year % 400 == 0),
)


def last_sunday(year: int, month: int) -> date:
    """Return the Sunday of a clock change, found by stepping back from the 31st."""
    day = date(year, month, 31)
    while day.isoweekday() != 7:
        day -= timedelta(days=1)
    return day


def clock_change(year: int, month: int) -> datetime:
    """Return one o'clock in the night UTC, on the last Sunday of March or October."""
    day = last_sunday(year, month)
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


around_a_change = st.timedeltas(timedelta(hours=-75), timedelta(hours=3))
moments = st.one_of(
    any_moments,
    st.builds(
        lambda year, month, away: clock_change(year, month) + away,
        st.integers(1996, LAST_DAY.year),
        st.sampled_from((3, 10)),
        around_a_change,
    ),
    st.builds(lambda year, away: datetime(year, 3, 1, tzinfo=UTC) + away, years, around_a_change),
    st.builds(
        lambda year, away: datetime(year, 1, 1, tzinfo=UTC) + away,
        st.integers(FIRST_DAY.year + 1, LAST_DAY.year),
        around_a_change,
    ),
)
month_ends = st.builds(month_end, years, st.integers(1, 12))
days = st.one_of(st.dates(FIRST_DAY, LAST_DAY), leap_days, month_ends)

periods = st.one_of(
    st.builds(Period, years=st.integers(0, 50), months=st.integers(0, 40)),
    st.builds(Period, years=st.integers(0, 30)),
    st.builds(Period, weeks=st.integers(0, 500)),
    st.builds(Period, days=st.integers(0, 9000)),
    st.builds(Period, years=st.integers(0, 9), months=st.integers(0, 30), days=st.integers(0, 400)),
)
book_year_ends = st.one_of(
    st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: MonthDay(day.month, day.day)),
    st.integers(1, 12).map(lambda month: MonthDay(month, month_end(2024, month).day)),
    st.just(MonthDay(2, 28)),
)
