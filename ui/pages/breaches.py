"""The page of breaches: the register's list with live clocks, quick entry, the clock in large."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from privreg.registers.breaches import REGISTER
from ui.pages.breach_entry import BreachEntry
from ui.pages.breach_panel import BreachPanel
from ui.pages.cases import CasesPage, with_clock

if TYPE_CHECKING:
    from privreg.law.deadline import Deadline
    from ui.office import Office

WITH_CLOCK = with_clock(REGISTER, 2)


class BreachesPage(CasesPage):
    """The breaches, each with the hours left to tell the authority."""

    runs_from = "aware_at"

    def __init__(self, office: Office) -> None:
        super().__init__(office, WITH_CLOCK, BreachPanel, BreachEntry)

    def is_clock(self, deadline: Deadline) -> bool:
        """Whether it runs to the hour."""
        return isinstance(deadline.due, datetime)
