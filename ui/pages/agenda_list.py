"""Every running clock under its heading: late, today, this week, later, held or waiting."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QShowEvent

from privreg import formats
from privreg.law.deadline import Deadline, groups, state
from privreg.translation import _
from ui import icons
from ui.pages.clock_words import due_words, spoken, time_left
from ui.pages.why_tree import (
    ICON,
    KIND_ROLE,
    ROW,
    TARGET_ROLE,
    WHY,
    WHY_WIDTH,
    Index,
    WhyDelegate,
    WhyTree,
    cell_item,
    colour_of,
    shape,
    text,
    weighted,
    why_item,
)
from ui.widgets import STEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtWidgets import QStyleOptionViewItem, QTreeView

    from privreg.clock import Clock

ROW_HEIGHT = 46
TICK_MILLISECONDS = 1_000


class DeadlineDelegate(WhyDelegate):
    """Paints a clock on two lines: what and whose at the left, the time left at the right."""

    def __init__(self, tree: QTreeView, clock: Clock) -> None:
        super().__init__(tree)
        self.clock = clock

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give a clock two lines."""
        if index.data(KIND_ROLE) in {ROW, WHY}:
            return QSize(0, ROW_HEIGHT)
        return super().sizeHint(option, index)

    def paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a clock."""
        deadline = index.data(TARGET_ROLE)
        if index.data(KIND_ROLE) == WHY:
            if deadline.because:
                super().paint_cell(painter, option, index)
            return
        room = option.rect.adjusted(2 * STEP, STEP, -2 * STEP, -STEP)
        now = self.clock.now()
        how = state(deadline, now)
        shape(painter, room.left(), room.top() + room.height() // 4, how.value)
        room.setLeft(room.left() + ICON + 2 * STEP)
        half = room.height() // 2
        font = painter.font()
        painter.setFont(weighted(font))
        above = room.adjusted(0, 0, 0, -half)
        what, when = formats.text(deadline.what), time_left(deadline, now)
        self._line(painter, above, what, icons.palette_in_use().text, when, colour_of(how.value))
        painter.setFont(font)
        muted = icons.palette_in_use().muted
        whose = (deadline.number, deadline.title, deadline.owner)
        until = dict.fromkeys((formats.value(how), due_words(deadline)))
        below = room.adjusted(0, half, 0, 0)
        self._line(painter, below, joined(whose), muted, joined(until), muted)

    def _line(
        self, painter: QPainter, room: QRect, left: str, tone: str, right: str, right_tone: str
    ) -> None:
        """Paint words at both ends of a line; those at the right have their room first."""
        painter.setPen(QColor(right_tone))
        painter.drawText(
            room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), right
        )
        taken = painter.fontMetrics().horizontalAdvance(right) + 3 * STEP
        painter.setPen(QColor(tone))
        text(painter, room.adjusted(0, 0, -taken, 0), left)


def joined(parts: Iterable[str]) -> str:
    """Write the parts that are there on one line."""
    return " · ".join(each for each in parts if each)


class AgendaList(WhyTree):
    """The agenda. `ticked` is emitted every second while it is in sight."""

    ticked = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__(_("Agenda: every running clock"), opens_on_click=True)
        self.clock = clock
        self.deadlines: Sequence[Deadline] = ()
        self.minute: object = None
        self.setItemDelegate(DeadlineDelegate(self, clock))
        self.rows.setColumnCount(2)
        self.header().setStretchLastSection(False)
        self.share_width((0.9, WHY_WIDTH))
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.CoarseTimer)
        self.timer.timeout.connect(self.tick)

    def show_deadlines(self, deadlines: Sequence[Deadline]) -> None:
        """Show these clocks under their headings, keeping the cursor and what is unfolded."""
        self.deadlines = list(deadlines)
        unfolded = self._unfolded()
        current, shown = self.target, self.verticalScrollBar().value()
        now = self.clock.now()
        self.minute = now.replace(second=0, microsecond=0)
        self.setUpdatesEnabled(False)
        self.empty()
        for heading, found in groups(self.deadlines, now):
            group = self.add_group(formats.value(heading), formats.number(len(found)))
            for each in found:
                words = cell_item(spoken(each, now), target=each)
                reasons = (formats.text(step) for step in each.because)
                self.add_row((words, why_item(each)), reasons, group)
        self.open_groups()
        self._restore(current, unfolded)
        self.verticalScrollBar().setValue(shown)
        self.setUpdatesEnabled(True)

    def _unfolded(self) -> list[Deadline]:
        indexes = self._rows()
        return [each.data(TARGET_ROLE) for each in indexes
                if each.data(KIND_ROLE) == ROW and self.isExpanded(each)]  # fmt: skip

    def _restore(self, current: Deadline | None, unfolded: list[Deadline]) -> None:
        for each in self._rows():
            deadline = each.data(TARGET_ROLE)
            if deadline is not None and each.data(KIND_ROLE) == ROW:
                if any(same(deadline, other) for other in unfolded):
                    self.setExpanded(each, True)
                if current is not None and same(deadline, current):
                    self.setCurrentIndex(each)
        self.go_to_first()

    def tick(self) -> None:
        """Show what the clocks say now; group them anew when the minute has changed."""
        now = self.clock.now().replace(second=0, microsecond=0)
        if now != self.minute:
            self.show_deadlines(self.deadlines)
        self.viewport().update()
        self.ticked.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Run while in sight."""
        super().showEvent(event)
        self.tick()
        self.timer.start(TICK_MILLISECONDS)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while out of sight."""
        super().hideEvent(event)
        self.timer.stop()


def same(one: Deadline, other: Deadline) -> bool:
    """Whether two are the same clock, perhaps of a record that changed since."""
    return (one.record_id, formats.text(one.what)) == (other.record_id, formats.text(other.what))
