"""Recording a case in under a minute: a few questions in the page, the rest later."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from privreg.errors import FieldProblem, InvalidRecordError
from privreg.registers.proposals import Proposals
from privreg.translation import _
from ui.field_words import naming_field
from ui.form.day_editors import TypedEditor
from ui.form.editors import editor_for
from ui.form.field_row import FieldRow, row_left
from ui.form.form import differs
from ui.later import later, make
from ui.pages.words_area import WordsArea
from ui.widgets import button, column, label, line

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from privreg.errors import ProblemError
    from privreg.registers.declaration import Register, Values
    from privreg.services.changes import Changes
    from privreg.translation import Message
    from ui.office import Office

EMPTY: tuple[object, ...] = (None, "", [])
SAVES = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


def beside(*rows: QWidget) -> QHBoxLayout:
    """Put questions beside each other, their labels on one line."""
    layout = line(space=6)
    for row in rows:
        layout.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
    return layout


class QuickEntry(QFrame):
    """`saved` gives the changes, `left` that the user wants no entry, `whole_asked` the form.

    An entry of its own names what it asks, and how the questions are laid out.
    """

    saved = Signal(object)
    left = Signal()
    whole_asked = Signal()
    asked: tuple[str, ...]
    half_typed: Message

    def __init__(self, office: Office, register: Register) -> None:
        super().__init__()
        self.office = office
        self.register = register
        self.is_saving = False
        self.refusal: ProblemError | None = None
        self.draft: Values = {}
        self.setProperty("look", "notice")
        self.setProperty("tone", "question")
        self.rows = {
            name: FieldRow(editor_for(register.field(name), office), has_room=False)
            for name in self.asked
        }
        self.saver = button(_("Record it"), self.save, icon="save", tone="primary", tip="Ctrl+S")
        self.proposals = Proposals()
        for row in self.rows.values():
            row.editor.edited.connect(partial(self._answered, row))
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    @later
    def area(self) -> WordsArea:
        """Lay the questions out, before they are shown first."""
        whole = button(_("The whole form"), self._ask_whole)
        stop = button(_("Cancel"), self.left.emit, tip="Esc")
        note = label(self.note(), "muted", wraps=True)
        buttons = line(self.saver, whole, stop, None, space=2)
        head = line(label(self.heading(), "section"), None)
        asked = column(*self.questions(), None)
        area = WordsArea(asked, self.heading(), is_stop=False)
        self.setLayout(column(head, area, note, buttons, edges=(4, 2, 4, 3)))
        return area

    def heading(self) -> str:
        """Return the words above the questions."""
        raise NotImplementedError

    def note(self) -> str:
        """Return what must be known under the questions."""
        raise NotImplementedError

    def questions(self) -> list[QWidget | QHBoxLayout]:
        """Return the questions as they stand under each other."""
        raise NotImplementedError

    def with_button(
        self, name: str, words: str, spoken: str, act: Callable[[], object]
    ) -> FieldRow:
        """Put a button beside a typed day or moment; `spoken` names the field in `{field}`."""
        row = self.rows[name]
        if isinstance(row.editor, TypedEditor):
            made = button(words, act)
            made.setAccessibleName(spoken.format(field=_(row.field.label)))
            row.editor.row.insertWidget(2, made)
        return row

    def take(self, name: str, value: object) -> None:
        """Answer a question as if it was typed."""
        row = self.rows[name]
        row.editor.show_value(value)
        row.editor.edited.emit()
        row.show_problem(None)

    def begin(self) -> None:
        """Ask anew, with what the register presets."""
        records, desk, slug = self.office.records, self.office.desk, self.register.slug
        self.office.worker.run(
            lambda: records.new(desk, slug), self._show, latest=f"begin:{slug}:{id(self)}"
        )

    def _show(self, values: Values) -> None:
        if self.is_begun:
            self.take_focus()
            return
        make(self, "area")
        self.draft = values
        self.proposals.forget()
        for name, row in self.rows.items():
            row.editor.show_value(values.get(name))
            row.show_problem(None)
        self._edited()
        self.show()
        self.take_focus()

    def take_focus(self) -> None:
        """Put the cursor in the first question."""
        self.rows[self.asked[0]].editor.target.setFocus()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Tidy an answer the focus went away from, and say under it what cannot be read."""
        if new is None or not self.draft:
            return
        row = row_left(self.rows.values(), old, new)
        if row is not None:
            row.editor.leave()
            row.show_problem(row.editor.problem)

    @property
    def values(self) -> Values:
        """The record as typed so far."""
        return {**self.draft, **{name: row.editor.value for name, row in self.rows.items()}}

    @property
    def answers(self) -> Values:
        """The answers given so far, by field."""
        given = ((name, row.editor.value) for name, row in self.rows.items())
        return {name: value for name, value in given if value not in EMPTY}

    def _answered(self, edited: FieldRow) -> None:
        """Propose answers to questions nobody answered yet, and show what is asked now."""
        free = (row.field for row in self.rows.values() if row.editor.problem is None)
        self.proposals.typed(edited.field.name)
        for name, value in self.proposals.after(edited.field.name, self.values, free):
            self.rows[name].editor.show_value(value)
        self._edited()

    def _edited(self) -> None:
        for row in self.rows.values():
            row.setVisible(row.field.is_asked(self.values))
            row.show_missing()

    def _ask_whole(self) -> None:
        if not self._is_unreadable():
            self.whole_asked.emit()

    def _is_unreadable(self) -> bool:
        """Say beside each question what cannot be read of its answer; whether there was any."""
        found = [
            FieldProblem(name, row.editor.problem)
            for name, row in self.rows.items()
            if row.editor.problem is not None
        ]
        if found:
            self._show_problems(InvalidRecordError(found))
        return bool(found)

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save it, and call `then` once that is done; what is wrong is said beside its question."""
        if self.is_saving or not self.draft or self._is_unreadable():
            return
        self.is_saving = True
        records, desk, slug = self.office.records, self.office.desk, self.register.slug
        values = self.values

        def saved(changes: Changes) -> None:
            self._saved(changes)
            if then is not None:
                then()

        self.office.worker.run(
            lambda: records.save(desk, slug, values), saved, self._not_saved, writes=True
        )

    def _saved(self, changes: Changes) -> None:
        self.is_saving = False
        self.draft = {}
        self._forget_refusal()
        self.hide()
        self.saved.emit(changes)

    def _not_saved(self, error: ProblemError) -> None:
        self.is_saving = False
        if isinstance(error, InvalidRecordError):
            self._show_problems(error)
        self.refusal = naming_field(self.register, error)
        self.office.notices.problem(self.refusal)

    def _forget_refusal(self) -> None:
        """Take away what was said of an answer: it was saved, or dropped."""
        self.office.notices.solved(self.refusal)
        self.refusal = None

    def _show_problems(self, error: InvalidRecordError) -> None:
        first: FieldRow | None = None
        for name, row in self.rows.items():
            problem = next((each.problem for each in error.problems if each.field == name), None)
            row.show_problem(problem)
            first = first or (row if problem is not None else None)
        if first is not None:
            first.editor.target.setFocus()
            self.area.ensureWidgetVisible(first)

    @property
    def is_begun(self) -> bool:
        """Whether something typed would be lost."""
        return bool(self.draft) and any(
            row.editor.problem is not None or differs(self.draft.get(name), row.editor.value)
            for name, row in self.rows.items()
        )

    def clear(self) -> None:
        """Forget what was typed."""
        self._forget_refusal()
        self.draft = {}
        for row in self.rows.values():
            row.editor.show_value(None)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save on Enter, leave on Escape."""
        if event.key() in SAVES:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
