"""How the time left of a clock reads: computed from now each time, never counted down."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from privreg import formats
from privreg.clock import day_of
from privreg.law.deadline import Deadline, DeadlineState, left, state
from privreg.translation import N_, Message, _, message, messages

if TYPE_CHECKING:
    from datetime import date

DAYS_OF_HOURS = 14


def time_left(deadline: Deadline, now: datetime) -> str:
    """'41:12:08', 'nog 4 dagen', '3 dagen te laat', or the word of what waits."""
    how = state(deadline, now)
    if how in {DeadlineState.DONE, DeadlineState.HELD, DeadlineState.WAITING}:
        return formats.value(how)
    if isinstance(deadline.due, datetime):
        return _moment_left(deadline, now, is_late=how is DeadlineState.LATE)
    return formats.text(_days_left(_days(deadline, now)))


def _days(deadline: Deadline, now: datetime) -> int:
    assert deadline.due is not None  # noqa: S101  (else it would wait)
    return (deadline.due - day_of(now)).days


def _moment_left(deadline: Deadline, now: datetime, *, is_late: bool) -> str:
    remaining = left(deadline, now)
    if abs(remaining.days) >= DAYS_OF_HOURS:
        remaining_words = formats.span(remaining)
    else:
        remaining_words = formats.countdown(remaining)
    return _("{time} too late").format(time=remaining_words) if is_late else remaining_words


def _days_left(days: int) -> Message:
    if days < 0:
        return messages(N_("{count} day too late"), N_("{count} days too late"), -days)
    if days == 0:
        return message(N_("today"))
    if days == 1:
        return message(N_("tomorrow"))
    return messages(N_("{count} day left"), N_("{count} days left"), days)


def days_in_large(deadline: Deadline, now: datetime) -> str:
    """'3 dagen', left or too late as the word above it says; 'vandaag', 'morgen'."""
    days = _days(deadline, now)
    if days in (0, 1):
        return formats.text(_days_left(days))
    return formats.text(messages(N_("{count} day"), N_("{count} days"), abs(days)))


def due_words(deadline: Deadline) -> str:
    """'zo 22 nov 2026 16:14', or nothing while no day is known."""
    if deadline.due is None:
        return ""
    if isinstance(deadline.due, datetime):
        here = formats.local(deadline.due)
        return f"{formats.short_day(here.date())} {here:%H:%M}"
    return formats.short_day(deadline.due)


def due_in_words(due: datetime | date) -> str:
    """'maandag 6 april 2026 om 17:30', or the day without a time."""
    if isinstance(due, datetime):
        return formats.moment_in_words(due)
    return formats.day_in_words(due)


def spoken(deadline: Deadline, now: datetime) -> str:
    """Write a clock as one line for a screen reader."""
    parts = (
        formats.value(state(deadline, now)),
        formats.text(deadline.what),
        deadline.number,
        deadline.title,
        due_words(deadline),
        deadline.owner,
    )
    return ", ".join(part for part in parts if part)
