"""The page of a register: its list above, the record below (beside it on wide screens)."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QSplitter, QStackedWidget, QWidget

from privreg.formats import capitalised
from privreg.services.records import ListQuery
from privreg.translation import N_, _
from ui import icons
from ui.cells import counted
from ui.empty_state import EmptyState
from ui.filters import FilterBar
from ui.later import is_made, later
from ui.list_model import ListModel
from ui.page import Page
from ui.printing import print_record
from ui.record_pane import RecordPane
from ui.record_table import RecordTable
from ui.widgets import SteadyLabel, boxed, button, column, hidden_unless, icon_button, line

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from privreg.registers.declaration import Register, Values
    from privreg.services.changes import Changes
    from privreg.services.drafts import Draft
    from ui.office import Office

SEARCH_WIDTH = 240
FOUND_AT_MOST = 200  # beyond this many a search stops counting
MANY = 9_000_000
LIST_SHARE, RECORD_SHARE = 2, 3
ROOM_FOR_THE_REST = 200
WIDE = 1_600  # from this width of the window on the record stands right of the list
NARROWEST_LIST = 420


class ListPage(Page):
    """List and record of one register, with its search, filters and columns."""

    shares = (LIST_SHARE, RECORD_SHARE)

    def __init__(self, office: Office, register: Register, panel: Any = None) -> None:
        super().__init__(office)
        self.register = register
        self.has_asked = False
        self.wanted_id: UUID | None = None
        self.model = ListModel(office, register)
        self.table = RecordTable(self.model)
        self.table.accessible_name(_(register.plural))
        self.panel = panel
        self.filters = FilterBar(office, register)
        self.search = self._search_line()
        self.count = SteadyLabel((count_words(-1), count_words(MANY), first_words()), "muted")
        self.empty = EmptyState()
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.empty)
        self.splitter = self._split()
        self.setLayout(column(self._tool_row(), self.splitter, space=0))
        self._connect()
        self._shortcuts()
        self._recall()

    def _search_line(self) -> QLineEdit:
        search = QLineEdit()
        search.setPlaceholderText(_("Search in this list…"))
        search.setAccessibleName(_("Search in: {name}").format(name=_(self.register.plural)))
        search.setToolTip("Ctrl+F")
        search.setFixedWidth(SEARCH_WIDTH)
        search.setClearButtonEnabled(True)
        look = search.addAction(icons.icon("search", "muted"), search.ActionPosition(0))
        look.setProperty("icon_name", "search")
        look.setProperty("icon_tone", "muted")
        return search

    def _tool_row(self) -> QWidget:
        self.adder = button(_("New"), self.add, icon="add", tip="Ctrl+N")
        hidden_unless(self.office.may("create", self.register.slug), self.adder)
        self.adder.setAccessibleName(_("New: {what}").format(what=_(self.register.singular)))
        columns = icon_button("columns", _("Choose columns"))
        columns.clicked.connect(
            lambda: self.table.column_menu().popup(columns.mapToGlobal(columns.rect().bottomLeft()))
        )
        row = line(
            self.search, self.filters, None, self.count, columns, self.adder, edges=(4, 2, 4, 2)
        )
        return boxed(row, "tools")

    def _split(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.lists)
        splitter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.lists.setMinimumSize(NARROWEST_LIST, 120)
        return splitter

    @later
    def pane(self) -> RecordPane:
        """Make the pane of a record, hidden until there is one to show."""
        pane = RecordPane(self.office, self.register, self.panel)
        pane.hide()
        pane.gone.connect(self._show_nothing)
        pane.left.connect(self.table.setFocus)
        pane.shown.connect(lambda _values: self._show_pane())
        self.splitter.addWidget(pane)
        for place, share in enumerate(self.shares):
            self.splitter.setStretchFactor(place, share)
        self._place_record(is_wide=self.is_wide)
        return pane

    def _connect(self) -> None:
        self.search.textChanged.connect(self.ask)
        self.filters.changed.connect(self.ask)
        self.table.sorted_by.connect(self._sort)
        self.table.columns_chosen.connect(self._choose_columns)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _id: self.pane.focus_form())
        self.model.arrived.connect(self._arrived)
        self.model.counted.connect(self._counted)
        self.model.dataChanged.connect(lambda *_places: self._fetched())
        self.model.rowsInserted.connect(lambda *_places: self._fetched())
        self.splitter.splitterMoved.connect(lambda *_place: self._keep_splitter())

    def _shortcuts(self) -> None:
        acts: dict[str, Callable[[], object]] = {
            "Ctrl+N": self.add,
            "Ctrl+F": self._to_search,
            "Ctrl+S": self._save,
            "F2": self._edit,
            "Ctrl+P": self.print,
            "Ctrl+Z": self._undo,
        }
        for keys, act in acts.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda act=act: act())

    def _save(self) -> None:
        self.pane.save()

    def _edit(self) -> None:
        self.pane.focus_form()

    def _undo(self) -> None:
        self.pane.undo()

    def _name(self, what: str) -> str:
        return f"{self.register.slug}/{what}"

    def _recall(self) -> None:
        kept = self.office.preferences.words_of(self._name("columns"))
        shown = [each.field for each in self.register.columns if each.shown]
        self.table.show_columns(kept or shown)
        self._place_record(is_wide=False)

    @property
    def is_wide(self) -> bool:
        """Whether the record stands right of the list."""
        return self.splitter.orientation() is Qt.Orientation.Horizontal

    def _splitter_name(self) -> str:
        return self._name("splitter-wide" if self.is_wide else "splitter")

    def _place_record(self, *, is_wide: bool) -> None:
        """Put the record below the list, or right of it, where it was put by hand last."""
        way = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        self.splitter.setOrientation(way)
        state = self.office.preferences.bytes_of(self._splitter_name())
        if state.isEmpty() or not self.splitter.restoreState(state):
            self.splitter.setSizes([each * 100 for each in self.shares])

    def _show_pane(self) -> None:
        self.pane.show()
        self._fold_list()

    def _fold_list(self) -> None:
        """Give a short list below which a record stands no more room than its rows take.

        Unless the user chose the room by hand.
        """
        is_chosen = not self.office.preferences.bytes_of(self._splitter_name()).isEmpty()
        if self.is_wide or is_chosen or self.pane.isHidden():
            return
        height, (listed, recorded) = self.splitter.height(), self.shares
        share = listed / (listed + recorded)
        wanted = min(self.table.whole_height, round(height * share))
        self.splitter.setSizes([wanted, height - wanted])
        self.table.scrollTo(self.table.currentIndex())

    def print(self) -> None:
        """Show the report about the record in sight, else the one about this list."""
        print_record(self.office, self.register.slug, self.pane.record_id)

    def _keep_splitter(self) -> None:
        state: QByteArray = self.splitter.saveState()
        self.office.preferences.keep(self._splitter_name(), state)

    def _choose_columns(self, names: list[str]) -> None:
        self.table.show_columns(names)
        self.office.preferences.keep(self._name("columns"), names)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the filters the room that is left; put the record where there is room for it."""
        super().resizeEvent(event)
        is_wide = self.window().width() >= WIDE
        if is_wide is not self.is_wide:
            self._place_record(is_wide=is_wide)
        self.filters.fit(self.width() - SEARCH_WIDTH - self.count.width() - ROOM_FOR_THE_REST)

    @property
    def query(self) -> ListQuery:
        """What the list shows now."""
        asked = self.model.query
        return ListQuery(
            text=self.search.text().strip(),
            filters=self.filters.chosen,
            sort=asked.sort,
            descending=asked.descending,
        )

    def ask(self) -> None:
        """Show the list for what is typed and chosen."""
        self.has_asked = True
        self.model.ask(self.query)

    def _sort(self, name: str, descending: bool) -> None:
        query = self.query
        self.model.ask(ListQuery(query.text, query.filters, name, descending))

    def enter(self) -> None:
        """Fetch the list the first time the page is seen."""
        if not self.has_asked:
            self.table.show_sort(self.register.sort, descending=False)
            self.ask()

    def take_focus(self) -> None:
        """Begin in the list."""
        self.table.setFocus()

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _arrived(self) -> None:
        is_empty = self.model.rowCount() == 0
        self.lists.setCurrentWidget(self.empty if is_empty else self.table)
        if is_empty:
            self._show_empty()
        self.table.go_to(self.wanted_id)

    def _fetched(self) -> None:
        current = self.table.current_id
        if current is None and self.wanted_id is not None:
            self.table.go_to(self.wanted_id)
        elif current is not None and current != self.wanted_id and self.table.hasFocus():
            self._chosen(current)

    def _show_empty(self) -> None:
        if self.query.text or self.query.filters:
            self.empty.show_words(
                _("Nothing found"),
                _("No record fits what you typed and chose."),
                _("Show everything"),
                self._show_all,
            )
            return
        may_add = self.office.may("create", self.register.slug)
        word = capitalised(_("Add {what}").format(what=_(self.register.singular)))
        self.empty.show_words(
            _(self.register.plural), _(self.register.empty), word if may_add else "", self.add
        )

    def _show_all(self) -> None:
        self.search.clear()
        self.filters.clear()

    def _counted(self, total: int) -> None:
        is_cut_off = bool(self.model.query.text) and total >= FOUND_AT_MOST
        self.count.setText(first_words() if is_cut_off else count_words(total))

    def _chosen(self, record_id: UUID | None) -> None:
        if record_id is None or record_id == self.pane.record_id:
            self.wanted_id = record_id or self.wanted_id
            return
        if self.has_unsaved:
            self.table.go_to(self.pane.record_id)
        self.may_leave(lambda: self._show(record_id))

    def _show(self, record_id: UUID) -> None:
        self.wanted_id = record_id
        self.table.go_to(record_id)
        self.pane.load(record_id)

    def show_record(self, record_id: UUID | None) -> None:
        """Show one record, or an empty form for a new one."""
        self.enter()
        if record_id is None:
            self.add()
        else:
            self.may_leave(lambda: self._show(record_id))

    @property
    def record_shown(self) -> UUID | None:
        """The key of the record in sight."""
        return self.pane.record_id if is_made(self, "pane") else None

    def add(self, **preset: Any) -> None:
        """Show an empty form, or say why nothing can be added."""
        refused = self.office.refusal("create", self.register.slug)
        if refused is not None:
            self.office.notices.problem(refused)
            return
        self.may_leave(lambda: self._new(preset))

    def _new(self, preset: Values) -> None:
        records, desk, slug = self.office.records, self.office.desk, self.register.slug
        self.office.worker.run(lambda: records.new(desk, slug, **preset), self._show_new)

    def _show_new(self, values: Values) -> None:
        self.wanted_id = None
        self.table.go_to(None)
        self.pane.show_values(values)
        self.pane.focus_form()

    def _show_nothing(self) -> None:
        self.wanted_id = None
        self.table.go_to(None)
        self.pane.hide()
        self.table.setFocus()

    def draft(self) -> Draft | None:
        """Return what was typed in the form and not saved."""
        return self.pane.draft() if is_made(self, "pane") else None

    def take_draft(self, draft: Draft) -> None:
        """Show again what was typed, on the record as it now stands."""
        self.enter()
        self.wanted_id = draft.record_id
        self.pane.take_draft(draft)

    @property
    def has_unsaved(self) -> bool:
        """Whether leaving would lose something typed, and is asked about first."""
        return is_made(self, "pane") and self.pane.is_edited

    def may_leave(self, then: Callable[[], object]) -> None:
        """Ask first when something is not saved."""
        if is_made(self, "pane"):
            self.pane.may_leave(then)
        else:
            then()

    def refresh(self, changes: Changes) -> None:
        """Fetch the list anew when one of its records was touched."""
        if not any(slug == self.register.slug for slug, _id in changes.touched):
            return
        if self.record_shown is not None:
            self.wanted_id = self.record_shown
        if self.has_asked:
            self.model.refresh() if self.model.rowCount() else self.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the search to the list on Down."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.table.setFocus()
            self.table.go_to_row(max(self.table.currentIndex().row(), 0))
        else:
            super().keyPressEvent(event)


def count_words(total: int) -> str:
    """Say how many records a list has, or that they are being counted where that is not known."""
    if total < 0:
        return _("counting…")
    return counted(total, N_("{count} record"), N_("{count} records"))


def first_words() -> str:
    """Say that a search found more than it lists."""
    return _("the first {count}; type more").format(count=FOUND_AT_MOST)
