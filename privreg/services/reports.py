"""Reports: which there are, how each is made for the user at the desk, and how it is printed."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from typing import TYPE_CHECKING

from privreg import formats
from privreg.clock import day_of
from privreg.errors import UsageError
from privreg.reports import sheet
from privreg.reports.period import ALWAYS, Span
from privreg.services.records import load_number
from privreg.services.report_kinds import KINDS, ReportKind
from privreg.services.report_makers import Asked
from privreg.services.report_source import Source
from privreg.services.roles import Right, must
from privreg.services.timers import EVERYTHING
from privreg.store import printed, tombstones
from privreg.store.sealing import derived
from privreg.translation import N_, message, speaking
from privreg.translation import language as language_in_use

__all__ = [
    "KINDS",
    "ReportKind",
    "build",
    "came_out",
    "emergency_sheet",
    "kind_of",
    "numbered",
    "print_document",
    "print_report",
]

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path

    from privreg.registers.declaration import Values
    from privreg.reports.book import Book
    from privreg.reports.document import Document
    from privreg.services.desk import Desk
    from privreg.services.timers import Only
    from privreg.store.store import Connection

DIGEST_SIGNS = 6
PAPER = "privreg paper 1"


BY_CODE = {kind.code: kind for kind in KINDS}


def kind_of(code: str) -> ReportKind:
    """Return the kind of report with that word; raises `UsageError` with the words there are."""
    if code not in BY_CODE:
        raise UsageError(
            message(
                N_("There is no report '{kind}'; choose one of {kinds}."),
                kind=code,
                kinds=list(BY_CODE),
            )
        )
    return BY_CODE[code]


def build(
    desk: Desk,
    kind: str,
    *,
    record: str | None = None,
    at: datetime | None = None,
    language: str | None = None,
    period: tuple[date | None, date | None] | None = None,
    only: Only = EVERYTHING,
) -> Document:
    """Make a report for the user at the desk, without a document number yet.

    `record` is a record's number; `at` judges today's records by that moment (aware);
    `period` is its first and last day, `only` the part of a list that is asked for.
    Raises `UsageError` and `NotAllowedError`.
    """
    wanted = kind_of(kind)
    if wanted.slug:
        must(desk.user.roles, Right.PRINT, wanted.slug)
    if wanted.needs_record and not record:
        raise UsageError(
            message(N_("The report '{kind}' needs the number of a record."), kind=wanted.code)
        )
    span = _span(wanted, period)
    with speaking(language or language_in_use()), desk.store.read() as connection:
        source = Source(desk, connection, at or desk.clock.now())
        book = replace(source.book(), stands_at=at)
        values = _values(desk, wanted, book, record)
        return wanted.make(Asked(desk, connection, book, values, span, only))


def _span(kind: ReportKind, period: tuple[date | None, date | None] | None) -> Span:
    """Return the period of a report; all of time where none is asked for."""
    if period is None or period == (None, None):
        return ALWAYS
    if not kind.by_period:
        raise UsageError(
            message(
                N_("The report '{kind}' is not about a period; a period goes with {kinds}."),
                kind=kind.code,
                kinds=[each.code for each in KINDS if each.by_period],
            )
        )
    first, last = period
    if first is not None and last is not None and last < first:
        raise UsageError(
            message(
                N_("The period ends on {last}, before it begins on {first}."),
                first=first,
                last=last,
            )
        )
    return Span(first, last)


def _values(desk: Desk, kind: ReportKind, book: Book, record: str | None) -> Values:
    if not kind.needs_record or record is None:
        return {}
    found = load_number(desk, kind.slug, record)
    return book.record(kind.slug, found["id"]) or found


def emergency_sheet(desk: Desk, recovery_key: str) -> Document:
    """Make the emergency sheet of a key that was made just now.

    It has no number and is no kind of report: it cannot be printed again, because the key is
    kept nowhere.
    Print it with `print_document`.
    """
    with desk.store.read() as connection:
        book = Source(desk, connection, desk.clock.now()).book()
    return sheet.sheet(book, desk.name, recovery_key)


def numbered(desk: Desk, document: Document) -> Document:
    """Give a report its number: the next one, or that of the same content before.

    A reprint is marked as a copy. A register opened read-only cannot remember what it gave
    out: there the number is made of the moment and the content (`RP-20260403-1730-3F9A01`).
    """
    with desk.store.read() as connection:
        digest = _digest(desk, connection, document)
        known = printed.given(connection, digest)
    if known is not None:
        return replace(document, number=known.number, copy=known.is_printed)
    if desk.read_only:
        moment = f"{formats.local(document.made_at):%Y%m%d-%H%M}"
        return replace(document, number=f"RP-{moment}-{digest[:DIGEST_SIGNS].upper()}")
    year = day_of(document.made_at).year
    number = desk.store.written(lambda writer: printed.give_number(writer, digest, year))
    return replace(document, number=number)


def came_out(desk: Desk, document: Document) -> None:
    """Remember that a numbered report was printed or saved: from now on it is a copy."""
    if desk.read_only or document.copy or document.kind == sheet.KIND:
        return

    def work(connection: Connection) -> None:
        printed.came_out(connection, _digest(desk, connection, document), document.number)

    desk.store.written(work)


def _digest(desk: Desk, connection: Connection, document: Document) -> str:
    """Return a keyed hash of what the paper says, whoever prints it and whenever.

    The key of the tombstones stays the same when the data key is changed for a leaver.
    """
    from privreg.reports.kit.plain import plain  # noqa: PLC0415

    epoch = document.made_at.replace(year=2000, month=1, day=1, hour=0, minute=0, second=0)
    said = plain(
        replace(
            document,
            number="",
            copy=False,
            journal_hash="",
            made_by="",
            register="",
            made_at=epoch,
            stands_at=None,
        )
    )
    secret = tombstones.key(connection) or desk.data_key.key
    return hmac.new(derived(secret, PAPER), said.encode(), hashlib.sha256).hexdigest()


def print_report(
    desk: Desk,
    kind: str,
    out: Path,
    *,
    record: str | None = None,
    at: datetime | None = None,
    language: str | None = None,
    period: tuple[date | None, date | None] | None = None,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Make a report, give it its number, write it as a PDF in a child process; return its pages.

    Wait for it off the window's thread. `progress` hears per cents; when `cancelled` says so
    nothing is written. Printing sets no date in any record. Raises what `build` raises, and
    `ProblemError` when the file cannot be written.
    """
    document = build(desk, kind, record=record, at=at, language=language, period=period)
    return print_document(desk, document, out, progress=progress, cancelled=cancelled)


def print_document(
    desk: Desk,
    document: Document,
    out: Path,
    *,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Give a report built before its number and write it as a PDF; return its pages.

    The emergency sheet gets none, because nothing about it may be remembered.
    """
    from privreg.reports.kit.worker import print_in_child  # noqa: PLC0415

    final = _final(desk, document)
    pages = print_in_child(final, out, progress=progress, cancelled=cancelled).pages
    came_out(desk, final)
    return pages


def _final(desk: Desk, document: Document) -> Document:
    return document if document.kind == sheet.KIND else numbered(desk, document)
