"""Work off the GUI thread: one lane that writes, one that reads, results back on the GUI thread.

Each lane does one thing at a time, in the order asked. A newer job with the same `latest` key
takes the place of an older one that has not been delivered yet.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import sys
import threading
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from privreg.errors import ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
WAIT_FOR_THE_LAST_SECONDS = 30.0
GIVES_WAY_WITHIN_SECONDS = 0.0005
"""A lane that computes gives Python's lock to the window that soon; Python's own is ten times."""


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work; `cancel` keeps its result from arriving."""

    task: Callable[[], Any]
    on_done: Callable[[Any], object]
    on_problem: Callable[[ProblemError], object] | None = None
    latest: str = ""
    progress: Progress | None = None
    writes: bool = False
    is_cancelled: bool = False
    result: Any = None
    error: BaseException | None = None

    def cancel(self) -> None:
        """Forget this job: it is not begun, it stops early if it can, or its result is dropped."""
        self.is_cancelled = True
        if self.progress is not None:
            self.progress.cancelled.set()

    def work(self) -> None:
        """Do the task, keeping its result or what went wrong."""
        try:
            self.result = self.task()
        except BaseException as error:  # noqa: BLE001  (raised anew on the GUI thread)
            self.error = error


@dataclass(eq=False)
class Progress:
    """How a long task tells how far it is, and learns that nobody waits for it any more."""

    report: Callable[[int, int], None]
    cancelled: threading.Event = field(default_factory=threading.Event)

    def __call__(self, done: int, total: int) -> None:
        """Tell that `done` of `total` is finished; any thread."""
        self.report(done, total)

    @property
    def is_cancelled(self) -> bool:
        """Whether the user no longer wants the result."""
        return self.cancelled.is_set()


def _nothing(_result: object) -> None:
    """Take a result nobody waits for."""


class _Lane(threading.Thread):
    """A thread that does jobs one by one and announces each."""

    def __init__(self, name: str, announce: Callable[[Job], None]) -> None:
        super().__init__(name=name, daemon=True)
        self.announce = announce
        self.jobs: SimpleQueue[Job | None] = SimpleQueue()

    def run(self) -> None:
        while (job := self.jobs.get()) is not None:
            if not job.is_cancelled:
                job.work()
            self.announce(job)
            del job

    def settle(self) -> None:
        if not self.is_alive():
            return
        settled = threading.Event()
        self.jobs.put(Job(settled.set, _nothing))
        settled.wait(WAIT_FOR_THE_LAST_SECONDS)

    def close(self) -> None:
        self.jobs.put(None)
        self.join(WAIT_FOR_THE_LAST_SECONDS)


class Worker(QObject):
    """Runs tasks in the background and delivers what they return on the GUI thread.

    A `ProblemError` goes to the job's `on_problem`, or to `tell`; anything else is raised on
    the GUI thread, where the crash report catches it. Results for a widget that is gone are
    dropped.
    """

    idled = Signal()
    _finished = Signal(object)
    _progressed = Signal(object, int, int)

    def __init__(
        self, tell: Callable[[ProblemError], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.tell = tell
        self.pending: list[Job] = []
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._advance, Qt.ConnectionType.QueuedConnection)
        self._reader = _Lane("privreg-reader", self._finished.emit)
        self._writer = _Lane("privreg-writer", self._finished.emit)
        self._counter = _Lane("privreg-counter", self._finished.emit)
        self._maker = _Lane("privreg-maker", self._finished.emit)
        sys.setswitchinterval(GIVES_WAY_WITHIN_SECONDS)
        self._lanes = (self._writer, self._reader, self._counter, self._maker)
        for lane in self._lanes:
            lane.start()

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs or waits."""
        return not self.pending

    def run(
        self,
        task: Callable[[], T],
        on_done: Callable[[T], object],
        on_problem: Callable[[ProblemError], object] | None = None,
        *,
        latest: str = "",
        writes: bool = False,
        counts: bool = False,
        aside: bool = False,
    ) -> Job:
        """Do `task` in the background, then call `on_done` with what it returned.

        With `latest`, unfinished jobs of the same key are dropped: only the last keystroke
        counts. `writes` puts the task in the writer's lane, `counts` in a lane of its own for
        what may take seconds and nobody waits for, `aside` in the lane of what is made beside
        the register: paper painted by a child process, a backup.
        """
        if latest:
            self.cancel(latest)
        job = Job(task, on_done, on_problem, latest, writes=writes)
        self.pending.append(job)
        chosen = ((writes, self._writer), (counts, self._counter), (aside, self._maker))
        lane = next((lane for is_wanted, lane in chosen if is_wanted), self._reader)
        lane.jobs.put(job)
        return job

    def run_long(
        self,
        task: Callable[[Progress], T],
        on_done: Callable[[T], object],
        on_progress: Callable[[int, int], object],
        on_problem: Callable[[ProblemError], object] | None = None,
        *,
        latest: str = "",
        writes: bool = False,
        counts: bool = False,
        aside: bool = False,
    ) -> Progress:
        """Do a task that tells how far it is; set `cancelled` on the result to stop it.

        The lanes are those of `run`; a newer job with the same `latest` stops it as well.
        """
        progress = Progress(lambda done, total: self._progressed.emit(on_progress, done, total))
        job = self.run(
            lambda: task(progress),
            on_done,
            on_problem,
            latest=latest,
            writes=writes,
            counts=counts,
            aside=aside,
        )
        job.progress = progress
        return progress

    def cancel(self, latest: str) -> None:
        """Drop the unfinished jobs of a key."""
        for job in self.pending:
            if job.latest == latest:
                job.cancel()

    def finish(self) -> None:
        """Let everything asked to be written be written, and drop every result.

        For the moment a register locks or closes: nothing may touch it afterwards.
        """
        for job in self.pending:
            if not job.writes:
                job.cancel()
        for lane in self._lanes:
            lane.settle()
        for job in self.pending:
            job.cancel()
        self.pending.clear()

    def close(self) -> None:
        """Finish, and stop the threads."""
        self.finish()
        for lane in self._lanes:
            lane.close()

    def _advance(self, on_progress: Callable[[int, int], object], done: int, total: int) -> None:
        if is_there(on_progress):
            on_progress(done, total)

    def _deliver(self, job: Job) -> None:
        if job in self.pending:
            self.pending.remove(job)
        try:
            if not job.is_cancelled:
                self._hand_over(job)
        finally:
            if self.is_idle:
                self.idled.emit()

    def _hand_over(self, job: Job) -> None:
        if job.error is None:
            if is_there(job.on_done):
                job.on_done(job.result)
        elif not isinstance(job.error, ProblemError):
            raise job.error
        elif job.on_problem is None:
            self.tell(job.error)
        elif is_there(job.on_problem):
            job.on_problem(job.error)


def is_there(callback: object) -> bool:
    """Whether the widget a bound method belongs to still exists."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
