"""Backups: which there are, until when, making one now, proving one, restoring one elsewhere."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from privreg import formats
from privreg.errors import ProblemError
from privreg.services import backups
from privreg.translation import N_, _, message, messages
from ui.flow_layout import FlowLayout
from ui.pages.asks import Asks
from ui.pages.desk_of import desk_of
from ui.pages.settings_panels import Panel, empty
from ui.start import free_name
from ui.widgets import boxed, button, column, hidden_unless, label, line

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QLabel

    from privreg.services.backups import Backup, PastTerm
    from privreg.services.desk import Desk
    from privreg.translation import Message
    from ui.office import Office
    from ui.worker import Progress

ALL = 100
MEBIBYTE = 1024 * 1024


class StoppedError(ProblemError):
    """The user thought better of it."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The backups beside the register with their sizes in bytes, and how they are kept."""

    backups: tuple[Backup, ...]
    sizes: dict[Path, int]
    every: timedelta
    kept_for: timedelta
    told: Message | None = None  # where the office server makes the backups
    past: tuple[PastTerm, ...] = ()


class BackupsPanel(Panel):
    """The list of backups, the newest first, each to be proved or restored."""

    def __init__(self, office: Office) -> None:
        is_here = backups.are_made_here(desk_of(office))
        encrypted = _(
            "A backup is as encrypted as the register and opens with the passwords, or the "
            "emergency sheet, of its day. Keep one on another PC or disk as well."
        )
        elsewhere = _(
            "PrivReg does not encrypt a backup that the server makes; keep it where nobody else "
            "reads it. Keep a copy of the register's folder with it: without its keys and the "
            "emergency sheet nobody logs in."
        )
        super().__init__(_("Backups"), encrypted if is_here else elsewhere)
        self.office = office
        self.asks = Asks()
        self.shelf: Shelf | None = None
        self.making: Progress | None = None
        self.maker = button(_("Make a backup now"), self.make, icon="backup", tone="primary")
        self.elsewhere = button(_("Into another folder…"), self.make_elsewhere, icon="folder")
        self.restorer = button(_("Restore a file…"), self.restore_file, icon="undo")
        self.stopper = button(_("Stop"), self.stop, icon="close")
        self.bar = QProgressBar()
        self.bar.setRange(0, ALL)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress of the backup"))
        self.told = label(_("Looking for backups…"), "muted", wraps=True)
        self.list = QVBoxLayout()
        self.list.setSpacing(0)
        buttons = QWidget()
        flow = FlowLayout()
        for starter in (self.maker, self.elsewhere, self.restorer):
            flow.addWidget(starter)
        buttons.setLayout(flow)
        self.stack.addWidget(buttons)
        self.busy = QWidget()
        self.busy.setLayout(line(self.bar, self.stopper))
        self.busy.hide()
        for each in (self.busy, self.told):
            self.stack.addWidget(each)
        self.stack.addLayout(self.list)
        self.stack.addStretch(1)
        may = backups.may_make(desk_of(office)) and not office.desk.read_only
        for each in (self.maker, self.elsewhere):
            hidden_unless(may, each)
        hidden_unless(is_here, self.restorer)

    def enter(self) -> None:
        """Look which backups there are."""
        desk = desk_of(self.office)
        self.office.worker.run(lambda: shelf_of(desk), self._show, latest="shelf")

    def _show(self, shelf: Shelf) -> None:
        self.shelf = shelf
        empty(self.list)
        for made in shelf.backups:
            self.list.addWidget(self._card(made, shelf))
        self.told.setText(_told(shelf) if shelf.told is None else formats.text(shelf.told))

    def _card(self, made: Backup, shelf: Shelf) -> QFrame:
        when = formats.moment_in_words(made.made_at)
        size = _size(shelf.sizes.get(made.file, 0))
        words = column(label(when, "strong"), _until(made, shelf, size), space=0)
        prove = button(_("Verify"), lambda: self.verify(made), icon="check", tone="quiet")
        restore = button(_("Restore…"), lambda: self.restore(made.file), icon="undo", tone="quiet")
        for each in (prove, restore):
            each.setAccessibleName(f"{each.text()}: {when}")
        row = line(words, prove, restore, edges=(3, 2, 2, 2))
        row.setStretch(0, 1)
        card = boxed(row, "row")
        card.setAccessibleName(f"{when}, {size}")
        return card

    @property
    def is_busy(self) -> bool:
        """Whether something is being made, proved or restored."""
        return not self.busy.isHidden()

    def make(self, into: Path | None = None) -> None:
        """Make a backup in the background; the register stays in use."""
        if self.is_busy:
            return
        desk = desk_of(self.office)
        self._begin(can_stop=True)
        self.making = self.office.worker.run_long(
            lambda progress: backups.make(desk, into=into, progress=_told_by(progress)),
            self._made,
            self._advance,
            self._failed,
            aside=True,
        )

    def make_elsewhere(self) -> None:
        """Ask for a folder, such as one on a stick, and make a backup there."""
        folder = self.asks.folder(self, _("Where to put the backup"))
        if folder is not None:
            self.make(folder)

    def stop(self) -> None:
        """Stop; nothing of a backup is left behind."""
        if self.making is not None:
            self.making.cancelled.set()

    def _begin(self, *, can_stop: bool) -> None:
        self.bar.setRange(0, ALL if can_stop else 0)
        self.bar.setValue(0)
        self.busy.show()
        self.stopper.setVisible(can_stop)
        if can_stop:
            self.stopper.setFocus()

    def _advance(self, done: int, _total: int) -> None:
        self.bar.setValue(done)

    def _made(self, made: Backup) -> None:
        self._end()
        self.office.notices.tell(
            message(N_("The backup {file} is made and verified."), file=made.file.name)
        )
        self.enter()

    def _failed(self, error: ProblemError) -> None:
        self._end()
        if not isinstance(error, StoppedError):
            self.office.notices.problem(error)

    def _end(self) -> None:
        self.making = None
        if self.stopper.hasFocus():
            self.maker.setFocus()
        self.busy.hide()

    def verify(self, made: Backup) -> None:
        """Prove in the background that a backup can be restored."""
        desk = desk_of(self.office)
        if self.is_busy:
            return
        self._begin(can_stop=False)
        self.office.worker.run(
            lambda: backups.verify(desk, made.file),
            lambda opens: self._verified(made, opens=opens),
            self._failed,
            aside=True,
        )

    def _verified(self, made: Backup, *, opens: bool) -> None:
        self._end()
        told = (
            N_("The backup {file} is whole and opens.")
            if opens
            else N_(
                "The backup {file} is whole; it was made before somebody's access ended and opens "
                "with a password or the emergency sheet of that day."
            )
        )
        self.office.notices.tell(message(told, file=made.file.name))

    def restore_file(self) -> None:
        """Ask for a backup that stands elsewhere, and restore it."""
        file = self.asks.backup(self, desk_of(self.office).folder.backups)
        if file is not None:
            self.restore(file)

    def restore(self, file: Path) -> None:
        """Ask for a folder and put the backup there as a register of its own."""
        place = self.asks.folder(self, _("Where to put the restored register"))
        if place is None:
            return
        target = free_name(place / _("{name} restored").format(name=self.office.desk.name))
        if self.is_busy:
            return
        self._begin(can_stop=False)
        self.office.worker.run(
            lambda: backups.restore(file, target),
            lambda _folder: self._restored(target),
            self._failed,
            aside=True,
        )

    def _restored(self, target: Path) -> None:
        self._end()
        self.office.notices.tell(
            message(N_("Restored as {folder}; open it from the start screen."), folder=str(target))
        )


