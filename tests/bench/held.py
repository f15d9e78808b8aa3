"""Finds what holds the window's thread: `python -m tests.bench.held FOLDER [LOGIN PASSWORD]`.

It opens the real window on a register, off screen, searches, goes to every page, opens a
record, types in a form and lets the clocks tick. Of each hold above the limit it tells how
long it was, how much of that this thread itself worked, how long it waited for a processor, and
where it stood (the rest it waited for Python's lock); then, per thing done, the most work at one
go. No goal is judged here; `searching.py` does that.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gc
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest

from privreg.settings import Settings
from tests.bench.figures import CHECKOUT, say
from tests.bench.keystrokes import press
from tests.bench.thread_time import Spent, ThreadClock
from ui.application import dressed_application, new_window, sweep
from ui.list_page import ListPage
from ui.start import Chosen

if TYPE_CHECKING:
    from types import FrameType

    from ui.shell import Shell
    from ui.window import MainWindow

BEAT_MS = 2
LIMIT_MS = 16.0
LOOK_EVERY_SECONDS = 0.004
FRAMES_TOLD = 4
MS = 1_000.0
LETTERS = "jansen"
BETWEEN_KEYS_MS = 80


@dataclass(slots=True)
class Hold:
    """One time that the window's thread did not come back to its loop: how long, and where."""

    during: str
    spent: Spent
    places: Counter[str] = field(default_factory=Counter)


class Watchdog:
    """Looks from a thread of its own where the window's thread stands while its beat is late."""

    def __init__(self) -> None:
        self.during = ""
        self.holds: list[Hold] = []
        self.window = threading.get_ident()
        self.beat_at, self.clock = time.perf_counter(), ThreadClock()
        self.most: dict[str, float] = {}
        self.seen: Counter[str] = Counter()
        self.is_over = False
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._beat)
        self.timer.start(BEAT_MS)
        threading.Thread(target=self._look, daemon=True).start()

    def _beat(self) -> None:
        spent = self.clock.look()
        if spent.lasted - BEAT_MS > LIMIT_MS:
            self.holds.append(Hold(self.during, spent, Counter(self.seen)))
        self.most[self.during] = max(spent.worked, self.most.get(self.during, 0.0))
        self.seen.clear()
        self.beat_at = time.perf_counter()

    def _look(self) -> None:
        while not self.is_over:
            time.sleep(LOOK_EVERY_SECONDS)
            if (time.perf_counter() - self.beat_at) * MS > LIMIT_MS / 2:
                frame = sys._current_frames().get(self.window)
                self.seen[_place(frame)] += 1


def _place(frame: FrameType | None) -> str:
    """Write where a thread stands: the innermost of our own lines, and what they called."""
    told: list[str] = []
    while frame is not None and len(told) < FRAMES_TOLD:
        code = frame.f_code
        own = Path(code.co_filename).is_relative_to(CHECKOUT / "ui") or not told
        if own and code.co_filename != __file__:
            told.append(f"{Path(code.co_filename).name}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    return " < ".join(told)


def wait(for_ms: int) -> None:
    """Let the window go on for a while."""
    loop = QEventLoop()
    QTimer.singleShot(for_ms, loop.quit)
    loop.exec()


def main(folder: str, login: str = "demo", password: str = "demo") -> None:  # noqa: S107
    """Do what a clerk does, and tell every hold."""
    gc.disable()
    settings = Settings.load()
    application = dressed_application(settings)
    window = new_window(settings)
    sweep(window)
    window.show()
    wait(1_000)
    watchdog = Watchdog()
    watchdog.during = "opening"
    window.open(Chosen(Path(folder), login, password))
    while window.shell is None or not window.shell.status.deadlines:
        wait(20)
    _work(window, window.shell, watchdog)
    watchdog.is_over = True
    _tell(watchdog)
    window.close()
    application.quit()


def _work(window: MainWindow, shell: Shell, watchdog: Watchdog) -> None:
    watchdog.during = "the agenda"
    wait(4_000)
    for turn in ("first", "second"):
        for spec in shell.specs:
            watchdog.during = f"{turn} time to {spec.slug}"
            shell.go_to(spec.slug)
            wait(700)
    customers = _list_of(window, "customers")
    watchdog.during = "searching"
    for letter in LETTERS:
        press(customers.search, letter)
        wait(BETWEEN_KEYS_MS)
    wait(600)
    watchdog.during = "scrolling"
    for _time in range(10):
        QTest.keyClick(customers.table, Qt.Key.Key_PageDown)
        wait(BETWEEN_KEYS_MS)
    watchdog.during = "opening a record"
    for _time in range(3):
        QTest.keyClick(customers.table, Qt.Key.Key_Down)
        QTest.keyClick(customers.table, Qt.Key.Key_Return)
        wait(1_200)
    watchdog.during = "an empty form of a breach"
    shell.record_breach()
    wait(1_000)
    watchdog.during = "typing in a form"
    focused = window.focusWidget() or window
    for letter in "gestolen laptop":
        press(focused, letter)
        wait(BETWEEN_KEYS_MS)
    watchdog.during = "clocks ticking"
    wait(5_000)


def _list_of(window: MainWindow, slug: str) -> ListPage:
    assert window.shell is not None
    window.shell.go_to(slug)
    page = window.shell.made[slug]
    found = page if isinstance(page, ListPage) else page.findChild(ListPage)
    assert isinstance(found, ListPage)
    return found


def _tell(watchdog: Watchdog) -> None:
    say(f"{len(watchdog.holds)} holds of more than {LIMIT_MS:g} ms")
    for each in sorted(watchdog.holds, key=lambda hold: -hold.spent.worked):
        spent = each.spent
        told = f"{spent.lasted:6.0f} ms, worked {spent.worked:4.0f} ms"
        say(f"{told}, no processor free {spent.queued:4.0f} ms, during {each.during}")
        for place, count in each.places.most_common(3):
            say(f"         {count:3} x {place}")
    say("the most work at one go, in ms")
    for during, worked in sorted(watchdog.most.items(), key=lambda most: -most[1]):
        say(f"{worked:6.1f}  {during}")


if __name__ == "__main__":
    main(*sys.argv[1:])
