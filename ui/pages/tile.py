"""A quiet tile: one number, what it counts, and a line about it; a click shows what is counted."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QSizePolicy

from privreg import formats
from ui.widgets import ElidedLabel, as_tip, column, label

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_YET = "…"
HEIGHT = 116


class Tile(QPushButton):
    """A button that shows a count."""

    def __init__(self, title: str, act: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("look", "tile")
        self.setAutoDefault(False)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.heading = ElidedLabel(title, "muted")
        self.number = label(NOT_YET, "title")
        self.note = label("", "muted", wraps=True)
        self.setLayout(
            column(self.heading, self.number, self.note, None, space=0, edges=(3, 2, 3, 2))
        )
        self.setAccessibleName(title)
        self.clicked.connect(lambda: act())  # noqa: PLW0108  (without Qt's own argument)

    @property
    def has_count(self) -> bool:
        """Whether a count was shown before."""
        return self.number.text() != NOT_YET

    def sizeHint(self) -> QSize:
        """Ask for the room the words take."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Let two stand beside each other in a narrow window."""
        return QSize(120, HEIGHT)

    def show_count(self, count: int, note: str) -> None:
        """Show a count and the line about it."""
        self.number.setText(formats.number(count))
        self.note.setText(note)
        self.setAccessibleName(f"{self.heading.text()}: {formats.number(count)}")
        self.setAccessibleDescription(note)
        self.setToolTip(as_tip(note))
