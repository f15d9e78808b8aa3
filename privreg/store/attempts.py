"""The pause that grows after each wrong password, also across restarts.

An attempt is written down before the password is tried and wiped when it was right, so
that ending the program does not shorten the pause. It slows a person at the keyboard; who
takes the files away is slowed by Argon2id alone.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from privreg.errors import ProblemError, WrongPasswordError
from privreg.store.key_format import UNREADABLE
from privreg.store.safe_write import replace_json
from privreg.translation import N_, messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from privreg.clock import Clock
    from privreg.translation import Message

ATTEMPTS = "attempts.json"
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(seconds=60)
FREE_ATTEMPTS = 1
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Failures:
    """How many attempts failed in a row, and when the last was made."""

    count: int = 0
    last_at: datetime = NEVER


def pause_after(failures: int) -> timedelta:
    """Return how long the next attempt waits: nothing after one slip, then 1, 2, 4 … 60 s."""
    if failures <= FREE_ATTEMPTS:
        return timedelta(0)
    doublings = min(failures - FREE_ATTEMPTS - 1, 16)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def _with_pause(problem: Message, pause: timedelta) -> Message:
    if not pause:
        return problem
    return messages(
        N_("{problem} The next attempt waits {count} second."),
        N_("{problem} The next attempt waits {count} seconds."),
        round(pause.total_seconds()),
        problem=problem,
    )


class Doorstep:
    """Counts the failed attempts on one register's folder and makes the next one wait."""

    def __init__(
        self, folder: Path, clock: Clock, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._path = folder / ATTEMPTS
        self._clock = clock
        self._sleep = sleep
        self._remembered = Failures()

    def wait_left(self) -> timedelta:
        """Return how long the next attempt would still wait."""
        failures = self._failures()
        since = self._clock.now() - failures.last_at
        return max(pause_after(failures.count) - max(since, timedelta(0)), timedelta(0))

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Wait what is left of the pause, then let the block try a password.

        The failure is counted first, and forgotten when the block raises nothing; a problem
        that is not a wrong password leaves the count as it was. A wrong password is told with
        how long the next attempt waits.
        """
        self._sleep(self.wait_left().total_seconds())
        before = self._failures()
        self._remember(Failures(before.count + 1, self._clock.now()))
        try:
            yield
        except WrongPasswordError as error:
            self._remember(Failures(before.count + 1, self._clock.now()))
            error.problem = _with_pause(error.problem, pause_after(before.count + 1))
            raise
        except ProblemError:
            self._remember(before)
            raise
        self._forget()

    def _failures(self) -> Failures:
        try:
            content = json.loads(self._path.read_bytes())
            last_at = datetime.fromisoformat(content["last_at"]).astimezone(UTC)
            written = Failures(int(content["count"]), last_at)
        except (OSError, *UNREADABLE):
            return self._remembered
        return max(written, self._remembered, key=lambda each: each.count)

    def _remember(self, failures: Failures) -> None:
        self._remembered = failures
        content = {"count": failures.count, "last_at": failures.last_at.isoformat()}
        with suppress(ProblemError):  # in a read-only folder the pause lasts as long as the program
            replace_json(self._path, content)

    def _forget(self) -> None:
        self._remembered = Failures()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
