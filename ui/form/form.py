"""The one form: made from a register's declaration, giving back plain values.

It knows no register by name. What was shown and what is typed are kept apart, so that it can
say what changed; sections are filled one by one, so that the window never waits for them.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from copy import deepcopy
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from privreg.errors import FieldProblem
from privreg.lists import codes_of
from privreg.registers.customer_checks import NO_NUMBER
from privreg.registers.declaration import UNSEEN, Kind
from privreg.registers.proposals import Proposals
from privreg.registers.validation import check, is_empty, normalised
from privreg.translation import _
from ui.form.field_row import row_left
from ui.form.rows_editor import RowsEditor
from ui.form.section_box import SectionBox, missing_words
from ui.widgets import (
    STEP,
    CountedButton,
    bring_in_sight,
    column,
    frame,
    line,
    scrolled,
    show_or_hide,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtGui import QResizeEvent

    from privreg.registers.declaration import Register, Values
    from privreg.translation import Message
    from ui.form.field_row import FieldRow
    from ui.office import Office

ROW_FIELD = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")
INDEX_WIDTH = 228
ROOM_FOR_INDEX = 852
WIDEST = 800
AT_ONCE = 3
SHOW_MORE = {Kind.LINK, Kind.LINKS, Kind.ROWS}  # what stands behind the same value may change


class Form(QWidget):
    """The form of one register. `edited` is emitted at every change by the user."""

    edited = Signal()

    def __init__(self, office: Office, register: Register) -> None:
        super().__init__()
        self.office = office
        self.register = register
        self.before: Values = {}
        self.draft: Values = {}
        self.proposals = Proposals()
        self.is_read_only = False
        visible = {field.name for field in office.fields(register)}
        self.boxes: list[SectionBox] = []
        for section in register.sections:
            fields = tuple(each for each in section.fields if each.name in visible)
            if fields:
                self.boxes.append(SectionBox(section, fields, office))
        self._lay_out()
        for box in self.boxes:
            box.filled.connect(self._filled)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def _lay_out(self) -> None:
        self.content = QWidget()
        self.content.setProperty("look", "surface")
        self.stack = QVBoxLayout(self.content)
        self.stack.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 6 * STEP)
        self.stack.setSpacing(4 * STEP)
        for box in self.boxes:
            self.stack.addWidget(box)
        self.stack.addStretch(1)
        self.area = scrolled(self.content, "surface")
        self.entries = [self._entry(box) for box in self.boxes]
        entries = frame("")
        entries.setLayout(column(*self.entries, None, space=0, edges=(2, 3, 1, 2)))
        self.index = scrolled(entries, "ground")
        self.index.setFixedWidth(INDEX_WIDTH)
        self.setLayout(line(self.index, self.area, space=0))

    def _entry(self, box: SectionBox) -> CountedButton:
        entry = CountedButton(_(box.section.short or box.section.title), "index")
        entry.clicked.connect(lambda: self.go_to(box))
        return entry

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the index of sections where there is room."""
        super().resizeEvent(event)
        has_index = len(self.boxes) > 1 and self.width() >= ROOM_FOR_INDEX
        self.index.setVisible(has_index)
        taken = WIDEST + (INDEX_WIDTH if has_index else 0)
        edges = self.stack.contentsMargins()
        edges.setRight(max(4 * STEP, self.width() - taken))
        self.stack.setContentsMargins(edges)

    def go_to(self, box: SectionBox) -> None:
        """Unfold a section and bring its title to the top."""
        box.fold(is_open=True)
        QTimer.singleShot(0, self, lambda: self._scroll_to(box))
        box.title.setFocus()

    def _scroll_to(self, box: SectionBox) -> None:
        self.area.verticalScrollBar().setValue(box.y() - 2 * STEP)

    def show_values(self, values: Values) -> None:
        """Show a record; nothing is edited yet."""
        self.before = deepcopy(values)
        self.draft = deepcopy(values)
        self.proposals.forget()
        for row in self.rows():
            row.show_problem(None)
            self._lock(row)
            self._show_value(row)
        self._refresh()
        for row in self.rows():
            self._warn(row)
        self._fill_next()

    def _show_value(self, row: FieldRow) -> None:
        value, editor = self.draft.get(row.field.name), row.editor
        is_shown = editor.problem is None and not differs(editor.value, value)
        if not is_shown or (row.field.kind in SHOW_MORE and not is_empty(value)):
            editor.show_value(value)

    def take(self, changed: Values, *, version: int) -> None:
        """Show these values as typed over the record; `version` is the one they were typed on."""
        self.draft.update(deepcopy(changed))
        if version:
            self.draft["version"] = version
        for row in self.rows():
            self._show_value(row)
        self._refresh()
        self.edited.emit()

    def _fill_next(self) -> None:
        waiting = [box for box in self.boxes if box.is_open and not box.is_filled]
        if waiting:
            waiting[0].fill(AT_ONCE)
            QTimer.singleShot(0, self, self._fill_next)

    def fill(self) -> None:
        """Make every section at once."""
        for box in self.boxes:
            box.fill()

    def _filled(self, rows: list[FieldRow]) -> None:
        for row in rows:
            row.editor.show_value(self.draft.get(row.field.name))
            self._lock(row)
            row.editor.edited.connect(partial(self._edited, row))
            show_or_hide(row, row.field.is_asked(self.draft))
            row.show_missing()
            self._warn(row)

    def make_read_only(self, *, is_read_only: bool) -> None:
        """Let the record be read and copied, not changed."""
        self.is_read_only = is_read_only
        for row in self.rows():
            self._lock(row)

    def _lock(self, row: FieldRow) -> None:
        """Let a field be typed in unless it is only to be read, or not even that."""
        is_unseen = row.field.name in self.before.get(UNSEEN, ())
        row.editor.make_read_only(is_read_only=self.is_read_only or is_unseen)
        row.show_unseen(is_unseen=is_unseen)

    def rows(self) -> Iterator[FieldRow]:
        """Return the fields made so far."""
        for box in self.boxes:
            yield from box.rows.values()

    def row(self, name: str) -> FieldRow:
        """Return a field's row, unfolding its section; `KeyError` when it is not on the form."""
        for box in self.boxes:
            if any(field.name == name for field in box.fields):
                box.fold(is_open=True)
                return box.rows[name]
        raise KeyError(name)

    @property
    def values(self) -> Values:
        """The record as it would be saved."""
        return deepcopy(self.draft)

    @property
    def names(self) -> set[str]:
        """The names of the fields on the form."""
        return {field.name for box in self.boxes for field in box.fields}

    @property
    def changed(self) -> set[str]:
        """The names of the fields that differ from what was shown."""
        names = self.draft.keys() | self.before.keys()
        return {name for name in names if differs(self.before.get(name), self.draft.get(name))}

    @property
    def is_edited(self) -> bool:
        """Whether there is anything to save, or something typed that cannot be read."""
        return bool(self.changed) or any(row.editor.problem for row in self.rows())

    def _edited(self, row: FieldRow) -> None:
        self.draft[row.field.name] = row.editor.value
        self._propose(row)
        if row.editor.problem is None:
            row.show_problem(None)
        self._refresh()
        self.edited.emit()

    def _propose(self, edited: FieldRow) -> None:
        """Fill in what the field proposes for others that nobody filled in yet."""
        rows = {row.field.name: row for row in self.rows()}
        free = (
            field
            for box in self.boxes
            for field in box.fields
            if field.name not in rows or rows[field.name].editor.problem is None
        )
        self.proposals.typed(edited.field.name)
        for name, value in self.proposals.after(edited.field.name, self.draft, free):
            self.draft[name] = value
            if name in rows:
                self._show_value(rows[name])

    def _refresh(self) -> None:
        for box, entry in zip(self.boxes, self.entries, strict=True):
            count = box.refresh(self.draft)
            entry.show_count(count, missing_words(count))
            show_or_hide(entry, not box.isHidden())

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        row = row_left(self.rows(), old, new)
        if row is not None:
            self.leave(row)

    def leave(self, row: FieldRow) -> None:
        """Tidy a field the focus went away from, and say beside it what is wrong."""
        row.editor.leave()
        problem = row.editor.problem
        if problem is None and not isinstance(row.editor, RowsEditor):
            problem = self._checked(row.field.name)
        row.show_problem(problem)
        if problem is None:
            self._warn(row)

    def _warn(self, row: FieldRow) -> None:
        """Say beside a field what it may better not say, as long as it says so."""
        typed = {name: self.draft.get(name) for name in (row.field.name, NO_NUMBER.name)}
        found = self.office.records.warnings(self.office.desk, self.register.slug, typed)
        for each in found:
            row.show_warning(each.problem)

    def _checked(self, name: str) -> Message | None:
        if not differs(self.before.get(name), self.draft.get(name)):
            return None
        tidied = normalised(self.register, self.draft)
        now = self.office.desk.clock.now()
        found = check(self.register, tidied, now=now, lists=codes_of)
        return next((each.problem for each in found if each.field == name), None)

    def unreadable(self) -> list[FieldProblem]:
        """Return what was typed and cannot be read."""
        found = ((row.field.name, row.editor.problem) for row in self.rows())
        return [FieldProblem(name, problem) for name, problem in found if problem is not None]

    def show_problems(self, problems: Iterable[FieldProblem]) -> None:
        """Say beside each field what is wrong with it, and go to the first."""
        first: FieldRow | None = None
        for each in problems:
            row = self._show_problem(each)
            first = first or row
        if first is not None:
            self.area.ensureWidgetVisible(first)
            QTimer.singleShot(0, first, partial(bring_in_sight, first))  # when all has its room
            if not isinstance(first.editor, RowsEditor):
                first.editor.target.setFocus()

    def _show_problem(self, each: FieldProblem) -> FieldRow | None:
        inside = ROW_FIELD.fullmatch(each.field)
        name = inside[1] if inside else each.field
        if not any(field.name == name for box in self.boxes for field in box.fields):
            return None
        row = self.row(name)
        if inside and isinstance(row.editor, RowsEditor):
            row.editor.show_row_problem(int(inside[2]), inside[3], each.problem)
        else:
            row.show_problem(each.problem)
        return row

    def focus_first(self) -> None:
        """Put the cursor in the first field."""
        if self.boxes:
            self.boxes[0].fold(is_open=True)
            first = next(self.boxes[0].places(), None)
            if first is not None:
                first.editor.target.setFocus()
                self.area.ensureWidgetVisible(first)


def differs(one: Any, other: Any) -> bool:
    """Whether two values differ; nothing is nothing, however it is written."""
    return one != other and not (is_empty(one) and is_empty(other))
