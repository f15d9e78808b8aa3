"""Hands for the tests: keys and clicks, given to a widget as a person would."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.later import make_next
from ui.pages.settings_page import SettingsPage

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

CONTROL = Qt.KeyboardModifier.ControlModifier
NO_KEY = Qt.KeyboardModifier.NoModifier


def type_text(widget: QWidget, text: str) -> None:
    """Type a text."""
    QTest.keyClicks(widget, text)


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = NO_KEY) -> None:
    """Press one key, with others held."""
    QTest.keyClick(widget, key, held)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Click with the left button, in the middle unless said where."""
    if at is None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    else:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NO_KEY, at)


def make_whole(page: QWidget) -> None:
    """Make all of a page that is made later or on demand."""
    while make_next(page):
        pass
    if isinstance(page, SettingsPage):
        for name in page.entries:
            page.show_panel(name)
