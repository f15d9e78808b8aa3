"""A form made from declared settings; each takes effect as soon as it is chosen."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from privreg.registers.declaration import FieldSpec, choice, number
from ui.form.editors import editor_for
from ui.form.field_row import FieldRow
from ui.form.text_editors import NumberEditor
from ui.widgets import column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from privreg.settings import Setting
    from ui.office import Office


class SettingForm(QWidget):
    """`chosen` gives the name and the value of a setting that was changed to another one."""

    chosen = Signal(str, object)

    def __init__(self, office: Office, settings: Iterable[Setting]) -> None:
        super().__init__()
        self.settings = {each.name: each for each in settings}
        self.kept: dict[str, Any] = {}
        self.rows = {
            name: FieldRow(editor_for(field_of(each), office))
            for name, each in self.settings.items()
        }
        self.setLayout(column(*self.rows.values(), space=4))
        for name, row in self.rows.items():
            row.dot.hide()
            if isinstance(row.editor, NumberEditor):
                row.editor.input.editingFinished.connect(lambda name=name: self._settle(name))
            else:
                row.editor.edited.connect(lambda name=name: self._settle(name))

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show what is in force."""
        self.kept = dict(values)
        for name, row in self.rows.items():
            row.editor.show_value(values[name])
            row.show_problem(None)

    def make_read_only(self, *, is_read_only: bool) -> None:
        """Let the settings be read only."""
        for row in self.rows.values():
            row.editor.make_read_only(is_read_only=is_read_only)

    def _settle(self, name: str) -> None:
        row = self.rows[name]
        value = row.editor.value
        problem = row.editor.problem or self.settings[name].problem(value)
        row.show_problem(problem)
        if problem is None and value != self.kept.get(name):
            self.kept[name] = value
            self.chosen.emit(name, value)


def field_of(setting: Setting) -> FieldSpec:
    """Return a setting as a field of the form."""
    if setting.choices is not None:
        options = setting.choices.items()
        return choice(setting.name, setting.label, options, help=setting.help, required=True)
    return number(setting.name, setting.label, help=setting.help, required=True)


def words_of(setting: Setting, value: Any) -> Any:
    """Return a value as it reads on the form: the word of a choice, marked, or the number."""
    return setting.choices[value] if setting.choices is not None else value
