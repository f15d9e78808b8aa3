"""Opens the program's window: language, fonts, colours, crash report, then the start screen."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from privreg.clock import SystemClock
from privreg.paths import ICONS
from privreg.settings import Settings, settings_folder
from ui.crash_window import CrashReporter
from ui.dressing import dress
from ui.ending import Ending
from ui.preferences import Preferences
from ui.start import Chosen, Start
from ui.sweeping import Sweeper
from ui.theme import Theme
from ui.window import NAME, MainWindow

if TYPE_CHECKING:
    from collections.abc import Sequence

WINDOW_FILE = "window.ini"
USER_VARIABLE = "PRIVREG_USER"
PASSWORD_VARIABLE = "PRIVREG_PASSWORD"  # noqa: S105  (a name, no password)


def open_program(arguments: Sequence[str]) -> int:
    """Open the window, on a register when one is named, and return its exit code."""
    settings = Settings.load()
    application = dressed_application(settings)
    reporter = CrashReporter(application)
    reporter.wire()
    window = new_window(settings)
    sweep(window)
    Ending(window.close, window)
    if arguments:
        named = Path(arguments[0])
        open_named(window, named.parent if named.is_file() else named)
    window.show()
    return application.exec()


def sweep(window: MainWindow) -> Sweeper:
    """Collect garbage when that is not felt, in place of Python itself."""
    sweeper = Sweeper(lambda: window.is_resting, window)
    window.stood.connect(sweeper.begin)
    window.imported.connect(sweeper.put_aside)
    window.emptied.connect(lambda: QTimer.singleShot(0, sweeper, sweeper.sweep_all))
    return sweeper


def dressed_application(settings: Settings) -> QApplication:
    """Return Qt's application in the language and the colours of the settings."""
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication([NAME])
    application.setApplicationName(NAME)
    application.setApplicationDisplayName(NAME)
    application.setDesktopFileName(NAME.lower())
    application.setWindowIcon(QIcon(str(ICONS / "privreg.svg")))
    Theme(application)
    dress(application, settings)
    return application


def open_named(window: MainWindow, folder: Path) -> None:
    """Ask for the password of a register, unless the surroundings give it, as for an example."""
    window.show_unlock(folder)
    password = os.environ.get(PASSWORD_VARIABLE)
    if password:
        window.open(Chosen(folder, os.environ.get(USER_VARIABLE), password))


def new_window(settings: Settings) -> MainWindow:
    """Make the window with the real services behind it."""
    preferences = Preferences(settings_folder() / WINDOW_FILE)
    return MainWindow(Start(SystemClock()), None, None, preferences, settings)
