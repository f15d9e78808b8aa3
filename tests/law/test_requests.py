"""The month, the three months and the promise, against another way of counting."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from privreg import formats
from privreg.law.period import Period, PeriodError
from privreg.law.requests import (
    RefusalGround,
    RequestKind,
    answer_by,
    can_extend,
    extension_problem,
    petition_by,
    refusal_grounds,
)
from tests.effort import IS_LONG
from tests.law.cases import days, periods, random_cases
from tests.law.test_holidays import dutch_holidays
from tests.law.test_period import counted_otherwise


def working_day_from(day: date) -> date:
    while day.isoweekday() > 5 or day in dutch_holidays(day.year):
        day += timedelta(days=1)
    return day


def assert_term(received_on: date, *, extended: bool) -> None:
    term = answer_by(received_on, extended=extended)
    assert term.due_on == received_on + relativedelta(months=3 if extended else 1)
    assert term.last_day == working_day_from(term.due_on)


@random_cases
@given(days, st.booleans())
def test_a_term_ends_as_dateutil_says_and_moves_to_a_working_day(
    received_on: date, extended: bool
) -> None:
    assert_term(received_on, extended=extended)


@pytest.mark.parametrize("year", range(2020, 2041))
def test_the_term_of_every_day_from_2020_to_2040(year: int) -> None:
    step = timedelta(days=1 if IS_LONG else 3)
    received_on = date(year, 1, 1)
    while received_on.year == year:
        assert_term(received_on, extended=False)
        assert_term(received_on, extended=True)
        received_on += step


@random_cases
@given(days, periods)
def test_a_promise_ends_where_counting_day_by_day_says_and_never_moves(
    received_on: date, promise: Period
) -> None:
    term = answer_by(received_on, promised=promise)
    assert term.promised_on == counted_otherwise(received_on, promise)
    assert term.due_on == answer_by(received_on).due_on
    assert term.is_promise_first == (term.promised_on <= term.due_on)
    is_too_late = term.promised_on > term.due_on
    assert any("cannot lengthen" in step.template for step in term.because) == is_too_late


def received_before(due_on: date, months: int) -> list[date]:
    """Every day of receipt whose term ends on a day, found by trying the month it lies in."""
    back = due_on.replace(day=1) - relativedelta(months=months)
    tried = [back + timedelta(days=days) for days in range(31)]
    ends = [each for each in tried if each.month == back.month]
    return [each for each in ends if each + relativedelta(months=months) == due_on]


@pytest.mark.parametrize("century", range(1900, 3000, 100))
def test_a_term_that_ends_on_a_holiday_moves_past_it_and_names_it(century: int) -> None:
    for year in range(century, century + 100, 1 if IS_LONG else 10):
        for due_on in dutch_holidays(year):
            for months in (1, 3):
                received = received_before(due_on, months)
                assert received or due_on.day > 28
                for received_on in received:
                    term = answer_by(received_on, extended=months == 3)
                    assert term.due_on == due_on
                    assert term.last_day == working_day_from(due_on) > due_on
                    named = [each.args["day"] for each in term.shifts]
                    free = range((term.last_day - due_on).days)
                    assert named == [due_on + timedelta(days=each) for each in free]


@random_cases
@given(days)
def test_a_term_never_ends_before_the_month_is_over_nor_a_week_after_it(received_on: date) -> None:
    term = answer_by(received_on)
    assert timedelta(days=28) <= term.due_on - received_on <= timedelta(days=31)
    assert timedelta() <= term.last_day - term.due_on <= timedelta(days=5)


def test_the_steps_say_when_the_term_ends_before_they_say_why_it_moves() -> None:
    steps = [formats.text(step) for step in answer_by(date(2026, 3, 27)).because]
    assert steps[2] == "De termijn eindigt op 27-04-2026."
    assert "Koningsdag" in steps[3]
    assert "28-04-2026" in steps[4]


def test_the_alarms_go_by_the_earlier_of_promise_and_statute() -> None:
    received_on = date(2026, 3, 27)
    assert answer_by(received_on).first_due_on == date(2026, 4, 27)
    assert answer_by(received_on, promised=Period(weeks=4)).first_due_on == date(2026, 4, 24)
    assert answer_by(received_on, promised=Period(weeks=8)).first_due_on == date(2026, 4, 27)


def test_three_months_count_from_receipt_and_not_from_the_end_of_the_first() -> None:
    assert answer_by(date(2026, 1, 31), extended=True).due_on == date(2026, 4, 30)


def test_a_german_controller_goes_by_german_holidays() -> None:
    assert answer_by(date(2026, 4, 5), country="NL").last_day == date(2026, 5, 6)
    assert answer_by(date(2026, 4, 5), country="DE").last_day == date(2026, 5, 5)
    assert answer_by(date(2025, 9, 3), country="DE").last_day == date(2025, 10, 6)


def test_where_the_holidays_are_not_known_the_steps_say_so() -> None:
    term = answer_by(date(2026, 11, 25), country="FR")
    assert term.last_day == date(2026, 12, 25)
    assert any(step.args.get("country") == "FR" for step in term.because)
    assert not any("country" in step.args for step in answer_by(date(2026, 11, 25)).because)


def test_a_term_past_the_last_year_is_refused() -> None:
    with pytest.raises(PeriodError):
        answer_by(date(9999, 12, 1))


def test_extending_can_be_done_until_the_last_day_of_the_first_term() -> None:
    received_on = date(2026, 1, 31)
    assert can_extend(received_on, date(2026, 2, 28))
    assert not can_extend(received_on, date(2026, 3, 1))
    assert not can_extend(received_on, date(2026, 1, 30))
    assert not can_extend(received_on, date(2026, 2, 1), already_extended=True)


def test_extending_without_a_reason_is_refused() -> None:
    assert extension_problem(date(2026, 1, 31), date(2026, 2, 1), reason=" ") is not None
    assert extension_problem(date(2026, 1, 31), date(2026, 2, 1), reason="Vijf verzoeken") is None


def test_the_court_can_be_asked_for_six_weeks_and_to_the_next_working_day() -> None:
    term = petition_by(date(2026, 3, 24))
    assert term.due_on == date(2026, 5, 5)
    assert term.last_day == date(2026, 5, 6)


@pytest.mark.parametrize(
    ("answered_on", "last_day"),
    [
        (date(2026, 4, 3), date(2026, 5, 18)),
        (date(2027, 3, 25), date(2027, 5, 10)),
        (date(2028, 3, 17), date(2028, 5, 1)),
        (date(2026, 4, 1), date(2026, 5, 13)),
    ],
)
def test_the_court_can_be_asked_past_a_day_that_a_decree_equates_with_a_holiday(
    answered_on: date, last_day: date
) -> None:
    assert petition_by(answered_on).last_day == last_day


DECREED = {
    *(date(2023, 4, 28), date(2023, 5, 19), date(2024, 5, 10), date(2024, 12, 27)),
    *(date(2025, 5, 30), date(2026, 1, 2), date(2026, 5, 15), date(2027, 5, 7)),
    *(date(2028, 4, 28), date(2028, 5, 26)),
}


@random_cases
@given(days | st.dates(date(2022, 12, 1), date(2028, 12, 31)))
def test_the_court_can_be_asked_for_six_weeks_as_walking_says(answered_on: date) -> None:
    term = petition_by(answered_on)
    assert term.due_on == answered_on + timedelta(days=42)
    day = term.due_on
    while day != working_day_from(day) or day in DECREED:
        day += timedelta(days=1)
    assert term.last_day == day
    assert len(term.because) == 2 + (day - term.due_on).days


def test_a_decree_on_dutch_terms_does_not_move_a_term_of_the_regulation() -> None:
    assert answer_by(date(2027, 4, 7)).last_day == date(2027, 5, 7)


def test_each_right_can_be_refused_on_its_own_grounds_only() -> None:
    assert RefusalGround.RIGHTS_OF_OTHERS in refusal_grounds(RequestKind.ACCESS)
    assert RefusalGround.ERASURE_CLAIMS not in refusal_grounds(RequestKind.ACCESS)
    assert RefusalGround.ERASURE_CLAIMS in refusal_grounds(RequestKind.ERASURE)
    assert RefusalGround.COMPELLING_GROUNDS in refusal_grounds(RequestKind.OBJECTION)
    assert RefusalGround.EXCESSIVE in refusal_grounds(RequestKind.RECTIFICATION)


def test_withdrawing_consent_can_never_be_refused() -> None:
    assert refusal_grounds(RequestKind.CONSENT_WITHDRAWN) == ()


def test_every_ground_names_its_article() -> None:
    assert all(ground.article.startswith(("AVG", "UAVG")) for ground in RefusalGround)
