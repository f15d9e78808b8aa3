"""The emergency sheet on the screen: the recovery key, to be printed or saved, then forgotten."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QWidget

from privreg import formats
from privreg.translation import _
from ui.theme import body_font
from ui.widgets import button, column, frame, label, line

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QPagedPaintDevice

    from privreg.services.desk import Desk
    from ui.start import Start

MARGIN_MILLIMETRES = 20


class RecoverySheet(QWidget):
    """Shows the key large enough to copy by hand, and puts it on paper."""

    def __init__(self, start: Start) -> None:
        super().__init__()
        self.start = start
        self.desk: Desk | None = None
        self.key = label("", "section", wraps=True)
        self.key.setTextInteractionFlags(self.key.textInteractionFlags().TextSelectableByKeyboard)
        self.key.setAccessibleName(_("Recovery key"))
        told = label(
            _(
                "Who loses every password opens the register with this key alone. It is shown "
                "once: print it or save it, and keep it where you keep the deed of the house."
            ),
            wraps=True,
        )
        box = frame("box")
        box.setLayout(column(self.key, edges=(4, 4, 4, 4)))
        self.printer = button(_("Print…"), self.print, icon="print")
        self.saver = button(_("Save as PDF…"), self.save, icon="save")
        buttons = line(self.printer, self.saver, None)
        self.setLayout(column(told, box, buttons, space=3))

    def show_key(self, desk: Desk, recovery_key: str) -> None:
        """Show the key of a register."""
        self.desk = desk
        self.key.setText(recovery_key)

    def forget(self) -> None:
        """Take the key off the screen."""
        self.key.clear()

    def print(self) -> None:
        """Print the sheet on a printer the user chooses."""
        from PySide6.QtPrintSupport import (  # noqa: PLC0415  (a window that prints nothing)
            QPrintDialog,
            QPrinter,
        )

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self._paint(printer)

    def save(self) -> None:
        """Save the sheet as a PDF where the user says."""
        path = self.start.ask_file(self, f"{_('Emergency sheet')}.pdf")
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the sheet as a PDF."""
        writer = QPdfWriter(str(path))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setTitle(_("Emergency sheet"))
        self._paint(writer)

    def _paint(self, device: QPagedPaintDevice) -> None:
        edges = QMarginsF(*(MARGIN_MILLIMETRES for _side in range(4)))
        device.setPageMargins(edges, QPageLayout.Unit.Millimeter)
        document = QTextDocument()
        font = QFont(body_font())
        font.setPointSize(12)
        document.setDefaultFont(font)
        document.setPlainText("\n\n".join(self.paragraphs()))
        document.print_(device)

    def paragraphs(self) -> list[str]:
        """Return what stands on the sheet."""
        if self.desk is None:
            return []
        return [
            _("Emergency sheet of the register {name}").format(name=self.desk.name),
            _("Made on {day}").format(day=formats.day(formats.local(self.desk.clock.now()).date())),
            _("Recovery key"),
            self.key.text(),
            _(
                "With this key anybody can set a new password and open the register. Keep it on "
                "paper, in a safe or with a notary, never on the PC itself. A new sheet makes this "
                "one void."
            ),
            _(
                "To use it: open the program, choose the register, then 'Use the recovery key', "
                "and choose a new password."
            ),
        ]
