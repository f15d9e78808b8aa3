"""The users with their roles and declarations of secrecy (art. 32(4))."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg import formats
from privreg.registers.reading import date_of, text_of
from privreg.registers.register_list import register_of
from privreg.reports.controllers import head_of
from privreg.reports.document import SummaryBox
from privreg.reports.missing import led_by_number, listed
from privreg.reports.written import spec_table
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document

KIND = "users"
SLUG = "users"
_SHARES = {
    "login": 1.2,
    "name": 1.8,
    "function": 1.6,
    "roles": 2.2,
    "secrecy_declared_on": 1.8,
    "secrecy_note": 1.6,
    "state": 1.0,
    "ended_on": 1.4,
}


def users(book: Book) -> Document:
    """Return who may open the register, in which roles, and who declared secrecy when."""
    return book.paper(
        KIND,
        _("Users and declarations of secrecy"),
        _blocks(book),
        controller=head_of(book),
        subtitle=_("Article 32(4) GDPR, as it stands on {day}").format(day=formats.day(book.today)),
    )


def _blocks(book: Book) -> Iterator[Block]:
    people = list(book.records(SLUG))
    active = [each for each in people if text_of(each, "state") != "ended"]
    declared = sum(date_of(each, "secrecy_declared_on") is not None for each in active)
    rows = (
        (_("Users with access"), formats.number(len(active))),
        (_("Declared secrecy"), formats.number(declared)),
        (_("Not declared yet"), formats.number(len(active) - declared)),
    )
    yield SummaryBox(rows, _("In short"), columns=3)
    specs = [register_of(SLUG).field(name) for name in _SHARES]
    yield spec_table(book, specs, people, _SHARES, empty=_("There are no users."))
    every = [finding for each in people for finding in book.findings(SLUG, each)]
    yield listed(led_by_number(every))
