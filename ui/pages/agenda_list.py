"""Every running clock under its heading: late, today, this week, later, held or waiting."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import (
    QElapsedTimer,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QHideEvent, QPainter, QShowEvent

from privreg import formats
from privreg.law.deadline import Deadline, DeadlineGroup, groups, state
from privreg.translation import _
from ui import icons
from ui.pages.clock_words import due_words, spoken, time_left
from ui.pages.why_tree import (
    ICON,
    KIND_ROLE,
    TARGET_ROLE,
    WHY,
    WHY_WIDTH,
    Index,
    WhyDelegate,
    WhyTree,
    cell_item,
    colour_of,
    group_item,
    put_row,
    shape,
    text,
    weighted,
    why_item,
)
from ui.widgets import STEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from PySide6.QtGui import QStandardItem
    from PySide6.QtWidgets import QStyleOptionViewItem, QTreeView

    from privreg.clock import Clock

ROW_HEIGHT = 46
TICK_MILLISECONDS = 1_000
AT_ONCE = 60
STEP_MILLISECONDS = 5
Groups: TypeAlias = tuple[tuple[DeadlineGroup, tuple[Deadline, ...]], ...]


class DeadlineDelegate(WhyDelegate):
    """Paints a clock on two lines: what and whose at the left, the time left at the right."""

    def __init__(self, tree: QTreeView, clock: Clock) -> None:
        super().__init__(tree)
        self.clock = clock

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
    """The agenda. `ticked` is emitted every second while it is in sight.

    Thousands of clocks may run: the first screenful stands at once, the rest is made beside
    it in steps too short to be felt, and then takes its place.
    """

    ticked = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__(_("Agenda: every running clock"), opens_on_click=True)
        self.clock = clock
        self.deadlines: Sequence[Deadline] = ()
        self.found: Groups = ()
        self.is_whole = True
        self.minute: object = None
        self.steps: Iterator[None] = iter(())
        self.setItemDelegate(DeadlineDelegate(self, clock))
        self.rows.setColumnCount(2)
        self.header().setStretchLastSection(False)
        self.share_width((0.9, WHY_WIDTH))
        self.stepping = QTimer(self)
        self.stepping.timeout.connect(self._step)
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.CoarseTimer)
        self.timer.timeout.connect(self.tick)

    def show_deadlines(self, deadlines: Sequence[Deadline]) -> None:
        """Show these clocks under their headings, keeping the cursor and what is unfolded."""
        self.deadlines = list(deadlines)
        now = self.clock.now()
        self.minute = now.replace(second=0, microsecond=0)
        found = groups(self.deadlines, now)
        if found != self.found:
            self._regroup(found, now)
        elif self.is_whole:
            self._begin(self._reworded(now))

    def _regroup(self, found: Groups, now: datetime) -> None:
        is_first, self.found = not self.found, found
        self.is_whole = sum(len(each) for _heading, each in found) <= AT_ONCE
        if is_first or self.is_whole:
            deque(self._made(found, now, AT_ONCE), maxlen=0)
        self._begin(iter(()) if self.is_whole else self._made(found, now))

    def empty(self) -> None:
        """Take every row away, and make no more."""
        super().empty()
        self.found = ()
        self._begin(iter(()))

    def _begin(self, steps: Iterator[None]) -> None:
        self.setUpdatesEnabled(True)
        self.steps = steps
        self.stepping.start(0)

    def _step(self) -> None:
        """Go on for as long as nobody feels it."""
        spent = QElapsedTimer()
        spent.start()
        for _each in self.steps:
            if spent.elapsed() >= STEP_MILLISECONDS:
                return
        self.stepping.stop()

    def _made(self, found: Groups, now: datetime, most: int | None = None) -> Iterator[None]:
        """Make the rows out of sight, at most so many, and show them when they are all there."""
        made = []
        for heading, clocks in found:
            group = group_item(formats.value(heading), formats.number(len(clocks)))
            made.append(group)
            for each in clocks[:most]:
                words = cell_item(spoken(each, now), target=each)
                words.setSizeHint(QSize(0, ROW_HEIGHT))
                put_row(group, (words, why_item(each)), map(formats.text, each.because))
                yield
            if most is not None:
                most = max(0, most - len(clocks))
        self.is_whole = self.is_whole or most is None
        yield from self._taken_in(made)

    def _reworded(self, now: datetime) -> Iterator[None]:
        """Say anew what each clock says now, where it is another minute or another reading."""
        for place, (_heading, clocks) in enumerate(self.found):
            group = self.rows.item(place)
            for row, each in enumerate(clocks):
                group.child(row).setText(spoken(each, now))
                yield

    def _taken_in(self, made: Sequence[QStandardItem]) -> Iterator[None]:
        """Put these rows in the place of those that stand, seen only when they all do."""
        unfolded = [each.data(TARGET_ROLE) for each in self.unfolded
                    if each.isValid() and self.isExpanded(self._at(each))]  # fmt: skip
        current, scrolled = self.target, self.verticalScrollBar().value()
        self.setUpdatesEnabled(False)
        super().empty()
        yield
        for group in made:
            self.take_group(group)
        self.open_groups()
        self.doItemsLayout()
        yield
        self._restore(made, current, unfolded)
        self.verticalScrollBar().setValue(scrolled)
        self.setUpdatesEnabled(True)

    def _at(self, index: QPersistentModelIndex) -> QModelIndex:
        return self.rows.index(index.row(), 0, index.parent())

    def _restore(
        self, made: Sequence[QStandardItem], current: Deadline | None, unfolded: list[Deadline]
    ) -> None:
        for each in unfolded:
            found = self._row_of(made, each)
            if found is not None:
                self.setExpanded(found.index(), True)
        found = None if current is None else self._row_of(made, current)
        if found is not None:
            self.setCurrentIndex(found.index())
        self.go_to_first()

    def _row_of(self, made: Sequence[QStandardItem], deadline: Deadline) -> QStandardItem | None:
        for (_heading, clocks), group in zip(self.found, made, strict=True):
            for row, each in enumerate(clocks[: group.rowCount()]):
                if same(each, deadline):
                    return group.child(row)
        return None

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
    is_of_same = one.record_id == other.record_id
    return is_of_same and formats.text(one.what) == formats.text(other.what)
