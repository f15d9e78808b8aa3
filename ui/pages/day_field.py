"""A day chosen above a page: typed freely or from the calendar, today unless said otherwise."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from privreg.formats import text
from privreg.registers.declaration import day
from privreg.translation import _
from ui.form.day_editors import DayEditor
from ui.widgets import button, label, line

if TYPE_CHECKING:
    from datetime import date

    from ui.office import Office


class DayField(QWidget):
    """Asks for a day. `chosen` gives it once it can be read."""

    chosen = Signal(object)

    def __init__(self, office: Office, words: str) -> None:
        super().__init__()
        self.office = office
        self.day: date = office.today
        self.editor = DayEditor(day("on", words), office)
        self.editor.name(_(words), "")
        self.editor.input.editingFinished.connect(self._left)
        self.editor.edited.connect(self._typed)
        name = label(_(words), "muted")
        name.setBuddy(self.editor.input)
        self.error = label("", "late")
        self.error.hide()
        self.reset = button(_("Today"), self.show_today)
        self.setLayout(line(name, self.editor, self.reset, self.error, space=2))
        self.show_day(self.day)

    def show_day(self, day: date) -> None:
        """Show a day without calling it chosen."""
        self.day = day
        self.editor.show_value(day)
        self.error.hide()
        self.reset.setVisible(day != self.office.today)

    def show_today(self) -> None:
        """Go back to today."""
        self.show_day(self.office.today)
        self.chosen.emit(self.day)

    def _typed(self) -> None:
        """Take a day from the calendar at once; what is typed waits for Enter."""
        if not self.editor.input.isModified() and self.editor.value is not None:
            self._take(self.editor.value)

    def _left(self) -> None:
        problem = self.editor.problem
        self.error.setVisible(problem is not None)
        if problem is not None:
            self.error.setText(text(problem))
        elif self.editor.value is None:
            self.show_today()
        else:
            self._take(self.editor.value)

    def _take(self, day: date) -> None:
        if day != self.day:
            self.show_day(day)
            self.chosen.emit(day)
