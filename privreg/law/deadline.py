"""The one deadline, and the one place that says calm, soon, late, done, held or waiting."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from privreg.law.moments import day_of, end_of_day
from privreg.law.words import Worded
from privreg.translation import N_, Message

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

SOON_BEFORE_A_MOMENT = timedelta(hours=24)
SOON_BEFORE_A_DAY = timedelta(days=7)
NO_DUE = datetime.max.replace(tzinfo=UTC)
SUNDAY = 6


class DeadlineState(Worded):
    """How a deadline stands."""

    LATE = "late", N_("late")
    SOON = "soon", N_("soon")
    CALM = "calm", N_("calm")
    DONE = "done", N_("done")
    HELD = "held", N_("held")
    WAITING = "waiting", N_("waiting")


class DeadlineGroup(Worded):
    """Under which heading of the agenda a deadline stands."""

    LATE = "late", N_("Late")
    TODAY = "today", N_("Today")
    THIS_WEEK = "this_week", N_("This week")
    LATER = "later", N_("Later")
    WAITING = "waiting", N_("Held or waiting")


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that must be done before a moment or on a day at the latest.

    `due` is an aware moment, a calendar day in the office's zone, or None while unknown.
    `starts` is where a progress bar begins. A moment without offset is a bug: `ValueError`.
    """

    register: str
    record_id: UUID
    number: str
    title: str
    what: Message
    due: datetime | date | None
    because: tuple[Message, ...] = ()
    starts: datetime | date | None = None
    done: bool = False
    held: bool = False
    waiting: bool = False
    owner: str = ""

    def __post_init__(self) -> None:
        for moment in (self.due, self.starts):
            if isinstance(moment, datetime) and moment.tzinfo is None:
                raise ValueError(moment)


def ends_at(deadline: Deadline) -> datetime:
    """Return the moment after which it is late, in UTC; far away where nothing is due yet.

    A day is late after its end in Europe/Amsterdam.
    """
    if deadline.due is None:
        return NO_DUE
    if isinstance(deadline.due, datetime):
        return deadline.due.astimezone(UTC)
    return end_of_day(deadline.due)


def left(deadline: Deadline, now: datetime) -> timedelta:
    """Return the time left, negative when late; `timedelta.max` where nothing is due yet."""
    if deadline.due is None:
        return timedelta.max
    return ends_at(deadline) - now.astimezone(UTC)


def is_late(deadline: Deadline, now: datetime) -> bool:
    """Whether its time is over, whatever was done: a moment after it, a day once it has ended."""
    left_over = left(deadline, now)
    if isinstance(deadline.due, datetime):
        return left_over < timedelta()
    return left_over <= timedelta()


def state(deadline: Deadline, now: datetime) -> DeadlineState:
    """Say how a deadline stands at a moment."""
    if deadline.done:
        return DeadlineState.DONE
    if deadline.held:
        return DeadlineState.HELD
    if deadline.waiting or deadline.due is None:
        return DeadlineState.WAITING
    if is_late(deadline, now):
        return DeadlineState.LATE
    is_moment = isinstance(deadline.due, datetime)
    soon = SOON_BEFORE_A_MOMENT if is_moment else SOON_BEFORE_A_DAY
    return DeadlineState.SOON if left(deadline, now) <= soon else DeadlineState.CALM


def group(deadline: Deadline, now: datetime) -> DeadlineGroup:
    """Say under which heading a deadline that is not done stands; a week ends on Sunday."""
    how = state(deadline, now)
    if how is DeadlineState.LATE:
        return DeadlineGroup.LATE
    if how in {DeadlineState.HELD, DeadlineState.WAITING} or deadline.due is None:
        return DeadlineGroup.WAITING
    due = day_of(deadline.due) if isinstance(deadline.due, datetime) else deadline.due
    today = day_of(now)
    if due <= today:
        return DeadlineGroup.TODAY
    if (due - today).days <= SUNDAY - today.weekday():
        return DeadlineGroup.THIS_WEEK
    return DeadlineGroup.LATER


def sort_key(deadline: Deadline) -> tuple[int, datetime, str]:
    """Sort the most urgent first: running, then held or waiting, then done."""
    rank = 2 if deadline.done else int(deadline.held or deadline.waiting or deadline.due is None)
    return rank, ends_at(deadline), deadline.number


def most_urgent(deadlines: Iterable[Deadline], now: datetime) -> Deadline | None:
    """Return the one clock to watch, None when none runs.

    What runs to the hour (the 72 hours of a breach) goes before what runs to a day, however
    late a day is: an internal review that was forgotten never hides a breach.
    """
    counts = {DeadlineState.LATE, DeadlineState.SOON, DeadlineState.CALM}
    running = (each for each in deadlines if state(each, now) in counts)
    return min(running, key=_watched_first, default=None)


def _watched_first(deadline: Deadline) -> tuple[bool, tuple[int, datetime, str]]:
    return not isinstance(deadline.due, datetime), sort_key(deadline)


def groups(
    deadlines: Iterable[Deadline], now: datetime
) -> tuple[tuple[DeadlineGroup, tuple[Deadline, ...]], ...]:
    """Return what is not done, most urgent first, under the headings that are not empty."""
    running = sorted((each for each in deadlines if not each.done), key=sort_key)
    found: dict[DeadlineGroup, list[Deadline]] = {heading: [] for heading in DeadlineGroup}
    for each in running:
        found[group(each, now)].append(each)
    return tuple((heading, tuple(each)) for heading, each in found.items() if each)
