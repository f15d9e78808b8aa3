"""Gathers what some reports need besides the small registers: timers and items."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from privreg.law.retention import ItemStatus
from privreg.registers.declaration import Linked
from privreg.registers.reading import text_of
from privreg.registers.register_list import REGISTERS, register_of
from privreg.reports import care
from privreg.reports.breach import breach
from privreg.reports.customer import ENTRIES, TimedItem, customer
from privreg.reports.due import DueItem, due
from privreg.reports.retention import retention
from privreg.services import records, timers
from privreg.services.roles import Right, may
from privreg.store import printed
from privreg.store.records import links_entered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privreg.registers.declaration import Finding, Values
    from privreg.reports.book import Book
    from privreg.reports.document import Document
    from privreg.reports.period import Span
    from privreg.services.desk import Desk
    from privreg.services.timers import DueLine, ItemView
    from privreg.store.store import Connection

Titles: TypeAlias = dict[UUID, Linked]

MOST_DUE = 5_000
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked about: the desk, the moment, a record's values, a period, a part."""

    desk: Desk
    connection: Connection
    book: Book
    values: Values
    span: Span
    only: timers.Only = timers.EVERYTHING


def breach_file(asked: Asked) -> Document:
    """Make the file of one breach, with what was linked to it later."""
    linked_at = links_entered(asked.connection, register_of("breaches"), asked.values["id"])
    return breach(asked.book, asked.values, linked_at)


def retention_schedule(asked: Asked) -> Document:
    """Make the retention schedule, with counts for who may see items."""
    if not may(asked.desk.user.roles, Right.READ, "items"):
        return retention(asked.book, None, None)
    running = printed.timers_per_rule(asked.connection)
    return retention(asked.book, running, timers.due_counts(asked.desk, asked.book.today))


def due_list(asked: Asked) -> Document:
    """Make the due list, as far as paper goes."""
    page = timers.due(asked.desk, asked.book.today, limit=MOST_DUE, only=asked.only)
    cares = _cares_by_name(asked.book)
    items = [_due_item(each, cares) for each in page.lines]
    return due(asked.book, items, more=page.next is not None, part=_part(asked))


def _part(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Return to what the due list is limited: what it is and what it is called."""
    only = asked.only
    limits = (("rules", only.rule_id), ("groups", only.group_id), ("kinds", only.kind_id))
    return tuple((slug, asked.book.name(slug, key)) for slug, key in limits if key is not None)


def _cares_by_name(book: Book) -> dict[str, frozenset[care.Care]]:
    """Return why kinds and groups ask for extra care, by their name."""
    found: dict[str, frozenset[care.Care]] = {}
    for each in book.records("kinds"):
        found[text_of(each, "name")] = care.of_kind(each)
    for each in book.records("groups"):
        name = text_of(each, "name")
        found[name] = found.get(name, frozenset()) | care.of_group(each)
    return found


def _due_item(line: DueLine, cares: dict[str, frozenset[care.Care]]) -> DueItem:
    return DueItem(
        customer=line.customer,
        name=line.customer_name,
        group=line.group,
        kind=line.kind,
        label=line.label,
        where=line.where,
        rule=line.rule,
        rule_name=line.rule_name,
        keep_through=line.keep_through,
        dispose_from=line.dispose_from,
        action=line.action.message,
        because=line.because,
        cares=cares.get(line.kind, frozenset()) | cares.get(line.group, frozenset()),
    )


def one_customer(asked: Asked) -> Document:
    """Make the page of one customer: items with their terms, events, holds, consents."""
    desk, key = asked.desk, asked.values["id"]
    cares = _cares_by_name(asked.book)
    views = timers.customer_items(desk, key, asked.book.today)
    fields = [each.name for each in records.visible_fields(desk, register_of("customers"))]
    entries = {slug: _entries(desk, slug, key) for slug, _shares in ENTRIES}
    items = [_timed(each, cares) for each in views]
    rows = {slug: found for slug, (found, _titles) in entries.items()}
    return customer(_with_titles(asked.book, entries), asked.values, items, rows, fields)


def _entries(desk: Desk, slug: str, key: UUID) -> tuple[list[Values], Titles]:
    query = records.ListQuery(parent=key)
    found: list[Values] = []
    titles: Titles = {}
    while True:
        page = records.page(desk, slug, query, len(found), AT_ONCE)
        found += page.rows
        titles.update(page.titles)
        if len(page.rows) < AT_ONCE:
            return found, titles


def _timed(view: ItemView, cares: dict[str, frozenset[care.Care]]) -> TimedItem:
    return TimedItem(
        kind=view.kind,
        group=view.group,
        label=text_of(view.item, "label"),
        where=text_of(view.item, "place"),
        rule=view.rule,
        state=view.state.state.message,
        is_due=view.state.state is ItemStatus.DUE,
        keep_through=view.state.keep_through,
        dispose_from=view.state.dispose_from,
        because=view.state.because,
        cares=cares.get(view.kind, frozenset()) | cares.get(view.group, frozenset()),
    )


def _with_titles(book: Book, entries: Mapping[str, tuple[list[Values], Titles]]) -> Book:
    """Add the names of the items that events and holds refer to."""
    found = dict(book.titles)
    for _rows, titles in entries.values():
        found.update(titles)
    return replace(book, titles=found)


def found(asked: Asked) -> list[Finding]:
    """Return the findings of every register this user may read, obligations first."""
    order = {"law": 0, "risk": 1, "tidy": 2}
    every = [
        finding
        for register in REGISTERS
        for values in asked.book.records(register.slug)
        for finding in asked.book.findings(register.slug, values)
    ]
    return sorted(every, key=lambda each: (order.get(each.weight, len(order)), each.number))
