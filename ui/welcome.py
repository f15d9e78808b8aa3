"""The first screen: open a register, one of the last, an example, or make a new one."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QProgressBar, QVBoxLayout, QWidget

from privreg import formats
from privreg.translation import N_, _, message
from ui import icons
from ui.notices import BarNotices
from ui.widgets import ElidedLabel, button, column, frame, icon_button, label, line, menu_button

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QFrame

    from privreg.errors import ProblemError
    from privreg.services.recent import Recent
    from ui.start import Chosen, Start
    from ui.worker import Worker

CARD_WIDTH = 760
ICON_SIZE = 48
TAKEN_AT = re.compile(r" \d{4}-\d\d-\d\d \d{4}( \(\d+\))?$")  # as the backup's name ends
RESTORED = N_(
    "The backup is restored as {folder}; it opens with a password, or the emergency sheet, of "
    "the day of the backup."
)
ABOUT = {
    "1box": N_("self-storage, people and companies"),
    "clientbox": N_("a software service for companies"),
    "iv": N_("training and advice"),
    "connox": N_("a web shop in two countries"),
    "koffiemax": N_("coffee machines for companies"),
}


class WelcomePage(QWidget):
    """`picked` asks to unlock a folder, `opened` gives a register ready to open, `making` a new.

    `told` is what is said once the next page is in sight.
    """

    told = Signal(object)
    picked = Signal(object)
    opened = Signal(object)
    making = Signal()

    def __init__(self, start: Start, worker: Worker) -> None:
        super().__init__()
        self.setProperty("look", "ground")
        self.start = start
        self.worker = worker
        self.notices = BarNotices()
        self.recent = frame("card")
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Making the example"))
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.opener = button(_("Open a register…"), self.open, icon="folder")
        self.maker = button(_("Make a register…"), self.making.emit, icon="add", tone="primary")
        self.restorer = button(_("Restore a backup…"), self.restore, icon="backup")
        self.examples = menu_button(_("Look at an example"), self._menu())
        self.content = QWidget()
        self.content.setFixedWidth(CARD_WIDTH)
        self.cards = self._laid_out()
        self.content.setLayout(self.cards)
        stack = column(self.notices, None, space=0)
        stack.addWidget(self.content, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addStretch(2)
        self.setLayout(stack)

    def _laid_out(self) -> QVBoxLayout:
        sign = QLabel()
        sign.setPixmap(icons.pixmap("privreg", "accent", ICON_SIZE))
        words = label(
            _("The privacy desk of your business: registers that run their clocks."),
            "muted",
            wraps=True,
        )
        head = line(sign, column(label("PrivReg", "title"), words, space=0), space=4)
        head.setStretch(1, 1)
        acts = line(self.maker, self.opener, self.restorer, self.examples, None)
        return column(head, acts, self.progress, self.recent, space=5, edges=(4, 4, 4, 4))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for name, what in ABOUT.items():
            words = _("{name}: {what}").format(name=name, what=_(what))
            act = menu.addAction(words)
            act.triggered.connect(lambda _on=False, name=name: self.make_example(name))
        return menu

    def refresh(self) -> None:
        """Show the registers opened last."""
        old = self.recent
        self.recent = frame("card")
        found = self.start.recent()
        rows = [self._row(each) for each in found]
        title = label(_("Opened last"), "section")
        self.recent.setLayout(column(title, *rows, space=1, edges=(4, 3, 2, 3)))
        self.cards.replaceWidget(old, self.recent)
        self.recent.setVisible(bool(rows))
        old.deleteLater()

    def _row(self, each: Recent) -> QFrame:
        name = button(each.path.stem, lambda: self.picked.emit(each.path), tone="link")
        name.setAccessibleDescription(str(each.path))
        place = ElidedLabel(str(each.path.parent), "muted")
        place.setToolTip(str(each.path))
        when = label(formats.day(formats.local(each.opened_at).date()), "muted")
        away = icon_button(
            "close",
            _("Take {name} off this list").format(name=each.path.stem),
            lambda: self._forget(each.path),
        )
        row = line(name, place, when, away, space=3)
        row.setStretch(1, 1)
        made = frame("")
        made.setLayout(row)
        return made

    def _forget(self, path: Path) -> None:
        self.start.forget(path)
        self.refresh()

    def open(self) -> None:
        """Let the user point at a register."""
        found = self.start.ask_folder(self)
        if found is not None:
            self.picked.emit(found)

    def make_example(self, name: str) -> None:
        """Make an example in the background and open it."""
        self._show_busy(_("Making the example"))
        self.worker.run_long(
            lambda progress: self.start.make_example(name, progress),
            self._made,
            self._advance,
            self._not_made,
            writes=True,
        )

    def restore(self) -> None:
        """Put a backup back as a register of its own, also one of another PC."""
        file = self.start.ask_backup(self)
        if file is None:
            return
        folder = self.start.ask_new_place(self, TAKEN_AT.sub("", file.stem))
        if folder is None:
            return
        self._show_busy(_("Restoring the backup"))
        self.worker.run(
            lambda: self.start.restore(file, folder), self._restored, self._not_made, writes=True
        )

    def _restored(self, folder: Path) -> None:
        self._show_busy()
        self.picked.emit(folder)
        self.told.emit(message(RESTORED, folder=str(folder)))

    def _show_busy(self, words: str = "") -> None:
        """Show that something runs, or without words that nothing does."""
        if words:
            self.progress.setAccessibleName(words)
        self.progress.setRange(0, 0)
        self.progress.setVisible(bool(words))
        for each in (self.maker, self.opener, self.restorer, self.examples):
            each.setDisabled(bool(words))

    def _advance(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _made(self, chosen: Chosen) -> None:
        self._show_busy()
        self.opened.emit(chosen)

    def _not_made(self, error: ProblemError) -> None:
        self._show_busy()
        self.notices.problem(error)
