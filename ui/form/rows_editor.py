"""The editor of form rows: a small table whose rows unfold in place, one at a time.

Enter or F2 unfolds a row, Esc folds it, Ctrl+Up and Ctrl+Down move it, Delete removes it.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from privreg.registers.declaration import FieldSpec, Kind
from privreg.registers.options import register_of_options
from privreg.translation import _
from ui.cells import cell
from ui.form.editor import Editor
from ui.form.field_row import FieldRow, row_left
from ui.form.link_editors import ask_titles
from ui.theme import restyle
from ui.widgets import STEP, ElidedLabel, as_tip, bring_in_sight, button, column, icon_button, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PySide6.QtGui import QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QToolButton

    from privreg.registers.declaration import Linked, Values
    from privreg.translation import Message
    from ui.office import Office

MOST_COLUMNS = 4
TOOLS_WIDTH = 4 * 30
WEIGHTS = {Kind.DAY: 2, Kind.MOMENT: 3, Kind.NUMBER: 2, Kind.YES_NO: 2, Kind.CHOICE: 3}
FIRST_WEIGHT = 8
OWN_LINE = {Kind.TEXT, Kind.LINKS, Kind.CHOICES, Kind.ROWS}
OPENS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space}


Make = Callable[["FieldSpec", "Office"], Editor]


class RowForm(QWidget):
    """The fields of one row, two beside each other where they are narrow."""

    edited = Signal()

    def __init__(self, fields: tuple[FieldSpec, ...], office: Office, make: Make) -> None:
        super().__init__()
        self.values: Values = {}
        self.rows = {field.name: FieldRow(make(field, office), has_room=False) for field in fields}
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(3 * STEP, STEP, 3 * STEP, 3 * STEP)
        self.grid.setHorizontalSpacing(4 * STEP)
        self.grid.setVerticalSpacing(3 * STEP)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1)
        for row in self.rows.values():
            row.setParent(self)
            row.editor.edited.connect(self._edited)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Tidy a field of the row the focus went away from: a day is then written in full."""
        row = row_left(self.rows.values(), old, new)
        if row is not None:
            row.editor.leave()

    def show_values(self, values: Values) -> None:
        """Show a row."""
        self.values = dict(values)
        for name, row in self.rows.items():
            row.editor.show_value(values.get(name))
        self._arrange()

    def _edited(self) -> None:
        for name, row in self.rows.items():
            self.values[name] = row.editor.value
        self._arrange()
        self.edited.emit()

    def _arrange(self) -> None:
        asked = [row for row in self.rows.values() if row.field.is_asked(self.values)]
        for row in self.rows.values():
            self.grid.removeWidget(row)
            row.setVisible(row in asked)
            row.show_missing()
        place, side = 0, 0
        for row in asked:
            whole = row.field.kind in OWN_LINE
            if whole and side:
                place, side = place + 1, 0
            top = Qt.AlignmentFlag.AlignTop
            self.grid.addWidget(row, place, side, 1, 2 if whole else 1, top)
            side = 0 if whole else 1 - side
            place += 1 if side == 0 else 0

    def problems(self) -> Iterator[tuple[str, Message]]:
        """Return what cannot be read, by field."""
        for name, row in self.rows.items():
            problem = row.editor.problem
            if problem is not None:
                yield name, problem


