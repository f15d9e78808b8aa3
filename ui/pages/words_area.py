"""Words or questions that take the height they need, and scroll where there is less."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

LEAST = 48
LEAST_IN_A_HIGH_WINDOW = 132
HIGH = 760


class WordsArea(QScrollArea):
    """Holds a layout; of words alone it is a stop of the Tab key, though only while it scrolls."""

    def __init__(self, lines: QLayout, spoken: str, *, is_stop: bool = True) -> None:
        super().__init__()
        self.lines = lines
        self.is_stop = is_stop
        held = QWidget()
        held.setLayout(lines)
        self.setAccessibleName(spoken)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._scrolls)
        self.setWidget(held)
        for each in (self.viewport(), held):
            each.setAutoFillBackground(False)

    def _scrolls(self, _lowest: int, highest: int) -> None:
        policy = Qt.FocusPolicy.TabFocus if highest and self.is_stop else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)

    @property
    def needed(self) -> int:
        """The height that the words take at this width."""
        if self.lines.hasHeightForWidth():
            return self.lines.heightForWidth(self.width())
        return self.lines.sizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return what the words need at this width."""
        return QSize(self.lines.sizeHint().width(), self.needed)

    def minimumSizeHint(self) -> QSize:
        """Ask for two lines at least, for six where the window is high enough."""
        least = LEAST_IN_A_HIGH_WINDOW if self.window().height() >= HIGH else LEAST
        return QSize(0, min(least, max(self.needed, LEAST)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height when the words change."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
