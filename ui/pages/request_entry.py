"""Recording a request in under a minute: which right, of whom, when and how it came."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.registers.requests import REGISTER
from privreg.translation import N_, _, message
from ui.pages.quick_entry import QuickEntry, beside

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout, QWidget

    from privreg.registers.declaration import Values
    from ui.office import Office


class RequestEntry(QuickEntry):
    """The questions about a request."""

    asked = (
        *("kinds", "is_marketing", "about", "received_on"),
        *("customer_id", "controller_id", "channel"),
    )
    half_typed = message(N_("The request is not recorded yet. Record it first?"))

    def __init__(self, office: Office) -> None:
        super().__init__(office, REGISTER)
        self.rows["customer_id"].editor.edited.connect(self._ask_controller)

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
            self.rows["is_marketing"],
            beside(self.rows["about"], self._with_today("received_on")),
            beside(self.rows["customer_id"], self.rows["controller_id"]),
            self.rows["channel"],
        ]

    def _with_today(self, name: str) -> QWidget:
        return self.with_button(
            name, _("Today"), _("{field}: today"), lambda: self.take(name, self.office.today)
        )

    def _ask_controller(self) -> None:
        """Fetch whose customer it is, where no controller is chosen yet."""
        records, desk = self.office.records, self.office.desk
        key = self.values["customer_id"]
        if key is not None and self.values["controller_id"] is None:
            self.office.worker.run(
                lambda: records.load(desk, "customers", key),
                self._take_controller,
                latest=f"entry:{id(self)}",
            )

    def _take_controller(self, customer: Values) -> None:
        values = self.values
        is_same = values["customer_id"] == customer["id"]
        if is_same and values["controller_id"] is None:
            self.rows["controller_id"].editor.show_value(customer["controller_id"])
            self._edited()
