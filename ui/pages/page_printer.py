"""Sends a PDF to a printer page by page, so that the window never waits for it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QObject, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

POINTS_PER_INCH = 72
MOST_DOTS_PER_INCH = 300
"""Enough for text of 9 points; more only makes the printer slower."""


class PdfInMemory(QPdfDocument):
    """A PDF that lives in memory only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]
        self.buffer = QBuffer(self)

    def show_bytes(self, pdf: bytes) -> None:
        """Show another PDF; empty bytes show none."""
        self.close()
        self.buffer.close()
        self.buffer.setData(pdf)
        if pdf:
            self.buffer.open(QBuffer.OpenModeFlag.ReadOnly)
            self.load(self.buffer)


class PagePrinter(QObject):
    """Prints one PDF. `printed` tells each page of how many; `finished` how many were printed."""

    printed = Signal(int, int)
    finished = Signal(int)

    def __init__(self, parent: QObject, pdf: bytes, printer: QPrinter) -> None:
        super().__init__(parent)
        self.document = PdfInMemory(self)
        self.document.show_bytes(pdf)
        self.printer = printer
        self.painter = QPainter()
        self.place = 0
        self.places = self._wanted()
        self.is_stopped = False

    def _wanted(self) -> list[int]:
        """Return the pages asked for, from 0; the dialog may have limited them."""
        pages = range(self.document.pageCount())
        first, last = self.printer.fromPage(), self.printer.toPage()
        return [page for page in pages if not first or first <= page + 1 <= last]

    def start(self) -> None:
        """Begin; the pages follow one by one."""
        self.printer.setFullPage(True)
        self.printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        if self.places and self.painter.begin(self.printer):
            QTimer.singleShot(0, self, self._print_next)
        else:
            self._finish()

    def stop(self) -> None:
        """Print no page more."""
        self.is_stopped = True

    def _print_next(self) -> None:
        if self.is_stopped or self.place >= len(self.places):
            self._finish()
            return
        if self.place:
            self.printer.newPage()
        self.painter.drawImage(self._paper(), self._picture(self.places[self.place]))
        self.place += 1
        self.printed.emit(self.place, len(self.places))
        QTimer.singleShot(0, self, self._print_next)

    def _paper(self) -> QRect:
        return self.printer.pageLayout().fullRectPixels(self.printer.resolution())

    def _picture(self, page: int) -> QImage:
        dots = min(self.printer.resolution(), MOST_DOTS_PER_INCH) / POINTS_PER_INCH
        points = self.document.pagePointSize(page)
        size = QSize(round(points.width() * dots), round(points.height() * dots))
        options = QPdfDocumentRenderOptions()
        return self.document.render(page, size, options)

    def _finish(self) -> None:
        if self.painter.isActive():
            self.painter.end()
        self.document.show_bytes(b"")
        self.finished.emit(self.place)
        self.deleteLater()
