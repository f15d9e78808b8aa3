"""The model of the one list: windows of rows fetched in the background, never blank.

The rows of a new query take the place of the old ones when they arrive, so that a list never
empties between two keystrokes; the total may arrive later still. Rows further down are asked
for when they come into sight, and show '…' until then.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from privreg.services.records import ListQuery, Page
from privreg.translation import _
from ui.cells import cell, column_label
from ui.widgets import as_tip

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from privreg.errors import ProblemError
    from privreg.registers.declaration import Column, Linked, Register, Values
    from ui.office import Office

WINDOW = 100
WINDOWS_KEPT = 40
WANTED_AT_ONCE = 4
WALKED_FROM = 10_000
NOT_YET = "…"
ID_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class ListModel(QAbstractTableModel):
    """The records of one register under one query.

    `counted` tells how many there are once that is known (-1 while it is not), `arrived`
    that the first rows of a new query stand.
    """

    counted = Signal(int)
    arrived = Signal()

    def __init__(self, office: Office, register: Register) -> None:
        super().__init__()
        self.office = office
        self.register = register
        self.fields = {field.name: field for field in office.fields(register)}
        self.columns: tuple[Column, ...] = ()
        self.query = ListQuery(sort=register.sort)
        self.length = 0
        self.total = -1
        self.windows: OrderedDict[int, Sequence[Values]] = OrderedDict()
        self.titles: dict[UUID, Linked] = {}
        self.wanted: list[int] = []
        self.is_fetching = False
        self.key = f"list:{register.slug}:{id(self)}"

    def offered_columns(self) -> tuple[Column, ...]:
        """Return the columns this user may see."""
        return tuple(each for each in self.register.columns if self._is_seen(each.field))

    def _is_seen(self, name: str) -> bool:
        declared = any(field.name == name for field in self.register.fields)
        return name in self.fields or not declared

    def heading(self, column: Column) -> str:
        """Return the words above a column."""
        return column_label(self.register, column.field, column.label)

    def show_columns(self, names: Sequence[str]) -> None:
        """Show these columns, in the order of the declaration."""
        self.beginResetModel()
        self.columns = tuple(each for each in self.offered_columns() if each.field in names)
        self.endResetModel()

    def ask(self, query: ListQuery) -> None:
        """Show another query; the rows that stand stay until the new ones arrive."""
        self.query = query
        records, desk, slug = self.office.records, self.office.desk, self.register.slug
        self.office.worker.cancel(f"{self.key}:count")
        self.office.worker.run(
            lambda: (query, records.page(desk, slug, query, 0, WINDOW)),
            self._begin,
            latest=self.key,
        )

    def refresh(self) -> None:
        """Ask for the same rows again after a change; nothing moves but what changed."""
        query, shown = self.query, max(self.windows, default=0)
        windows = [place for place in self.windows if abs(place - shown) <= 1] or [0]
        for place in [place for place in self.windows if place not in windows]:
            del self.windows[place]
        self.wanted.clear()
        for place in windows:
            self._fetch(place)
        self._count(query)

    def _begin(self, answer: tuple[ListQuery, Page]) -> None:
        query, page = answer
        self.beginResetModel()
        self.windows.clear()
        self.wanted.clear()
        self.titles.clear()
        self.total = -1
        self._keep(0, page)
        self.length = len(page.rows)
        self.endResetModel()
        self.arrived.emit()
        if len(page.rows) < WINDOW:
            self._counted((query, len(page.rows)))
        else:
            self.counted.emit(-1)
            self._count(query)

    def _count(self, query: ListQuery) -> None:
        records, desk, slug = self.office.records, self.office.desk, self.register.slug
        self.office.worker.run(
            lambda: (query, records.count(desk, slug, query)),
            self._counted,
            latest=f"{self.key}:count",
            counts=True,
        )

    def _signpost(self, query: ListQuery) -> None:
        """Have a long list walked along, so that a jump to any row of it comes at once."""
        records, desk, slug = self.office.records, self.office.desk, self.register.slug
        self.office.worker.run(
            lambda: records.signpost(desk, slug, query),
            lambda _done: None,
            latest=f"{self.key}:signposts",
            counts=True,
        )

    def _counted(self, answer: tuple[ListQuery, int]) -> None:
        query, total = answer
        if query != self.query:
            return
        self.total = total
        if total > WALKED_FROM and not query.text:
            self._signpost(query)
        self._resize(total)
        self.counted.emit(total)

    def _resize(self, length: int) -> None:
        if length > self.length:
            self.beginInsertRows(QModelIndex(), self.length, length - 1)
            self.length = length
            self.endInsertRows()
        elif length < self.length:
            self.beginRemoveRows(QModelIndex(), length, self.length - 1)
            self.length = length
            self.endRemoveRows()

    def _keep(self, place: int, page: Page) -> None:
        self.windows[place] = page.rows
        self.windows.move_to_end(place)
        self.titles.update(page.titles)
        while len(self.windows) > WINDOWS_KEPT:
            self.windows.popitem(last=False)

    def _fetch(self, place: int) -> None:
        """Ask for a window, the last asked first: a jump need not wait for what it passed."""
        if place in self.wanted:
            self.wanted.remove(place)
        self.wanted.append(place)
        del self.wanted[:-WANTED_AT_ONCE]
        self._fetch_next()

    def _fetch_next(self) -> None:
        if self.is_fetching or not self.wanted:
            return
        self.is_fetching = True
        query, place = self.query, self.wanted.pop()
        records, desk, slug = self.office.records, self.office.desk, self.register.slug
        self.office.worker.run(
            lambda: (query, place, records.page(desk, slug, query, place * WINDOW, WINDOW)),
            self._fetched,
            self._not_fetched,
        )

    def _not_fetched(self, error: ProblemError) -> None:
        self.is_fetching = False
        self.wanted.clear()
        self.office.notices.problem(error)

    def _fetched(self, answer: tuple[ListQuery, int, Page]) -> None:
        query, place, page = answer
        self.is_fetching = False
        if query == self.query:
            self._keep(place, page)
            first = place * WINDOW
            last = min(first + len(page.rows), self.length) - 1
            if last >= first and self.columns:
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        self._fetch_next()

    def row_values(self, row: int) -> Values | None:
        """Return the record of a row, or None while it is being fetched."""
        place, within = divmod(row, WINDOW)
        window = self.windows.get(place)
        if window is None:
            self._fetch(place)
            return None
        return window[within] if within < len(window) else None

    def row_of(self, record_id: UUID) -> int:
        """Return the row in which a record stands among what was fetched, or -1."""
        for place, window in self.windows.items():
            for within, values in enumerate(window):
                if values["id"] == record_id:
                    return place * WINDOW + within
        return -1

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows are known to be there."""
        return 0 if parent is not None and parent.isValid() else self.length

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns are chosen."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the heading of a column."""
        if orientation is Qt.Orientation.Vertical or section >= len(self.columns):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self.heading(self.columns[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; a row not fetched yet shows '…' and is asked for."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(self._shown(index.row(), index.column()))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role == ID_ROLE:
            values = self.row_values(index.row())
            return values["id"] if values else None
        return None

    def _shown(self, row: int, column: int) -> str:
        values = self.row_values(row)
        if values is None:
            return NOT_YET
        name = self.columns[column].field
        field = self.fields.get(name)
        instead = field.said_instead(values) if field is not None else ""
        return _(instead) if instead else cell(field, values.get(name), self.titles)

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        field = self.fields.get(self.columns[column].field)
        is_number = field is not None and field.kind.value == "number"
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
