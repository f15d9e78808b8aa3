"""A customer's items: the line of events above, each item with its term, bar, state and why."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from privreg import formats
from privreg.errors import InvalidRecordError
from privreg.law.retention import ItemStatus
from privreg.registers.customer_checks import event_title
from privreg.registers.customer_entries import ITEMS
from privreg.services import restricted
from privreg.translation import N_, _
from ui.ask import Ask
from ui.pages.desk_of import desk_of
from ui.pages.entries_tab import EntriesTab
from ui.pages.time_line import Mark, TimeLine
from ui.pages.why_tree import WHY_WIDTH, WhyTree, bar_item, cell_item, state_item, why_item
from ui.widgets import as_tip, boxed, button, column, hairline, hidden_unless, line

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtGui import QResizeEvent

    from privreg.errors import ProblemError
    from privreg.registers.declaration import Values
    from privreg.services.timers import ItemView
    from ui.office import Office
    from ui.pages.customer_reading import CustomerRead

ROOM_FOR_ALL = 960
NO_RULE = {ItemStatus.GAP: N_("no retention rule: set a term")}


class OpeningBar(QWidget):
    """Asks why an item that may only be stored is opened. `opened` gives its id."""

    opened = Signal(object)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.item_id: UUID | None = None
        self.reason = Ask(
            _("Why do you open this item?"),
            _("It is restricted or kept only; the journal keeps your reason."),
        )
        self.opener = button(_("Open with this reason"), self.open, tone="primary")
        self.reason.beside.addWidget(self.opener)
        self.reason.beside.addWidget(button(_("Cancel"), self.hide))
        self.reason.input.returnPressed.connect(self.open)
        self.setLayout(column(boxed(column(self.reason, edges=(4, 2, 4, 2)), "notice"), space=0))
        self.hide()

    def ask(self, item_id: UUID) -> None:
        """Ask for a reason."""
        self.item_id = item_id
        self.reason.input.clear()
        self.reason.show_problem(None)
        self.show()
        self.reason.input.setFocus()

    def open(self) -> None:
        """Open the item; the journal keeps why."""
        desk, item_id, reason = desk_of(self.office), self.item_id, self.reason.text
        if item_id is None:
            return
        self.office.worker.run(
            lambda: restricted.open_item(desk, item_id, reason),
            self._opened,
            self._refused,
            writes=True,
        )

    def _opened(self, _values: Values) -> None:
        self.hide()
        self.opened.emit(self.item_id)

    def _refused(self, error: ProblemError) -> None:
        if isinstance(error, InvalidRecordError):
            self.reason.show_problem(error.problem)
        else:
            self.office.notices.problem(error)


class ItemsTab(EntriesTab):
    """The items with their timers. `event_opened` asks for an event of the time line."""

    event_opened = Signal(object)
    hold_asked = Signal(object)
    shown_anew = Signal()

    def __init__(self, office: Office) -> None:
        self.time_line = TimeLine()
        self.opening = OpeningBar(office)
        self.holder = button(
            _("Suspend…"), self._ask_hold, icon="hold", tip=_("Suspend disposal of this item")
        )
        self.views: dict[UUID, ItemView] = {}
        super().__init__(office, ITEMS)
        self.opening.opened.connect(self._open_opened)
        self.time_line.opened.connect(self.event_opened)
        self.tree.moved.connect(lambda item_id: self.holder.setEnabled(item_id is not None))

    def laid_out(self) -> Any:
        """Return the time line, the tools and the items."""
        hidden_unless(self.office.may("create", "holds"), self.holder)
        return column(self.time_line, hairline(), self.opening, self.lists, space=0)

    def made_tools(self) -> QWidget:
        """Return what can be done with items."""
        made = QWidget()
        made.setLayout(line(self.holder, self.adder, space=2))
        return made

    def make_tree(self) -> WhyTree:
        """Return the list of items with their terms."""
        headings = (
            *(_("Kind of data"), _("Where"), _("Rule"), _("Keep through"), _("Dispose from")),
            *(_("Passed"), _("State"), ""),
        )
        return WhyTree(_("Items and their terms"), headings)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out where it lies, the day after the last and the bar when it is narrow."""
        super().resizeEvent(event)
        if self.width() >= ROOM_FOR_ALL:
            self.tree.share_width((0.4, 0.22, 0.38, 112, 136, 104, 200, WHY_WIDTH))
        else:
            self.tree.share_width((0.5, 0, 0.5, 112, 0, 0, 200, WHY_WIDTH))

    def fill(self, found: CustomerRead) -> None:
        """Add the items, and the events to the time line."""
        self.views = {each.item["id"]: each for each in found.items}
        for each in found.items:
            reasons = (formats.text(step) for step in each.state.because)
            self.tree.add_row(cells_of(each), reasons)
        labels = {key: view.item["label"] for key, view in self.views.items()}
        marks = [mark_of(each, labels) for each in found.parts["events"].rows]
        self.time_line.show_marks(marks, found.on)

    def open(self, record_id: UUID) -> None:
        """Show one item on the form, after its reason where it may only be stored."""
        view = self.views.get(record_id)
        if view is not None and view.is_hidden:
            self.opening.ask(record_id)
        else:
            super().open(record_id)

    def _open_opened(self, item_id: UUID) -> None:
        self.shown_anew.emit()
        super().open(item_id)

    def preset(self) -> Values:
        """Begin a new item under the group of the one that is chosen, else of the first."""
        chosen = self.views.get(self.tree.target) or next(iter(self.views.values()), None)
        return {"group_id": chosen.item["group_id"]} if chosen is not None else {}

    def _ask_hold(self) -> None:
        if self.tree.target is not None:
            self.hold_asked.emit(self.tree.target)


def cells_of(view: ItemView) -> list[Any]:
    """Return the cells of one item."""
    key, state = view.item["id"], view.state
    label = str(view.item["label"] or "")
    what = label or view.kind
    if view.is_hidden:
        what = _("{kind} (open with a reason)").format(kind=view.kind)
    rule = view.rule or _(NO_RULE.get(state.state, ""))
    texts = (what, str(view.item["place"] or ""), rule)
    days = (state.keep_through, state.dispose_from)
    cells = [cell_item(text, target=key) for text in texts]
    for cell in cells:
        cell.setToolTip(as_tip(cell.text()))
    cells[0].setToolTip(as_tip(f"{view.kind} · {what}" if what != view.kind else what))
    cells += [cell_item(formats.value(day), target=key) for day in days]
    words = state_item(formats.value(state.state), state.state.value, key)
    return [*cells, bar_item(view.share, key), words, why_item(key)]


def mark_of(event: Values, labels: dict[UUID, str]) -> Mark:
    """Return an event as it stands on the time line."""
    words = event_title(event)
    label = labels.get(event["item_id"], "")
    return Mark(event["happened_on"], f"{words}: {label}" if label else words, event["id"])
