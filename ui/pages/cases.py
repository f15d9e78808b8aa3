"""The page of cases that run against a clock: live clocks in the list, and a quick entry."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QIcon, QPixmap, QShowEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout

from privreg.law.deadline import DeadlineState, state
from privreg.registers.declaration import Column
from privreg.services import agenda as clocks
from privreg.services.drafts import Draft
from privreg.translation import N_, _
from ui import icons
from ui.later import is_made, later
from ui.list_page import ListPage
from ui.pages.clock_words import time_left
from ui.pages.desk_of import desk_of
from ui.pages.own_keys import OwnKeys
from ui.pages.why_tree import Index, colour_of, tone_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from uuid import UUID

    from privreg.law.deadline import Deadline
    from privreg.registers.declaration import Register, Values
    from privreg.services.changes import Changes
    from ui.list_model import ListModel
    from ui.office import Office
    from ui.pages.quick_entry import QuickEntry

CLOCK = "clock"
STATE = "clock_state"
TICK_MILLISECONDS = 1_000


def with_clock(register: Register, place: int) -> Register:
    """Return a register whose list has a clock before the column at `place`."""
    columns = list(register.columns)
    columns.insert(place, Column(CLOCK, 19, label=N_("Clock")))
    return replace(register, columns=tuple(columns))


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
            option.icon.addPixmap(picture, QIcon.Mode.Selected)  # in its own colour there too
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.decorationSize = picture.deviceIndependentSize().toSize()
            option.palette.setColor(option.palette.ColorRole.Text, QColor(colour_of(how)))
            option.palette.setColor(
                option.palette.ColorRole.HighlightedText, QColor(colour_of(how))
            )


class CasesPage(ListPage):
    """The list of a register of cases. What is open shows its clock, live.

    A page of its own says which deadline is the clock of a case, and from which field it runs.
    """

    runs_from: str

    def __init__(
        self,
        office: Office,
        register: Register,
        panel: Any,
        make_entry: Callable[[Office], QuickEntry],
    ) -> None:
        super().__init__(office, register, panel)
        self.clocks: dict[UUID, Deadline] = {}
        self.make_entry = make_entry
        self.table.setItemDelegate(ClockCell(self.model))
        self.model.arrived.connect(self._show_clocks)
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.CoarseTimer)
        self.timer.timeout.connect(self.tick)

    @later
    def entry(self) -> QuickEntry:
        """Make the few questions, hidden until they are asked."""
        entry = self.make_entry(self.office)
        entry.hide()
        entry.saved.connect(self._entered)
        entry.left.connect(self._stop_entry)
        entry.whole_asked.connect(self._show_whole)
        stack = self.layout()
        assert isinstance(stack, QVBoxLayout)  # noqa: S101  (as the list page is laid out)
        stack.insertWidget(1, entry)
        OwnKeys(entry, {"Ctrl+S": entry.save})
        return entry

    @property
    def is_asking(self) -> bool:
        """Whether something typed in the entry would be lost."""
        return is_made(self, "entry") and self.entry.is_begun

    def enter(self) -> None:
        """Fetch the list the first time, and the clocks each time."""
        super().enter()
        self.fetch_clocks()

    def is_clock(self, deadline: Deadline) -> bool:
        """Whether a deadline of this register is what its list counts down to."""
        raise NotImplementedError

    def fetch_clocks(self) -> None:
        """Fetch the running clocks in the background."""
        desk = desk_of(self.office)
        self.office.worker.run(
            lambda: clocks.agenda(desk), self._take_clocks, latest=f"{self.register.slug}:clocks"
        )

    def _take_clocks(self, deadlines: Sequence[Deadline]) -> None:
        self.clocks = {}
        for each in deadlines:
            if each.register == self.register.slug and self.is_clock(each):
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
        super()._sort(self.runs_from if name == CLOCK else name, descending)

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
        """Ask the few questions; the whole form comes after, or on request."""
        if preset or not self.office.may("create", self.register.slug):
            super().add(**preset)
        elif self.entry.is_begun:
            self.entry.take_focus()
        else:
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
        self.table.setFocus()

    def _show(self, record_id: UUID) -> None:
        self.entry.clear()
        super()._show(record_id)

    def _stop_entry(self) -> None:
        if self.entry.is_begun:
            self._ask_about_entry(self._leave_entry)
        else:
            self._leave_entry()

    def _leave_entry(self) -> None:
        self.entry.clear()
        self.pane.setVisible(self.pane.record_id is not None)
        self.table.setFocus()

    def _show_new(self, values: Values) -> None:
        self.entry.clear()
        super()._show_new(values)

    def _show_whole(self) -> None:
        blank, typed = self.entry.draft, self.entry.answers
        self._show_new(blank)
        self.pane.form.take(typed, version=0)

    @property
    def has_unsaved(self) -> bool:
        """Whether something typed in the entry or the form would be lost."""
        return self.is_asking or super().has_unsaved

    def may_leave(self, then: Callable[[], object]) -> None:
        """Ask first when something typed would be lost."""
        if not self.is_asking:
            super().may_leave(then)
            return

        def leave_both() -> None:
            self._leave_entry()
            self.pane.may_leave(then)

        self._ask_about_entry(leave_both, after_saving=then)

    def _ask_about_entry(
        self, drop: Callable[[], object], *, after_saving: Callable[[], object] | None = None
    ) -> None:
        self.office.notices.ask(
            self.entry.half_typed,
            _("Record it"),
            lambda: self.entry.save(after_saving),
            other=(_("Drop what was typed"), drop),
        )

    def draft(self) -> Draft | None:
        """Return what was typed in the entry or the form and not saved."""
        if not self.is_asking:
            return super().draft()
        return Draft(self.register.slug, None, 0, self.entry.answers)

    def refresh(self, changes: Changes) -> None:
        """Fetch list and clocks anew when a case was touched."""
        super().refresh(changes)
        if any(slug == self.register.slug for slug, _id in changes.touched):
            self.fetch_clocks()

    def lock(self) -> None:
        """Put everything away."""
        super().lock()
        self.clocks = {}
        if is_made(self, "entry"):
            self.entry.clear()
