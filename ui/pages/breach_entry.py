"""Recording a breach in under a minute: four questions in the page, the rest later."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from privreg.errors import FieldProblem, InvalidRecordError
from privreg.registers.breaches import REGISTER
from privreg.translation import _
from ui.form.day_editors import MomentEditor
from ui.form.editors import editor_for
from ui.form.field_row import FieldRow
from ui.widgets import button, column, label, line

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from privreg.errors import ProblemError
    from privreg.registers.declaration import Values
    from privreg.services.changes import Changes
    from ui.office import Office

ASKED = ("title", "detected_at", "aware_at", "role", "client_id")
SAVES = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


def beside(*rows: QWidget) -> QHBoxLayout:
    """Put questions beside each other, their labels on one line."""
    layout = line(space=6)
    for row in rows:
        layout.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
    return layout


class BreachEntry(QFrame):
    """`saved` gives the changes, `left` that the user wants no entry, `whole_asked` the form."""

    saved = Signal(object)
    left = Signal()
    whole_asked = Signal(object)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.is_saving = False
        self.draft: Values = {}
        self.setProperty("look", "notice")
        self.setProperty("tone", "question")
        self.rows = {name: FieldRow(editor_for(REGISTER.field(name), office)) for name in ASKED}
        self.saver = button(_("Record it"), self.save, icon="save", tone="primary", tip="Ctrl+S")
        self._lay_out()
        for row in self.rows.values():
            row.editor.edited.connect(self._edited)

    def _lay_out(self) -> None:
        whole = button(_("The whole form"), self._ask_whole)
        stop = button(_("Cancel"), self.left.emit, tip="Esc")
        moments = beside(self._with_now("detected_at"), self._with_now("aware_at"))
        roles = beside(self.rows["role"], self.rows["client_id"])
        note = label(
            _("Recording is not reporting: nothing is sent to the authority."), "muted", wraps=True
        )
        buttons = line(self.saver, whole, stop, None, space=2)
        head = line(label(_("Record a breach"), "section"), None)
        self.setLayout(
            column(head, self.rows["title"], moments, roles, note, buttons, edges=(4, 2, 4, 3))
        )

    def _with_now(self, name: str) -> QWidget:
        row = self.rows[name]
        editor = row.editor
        if isinstance(editor, MomentEditor):
            spoken = _("{field}: now").format(field=_(row.field.label))
            now = button(_("Now"), lambda: self._take_now(name))
            now.setAccessibleName(spoken)
            editor.row.insertWidget(2, now)
        return row

    def _take_now(self, name: str) -> None:
        editor = self.rows[name].editor
        editor.show_value(self.office.desk.clock.now().replace(second=0, microsecond=0))
        editor.edited.emit()
        self.rows[name].show_problem(None)

    def begin(self) -> None:
        """Ask anew, with what the register presets."""
        records, desk = self.office.records, self.office.desk
        self.office.worker.run(lambda: records.new(desk, REGISTER.slug), self._show)

    def _show(self, values: Values) -> None:
        self.draft = values
        for name, row in self.rows.items():
            row.editor.show_value(values.get(name))
            row.show_problem(None)
        self._edited()
        self.show()
        self.rows["title"].editor.target.setFocus()

    @property
    def values(self) -> Values:
        """The breach as typed so far."""
        return {**self.draft, **{name: row.editor.value for name, row in self.rows.items()}}

    @property
    def answers(self) -> Values:
        """The answers given so far, by field."""
        given = ((name, row.editor.value) for name, row in self.rows.items())
        return {name: value for name, value in given if value not in (None, "")}

    def _edited(self) -> None:
        for row in self.rows.values():
            row.setVisible(row.field.is_asked(self.values))
            row.show_missing()

    def _ask_whole(self) -> None:
        self.whole_asked.emit(self.values)

    def save(self) -> None:
        """Save it; what is wrong is said beside its question."""
        if self.is_saving or not self.draft:
            return
        unreadable = [
            FieldProblem(name, row.editor.problem)
            for name, row in self.rows.items()
            if row.editor.problem is not None
        ]
        if unreadable:
            self._show_problems(InvalidRecordError(unreadable))
            return
        self.is_saving = True
        records, desk, values = self.office.records, self.office.desk, self.values
        self.office.worker.run(
            lambda: records.save(desk, REGISTER.slug, values),
            self._saved,
            self._not_saved,
            writes=True,
        )

    def _saved(self, changes: Changes) -> None:
        self.is_saving = False
        self.draft = {}
        self.hide()
        self.saved.emit(changes)

    def _not_saved(self, error: ProblemError) -> None:
        self.is_saving = False
        if isinstance(error, InvalidRecordError):
            self._show_problems(error)
        self.office.notices.problem(error)

    def _show_problems(self, error: InvalidRecordError) -> None:
        first: FieldRow | None = None
        for name, row in self.rows.items():
            problem = next((each.problem for each in error.problems if each.field == name), None)
            row.show_problem(problem)
            first = first or (row if problem is not None else None)
        if first is not None:
            first.editor.target.setFocus()

    @property
    def is_begun(self) -> bool:
        """Whether something typed would be lost."""
        typed = (row.editor.value for name, row in self.rows.items() if name != "role")
        return bool(self.draft) and any(each not in (None, "") for each in typed)

    def clear(self) -> None:
        """Forget what was typed."""
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
