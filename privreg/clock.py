"""The one reader of the system time.

Moments are aware datetimes in UTC; days are calendar days in the office's zone.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Tells what time it is; injected everywhere, so that a test can say when 'now' is."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until it is moved: for `--at` and for tests."""

    moment: datetime

    def now(self) -> datetime:
        """Return the moment it was set to, in UTC."""
        return self.moment.astimezone(UTC)


def today(clock: Clock) -> date:
    """Return the calendar day in the office's zone."""
    return day_of(clock.now())


def day_of(moment: datetime) -> date:
    """Return the calendar day on which a moment falls in the office's zone."""
    return moment.astimezone(OFFICE_ZONE).date()
