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

short_days = st.dates(date(2023, 11, 1), date(2024, 4, 30))
short_periods = st.one_of(
    st.builds(Period, months=st.integers(0, 4)),
    st.builds(Period, days=st.integers(0, 90)),
    st.builds(Period, weeks=st.integers(0, 12)),
)
counts = st.sampled_from(
    [
        (CountedFrom.DAY, None),
        (CountedFrom.CALENDAR_YEAR, None),
        (CountedFrom.BOOK_YEAR, MonthDay(2, 29)),
        (CountedFrom.BOOK_YEAR, MonthDay(1, 31)),
    ]
)


@st.composite
def timers(draw: st.DrawFn) -> Timer:
    counted_from, book_year_end = draw(counts)
    return a_timer(
        key=str(draw(st.integers(0, 10**6))),
        bound=draw(st.sampled_from(Bound)),
        starts_on=draw(st.none() | short_days),
        period=draw(st.none() | short_periods),
        counted_from=counted_from,
        book_year_end=book_year_end,
    )


holds = st.builds(
    HoldSpan, st.just("claim"), short_days, until=st.none() | short_days.map(lambda day: day)
)


@dataclass
class Model:
    """Asks of each timer on a day whether it is over, by walking there."""

    timers: list[Timer]

    def over(self, timer: Timer, day: date) -> bool | None:
        """Whether a timer's end lies before the day; None while nobody can say."""
        if timer.period is None or timer.starts_on is None:
            return None
        first = timer.starts_on
        while not self.is_year_end(timer, first):
            first += timedelta(days=1)
        end = first + relativedelta(months=timer.period.months)
        end += timedelta(days=timer.period.days + 7 * timer.period.weeks)
        if timer.period.months == timer.period.days == timer.period.weeks == 0:
            end = first
        return end < day

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

    def after_use(self, demands: list[tuple[Timer, bool | None]]) -> ItemStatus:
        kept = any(not over for _, over in demands)
        return ItemStatus.KEPT_ONLY if kept else ItemStatus.DUE

    def without_policy(self, judged: bool, demands: list[tuple[Timer, bool | None]]) -> ItemStatus:
        if judged or any(over is None for _, over in demands):
            return ItemStatus.CRITERION
        return ItemStatus.DUE if all(over for _, over in demands) else ItemStatus.RUNNING


@random_cases
@given(
    st.lists(timers(), max_size=5),
    st.lists(holds, max_size=2),
    st.booleans(),
    st.dates(date(2023, 11, 1), date(2025, 6, 30)),
)
def test_an_item_stands_where_the_model_says_on_any_day(
    ruled: list[Timer], held: list[HoldSpan], restricted: bool, day: date
) -> None:
    state = resolve(ruled, day, holds=held, restricted=restricted)
    assert state.underlying is Model(ruled).status(day)
    is_held = any(h.since <= day and not (h.until and h.until < day) for h in held)
    expected = state.underlying
    if is_held:
        expected = ItemStatus.HELD
    if restricted:
        expected = ItemStatus.RESTRICTED
    assert state.state is expected
    assert state.because
    assert all(formats.text(step) for step in state.because)


@random_cases
@given(st.lists(timers(), min_size=1, max_size=5))
def test_the_day_it_says_is_the_day_it_becomes_due(ruled: list[Timer]) -> None:
    state = resolve(ruled, date(2023, 11, 1))
    if state.dispose_from is None or state.keep_through is None:
        return
    assert resolve(ruled, state.dispose_from).state is ItemStatus.DUE
    assert resolve(ruled, state.keep_through).state is not ItemStatus.DUE
