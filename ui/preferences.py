"""What the window remembers between two runs: sizes, columns, language; no personal data."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from pathlib import Path


class Preferences:
    """A small file of settings on this PC, outside every register."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.settings = QSettings(str(file), QSettings.Format.IniFormat)

    def bytes_of(self, name: str) -> QByteArray:
        """Return a state that Qt made, empty when there is none."""
        found = self.settings.value(name)
        return found if isinstance(found, QByteArray) else QByteArray()

    def words_of(self, name: str) -> list[str]:
        """Return a list of words, empty when there is none."""
        found = self.settings.value(name)
        if isinstance(found, str):
            return [found] if found else []
        return [str(each) for each in found] if isinstance(found, list) else []

    def word_of(self, name: str, otherwise: str = "") -> str:
        """Return one word."""
        found = self.settings.value(name)
        return found if isinstance(found, str) else otherwise

    def keep(self, name: str, value: QByteArray | list[str] | str) -> None:
        """Remember a value; a read-only disk is no reason to bother the user."""
        self.settings.setValue(name, value)
