"""What happened with a customer, on a line through time; arrows move along it, Enter opens.

The same events stand as a list on a tab of their own.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
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
from privreg.translation import _
from ui import icons
from ui.notices import announce
from ui.pages.why_tree import weighted
from ui.widgets import STEP

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT = 84
EDGE = 6 * STEP
DOT = 5.0
REACH = 10.0
NONE = -1
OPENS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
A_MONTH = 30


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


class TimeLine(QWidget):
    """Paints events from the first to a little after today. `opened` gives a mark's target."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.marks: Sequence[Mark] = ()
        self.today = date.min
        self.at = 0
        self.caption = ""
        self.under_mouse = NONE
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Time line"))

    def sizeHint(self) -> QSize:
        """Ask for a line across the page."""
        return QSize(480, HEIGHT)

    def show_marks(self, marks: Sequence[Mark], today: date) -> None:
        """Show these events, the earliest at the left."""
        self.marks = sorted(marks, key=lambda each: each.day)
        self.today = today
        self.at = max(len(self.marks) - 1, 0)
        self.setAccessibleDescription("; ".join(each.spoken for each in self.marks))
        self.update()

    def show_caption(self, words: str) -> None:
        """Write a line above at the left: who this is, since when."""
        self.caption = words
        self.update()

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day of the line."""
        days = [each.day for each in self.marks] + [self.today]
        return min(days), max(days)

    def x_of(self, day: date) -> float:
        """Return how far from the left a day stands."""
        first, last = self.span
        whole = max((last - first).days, A_MONTH)
        room = self.width() - 2 * EDGE - 16 * STEP
        return EDGE + 2 * STEP + room * (day - first).days / whole

    def place_at(self, x: float) -> int:
        """Return the mark near a distance from the left, or NONE."""
        near = [(abs(self.x_of(each.day) - x), n) for n, each in enumerate(self.marks)]
        distance, place = min(near, default=(REACH + 1, NONE))
        return place if distance <= REACH else NONE

    @property
    def in_view(self) -> int:
        """The mark that is pointed at, or has the cursor."""
        return (
            self.under_mouse if self.under_mouse != NONE else self.at if self.hasFocus() else NONE
        )

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
        if not self.marks:
            painter.setPen(QColor(palette.muted))
            painter.drawText(EDGE, self.middle + 6 * STEP, _("No events are recorded yet."))
        painter.setPen(QColor(palette.muted))
        painter.drawText(EDGE - 2 * STEP, STEP + painter.fontMetrics().ascent(), self.caption)
        self._today(painter)
        self._dots(painter)
        self._words(painter)
        painter.end()

    def _today(self, painter: QPainter) -> None:
        palette, x = icons.palette_in_use(), round(self.x_of(self.today))
        painter.setPen(QPen(QColor(palette.accent), 1, Qt.PenStyle.DashLine))
        painter.drawLine(x, STEP, x, HEIGHT - STEP)
        painter.setPen(QColor(palette.accent))
        painter.drawText(x + STEP, STEP + painter.fontMetrics().ascent(), _("today"))

    def _dots(self, painter: QPainter) -> None:
        palette = icons.palette_in_use()
        for place, mark in enumerate(self.marks):
            is_seen = place == self.in_view
            painter.setPen(QPen(QColor(palette.surface), 1.5))
            painter.setBrush(QColor(palette.text if is_seen else palette.accent))
            reach = DOT + (1.5 if is_seen else 0)
            painter.drawEllipse(QPointF(self.x_of(mark.day), self.middle), reach, reach)

    def _words(self, painter: QPainter) -> None:
        """Write each event under its dot where there is room, the one in view always."""
        palette, taken = icons.palette_in_use(), -1.0
        order = range(len(self.marks))
        if self.in_view != NONE:
            self._word(painter, self.in_view, palette.text, 0.0, is_seen=True)
            return
        for place in order:
            left = self.x_of(self.marks[place].day) - DOT
            if left > taken:
                ahead = [self.x_of(each.day) for each in self.marks[place + 1 :]]
                taken = self._word(painter, place, palette.muted, min(ahead, default=1e6))

    def _word(
        self, painter: QPainter, place: int, colour: str, until: float, *, is_seen: bool = False
    ) -> float:
        """Write an event in two lines; return where it ends. Too long for its room is cut off."""
        mark, metrics = self.marks[place], painter.fontMetrics()
        wide = max(metrics.horizontalAdvance(mark.words), metrics.horizontalAdvance("00-00-0000"))
        left = self.x_of(mark.day) - DOT
        if is_seen:
            left = min(left, self.width() - EDGE - wide)
        room = round(min(wide + 2 * STEP, self.width() - left - STEP))
        if not is_seen and until - left < room:
            room = min(room, max(round(until - left) - 2 * STEP, 0))
        top, font = self.middle + 2 * STEP, painter.font()
        if room < metrics.horizontalAdvance("00-00-0000"):
            return left
        painter.setPen(QColor(colour))
        fits = metrics.elidedText(formats.day(mark.day), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(round(left), top, room, metrics.height()), 0, fits)
        painter.setFont(weighted(font) if is_seen else font)
        fits = metrics.elidedText(mark.words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(
            QRect(round(left), top + metrics.height(), room, metrics.height()), 0, fits
        )
        painter.setFont(font)
        return left + room

    def go_to(self, place: int) -> None:
        """Move the cursor to an event and say it."""
        if self.marks:
            self.at = max(0, min(place, len(self.marks) - 1))
            announce(self, self.marks[self.at].spoken)
        self.update()

    def _open(self, place: int) -> None:
        if 0 <= place < len(self.marks):
            self.at = place
            self.opened.emit(self.marks[place].target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, Home and End; open with Enter."""
        goes = {
            Qt.Key.Key_Left: self.at - 1,
            Qt.Key.Key_Right: self.at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self.marks) - 1,
        }
        if event.key() in goes:
            self.go_to(goes[Qt.Key(event.key())])
        elif event.key() in OPENS:
            self._open(self.at)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the event that is pointed at."""
        self.under_mouse = self.place_at(event.position().x())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing any more."""
        super().leaveEvent(event)
        self.under_mouse = NONE
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open an event."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._open(self.place_at(event.position().x()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where the cursor is."""
        super().focusInEvent(event)
        self.go_to(self.at)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no cursor any more."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Show an event's line as its tip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.place_at(event.pos().x())
            words = self.marks[place].spoken if place != NONE else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)
