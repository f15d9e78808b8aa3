"""The real program from its start to a painted window and to a filled agenda, off screen.

Run by `opening.py` in a process of its own: `real_window FOLDER`. The password is entered as
soon as the window can take it.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer

from privreg.services.examples import PASSWORD, USER
from privreg.settings import Settings
from tests.bench.figures import since_start, tell
from ui.application import dressed_application, new_window
from ui.start import Chosen

LOOK_EVERY_MS = 1


class _Watch(QObject):
    """Notes when the open register is first painted, and when its agenda stands."""

    def __init__(self, window: QObject) -> None:
        super().__init__()
        self.window = window
        self.entered = since_start()
        self.painted = 0.0
        self.filled = 0.0
        self.watched: QObject | None = None
        self.timer = QTimer(self)
        self.timer.timeout.connect(self._look)
        self.timer.start(LOOK_EVERY_MS)

    def _look(self) -> None:
        shell = getattr(self.window, "shell", None)
        if shell is None:
            return
        if self.watched is None:
            self.watched = shell
            shell.installEventFilter(self)
        if self.painted and shell.status.deadlines:
            self.filled = since_start()
            self.timer.stop()
            tell(painted=self.painted, filled=self.filled, entered=self.entered)
            self.window.close()  # type: ignore[attr-defined]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Note the first painting, once Qt has done it."""
        if event.type() is QEvent.Type.Paint and not self.painted:
            QTimer.singleShot(0, self._was_painted)
        return super().eventFilter(watched, event)

    def _was_painted(self) -> None:
        self.painted = self.painted or since_start()


def main(path: str) -> None:
    """Open the program on a register as `main.py` does."""
    settings = Settings.load()
    application = dressed_application(settings)
    window = new_window(settings)
    window.show()
    watch = _Watch(window)
    window.open(Chosen(Path(path), USER, PASSWORD))
    application.exec()
    watch.timer.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
