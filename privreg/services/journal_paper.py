"""Puts the journal in words for paper: records by their number or name, values as a form shows."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from privreg import formats
from privreg.clock import day_of
from privreg.registers.declaration import FieldSpec, Kind
from privreg.registers.register_list import BY_SLUG, register_of
from privreg.reports.journal import JournalLine, journal
from privreg.reports.written import written
from privreg.services import records
from privreg.services.journal_words import BESIDE_FIELDS
from privreg.services.plain_values import restored
from privreg.services.row_changes import linked_by_register, linked_in, row_changes
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any
    from uuid import UUID

    from privreg.registers.declaration import Linked
    from privreg.reports.book import Book
    from privreg.reports.document import Document
    from privreg.services.records import HistoryEntry
    from privreg.services.report_makers import Asked

MOST_ENTRIES = 2_000
AT_ONCE = 500


def journal_extract(asked: Asked) -> Document:
    """Make an extract of the journal: the newest entries of a period, as far as paper goes."""
    entries, whole = _entries(asked)
    titles = _titles(asked, entries)
    book = replace(asked.book, titles={**asked.book.titles, **titles})
    lines = [_line(book, each, titles) for each in entries]
    return journal(book, lines, whole=whole, span=asked.span)


def _entries(asked: Asked) -> tuple[list[HistoryEntry], bool]:
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


def _titles(asked: Asked, entries: Sequence[HistoryEntry]) -> dict[UUID, Linked]:
    """Return what the records are called that were changed or are pointed at."""
    pointed_at = (each for entry in entries for each in _pointed_at(entry))
    return records.titles(asked.desk, linked_by_register(pointed_at))


def _pointed_at(entry: HistoryEntry) -> Iterator[tuple[str, UUID]]:
    if entry.slug not in BY_SLUG:
        return
    if not register_of(entry.slug).parent:
        yield entry.slug, entry.record_id
    for name, *values in entry.changes:
        spec = _spec(entry.slug, name)
        if spec is None:
            continue
        for value in values:
            yield from linked_in(spec, restored(spec, value))


def _line(book: Book, entry: HistoryEntry, titles: dict[UUID, Linked]) -> JournalLine:
    found = titles.get(entry.record_id)
    return JournalLine(
        seq=entry.seq,
        at=entry.at,
        user=entry.user,
        action=entry.action,
        slug=entry.slug,
        number=found.number if found is not None else "",
        fields=tuple(
            told for each in _whose_first(entry) for told in _changed(book, entry.slug, *each)
        ),
        struck=tuple(_label(entry.slug, name) for name in entry.struck),
    )


def _whose_first(entry: HistoryEntry) -> list[tuple[str, Any, Any]]:
    register = BY_SLUG.get(entry.slug)
    owner = register.parent_field if register is not None else ""
    return sorted(entry.changes, key=lambda each: each[0] != owner)


def _changed(
    book: Book, slug: str, name: str, old: Any, new: Any
) -> Iterator[tuple[str, str, str]]:
    """Yield what changed in a field; of a table a line for each row that came, went or changed."""
    spec = _spec(slug, name)
    if spec is None or spec.kind is not Kind.ROWS:
        yield _label(slug, name), _words(book, spec, old), _words(book, spec, new)
        return
    before, after = (restored(spec, rows) or [] for rows in (old, new))
    for words in row_changes(spec, before, after, lambda *told: written(book, *told)):
        yield _label(slug, name), "", words


def _spec(slug: str, name: str) -> FieldSpec | None:
    """Return a field of a register, or the one that says whose record it is."""
    register = BY_SLUG.get(slug)
    if register is None:
        return None
    if name == register.parent_field:
        parent = register_of(register.parent)
        return FieldSpec(name=name, label=parent.singular, kind=Kind.LINK, to=register.parent)
    return next((each for each in register.fields if each.name == name), None)


def _label(slug: str, name: str) -> str:
    spec = _spec(slug, name)
    if spec is not None:
        return formats.capitalised(_(spec.short or spec.label))
    return _(BESIDE_FIELDS[name]) if name in BESIDE_FIELDS else name


def _words(book: Book, spec: FieldSpec | None, value: Any) -> str:
    """Return a value of the journal, kept as JSON, in words."""
    if value is None:
        return ""
    if spec is None:
        return str(value)
    return written(book, spec, restored(spec, value))
