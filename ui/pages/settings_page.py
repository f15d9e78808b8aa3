"""The settings: what holds for the program, for the register, for its users and backups."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget

from privreg.translation import _
from ui import icons
from ui.page import Page
from ui.pages.access_panel import AccessPanel
from ui.pages.backups_panel import BackupsPanel
from ui.pages.settings_panels import (
    AboutPanel,
    HealthPanel,
    ListsPanel,
    Panel,
    ProgramPanel,
    RegisterPanel,
)
from ui.pages.users_panel import UsersPanel
from ui.widgets import boxed, column, hairline, line, scrolled

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.office import Office

INDEX_WIDTH = 264
WIDEST = 860


class SettingsPage(Page):
    """The parts at the left, the one in sight at the right; each is made when it is chosen."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.panels: dict[str, Panel] = {}
        self.entries: dict[str, QPushButton] = {}
        self.group = QButtonGroup(self)
        self.bodies = QStackedWidget()
        self.at = ""
        self.makers = {name: make for name, _title, _icon, make in self._offered()}
        for name, title, icon, _make in self._offered():
            self._add(name, title, icon)
        index = boxed(column(*self.entries.values(), None, space=0, edges=(0, 2, 0, 2)))
        index.setFixedWidth(INDEX_WIDTH)
        row = line(index, hairline(upright=True), self.bodies, space=0)
        row.setStretch(2, 1)
        self.setLayout(row)

    def _offered(self) -> list[tuple[str, str, str, Callable[[Office], Panel]]]:
        desk = self.office.desk
        is_administrator = "administrator" in desk.user.roles and not desk.read_only
        users: list[tuple[str, str, str, Callable[[Office], Panel]]] = [
            ("users", _("Users"), "user", UsersPanel)
        ]
        return [
            ("program", _("Program"), "settings", ProgramPanel),
            ("register", _("This register"), "building", RegisterPanel),
            *(users if is_administrator and desk.ring is not None else []),
            ("access", _("Password and emergency sheet"), "key", AccessPanel),
            ("backups", _("Backups"), "backup", BackupsPanel),
            ("check", _("Check"), "check", HealthPanel),
            ("lists", _("Lists"), "columns", ListsPanel),
            ("about", _("About PrivReg"), "help", AboutPanel),
        ]

    def _add(self, name: str, title: str, icon: str) -> None:
        entry = QPushButton(title)
        entry.setProperty("look", "place")
        entry.setCheckable(True)
        entry.setAutoDefault(False)
        icons.put(entry, icon, "muted")
        entry.clicked.connect(lambda: self.show_panel(name))
        self.group.addButton(entry)
        self.entries[name] = entry

    def _made(self, name: str) -> Panel:
        """Return one part, made the first time it is chosen."""
        if name in self.panels:
            return self.panels[name]
        panel = self.makers[name](self.office)
        panel.setMaximumWidth(WIDEST)
        self.panels[name] = panel
        self.bodies.addWidget(scrolled(panel, "surface"))
        return panel

    def show_panel(self, name: str) -> None:
        """Show one part, when the one in sight may be left."""
        if self.at and self.at != name and not self.panels[self.at].leave():
            self.entries[self.at].setChecked(True)
            return
        self.at = name
        self.entries[name].setChecked(True)
        panel = self._made(name)
        self.bodies.setCurrentIndex(list(self.panels).index(name))
        panel.enter()

    def enter(self) -> None:
        """Refresh the part in sight, or begin with the first."""
        self.show_panel(self.at or next(iter(self.entries)))

    def take_focus(self) -> None:
        """Begin in the list of parts."""
        self.entries[self.at or next(iter(self.entries))].setFocus()

    def may_leave(self, then: Callable[[], object]) -> None:
        """Leave once nothing would be lost that is shown only once."""
        if not self.at or self.panels[self.at].leave():
            then()

    def lock(self) -> None:
        """Take passwords off the screen."""
        if self.at:
            self.panels[self.at].leave()
