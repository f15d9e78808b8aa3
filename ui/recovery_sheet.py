"""The emergency sheet on the screen: the recovery key and its paper, shown once, then forgotten."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from privreg.errors import ProblemError
from privreg.translation import N_, _, message
from ui.widgets import boxed, button, column, label, line

if TYPE_CHECKING:
    from pathlib import Path

    from privreg.services.desk import Desk
    from privreg.services.paper import Paper
    from ui.notices import Notices
    from ui.pages.asks import Asks
    from ui.worker import Worker

PREVIEW_WIDTH, PREVIEW_HEIGHT = 640, 760

# ruff: noqa: PLC0415  (what prints is imported when paper is asked for, not when a window opens)


class RecoverySheet(QWidget):
    """Shows a key large enough to copy by hand, and its paper to look at, print and save.

    The paper is that of the report kit; until it is saved neither it nor the key is on a disk.
    `ready` says that the paper can be printed.
    """

    ready = Signal()

    def __init__(self, worker: Worker, notices: Notices) -> None:
        super().__init__()
        self.worker = worker
        self.notices = notices
        self.asks: Asks | None = None
        self.paper: Paper | None = None
        self.preview: QDialog | None = None
        self.key = label("", "section", wraps=True)
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.key.setAccessibleName(_("Recovery key"))
        self.viewer = button(_("Look at the sheet"), self.look, icon="report")
        self.printer = button(_("Print…"), self.print, icon="print", tone="primary")
        self.saver = button(_("Save as PDF…"), self.save, icon="save")
        box = boxed(column(self.key, edges=(4, 4, 4, 4)), "box")
        buttons = line(self.printer, self.saver, self.viewer, None)
        self.setLayout(column(box, buttons, space=3))
        self._show_possible()

    @property
    def is_open(self) -> bool:
        """Whether a key stands on the screen."""
        return bool(self.key.text())

    def show_key(self, desk: Desk, recovery_key: str) -> None:
        """Show the key of a register, and make its paper in the background."""
        from privreg.services import paper as papers

        self.forget()
        self.key.setText(recovery_key)
        self.worker.run(
            lambda: papers.preview_sheet(desk, recovery_key),
            lambda made: self._made(recovery_key, made),
            self.notices.problem,
            aside=True,
        )

    def _made(self, recovery_key: str, paper: Paper | None) -> None:
        """Take the paper, unless the key was put away meanwhile."""
        if self.key.text() != recovery_key:
            return
        self.paper = paper
        self._show_possible()
        self.ready.emit()

    def _show_possible(self) -> None:
        for each in (self.viewer, self.printer, self.saver):
            each.setEnabled(self.paper is not None)

    def forget(self) -> None:
        """Take the key off the screen and let go of its paper."""
        self.key.clear()
        self.paper = None
        if self.preview is not None:
            self.preview.close()
        self._show_possible()

    def look(self) -> None:
        """Show the paper in a window of its own."""
        from ui.pages.paper_view import PaperView

        if self.paper is None or self.preview is not None:
            return
        view = PaperView()
        self.preview = dialog = QDialog(self)
        dialog.setWindowTitle(_("Emergency sheet"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setLayout(column(view, space=0))
        dialog.resize(PREVIEW_WIDTH, PREVIEW_HEIGHT)
        dialog.finished.connect(lambda _how: self._looked())
        dialog.finished.connect(lambda _how: view.forget())
        view.show_pdf(self.paper.pdf)
        dialog.show()

    def _looked(self) -> None:
        self.preview = None

    def _asks(self) -> Asks:
        from ui.pages.asks import Asks

        return self.asks or Asks()

    def print(self) -> None:
        """Print the sheet on a printer the user chooses."""
        from ui.pages.page_printer import PagePrinter

        printer = self._asks().printer(self)
        if printer is not None and self.paper is not None:
            printing = PagePrinter(self, self.paper.pdf, printer)
            printing.finished.connect(self._printed)
            printing.start()

    def _printed(self, pages: int) -> None:
        if pages:
            self.notices.tell(message(N_("The emergency sheet went to the printer.")))
        else:
            nothing = message(N_("Nothing was printed; look whether the printer is on."))
            self.notices.problem(ProblemError(nothing))

    def save(self) -> None:
        """Save the sheet as a PDF where the user says."""
        from privreg.services import paper as papers

        path = self._asks().pdf(self, _("Emergency sheet") + ".pdf")
        if path is None or self.paper is None:
            return
        pdf = self.paper.pdf
        self.worker.run(
            lambda: papers.write(pdf, path),
            lambda _none: self._saved(path),
            self.notices.problem,
            aside=True,
        )

    def _saved(self, path: Path) -> None:
        self.notices.tell(
            message(
                N_("Saved as {file}. Print it, and remove the file from this PC."), file=path.name
            )
        )
