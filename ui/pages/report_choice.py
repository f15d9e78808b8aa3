"""Which report, about what: kinds, the record, the period, the moment and the language."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from privreg import formats
from privreg.registers.declaration import FieldSpec, choice, day, link, moment
from privreg.registers.register_list import register_of
from privreg.translation import LANGUAGES, N_, _, language, message
from ui import icons
from ui.form.editors import editor_for
from ui.form.field_row import FieldRow
from ui.printing import PARTS, kinds_for
from ui.widgets import STEP, column, hairline, label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from privreg.services.reports import ReportKind
    from ui.office import Office

WIDTH = 296
ROW_HEIGHT = 28
PART_NAMES = tuple(each.name for each in PARTS)
SETTLES_AFTER_MILLISECONDS = 350
"""Long enough to walk down the list without making every report that is passed."""
ICONS = {
    "agenda": "clock",
    "due": "dispose",
    "findings": "warning",
    "journal": "journal",
    "blank_breach": "edit",
    "blank_request": "edit",
}


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of the services: a kind, and about what."""

    kind: ReportKind
    record_id: UUID | None = None
    at: datetime | None = None
    language: str = ""
    period: tuple[date | None, date | None] | None = None
    only: Mapping[str, UUID] = field(default_factory=dict)


class ReportChoice(QWidget):
    """`chosen` gives an `Order` once the user stopped choosing, or None when something lacks."""

    chosen = Signal(object)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.setProperty("look", "surface")
        self.setFixedWidth(WIDTH)
        self.offered = kinds_for(office)
        self.kinds = self._list()
        self.rows: dict[str, FieldRow] = {}
        self.options = QVBoxLayout()
        self.options.setSpacing(3 * STEP)
        self.settling = QTimer(self)
        self.settling.setSingleShot(True)
        self.settling.setInterval(SETTLES_AFTER_MILLISECONDS)
        self.settling.timeout.connect(self._settle)
        self._lay_out()
        self.kinds.currentItemChanged.connect(lambda *_items: self._show_kind())

    def _list(self) -> QListWidget:
        kinds = QListWidget()
        kinds.setAccessibleName(_("Reports"))
        for kind in self.offered:
            register = register_of(kind.slug) if kind.slug else None
            picture = ICONS.get(kind.code) or (register.icon if register else "report")
            item = QListWidgetItem(icons.icon(picture, "muted"), formats.text(kind.message))
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            kinds.addItem(item)
        kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return kinds

    def _lay_out(self) -> None:
        self.heading = label(_("About"), "section")
        options = column(self.heading, self.options, space=3, edges=(4, 3, 4, 4))
        stack = column(self.kinds, hairline(), options, space=0, edges=(0, 1, 0, 0))
        stack.setStretch(0, 1)
        self.setLayout(stack)

    @property
    def kind(self) -> ReportKind | None:
        """The kind that is chosen."""
        place = self.kinds.currentRow()
        return self.offered[place] if place >= 0 else None

    def choose(
        self,
        code: str,
        record_id: UUID | None = None,
        at: datetime | None = None,
        only: Mapping[str, object] | None = None,
    ) -> None:
        """Choose a kind by its word, and the record, the moment or the part it is about."""
        self.kinds.setCurrentRow([kind.code for kind in self.offered].index(code))
        values = {"at": at, **dict.fromkeys(PART_NAMES), **(only or {})}
        if record_id is not None:
            values["record"] = record_id
        for name, value in values.items():
            if name in self.rows:
                self.rows[name].editor.show_value(value)
                self.rows[name].dot.setVisible(self.rows[name].is_missing)
        self._settle()

    def choose_first(self) -> None:
        """Choose the first kind, when none is chosen yet."""
        if not self.kinds.selectedItems() and self.offered:
            self.kinds.setCurrentRow(-1)
            self.kinds.setCurrentRow(0)

    def _show_kind(self) -> None:
        kept = self.rows["language"].editor.value if "language" in self.rows else language()
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows.clear()
        if self.kind is None:
            return
        for each in _fields(self.kind):
            self._add(each)
        self.rows["language"].editor.show_value(kept)
        self.rows["language"].dot.hide()
        self.settling.start()

    def _add(self, field: FieldSpec) -> None:
        editor = editor_for(field, self.office)
        editor.is_wide = True
        row = FieldRow(editor)
        row.dot.setVisible(row.is_missing)
        self.rows[field.name] = row
        self.options.addWidget(row)
        row.editor.edited.connect(lambda: self._edited(row))

    def _edited(self, row: FieldRow) -> None:
        row.show_problem(None)
        row.dot.setVisible(row.is_missing)
        self.settling.start()

    def _value(self, name: str) -> Any:
        return self.rows[name].editor.value if name in self.rows else None

    @property
    def order(self) -> Order | None:
        """What is asked for; None while a record lacks or something cannot be read."""
        kind = self.kind
        is_unread = any(row.editor.problem for row in self.rows.values()) or self.is_reversed
        if kind is None or is_unread or (kind.needs_record and not self._value("record")):
            return None
        days = self._value("first"), self._value("last")
        return Order(
            kind,
            self._value("record"),
            self._value("at"),
            self._value("language"),
            days if any(days) else None,
            {name: value for name in PART_NAMES if (value := self._value(name))},
        )

    @property
    def is_reversed(self) -> bool:
        """Whether the period ends before it begins."""
        first, last = self._value("first"), self._value("last")
        return first is not None and last is not None and last < first

    def _settle(self) -> None:
        self.settling.stop()
        for row in self.rows.values():
            row.show_problem(row.editor.problem)
        if self.is_reversed:
            self.rows["last"].show_problem(message(N_("The end lies before the start.")))
        self.chosen.emit(self.order)


def _fields(kind: ReportKind) -> list[FieldSpec]:
    """Return what is asked for a kind, as fields of the form."""
    fields: list[FieldSpec] = []
    if kind.needs_record:
        singular = register_of(kind.slug).singular
        fields.append(link("record", _capital(singular), kind.slug, required=True))
    if kind.by_period:
        fields.append(day("first", N_("From")))
        fields.append(day("last", N_("Through"), help=N_("Both empty: from the beginning.")))
    if kind.by_part:
        fields += PARTS
    if not kind.needs_record and not kind.code.startswith("blank"):
        fields.append(moment("at", N_("As of"), help=N_("Judged by that moment; empty is now.")))
    words = dict(zip(LANGUAGES, (N_("Dutch"), N_("English")), strict=True))
    fields.append(choice("language", N_("Language"), words.items(), required=True))
    return fields


def _capital(marked: str) -> str:
    return formats.capitalised(_(marked))
