"""A clock in large: the hours left, by when in words, a bar, and its state in word and shape.

The time left is computed from the clock of the program at every tick, never counted down, so
it is right after sleep and across a clock change.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from privreg import formats
from privreg.law.deadline import Deadline, DeadlineState, left, state
from privreg.law.moments import end_of_day
from privreg.translation import N_, _
from ui import icons
from ui.notices import announce
from ui.pages.clock_words import days_in_large, due_in_words, time_left
from ui.pages.why_tree import ICON, colour_of, paint_bar, shape, tone_of
from ui.theme import restyle
from ui.widgets import column, label, line

if TYPE_CHECKING:
    from datetime import date

    from privreg.clock import Clock

TICK_MILLISECONDS = 1_000
WIDTH, NARROW = 288, 248
BAR_ROOM = 10
NO_TIME = "\N{EN DASH}"


class StatePicture(QWidget):
    """The shape of a state, in the colours in use."""

    def __init__(self, state: str = "waiting") -> None:
        super().__init__()
        self.state = state
        self.setFixedSize(ICON, ICON)

    def show_state(self, state: str) -> None:
        """Show another state."""
        self.state = state
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shape."""
        painter = QPainter(self)
        shape(painter, 0, ICON // 2, self.state)
        painter.end()


class TimerBar(QWidget):
    """A bar that fills as time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.state = ""
        self.setFixedHeight(BAR_ROOM)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, state: str) -> None:
        """Show how much has passed, from 0 to 1, in the colour of a state."""
        if (share, state) != (self.share, self.state):
            self.share, self.state = share, state
            self.update()

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        return QSize(120, BAR_ROOM)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar, and a mark at its end."""
        painter = QPainter(self)
        paint_bar(painter, self.rect(), self.share, colour_of(self.state or "calm"))
        painter.setPen(QColor(icons.palette_in_use().muted))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.end()


class ClockFace(QFrame):
    """Shows one deadline. `turned` is emitted when its state changes before the user's eyes."""

    turned = Signal(object)

    def __init__(self, clock: Clock, unknown: str) -> None:
        """Show no clock yet; `unknown` is the marked sentence that says what starts it."""
        super().__init__()
        self.setProperty("look", "box")
        self.clock = clock
        self.unknown = unknown
        self.deadline: Deadline | None = None
        self.how: DeadlineState | None = None
        self.minute: object = None
        self.picture = StatePicture()
        self.word = label("", "strong")
        self.digits = label("", "clock")
        self.until = label("", "muted", wraps=True)
        self.bar = TimerBar()
        self.digits.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(
            column(
                line(self.picture, self.word, None, space=1),
                self.digits,
                self.bar,
                self.until,
                space=1,
                edges=(3, 2, 3, 2),
            )
        )
        self.fit(is_narrow=False)
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.CoarseTimer)
        self.timer.timeout.connect(self.tick)

    def fit(self, *, is_narrow: bool) -> None:
        """Leave more room for what stands beside it."""
        self.setFixedWidth(NARROW if is_narrow else WIDTH)

    def show_deadline(self, deadline: Deadline | None) -> None:
        """Show a clock, or that none runs yet."""
        self.deadline, self.how, self.minute = deadline, None, None
        self.tick()

    def tick(self) -> None:
        """Show what the clock says now."""
        if self.deadline is None:
            self._show_none()
            return
        now = self.clock.now()
        how = state(self.deadline, now)
        if how is not self.how:
            self._turn(how)
        self.digits.setText(digits(self.deadline, now))
        self.bar.show_share(passed(self.deadline, now), how.value)
        self._say(now)

    def _show_none(self) -> None:
        self.how = None
        self.picture.show_state("waiting")
        self.word.setText(_("The clock does not run yet"))
        self._colour("waiting")
        self.digits.setText(NO_TIME)
        self.until.setText(_(self.unknown))
        self.bar.show_share(0.0, "waiting")
        self.setAccessibleName(self.word.text())

    def _turn(self, how: DeadlineState) -> None:
        had = self.how
        self.how = how
        self.picture.show_state(how.value)
        self.word.setText(self._word(how))
        self._colour(tone_of(how.value))
        self.until.setText(self._until())
        if had is not None:
            self.turned.emit(how)

    def _word(self, how: DeadlineState) -> str:
        is_of_days = self.deadline is not None and not isinstance(self.deadline.due, datetime)
        if how is DeadlineState.SOON and is_of_days:
            return _("Hurry: a week left at most")
        return _(STATES[how])

    def _colour(self, tone: str) -> None:
        for each in (self.word, self.digits):
            each.setProperty("state", tone)
            restyle(each)

    def _until(self) -> str:
        due = self.deadline.due if self.deadline is not None else None
        if due is None:
            return _("Without undue delay; no hours are set.")
        words = due_in_words(due)
        is_late = self.how is DeadlineState.LATE
        return (_("the time was {due}") if is_late else _("until {due}")).format(due=words)

    def _say(self, now: datetime) -> None:
        """Name the clock for a screen reader, once a minute: not every second."""
        minute = now.replace(second=0, microsecond=0)
        if minute == self.minute or self.deadline is None:
            return
        self.minute = minute
        spoken = ", ".join((self.word.text(), self._spoken_left(now), self.until.text()))
        self.setAccessibleName(spoken)

    def _spoken_left(self, now: datetime) -> str:
        assert self.deadline is not None  # noqa: S101  (asked by the caller)
        if isinstance(self.deadline.due, datetime):
            return formats.span(left(self.deadline, now))
        return time_left(self.deadline, now)

    def showEvent(self, event: QShowEvent) -> None:
        """Run while in sight, beginning at once: the PC may have slept."""
        super().showEvent(event)
        self.tick()
        self.timer.start(TICK_MILLISECONDS)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while out of sight."""
        super().hideEvent(event)
        self.timer.stop()

    def say_turned(self) -> None:
        """Have a screen reader say that the state changed."""
        announce(self, self.accessibleName())


STATES = {
    DeadlineState.CALM: N_("There is time"),
    DeadlineState.SOON: N_("Hurry: less than a day left"),
    DeadlineState.LATE: N_("Too late"),
    DeadlineState.DONE: N_("Done"),
    DeadlineState.HELD: N_("Held"),
    DeadlineState.WAITING: N_("Without undue delay"),
}


def digits(deadline: Deadline, now: datetime) -> str:
    """'41:12:08': hours left, or passed since; '12 dagen'; '✓' where nothing is left to do."""
    if deadline.done:
        return "✓"
    if deadline.due is None:
        return NO_TIME
    if not isinstance(deadline.due, datetime):
        return days_in_large(deadline, now)
    return formats.countdown(left(deadline, now))


def passed(deadline: Deadline, now: datetime) -> float:
    """Return how much of the time has passed, from 0 to 1; 1 when it is over or done."""
    if deadline.done:
        return 1.0
    if deadline.due is None or deadline.starts is None:
        return 0.0
    whole = left(deadline, begins_at(deadline.starts))
    return min(max(1 - left(deadline, now) / whole, 0.0), 1.0) if whole else 1.0


def begins_at(starts: datetime | date) -> datetime:
    """Return the moment a bar begins: the moment itself, or the end of the day not counted."""
    return starts if isinstance(starts, datetime) else end_of_day(starts)
