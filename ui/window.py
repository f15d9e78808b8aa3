"""The one window of the program: start screens, the open register, and the lock between.

What only an open register needs is imported while the start screens stand, see `ui.ahead`.
"""

# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: PLC0415  (see above: imported ahead, or when wanted)
from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from ui.ahead import import_ahead, import_later
from ui.dressing import dress
from ui.unlock import UnlockPage
from ui.welcome import WelcomePage
from ui.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent

    from privreg.errors import ProblemError
    from privreg.services.desk import Desk
    from privreg.services.drafts import Draft
    from privreg.settings import Settings
    from privreg.translation import Message
    from ui.make import MakePage
    from ui.notices import BarNotices
    from ui.office import Services
    from ui.page import PageSpec
    from ui.preferences import Preferences
    from ui.shell import Place, Shell
    from ui.start import Chosen, Start

DESIGN_WIDTH, DESIGN_HEIGHT = 1280, 800
SMALLEST_WIDTH, SMALLEST_HEIGHT = 900, 440
"""What is left of a laptop's screen of 1366 by 768 at 150 %."""
SOON_MILLISECONDS = 1_000
"""After the first page stands: the other pages are imported."""
NAME = "PrivReg"


class MainWindow(QMainWindow):
    """Shows one thing at a time: welcome, make, unlock or the shell of an open register.

    Without `services` and `pages` it shows the real ones. `stood` is emitted once the clocks
    of a register stand in it, `imported` when all that its pages need is imported, `emptied`
    when a register was put away.
    """

    stood = Signal()
    imported = Signal()
    emptied = Signal()

    def __init__(
        self,
        start: Start,
        services: Services | None,
        pages: Sequence[PageSpec] | None,
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
        self.is_all_imported = False
        self.sealed = b""
        self.left_at: Place | None = None
        self.stack = QStackedWidget()
        self._make_start_pages()
        self.setCentralWidget(self.stack)
        self.setMinimumSize(SMALLEST_WIDTH, SMALLEST_HEIGHT)
        self.resize(DESIGN_WIDTH, DESIGN_HEIGHT)
        self.restoreGeometry(preferences.bytes_of("window"))
        self.show_welcome()
        self.worker.run(import_ahead, _nothing, aside=True)

    def _make_start_pages(self) -> None:
        self.welcome = WelcomePage(self.start, self.worker)
        self.unlock = UnlockPage(self.start, self.worker)
        self._make: MakePage | None = None
        for page in (self.welcome, self.unlock):
            self.stack.addWidget(page)
        self.welcome.picked.connect(self.show_unlock)
        self.welcome.opened.connect(self.open)
        self.welcome.making.connect(self.show_make)
        self.unlock.left.connect(self.show_welcome)
        self.unlock.opened.connect(self.enter)
        self.unlock.told.connect(self._say)
        self.welcome.told.connect(self._say)

    @property
    def make(self) -> MakePage:
        """The page on which a register is made: built when it is wanted, as most never do."""
        if self._make is None:
            from ui.make import MakePage

            self._make = MakePage(self.start, self.worker)
            self._make.left.connect(self.show_welcome)
            self._make.made.connect(self.enter)
            self.stack.addWidget(self._make)
        return self._make

    @property
    def notices(self) -> BarNotices:
        """The bars of what is in sight, or comes into sight at the next turn."""
        if self.shell is not None:
            return self.shell.notices
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
        """Show an open register, at the next turn of the loop: its first page takes one itself."""
        QTimer.singleShot(0, self._make_shell(desk), self._show_shell)

    def _make_shell(self, desk: Desk) -> Shell:
        from ui.opened import shell_of

        idle_for = timedelta(minutes=self.settings["idle_minutes"])
        self.shell = shell_of(
            desk, self.services, self.specs, self.worker, self.preferences, idle_for
        )
        self.shell.lock_asked.connect(self.lock)
        self.shell.office.settings_chosen.connect(self.take_settings)
        self.shell.office.agenda_fetched.connect(self._stands)
        self.stack.addWidget(self.shell)
        return self.shell

    def _show_shell(self) -> None:
        from privreg.services.drafts import take_out

        if self.shell is None:
            return
        self.stack.setCurrentWidget(self.shell)
        if self.shell.specs:
            self.shell.go_to(self.shell.specs[0].slug)
        if self.left_at is not None:
            self.shell.go_back_to(self.left_at)
            self.left_at = None
        typed = take_out(self.shell.office.desk, self.sealed) if self.sealed else []
        self.sealed = b""
        if typed:
            self.shell.take_drafts(typed)
        else:
            self.shell.kept.offer()

    def _stands(self) -> None:
        """Import what the other pages need, now that the first one stands."""
        self.stood.emit()
        if not self.is_all_imported:
            self.is_all_imported = True
            QTimer.singleShot(SOON_MILLISECONDS, self, self._import_later)

    def _import_later(self) -> None:
        self.worker.run(import_later, lambda _done: self.imported.emit(), aside=True)

    @property
    def is_resting(self) -> bool:
        """Whether nobody has touched an open register for a while."""
        return self.shell is None or self.shell.is_resting

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
        for page in (self.welcome, self._make, self.unlock):
            if page is not None:
                self.stack.removeWidget(page)
                page.deleteLater()
        self._make_start_pages()
        if self.shell is not None:
            self.worker.finish()
            old = self.shell
            self.stack.removeWidget(old)
            old.hide()
            old.deleteLater()
            self._make_shell(old.office.desk)
            self._show_shell()
            self.shell.go_to(old.at)

    def lock(self) -> None:
        """Forget the key; the clocks run on, by number only."""
        from privreg.services.drafts import put_away

        if self.shell is None:
            return
        office, deadlines = self.shell.office, self.shell.status.deadlines
        folder, login = office.desk.folder.path, office.desk.user.login
        typed = self.shell.kept.unsaved
        self.left_at = self.shell.place
        self.shell.lock()
        self.sealed = put_away(office.desk, typed) if typed else b""
        self._put_away(typed)
        self.stack.setCurrentWidget(self.unlock)
        self.unlock.show_folder(folder, login=login, is_locked=True, deadlines=deadlines)

    def _put_away(self, typed: Sequence[Draft] = ()) -> None:
        """Close the register; only what was `typed` is kept of what nobody saved."""
        if self.shell is None:
            return
        self.worker.finish()
        self.shell.kept.leave(typed)
        desk = self.shell.office.desk
        self.stack.removeWidget(self.shell)
        self.shell.hide()
        self.shell.deleteLater()
        self.shell = None
        desk.close()
        self.emptied.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first when something is not saved; remember the window."""
        if self.shell is not None and not self.is_closing:
            self.shell.may_close(self._close_now)
            if not self.is_closing:
                event.ignore()
                return
        self.preferences.keep("window", self.saveGeometry())
        self._put_away(self.shell.kept.offered if self.shell is not None else ())
        self.worker.close()
        super().closeEvent(event)

    def _close_now(self) -> None:
        self.is_closing = True
        self.close()


def _nothing(_result: object) -> None:
    """Take the end of what nobody waits for."""
