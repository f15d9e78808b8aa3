"""Recording a breach in under a minute: what happened, found and known when, in which role."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.registers.breaches import REGISTER
from privreg.translation import N_, _, message
from ui.pages.quick_entry import QuickEntry, beside

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout, QWidget

    from ui.office import Office


class BreachEntry(QuickEntry):
    """The questions about a breach."""

    asked = ("title", "detected_at", "aware_at", "role", "client_id")
    half_typed = message(N_("The breach is not recorded yet. Record it first?"))

    def __init__(self, office: Office) -> None:
        super().__init__(office, REGISTER)

    def heading(self) -> str:
        """Return the words above the questions."""
        return _("Record a breach")

    def note(self) -> str:
        """Say what recording is not."""
        return _("Recording is not reporting: nothing is sent to the authority.")

    def questions(self) -> list[QWidget | QHBoxLayout]:
        """Put moments and roles beside each other."""
        return [
            self.rows["title"],
            beside(self._with_now("detected_at"), self._with_now("aware_at")),
            beside(self.rows["role"], self.rows["client_id"]),
        ]

    def _with_now(self, name: str) -> QWidget:
        return self.with_button(name, _("Now"), _("{field}: now"), lambda: self._take_now(name))

    def _take_now(self, name: str) -> None:
        self.take(name, self.office.desk.clock.now().replace(second=0, microsecond=0))
