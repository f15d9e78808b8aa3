"""The page of requests: the register's list with the days left, quick entry, terms and steps."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.registers.request_clock import ANSWER
from privreg.registers.requests import REGISTER
from ui.pages.cases import CasesPage, with_clock
from ui.pages.request_entry import RequestEntry
from ui.pages.request_panel import RequestPanel

if TYPE_CHECKING:
    from privreg.law.deadline import Deadline
    from ui.office import Office

WITH_CLOCK = with_clock(REGISTER, 3)


class RequestsPage(CasesPage):
    """The requests, each with the days left to answer it."""

    runs_from = "received_on"

    def __init__(self, office: Office) -> None:
        super().__init__(office, WITH_CLOCK, RequestPanel, RequestEntry)

    def is_clock(self, deadline: Deadline) -> bool:
        """Whether it is the answer to the person."""
        return deadline.what.template == ANSWER
