"""The page of breaches: the register's list with live clocks, quick entry, the clock in large."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QIcon, QPixmap, QShowEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout

from privreg.law.deadline import DeadlineState, state
from privreg.registers.breaches import REGISTER
from privreg.registers.declaration import Column
from privreg.services import agenda as clocks
from privreg.services.drafts import Draft
from privreg.translation import N_, _, message
from ui import icons
from ui.list_page import ListPage
from ui.page import PageSpec
from ui.pages.breach_entry import BreachEntry
from ui.pages.breach_panel import BreachPanel
from ui.pages.clock_words import time_left
from ui.pages.desk_of import desk_of
from ui.pages.own_keys import OwnKeys
from ui.pages.why_tree import Index, colour_of, tone_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from privreg.law.deadline import Deadline
    from privreg.registers.declaration import Values
    from privreg.services.changes import Changes
    from ui.list_model import ListModel
    from ui.office import Office

CLOCK = "clock"
STATE = "clock_state"
TICK_MILLISECONDS = 1_000
_NUMBER, _TITLE, *_REST = REGISTER.columns
WITH_CLOCK = replace(
    REGISTER, columns=(_NUMBER, _TITLE, Column(CLOCK, 19, label=N_("Clock")), *_REST)
)


class ClockCell(QStyledItemDelegate):
    """Paints the clock of a row with its shape and colour; other cells as they are."""

    def __init__(self, model: ListModel) -> None:
        super().__init__(model)
        self.model = model

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Add shape and colour to the words of a clock."""
        super().initStyleOption(option, index)
        if self.model.columns[index.column()].field != CLOCK:
            return
        values = self.model.row_values(index.row())
        how = str(values.get(STATE) or "") if values is not None else ""
        if how:
            picture: QPixmap = icons.pixmap(how, tone_of(how))
            option.icon = QIcon(picture)
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.decorationSize = picture.deviceIndependentSize().toSize()
            option.palette.setColor(option.palette.ColorRole.Text, QColor(colour_of(how)))
            option.palette.setColor(
                option.palette.ColorRole.HighlightedText, QColor(colour_of(how))
            )


class BreachesPage(ListPage):
    """The breaches. What is open shows its clock in the list, live."""

    def __init__(self, office: Office) -> None:
        super().__init__(office, WITH_CLOCK, BreachPanel)
        self.clocks: dict[UUID, Deadline] = {}
        self.entry = BreachEntry(office)
        self.entry.hide()
        self.entry.saved.connect(self._entered)
        self.entry.left.connect(self._leave_entry)
        self.entry.whole_asked.connect(self._show_whole)
        stack = self.layout()
        assert isinstance(stack, QVBoxLayout)  # noqa: S101  (as the list page is laid out)
        stack.insertWidget(1, self.entry)
        self.table.setItemDelegate(ClockCell(self.model))
        self.model.arrived.connect(self._show_clocks)
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.CoarseTimer)
        self.timer.timeout.connect(self.tick)
        OwnKeys(self.entry, {"Ctrl+S": self.entry.save})

    def enter(self) -> None:
        """Fetch the list the first time, and the clocks each time."""
        super().enter()
        self.fetch_clocks()

    def fetch_clocks(self) -> None:
        """Fetch the running clocks in the background."""
        desk = desk_of(self.office)
        self.office.worker.run(
            lambda: clocks.agenda(desk), self._take_clocks, latest="breaches:clocks"
        )

    def _take_clocks(self, deadlines: Sequence[Deadline]) -> None:
        self.clocks = {}
        for each in deadlines:
            if each.register == REGISTER.slug and isinstance(each.due, datetime):
                self.clocks.setdefault(each.record_id, each)
        self._show_clocks()

    def tick(self) -> None:
        """Write what the clocks say now into the rows in sight."""
        self._show_clocks()

    def _show_clocks(self) -> None:
        now = self.office.desk.clock.now()
        for window in self.model.windows.values():
            for row in window:
                self._write_clock(row, now)
        self.table.viewport().update()

    def _write_clock(self, row: Values, now: datetime) -> None:
        deadline = self.clocks.get(row["id"])
        if deadline is not None:
            row[CLOCK], row[STATE] = time_left(deadline, now), state(deadline, now).value
        else:
            row[CLOCK], row[STATE] = _("done"), DeadlineState.DONE.value

    def _sort(self, name: str, descending: bool) -> None:
        super()._sort("aware_at" if name == CLOCK else name, descending)

    def showEvent(self, event: QShowEvent) -> None:
        """Run the clocks while in sight."""
        super().showEvent(event)
        self.tick()
        self.timer.start(TICK_MILLISECONDS)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while out of sight."""
        super().hideEvent(event)
        self.timer.stop()

    def add(self, **preset: Any) -> None:
        """Ask the four questions; the whole form comes after, or on request."""
        if preset or not self.office.may("create", REGISTER.slug):
            super().add(**preset)
            return
        self.pane.may_leave(self._begin)

    def _begin(self) -> None:
        self.pane.hide()
        self.entry.begin()

    def _entered(self, changes: Changes) -> None:
        self.office.announce(changes)
        self.office.notices.offer(changes.action, _("Undo"), self._undo)
        assert changes.after is not None  # noqa: S101  (something was saved)
        self.pane.last = changes
        self._show(changes.after["id"])
        self.pane.last = changes

    def _undo(self) -> None:
        self.pane.undo()

    def _leave_entry(self) -> None:
        self.entry.clear()
        self.pane.setVisible(self.pane.record_id is not None)
        self.table.setFocus()

    def _show_whole(self, values: Values) -> None:
        self.entry.clear()
        self._show_new(values)

    def may_leave(self, then: Callable[[], object]) -> None:
        """Ask first when something typed would be lost."""
        if not self.entry.is_begun:
            super().may_leave(then)
            return

        def drop() -> None:
            self._leave_entry()
            then()

        self.office.notices.ask(
            message(N_("The breach is not recorded yet. Record it first?")),
            _("Record it"),
            self.entry.save,
            other=(_("Drop what was typed"), drop),
        )

    def draft(self) -> Draft | None:
        """Return what was typed in the entry or the form and not saved."""
        if not self.entry.is_begun:
            return super().draft()
        return Draft(REGISTER.slug, None, 0, self.entry.answers)

    def refresh(self, changes: Changes) -> None:
        """Fetch list and clocks anew when a breach was touched."""
        super().refresh(changes)
        if any(slug == REGISTER.slug for slug, _id in changes.touched):
            self.fetch_clocks()

    def lock(self) -> None:
        """Put everything away."""
        super().lock()
        self.clocks = {}
        self.entry.clear()


def is_seen(office: Office) -> bool:
    """Whether this user may see breaches."""
    return office.may("read", REGISTER.slug)


BREACHES = PageSpec(
    slug=REGISTER.slug,
    title=REGISTER.plural,
    icon=REGISTER.icon,
    factory=BreachesPage,
    is_seen=is_seen,
)
