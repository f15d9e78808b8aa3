"""The window a bug opens: where it happened, to be sent along, and nothing of the data."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from privreg.crash import report_of
from privreg.translation import _
from ui.widgets import button, column, label, line

if TYPE_CHECKING:
    from types import TracebackType

WIDTH, HEIGHT = 640, 420
FATAL = {QtMsgType.QtFatalMsg, QtMsgType.QtCriticalMsg}


class CrashWindow(QDialog):
    """Says that the program made a mistake, with what is needed to mend it."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("The program made a mistake"))
        self.resize(WIDTH, HEIGHT)
        self.report = QPlainTextEdit(report_of(error))
        self.report.setReadOnly(True)
        self.report.setAccessibleName(_("Report"))
        title = label(_("The program made a mistake"), "title")
        told = label(
            _(
                "What you saved is safe. Copy this report and send it to whoever looks after "
                "the program; it says where in the program it went wrong and holds none of "
                "your data."
            ),
            wraps=True,
        )
        buttons = line(
            None,
            button(_("Copy the report"), self.copy, icon="duplicate"),
            button(_("Close"), self.accept, tone="primary"),
        )
        self.setLayout(column(title, told, self.report, buttons, space=3, edges=(5, 5, 5, 5)))

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())


class CrashReporter(QObject):
    """Catches what nobody caught, on any thread, and shows one window for it."""

    caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.window: CrashWindow | None = None
        self.caught.connect(self.show)

    def wire(self) -> None:
        """Take over from Python's and Qt's own ways to complain."""
        sys.excepthook = self.report
        threading.excepthook = self.report_thread
        qInstallMessageHandler(self.report_qt)

    def report(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,  # noqa: ARG002  (the hook's own shape; the error holds it)
    ) -> None:
        """Show a bug; leaving with Ctrl+C is none."""
        if not issubclass(kind, KeyboardInterrupt):
            self.caught.emit(error)

    def report_thread(self, args: threading.ExceptHookArgs) -> None:
        """Show a bug of another thread."""
        if args.exc_value is not None:
            self.caught.emit(args.exc_value)

    def report_qt(self, kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        """Show what Qt calls critical; its words may hold data and are dropped."""
        del words
        if kind in FATAL:
            self.caught.emit(QtComplaintError(context.category))

    def show(self, error: BaseException) -> None:
        """Open the window, one at a time."""
        if self.window is None or not self.window.isVisible():
            self.window = CrashWindow(error)
            self.window.show()


class QtComplaintError(RuntimeError):
    """Something Qt calls critical."""
