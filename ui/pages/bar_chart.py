"""A chart of bars, one of which has the cursor: arrows move it, Enter or a click opens it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from privreg import formats
from ui import icons
from ui.notices import announce
from ui.widgets import STEP

if TYPE_CHECKING:
    from collections.abc import Sequence

FOOT = 34
HEAD = 22
GAP = 2
HEIGHT = 190
OPENS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
NONE = -1


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its height, the words under it, its line for a reader, and what it opens.

    `year` stands under the first bar of a year, `tick` under some bars.
    """

    count: int
    tick: str
    year: str
    spoken: str
    target: Any


class BarChart(QWidget):
    """Paints bars. `opened` gives the target of the bar that was chosen."""

    opened = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.bars: Sequence[Bar] = ()
        self.at = 0
        self.under_mouse = NONE
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(HEIGHT)

    def sizeHint(self) -> QSize:
        """Ask for room for two years of months."""
        return QSize(320, HEIGHT)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars."""
        self.bars = list(bars)
        self.at = min(self.at, max(len(self.bars) - 1, 0))
        self.setAccessibleDescription("; ".join(each.spoken for each in self.bars if each.count))
        self.update()

    def place_of(self, place: int) -> QRect:
        """Return the column of one bar, from the top of the chart to its foot."""
        width = (self.width() - 2 * STEP) / max(len(self.bars), 1)
        left = STEP + round(place * width)
        right = STEP + round((place + 1) * width) - GAP
        return QRect(left, HEAD, max(right - left, 2), self.height() - HEAD - FOOT)

    def bar_at(self, x: float) -> int:
        """Return the bar at a distance from the left, or NONE."""
        for place in range(len(self.bars)):
            column = self.place_of(place)
            if column.left() <= x <= column.right() + GAP:
                return place
        return NONE

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars, the words under them, and the count of the one in view."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        highest = max((each.count for each in self.bars), default=0)
        for place, bar in enumerate(self.bars):
            self._bar(painter, place, bar, highest)
        self._foot(painter)
        self._words(painter)
        painter.end()

    @property
    def in_view(self) -> int:
        """The bar that is pointed at, or has the cursor."""
        if self.under_mouse != NONE:
            return self.under_mouse
        return self.at if self.hasFocus() else NONE

    def _bar(self, painter: QPainter, place: int, bar: Bar, highest: int) -> None:
        palette, column = icons.palette_in_use(), self.place_of(place)
        tall = round(column.height() * bar.count / highest) if highest else 0
        tall = max(tall, 2 if bar.count else 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.text if place == self.in_view else palette.accent))
        painter.drawRect(QRect(column.left(), column.bottom() - tall + 1, column.width(), tall))
        if place == self.at and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(palette.focus), 1))
            painter.drawRect(column.adjusted(-1, 0, 1, 1))

    def _foot(self, painter: QPainter) -> None:
        palette = icons.palette_in_use()
        base = self.height() - FOOT
        painter.setPen(QColor(palette.line))
        painter.drawLine(STEP, base, self.width() - STEP, base)
        painter.setPen(QColor(palette.muted))
        half, line = FOOT // 2, painter.fontMetrics().height()
        for place, bar in enumerate(self.bars):
            left = self.place_of(place).left()
            if bar.tick:
                painter.drawText(QRect(left, base + 2, 80, line), 0, bar.tick)
            if bar.year:
                painter.drawText(QRect(left, base + half, 80, line), 0, bar.year)

    def _words(self, painter: QPainter) -> None:
        palette, place = icons.palette_in_use(), self.in_view
        room = QRect(STEP, 0, self.width() - 2 * STEP, HEAD)
        highest = max((each.count for each in self.bars), default=0)
        if place == NONE:
            painter.setPen(QColor(palette.muted))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignRight), formats.number(highest))
            return
        painter.setPen(QColor(palette.text))
        fits = painter.fontMetrics().elidedText(
            self.bars[place].spoken, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft), fits)

    def go_to(self, place: int) -> None:
        """Move the cursor to a bar and say it."""
        if self.bars:
            self.at = max(0, min(place, len(self.bars) - 1))
            announce(self, self.bars[self.at].spoken)
            self.update()

    def _open(self, place: int) -> None:
        if 0 <= place < len(self.bars):
            self.at = place
            self.opened.emit(self.bars[place].target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, Home and End; open with Enter."""
        goes = {
            Qt.Key.Key_Left: self.at - 1,
            Qt.Key.Key_Right: self.at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self.bars) - 1,
        }
        if event.key() in goes:
            self.go_to(goes[Qt.Key(event.key())])
        elif event.key() in OPENS:
            self._open(self.at)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the bar that is pointed at."""
        self.under_mouse = self.bar_at(event.position().x())
        self.setCursor(
            Qt.CursorShape.PointingHandCursor
            if self.under_mouse != NONE
            else Qt.CursorShape.ArrowCursor
        )
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing any more."""
        super().leaveEvent(event)
        self.under_mouse = NONE
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open a bar."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._open(self.bar_at(event.position().x()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where the cursor is."""
        super().focusInEvent(event)
        self.go_to(self.at)

    def event(self, event: QEvent) -> bool:
        """Show a bar's line as its tip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.bar_at(event.pos().x())
            words = self.bars[place].spoken if place != NONE else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)
