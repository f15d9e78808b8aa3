"""Which editor a field gets, by its kind and by how much there is to choose."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.registers.declaration import FieldSpec, Kind
from privreg.registers.options import options_of, register_of_options
from ui.form.choice_editors import (
    MOST_BUTTONS,
    ButtonsEditor,
    ChipsEditor,
    SearchedEditor,
    YesNoEditor,
)
from ui.form.day_editors import DayEditor, MomentEditor, MonthDayEditor, PeriodEditor
from ui.form.link_editors import LinkEditor, LinksEditor
from ui.form.rows_editor import RowsEditor
from ui.form.text_editors import LineEditor, NumberEditor, TextEditor

if TYPE_CHECKING:
    from ui.form.editor import Editor
    from ui.office import Office

BY_KIND: dict[Kind, type[Editor]] = {
    Kind.TEXT: TextEditor,
    Kind.NUMBER: NumberEditor,
    Kind.DAY: DayEditor,
    Kind.MOMENT: MomentEditor,
    Kind.YES_NO: YesNoEditor,
    Kind.COUNTRY: SearchedEditor,
    Kind.LINK: LinkEditor,
    Kind.LINKS: LinksEditor,
    Kind.PERIOD: PeriodEditor,
    Kind.MONTH_DAY: MonthDayEditor,
}


def editor_for(field: FieldSpec, office: Office) -> Editor:
    """Make the editor of a field."""
    if field.kind is Kind.ROWS:
        return RowsEditor(field, office, editor_for)
    if field.kind is Kind.CHOICE:
        few = len(options_of(field)) <= MOST_BUTTONS
        return ButtonsEditor(field, office) if few else SearchedEditor(field, office)
    if field.kind is Kind.CHOICES:
        of_records = bool(register_of_options(field))
        return LinksEditor(field, office) if of_records else ChipsEditor(field, office)
    return BY_KIND.get(field.kind, LineEditor)(field, office)
