"""What a thread spent its time on: working, waiting for a processor, or waiting for something else.

Something else is mostly Python's lock, held by another thread of the program.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

MS = 1_000.0
NS_PER_MS = 1e6
QUEUES = Path("/proc/thread-self/schedstat")


class Spent(NamedTuple):
    """Milliseconds: in all, worked, and waited for a processor where the system tells that."""

    lasted: float
    worked: float
    queued: float

    @property
    def locked(self) -> float:
        """The rest: waited for Python's lock, or for the disk."""
        return max(self.lasted - self.worked - self.queued, 0.0)


class ThreadClock:
    """Tells what the thread that made it spent since the last look. Ask it on that thread."""

    def __init__(self) -> None:
        self.file = os.open(QUEUES, os.O_RDONLY) if QUEUES.exists() else None
        self.before = self._now()

    def _now(self) -> Spent:
        return Spent(time.perf_counter() * MS, time.thread_time() * MS, self._queued())

    def _queued(self) -> float:
        if self.file is None:
            return 0.0
        return int(os.pread(self.file, 100, 0).split()[1]) / NS_PER_MS

    def look(self) -> Spent:
        """Return what was spent since the last look."""
        now, before = self._now(), self.before
        self.before = now
        return Spent(*(after - earlier for after, earlier in zip(now, before, strict=True)))
