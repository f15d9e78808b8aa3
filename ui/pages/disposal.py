"""What is due for disposal on a day, by rule, each line with its reasons; nothing is done here.

The list comes in pages as one scrolls; the counts per rule arrive later.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from privreg import formats
from privreg.reading import placed
from privreg.registers.customer_entries import ITEMS
from privreg.registers.declaration import Section
from privreg.services import timers
from privreg.services.report_kinds import KINDS
from privreg.services.timers import Only
from privreg.translation import N_, _, message, messages
from ui.empty_state import EmptyState
from ui.filters import FilterBar
from ui.page import Page
from ui.pages.day_field import DayField
from ui.pages.desk_of import desk_of
from ui.pages.why_tree import COUNT_ROLE, WHY_WIDTH, WhyTree, cell_item, why_item
from ui.printing import PARTS, print_kind
from ui.widgets import STEP, as_tip, boxed, button, column, hairline, hidden_unless, label, line

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from PySide6.QtGui import QHideEvent, QResizeEvent, QStandardItem

    from privreg.registers.declaration import Linked
    from privreg.services.changes import Changes
    from privreg.services.timers import DueLine, DuePage
    from ui.office import Office

AT_ONCE = timers.PAGE
NEAR_THE_END = 400
ROOM_FOR_PLACE = 900
ROOM_FOR_THE_REST = 640
REPORT = "due"
COUNTING = "due:counts"
MOVES = {"customers", "items", "events", "holds", "rules", "controllers", "disposals"}
FILTERED = replace(
    ITEMS,
    sections=(Section("", PARTS),),
    filters=tuple(field.name for field in PARTS),
    columns=(),
)


class DisposalPage(Page):
    """The due list of a day. Enter opens the customer, Space tells why."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.asked_for: tuple[date, Only] | None = None
        self.next: timers.Place | None = None
        self.is_fetching = False
        self.groups: dict[UUID, QStandardItem] = {}
        self.counts: dict[UUID, int] | None = None
        self.counted_on: date | None = None
        self.day = DayField(office, N_("Due for disposal on"))
        self.filters = FilterBar(office, FILTERED)
        self.count = label("", "muted")
        self.tree = self._tree()
        self.empty = EmptyState()
        self.loading = label(_("Looking for what is due…"), "muted")
        self.loading.setContentsMargins(4 * STEP, 4 * STEP, 0, 0)
        self.bodies = QStackedWidget()
        for each in (self.loading, self.tree, self.empty):
            self.bodies.addWidget(each)
        self.setLayout(column(self._tools(), hairline(), self.bodies, self._note(), space=0))
        self.layout().setStretch(2, 1)  # type: ignore[union-attr]
        self.day.chosen.connect(lambda _day: self.ask())
        self.filters.changed.connect(self.ask)

    def _tree(self) -> WhyTree:
        headings = (
            *(_("What"), _("Customer"), _("Where"), _("Keep through")),
            *(_("Dispose from"), _("What to do"), ""),
        )
        tree = WhyTree(_("Due for disposal"), headings)
        tree.opened.connect(self._open)
        tree.verticalScrollBar().valueChanged.connect(self._scrolled)
        return tree

    def _tools(self) -> QWidget:
        self.printer = button(_("Print the list…"), self.print, icon="print", tip="Ctrl+P")
        is_offered = any(kind.code == REPORT for kind in KINDS)
        hidden_unless(is_offered and self.office.may("print", "items"), self.printer)
        row = line(self.day, self.filters, None, self.count, self.printer, edges=(4, 2, 4, 2))
        made = boxed(row)
        made.setObjectName("tools")
        return made

    def _note(self) -> QWidget:
        words = label(
            _(
                "This list changes nothing. Proposing, approving and carrying out a disposal, "
                "with its certificate, comes in a later version."
            ),
            "muted",
            wraps=True,
        )
        return boxed(line(words, edges=(4, 2, 4, 2)), "status")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out where it lies when the window is narrow."""
        super().resizeEvent(event)
        self.filters.fit(self.width() - ROOM_FOR_THE_REST)
        self.day.editor.words.setVisible(self.width() >= ROOM_FOR_PLACE)
        place = 0.2 if self.width() >= ROOM_FOR_PLACE else 0
        self.tree.share_width((0.3, 0.44, place, 118, 136, 112, WHY_WIDTH))

    def enter(self) -> None:
        """Take up the day that was asked for, and fetch the list when it may have changed."""
        asked, self.office.day_asked = self.office.day_asked, None
        if asked is not None:
            self.filters.blockSignals(True)
            self.filters.clear()
            self.filters.blockSignals(False)
            self.day.show_day(asked)
        if self.asked_for != (self.day.day, self.only):
            self.ask()
        elif self.counted_on is None:
            self._count()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop counting for who left the page."""
        super().hideEvent(event)
        if self.counts is None and not event.spontaneous():
            self.office.worker.cancel(COUNTING)
            self.counted_on = None

    def take_focus(self) -> None:
        """Begin in the list."""
        self.tree.setFocus()

    @property
    def only(self) -> Only:
        """The part of the list that is asked for."""
        return Only(**self.filters.chosen)  # type: ignore[arg-type]

    def ask(self) -> None:
        """Fetch the list anew; what stands stays until it arrives."""
        on, only = self.day.day, self.only
        self.asked_for = (on, only)
        self.is_fetching = True
        desk = desk_of(self.office)
        self.office.worker.run(
            lambda: timers.due(desk, on, limit=AT_ONCE, only=only), self._begin, latest="due"
        )
        if self.counted_on != on:
            self._count()

    def _count(self) -> None:
        """Count in a lane of its own; meanwhile it says how many there are at least."""
        on, desk = self.day.day, desk_of(self.office)
        self.counts, self.counted_on = None, on
        self.count.setText(_("counting…"))
        self.office.worker.run_long(
            lambda progress: timers.due_counts(
                desk,
                on,
                so_far=lambda found: progress(sum(found.values()), 0),
                cancelled=lambda: progress.is_cancelled,
            ),
            self._counted,
            self._counted_so_far,
            latest=COUNTING,
            counts=True,
        )

    def _counted_so_far(self, count: int, _total: int) -> None:
        if self.counts is not None or self.counted_on is None:
            return
        words = messages(
            N_("at least {count} item due, counting…"),
            N_("at least {count} items due, counting…"),
            count,
        )
        self.count.setText(formats.text(words) if count and not self.filters.chosen else "")

    def _begin(self, page: DuePage) -> None:
        self.tree.empty()
        self.groups.clear()
        self.bodies.setCurrentWidget(self.tree if page.lines else self.empty)
        if not page.lines:
            self._show_empty()
        self._take(page)
        self.tree.go_to_first()
        self.tree.scrollToTop()

    def _show_empty(self) -> None:
        words = formats.text(message(N_("Nothing is due on {day}."), day=self.day.day))
        is_filtered = bool(self.filters.chosen)
        sentence = (
            _("No line fits what you chose.")
            if is_filtered
            else _("Items come here by themselves on the day after the last day of keeping.")
        )
        self.empty.show_words(
            words, sentence, _("Show everything") if is_filtered else "", self.filters.clear
        )

    def _take(self, page: DuePage) -> None:
        self.is_fetching = False
        self.next = page.next
        new = {each.place.rule_id for each in page.lines} - self.groups.keys()
        for each in page.lines:
            self._add(each)
        self.tree.open_groups()
        self._show_counts()
        QTimer.singleShot(0, self, self._scrolled)
        if new:
            records, desk = self.office.records, self.office.desk
            self.office.worker.run(lambda: records.titles(desk, {"rules": new}), self._name_rules)

    def _fetch_more(self) -> None:
        if self.next is None or self.is_fetching or self.asked_for is None:
            return
        self.is_fetching = True
        desk, after, (on, only) = desk_of(self.office), self.next, self.asked_for
        self.office.worker.run(
            lambda: timers.due(desk, on, after=after, limit=AT_ONCE, only=only),
            self._take,
            latest="due",
        )

    def _scrolled(self, *_value: int) -> None:
        bar = self.tree.verticalScrollBar()
        if bar.value() >= bar.maximum() - NEAR_THE_END:
            self._fetch_more()

    def _add(self, each: DueLine) -> None:
        group = self.groups.get(each.place.rule_id)
        if group is None:
            group = self.tree.add_group(f"{each.rule} · {each.rule_name}")
            self.groups[each.place.rule_id] = group
        what = each.kind if each.label in ("", each.kind) else f"{each.kind} · {each.label}"
        whose = " · ".join(part for part in (each.customer, each.customer_name) if part)
        words = (what, whose, each.where)
        days = (formats.day(each.keep_through), formats.day(each.dispose_from))
        cells = [
            cell_item(text, target=each) for text in (*words, *days, formats.value(each.action))
        ]
        for cell in cells[:3]:
            cell.setToolTip(as_tip(cell.text()))
        reasons = (formats.text(step) for step in each.because)
        self.tree.add_row([*cells, why_item(each)], reasons, group)

    def _name_rules(self, titles: dict[UUID, Linked]) -> None:
        for rule_id, group in self.groups.items():
            if rule_id in titles:
                named = titles[rule_id]
                group.setText(f"{named.number} · {named.title}")

    def _counted(self, counts: dict[UUID, int]) -> None:
        self.counts = counts
        self._show_counts()

    def _show_counts(self) -> None:
        counts, only = self.counts, self.only
        if counts is None:
            return
        is_partly = only.group_id is not None or only.kind_id is not None
        for rule_id, group in self.groups.items():
            count = "" if is_partly else formats.number(counts.get(rule_id, 0))
            group.setData(count, COUNT_ROLE)
        asked = counts if only.rule_id is None else {only.rule_id: counts.get(only.rule_id, 0)}
        total = sum(asked.values())
        words = messages(N_("{count} item due"), N_("{count} items due"), total)
        self.count.setText("" if is_partly else formats.text(words))

    def _open(self, due: DueLine) -> None:
        self.office.open_record("customers", due.customer_id)

    def print(self) -> None:
        """Show the list of this day, as far as it is shown, on paper, ready to be printed."""
        day = self.day.day
        at = None if day == self.office.today else placed(datetime.combine(day, time()))
        print_kind(self.office, REPORT, at=at, only=self.filters.chosen or None)

    def refresh(self, changes: Changes) -> None:
        """Fetch the list anew when an item may have moved."""
        if not any(slug in MOVES for slug, _id in changes.touched):
            return
        self.asked_for = self.counted_on = None
        if self.isVisible():
            self.ask()

    def lock(self) -> None:
        """Put the list away."""
        self.tree.empty()
        self.groups.clear()
        self.asked_for = self.next = self.counted_on = None
        self.count.clear()
        self.bodies.setCurrentWidget(self.loading)
