"""The one table: 32 px rows, sorting by its headings, chosen columns, keyboard all the way."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from privreg.registers.declaration import Kind
from privreg.translation import _
from ui.list_model import ID_ROLE, ListModel
from ui.theme import ROW_HEIGHT
from ui.widgets import as_caption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from privreg.registers.declaration import Column, FieldSpec

LETTER_WIDTH = 7
CELL_EDGES = 24
HEADING_EDGES = 48
WIDEST_HEADING = 120
WIDEST_CELL = 320
ROWS_MEASURED = 50
NARROWEST_NAME, NARROWEST_WORDS, NARROWEST_OF_ITS_OWN = 176, 84, 156
NUMBER = "number"
OF_WORDS = {Kind.LINE, Kind.TEXT, Kind.CHOICE, Kind.CHOICES, Kind.COUNTRY, Kind.LINK, Kind.LINKS}
OPENS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class RecordTable(QTableView):
    """The list of a register. `chosen` names the row's record; `opened` that it was entered."""

    chosen = Signal(object)
    opened = Signal(object)
    sorted_by = Signal(str, bool)
    columns_chosen = Signal(list)

    def __init__(self, model: ListModel) -> None:
        super().__init__()
        self.records = model
        self.needed: dict[str, int] = {}
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._dress_headers()
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.doubleClicked.connect(lambda _index: self._open())
        model.arrived.connect(self._measure)

    def _dress_headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setTextElideMode(Qt.TextElideMode.ElideRight)
        heads.setSectionsClickable(True)
        heads.setSortIndicatorShown(True)
        heads.setSortIndicatorClearable(False)
        heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heads.customContextMenuRequested.connect(
            lambda place: self.column_menu().popup(heads.mapToGlobal(place))
        )
        heads.sortIndicatorChanged.connect(self._sort)

    def show_columns(self, names: Sequence[str]) -> None:
        """Show these columns at the widths of the declaration."""
        heads = self.horizontalHeader()
        heads.blockSignals(True)
        self.records.show_columns(names)
        for place, column in enumerate(self.records.columns):
            if column.field == self.records.query.sort:
                heads.setSortIndicator(place, Qt.SortOrder.AscendingOrder)
        heads.blockSignals(False)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Give columns their declared width, then what they lack, and the rest to the widest."""
        columns = self.records.columns
        widths = [self._declared(column) for column in columns]
        left_over = self.viewport().width() - sum(widths)
        wanted = [self.needed.get(column.field, 0) for column in columns]
        for place in sorted(range(len(columns)), key=lambda at: wanted[at] - widths[at]):
            more = max(min(wanted[place] - widths[place], left_over), 0)
            widths[place] += more
            left_over -= more
        if widths and left_over > 0:
            widest = max(range(len(columns)), key=lambda place: columns[place].width)
            widths[widest] += left_over
        for place, width in enumerate(self._squeezed(widths, max(-left_over, 0))):
            self.setColumnWidth(place, width)

    def _squeezed(self, widths: list[int], lacking: int) -> list[int]:
        """Take what room lacks from the columns of words; days, codes and numbers stay whole."""
        fields = [self.records.fields.get(each.field) for each in self.records.columns]
        widest = max(each.width for each in self.records.columns) if fields else 0
        spare = [
            max(width - self._narrowest(column, field, widest), 0)
            for width, field, column in zip(widths, fields, self.records.columns, strict=True)
        ]
        share = min(lacking / sum(spare), 1) if sum(spare) else 0
        return [int(width - each * share) for width, each in zip(widths, spare, strict=True)]

    def _narrowest(self, column: Column, field: FieldSpec | None, widest: int) -> int:
        if column.label:
            return NARROWEST_OF_ITS_OWN
        if field is None or field.kind not in OF_WORDS or field.name == NUMBER:
            return WIDEST_CELL
        return NARROWEST_NAME if column.width == widest else NARROWEST_WORDS

    def _heading_width(self, column: Column) -> int:
        words = self.records.heading(column)
        return self.horizontalHeader().fontMetrics().horizontalAdvance(words) + HEADING_EDGES

    def _declared(self, column: Column) -> int:
        heading = min(self._heading_width(column), WIDEST_HEADING + HEADING_EDGES)
        declared = column.width * LETTER_WIDTH + CELL_EDGES
        if column.field in self.needed:
            declared = min(declared, self.needed[column.field])
        return max(declared, heading)

    def _measure(self) -> None:
        """Remember how wide what stands first is, so that no column is wider than it needs.

        A column of the page's own, such as a running clock, keeps its declared width.
        """
        rows = range(min(self.records.rowCount(), ROWS_MEASURED))
        for place, column in enumerate(self.records.columns):
            if column.field in self.needed or column.label or not rows:
                continue
            words = (str(self.records.index(row, place).data() or "") for row in rows)
            widest = max(self.fontMetrics().horizontalAdvance(each[:80]) for each in words)
            cell = min(widest + CELL_EDGES, WIDEST_CELL)
            self.needed[column.field] = max(cell, self._heading_width(column))
        self.fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns anew; the current row stays in sight where room is taken away."""
        super().resizeEvent(event)
        self.fit_columns()
        current = self.visualRect(self.currentIndex())
        if (
            0 <= current.top() < event.oldSize().height()
            and current.bottom() >= self.viewport().height()
        ):
            self.scrollTo(self.currentIndex())

    def show_sort(self, name: str, *, descending: bool) -> None:
        """Point out in the heading how the list is sorted."""
        names = [column.field for column in self.records.columns]
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        heads = self.horizontalHeader()
        heads.blockSignals(True)
        heads.setSortIndicator(names.index(name) if name in names else -1, order)
        heads.blockSignals(False)

    def column_menu(self) -> QMenu:
        """Return the menu in which columns are chosen, and sorted by for who uses no mouse."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offer_orders(menu.addMenu(_("Sort by")))
        menu.addSeparator()
        shown = [column.field for column in self.records.columns]
        for column in self.records.offered_columns():
            place = self.records.offered_columns().index(column)
            act = menu.addAction(self.records.heading(column))
            act.setCheckable(True)
            act.setChecked(column.field in shown)
            act.setEnabled(place > 0 or column.field not in shown)
            act.toggled.connect(lambda on, name=column.field: self._choose(name, on=on))
        return menu

    def _offer_orders(self, menu: QMenu) -> None:
        """Offer each column in sight to sort by; the one in force turns round."""
        for place, column in enumerate(self.records.columns):
            act = menu.addAction(as_caption(self.records.heading(column)))
            act.setCheckable(True)
            act.setChecked(place == self.horizontalHeader().sortIndicatorSection())
            act.triggered.connect(lambda _on=False, place=place: self._turn(place))

    def _turn(self, place: int) -> None:
        heads = self.horizontalHeader()
        is_up = heads.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        is_turned = heads.sortIndicatorSection() == place and is_up
        order = Qt.SortOrder.DescendingOrder if is_turned else Qt.SortOrder.AscendingOrder
        heads.setSortIndicator(place, order)

    def _choose(self, name: str, *, on: bool) -> None:
        shown = [column.field for column in self.records.columns if column.field != name]
        self.columns_chosen.emit([*shown, name] if on else shown)

    def _sort(self, place: int, order: Qt.SortOrder) -> None:
        if 0 <= place < len(self.records.columns):
            is_descending = order == Qt.SortOrder.DescendingOrder
            self.sorted_by.emit(self.records.columns[place].field, is_descending)

    @property
    def whole_height(self) -> int:
        """The height at which every row is in sight, in pixels."""
        rows = self.model().rowCount() * ROW_HEIGHT
        return self.horizontalHeader().height() + rows + 2 * self.frameWidth()

    @property
    def current_id(self) -> UUID | None:
        """The record of the row the cursor is on."""
        found = self.currentIndex().data(ID_ROLE)
        return found if isinstance(found, UUID) else None

    def go_to(self, record_id: UUID | None) -> bool:
        """Put the cursor on a record, unannounced, and show it; False when it is not there."""
        row = self.records.row_of(record_id) if record_id is not None else -1
        self.selectionModel().blockSignals(True)
        index = self.records.index(row, 0) if row >= 0 else QModelIndex()
        self.setCurrentIndex(index)
        if row < 0:
            self.selectionModel().clear()
        self.selectionModel().blockSignals(False)
        if index.isValid():
            self.updateGeometries()  # so that it can scroll to a row that was added just now
            self.scrollTo(index)
        self.viewport().update()
        return row >= 0

    def go_to_row(self, row: int) -> None:
        """Put the cursor on a row, as the keyboard would."""
        if 0 <= row < self.records.rowCount():
            self.setCurrentIndex(self.records.index(row, 0))

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(current.data(ID_ROLE))

    def _open(self) -> None:
        if self.current_id is not None:
            self.opened.emit(self.current_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, go to the ends on Home and End, else as every table."""
        if event.key() in OPENS:
            self._open()
        elif event.key() == Qt.Key.Key_Home:
            self.go_to_row(0)
        elif event.key() == Qt.Key.Key_End:
            self.go_to_row(self.records.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and a ring round the current one while the table has the focus."""
        super().paintEvent(event)
        if not self.hasFocus() or not self.currentIndex().isValid():
            return
        row = self.visualRect(self.currentIndex())
        row.setLeft(0)
        row.setRight(self.viewport().width() - 1)
        painter = QPainter(self.viewport())
        painter.setPen(self.palette().accent().color())
        painter.drawRect(row.adjusted(0, 0, 0, -1))
        painter.end()

    def accessible_name(self, plural: str) -> None:
        """Name the table after its register for a screen reader."""
        self.setAccessibleName(_("List: {name}").format(name=plural))
