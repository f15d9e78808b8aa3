"""The system's own dialogs: where a file goes, which printer; tests put answers in their place."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from privreg.translation import _
from ui.start import documents

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

BACKUP_FILTER = "PrivReg (*.privreg-backup)"


class Asks:
    """Each answer is None when the user thought better of it."""

    def pdf(self, parent: QWidget, name: str) -> Path | None:
        """Ask where a PDF is saved; `name` is suggested and holds no personal data."""
        found, _filter = QFileDialog.getSaveFileName(
            parent, _("Save as PDF"), str(documents() / name), "PDF (*.pdf)"
        )
        return Path(found).with_suffix(".pdf") if found else None

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """Ask for a folder."""
        found = QFileDialog.getExistingDirectory(parent, title, str(documents()))
        return Path(found) if found else None

    def backup(self, parent: QWidget, folder: Path) -> Path | None:
        """Ask for a backup."""
        found, _filter = QFileDialog.getOpenFileName(
            parent, _("Choose a backup"), str(folder), BACKUP_FILTER
        )
        return Path(found) if found else None

    def printer(self, parent: QWidget) -> QPrinter | None:
        """Ask for a printer."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        return printer if QPrintDialog(printer, parent).exec() else None
