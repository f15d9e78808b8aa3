"""Gathers what some reports need besides the small registers: timers, items, journal."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from privreg import formats
from privreg.clock import day_of
from privreg.law.retention import ItemStatus
from privreg.registers.declaration import Kind, Linked
from privreg.registers.reading import text_of
from privreg.registers.register_list import BY_SLUG, REGISTERS, register_of
from privreg.reports import care
from privreg.reports.customer import ENTRIES, TimedItem, customer
from privreg.reports.due import DueItem, due
from privreg.reports.journal import JournalLine, journal
from privreg.reports.retention import retention
from privreg.reports.written import written
from privreg.services import records, timers
from privreg.services.roles import Right, may
from privreg.store import printed
from privreg.translation import N_, _, messages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from privreg.registers.declaration import FieldSpec, Finding, Values
    from privreg.reports.book import Book
    from privreg.reports.document import Document
    from privreg.reports.period import Span
    from privreg.services.desk import Desk
    from privreg.services.records import HistoryEntry
    from privreg.services.timers import DueLine, ItemView
    from privreg.store.store import Connection

Titles: TypeAlias = dict[UUID, Linked]

OTHER_FIELDS = {
    "number": N_("Number"),
    "reason": N_("Reason"),
    "file_kind": N_("Kind of file"),
    "records": N_("Records in it"),
}
MOST_DUE = 5_000
MOST_ENTRIES = 2_000
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked about: the desk, the moment, a record's values, a period."""

    desk: Desk
    connection: Connection
    book: Book
    values: Values
    span: Span


def retention_schedule(asked: Asked) -> Document:
    """Make the retention schedule, with counts for who may see items."""
    if not may(asked.desk.user.roles, Right.READ, "items"):
        return retention(asked.book, None, None)
    running = printed.timers_per_rule(asked.connection)
    return retention(asked.book, running, timers.due_counts(asked.desk, asked.book.today))


def due_list(asked: Asked) -> Document:
    """Make the due list, as far as paper goes."""
    page = timers.due(asked.desk, asked.book.today, limit=MOST_DUE)
    cares = _cares_by_name(asked.book)
    items = [_due_item(each, cares) for each in page.lines]
    return due(asked.book, items, more=page.next is not None)


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


def journal_extract(asked: Asked) -> Document:
    """Make an extract of the journal: the newest entries of a period, as far as paper goes."""
    entries, whole = _journal(asked)
    names = _numbers(asked, entries)
    lines = [_journal_line(asked.book, each, names) for each in entries]
    return journal(asked.book, lines, whole=whole, span=asked.span)


def _journal(asked: Asked) -> tuple[list[HistoryEntry], bool]:
    """Return the entries of the period, newest first, and whether these are all of them."""
    entries: list[HistoryEntry] = []
    before: int | None = None
    while len(entries) < MOST_ENTRIES:
        page = records.journal_page(asked.desk, before=before, limit=AT_ONCE)
        if not page:
            return entries, True
        entries += [each for each in page if asked.span.holds(day_of(each.at))]
        before = page[-1].seq
        first = asked.span.first
        if first is not None and day_of(page[-1].at) < first:
            return entries, True
    return entries[:MOST_ENTRIES], False


def _numbers(asked: Asked, entries: Sequence[HistoryEntry]) -> dict[UUID, str]:
    """Return the numbers of the records in the journal, of customers their codes."""
    wanted: dict[str, set[UUID]] = {}
    for each in entries:
        if each.slug in BY_SLUG and not BY_SLUG[each.slug].parent:
            wanted.setdefault(each.slug, set()).add(each.record_id)
    return {key: each.number for key, each in records.titles(asked.desk, wanted).items()}


def _journal_line(book: Book, entry: HistoryEntry, numbers: Mapping[UUID, str]) -> JournalLine:
    return JournalLine(
        seq=entry.seq,
        at=entry.at,
        user=entry.user,
        action=entry.action,
        slug=entry.slug,
        number=numbers.get(entry.record_id, ""),
        fields=tuple(_changed(book, entry.slug, *each) for each in entry.changes),
        struck=tuple(_field_label(entry.slug, name) for name in entry.struck),
    )


def _changed(book: Book, slug: str, name: str, old: Any, new: Any) -> tuple[str, str, str]:
    spec = _spec(slug, name)
    return _field_label(slug, name), plain_words(book, spec, old), plain_words(book, spec, new)


def _spec(slug: str, name: str) -> FieldSpec | None:
    register = BY_SLUG.get(slug)
    found = [each for each in register.fields if each.name == name] if register else []
    return found[0] if found else None


def _field_label(slug: str, name: str) -> str:
    spec = _spec(slug, name)
    if spec is not None:
        return _(spec.label)
    return _(OTHER_FIELDS[name]) if name in OTHER_FIELDS else name


def plain_words(book: Book, spec: FieldSpec | None, value: Any) -> str:  # noqa: PLR0911
    """Return a value of the journal, kept as JSON, in words."""
    if value is None:
        return ""
    if spec is None:
        return str(value)
    if spec.kind is Kind.ROWS:
        count = len(value)
        return formats.text(messages(N_("{count} row"), N_("{count} rows"), count))
    if spec.kind is Kind.DAY:
        return formats.day(date.fromisoformat(value))
    if spec.kind is Kind.MOMENT:
        return formats.moment(datetime.fromisoformat(value))
    if spec.kind is Kind.LINK:
        return written(book, spec, UUID(value))
    if spec.kind is Kind.LINKS:
        return written(book, spec, [UUID(each) for each in value])
    return written(book, spec, value)
