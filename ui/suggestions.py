"""The list under a line in which something is searched: shown, walked by key, picked."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, Signal
from PySide6.QtGui import QIcon, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit

from ui.theme import restyle

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN_AT_ONCE = 12


class Suggestions(QObject):
    """Suggests things under a line. `picked` gives the place of the one chosen."""

    picked = Signal(int)

    def __init__(self, input_line: QLineEdit) -> None:
        super().__init__(input_line)
        self.model = QStandardItemModel(self)
        self.completer = QCompleter(self.model, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(SHOWN_AT_ONCE)
        self.completer.setWrapAround(False)  # Down on the last stays there, so Enter picks it
        self.completer.setWidget(input_line)
        self.completer.activated[QModelIndex].connect(self._pick)  # type: ignore[index]

    @property
    def is_shown(self) -> bool:
        """Whether the list is open."""
        return bool(self.model.rowCount()) and popup_of(self.completer).isVisible()

    def offer(self, words: Sequence[str], icons: Sequence[QIcon] = ()) -> None:
        """Open the list with these words; close it when there are none."""
        if not words:
            self.hide()
        self.model.clear()
        for place, each in enumerate(words):
            self.model.appendRow(QStandardItem(icons[place] if icons else QIcon(), each))
        if not words:
            return
        self.completer.complete()
        dress_popup(self.completer)
        popup_of(self.completer).setCurrentIndex(self.completer.completionModel().index(0, 0))

    def widen(self, width: int) -> None:
        """Let the open list be wider than its line, for long names."""
        if self.is_shown:
            popup_of(self.completer).setMinimumWidth(width)

    def hide(self) -> None:
        """Close the list."""
        if self.is_shown:
            popup_of(self.completer).hide()

    def pick_first(self) -> None:
        """Pick the first, as Enter does while the list is not walked."""
        if self.model.rowCount():
            self.picked.emit(0)

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(index.row())


def popup_of(completer: QCompleter) -> QAbstractItemView:
    """Return the view of a completer, which Qt always makes."""
    found = completer.popup()
    assert found is not None  # noqa: S101  (Qt makes one when there is none)
    return found


def dress_popup(completer: QCompleter) -> None:
    """Give the list its look, once it is there: making it early for every line costs time."""
    popup = popup_of(completer)
    if popup.property("look") != "popup":
        popup.setProperty("look", "popup")
        restyle(popup)
