"""Ctrl+K: finds records, pages and actions from anywhere."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from privreg.registers.register_list import register_of
from privreg.translation import _
from ui import icons
from ui.cells import caption
from ui.suggestions import Suggestions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from privreg.registers.declaration import Linked
    from ui.office import Office

WIDTH, LIST_WIDTH = 300, 440
FOUND_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Findable:
    """A page or an action: its words in the language in use, its icon, and what it does.

    `short` is what it is called where there is little room, and is found as well.
    """

    words: str
    icon: str
    act: Callable[[], object]
    short: str = ""

    def fits(self, wanted: str) -> bool:
        """Whether a text, folded, stands in one of its names."""
        return any(wanted in each.casefold() for each in (self.words, self.short))


class Finder(QLineEdit):
    """The line in the header; its list shows pages and actions at once, records as they come."""

    def __init__(self, office: Office, findables: Sequence[Findable]) -> None:
        super().__init__()
        self.office = office
        self.findables = list(findables)
        self.shown: list[Findable] = []
        self.suggestions = Suggestions(self)
        self.suggestions.picked.connect(self._pick)
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
            self.suggestions.hide()
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
        wanted = text.strip().casefold()
        self.shown = [each for each in self.findables if each.fits(wanted)]
        self.shown += [self._findable(linked) for linked in records]
        self.suggestions.offer(
            [each.words for each in self.shown],
            [icons.icon(each.icon, "muted") for each in self.shown],
        )
        self.suggestions.widen(LIST_WIDTH)

    def _findable(self, linked: Linked) -> Findable:
        icon = register_of(linked.register).icon
        return Findable(caption(linked), icon, self._opener(linked))

    def _opener(self, linked: Linked) -> Callable[[], None]:
        return lambda: self.office.open_record(linked.register, linked.id)

    def _pick(self, place: int) -> None:
        if place < len(self.shown):
            act = self.shown[place].act
            self.clear()
            self.suggestions.hide()
            act()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the first on Enter; leave on Escape."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.suggestions.pick_first()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
        else:
            super().keyPressEvent(event)
