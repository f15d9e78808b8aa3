"""The 72 hours: elapsed hours, whatever the clock on the wall does."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from calendar import timegm
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from privreg import formats
from privreg.law import breach
from privreg.law.breach import (
    AuthorityRule,
    Decision,
    awareness_lies_long_after,
    ends_the_clock,
    needs_delay_reason,
    notify_authority_by,
    tell_controller_by,
)
from privreg.law.moments import MomentError, placed
from tests.effort import IS_LONG
from tests.law.cases import clock_change, moments, random_cases

WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)
offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def offset_at(moment: datetime) -> timedelta:
    """The offset of Amsterdam since 1996, reckoned from the rule instead of a table."""
    is_summer = clock_change(moment.year, 3) <= moment < clock_change(moment.year, 10)
    return SUMMER if is_summer else WINTER


def elapsed(moment: datetime) -> int:
    """Microseconds since 1970 in UTC: whole numbers, whatever the clock on the wall says."""
    seconds = timegm(moment.utctimetuple())
    return seconds * 1_000_000 + moment.microsecond


@random_cases
@given(moments, offsets)
@example(clock_change(2026, 3), timezone(WINTER))
@example(clock_change(2026, 10), timezone(SUMMER))
def test_the_clock_runs_72_hours_of_seconds(moment: datetime, offset: timezone) -> None:
    aware_at = moment.astimezone(offset)
    term = notify_authority_by(aware_at)
    assert elapsed(term.due_at) - elapsed(aware_at) == 72 * 60 * 60 * 1_000_000
    assert elapsed(term.aware_at) == elapsed(aware_at)
    if moment.year >= 1996:
        assert term.due_at.utcoffset() == offset_at(term.due_at.astimezone(UTC))


@pytest.mark.parametrize("year", range(2024, 2031))
@pytest.mark.parametrize(("month", "moved"), [(3, WINTER), (10, -WINTER)])
def test_the_clock_runs_72_hours_through_a_clock_change(
    year: int, month: int, moved: timedelta
) -> None:
    change = clock_change(year, month)
    for minutes in range(0, 72 * 60, 1 if IS_LONG else 10):
        aware_at = change - timedelta(minutes=minutes + 1)
        term = notify_authority_by(aware_at)
        crosses = minutes + 1 <= 72 * 60 and term.due_at.astimezone(UTC) >= change
        on_the_wall = term.due_at.replace(tzinfo=None) - term.aware_at.replace(tzinfo=None)
        assert on_the_wall == timedelta(hours=72) + (moved if crosses else timedelta())
        said = [step.template for step in term.because if "in between" in step.template]
        assert len(said) == crosses
        assert all(("forward" if month == 3 else "back") in each for each in said)
        assert sum("twice" in step.template for step in term.because) == sum(
            shown_twice(each, change) for each in (aware_at, term.due_at) if month == 10
        )


def shown_twice(moment: datetime, change: datetime) -> bool:
    """Whether the clock in Amsterdam shows this time again an hour later, or an hour before."""
    return timedelta(hours=-1) <= moment.astimezone(UTC) - change < timedelta(hours=1)


@pytest.mark.parametrize(
    ("aware_at", "which"),
    [("2026-10-22T02:30:00+02:00", "first"), ("2026-10-22T03:30:00+02:00", "second")],
)
def test_a_term_that_ends_in_the_hour_that_exists_twice_says_which_of_the_two(
    aware_at: str, which: str
) -> None:
    term = notify_authority_by(datetime.fromisoformat(aware_at))
    assert which in term.because[-1].template
    told = tell_controller_by(datetime.fromisoformat(aware_at), timedelta(hours=72))
    assert told.because[-1] == term.because[-1]


def test_the_steps_name_both_moments_and_the_hours() -> None:
    steps = notify_authority_by(AWARE_AT).because
    assert steps[0].args["aware_at"] == AWARE_AT
    assert "72" in formats.text(steps[0])
    assert formats.text(steps[-1]) == "Meld uiterlijk op 06-04-2026 17:30."


def test_a_moment_without_an_offset_is_a_bug() -> None:
    with pytest.raises(ValueError, match="2026"):
        notify_authority_by(datetime(2026, 4, 3, 17, 30))  # noqa: DTZ001


def test_a_moment_at_the_end_of_all_years_is_refused() -> None:
    with pytest.raises(MomentError):
        notify_authority_by(datetime.max.replace(tzinfo=UTC) - timedelta(hours=71))


def test_a_change_of_the_law_is_a_line_and_old_breaches_keep_their_rule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    longer = AuthorityRule(
        valid_from=date(2028, 1, 1),
        within=timedelta(hours=96),
        only_high_risk=True,
        article="33(1)",
    )
    monkeypatch.setattr(breach, "AUTHORITY_RULES", (*breach.AUTHORITY_RULES, longer))
    old = notify_authority_by(datetime(2027, 12, 31, 22, 59, tzinfo=UTC))
    new = notify_authority_by(datetime(2027, 12, 31, 23, 0, tzinfo=UTC))
    assert old.due_at - old.aware_at == timedelta(hours=72)
    assert new.due_at - new.aware_at == timedelta(hours=96)


@pytest.mark.parametrize(
    ("wall", "offset"),
    [
        (datetime(2026, 3, 29, 1, 59, 59), WINTER),  # noqa: DTZ001
        (datetime(2026, 3, 29, 3, 0), SUMMER),  # noqa: DTZ001
        (datetime(2026, 10, 25, 1, 59, 59), SUMMER),  # noqa: DTZ001
        (datetime(2026, 10, 25, 3, 0), WINTER),  # noqa: DTZ001
    ],
)
def test_a_time_on_the_wall_around_a_clock_change_is_placed(
    wall: datetime, offset: timedelta
) -> None:
    assert placed(wall).utcoffset() == offset


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_an_hour_that_does_not_exist_is_refused_with_what_to_write(minute: int) -> None:
    with pytest.raises(MomentError) as refused:
        placed(datetime(2026, 3, 29, 2, minute))  # noqa: DTZ001
    assert refused.value.problem.args["example"] == f"2026-03-29T03:{minute:02d}:00+02:00"


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_an_hour_that_exists_twice_is_refused_with_both_moments(minute: int) -> None:
    with pytest.raises(MomentError) as refused:
        placed(datetime(2026, 10, 25, 2, minute))  # noqa: DTZ001
    args = refused.value.problem.args
    assert args["first"] == f"2026-10-25T02:{minute:02d}:00+02:00"
    assert args["second"] == f"2026-10-25T02:{minute:02d}:00+01:00"


AWARE_AT = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)


def test_a_processor_counts_down_only_where_the_agreement_sets_hours() -> None:
    assert tell_controller_by(AWARE_AT).due_at is None
    agreed = tell_controller_by(AWARE_AT, timedelta(hours=24))
    assert agreed.due_at == AWARE_AT + timedelta(hours=24)
    assert len(agreed.because) == 2


def test_a_reason_is_asked_after_72_hours_and_not_at_72_hours() -> None:
    on_time = AWARE_AT + timedelta(hours=72)
    assert not needs_delay_reason(on_time, aware_at=AWARE_AT)
    assert needs_delay_reason(on_time + timedelta(seconds=1), aware_at=AWARE_AT)


def test_a_reason_is_asked_when_the_detection_lies_long_before() -> None:
    detected_at = AWARE_AT - timedelta(hours=10)
    notified_at = AWARE_AT + timedelta(hours=70)
    assert not needs_delay_reason(notified_at, aware_at=AWARE_AT)
    assert needs_delay_reason(notified_at, aware_at=AWARE_AT, detected_at=detected_at)


def test_awareness_more_than_a_day_after_detection_is_warned_about() -> None:
    assert not awareness_lies_long_after(AWARE_AT - timedelta(hours=24), AWARE_AT)
    assert awareness_lies_long_after(AWARE_AT - timedelta(hours=25), AWARE_AT)


def test_no_is_a_finished_state_only_with_its_reason() -> None:
    assert ends_the_clock(Decision.NO, told=False, reason="Mail teruggehaald, niet gelezen.")
    assert not ends_the_clock(Decision.NO, told=False, reason="  ")
    assert not ends_the_clock(Decision.YES, told=False, reason="")
    assert ends_the_clock(Decision.YES, told=True, reason="")
