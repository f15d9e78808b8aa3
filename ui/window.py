"""The one window of the program: start screens, the open register, and the lock between."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from privreg.services import drafts
from ui.dressing import dress
from ui.make import MakePage
from ui.notices import BarNotices
from ui.office import Office
from ui.pages.backup_schedule import BackupSchedule
from ui.pages.rules_applied import RulesApplied
from ui.shell import Shell
from ui.unlock import UnlockPage
from ui.welcome import WelcomePage
from ui.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent

    from privreg.errors import ProblemError
    from privreg.services.desk import Desk
    from privreg.settings import Settings
    from privreg.translation import Message
    from ui.office import Services
    from ui.page import PageSpec
    from ui.preferences import Preferences
    from ui.start import Chosen, Start

DESIGN_WIDTH, DESIGN_HEIGHT = 1280, 800
SMALLEST_WIDTH, SMALLEST_HEIGHT = 960, 600
NAME = "PrivReg"


class MainWindow(QMainWindow):
    """Shows one thing at a time: welcome, make, unlock or the shell of an open register."""

    def __init__(
        self,
        start: Start,
        services: Services,
        pages: Sequence[PageSpec],
        preferences: Preferences,
        settings: Settings,
    ) -> None:
        super().__init__()
        self.start = start
        self.services = services
        self.specs = pages
        self.preferences = preferences
        self.settings = settings
        self.worker = Worker(self._tell, self)
        self.shell: Shell | None = None
        self.is_closing = False
        self.sealed = b""
        self.stack = QStackedWidget()
        self._make_start_pages()
        self.setCentralWidget(self.stack)
        self.setMinimumSize(SMALLEST_WIDTH, SMALLEST_HEIGHT)
        self.resize(DESIGN_WIDTH, DESIGN_HEIGHT)
        self.restoreGeometry(preferences.bytes_of("window"))
        self.show_welcome()

    def _make_start_pages(self) -> None:
        self.welcome = WelcomePage(self.start, self.worker)
        self.make = MakePage(self.start, self.worker)
        self.unlock = UnlockPage(self.start, self.worker)
        for page in (self.welcome, self.make, self.unlock):
            self.stack.addWidget(page)
        self.welcome.picked.connect(self.show_unlock)
        self.welcome.opened.connect(self.open)
        self.welcome.making.connect(self.show_make)
        self.make.left.connect(self.show_welcome)
        self.make.made.connect(self.enter)
        self.unlock.left.connect(self.show_welcome)
        self.unlock.opened.connect(self.enter)
        self.unlock.told.connect(self._say)
        self.welcome.told.connect(self._say)

    @property
    def notices(self) -> BarNotices:
        """The bars of what is in sight."""
        shown = self.stack.currentWidget()
        return getattr(shown, "notices", self.welcome.notices)

    def _tell(self, error: ProblemError) -> None:
        self.notices.problem(error)

    def _say(self, message: Message) -> None:
        self.notices.tell(message)

    def show_welcome(self) -> None:
        """Show the start screen."""
        self.welcome.refresh()
        self.stack.setCurrentWidget(self.welcome)
        self.setWindowTitle(NAME)
        self.welcome.maker.setFocus()

    def show_make(self) -> None:
        """Begin to make a register."""
        self.stack.setCurrentWidget(self.make)
        self.make.begin()

    def show_unlock(self, folder: Path) -> None:
        """Ask for the password of a register."""
        self.stack.setCurrentWidget(self.unlock)
        self.setWindowTitle(f"{folder.stem} · {NAME}")
        self.unlock.show_folder(folder)

    def open(self, chosen: Chosen) -> None:
        """Open a register whose password is known, such as an example's."""
        self.worker.run(lambda: self.start.open(chosen), self.enter, writes=True)

    def enter(self, desk: Desk) -> None:
        """Show an open register."""
        notices = BarNotices()
        office = Office(desk, self.services, self.worker, notices, self.preferences)
        idle_for = timedelta(minutes=self.settings["idle_minutes"])
        self.shell = Shell(office, notices, self.specs, idle_for=idle_for)
        self.shell.lock_asked.connect(self.lock)
        office.settings_chosen.connect(self.take_settings)
        self.schedule = BackupSchedule(office, self.shell)
        self.rules_applied = RulesApplied(office, self.shell)
        self.stack.addWidget(self.shell)
        self.stack.setCurrentWidget(self.shell)
        if self.shell.specs:
            self.shell.go_to(self.shell.specs[0].slug)
        if self.sealed:
            self.shell.take_drafts(drafts.take_out(desk, self.sealed))
            self.sealed = b""

    def take_settings(self, settings: Settings) -> None:
        """Speak, look and lock as was chosen from now on, at the place where it was chosen."""
        before, self.settings = self.settings, settings
        if self.shell is not None:
            self.shell.idle_for = timedelta(minutes=settings["idle_minutes"])
        if any(before[name] != settings[name] for name in ("language", "theme")):
            QTimer.singleShot(0, self, self._dress_anew)

    def _dress_anew(self) -> None:
        """Make every page anew, in the language and colours that are now in force."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dress(application, self.settings)
        for page in (self.welcome, self.make, self.unlock):
            self.stack.removeWidget(page)
            page.deleteLater()
        self._make_start_pages()
        if self.shell is not None:
            self.worker.finish()
            old = self.shell
            self.stack.removeWidget(old)
            old.hide()
            old.deleteLater()
            self.enter(old.office.desk)
            self.shell.go_to(old.at)

    def lock(self) -> None:
        """Forget the key; the clocks run on, by number only."""
        if self.shell is None:
            return
        office, deadlines = self.shell.office, self.shell.status.deadlines
        folder, login = office.desk.folder.path, office.desk.user.login
        typed = self.shell.drafts()
        self.shell.lock()
        self.sealed = drafts.put_away(office.desk, typed) if typed else b""
        self._put_away()
        self.stack.setCurrentWidget(self.unlock)
        self.unlock.show_folder(folder, login=login, is_locked=True, deadlines=deadlines)

    def _put_away(self) -> None:
        if self.shell is None:
            return
        self.worker.finish()
        desk = self.shell.office.desk
        self.stack.removeWidget(self.shell)
        self.shell.hide()
        self.shell.deleteLater()
        self.shell = None
        desk.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first when something is not saved; remember the window."""
        if self.shell is not None and not self.is_closing:
            self.shell.may_close(self._close_now)
            if not self.is_closing:
                event.ignore()
                return
        self.preferences.keep("window", self.saveGeometry())
        self._put_away()
        self.worker.close()
        super().closeEvent(event)

    def _close_now(self) -> None:
        self.is_closing = True
        self.close()
