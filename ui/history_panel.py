"""The history of a record, newest first: who changed what, when, from what to what."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from privreg import formats
from privreg.services.plain_values import restored
from privreg.translation import N_, _
from ui.cells import cell, column_label
from ui.widgets import STEP, frame, label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from privreg.registers.declaration import FieldSpec, Linked, Register
    from privreg.services.records import HistoryEntry
    from ui.office import Office

ACTIONS = {
    "create": N_("added"),
    "change": N_("changed"),
    "delete": N_("deleted"),
    "strike": N_("personal data struck"),
    "recover": N_("given a new password with the recovery key"),
}
NOTHING = "—"


class HistoryPanel(QScrollArea):
    """Reads the journal of one record and writes it out."""

    def __init__(self, office: Office, register: Register) -> None:
        super().__init__()
        self.office = office
        self.register = register
        self.fields = {field.name: field for field in register.fields}
        self.titles: Mapping[UUID, Linked] = {}
        self.setWidgetResizable(True)
        self.setProperty("look", "surface")
        self.setAccessibleName(_("History"))

    def load(self, record_id: UUID) -> None:
        """Fetch the history in the background and show it."""
        self.office.worker.run(
            lambda: self._read(record_id),
            lambda read: self.show_entries(*read),
            latest=f"history:{id(self)}",
        )

    def _read(self, record_id: UUID) -> tuple[Sequence[HistoryEntry], dict[UUID, Linked]]:
        records, desk = self.office.records, self.office.desk
        entries = records.history(desk, self.register.slug, record_id)
        wanted: dict[str, set[UUID]] = {}
        for entry in entries:
            for name, *values in entry.changes:
                field = self.fields.get(name)
                if field is not None and field.to:
                    wanted.setdefault(field.to, set()).update(*(_keys(field, v) for v in values))
        return entries, records.titles(desk, wanted)

    def show_entries(
        self, entries: Sequence[HistoryEntry], titles: Mapping[UUID, Linked] | None = None
    ) -> None:
        """Write the entries out."""
        self.titles = titles or {}
        page = QWidget()
        page.setProperty("look", "surface")
        stack = QVBoxLayout(page)
        stack.setContentsMargins(6 * STEP, 4 * STEP, 6 * STEP, 6 * STEP)
        stack.setSpacing(3 * STEP)
        stack.addWidget(label(_("History"), "section"))
        for entry in entries:
            stack.addWidget(self._entry(entry))
        stack.addStretch(1)
        self.setWidget(page)

    def _entry(self, entry: HistoryEntry) -> QWidget:
        box = frame("box")
        grid = QGridLayout(box)
        grid.setHorizontalSpacing(4 * STEP)
        grid.setVerticalSpacing(STEP)
        grid.setColumnStretch(1, 1)
        words = _("{at} · {user} · {action}").format(
            at=formats.moment(entry.at),
            user=entry.user or _("unknown user"),
            action=_(ACTIONS.get(entry.action, entry.action)),
        )
        grid.addWidget(label(words, "strong"), 0, 0, 1, 2)
        for name, old, new in entry.changes:
            self._add(grid, name, self._change(name, old, new))
        for name in entry.struck:
            self._add(grid, name, _("struck at disposal"))
        return box

    def _add(self, grid: QGridLayout, name: str, words: str) -> None:
        row = grid.rowCount()
        heading = column_label(self.register, name) if self._is_known(name) else name
        grid.addWidget(label(heading, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(words, wraps=True), row, 1)

    def _is_known(self, name: str) -> bool:
        return name in self.fields or name == "number"

    def _change(self, name: str, old: Any, new: Any) -> str:
        field = self.fields.get(name)
        before, after = (cell(field, from_plain(field, each), self.titles) for each in (old, new))
        if not before:
            return after or NOTHING
        return _("{before} → {after}").format(before=before, after=after or NOTHING)


def from_plain(field: FieldSpec | None, value: Any) -> Any:
    """Turn a value as the journal keeps it back into what a form holds."""
    return value if field is None else restored(field, value)


def _keys(field: FieldSpec, value: Any) -> list[UUID]:
    found = restored(field, value) if value else []
    return found if isinstance(found, list) else [found]
