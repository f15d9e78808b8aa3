"""One writer at a time: a lock of the operating system, and who holds it.

The lock is the system's own on `writer.lock`: it ends with the program that holds it,
however that ends, so after a crash the next one simply takes over. `writer.json` only
tells who it is; when nobody holds the lock, what it says means nothing.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import os
import socket
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from privreg.clock import day_of, today
from privreg.errors import LockedElsewhereError
from privreg.formats import local
from privreg.store.key_format import UNREADABLE
from privreg.store.safe_write import as_problem, replace_json
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from privreg.clock import Clock

LOCK = "writer.lock"
WRITER = "writer.json"


@dataclass(frozen=True, slots=True)
class Writer:
    """Who has the register open for writing."""

    host: str
    process: int
    since: datetime


class WriterLock:
    """The right to write in a register's folder, held from `take` to `release`."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._lock = FileLock(
            folder / LOCK,
            timeout=0,
            thread_local=False,
            fallback_to_soft=False,
            preserve_lock_file=True,
        )

    @property
    def is_held(self) -> bool:
        """Say whether this object holds the lock."""
        return self._lock.is_locked

    def take(self) -> Self:
        """Take the lock at once; raises `LockedElsewhereError`, or `ReadOnlyError` for the folder.

        A lock that is held already stays held.
        """
        if self.is_held:
            return self
        try:
            self._lock.acquire()
        except Timeout as error:
            raise LockedElsewhereError(self._told()) from error
        except OSError as error:
            raise as_problem(error, self._folder / LOCK) from error
        try:
            self._say_who()
        except BaseException:
            self._lock.release()
            raise
        return self

    def release(self) -> None:
        """Give the lock up; nothing happens where it is not held."""
        if self.is_held:
            (self._folder / WRITER).unlink(missing_ok=True)
            self._lock.release()

    def __enter__(self) -> Self:
        """Take the lock."""
        return self.take()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the lock up."""
        self.release()

    def _say_who(self) -> None:
        who = {
            "host": socket.gethostname(),
            "process": os.getpid(),
            "since": self._clock.now().isoformat(timespec="seconds"),
        }
        replace_json(self._folder / WRITER, who)

    def _told(self) -> Message:
        writer = writer_of(self._folder)
        if writer is None:
            return message(
                N_("The register is already open elsewhere. Close it there, or open it read-only.")
            )
        is_today = day_of(writer.since) == today(self._clock)
        return message(
            N_(
                "The register is already open on {host} since {since}. "
                "Close it there, or open it read-only."
            ),
            host=writer.host,
            since=f"{local(writer.since):%H:%M}" if is_today else writer.since,
        )


def writer_of(folder: Path) -> Writer | None:
    """Read who holds the lock; it means something only while the lock is held."""
    try:
        content = json.loads((folder / WRITER).read_bytes())
        since = datetime.fromisoformat(content["since"])
        return Writer(str(content["host"]), int(content["process"]), since.astimezone())
    except (OSError, *UNREADABLE):
        return None
