"""Applies changed retention rules to the items in the background, and says when it is done."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from privreg.services import governing
from privreg.services.changes import Changes
from privreg.translation import N_, messages
from ui.pages.desk_of import desk_of

if TYPE_CHECKING:
    from ui.office import Office

SOON_MILLISECONDS = 5_000
"""After the opening: what was cut off before goes on."""
ANY = UUID(int=0)


class RulesApplied(QObject):
    """Follows changes of rules; the items of many customers are governed anew meanwhile."""

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self.office = office
        if not office.desk.read_only:
            office.changed.connect(self.follow)
            QTimer.singleShot(SOON_MILLISECONDS, self, self.apply)

    def follow(self, changes: Changes) -> None:
        """Begin when a rule was touched."""
        if any(slug == "rules" for slug, _key in changes.touched):
            self.apply()

    def apply(self) -> None:
        """Bring what is behind under the rules as they are; nothing happens where nothing is."""
        desk = desk_of(self.office)
        self.office.worker.run(lambda: governing.settle(desk), self._applied, aside=True)

    def _applied(self, customers: int) -> None:
        if customers:
            done = messages(
                N_("The retention rules were applied to {count} customer."),
                N_("The retention rules were applied to {count} customers."),
                customers,
            )
            self.office.notices.tell(done)
            self.office.announce(Changes(done, frozenset({("items", ANY), ("customers", ANY)})))
