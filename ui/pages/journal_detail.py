"""One entry of the journal: each field in its own words, what stood there and what came."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from privreg import formats
from privreg.registers.declaration import Kind
from privreg.registers.register_list import BY_SLUG
from privreg.services.plain_values import restored
from privreg.translation import N_, _, message, messages
from ui.cells import cell
from ui.history_panel import ACTIONS, NOTHING
from ui.widgets import STEP, button, column, hairline, label, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from privreg.registers.declaration import FieldSpec, Linked, Register
    from privreg.services.records import HistoryEntry
    from ui.office import Office

LABEL_WIDTH = 200
KEPT_BESIDE = {
    "number": N_("Number"),
    "sort_name": N_("Name to sort by"),
    "entered": N_("Moments of entry"),
    "created_at": N_("Entered at"),
    "changed_at": N_("Changed at"),
    "reason": N_("Reason"),
}


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
        wanted = dict(links_in(entry))
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
            words = self._change(_field(register, name), old, new)
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

    def _change(self, field: FieldSpec | None, old: Any, new: Any) -> str:
        if field is not None and field.kind is Kind.ROWS:
            return rows_changed(old, new)
        before, after = (
            cell(field, restored(field, each) if field is not None else each, self.titles)
            for each in (old, new)
        )
        if not before:
            return after
        return _("{before} → {after}").format(before=before, after=after or NOTHING)


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


def _field(register: Register | None, name: str) -> FieldSpec | None:
    fields = register.fields if register is not None else ()
    return next((field for field in fields if field.name == name), None)


def field_label(register: Register | None, name: str) -> str:
    """Return what a field is called on the form."""
    field = _field(register, name)
    if field is not None:
        return _(field.label)
    return _(KEPT_BESIDE[name]) if name in KEPT_BESIDE else name


def links_in(entry: HistoryEntry) -> Iterator[tuple[str, set[UUID]]]:
    """Return the records an entry's values point at, by register."""
    wanted: dict[str, set[UUID]] = {}
    register = BY_SLUG.get(entry.slug)
    for name, *values in entry.changes:
        field = _field(register, name)
        if field is not None and field.kind in (Kind.LINK, Kind.LINKS):
            for value in values:
                keys = value if isinstance(value, list) else [value]
                found = {UUID(each) for each in keys if isinstance(each, str) and each}
                wanted.setdefault(field.to, set()).update(found)
    yield from ((slug, keys) for slug, keys in wanted.items() if keys)


def rows_changed(old: Any, new: Any) -> str:
    """Say what happened to a child table: '1 regel erbij, 2 gewijzigd'."""
    before, after = _by_key(old), _by_key(new)
    both = before.keys() & after.keys()
    counts = (
        messages(N_("{count} row added"), N_("{count} rows added"), len(after.keys() - both)),
        messages(N_("{count} row removed"), N_("{count} rows removed"), len(before.keys() - both)),
        messages(
            N_("{count} row changed"),
            N_("{count} rows changed"),
            sum(before[key] != after[key] for key in both),
        ),
    )
    return formats.enumeration(formats.text(each) for each in counts if each.args["count"])


def _by_key(rows: Any) -> Mapping[str, Any]:
    found = rows if isinstance(rows, list) else []
    return {str(row.get("id", place)): row for place, row in enumerate(found)}
