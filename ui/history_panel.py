"""The history of a record, newest first: who changed what, when, from what to what."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from privreg import formats
from privreg.services.row_changes import NOTHING, linked_by_register, linked_in
from privreg.translation import N_, _
from ui.change_words import change_words, field_label, field_of, from_journal
from ui.widgets import STEP, frame, label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from privreg.registers.declaration import Linked, Register
    from privreg.services.records import HistoryEntry
    from ui.office import Office

ACTIONS = {
    "create": N_("added"),
    "change": N_("changed"),
    "delete": N_("deleted"),
    "strike": N_("personal data struck"),
    "recover": N_("given a new password with the recovery key"),
    "open": N_("opened with a reason"),
    "export": N_("export begun"),
    "exported": N_("exported"),
    "export_undone": N_("export ended without a file"),
}


class HistoryPanel(QScrollArea):
    """Reads the journal of one record and writes it out."""

    def __init__(self, office: Office, register: Register) -> None:
        super().__init__()
        self.office = office
        self.register = register
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
        linked = (each for entry in entries for each in links_of(self.register, entry))
        return entries, records.titles(desk, linked_by_register(linked))

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
            self._add(grid, name, change_of(self.register, name, old, new, self.titles) or NOTHING)
        for name in entry.struck:
            self._add(grid, name, _("struck at disposal"))
        return box

    def _add(self, grid: QGridLayout, name: str, words: str) -> None:
        row = grid.rowCount()
        heading = field_label(self.register, name)
        grid.addWidget(label(heading, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(words, wraps=True), row, 1)


def change_of(
    register: Register | None, name: str, old: Any, new: Any, titles: Mapping[UUID, Linked]
) -> str:
    """Write one change of a journal entry."""
    field = field_of(register, name)
    return change_words(field, from_journal(field, old), from_journal(field, new), titles)


def links_of(register: Register | None, entry: HistoryEntry) -> Iterator[tuple[str, UUID]]:
    """Yield the records an entry's values point at."""
    for name, *values in entry.changes:
        field = field_of(register, name)
        if field is not None:
            for value in values:
                yield from linked_in(field, from_journal(field, value))
