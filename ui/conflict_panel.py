"""Both versions of a record that two people changed, field by field; the user chooses."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QScrollArea, QWidget

from privreg.registers.declaration import Kind
from privreg.services.row_changes import NOTHING, linked_by_register, linked_in
from privreg.translation import _
from ui.cells import cell
from ui.change_words import change_words
from ui.form.form import differs
from ui.widgets import STEP, as_caption, as_tip, button, column, label, line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from privreg.registers.declaration import FieldSpec, Linked, Register, Values

MINE, THEIRS = 0, 1


class ConflictPanel(QWidget):
    """Shows what differs. `settled` gives the record to save; `dropped` takes theirs whole."""

    settled = Signal(object)
    dropped = Signal()

    def __init__(
        self,
        register: Register,
        before: Values,
        mine: Values,
        theirs: Values,
        titles: Mapping[UUID, Linked],
    ) -> None:
        super().__init__()
        self.titles = titles
        self.setProperty("look", "surface")
        self.before, self.mine, self.theirs = before, mine, theirs
        self.groups: dict[str, QButtonGroup] = {}
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(4 * STEP)
        self.grid.setVerticalSpacing(2 * STEP)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(2, 1)
        for place, words in enumerate((_("Field"), _("Yours"), _("Theirs"))):
            self.grid.addWidget(label(words, "muted"), 0, place)
        for field in register.fields:
            if differs(mine.get(field.name), theirs.get(field.name)):
                self._add(field)
        self.setLayout(self._laid_out())

    def _laid_out(self) -> Any:
        title = label(_("Somebody else changed this record meanwhile"), "section", wraps=True)
        help_text = label(
            _("Choose per field which version stands. Nothing is lost: both stay in the history."),
            "muted",
            wraps=True,
        )
        save = button(_("Save this choice"), self.settle, tone="primary")
        drop = button(_("Drop my changes"), self.dropped.emit)
        body = QWidget()
        body.setProperty("look", "surface")
        body.setLayout(column(self.grid, None))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(body)
        return column(title, help_text, area, line(save, drop, None), edges=(6, 4, 6, 4), space=3)

    def _add(self, field: FieldSpec) -> None:
        row = self.grid.rowCount()
        group = QButtonGroup(self)
        self.grid.addWidget(label(_(field.label), "strong"), row, 0)
        for place, (whose, values) in enumerate(
            ((_("yours"), self.mine), (_("theirs"), self.theirs))
        ):
            words = self._words(field, values.get(field.name))
            choice = QRadioButton(as_caption(words))
            choice.setToolTip(as_tip(words))
            choice.setAccessibleName(f"{_(field.label)}, {whose}: {words}")
            group.addButton(choice, place)
            self.grid.addWidget(choice, row, place + 1)
        was_mine = differs(self.mine.get(field.name), self.before.get(field.name))
        group.button(MINE if was_mine else THEIRS).setChecked(True)
        self.groups[field.name] = group

    def _words(self, field: FieldSpec, value: Any) -> str:
        """Write a version; of a table what this version did to the rows."""
        if field.kind is not Kind.ROWS:
            return cell(field, value, self.titles) or NOTHING
        return change_words(field, self.before.get(field.name), value, self.titles) or NOTHING

    def settle(self) -> None:
        """Give the record made of both."""
        chosen = dict(self.theirs)
        for name, group in self.groups.items():
            if group.checkedId() == MINE:
                chosen[name] = self.mine.get(name)
        self.settled.emit(chosen)


def linked_by(register: Register, *versions: Values) -> dict[str, set[UUID]]:
    """Return the records these versions point at, by register."""
    return linked_by_register(
        linked
        for values in versions
        for field in register.fields
        for linked in linked_in(field, values.get(field.name))
    )
