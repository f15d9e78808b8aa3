"""Editors of links to other records: search by name or number, found in the background."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from privreg.formats import capitalised
from privreg.registers.options import register_of_options
from privreg.registers.register_list import register_of
from privreg.translation import N_, Message, _, message
from ui import icons
from ui.cells import caption
from ui.flow_layout import FlowLayout
from ui.form.editor import Editor
from ui.suggestions import Suggestions
from ui.theme import mark
from ui.widgets import boxed, column, hidden_unless, icon_button, label, line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from privreg.registers.declaration import FieldSpec, Linked
    from ui.office import Office

OFFERED = 20


class RecordSearch(QLineEdit):
    """A line that finds records of one register; `found` gives the one picked."""

    found = Signal(object)

    def __init__(self, office: Office, slug: str) -> None:
        super().__init__()
        self.office = office
        self.slug = slug
        self.key = f"options:{slug}:{id(self)}"
        self.offered: list[Linked] = []
        self.owner_id: UUID | None = None
        """The record whose parts alone are offered: the items of one customer, say."""
        self.suggestions = Suggestions(self)
        self.suggestions.picked.connect(self._pick)
        self.setPlaceholderText(_("Search by name or number…"))
        self.textEdited.connect(self.search)
        opener = self.addAction(icons.icon("search", "muted"), self.ActionPosition(1))
        opener.setProperty("icon_name", "search")
        opener.setProperty("icon_tone", "muted")
        opener.triggered.connect(lambda: self.search(""))

    def search(self, text: str) -> None:
        """Look for records in the background; the last keystroke wins."""
        records, desk, slug = self.office.records, self.office.desk, self.slug
        owner_id = self.owner_id
        self.office.worker.run(
            lambda: records.options(desk, slug, text, OFFERED, owner_id),
            self._offer,
            latest=self.key,
        )

    def _offer(self, options: Sequence[Linked]) -> None:
        self.offered = list(options)
        if self.hasFocus() and not self.isReadOnly():
            self.suggestions.offer([caption(each) for each in options])

    def _pick(self, place: int) -> None:
        if place < len(self.offered):
            self.suggestions.hide()
            self.found.emit(self.offered[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list on Down."""
        if event.key() == Qt.Key.Key_Down and not self.isReadOnly():
            self.search(self.text())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Drop a search whose answer nobody waits for."""
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.office.worker.cancel(self.key)
        super().focusOutEvent(event)


class LinkEditor(Editor):
    """A link to one record, with a button that opens it."""

    def __init__(self, field: FieldSpec, office: Office) -> None:
        super().__init__(field, office)
        self.input = RecordSearch(office, field.to)
        self.input.setMaximumWidth(420)
        self.opener = icon_button("link", _("Open"), self._open)
        self._id: UUID | None = None
        self.input.found.connect(self._take)
        self.input.textEdited.connect(self._typed)
        row = line(self.input, self.opener, None, space=1)
        row.setStretch(0, 100)
        self.setLayout(row)
        self.opener.setEnabled(False)

    @property
    def value(self) -> Any:
        """The key of the record, or None."""
        return self._id

    @property
    def problem(self) -> Message | None:
        """That nothing was picked."""
        if self.input.text().strip() and self._id is None:
            return message(N_("Choose one from the list, or leave it empty."))
        return None

    @property
    def target(self) -> QWidget:
        """The line itself."""
        return self.input

    def name(self, spoken: str, description: str) -> None:
        """Name the line and its button."""
        super().name(spoken, description)
        self.opener.setAccessibleName(_("Open: {name}").format(name=spoken))

    def _typed(self) -> None:
        self._id = None
        self.opener.setEnabled(False)
        self.edited.emit()

    def _take(self, linked: Linked) -> None:
        self._show(linked)
        self.edited.emit()

    def _show(self, linked: Linked) -> None:
        self._id = linked.id
        self.input.setText(caption(linked))
        self.input.setCursorPosition(0)
        self.opener.setEnabled(True)

    def _open(self) -> None:
        if self._id is not None:
            self.office.open_record(self.field.to, self._id)

    def show_value(self, value: Any) -> None:
        """Show the title of a record, fetched in the background."""
        self._id = value
        self.input.setText("…" if value else "")
        self.opener.setEnabled(bool(value))
        if value:
            ask_titles(self.office, self.field.to, [value], self._titled)

    def _titled(self, titles: Mapping[UUID, Linked]) -> None:
        if self._id is not None and self._id in titles:
            self._show(titles[self._id])

    def leave(self) -> None:
        """Take the only record that fits what was typed."""
        fitting = self.input.offered
        if self._id is None and self.input.text().strip() and len(fitting) == 1:
            self._take(fitting[0])

    def show_wrong(self, *, is_wrong: bool) -> None:
        """Colour the border."""
        mark(self.input, is_wrong=is_wrong)

    def make_read_only(self, *, is_read_only: bool) -> None:
        """Let it be read and opened."""
        self.input.setReadOnly(is_read_only)


def ask_titles(
    office: Office, slug: str, ids: Sequence[UUID], show: Callable[[dict[UUID, Linked]], object]
) -> None:
    """Fetch titles in the background and show them."""
    records, desk = office.records, office.desk
    office.worker.run(lambda: records.titles(desk, {slug: ids}), show)


class LinksEditor(Editor):
    """Links to several records: a chip for each, and a line to find one more."""

    is_wide = True

    def __init__(self, field: FieldSpec, office: Office) -> None:
        super().__init__(field, office)
        self.slug = field.to or register_of_options(field)
        self.is_text = not field.to
        self.ids: list[UUID] = []
        self.titles: dict[UUID, Linked] = {}
        self.shown: list[QFrame] = []
        self.chips = QWidget()
        self.flow = FlowLayout()
        self.chips.setLayout(self.flow)
        self.input = RecordSearch(office, self.slug)
        self.input.setMaximumWidth(420)
        singular = _(register_of(self.slug).singular)
        self.input.setPlaceholderText(capitalised(_("Add {name}…").format(name=singular)))
        self.input.found.connect(self._add)
        row = line(self.input, None, space=0)
        row.setStretch(0, 100)
        self.setLayout(column(self.chips, row, space=1))
        self.chips.hide()

    @property
    def value(self) -> Any:
        """The keys of the records, in order; as text where the field keeps codes."""
        return [str(each) for each in self.ids] if self.is_text else list(self.ids)

    @property
    def target(self) -> QWidget:
        """The line that finds one more."""
        return self.input

    def show_value(self, value: Any) -> None:
        """Show a chip for each record, their titles fetched in the background."""
        self.ids = [each if isinstance(each, UUID) else UUID(each) for each in value or []]
        self.input.clear()
        self._paint()
        missing = [each for each in self.ids if each not in self.titles]
        if missing:
            ask_titles(self.office, self.slug, missing, self._titled)

    def _titled(self, titles: Mapping[UUID, Linked]) -> None:
        self.titles.update(titles)
        self._paint()

    def _add(self, linked: Linked) -> None:
        self.input.clear()
        if linked.id not in self.ids:
            self.titles[linked.id] = linked
            self.ids.append(linked.id)
            self._paint()
            self.edited.emit()

    def _remove(self, record_id: UUID) -> None:
        self.ids.remove(record_id)
        self._paint()
        self.input.setFocus()
        self.edited.emit()

    def _paint(self) -> None:
        for chip in self.shown:
            self.flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.shown = [self._chip(record_id) for record_id in self.ids]
        for chip in self.shown:
            self.flow.addWidget(chip)
        self.chips.setVisible(bool(self.ids))
        self.chips.updateGeometry()

    def _chip(self, record_id: UUID) -> QFrame:
        linked = self.titles.get(record_id)
        title = linked.title if linked else "…"
        away = icon_button(
            "close", _("Remove {name}").format(name=title), lambda: self._remove(record_id)
        )
        hidden_unless(not self.input.isReadOnly(), away)
        return boxed(line(label(title), away, space=1, edges=(2, 0, 0, 0)), "chip")

    def make_read_only(self, *, is_read_only: bool) -> None:
        """Let it be read."""
        self.input.setReadOnly(is_read_only)
        self.input.setVisible(not is_read_only)
        self._paint()
