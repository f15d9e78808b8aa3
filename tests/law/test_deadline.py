"""One place says how a deadline stands, and screen, paper and agenda follow it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privreg.law.deadline import (
    Deadline,
    DeadlineGroup,
    DeadlineState,
    groups,
    is_late,
    left,
    most_urgent,
    sort_key,
    state,
)
from privreg.translation import Message
from tests.law.cases import moments, random_cases

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)  # a Friday
TODAY = date(2026, 4, 3)


def a_deadline(due: datetime | date | None, number: str = "DL-2026-0001") -> Deadline:
    return Deadline("breaches", UUID(int=1), number, "Laptop", Message("Notify"), due)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (timedelta(hours=-1), DeadlineState.LATE),
        (timedelta(seconds=-1), DeadlineState.LATE),
        (timedelta(), DeadlineState.SOON),
        (timedelta(hours=24), DeadlineState.SOON),
        (timedelta(hours=24, seconds=1), DeadlineState.CALM),
    ],
)
def test_a_moment_is_late_once_it_is_over_and_soon_a_day_before(
    after: timedelta, expected: DeadlineState
) -> None:
    assert state(a_deadline(NOW + after), NOW) is expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, DeadlineState.LATE),
        (0, DeadlineState.SOON),
        (6, DeadlineState.SOON),
        (7, DeadlineState.CALM),
    ],
)
def test_a_day_is_late_when_it_is_over_and_soon_a_week_before(
    days: int, expected: DeadlineState
) -> None:
    assert state(a_deadline(TODAY + timedelta(days=days)), NOW) is expected


def test_a_day_ends_at_midnight_in_amsterdam() -> None:
    due = a_deadline(TODAY)
    last = datetime(2026, 4, 3, 21, 59, 59, tzinfo=UTC)
    assert state(due, last) is DeadlineState.SOON
    assert state(due, last + timedelta(seconds=1)) is DeadlineState.LATE
    assert left(due, last) == timedelta(seconds=1)


def test_in_the_hour_that_exists_twice_the_second_time_is_later() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM)
    second = first.replace(minute=10, fold=1)
    assert not is_late(a_deadline(second), first)
    assert is_late(a_deadline(first), second)
    assert left(a_deadline(second), first) == timedelta(minutes=40)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"done": True}, DeadlineState.DONE),
        ({"held": True}, DeadlineState.HELD),
        ({"waiting": True}, DeadlineState.WAITING),
        ({"due": None}, DeadlineState.WAITING),
        ({"done": True, "held": True}, DeadlineState.DONE),
    ],
)
def test_what_is_done_held_or_waiting_is_never_late(
    changed: dict[str, object], expected: DeadlineState
) -> None:
    late = a_deadline(NOW - timedelta(days=9))
    assert state(replace(late, **changed), NOW) is expected  # type: ignore[arg-type]


def test_a_moment_without_an_offset_is_a_bug() -> None:
    with pytest.raises(ValueError, match="2026"):
        a_deadline(datetime(2026, 4, 3, 15, 30))  # noqa: DTZ001


def test_without_a_due_moment_there_is_time_without_end() -> None:
    assert left(a_deadline(None), NOW) == timedelta.max


def test_the_last_day_of_all_is_a_day_too() -> None:
    assert state(a_deadline(date.max), NOW) is DeadlineState.CALM


def test_the_most_urgent_stands_first_and_what_is_done_last() -> None:
    later = a_deadline(NOW + timedelta(days=1), "2")
    today = a_deadline(TODAY, "3")
    late = a_deadline(NOW - timedelta(days=1), "1")
    held = replace(late, held=True, number="4")
    done = replace(late, done=True, number="5")
    ordered = sorted([done, held, later, today, late], key=sort_key)
    assert [each.number for each in ordered] == ["1", "3", "2", "4", "5"]


def test_the_agenda_is_grouped_by_late_today_this_week_and_later() -> None:
    numbers = {
        "late": NOW - timedelta(minutes=1),
        "today": TODAY,
        "tonight": NOW + timedelta(hours=2),
        "sunday": date(2026, 4, 5),
        "monday": date(2026, 4, 6),
        "none": None,
    }
    deadlines = [a_deadline(due, number) for number, due in numbers.items()]
    done = replace(deadlines[0], done=True, number="done")
    found = {
        heading: [each.number for each in rows] for heading, rows in groups([*deadlines, done], NOW)
    }
    assert found == {
        DeadlineGroup.LATE: ["late"],
        DeadlineGroup.TODAY: ["tonight", "today"],
        DeadlineGroup.THIS_WEEK: ["sunday"],
        DeadlineGroup.LATER: ["monday"],
        DeadlineGroup.WAITING: ["none"],
    }


@random_cases
@given(moments, st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_a_day_is_late_exactly_when_the_calendar_in_amsterdam_is_past_it(
    now: datetime, due: date
) -> None:
    assert is_late(a_deadline(due), now) == (now.astimezone(AMSTERDAM).date() > due)


def test_a_clock_in_hours_is_watched_before_a_review_that_is_late() -> None:
    review = a_deadline(TODAY - timedelta(days=90), "VW-0001")
    breach = a_deadline(NOW + timedelta(hours=60))
    assert sort_key(review) < sort_key(breach)
    assert most_urgent([review, breach], NOW) is breach


def test_of_clocks_of_one_kind_the_first_to_end_is_watched() -> None:
    first = a_deadline(NOW + timedelta(hours=1))
    second = a_deadline(NOW + timedelta(hours=2))
    assert most_urgent([second, first], NOW) is first
    assert most_urgent([a_deadline(TODAY), a_deadline(TODAY - timedelta(days=1))], NOW) == (
        a_deadline(TODAY - timedelta(days=1))
    )


def test_nothing_is_watched_that_is_done_or_held_or_waits() -> None:
    due = NOW + timedelta(hours=1)
    still = [replace(a_deadline(due), done=True), replace(a_deadline(due), held=True)]
    assert most_urgent([*still, replace(a_deadline(due), waiting=True)], NOW) is None
