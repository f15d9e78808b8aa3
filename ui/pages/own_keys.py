"""Keys that mean something inside one part of a page, before the page's own shortcuts hear them."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget


class OwnKeys(QObject):
    """Takes keys for a widget and all in it: two shortcuts of one key would silence each other."""

    def __init__(self, widget: QWidget, acts: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(widget)
        self.acts = {QKeySequence(keys): act for keys, act in acts.items()}
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a key of ours out of the hands of the shortcuts, and act on it."""
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        act = self.acts.get(QKeySequence(event.keyCombination()))
        if act is None or event.type() not in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}:
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            act()
        return True
