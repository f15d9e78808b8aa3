"""What stands where a list is empty: what belongs there, and the first step."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.widgets import button, column, label

if TYPE_CHECKING:
    from collections.abc import Callable


class EmptyState(QWidget):
    """A title, a sentence, and a button."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "surface")
        self.title = label("", "section")
        self.sentence = label("", "muted", wraps=True)
        self.step = button("", self._take, tone="primary")
        self.act: Callable[[], object] | None = None
        for each in (self.title, self.sentence):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        stack = column(None, self.title, self.sentence, space=2, edges=(6, 4, 6, 4))
        stack.addWidget(self.step, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addStretch(2)
        self.setLayout(stack)

    def show_words(
        self, title: str, sentence: str, word: str = "", act: Callable[[], object] | None = None
    ) -> None:
        """Say what is empty; `word` is on the button, none without it."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.step.setText(word)
        self.step.setVisible(bool(word))
        self.act = act

    def _take(self) -> None:
        if self.act is not None:
            self.act()
