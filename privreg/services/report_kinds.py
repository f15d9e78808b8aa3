"""Every kind of report: its word, its title, what it is about. How it is made is asked for later.

The window and the command line name the kinds long before one is made, so what makes them,
`report_making`, is imported when the first one is.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg.translation import N_, Message

if TYPE_CHECKING:
    from privreg.reports.document import Document
    from privreg.services.report_makers import Asked


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One kind of report: its word on the command line and its title (marked).

    `slug` is the register it is about: who may not print that may not print it. With
    `needs_record` it is about one record of that register; with `by_period` it can be
    limited to a period, with `by_part` to a rule, a group of people or a kind of data.
    """

    code: str
    title: str
    slug: str = ""
    needs_record: bool = False
    by_period: bool = False
    by_part: bool = False

    @property
    def message(self) -> Message:
        """The title, not yet in any language."""
        return Message(self.title)

    def make(self, asked: Asked) -> Document:
        """Make the report of what the user at the desk may see."""
        from privreg.services.report_making import MAKERS  # noqa: PLC0415  (when one is made)

        return MAKERS[self.code](asked)


KINDS: tuple[ReportKind, ...] = (
    ReportKind("register", N_("Register of processing activities"), "activities"),
    ReportKind("activity", N_("One processing activity"), "activities", needs_record=True),
    ReportKind("processors", N_("Processors and recipients"), "parties"),
    ReportKind("breaches", N_("Breach log"), "breaches", by_period=True),
    ReportKind("breach", N_("One breach file"), "breaches", needs_record=True),
    ReportKind("requests", N_("Register of requests"), "requests", by_period=True),
    ReportKind("request", N_("One request"), "requests", needs_record=True),
    ReportKind("retention", N_("Retention schedule"), "rules"),
    ReportKind("agenda", N_("Agenda")),
    ReportKind("due", N_("Due for disposal"), "items", by_part=True),
    ReportKind("customer", N_("One customer with terms"), "customers", needs_record=True),
    ReportKind("findings", N_("Findings")),
    ReportKind("statement", N_("One privacy statement"), "statements", needs_record=True),
    ReportKind("journal", N_("Journal"), by_period=True),
    ReportKind("users", N_("Users and declarations of secrecy"), "users"),
    ReportKind("blank_breach", N_("Breach form, empty"), "breaches"),
    ReportKind("blank_request", N_("Request form, empty"), "requests"),
)
