"""Unlocking a register: who, password, or the recovery key; also the screen while it is locked."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QProgressBar, QRadioButton, QVBoxLayout, QWidget

from privreg.errors import CertificateError, LockedElsewhereError
from privreg.translation import Message, _
from ui.ask import Ask
from ui.flow_layout import FlowLayout
from ui.notices import BarNotices
from ui.rescue import RescueForm
from ui.start import Chosen
from ui.status_bar import StatusBar
from ui.widgets import button, column, frame, label, line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from privreg.errors import ProblemError
    from privreg.law.deadline import Deadline
    from privreg.services.desk import Desk
    from privreg.services.recovering import WayBack
    from ui.start import Start
    from ui.worker import Worker

CARD_WIDTH = 440
MOST_BUTTONS = 8


class UnlockPage(QWidget):
    """Asks who and the password. `opened` gives the desk, `left` asks for the start screen.

    A wrong password makes the next attempt wait longer; the page says that it waits. With the
    recovery key somebody first gets a new password; `told` is what the new keys ask to be done.
    """

    opened = Signal(object)
    told = Signal(object)
    left = Signal()

    def __init__(self, start: Start, worker: Worker) -> None:
        super().__init__()
        self.setProperty("look", "ground")
        self.start = start
        self.worker = worker
        self.folder: Path | None = None
        self.is_recovering = False
        self.has_buttons = False
        self.has_many = False
        self.notices = BarNotices()
        self.title = label("", "title", wraps=True)
        self.state = label("", "muted", wraps=True)
        self.who = QWidget()
        self.whos = FlowLayout()
        self.who.setLayout(self.whos)
        self.names = QButtonGroup(self)
        self.login = Ask(_("User name"))
        self.password = Ask(_("Password"), is_secret=True)
        self.recovery = Ask(
            _("Recovery key"), _("As it stands on the emergency sheet, in groups of letters.")
        )
        self.rescue = RescueForm(start)
        self.rescue_key = ""
        self.opener = button(_("Open"), self.open, tone="primary", icon="unlock")
        self.reader = button(_("Open read-only"), self.open_read_only)
        self.certifier = button(_("Choose the certificate…"), self.ask_certificate, icon="folder")
        self.switch = button("", self._switch, tone="link")
        self.back = button(_("Another register"), self.left.emit, tone="link")
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("Opening"))
        self.status = StatusBar(start.clock)
        self._lay_out()
        for each in (self.password, self.recovery, self.login):
            each.input.returnPressed.connect(self.open)
        self.rescue.asked.connect(self.open)
        self._show_fields()

    def _lay_out(self) -> None:
        card = frame("card")
        card.setFixedWidth(CARD_WIDTH)
        card.setLayout(
            column(
                column(self.title, self.state, space=0),
                self.who,
                self.login,
                self.password,
                self.recovery,
                self.rescue,
                self.busy,
                line(self.opener, self.reader, self.certifier, None),
                line(self.switch, None, self.back),
                space=4,
                edges=(6, 5, 6, 4),
            )
        )
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.notices)
        stack.addStretch(1)
        stack.addLayout(line(None, card, None))  # so that its height follows its own width
        stack.addStretch(2)
        stack.addWidget(self.status)
        self.status.hide()

    def show_folder(
        self,
        folder: Path,
        *,
        login: str = "",
        is_locked: bool = False,
        deadlines: Sequence[Deadline] = (),
    ) -> None:
        """Ask for a register's password; while locked the clocks run on, by number only."""
        self.folder = folder
        self.title.setText(folder.stem)
        self.state.setText(_("Locked") if is_locked else str(folder.parent))
        self.back.setVisible(not is_locked)
        self.status.setVisible(is_locked)
        self.status.show_deadlines([replace(each, title="", owner="") for each in deadlines])
        self.is_recovering = False
        self.forget()
        self.notices.clear()
        self.reader.hide()
        self.certifier.hide()
        self._show_busy(is_busy=False)
        self._offer_names([login] if login else [])
        self.worker.run(
            lambda: self.start.logins(folder),
            lambda names: self._offer_names(names, login if len(names) > 1 else ""),
            lambda error: self._without_names(folder, error),
            latest="logins",
        )

    def _without_names(self, folder: Path, error: ProblemError) -> None:
        """Say why there are no names, and ask for the recovery key where that still opens it."""
        self.notices.problem(error)
        self.worker.run(
            lambda: self.start.needs_recovery(folder), self._turn_to_recovery, latest="logins"
        )

    def _turn_to_recovery(self, is_needed: bool) -> None:
        if is_needed and not self.is_recovering:
            self._switch()

    def _offer_names(self, names: Sequence[str], chosen: str = "") -> None:
        for old in self.names.buttons():
            self.names.removeButton(old)
            old.deleteLater()
        few = self.has_buttons = 1 < len(names) <= MOST_BUTTONS
        for name in names if few else ():
            made = QRadioButton(name)
            made.setAccessibleName(_("User: {name}").format(name=name))
            made.setChecked(name == chosen)
            self.names.addButton(made)
            self.whos.addWidget(made)
        self.has_many = len(names) > MOST_BUTTONS
        self.login.input.setText(chosen)
        self._show_fields()

    def _show_fields(self) -> None:
        is_choosing = self.rescue.way is not None
        self.who.setVisible(self.has_buttons and not self.is_recovering)
        self.login.setVisible(self.has_many and not self.is_recovering)
        self.password.setVisible(not self.is_recovering)
        self.recovery.setVisible(self.is_recovering and not is_choosing)
        self.rescue.setVisible(is_choosing)
        self.switch.setText(
            _("Use the password") if self.is_recovering else _("Use the recovery key")
        )
        self.opener.setText(self._opener_words())
        if not is_choosing:
            (self.recovery if self.is_recovering else self.password).input.setFocus()

    def _opener_words(self) -> str:
        if self.rescue.way is not None:
            return _("Set the password and open")
        return _("Next") if self.is_recovering else _("Open")

    def _switch(self) -> None:
        self.is_recovering = not self.is_recovering
        self.forget()

    def forget(self) -> None:
        """Take passwords and recovery key off the screen and out of the program."""
        self.rescue_key = ""
        self.rescue.forget()
        self.password.input.clear()
        self.recovery.input.clear()
        self._show_fields()

    @property
    def chosen_login(self) -> str | None:
        """Who wants in; None where there is one user."""
        checked = self.names.checkedButton()
        return checked.text() if checked is not None else self.login.text or None

    def open(self, *, is_read_only: bool = False) -> None:
        """Open the register in the background."""
        if self.folder is None or not self.opener.isEnabled():
            return
        if self.rescue.way is not None:
            self._recover()
        elif self.is_recovering:
            self._look_for_a_way_back(self.folder)
        else:
            chosen = Chosen(self.folder, self.chosen_login, self.password.text, is_read_only)
            self._run(lambda: self.start.open(chosen), self._opened)

    def _run(self, act: Callable[[], object], done: Callable[[Any], object]) -> None:
        self._show_busy(is_busy=True)
        self.worker.run(act, done, self._refused, writes=True)

    def _look_for_a_way_back(self, folder: Path) -> None:
        key = self.recovery.text
        self._run(lambda: self.start.way_back(folder, key), lambda way: self._found(key, way))

    def _found(self, key: str, way: WayBack) -> None:
        self._show_busy(is_busy=False)
        self.notices.clear()
        self.recovery.input.clear()
        self.rescue_key = key
        self.rescue.begin(way)
        self._show_fields()

    def _recover(self) -> None:
        folder, key, way = self.folder, self.rescue_key, self.rescue.way
        if folder is None or way is None or not self.rescue.is_ready:
            return
        login, password = self.rescue.chosen, self.rescue.password.text
        self._run(
            lambda: self.start.recover(folder, key, login, password),
            lambda desk: self._recovered(desk, way),
        )

    def _recovered(self, desk: Desk, way: WayBack) -> None:
        self.is_recovering = False
        from privreg.services.recovering import ONE_OF_MANY  # noqa: PLC0415  (once it was done)

        self._opened(desk)
        if way.is_anew and len(way.holders) > 1:
            self.told.emit(Message(ONE_OF_MANY))

    def open_read_only(self) -> None:
        """Open it without the right to change anything."""
        self.open(is_read_only=True)

    def ask_certificate(self) -> None:
        """Let the user point at the certificate of the office server, and open it with that."""
        folder, file = self.folder, self.start.ask_certificate(self)
        if folder is not None and file is not None:
            self._run(lambda: self.start.point_at_certificate(folder, file), self._pointed)

    def _pointed(self, _none: None) -> None:
        self._show_busy(is_busy=False)
        self.certifier.hide()
        self.notices.clear()
        self.open()

    def _show_busy(self, *, is_busy: bool) -> None:
        self.busy.setVisible(is_busy)
        inputs = (self.password.input, self.recovery.input, self.rescue)
        for each in (self.opener, self.reader, self.certifier, self.switch, *inputs):
            each.setDisabled(is_busy)

    def _opened(self, desk: Desk) -> None:
        self._show_busy(is_busy=False)
        self.forget()
        self.opened.emit(desk)

    def _refused(self, error: ProblemError) -> None:
        self._show_busy(is_busy=False)
        is_taken = isinstance(error, LockedElsewhereError)
        self.reader.setVisible(is_taken and not self.is_recovering)
        self.certifier.setVisible(isinstance(error, CertificateError))
        self.notices.problem(error)
        self.password.input.selectAll()
        if not self.certifier.isHidden():
            self.certifier.setFocus()
        elif self.rescue.way is not None:
            self.rescue.password.first.input.setFocus()
        else:
            (self.recovery if self.is_recovering else self.password).input.setFocus()
