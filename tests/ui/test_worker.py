"""Work off the GUI thread: results come back on it, in order, and only where still wanted."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import sys
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel
from shiboken6 import isValid

from privreg.errors import ProblemError
from privreg.translation import Message
from tests.effort import PATIENCE_SECONDS
from ui.worker import GIVES_WAY_WITHIN_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Recorder
    from ui.worker import Progress, Worker


def test_a_task_runs_elsewhere_and_its_result_arrives_here(
    worker: Worker, settle: Callable[[], None]
) -> None:
    places: list[threading.Thread] = []
    worker.run(threading.current_thread, places.append)
    worker.run(lambda: None, lambda _none: places.append(threading.current_thread()))
    settle()
    assert places[0] is not threading.main_thread()
    assert places[1] is threading.main_thread()


def test_jobs_of_one_lane_are_done_in_the_order_asked(
    worker: Worker, settle: Callable[[], None]
) -> None:
    done: list[int] = []
    for number in range(20):
        worker.run(partial(int, number), done.append, writes=True)
    settle()
    assert done == list(range(20))


def test_reading_goes_on_while_something_is_written(
    worker: Worker, settle: Callable[[], None], qtbot: QtBot
) -> None:
    gate = threading.Event()
    done: list[str] = []
    worker.run(
        partial(gate.wait, PATIENCE_SECONDS), lambda _set: done.append("written"), writes=True
    )
    worker.run(lambda: "read", done.append)
    qtbot.waitUntil(lambda: done == ["read"])
    gate.set()
    settle()
    assert done == ["read", "written"]


def test_a_newer_job_of_a_key_takes_the_place_of_an_older(
    worker: Worker, settle: Callable[[], None]
) -> None:
    gate, is_begun = threading.Event(), threading.Event()
    done: list[str] = []
    begun: list[str] = []

    def task(word: str) -> str:
        begun.append(word)
        is_begun.set()
        gate.wait(PATIENCE_SECONDS)
        return word

    for word in ("a", "ab", "abc"):
        worker.run(partial(task, word), done.append, latest="search")
        assert is_begun.wait(PATIENCE_SECONDS)
    gate.set()
    settle()
    assert done == ["abc"]
    assert begun == ["a", "abc"]


def test_a_problem_is_told(worker: Worker, notices: Recorder, settle: Callable[[], None]) -> None:
    def fail() -> None:
        raise ProblemError(Message("The disk is full."))

    heard: list[ProblemError] = []
    worker.run(fail, lambda _none: None)
    worker.run(fail, lambda _none: None, heard.append)
    settle()
    assert notices.problems == ["The disk is full."]
    assert len(heard) == 1


def test_a_bug_is_raised_on_the_gui_thread(
    worker: Worker, settle: Callable[[], None], qtbot: QtBot
) -> None:
    with qtbot.captureExceptions() as caught:
        worker.run(lambda: 1 // 0, lambda _none: None)
        settle()
    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]


def test_a_result_for_a_widget_that_is_gone_is_dropped(
    worker: Worker, settle: Callable[[], None], qtbot: QtBot
) -> None:
    label = QLabel()
    gate = threading.Event()
    worker.run(lambda: str(gate.wait(PATIENCE_SECONDS)), label.setText)
    with qtbot.waitSignal(label.destroyed):
        label.deleteLater()
    gate.set()
    settle()
    assert not isValid(label)


def test_a_long_task_tells_how_far_it_is_and_can_be_stopped(
    worker: Worker, settle: Callable[[], None], qtbot: QtBot
) -> None:
    begun = threading.Event()
    heard: list[tuple[int, int]] = []

    def count(progress: Progress) -> str:
        progress(1, 10)
        begun.set()
        progress.cancelled.wait(PATIENCE_SECONDS)
        return "stopped" if progress.is_cancelled else "done"

    ends: list[str] = []
    progress = worker.run_long(count, ends.append, lambda *far: heard.append(far))
    assert begun.wait(PATIENCE_SECONDS)
    progress.cancelled.set()
    settle()
    assert heard == [(1, 10)]
    assert ends == ["stopped"]


def test_finishing_lets_what_writes_end_and_drops_its_result(worker: Worker) -> None:
    written: list[str] = []
    delivered: list[None] = []
    worker.run(lambda: written.append("saved"), delivered.append, writes=True)
    worker.finish()
    assert written == ["saved"]
    assert worker.is_idle
    assert delivered == []


@pytest.mark.parametrize("writes", [True, False])
def test_closing_ends_both_threads(worker: Worker, *, writes: bool) -> None:
    worker.run(lambda: None, lambda _none: None, writes=writes)
    worker.close()
    assert not worker._reader.is_alive()
    assert not worker._writer.is_alive()


def test_what_computes_in_a_lane_gives_the_window_pythons_lock_soon(worker: Worker) -> None:
    assert worker.is_idle
    assert sys.getswitchinterval() == pytest.approx(GIVES_WAY_WITHIN_SECONDS)
