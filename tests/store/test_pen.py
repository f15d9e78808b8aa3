"""One pen: saves take it at once, long work after them."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from privreg.store.pen import Pen
from tests.effort import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable


def at_once(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def until(happened: Callable[[], bool]) -> None:
    """Wait for another thread, and fail rather than wait for ever."""
    waiting = threading.Event()
    for _time in range(int(PATIENCE_SECONDS * 1000)):
        if happened():
            return
        waiting.wait(0.001)
    raise AssertionError


def test_a_save_waits_for_the_pen_and_says_so() -> None:
    pen, order = Pen(), list[str]()

    def save() -> None:
        with pen.held():
            order.append("save")

    with pen.held():
        assert not pen.is_wanted
        saving = at_once(save)
        until(lambda: pen.is_wanted)
        order.append("before")
    saving.join(PATIENCE_SECONDS)
    assert order == ["before", "save"]
    assert not pen.is_wanted


def test_long_work_goes_after_everybody_who_waits() -> None:
    pen, order = Pen(), list[str]()

    def work() -> None:
        pen.take_patiently()
        order.append("work")
        pen.put_down()

    def save() -> None:
        with pen.held():
            order.append("save")

    pen.take()
    threads = [at_once(work), at_once(save), at_once(save)]
    until(lambda: pen._waiting == 2)  # two saves stand behind the work
    pen.put_down()
    for each in threads:
        each.join(PATIENCE_SECONDS)
    assert order == ["save", "save", "work"]


def test_long_work_lets_the_pen_rest() -> None:
    pen, began = Pen(), threading.Event()
    with pen.held():
        pass

    def work() -> None:
        pen.take_patiently(rest=3_600)
        began.set()

    at_once(work)
    assert not began.wait(0.05)
    pen.take_patiently(rest=0.001)
