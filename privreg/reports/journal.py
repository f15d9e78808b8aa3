"""An extract of the journal: who changed what, when, newest first."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from privreg import formats
from privreg.clock import day_of
from privreg.registers.register_list import BY_SLUG
from privreg.reports.controllers import head_of
from privreg.reports.document import (
    CODE,
    DAY,
    Column,
    GroupRow,
    Note,
    Quiet,
    Row,
    SummaryBox,
    Table,
)
from privreg.reports.period import ALWAYS
from privreg.reports.written import joined
from privreg.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document, Text
    from privreg.reports.period import Span

KIND = "journal"
ACTIONS = {
    "create": N_("added"),
    "change": N_("changed"),
    "delete": N_("deleted"),
    "strike": N_("personal data struck"),
    "recover": N_("given a new password with the recovery key"),
    "open": N_("opened with a reason"),
    "export": N_("export begun"),
    "exported": N_("exported"),
    "export_undone": N_("export ended without a file"),
}
_LONGEST = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One entry: `fields` are the changed fields (name, old, new) in words, `struck` is gone."""

    seq: int
    at: datetime
    user: str
    action: str
    slug: str
    number: str
    fields: tuple[tuple[str, str, str], ...] = ()
    struck: tuple[str, ...] = ()


def journal(
    book: Book, lines: Sequence[JournalLine], *, whole: bool, span: Span = ALWAYS
) -> Document:
    """Return the entries; `whole` says that nothing before them was left out."""
    return book.paper(
        KIND,
        _("Journal"),
        _blocks(lines, book.journal_hash, whole=whole),
        controller=head_of(book),
        subtitle=_("Who changed what, newest first"),
        period=span.words,
    )


def _blocks(lines: Sequence[JournalLine], latest: str, *, whole: bool) -> Iterator[Block]:
    rows = (
        (_("Entries"), formats.number(len(lines))),
        (_("Latest hash of the chain"), latest),
    )
    yield SummaryBox(rows, _("In short"), columns=1)
    if not whole:
        yield Note(_("Older entries are left out."))
    columns = (
        Column(_("No."), 0.8, CODE),
        Column(_("When"), 1.5, DAY),
        Column(_("Who"), 1.5),
        Column(_("What"), 1.9),
        Column(_("From and to"), 4.4),
    )
    yield Table(columns, tuple(_rows(lines)), _("Nothing was changed."))


def _rows(lines: Sequence[JournalLine]) -> Iterator[Row | GroupRow]:
    for month, under in groupby(lines, key=lambda each: formats.month(day_of(each.at))):
        yield GroupRow(month, is_section=True)
        yield from map(_row, under)


def _row(line: JournalLine) -> Row:
    register = BY_SLUG.get(line.slug)
    name = _(register.singular) if register else line.slug
    action = _(ACTIONS[line.action]) if line.action in ACTIONS else line.action
    what = joined((line.number or name, action), " ")
    told: Text = (Quiet(f"\n{name}"),) if line.number else ""
    parts = (formats.number(line.seq), formats.moment(line.at), line.user)
    return Row((*parts, joined((what, told), ""), _changes(line)))


def _changes(line: JournalLine) -> Text:
    told: list[Text] = [_change(*each) for each in line.fields]
    if line.struck:
        struck = _("struck: {fields}").format(fields=", ".join(line.struck))
        told.append((Quiet(struck),))
    return joined(told)


def _change(field: str, old: str, new: str) -> Text:
    before, after = shortened_to(old), shortened_to(new)
    told = " \u2192 ".join((before, after or _("empty"))) if before else after
    return (Quiet(f"{field}: "), told)


def shortened_to(text: str) -> str:
    """Return a text on one line, cut off where it is long; the record holds the whole."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}\u2026"
