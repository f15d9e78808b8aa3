"""Ctrl+K: finds records, pages and actions from anywhere."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from privreg.registers.register_list import register_of
from privreg.translation import _
from ui import icons
from ui.form.link_editors import caption

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from privreg.registers.declaration import Linked
    from ui.office import Office

WIDTH = 300
FOUND_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Findable:
    """A page or an action: its words in the language in use, its icon, and what it does."""

    words: str
    icon: str
    act: Callable[[], object]


class Finder(QLineEdit):
    """The line in the header; its list shows pages and actions at once, records as they come."""

    def __init__(self, office: Office, findables: Sequence[Findable]) -> None:
        super().__init__()
        self.office = office
        self.findables = list(findables)
        self.acts: list[Callable[[], object]] = []
        self.found = QStandardItemModel(self)
        self.finder = QCompleter(self.found, self)
        self.finder.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.finder.setMaxVisibleItems(FOUND_AT_MOST)
        self.finder.setWidget(self)
        self.finder.activated[QModelIndex].connect(self._pick)
        self.finder.popup().setProperty("look", "popup")
        self.setPlaceholderText(_("Find anything…  Ctrl+K"))
        self.setAccessibleName(_("Find records, pages and actions"))
        self.setMinimumWidth(WIDTH // 2)
        self.setMaximumWidth(WIDTH)
        self.textEdited.connect(self.search)
        look = self.addAction(icons.icon("search", "muted"), self.ActionPosition(0))
        look.setProperty("icon_name", "search")
        look.setProperty("icon_tone", "muted")

    def search(self, text: str) -> None:
        """Show what fits: pages and actions now, records when they are found."""
        self._show(text, [])
        if not text.strip():
            self.finder.popup().hide()
            return
        records, desk = self.office.records, self.office.desk
        self.office.worker.run(
            lambda: records.find_anything(desk, text, FOUND_AT_MOST),
            lambda found: self._show(text, found),
            latest="find",
        )

    def _show(self, text: str, records: Sequence[Linked]) -> None:
        if text != self.text() or not text.strip():
            return
        self.found.clear()
        self.acts.clear()
        wanted = text.strip().casefold()
        for each in self.findables:
            if wanted in each.words.casefold():
                self._add(each.words, each.icon, each.act)
        for linked in records:
            self._add(caption(linked), register_of(linked.register).icon, self._opener(linked))
        if self.acts:
            self.finder.complete()
            self.finder.popup().setCurrentIndex(self.finder.completionModel().index(0, 0))
        else:
            self.finder.popup().hide()

    def _add(self, words: str, icon: str, act: Callable[[], object]) -> None:
        self.found.appendRow(QStandardItem(icons.icon(icon, "muted"), words))
        self.acts.append(act)

    def _opener(self, linked: Linked) -> Callable[[], None]:
        return lambda: self.office.open_record(linked.register, linked.id)

    def _pick(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.acts):
            act = self.acts[index.row()]
            self.clear()
            self.finder.popup().hide()
            act()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the first on Enter; leave on Escape."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            at = self.finder.popup().currentIndex()
            self._pick(at if at.isValid() else self.found.index(0, 0))
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
        else:
            super().keyPressEvent(event)
