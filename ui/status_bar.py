"""The bar at the foot of the window: the most urgent clock, live, and the lock.

Every second the time left is computed from the clock and never counted down, so it is right
across sleep and a clock change.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel

from privreg import formats
from privreg.law.deadline import Deadline, DeadlineState, left, most_urgent, state
from privreg.translation import N_, _, message
from ui import icons
from ui.theme import restyle
from ui.widgets import as_caption, button, icon_button, label, line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from privreg.clock import Clock

TICK_MILLISECONDS = 1_000
PICTURES = {
    DeadlineState.LATE: "late",
    DeadlineState.SOON: "soon",
    DeadlineState.CALM: "calm",
    DeadlineState.HELD: "held",
    DeadlineState.WAITING: "waiting",
    DeadlineState.DONE: "done",
}
RUNNING = {DeadlineState.LATE, DeadlineState.SOON, DeadlineState.CALM}
NOTHING_RUNS = N_("No clock is running.")


def in_words(deadline: Deadline, now: datetime) -> str:
    """'DL-2026-003: nog 41 u 12 m · Melding aan de AP', in the language in use."""
    how = state(deadline, now)
    template = (
        N_("{number}: {span} too late · {what}")
        if how is DeadlineState.LATE
        else N_("{number}: {span} left · {what}")
    )
    return formats.text(
        message(
            template,
            number=deadline.number or deadline.title,
            span=formats.span(left(deadline, now)),
            what=deadline.what,
        )
    )


class StatusBar(QFrame):
    """Shows the most urgent clock. `opened` asks for its record, `lock_asked` for the lock."""

    opened = Signal(str, object)
    lock_asked = Signal()
    ticked = Signal()

    def __init__(self, clock: Clock, *, is_read_only: bool = False) -> None:
        super().__init__()
        self.setProperty("look", "status")
        self.clock = clock
        self.deadlines: list[Deadline] = []
        self.urgent: Deadline | None = None
        self.picture = QLabel()
        self.words = button("", self._open, tone="link")
        self.lock_words = label("", "muted")
        self.mode = label(_("Read-only") if is_read_only else "", "soon")
        lock = icon_button("lock", _("Lock (Ctrl+L)"), self.lock_asked.emit)
        self.setLayout(
            line(
                self.picture,
                self.words,
                None,
                self.mode,
                self.lock_words,
                lock,
                edges=(4, 1, 2, 1),
            )
        )
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.CoarseTimer)
        self.timer.timeout.connect(self.tick)
        self.timer.start(TICK_MILLISECONDS)
        self.tick()

    def show_deadlines(self, deadlines: Sequence[Deadline]) -> None:
        """Take in the agenda."""
        self.deadlines = list(deadlines)
        self.urgent = most_urgent(self.deadlines, self.clock.now())
        self.tick()

    def tick(self) -> None:
        """Compute anew what the clock says now; which is watched changes with the agenda only."""
        now = self.clock.now()
        if self.urgent is None:
            self._show("calm", _(NOTHING_RUNS))
        else:
            self._show(PICTURES[state(self.urgent, now)], in_words(self.urgent, now))
        self.words.setEnabled(self.urgent is not None)
        self.ticked.emit()

    def _show(self, look: str, words: str) -> None:
        if self.picture.property("state") != look:
            self.picture.setProperty("state", look)
            self.picture.setPixmap(icons.pixmap(look, look))
            self.words.setProperty("state", look)
            restyle(self.words)
        caption = as_caption(words)
        if self.words.text() != caption:
            self.words.setText(caption)

    def show_lock(self, remaining: timedelta | None) -> None:
        """Say when the register locks itself; nothing while that is not near."""
        if remaining is None:
            self.lock_words.clear()
            return
        minutes = max(1, -(-int(remaining.total_seconds()) // 60))
        self.lock_words.setText(_("locks in {minutes} m").format(minutes=minutes))

    def _open(self) -> None:
        if self.urgent is not None:
            self.opened.emit(self.urgent.register, self.urgent.record_id)
