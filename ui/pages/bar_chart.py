"""A chart of bars, one of which has the cursor: arrows move it, Enter or a click opens it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from privreg import formats
from ui import icons
from ui.pages.spots_widget import NONE, SpotsWidget
from ui.widgets import STEP

if TYPE_CHECKING:
    from collections.abc import Sequence

FOOT = 34
HEAD = 22
GAP = 2
HEIGHT = 190


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


class BarChart(SpotsWidget[Bar]):
    """Paints bars. `opened` gives the target of the bar that was chosen."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(HEIGHT)

    def sizeHint(self) -> QSize:
        """Ask for room for two years of months."""
        return QSize(320, HEIGHT)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars."""
        self.show_spots(bars, self.at)
        self.setAccessibleDescription("; ".join(each.spoken for each in bars if each.count))

    def place_of(self, place: int) -> QRect:
        """Return the column of one bar, from the top of the chart to its foot."""
        width = (self.width() - 2 * STEP) / max(len(self.spots), 1)
        left = STEP + round(place * width)
        right = STEP + round((place + 1) * width) - GAP
        return QRect(left, HEAD, max(right - left, 2), self.height() - HEAD - FOOT)

    def spot_at(self, x: float) -> int:
        """Return the bar at a distance from the left, or NONE."""
        for place in range(len(self.spots)):
            column = self.place_of(place)
            if column.left() <= x <= column.right() + GAP:
                return place
        return NONE

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars, the words under them, and the count of the one in view."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        highest = max((each.count for each in self.spots), default=0)
        for place, bar in enumerate(self.spots):
            self._bar(painter, place, bar, highest)
        self._foot(painter)
        self._words(painter)
        painter.end()

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
        for place, bar in enumerate(self.spots):
            left = self.place_of(place).left()
            if bar.tick:
                painter.drawText(QRect(left, base + 2, 80, line), 0, bar.tick)
            if bar.year:
                painter.drawText(QRect(left, base + half, 80, line), 0, bar.year)

    def _words(self, painter: QPainter) -> None:
        palette, place = icons.palette_in_use(), self.in_view
        room = QRect(STEP, 0, self.width() - 2 * STEP, HEAD)
        highest = max((each.count for each in self.spots), default=0)
        if place == NONE:
            painter.setPen(QColor(palette.muted))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignRight), formats.number(highest))
            return
        painter.setPen(QColor(palette.text))
        fits = painter.fontMetrics().elidedText(
            self.spots[place].spoken, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft), fits)
