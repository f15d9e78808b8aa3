"""One entry of the journal: each field in its own words, what stood there and what came."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from privreg import formats
from privreg.registers.register_list import BY_SLUG
from privreg.services.row_changes import linked_by_register
from privreg.translation import N_, _, message
from ui.change_words import field_label
from ui.history_panel import ACTIONS, change_of, links_of
from ui.widgets import STEP, button, column, hairline, label, line

if TYPE_CHECKING:
    from uuid import UUID

    from privreg.registers.declaration import Linked
    from privreg.services.records import HistoryEntry
    from ui.office import Office

LABEL_WIDTH = 200


class JournalDetail(QScrollArea):
    """`opened` asks for the record an entry is about."""

    opened = Signal(str, object)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.entry: HistoryEntry | None = None
        self.titles: dict[UUID, Linked] = {}
        self.setProperty("look", "surface")
        self.setWidgetResizable(True)
        self.setAccessibleName(_("What was changed"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_entry(self, entry: HistoryEntry, title: str, *, is_there: bool) -> None:
        """Write an entry out; `is_there` says whether its record can still be opened."""
        self.entry = entry
        self._write(title, is_there=is_there)
        wanted = linked_by_register(links_of(BY_SLUG.get(entry.slug), entry))
        if wanted:
            records, desk = self.office.records, self.office.desk
            self.office.worker.run(
                lambda: records.titles(desk, wanted),
                lambda found: self._titled(entry, title, found, is_there=is_there),
                latest="journal titles",
            )

    def _titled(
        self, entry: HistoryEntry, title: str, found: dict[UUID, Linked], *, is_there: bool
    ) -> None:
        if self.entry is entry:
            self.titles = found
            self._write(title, is_there=is_there)

    def clear(self) -> None:
        """Show nothing."""
        self.entry, self.titles = None, {}
        self.setWidget(QWidget())

    def _write(self, title: str, *, is_there: bool) -> None:
        entry = self.entry
        if entry is None:
            return
        content = QWidget()
        content.setProperty("look", "surface")
        heading = label(title or _("A record that is gone"), "section", wraps=True)
        opener = button(_("Open the record"), self._open, icon="link")
        opener.setEnabled(is_there)
        top = line(heading, opener)
        top.setStretch(0, 1)
        said = label(_said(entry), "muted", wraps=True)
        content.setLayout(
            column(top, said, hairline(), self._changes(entry), None, edges=(4, 3, 4, 4))
        )
        self.setWidget(content)

    def _open(self) -> None:
        if self.entry is not None:
            self.opened.emit(self.entry.slug, self.entry.record_id)

    def _changes(self, entry: HistoryEntry) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * STEP)
        grid.setVerticalSpacing(2 * STEP)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        register = BY_SLUG.get(entry.slug)
        for name, old, new in entry.changes:
            words = change_of(register, name, old, new, self.titles)
            if words:
                self._add(grid, field_label(register, name), words)
        for name in entry.struck:
            told = _("struck at disposal: what stood here is gone for good")
            self._add(grid, field_label(register, name), told, "waiting")
        if not grid.count():
            grid.addWidget(label(_("No field that you may see was changed."), "muted"), 0, 0, 1, 2)
        return grid

    def _add(self, grid: QGridLayout, heading: str, words: str, look: str = "") -> None:
        row = grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(label(heading, "muted", wraps=True), row, 0, top)
        told = label(words, look, wraps=True)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(told, row, 1, top)


def _said(entry: HistoryEntry) -> str:
    register = BY_SLUG.get(entry.slug)
    return formats.text(
        message(
            N_("Entry {seq}, {at}: {action} by {user} in {register}."),
            seq=str(entry.seq),
            at=formats.moment_in_words(entry.at),
            action=_(ACTIONS.get(entry.action, entry.action)),
            user=entry.user or _("unknown user"),
            register=_(register.plural) if register is not None else entry.slug,
        )
    )
