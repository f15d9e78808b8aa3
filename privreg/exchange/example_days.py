"""Days and moments of the examples, written relative to the day an example is made.

A day is '-400d', '+5m' or '-2y-3m' (years, months, weeks, days; months end on the last day
where a date does not exist); a moment is '-31h', '-31h30' or a day and a time in the
office's zone: '-3d 09:10'. So nothing in an example ages.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

from privreg.clock import OFFICE_ZONE

MONTHS_PER_YEAR = 12

_STEP = re.compile(r"([+-])(\d+)([ymwd])")
_DAY = re.compile(r"([+-]\d+[ymwd])+")
_HOURS = re.compile(r"([+-])(\d+)h(\d\d)?")


def day_from(text: str, today: date) -> date:
    """Return the day `text` means; `ValueError` when it is not written as above."""
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    amounts = dict.fromkeys("ymwd", 0)
    for sign, digits, unit in _STEP.findall(text):
        amounts[unit] += int(sign + digits)
    moved = _moved(today, amounts["y"] * MONTHS_PER_YEAR + amounts["m"])
    return moved + timedelta(weeks=amounts["w"], days=amounts["d"])


def _moved(start: date, months: int) -> date:
    year, month = divmod(start.year * MONTHS_PER_YEAR + start.month - 1 + months, MONTHS_PER_YEAR)
    month += 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def moment_from(text: str, today: date, now: datetime) -> datetime:
    """Return the moment `text` means, in UTC; `ValueError` when it is not written as above."""
    hours = _HOURS.fullmatch(text)
    if hours:
        sign, whole, minutes = hours.groups()
        span = timedelta(hours=int(whole), minutes=int(minutes or 0))
        return now - span if sign == "-" else now + span
    day, _space, clock = text.partition(" ")
    return at(day_from(day, today), time.fromisoformat(clock))


def at(day: date, clock: time) -> datetime:
    """Return a wall-clock time of the office on a day, in UTC."""
    return datetime.combine(day, clock, OFFICE_ZONE).astimezone(UTC)
