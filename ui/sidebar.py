"""The places of the window at its left: icon, word, and the count of what needs doing."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QWidget

from privreg.translation import N_, _
from ui import icons
from ui.cells import counted
from ui.widgets import STEP, CountedButton, ElidedLabel, column, hidden_unless, label, scrolled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ui.page import PageSpec

WIDTH, NARROW = 208, 76


class PlaceButton(CountedButton):
    """One place of the window."""

    def __init__(self, spec: PageSpec) -> None:
        super().__init__(_(spec.short or spec.title), "place")
        self.spec = spec
        self.setCheckable(True)
        self.setAutoExclusive(True)
        icons.put(self, spec.icon, "muted")


class Sidebar(QFrame):
    """The list of places. `chosen` gives the slug of the one clicked."""

    chosen = Signal(str)

    def __init__(self, name: str, specs: Sequence[PageSpec]) -> None:
        super().__init__()
        self.setProperty("look", "sidebar")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(_("Pages"))
        self.places = {spec.slug: PlaceButton(spec) for spec in specs}
        self.group = QButtonGroup(self)
        for place in self.places.values():
            self.group.addButton(place)
            place.clicked.connect(lambda _on=False, slug=place.spec.slug: self.chosen.emit(slug))
        work = [each for each in self.places.values() if each.spec.group == "work"]
        basis = [each for each in self.places.values() if each.spec.group == "basis"]
        rest = [each for each in self.places.values() if each.spec.group == "office"]
        title = ElidedLabel(name, "strong")
        title.setContentsMargins(4 * STEP, 4 * STEP, 2 * STEP, 3 * STEP)
        heading = label(_("Basis"), "muted")
        heading.setContentsMargins(4 * STEP, 4 * STEP, 0, STEP)
        hidden_unless(basis, heading)
        self.words = [title, heading] if basis else [title]
        stack = column(*work, heading, *basis, None, *rest, space=0)
        stack.setContentsMargins(0, 0, 0, 2 * STEP)
        places = QWidget()
        places.setLayout(stack)
        self.area = scrolled(places, "ground")
        edge = column(title, self.area, space=0)
        edge.setContentsMargins(0, 0, 1, 0)  # the line at its right stays in sight
        self.setLayout(edge)

    def fit(self, *, is_narrow: bool) -> None:
        """Leave the pages more room in a narrow window: icons and counts, words as a tip."""
        self.setFixedWidth(NARROW if is_narrow else WIDTH)
        for each in self.words:
            each.setVisible(not is_narrow)

    def show_place(self, slug: str) -> None:
        """Mark the place one is at."""
        if slug in self.places:
            self.places[slug].setChecked(True)
            self.area.ensureWidgetVisible(self.places[slug], 0, 0)

    def show_counts(self, counts: Mapping[str, tuple[int, bool]]) -> None:
        """Show what needs doing per place, and whether something there is late."""
        for slug, place in self.places.items():
            count, is_urgent = counts.get(slug, (0, False))
            words = counted(count, N_("{count} thing to do"), N_("{count} things to do"))
            place.show_count(count, words, is_urgent=is_urgent)
