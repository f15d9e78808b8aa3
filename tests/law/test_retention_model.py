"""What may be done with an item on a day, against a model that asks day by day."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from privreg import formats
from privreg.law.period import MonthDay, Period
from privreg.law.retention import (
    Bound,
    CountedFrom,
    HoldSpan,
    ItemStatus,
    Timer,
    resolve,
)
from tests.law.builders import a_timer
from tests.law.cases import random_cases

MONTHS_LONG = 4


@dataclass(frozen=True)
class Case:
    """Rules and holds on one item, and a day to ask about, all within a few years."""

    timers: list[Timer]
    holds: list[HoldSpan]
    day: date


periods_to_walk = st.one_of(
    st.builds(Period, months=st.integers(0, MONTHS_LONG)),
    st.builds(Period, days=st.integers(0, 90)),
    st.builds(Period, weeks=st.integers(0, 12)),
    st.builds(Period, years=st.integers(0, 2), months=st.sampled_from((0, 0, 1, 12))),
)
counts = st.sampled_from(
    [
        (CountedFrom.DAY, None),
        (CountedFrom.CALENDAR_YEAR, None),
        (CountedFrom.BOOK_YEAR, MonthDay(2, 29)),
        (CountedFrom.BOOK_YEAR, MonthDay(1, 31)),
        (CountedFrom.BOOK_YEAR, MonthDay(6, 30)),
    ]
)


days_on = st.integers(0, 180)
timers = st.tuples(counts, st.sampled_from(Bound), st.none() | days_on, st.none() | periods_to_walk)
holds = st.tuples(days_on, st.none() | days_on)


def first_day(year: int, near_a_leap_day: bool) -> date:
    """Return the first of November before a year, half of the time a leap year."""
    return date(year - (year % 4 if near_a_leap_day else 0), 1, 1) - timedelta(days=61)


first_days = st.builds(first_day, st.integers(1901, 2996), st.booleans())


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw an item of any year from 1900 to 2999, with its rules, its holds and a day."""
    first = draw(first_days)

    def on(days: int | None) -> date | None:
        return None if days is None else first + timedelta(days=days)

    return Case(
        [
            a_timer(
                bound=bound,
                starts_on=on(start),
                period=period,
                counted_from=counted_from,
                book_year_end=book_year_end,
            )
            for (counted_from, book_year_end), bound, start, period in draw(
                st.lists(timers, max_size=4)
            )
        ],
        [
            HoldSpan("claim", first + timedelta(days=since), until=on(until))
            for since, until in draw(st.lists(holds, max_size=2))
        ],
        first + timedelta(days=draw(st.integers(0, 1300))),
    )


@dataclass
class Model:
    """Asks of each timer on a day whether it is over, by walking there."""

    timers: list[Timer]

    def __post_init__(self) -> None:
        self.ends = {id(timer): self.end(timer) for timer in self.timers}

    def over(self, timer: Timer, day: date) -> bool | None:
        """Whether a timer's end lies before the day; None while nobody can say."""
        end = self.ends[id(timer)]
        return None if end is None else end < day

    def end(self, timer: Timer) -> date | None:
        """Walk to the last day of a timer; None where nobody can say."""
        if timer.period is None or timer.starts_on is None:
            return None
        first = timer.starts_on
        while not self.is_year_end(timer, first):
            first += timedelta(days=1)
        end = first + relativedelta(years=timer.period.years, months=timer.period.months)
        end += timedelta(days=timer.period.days + 7 * timer.period.weeks)
        while self.ends_with_its_month(timer, first) and (end + timedelta(days=1)).day != 1:
            end += timedelta(days=1)
        return end

    def ends_with_its_month(self, timer: Timer, first: date) -> bool:
        """Whether whole years run from a book year that ends with its month."""
        period = timer.period
        whole = period is not None and not (period.days or period.weeks or period.months % 12)
        is_end = (first + timedelta(days=1)).day == 1
        return whole and is_end and timer.counted_from is not CountedFrom.DAY

    def is_year_end(self, timer: Timer, day: date) -> bool:
        if timer.counted_from is CountedFrom.DAY:
            return True
        if timer.counted_from is CountedFrom.CALENDAR_YEAR:
            return (day.month, day.day) == (12, 31)
        following = day + timedelta(days=1)
        assert timer.book_year_end
        return following.day == 1 and day.month == timer.book_year_end.month

    def status(self, day: date) -> ItemStatus:
        limits = [(t, self.over(t, day)) for t in self.timers if t.bound is not Bound.AT_LEAST]
        demands = [(t, self.over(t, day)) for t in self.timers if t.bound is not Bound.AT_MOST]
        if not self.timers:
            return ItemStatus.GAP
        if any(t.period is not None and t.starts_on is None for t, _ in demands):
            return ItemStatus.WAITING
        policy = [over for _, over in limits if over is not None]
        if not policy and any(t.period is not None for t, _ in limits):
            return ItemStatus.WAITING
        if any(policy):
            return self.after_use(demands)
        if policy:
            return ItemStatus.RUNNING
        return self.without_policy(bool(limits), demands)

    def use_is_over(self, day: date) -> bool:
        """Whether a policy has ended, or, where none is counted, every minimum has."""
        limits = [self.over(each, day) for each in self.timers if each.bound.limits]
        if any(over is not None for over in limits):
            return any(limits)
        return self.status(day) is ItemStatus.DUE

    def after_use(self, demands: list[tuple[Timer, bool | None]]) -> ItemStatus:
        kept = any(not over for _, over in demands)
        return ItemStatus.KEPT_ONLY if kept else ItemStatus.DUE

    def without_policy(self, judged: bool, demands: list[tuple[Timer, bool | None]]) -> ItemStatus:
        if judged or any(over is None for _, over in demands):
            return ItemStatus.CRITERION
        return ItemStatus.DUE if all(over for _, over in demands) else ItemStatus.RUNNING


@random_cases
@given(cases(), st.booleans())
def test_an_item_stands_where_the_model_says_on_any_day(case: Case, restricted: bool) -> None:
    ruled, held, day = case.timers, case.holds, case.day
    state = resolve(ruled, day, holds=held, restricted=restricted)
    model = Model(ruled)
    assert state.underlying is model.status(day)
    is_held = any(h.since <= day and not (h.until and h.until < day) for h in held)
    expected = state.underlying
    if is_held:
        expected = ItemStatus.HELD
    if restricted:
        expected = ItemStatus.RESTRICTED
    assert state.state is expected
    assert state.is_in_use == (not restricted and not model.use_is_over(day))
    assert state.because
    assert all(formats.text(step) for step in state.because)


@random_cases
@given(cases())
def test_the_day_it_says_is_the_day_it_becomes_due(case: Case) -> None:
    ruled = case.timers
    state = resolve(ruled, case.day)
    if state.dispose_from is None or state.keep_through is None:
        assert state.state is not ItemStatus.DUE
        return
    assert state.dispose_from == state.keep_through + timedelta(days=1)
    assert resolve(ruled, state.dispose_from).state is ItemStatus.DUE
    assert resolve(ruled, state.keep_through).state is not ItemStatus.DUE
    assert Model(ruled).status(state.dispose_from) is ItemStatus.DUE
