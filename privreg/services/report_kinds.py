"""Every kind of report, and how each is made from what the user at the desk may see."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg.reports import (
    activity,
    agenda,
    blanks,
    breach,
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
from privreg.services.report_makers import Asked
from privreg.translation import N_, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from privreg.reports.document import Document

__all__ = ["KINDS", "Asked", "ReportKind"]


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One kind of report: its word on the command line and its title (marked).

    `slug` is the register it is about: who may not print that may not print it. With
    `needs_record` it is about one record of that register; with `by_period` it can be
    limited to a period.
    """

    code: str
    title: str
    make: Callable[[Asked], Document]
    slug: str = ""
    needs_record: bool = False
    by_period: bool = False

    @property
    def message(self) -> Message:
        """The title, not yet in any language."""
        return Message(self.title)


KINDS: tuple[ReportKind, ...] = (
    ReportKind(
        "register",
        N_("Register of processing activities"),
        lambda asked: register.register(asked.book),
        "activities",
    ),
    ReportKind(
        "activity",
        N_("One processing activity"),
        lambda asked: activity.activity(asked.book, asked.values),
        "activities",
        needs_record=True,
    ),
    ReportKind(
        "processors",
        N_("Processors and recipients"),
        lambda asked: processors.processors(asked.book),
        "parties",
    ),
    ReportKind(
        "breaches",
        N_("Breach log"),
        lambda asked: breaches.breaches(asked.book, asked.span),
        "breaches",
        by_period=True,
    ),
    ReportKind(
        "breach",
        N_("One breach file"),
        lambda asked: breach.breach(asked.book, asked.values),
        "breaches",
        needs_record=True,
    ),
    ReportKind(
        "requests",
        N_("Register of requests"),
        lambda asked: requests.requests(asked.book, asked.span),
        "requests",
        by_period=True,
    ),
    ReportKind(
        "request",
        N_("One request"),
        lambda asked: requests.request(asked.book, asked.values),
        "requests",
        needs_record=True,
    ),
    ReportKind("retention", N_("Retention schedule"), makers.retention_schedule, "rules"),
    ReportKind(
        "agenda",
        N_("Agenda"),
        lambda asked: agenda.agenda(asked.book, clocks.agenda(asked.desk, asked.book.now)),
    ),
    ReportKind("due", N_("Due for disposal"), makers.due_list, "items"),
    ReportKind(
        "customer",
        N_("One customer with terms"),
        makers.one_customer,
        "customers",
        needs_record=True,
    ),
    ReportKind(
        "findings",
        N_("Findings"),
        lambda asked: findings.findings(asked.book, makers.found(asked)),
    ),
    ReportKind(
        "statement",
        N_("One privacy statement"),
        lambda asked: statement.statement(asked.book, asked.values),
        "statements",
        needs_record=True,
    ),
    ReportKind("journal", N_("Journal"), makers.journal_extract, by_period=True),
    ReportKind(
        "users",
        N_("Users and declarations of secrecy"),
        lambda asked: users.users(asked.book),
        "users",
    ),
    ReportKind(
        "blank_breach",
        N_("Breach form, empty"),
        lambda asked: blanks.blank_breach(asked.book),
        "breaches",
    ),
    ReportKind(
        "blank_request",
        N_("Request form, empty"),
        lambda asked: blanks.blank_request(asked.book),
        "requests",
    ),
)
