"""The real program from its start to a painted window and to a filled agenda, off screen.

Run by `opening.py` in a process of its own: `real_window FOLDER USER PASSWORD WHEN`. The
password is entered as soon as the window can take it (`AT_ONCE`), or once what is imported
ahead is there, as when a person types it (`TYPED`). With `STAYS` the window goes on to the
customers and tells what memory it holds after some seconds.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from privreg.settings import Settings
from tests.bench.opening_times import libraries, memory_held, since_start, tell
from ui.application import dressed_application, new_window, sweep
from ui.start import Chosen

if TYPE_CHECKING:
    from ui.window import MainWindow

LOOK_EVERY_MS = 1
STAYS_FOR_MS = 5_000


class _Watch(QObject):
    """Enters the password; notes when the register is first painted and its agenda stands."""

    def __init__(self, window: MainWindow, chosen: Chosen, when: str) -> None:
        super().__init__()
        self.window, self.chosen = window, chosen
        self.is_typed, self.stays = when == "TYPED", when == "STAYS"
        self.times: dict[str, float] = {}
        self.libraries: list[str] = []
        self.watched: QObject | None = None
        self.timer = QTimer(self)
        self.timer.timeout.connect(self._look)
        self.timer.start(LOOK_EVERY_MS)

    def _note(self, what: str) -> None:
        self.times[what] = since_start()
        self.times[f"{what}_cpu"] = time.process_time()

    def _look(self) -> None:
        shell = self.window.shell
        if "entered" not in self.times:
            if not self.is_typed or self.window.worker.is_idle:
                self._note("entered")
                self.window.open(self.chosen)
        elif shell is not None and self.watched is None:
            self.watched = shell
            shell.installEventFilter(self)
        elif shell is not None and "painted" in self.times and shell.status.deadlines:
            self._note("filled")
            self.timer.stop()
            if self.stays:
                shell.office.place_asked.emit("customers")
            QTimer.singleShot(STAYS_FOR_MS if self.stays else 0, self._end)

    def _end(self) -> None:
        tell(**self.times, libraries=self.libraries, memory=memory_held())
        self.window.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Note the first painting, once Qt has done it."""
        if event.type() is QEvent.Type.Paint and "painted" not in self.times:
            QTimer.singleShot(0, self._was_painted)
        return super().eventFilter(watched, event)

    def _was_painted(self) -> None:
        if "painted" not in self.times:
            self._note("painted")
            self.libraries = libraries()


def main(path: str, user: str, password: str, when: str) -> None:
    """Open the program on a register as `main.py` does."""
    gc.disable()
    settings = Settings.load()
    application = dressed_application(settings)
    window = new_window(settings)
    sweep(window)
    window.show_unlock(Path(path))
    window.show()
    watch = _Watch(window, Chosen(Path(path), user, password), when)
    application.exec()
    watch.timer.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
