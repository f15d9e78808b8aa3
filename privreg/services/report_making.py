"""How each kind of report is made from what the user at the desk may see."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.reports import (
    activity,
    agenda,
    blanks,
    breaches,
    findings,
    processors,
    register,
    requests,
    statement,
    users,
)
from privreg.services import agenda as clocks
from privreg.services import report_makers as makers
from privreg.services.journal_paper import journal_extract

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from privreg.reports.document import Document
    from privreg.services.report_makers import Asked

MAKERS: Mapping[str, Callable[[Asked], Document]] = {
    "register": lambda asked: register.register(asked.book),
    "activity": lambda asked: activity.activity(asked.book, asked.values),
    "processors": lambda asked: processors.processors(asked.book),
    "breaches": lambda asked: breaches.breaches(asked.book, asked.span),
    "breach": makers.breach_file,
    "requests": lambda asked: requests.requests(asked.book, asked.span),
    "request": lambda asked: requests.request(asked.book, asked.values),
    "retention": makers.retention_schedule,
    "agenda": lambda asked: agenda.agenda(asked.book, clocks.agenda(asked.desk, asked.book.now)),
    "due": makers.due_list,
    "customer": makers.one_customer,
    "findings": lambda asked: findings.findings(asked.book, makers.found(asked)),
    "statement": lambda asked: statement.statement(asked.book, asked.values),
    "journal": journal_extract,
    "users": lambda asked: users.users(asked.book),
    "blank_breach": lambda asked: blanks.blank_breach(asked.book),
    "blank_request": lambda asked: blanks.blank_request(asked.book),
}
"""Per code of a `ReportKind`."""
