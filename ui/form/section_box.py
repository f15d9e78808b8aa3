"""A section of the form: a title that folds, with the count of what is still missing."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from privreg.registers.validation import is_empty
from privreg.translation import N_, _
from ui import icons
from ui.cells import counted
from ui.form.editors import editor_for
from ui.form.field_row import FieldRow
from ui.widgets import STEP, label, line, show_or_hide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from privreg.registers.declaration import FieldSpec, Section
    from ui.office import Office


def missing_in(fields: tuple[FieldSpec, ...], values: Mapping[str, Any]) -> int:
    """Count what the law or the register wants and is not filled in."""
    return sum(
        1
        for field in fields
        if (field.wanted or field.required)
        and field.is_asked(values)
        and is_empty(values.get(field.name))
    )


def missing_words(count: int) -> str:
    """'3 ontbreken', or nothing."""
    return counted(count, N_("{count} is missing"), N_("{count} are missing")) if count else ""


class SectionBox(QWidget):
    """One section. Its fields are made when it is unfolded; `filled` gives those made."""

    filled = Signal(list)

    def __init__(self, section: Section, fields: tuple[FieldSpec, ...], office: Office) -> None:
        super().__init__()
        self.section = section
        self.fields = fields
        self.office = office
        self.rows: dict[str, FieldRow] = {}
        self.is_open = not section.closed
        self.title = QPushButton(_(section.title))
        self.title.setProperty("look", "section")
        self.title.setAutoDefault(False)
        self.title.clicked.connect(lambda: self.fold(is_open=not self.is_open))
        self.missing = label("", "muted")
        self.help = label(_(section.help), "muted", wraps=True)
        self.body = QWidget()
        self.stack = QVBoxLayout(self.body)
        self.stack.setContentsMargins(6 * STEP, 0, 0, 2 * STEP)
        self.stack.setSpacing(4 * STEP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(STEP)
        layout.addLayout(line(self.title, self.missing, None))
        layout.addWidget(self.body)
        self._show_fold()

    def fold(self, *, is_open: bool) -> None:
        """Fold or unfold."""
        self.is_open = is_open
        self._show_fold()
        if is_open:
            self.fill()

    def _show_fold(self) -> None:
        self.body.setVisible(self.is_open)
        icons.put(self.title, "chevron-down" if self.is_open else "chevron-right", "muted")
        state = _("unfolded") if self.is_open else _("folded")
        self.title.setAccessibleName(f"{_(self.section.title)}, {state}")

    @property
    def is_filled(self) -> bool:
        """Whether every field is made."""
        return len(self.rows) == len(self.fields)

    def fill(self, at_most: int = 0) -> None:
        """Make the fields that are not there yet: all, or so many that nobody waits for them."""
        if not self.rows and self.section.help:
            self.stack.addWidget(self.help)
        waiting = self.fields[len(self.rows) :]
        made = [
            FieldRow(editor_for(field, self.office)) for field in waiting[: at_most or len(waiting)]
        ]
        for row in made:
            self.rows[row.field.name] = row
            self.stack.addWidget(row)
        if made:
            self.filled.emit(made)

    def refresh(self, values: Mapping[str, Any]) -> int:
        """Show which fields are asked for and count what is missing."""
        for row in self.rows.values():
            show_or_hide(row, row.field.is_asked(values))
            row.show_missing()
        count = missing_in(self.fields, values)
        self.missing.setText(missing_words(count))
        show_or_hide(self, any(field.is_asked(values) for field in self.fields))
        return count

    def places(self) -> Iterator[FieldRow]:
        """Return the rows in sight."""
        return (row for row in self.rows.values() if not row.isHidden())
