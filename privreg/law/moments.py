"""Moments: elapsed hours are counted in UTC, and shown in the zone of the office."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from privreg.translation import N_, Message, message

ZONE = ZoneInfo("Europe/Amsterdam")
DAYS_KEPT = 4_096
"""Of which the end is remembered: thousands of clocks end on hundreds of days."""


class MomentError(ValueError):
    """A moment that cannot be placed; `problem` says why and what to write instead."""

    def __init__(self, problem: Message) -> None:
        self.problem = problem
        super().__init__(problem.template)


def placed(moment: datetime) -> datetime:
    """Return the moment in the office's zone; a moment without offset is a wall-clock time there.

    Raises `MomentError` for a time that a clock change skips or repeats, and outside the
    years that can be counted.
    """
    try:
        if moment.tzinfo is not None:
            return moment.astimezone(ZONE)
        return _on_the_wall(moment)
    except OverflowError as error:
        raise MomentError(message(N_("This moment lies too far away to be counted."))) from error


def _on_the_wall(wall: datetime) -> datetime:
    first, second = (wall.replace(tzinfo=ZONE, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    if _exists(first):
        raise MomentError(_twice(wall, first, second))
    raise MomentError(
        message(
            N_(
                "The time {time} does not exist on {day}: the clock goes forward then. "
                "Write the moment with its offset, for example {example}."
            ),
            time=f"{wall:%H:%M}",
            day=wall.date(),
            example=first.astimezone(UTC).astimezone(ZONE).isoformat(),
        )
    )


def _exists(moment: datetime) -> bool:
    back = moment.astimezone(UTC).astimezone(ZONE)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None, fold=back.fold)


def _twice(wall: datetime, first: datetime, second: datetime) -> Message:
    return message(
        N_(
            "The time {time} exists twice on {day}, because the clock goes back. "
            "Write the offset: {first} for the first, {second} for the second."
        ),
        time=f"{wall:%H:%M}",
        day=wall.date(),
        first=first.isoformat(),
        second=second.isoformat(),
    )


def after(moment: datetime, elapsed: timedelta) -> datetime:
    """Return the moment so many elapsed hours later, in the office's zone.

    A moment without offset is refused as a bug: a wall clock cannot be counted from.
    """
    if moment.tzinfo is None:
        raise ValueError(moment)
    try:
        return (moment.astimezone(UTC) + elapsed).astimezone(ZONE)
    except OverflowError as error:
        raise MomentError(message(N_("This moment lies too far away to be counted."))) from error


def twice(moment: datetime) -> tuple[Message, ...]:
    """Say which of the two is meant where the clock on the wall shows a time twice."""
    here = moment.astimezone(ZONE)
    if here.utcoffset() == here.replace(fold=1 - here.fold).utcoffset():
        return ()
    which = (
        N_("The clock shows {moment} twice; the first is meant, in summer time.")
        if here.fold == 0
        else N_("The clock shows {moment} twice; the second is meant, in winter time.")
    )
    return (message(which, moment=here),)


@lru_cache(maxsize=DAYS_KEPT)
def end_of_day(day: date) -> datetime:
    """Return the moment at which a day is over in the office's zone, in UTC."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(day + timedelta(days=1), time(0), ZONE).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """Return the calendar day on which a moment falls in the office's zone."""
    return moment.astimezone(ZONE).date()
