"""Rows that say why: groups, rows, and under each row the steps that led there, unfolded at will.

The model is a plain tree; one delegate paints it. Space unfolds the reasons, Enter opens.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from privreg.formats import percent
from privreg.translation import _
from ui import icons
from ui.theme import ROW_HEIGHT
from ui.widgets import STEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KIND_ROLE = Qt.ItemDataRole.UserRole
TARGET_ROLE = Qt.ItemDataRole.UserRole + 1
STATE_ROLE = Qt.ItemDataRole.UserRole + 2
SHARE_ROLE = Qt.ItemDataRole.UserRole + 3
COUNT_ROLE = Qt.ItemDataRole.UserRole + 4
GROUP, ROW, WHY, STEP_OF_WHY = "group", "row", "why", "step"
OPENS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
ICON = 16
BAR_HEIGHT = 6
PERCENT_WIDTH = 44
GROUP_HEIGHT = 36
STEP_INDENT = 7 * STEP
STEP_EDGE = STEP
WHY_WIDTH = 84
Index = QModelIndex | QPersistentModelIndex


def shown_word(state: str) -> str:
    """Return the name of the picture and the colour that go with a state of an item or clock."""
    known = {
        "running": "calm",
        "kept_only": "kept",
        "due": "late",
        "gap": "warning",
        "criterion": "waiting",
    }
    return known.get(state, state)


def colour_of(state: str) -> str:
    """Return the colour of a state, from the palette in use."""
    name = {"kept": "done", "warning": "soon", "restricted": "held"}.get(
        shown_word(state), shown_word(state)
    )
    return str(getattr(icons.palette_in_use(), name))


def tone_of(state: str) -> str:
    """Return the palette's name of a state's colour."""
    return {"kept": "done", "warning": "soon", "restricted": "held"}.get(
        shown_word(state), shown_word(state)
    )


def cell_item(text: str, *, kind: str = ROW, target: Any = None) -> QStandardItem:
    """Return one cell; it is never edited in place."""
    made = QStandardItem(_pattern(kind))  # what `clone` gives, Python would not know to be deleted
    made.setText(text)
    made.setData(target, TARGET_ROLE)
    return made


@cache
def _pattern(kind: str) -> QStandardItem:
    """Return what all cells of a kind begin as; a copy costs a fraction of a new one.

    The height stands in the cell, so that Qt lays thousands of rows out by itself.
    """
    made = QStandardItem()
    made.setEditable(False)
    made.setData(kind, KIND_ROLE)
    made.setSizeHint(QSize(0, GROUP_HEIGHT if kind == GROUP else ROW_HEIGHT))
    return made


def state_item(words: str, state: str, target: Any = None) -> QStandardItem:
    """Return a cell that shows a state by shape, word and colour."""
    made = cell_item(words, target=target)
    made.setData(state, STATE_ROLE)
    return made


def bar_item(share: float | None, target: Any = None) -> QStandardItem:
    """Return a cell with a bar; `share` lies between 0 and 1, None shows nothing."""
    made = cell_item("" if share is None else percent(share), target=target)
    made.setData(share, SHARE_ROLE)
    return made


def why_item(target: Any = None) -> QStandardItem:
    """Return the cell that unfolds the reasons."""
    return cell_item(_("why?"), kind=WHY, target=target)


def group_item(heading: str, count: str = "") -> QStandardItem:
    """Return a heading, under which rows can be put before it is shown."""
    group = cell_item(heading, kind=GROUP)
    group.setData(count, COUNT_ROLE)
    group.setSelectable(False)
    return group


def put_row(
    above: QStandardItem, cells: Sequence[QStandardItem], reasons: Iterable[str] = ()
) -> None:
    """Put a row under a heading, with the reasons it unfolds."""
    target = cells[0].data(TARGET_ROLE)
    for reason in reasons:
        cells[0].appendRow(cell_item(reason, kind=STEP_OF_WHY, target=target))
    above.appendRow(list(cells))


class WhyDelegate(QStyledItemDelegate):
    """Paints groups as headings, states with their shape, shares as bars, reasons as steps."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        painter.save()
        self._ground(painter, option, index)
        kind = index.data(KIND_ROLE)
        if kind == GROUP:
            self._group(painter, option, index)
        elif kind == STEP_OF_WHY:
            self._step(painter, option, index)
        else:
            self.paint_cell(painter, option, index)
        painter.restore()

    def paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell of a row."""
        room = option.rect.adjusted(2 * STEP, 0, -2 * STEP, 0)
        if index.data(STATE_ROLE):
            self._state(painter, room, index)
        elif index.data(SHARE_ROLE) is not None:
            self._bar(painter, room, index)
        elif index.data(KIND_ROLE) == WHY:
            painter.setPen(QColor(icons.palette_in_use().accent))
            text(painter, room, _("hide") if self._is_open(index) else str(index.data()))
        else:
            painter.setPen(QColor(icons.palette_in_use().text))
            text(painter, room, str(index.data() or ""))

    def _is_open(self, index: Index) -> bool:
        tree = self.parent()
        return isinstance(tree, QTreeView) and tree.isExpanded(index.sibling(index.row(), 0))

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette = icons.palette_in_use()
        state: QStyle.StateFlag = option.state
        ground = palette.surface
        if state & QStyle.StateFlag.State_Selected:
            ground = palette.selection
        elif index.data(KIND_ROLE) == STEP_OF_WHY or state & QStyle.StateFlag.State_MouseOver:
            ground = palette.raised
        painter.fillRect(option.rect, QColor(ground))
        painter.setPen(QColor(palette.line))
        if index.data(KIND_ROLE) != STEP_OF_WHY:
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _group(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette = icons.palette_in_use()
        room = option.rect.adjusted(2 * STEP, 2 * STEP, -2 * STEP, -STEP)
        painter.setFont(weighted(option.font))
        painter.setPen(QColor(palette.text))
        heading, count = str(index.data()), index.data(COUNT_ROLE)
        width = painter.fontMetrics().horizontalAdvance(heading)
        text(painter, room, heading)
        if count not in (None, ""):
            painter.setFont(option.font)
            painter.setPen(QColor(palette.muted))
            text(painter, room.adjusted(min(width, room.width() - 60) + 2 * STEP, 0, 0, 0), count)

    def _step(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setPen(QColor(icons.palette_in_use().muted))
        room = option.rect.adjusted(STEP_INDENT, STEP_EDGE, -4 * STEP, -STEP_EDGE)
        arrow = room.adjusted(-4 * STEP, 0, 0, 0)
        top = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(arrow, top, "→")
        painter.drawText(room, top | int(Qt.TextFlag.TextWordWrap), str(index.data()))

    def _state(self, painter: QPainter, room: QRect, index: Index) -> None:
        state = str(index.data(STATE_ROLE))
        shape(painter, room.left(), room.center().y(), state)
        painter.setPen(QColor(colour_of(state)))
        text(painter, room.adjusted(ICON + 2 * STEP, 0, 0, 0), str(index.data()))

    def _bar(self, painter: QPainter, room: QRect, index: Index) -> None:
        palette, share = icons.palette_in_use(), float(index.data(SHARE_ROLE))
        bar = room.adjusted(0, 0, -PERCENT_WIDTH, 0)
        paint_bar(painter, bar, share, palette.accent)
        painter.setPen(QColor(palette.muted))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(room, right, str(index.data()))


def shape(painter: QPainter, left: int, middle: int, state: str, size: int = ICON) -> None:
    """Paint the shape of a state, centred on a line."""
    picture = icons.pixmap(shown_word(state), tone_of(state), size)
    painter.drawPixmap(QRect(left, middle - size // 2, size, size), picture)


def paint_bar(painter: QPainter, room: QRect, share: float, colour: str) -> None:
    """Paint a bar of which `share` (0 to 1) has passed."""
    palette = icons.palette_in_use()
    bar = QRect(room.left(), room.center().y() - BAR_HEIGHT // 2, room.width(), BAR_HEIGHT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.line))
    painter.drawRoundedRect(bar, BAR_HEIGHT / 2, BAR_HEIGHT / 2)
    painter.setBrush(QColor(colour))
    bar.setWidth(max(round(bar.width() * share), BAR_HEIGHT if share else 0))
    painter.drawRoundedRect(bar, BAR_HEIGHT / 2, BAR_HEIGHT / 2)


def text(painter: QPainter, room: QRect, words: str) -> None:
    """Paint one line, ending in '…' where room lacks."""
    fitting = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), fitting)


def weighted(font: QFont) -> QFont:
    """Return the font in semibold."""
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


class WhyTree(QTreeView):
    """A list of rows in groups. `opened` gives the target of the row that was entered.

    With `opens_on_click` a click on a row opens it at once; else a double click does.
    """

    opened = Signal(object)
    moved = Signal(object)

    def __init__(
        self,
        name: str,
        headings: Sequence[str] = (),
        *,
        opens_on_click: bool = False,
        delegate: WhyDelegate | None = None,
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.rows = QStandardItemModel(self)
        self.rows.setColumnCount(max(len(headings), 1))
        self.rows.setHorizontalHeaderLabels(list(headings))
        self.opens_on_click = opens_on_click
        self.widths: dict[int, float] = {}
        self.unfolded: list[QPersistentModelIndex] = []
        self.setModel(self.rows)
        made = delegate or WhyDelegate(self)
        made.setParent(self)
        self.setItemDelegate(made)
        self._dress(has_headings=bool(headings))
        self.selectionModel().currentChanged.connect(self._moved)
        self.expanded.connect(self._unfolds)

    def _dress(self, *, has_headings: bool) -> None:
        self.setHeaderHidden(not has_headings)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(True)
        self.setExpandsOnDoubleClick(False)
        self.setAnimated(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        heads = self.header()
        heads.setStretchLastSection(not has_headings)
        heads.setSectionsMovable(False)
        heads.setMinimumSectionSize(24)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def share_width(self, widths: Sequence[float]) -> None:
        """Set the widths of the columns: whole numbers are pixels, below 1 a share of the rest."""
        self.widths = dict(enumerate(widths))
        self._fit()

    def _fit(self) -> None:
        fixed = sum(width for width in self.widths.values() if width >= 1)
        rest = max(self.viewport().width() - fixed, 200)
        shares = sum(width for width in self.widths.values() if 0 < width < 1) or 1
        for place, width in self.widths.items():
            self.setColumnHidden(place, width == 0)
            self.header().setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(place, int(width if width >= 1 else rest * width / shares))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns, and the lines of the reasons, to the new width."""
        super().resizeEvent(event)
        self._fit()
        if event.size().width() != event.oldSize().width():
            self.unfolded = [each for each in self.unfolded if each.isValid()]
            for each in self.unfolded:
                self._fit_reasons(self.rows.index(each.row(), 0, each.parent()))
            self.scheduleDelayedItemsLayout()

    def _unfolds(self, index: QModelIndex) -> None:
        if index.data(KIND_ROLE) == ROW:
            self.unfolded.append(QPersistentModelIndex(index))
            self._fit_reasons(index)

    def _fit_reasons(self, row: QModelIndex) -> None:
        """Give each reason of a row the lines its words take, across all columns."""
        room = QRect(0, 0, max(self.viewport().width() - STEP_INDENT - 4 * STEP, 80), 10_000)
        wraps = int(Qt.TextFlag.TextWordWrap)
        for place in range(self.rows.rowCount(row)):
            step = self.rows.itemFromIndex(self.rows.index(place, 0, row))
            tall = self.fontMetrics().boundingRect(room, wraps, step.text()).height()
            step.setSizeHint(QSize(0, tall + 2 * STEP_EDGE))
            self.setFirstColumnSpanned(place, row, True)

    def empty(self) -> None:
        """Take every row away."""
        self.unfolded.clear()
        self.rows.removeRows(0, self.rows.rowCount())

    def add_group(self, heading: str, count: str = "") -> QStandardItem:
        """Add a heading under which rows stand; it cannot be folded."""
        group = group_item(heading, count)
        self.take_group(group)
        return group

    def take_group(self, group: QStandardItem) -> None:
        """Add a heading with whatever stands under it already."""
        self.rows.appendRow(group)
        self.setFirstColumnSpanned(self.rows.rowCount() - 1, QModelIndex(), True)

    def add_row(
        self,
        cells: Sequence[QStandardItem],
        reasons: Iterable[str] = (),
        group: QStandardItem | None = None,
    ) -> None:
        """Add a row, under a group if there is one, with the reasons it unfolds."""
        put_row(group if group is not None else self.rows.invisibleRootItem(), cells, reasons)

    def open_groups(self) -> None:
        """Unfold every heading, once its rows stand: each row added to an open one costs more."""
        for place in range(self.rows.rowCount()):
            self.expand(self.rows.index(place, 0))

    def toggle(self, index: QModelIndex) -> None:
        """Unfold or fold the reasons of a row."""
        row = index.siblingAtColumn(0)
        if row.data(KIND_ROLE) == STEP_OF_WHY:
            row = row.parent()
        if row.data(KIND_ROLE) == ROW and self.rows.hasChildren(row):
            self.setExpanded(row, not self.isExpanded(row))
            self.setCurrentIndex(row)

    @property
    def target(self) -> Any:
        """What the current row stands for, or None."""
        index = self.currentIndex()
        return index.siblingAtColumn(0).data(TARGET_ROLE) if index.isValid() else None

    def targets(self) -> list[Any]:
        """Return what every row stands for, from top to bottom."""
        return [each.data(TARGET_ROLE) for each in self._rows() if each.data(KIND_ROLE) == ROW]

    def _rows(self) -> Iterable[QModelIndex]:
        index = self.rows.index(0, 0)
        while index.isValid():
            yield index
            if index.data(KIND_ROLE) == GROUP and self.rows.hasChildren(index):
                index = self.rows.index(0, 0, index)
                continue
            while index.isValid() and not index.siblingAtRow(index.row() + 1).isValid():
                index = index.parent()
            if index.isValid():
                index = index.siblingAtRow(index.row() + 1)

    def go_to(self, target: Any) -> bool:
        """Put the cursor on the row of a target; False when it is not there."""
        for each in self._rows():
            if each.data(KIND_ROLE) == ROW and each.data(TARGET_ROLE) == target:
                self.setCurrentIndex(each)
                return True
        return False

    def go_to_first(self) -> None:
        """Put the cursor on the first row."""
        first = next((each for each in self._rows() if each.data(KIND_ROLE) == ROW), None)
        if first is not None and not self.currentIndex().isValid():
            self.setCurrentIndex(first)

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.moved.emit(current.siblingAtColumn(0).data(TARGET_ROLE))

    def _open(self) -> None:
        if self.target is not None:
            self.opened.emit(self.target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, unfold the reasons on Space, keep groups unfolded."""
        index = self.currentIndex()
        if event.key() in OPENS:
            self._open()
        elif event.key() == Qt.Key.Key_Space or self._goes_back(event, index):
            self.toggle(index)
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.setExpanded(index.siblingAtColumn(0), event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def _goes_back(self, event: QKeyEvent, index: QModelIndex) -> bool:
        is_left = event.key() == Qt.Key.Key_Left
        return is_left and index.siblingAtColumn(0).data(KIND_ROLE) != ROW

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Unfold on the word 'why?', open on a click where that is how it works."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        if index.data(KIND_ROLE) == WHY:
            self.toggle(index)
        elif self.opens_on_click and index.data(KIND_ROLE) == ROW:
            self._open()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a row."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.data(KIND_ROLE) == ROW and not self.opens_on_click:
            self._open()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and a ring round the current one while the tree has the focus."""
        super().paintEvent(event)
        current = self.currentIndex()
        if not self.hasFocus() or not current.isValid():
            return
        row = self.visualRect(current.siblingAtColumn(0))
        row.setLeft(0)
        row.setRight(self.viewport().width() - 1)
        painter = QPainter(self.viewport())
        painter.setPen(QColor(icons.palette_in_use().focus))
        painter.drawRect(row.adjusted(0, 0, 0, -1))
        painter.end()