def shelf_of(desk: Desk) -> Shelf:
    """Return what stands on the shelf; off the window's thread."""
    chosen = backups.settings(desk)
    found = backups.present(desk)
    return Shelf(
        found,
        {each.file: each.file.stat().st_size for each in found},
        timedelta(days=int(chosen["backup_every_days"])),
        timedelta(days=int(chosen["backup_kept_days"])),
        backups.made_by_server(desk) or backups.clock_doubt(desk),
        backups.past_term(desk),
    )


def _until(made: Backup, shelf: Shelf, size: str) -> QLabel:
    """Say how long a backup is kept, or since when it should not be there any more."""
    past = next((each for each in shelf.past if each.backup == made), None)
    day = formats.day(formats.local(made.expires_at(shelf.kept_for)).date())
    if past is None:
        return label(_("{size}, kept until {day}").format(size=size, day=day), "muted")
    words = (
        _("{size}, past its term since {day}; it stays as one of the newest")
        if past.stays
        else _("{size}, past its term since {day}; the program removes it as it makes the next")
    )
    return label(words.format(size=size, day=day), "late", wraps=True)


def _told(shelf: Shelf) -> str:
    days = shelf.every.days
    if shelf.backups:
        told = messages(
            N_("The program makes one every day."),
            N_("The program makes one every {count} days."),
            days,
        )
    else:
        told = messages(
            N_("There is no backup yet; make one now. The program then makes one every day."),
            N_("There is no backup yet; make one now. Then follows one every {count} days."),
            days,
        )
    return formats.text(told)


def _size(octets: int) -> str:
    return _("{size} MB").format(size=formats.number(round(octets / MEBIBYTE, 1)))


def _told_by(progress: Progress) -> backups.Told:
    def tell(share: float) -> None:
        if progress.is_cancelled:
            raise StoppedError(message(N_("Stopped.")))
        progress(round(share * ALL), ALL)

    return tell
