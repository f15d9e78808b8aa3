"""Recording a request in under a minute: which right, about what, when and how it came."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.registers.requests import REGISTER
from privreg.translation import N_, _, message
from ui.pages.quick_entry import QuickEntry, beside

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout, QWidget

    from ui.office import Office


class RequestEntry(QuickEntry):
    """The questions about a request."""

    asked = ("kinds", "about", "received_on", "channel", "controller_id")
    preset = frozenset({"channel", "controller_id"})
    half_typed = message(N_("The request is not recorded yet. Record it first?"))

    def __init__(self, office: Office) -> None:
        super().__init__(office, REGISTER)

    def heading(self) -> str:
        """Return the words above the questions."""
        return _("Record a request")

    def note(self) -> str:
        """Say what counts from when."""
        return _("The month runs from the day of receipt, whoever received it.")

    def questions(self) -> list[QWidget | QHBoxLayout]:
        """Put short questions beside each other."""
        return [
            self.rows["kinds"],
            beside(self.rows["about"], self.rows["received_on"]),
            beside(self.rows["channel"], self.rows["controller_id"]),
        ]
