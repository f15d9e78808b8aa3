"""A layout that sets things side by side and goes on below where the width ends."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem

STEP = 4


class FlowLayout(QLayout):
    """Words on a line, as in a text: chips, segments, buttons."""

    def __init__(self, space: int = STEP) -> None:
        super().__init__()
        self.items: list[QLayoutItem] = []
        self.setSpacing(space)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item in at the end."""
        self.items.append(item)

    def count(self) -> int:
        """Return how many there are."""
        return len(self.items)

    def itemAt(self, index: int) -> QLayoutItem:
        """Return one item; None past the end, as Qt wants it."""
        return self.items[index] if 0 <= index < len(self.items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        """Take one item out."""
        return self.items.pop(index) if 0 <= index < len(self.items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Become higher as it becomes narrower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        return self._lay(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, rectangle: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rectangle)
        self._lay(rectangle, moves=True)

    def sizeHint(self) -> QSize:
        """Return the size at which every item fits."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size of the widest item."""
        size = QSize()
        for item in self.items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, area: QRect, *, moves: bool) -> int:
        left, top, height = area.x(), area.y(), 0
        for item in self.items:
            hint = item.sizeHint()
            if item.isEmpty():
                continue
            if left + hint.width() > area.right() + 1 and height:
                left, top, height = area.x(), top + height + self.spacing(), 0
            if moves:
                width = min(hint.width(), area.width())
                item.setGeometry(QRect(left, top, width, hint.height()))
            left += hint.width() + self.spacing()
            height = max(height, hint.height())
        return top + height - area.y()
