"""The journal: who did what, the newest first, and whether nobody tampered with it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHeaderView,
    QSplitter,
    QStackedWidget,
    QTableView,
)

from privreg import formats
from privreg.errors import ProblemError
from privreg.registers.declaration import choice, link
from privreg.registers.register_list import REGISTERS
from privreg.services.check import check_journal
from privreg.translation import N_, _
from ui.empty_state import EmptyState
from ui.filters import FilterMenu
from ui.history_panel import ACTIONS
from ui.page import Page
from ui.pages.chain_words import verdict
from ui.pages.desk_of import desk_of
from ui.pages.journal_detail import JournalDetail
from ui.pages.journal_model import JournalModel, Sieve
from ui.theme import ROW_HEIGHT
from ui.widgets import ElidedLabel, boxed, button, column, hairline, line, menu_button

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from privreg.services.changes import Changes
    from privreg.services.check import CheckedJournal
    from ui.office import Office

WIDTHS = (72, 140, 140, 160, 190)
NARROW_WIDTHS = (0, 136, 96, 144, 140)
ROOM_FOR_ALL = 960
LIST_SHARE, DETAIL_SHARE = 3, 2
OPENS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class JournalPage(Page):
    """The list of entries above, what an entry changed below."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.is_stale = True
        self.is_checking = False
        self.model = JournalModel(office)
        self.table = self._table()
        self.detail = JournalDetail(office)
        self.empty = EmptyState()
        self.empty.show_words(_("Journal"), _("Fetching the journal…"))
        self.lists = QStackedWidget()
        self.lists.addWidget(self.empty)
        self.lists.addWidget(self.table)
        self.menus = self._menus()
        self.since = self._since()
        self.verdict = ElidedLabel("", "muted")
        self.checker = button(_("Check the chain"), self.check_chain, icon="link")
        self._lay_out()
        self._connect()

    def _table(self) -> JournalTable:
        table = JournalTable()
        table.setModel(self.model)
        heads = table.horizontalHeader()
        heads.setStretchLastSection(True)
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return table

    def _since(self) -> QCheckBox:
        """Offer what was done since the user's last visit; the officer begins with that."""
        made = QCheckBox()
        visit = self.office.desk.last_visit
        if visit is None:
            made.hide()
        else:
            made.setToolTip(formats.moment_in_words(visit))
            made.setChecked("officer" in self.office.desk.user.roles)
        made.toggled.connect(self.ask)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say when the last visit was where there is room for it."""
        super().resizeEvent(event)
        visit = self.office.desk.last_visit
        if visit is not None and self.width() >= ROOM_FOR_ALL:
            when = formats.moment(visit)
            self.since.setText(_("Since your last visit ({moment})").format(moment=when))
        else:
            self.since.setText(_("Since your last visit"))

    def _menus(self) -> dict[str, FilterMenu]:
        seen = [each for each in REGISTERS if self.office.may("read", each.slug)]
        registers = [(each.slug, each.plural) for each in seen]
        fields = [choice("slug", N_("Register"), registers)]
        if self.office.may("read", "users"):
            fields.append(link("user_id", N_("Who"), "users"))
        fields.append(choice("action", N_("What happened"), ACTIONS.items()))
        return {field.name: FilterMenu(self.office, field) for field in fields}

    def _lay_out(self) -> None:
        self.filters = {
            name: menu_button("", menu, tone="quiet") for name, menu in self.menus.items()
        }
        tools = line(
            *self.filters.values(),
            self.since,
            self.verdict,
            self.checker,
            edges=(3, 2, 4, 2),
            space=2,
        )
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.verdict.setAlignment(right)
        tools.setStretchFactor(self.verdict, 1)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.lists)
        self.splitter.addWidget(self.detail)
        self.splitter.setSizes([LIST_SHARE * 100, DETAIL_SHARE * 100])
        self.detail.hide()
        stack = column(boxed(tools, "tools"), hairline(), self.splitter, space=0)
        stack.setStretch(2, 1)
        self.setLayout(stack)

    def _connect(self) -> None:
        for menu in self.menus.values():
            menu.chosen.connect(self.ask)
        self.model.arrived.connect(self._arrived)
        self.model.failed.connect(self._arrived)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.table.opened.connect(self._open_current)
        self.table.doubleClicked.connect(lambda _index: self._open_current())
        self.detail.opened.connect(self._open)
        self._show_filters()

    @property
    def sieve(self) -> Sieve:
        """What is shown now."""
        chosen = {name: menu.value for name, menu in self.menus.items()}
        since = self.office.desk.last_visit if self.since.isChecked() else None
        return Sieve(chosen["slug"] or "", chosen.get("user_id"), chosen["action"] or "", since)

    def enter(self) -> None:
        """Fetch the newest entries when something was done since."""
        if self.is_stale:
            self.ask()

    def take_focus(self) -> None:
        """Begin in the list."""
        self.table.setFocus()

    def refresh(self, _changes: Changes) -> None:
        """Fetch anew: at once in sight, else when the page is entered."""
        self.is_stale = True
        if self.isVisible():
            self.ask()

    def ask(self) -> None:
        """Show what the filters say, the newest first."""
        self.is_stale = False
        self._show_filters()
        self.model.ask(self.sieve)

    def _show_filters(self) -> None:
        for name, shown in self.filters.items():
            menu = self.menus[name]
            words = {"label": _(menu.field.label), "word": menu.word}
            shown.setText(_("{label}: {word}").format(**words))
            shown.setAccessibleName(_("Filter by {label}: {word}").format(**words))

    def _arrived(self) -> None:
        if self.model.rowCount():
            self.lists.setCurrentWidget(self.table)
            self.table.selectRow(0)
            return
        self.detail.hide()
        if self.sieve == Sieve():
            self.empty.show_words(
                _("Journal"), _("Every change is written down here as soon as there is one.")
            )
        else:
            is_recent = self.sieve == Sieve(since=self.sieve.since)
            self.empty.show_words(
                _("Nothing found"),
                _("Nothing was done since your last visit.")
                if is_recent
                else _("Nothing like this was done."),
                _("Show everything"),
                self.show_all,
            )
        self.lists.setCurrentWidget(self.empty)

    def show_all(self) -> None:
        """Take every filter away."""
        for menu in self.menus.values():
            menu.value, menu.word = None, _("all")
        self.since.blockSignals(True)
        self.since.setChecked(False)
        self.since.blockSignals(False)
        self.ask()

    def _chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not current.isValid():
            return
        entry = self.model.entries[current.row()]
        is_there = entry.record_id in self.model.titles
        self.detail.show_entry(entry, self.model.title(entry), is_there=is_there)
        self.detail.show()

    def _open_current(self) -> None:
        row = self.table.currentIndex().row()
        if row >= 0:
            entry = self.model.entries[row]
            if entry.record_id in self.model.titles:
                self._open(entry.slug, entry.record_id)

    def _open(self, slug: str, record_id: UUID) -> None:
        if slug == "users":
            self.office.place_asked.emit("settings")
        else:
            self.office.open_record(slug, record_id)

    def check_chain(self) -> None:
        """Walk the whole chain in the background and say what was found."""
        if self.is_checking:
            return
        self.is_checking, desk = True, desk_of(self.office)
        self.verdict.setText(_("Checking the chain…"))
        self.office.worker.run(
            lambda: check_journal(desk), self._checked, self._not_checked, counts=True
        )

    def _checked(self, found: CheckedJournal) -> None:
        self.is_checking = False
        said = verdict(found)
        if found.broken is None:
            self.verdict.setText(formats.moment(self.office.desk.clock.now()))
            self.office.notices.tell(said)
        else:
            self.verdict.clear()
            self.office.notices.problem(ProblemError(said))

    def _not_checked(self, error: ProblemError) -> None:
        self.is_checking = False
        self.verdict.clear()
        self.office.notices.problem(error)

    def lock(self) -> None:
        """Let go of every entry."""
        self.model.clear()
        self.detail.clear()
        self.is_stale = True


class JournalTable(QTableView):
    """The list of entries; `opened` on Enter."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("List: {name}").format(name=_("Journal")))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the numbers of the entries out where there is little room."""
        super().resizeEvent(event)
        widths = WIDTHS if self.width() >= ROOM_FOR_ALL else NARROW_WIDTHS
        for place, width in enumerate(widths):
            self.setColumnHidden(place, width == 0)
            self.setColumnWidth(place, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, else as every table."""
        if event.key() in OPENS:
            self.opened.emit()
        else:
            super().keyPressEvent(event)