class RowLine(QFrame):
    """One row: folded a line of cells, unfolded its form under that line."""

    asked_to = Signal(str)

    def __init__(self, fields: tuple[FieldSpec, ...], number: int) -> None:
        super().__init__()
        self.setProperty("look", "row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.cells = [ElidedLabel() for _field in fields]
        self.changing: list[QToolButton] = []
        self.tools = self._tools(number)
        row = line(space=2, edges=(2, 0, 0, 0))
        for place, (field, each) in enumerate(zip(fields, self.cells, strict=True)):
            row.addWidget(each, weight(place, field))
        holder = QWidget()
        holder.setFixedWidth(TOOLS_WIDTH)
        holder.setLayout(self.tools)
        row.addWidget(holder)
        head = QWidget()
        head.setFixedHeight(32)
        head.setLayout(row)
        self.stack = column(head, space=0)
        self.setLayout(self.stack)

    def _tools(self, number: int) -> QHBoxLayout:
        words = (
            ("edit", _("Edit row {number}"), "open"),
            ("chevron-up", _("Move row {number} up"), "up"),
            ("chevron-down", _("Move row {number} down"), "down"),
            ("delete", _("Remove row {number}"), "remove"),
        )
        tools = line(None, space=0)
        for picture, name, verb in words:
            tool = icon_button(picture, name.format(number=number))
            tool.clicked.connect(lambda _checked=False, verb=verb: self.asked_to.emit(verb))
            tools.addWidget(tool)
            if verb != "open":
                self.changing.append(tool)
        return tools

    def lock(self) -> None:
        """Offer to unfold the row, and nothing that changes it."""
        for tool in self.changing:
            tool.hide()

    def show_cells(self, words: list[str]) -> None:
        """Show what stands in the row."""
        for each, word in zip(self.cells, words, strict=True):
            each.setText(word)
            each.setToolTip(as_tip(word))
        self.setAccessibleName(", ".join(word for word in words if word) or _("Empty row"))

    def show_open(self, form: RowForm | None) -> None:
        """Unfold the form under the line, or take the fold back."""
        self.setProperty("tone", "open" if form is not None else "")
        if form is not None:
            self.stack.addWidget(form)
        restyle(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Unfold on a click."""
        super().mousePressEvent(event)
        if event.position().y() <= 32:  # noqa: PLR2004  (the line itself)
            self.asked_to.emit("open")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Unfold, fold, move and remove by key."""
        verb = self._verb(event) if self.hasFocus() else self._verb_inside(event)
        if verb:
            self.asked_to.emit(verb)
        else:
            super().keyPressEvent(event)

    def _verb(self, event: QKeyEvent) -> str:
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in OPENS:
            return "open"
        if event.key() == Qt.Key.Key_Delete:
            return "remove"
        if is_control and event.key() == Qt.Key.Key_Up:
            return "up"
        return "down" if is_control and event.key() == Qt.Key.Key_Down else ""

    def _verb_inside(self, event: QKeyEvent) -> str:
        return "fold" if event.key() == Qt.Key.Key_Escape else ""


class RowsEditor(Editor):
    """The rows of a field; the value is a list of rows, each with the keys it came with."""

    is_wide = True

    def __init__(self, field: FieldSpec, office: Office, make: Make) -> None:
        super().__init__(field, office)
        self.make = make
        self.columns = columns_of(field)
        self.rows: list[Values] = []
        self.lines: list[RowLine] = []
        self.titles: dict[UUID, Linked] = {}
        self.open_form: RowForm | None = None
        self.open_at = -1
        self.is_read_only = False
        self.head = self._head()
        self.list = QVBoxLayout()
        self.list.setSpacing(0)
        self.adder = button(_("Add a row"), self.add, icon="add")
        box = QFrame()
        box.setProperty("look", "card")
        box.setLayout(column(self.head, self.list, space=0, edges=(0, 0, 0, 0)))
        self.box = box
        self.setLayout(column(box, line(self.adder, None), space=1))

    def _head(self) -> QWidget:
        row = line(space=2, edges=(2, 0, 0, 0))
        for place, field in enumerate(self.columns):
            row.addWidget(ElidedLabel(_(field.short or field.label), "muted"), weight(place, field))
        row.addSpacing(TOOLS_WIDTH)
        head = QWidget()
        head.setFixedHeight(28)
        head.setLayout(row)
        return head

    @property
    def value(self) -> Any:
        """The rows, in order."""
        return [dict(row) for row in self.rows]

    @property
    def target(self) -> QWidget:
        """The button that adds a row."""
        return self.adder

    @property
    def problem(self) -> Message | None:
        """What cannot be read in the row that is unfolded."""
        found = self.open_form.problems() if self.open_form is not None else iter(())
        return next((problem for _name, problem in found), None)

    def name(self, spoken: str, description: str) -> None:
        """Name the table and the button that adds to it."""
        self.box.setAccessibleName(spoken)
        self.adder.setAccessibleName(_("{name}: add a row").format(name=spoken))
        self.adder.setAccessibleDescription(description)

    def show_value(self, value: Any) -> None:
        """Show these rows, all folded."""
        self.rows = [dict(row) for row in value or []]
        self._rebuild()
        self._ask_titles()

    def make_read_only(self, *, is_read_only: bool) -> None:
        """Let rows be unfolded and read."""
        self.is_read_only = is_read_only
        self.adder.setVisible(not is_read_only)
        self._rebuild()

    def add(self) -> None:
        """Add a row with its defaults and unfold it."""
        self.rows.append({each.name: each.default for each in self.field.fields})
        self._rebuild(open_at=len(self.rows) - 1)
        self.edited.emit()

    def open_row(self, place: int, name: str = "") -> None:
        """Unfold a row and go to one of its fields."""
        self._rebuild(open_at=place)
        if self.open_form is not None:
            row = self.open_form.rows.get(name) or next(iter(self.open_form.rows.values()))
            row.editor.target.setFocus()

    def show_row_problem(self, place: int, name: str, problem: Message) -> None:
        """Unfold a row and say beside its field what is wrong."""
        if place != self.open_at:
            self.open_row(place, name)
        if self.open_form is not None and name in self.open_form.rows:
            self.open_form.rows[name].show_problem(problem)

    @property
    def _focused_at(self) -> int:
        """The row the cursor is in; -1 when it is elsewhere."""
        inside = QApplication.focusWidget()
        if inside is None:
            return -1
        found = (each is inside or each.isAncestorOf(inside) for each in self.lines)
        return next((at for at, is_there in enumerate(found) if is_there), -1)

    def _rebuild(self, open_at: int = -1) -> None:
        """Make the lines anew; the cursor stays on the row it was in."""
        focused_at = self._focused_at
        for old in self.lines:
            self.list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.open_form, self.open_at, self.lines = None, -1, []
        self.head.setVisible(bool(self.rows))
        self.box.setVisible(bool(self.rows))
        for place in range(len(self.rows)):
            self._add_line(place)
        if 0 <= open_at < len(self.rows):
            self._unfold(open_at)
        elif self.lines and focused_at >= 0:
            self.lines[min(focused_at, len(self.lines) - 1)].setFocus()

    def _add_line(self, place: int) -> None:
        row = RowLine(self.columns, place + 1)
        row.asked_to.connect(lambda verb, row=row: self._do(verb, self.lines.index(row)))
        self.lines.append(row)
        self.list.addWidget(row)
        if self._is_locked(place):
            row.lock()
        row.show()
        self._show_cells(place)

    def _is_locked(self, place: int) -> bool:
        """Say whether a row is only read: all are, or it was saved where rows are only added."""
        was_saved = self.rows[place].get("id") is not None
        return self.is_read_only or (self.field.appended and was_saved)

    def _show_cells(self, place: int) -> None:
        values = self.rows[place]
        words = [cell(each, values.get(each.name), self.titles) for each in self.columns]
        self.lines[place].show_cells(words)

    def _unfold(self, place: int) -> None:
        form = RowForm(self.field.fields, self.office, self.make)
        form.show_values(self.rows[place])
        form.edited.connect(self._row_edited)
        form.setDisabled(self._is_locked(place))
        self.open_form, self.open_at = form, place
        self.lines[place].show_open(form)
        form.show()
        next(iter(form.rows.values())).editor.target.setFocus()
        QTimer.singleShot(0, form, partial(bring_in_sight, self.lines[place]))

    def _row_edited(self) -> None:
        if self.open_form is not None:
            self.rows[self.open_at] = dict(self.open_form.values)
            self._show_cells(self.open_at)
            self._ask_titles()
            self.edited.emit()

    def _do(self, verb: str, place: int) -> None:
        if verb == "open":
            self._rebuild(open_at=-1 if place == self.open_at else place)
        elif verb == "fold":
            self._rebuild()
        elif not self._is_locked(place):
            self._change(verb, place)
        if verb != "open" and self.lines:
            self.lines[min(place, len(self.lines) - 1)].setFocus()

    def _change(self, verb: str, place: int) -> None:
        other = {"up": place - 1, "down": place + 1}.get(verb, place)
        if verb == "remove":
            del self.rows[place]
        elif 0 <= other < len(self.rows):
            self.rows[place], self.rows[other] = self.rows[other], self.rows[place]
        self._rebuild()
        self.edited.emit()

    def leave(self) -> None:
        """Tidy what was typed in the row that is unfolded."""
        if self.open_form is not None:
            for row in self.open_form.rows.values():
                row.editor.leave()

    def _ask_titles(self) -> None:
        for field in self.columns:
            slug = field.to or register_of_options(field)
            keys = {key for row in self.rows for key in _keys(row.get(field.name))}
            missing = sorted(keys - self.titles.keys()) if slug else []
            if missing:
                ask_titles(self.office, slug, missing, self._titled)

    def _titled(self, titles: Mapping[UUID, Linked]) -> None:
        self.titles.update(titles)
        for place in range(len(self.rows)):
            self._show_cells(place)


def columns_of(field: FieldSpec) -> tuple[FieldSpec, ...]:
    """Return the fields that stand in the line of a folded row: what must be there first."""
    short = [each for each in field.fields if each.kind not in {Kind.ROWS, Kind.TEXT}]
    first = [each for each in short if each.required or each.wanted]
    always = [each for each in short if each not in first and each.shown is None]
    chosen = [*first, *always][:MOST_COLUMNS]
    return tuple(each for each in field.fields if each in chosen)


def weight(place: int, field: FieldSpec) -> int:
    """Return a column's share of the width; the first says what the row is."""
    return FIRST_WEIGHT if place == 0 else WEIGHTS.get(field.kind, 5)


def _keys(value: Any) -> list[UUID]:
    if isinstance(value, UUID):
        return [value]
    return [UUID(str(each)) for each in value] if isinstance(value, list) else []
