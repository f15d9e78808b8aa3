"""Types in the search of a real customer page and tells how long each letter took.

Run by `searching.py` in a process of its own: `keystrokes FOLDER TEXTS QUIET|BUSY`. When busy,
the program prints and imports customers all the while, as it does beside its window.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gc
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from privreg.clock import FixedClock
from privreg.errors import ProblemError
from privreg.reports.kit.pdf import PaintCancelledError
from privreg.reports.kit.worker import paint_in_child
from privreg.services import agenda, records
from privreg.services.desk import open_desk
from privreg.services.examples import PASSWORD, USER
from privreg.services.transfer import import_file
from privreg.settings import Settings
from tests.bench.figures import tell
from tests.bench.generated import NOW
from tests.bench.opening_times import memory_held
from tests.bench.pdf_kit import register
from tests.bench.thread_time import Spent, ThreadClock
from ui.application import dressed_application
from ui.list_page import ListPage
from ui.notices import BarNotices
from ui.office import Office, Services
from ui.places import PAGES
from ui.preferences import Preferences
from ui.sweeping import Sweeper
from ui.worker import Worker

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from privreg.services.desk import Desk
    from ui.page import Page

ROWS = 50
BETWEEN_LETTERS_MS = 60
LOOK_EVERY_MS = 1
IMPORTED = 200_000
ACTIVITIES = 100


def main(folder: str, texts: str, load: str) -> None:
    """Type so many texts, and tell the parent what was measured."""
    gc.disable()
    desk = open_desk(Path(folder), USER, PASSWORD, clock=FixedClock(NOW))
    application = dressed_application(Settings.load())
    page = _customer_page(desk)
    page.resize(1280, 800)
    page.show()
    page.enter()
    asked = _texts(desk, int(texts) * 2 + 2)
    _type(page, asked[:2])
    Sweeper(lambda: False, page).begin()  # as in the window of somebody who goes on typing
    typed, queried = asked[2::2], asked[3::2]
    stop = _busy(desk, Path(folder)) if load == "BUSY" else None
    held = _Held()
    letters = _type(page, typed)
    looks = held.stop()
    queries = _query(desk, queried)
    memory = memory_held()
    if stop is not None:
        stop()
    tell(
        letters=letters,
        looks=looks,
        queries=queries,
        memory=memory,
        imported=stop.lines if stop is not None else 0,
        printed=stop.papers if stop is not None else 0,
    )
    page.hide()
    page.office.worker.close()
    desk.close()
    application.quit()


def _customer_page(desk: Desk) -> Page:
    services = Services(records=records, agenda=agenda)
    preferences = Preferences(Path(desk.folder.path) / "window.ini")
    office = Office(desk, services, Worker(_fail), BarNotices(), preferences)
    spec = next(each for each in PAGES if each.slug == "customers")
    return spec.factory(office)


def _fail(error: ProblemError) -> None:
    raise error


def _texts(desk: Desk, count: int) -> list[str]:
    """Return what somebody would type: names, codes, addresses and numbers."""
    random = Random(5)
    some = records.page(desk, "customers", records.ListQuery(), 0, 2_000).rows
    found = []
    for row in random.sample(some, count):
        name, first, number = row["name"] or "", row["first_name"] or "", row["number"]
        mobile = (row["mobile"] or "").replace("+31 ", "0").replace(" ", "")
        whole = f"{first} {name}".strip()
        offered = [name, name.split()[-1], whole, row["email"], number, mobile, row["contact_name"]]
        found.append(random.choice([each for each in offered if each])[:14])
    return found


def _list_of(page: Page) -> ListPage:
    found = page if isinstance(page, ListPage) else page.findChild(ListPage)
    assert isinstance(found, ListPage)
    return found


def _type(page: Page, texts: list[str]) -> list[float]:
    """Type each text letter by letter; return the seconds until the rows of each stood."""
    shown = _list_of(page)
    taken = []
    for text in texts:
        for end in range(1, len(text) + 1):
            taken.append(_letter(shown, text[:end]))
            _wait(BETWEEN_LETTERS_MS)
    return taken


def _letter(shown: ListPage, text: str) -> float:
    loop = QEventLoop()
    shown.model.arrived.connect(loop.quit)
    started = time.perf_counter()
    if len(text) == 1:
        shown.search.selectAll()
    press(shown.search, text[-1])
    loop.exec()
    taken = time.perf_counter() - started
    shown.model.arrived.disconnect(loop.quit)
    return taken


def press(field: QWidget, letter: str) -> None:
    """Press a key as the keyboard does; QTest itself has no keys for 'ë' and its like."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(field, key)


def _wait(for_ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(for_ms, loop.quit)
    loop.exec()


def _query(desk: Desk, texts: list[str]) -> list[float]:
    """Ask for each letter's rows without a window."""
    taken = []
    for text in texts:
        for end in range(1, len(text) + 1):
            query = records.ListQuery(text=text[:end])
            started = time.perf_counter()
            records.page(desk, "customers", query, 0, ROWS)
            taken.append(time.perf_counter() - started)
    return taken


class _Held:
    """Looks every millisecond how long the window's thread was held, and by what."""

    def __init__(self) -> None:
        self.looks: list[Spent] = []
        self.clock = ThreadClock()
        self.timer = QTimer()
        self.timer.timeout.connect(self._look)
        self.timer.start(LOOK_EVERY_MS)

    def _look(self) -> None:
        spent = self.clock.look()
        self.looks.append(spent._replace(lasted=spent.lasted - LOOK_EVERY_MS))

    def stop(self) -> list[Spent]:
        self.timer.stop()
        return self.looks


def _busy(desk: Desk, folder: Path) -> _Stop:
    """Print and import until told to stop."""
    file = folder / "more.csv"
    with file.open("w", encoding="utf-8") as lines:
        lines.write("code;first name;name;e-mail\n")
        lines.writelines(f"Z{n};Jo;Visser{n};jo{n}@post.example\n" for n in range(IMPORTED))
    return _Stop(desk, file)


class _Stop:
    """What runs beside the typing; called, it ends it."""

    def __init__(self, desk: Desk, file: Path) -> None:
        self.desk, self.file = desk, file
        self.is_over = False
        self.lines = 0
        self.papers = 0
        self.threads = [Thread(target=work) for work in (self._import, self._print)]
        for each in self.threads:
            each.start()

    def _print(self) -> None:
        document = register(ACTIVITIES)
        with suppress(PaintCancelledError):
            while True:
                paint_in_child(document, cancelled=lambda: self.is_over)
                self.papers += 1

    def _import(self) -> None:
        while not self.is_over:
            try:
                import_file(
                    self.desk,
                    "customers",
                    self.file,
                    dry_run=False,
                    progress=self._told,
                    cancelled=lambda: self.is_over,
                )
            except ProblemError:
                return

    def _told(self, done: int, _about: int) -> None:
        self.lines = done

    def __call__(self) -> None:
        self.is_over = True
        for each in self.threads:
            each.join()
        self.file.unlink()


if __name__ == "__main__":
    main(*sys.argv[1:])
