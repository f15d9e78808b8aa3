"""Every report of an office, made from plain values alone."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from privreg.law.retention import ItemStatus
from privreg.law.rules import Action
from privreg.registers.register_list import REGISTERS, register_of
from privreg.reports import (
    activity,
    agenda,
    blanks,
    breach,
    breaches,
    customer,
    due,
    findings,
    journal,
    processors,
    register,
    requests,
    retention,
    sheet,
    statement,
    users,
)
from privreg.reports.care import Care
from privreg.translation import message
from tests.registers.builders import NOW, a

if TYPE_CHECKING:
    from collections.abc import Callable

    from privreg.reports.book import Book
    from privreg.reports.document import Document
    from tests.reports.books import Office


def _agenda(_office: Office, book: Book) -> Document:
    clocks = [
        clock
        for each in REGISTERS
        for values in book.records(each.slug)
        for clock in each.deadlines(values, book.around)
        if not clock.done
    ]
    return agenda.agenda(book, clocks)


def _findings(_office: Office, book: Book) -> Document:
    found = [
        finding
        for each in REGISTERS
        for values in book.records(each.slug)
        for finding in book.findings(each.slug, values)
    ]
    return findings.findings(book, found)


def _retention(office: Office, book: Book) -> Document:
    key = office.rule["id"]
    return retention.retention(book, {key: 1234}, {key: 7})


def a_due_item(**values: object) -> due.DueItem:
    """Return an item that is due."""
    known: dict[str, object] = {
        "customer": "K-0412",
        "name": "De Halm",
        "group": "Tenants",
        "kind": "Copy of ID",
        "label": "copy of 2019",
        "where": "cabinet 2",
        "rule": "BT-01",
        "rule_name": "Contact data of tenants",
        "keep_through": date(2026, 3, 31),
        "dispose_from": date(2026, 4, 1),
        "action": Action.ERASE.message,
        "because": (message("The contract ended."),),
        "cares": frozenset({Care.HIGH_RISK}),
    }
    return due.DueItem(**{**known, **values})  # type: ignore[arg-type]


def a_timed_item(**values: object) -> customer.TimedItem:
    """Return an item of a customer with its term."""
    known: dict[str, object] = {
        "kind": "Copy of ID",
        "group": "Tenants",
        "label": "copy of 2019",
        "where": "cabinet 2",
        "rule": "Contact data of tenants",
        "state": ItemStatus.DUE.message,
        "is_due": True,
        "keep_through": date(2026, 3, 31),
        "dispose_from": date(2026, 4, 1),
        "because": (message("The contract ended."),),
    }
    return customer.TimedItem(**{**known, **values})  # type: ignore[arg-type]


def a_journal_line(**values: object) -> journal.JournalLine:
    """Return an entry of the journal."""
    known: dict[str, object] = {
        "seq": 12,
        "at": NOW,
        "user": "M. de Wit",
        "action": "change",
        "slug": "parties",
        "number": "PA-01",
        "fields": (("Town", "Delft", "Den Haag"),),
        "struck": ("E-mail",),
    }
    return journal.JournalLine(**{**known, **values})  # type: ignore[arg-type]


def the_customer(office: Office) -> dict[str, object]:
    """Return a customer of the office."""
    return a(
        "customers",
        number="K-0412",
        name="De Halm",
        kind="company",
        controller_id=office.controller["id"],
        groups=[office.children["id"]],
    )


def _customer(office: Office, book: Book) -> Document:
    fields = [each.name for each in register_of("customers").fields]
    events = [{"type": "contract_ended", "happened_on": date(2024, 2, 29), "note": "left"}]
    values = the_customer(office)
    return customer.customer(book, values, [a_timed_item()], {"events": events}, fields)


PAPERS: dict[str, Callable[[Office, Book], Document]] = {
    "register": lambda _office, book: register.register(book),
    "activity": lambda office, book: activity.activity(book, office.activity),
    "processors": lambda _office, book: processors.processors(book),
    "breaches": lambda _office, book: breaches.breaches(book),
    "breach": lambda office, book: breach.breach(book, office.breach),
    "requests": lambda _office, book: requests.requests(book),
    "request": lambda office, book: requests.request(book, office.request),
    "retention": _retention,
    "agenda": _agenda,
    "due": lambda _office, book: due.due(book, [a_due_item()], more=True),
    "customer": _customer,
    "findings": _findings,
    "statement": lambda office, book: statement.statement(book, office.statement),
    "journal": lambda _office, book: journal.journal(book, [a_journal_line()], whole=False),
    "users": lambda _office, book: users.users(book),
    "sheet": lambda _office, book: sheet.sheet(book, "Bonenhof", "ABCD-EFGH-JKLM"),
    "blank_breach": lambda _office, book: blanks.blank_breach(book),
    "blank_request": lambda _office, book: blanks.blank_request(book),
}
