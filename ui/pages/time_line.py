"""What happened with a customer, on a line through time; arrows move along it, Enter opens.

The same events stand as a list on a tab of their own.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from privreg import formats
from privreg.translation import _
from ui import icons
from ui.pages.spots_widget import NONE, SpotsWidget
from ui.pages.why_tree import weighted
from ui.widgets import STEP

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT = 84
EDGE = 6 * STEP
DOT = 5.0
REACH = 10.0
A_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Mark:
    """One event: its day, what it is called, and what it opens."""

    day: date
    words: str
    target: Any

    @property
    def spoken(self) -> str:
        """The event with its day, on one line."""
        return f"{formats.day(self.day)} {self.words}"


class TimeLine(SpotsWidget[Mark]):
    """Paints events from the first to today. `opened` gives the target of a mark."""

    def __init__(self) -> None:
        super().__init__(_("Time line"))
        self.today = date.max
        self.caption = ""
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for a line across the page."""
        return QSize(480, HEIGHT)

    def show_marks(self, marks: Sequence[Mark], today: date) -> None:
        """Show these events, the earliest at the left."""
        self.today = today
        self.show_spots(sorted(marks, key=lambda each: each.day), len(marks) - 1)
        self.setAccessibleDescription("; ".join(each.spoken for each in self.spots))

    def show_caption(self, words: str) -> None:
        """Write a line above at the left: who this is, since when."""
        self.caption = words
        self.update()

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day of the line, at least a month apart."""
        last = max([each.day for each in self.spots] + [self.today])
        return min([each.day for each in self.spots] + [last - A_MONTH]), last

    def x_of(self, day: date) -> float:
        """Return how far from the left a day stands."""
        first, last = self.span
        room = self.width() - 2 * EDGE - 16 * STEP
        return EDGE + 2 * STEP + room * ((day - first) / (last - first))

    def spot_at(self, x: float) -> int:
        """Return the mark near a distance from the left, or NONE."""
        near = [(abs(self.x_of(each.day) - x), n) for n, each in enumerate(self.spots)]
        distance, place = min(near, default=(REACH + 1, NONE))
        return place if distance <= REACH else NONE

    @property
    def middle(self) -> int:
        """How far from the top the line runs."""
        return HEIGHT // 2 - STEP

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line, today, the events, and the words there is room for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = icons.palette_in_use()
        painter.fillRect(self.rect(), QColor(palette.surface))
        painter.setPen(QPen(QColor(palette.muted), 1.5))
        painter.drawLine(EDGE, self.middle, self.width() - EDGE, self.middle)
        if not self.spots:
            painter.setPen(QColor(palette.muted))
            painter.drawText(EDGE, self.middle + 6 * STEP, _("No events are recorded yet."))
        self._caption(painter)
        self._today(painter)
        self._dots(painter)
        self._words(painter)
        painter.end()

    def _caption(self, painter: QPainter) -> None:
        """Write the caption, cut off where 'today' begins."""
        metrics, left = painter.fontMetrics(), EDGE - 2 * STEP
        room = round(self.x_of(self.today)) - left - 2 * STEP
        fits = metrics.elidedText(self.caption, Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(icons.palette_in_use().muted))
        painter.drawText(left, STEP + metrics.ascent(), fits)

    def _today(self, painter: QPainter) -> None:
        """Mark today above the line; below it stand the words of the events."""
        palette, x = icons.palette_in_use(), round(self.x_of(self.today))
        painter.setPen(QPen(QColor(palette.accent), 1, Qt.PenStyle.DashLine))
        painter.drawLine(x, STEP, x, self.middle + STEP)
        painter.setPen(QColor(palette.accent))
        painter.drawText(x + STEP, STEP + painter.fontMetrics().ascent(), _("today"))

    def _dots(self, painter: QPainter) -> None:
        palette = icons.palette_in_use()
        for place, mark in enumerate(self.spots):
            is_seen = place == self.in_view
            painter.setPen(QPen(QColor(palette.surface), 1.5))
            painter.setBrush(QColor(palette.text if is_seen else palette.accent))
            reach = DOT + (1.5 if is_seen else 0)
            painter.drawEllipse(QPointF(self.x_of(mark.day), self.middle), reach, reach)

    def _words(self, painter: QPainter) -> None:
        """Write each event under its dot where there is room, the one in view always."""
        if self.in_view != NONE:
            self._word(painter, self.spots[self.in_view], 0.0, self.width(), is_seen=True)
            return
        taken = 0.0
        for place, mark in enumerate(self.spots):
            ahead = [self.x_of(each.day) for each in self.spots[place + 1 :]]
            if self.x_of(mark.day) - DOT >= taken:
                until = min(ahead, default=float(self.width()))
                taken = self._word(painter, mark, taken, until)

    def _word(
        self, painter: QPainter, mark: Mark, taken: float, until: float, *, is_seen: bool = False
    ) -> float:
        """Write an event in two lines between two places; return where it ends.

        It begins under its dot, or before it at the end of the line; what is too long is cut off.
        """
        metrics, font = painter.fontMetrics(), painter.font()
        day = formats.day(mark.day)
        wide = max(metrics.horizontalAdvance(mark.words), metrics.horizontalAdvance(day)) + 2 * STEP
        left = max(taken, min(self.x_of(mark.day) - DOT, self.width() - STEP - wide))
        room = round(min(wide, until - left - STEP))
        if room < metrics.horizontalAdvance(day):
            return taken
        palette = icons.palette_in_use()
        painter.setPen(QColor(palette.text if is_seen else palette.muted))
        top = self.middle + 2 * STEP
        painter.drawText(QRect(round(left), top, room, metrics.height()), 0, day)
        painter.setFont(weighted(font) if is_seen else font)
        fits = metrics.elidedText(mark.words, Qt.TextElideMode.ElideRight, room - STEP)
        painter.drawText(
            QRect(round(left), top + metrics.height(), room, metrics.height()), 0, fits
        )
        painter.setFont(font)
        return left + room
