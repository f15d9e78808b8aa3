"""The findings: what the registers lack or contradict, obligations first."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privreg import formats
from privreg.formats import article
from privreg.registers.register_list import register_of
from privreg.reports.controllers import head_of
from privreg.reports.document import CODE, Column, GroupRow, Row, SummaryBox, Table
from privreg.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from privreg.registers.declaration import Finding
    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document

KIND = "findings"
_UNBROKEN = re.compile(r" (?=\(?[a-z]\)?(?:$|[,;]))")  # before the letter that ends a citation
WEIGHTS = (
    ("law", N_("An obligation is not met")),
    ("risk", N_("A risk")),
    ("tidy", N_("To be tidied")),
)


def findings(book: Book, found: Sequence[Finding]) -> Document:
    """Return every finding with its record and the article that asks for it."""
    return book.paper(
        KIND,
        _("Findings"),
        _blocks(found),
        controller=head_of(book),
        subtitle=_("What the registers lack or contradict on {day}").format(
            day=formats.day(book.today)
        ),
    )


def _blocks(found: Sequence[Finding]) -> Iterator[Block]:
    rows: list[Row | GroupRow] = []
    counts = []
    for weight, title in WEIGHTS:
        of_weight = [each for each in found if each.weight == weight]
        counts.append((_(title), formats.number(len(of_weight))))
        if of_weight:
            rows.append(GroupRow(_(title), is_section=True))
            rows += [_row(each) for each in of_weight]
    yield SummaryBox(tuple(counts), _("In short"), columns=3)
    columns = (
        Column(_("Number"), 1.3, CODE),
        Column(_("Record"), 2.4),
        Column(_("What"), 4.2),
        Column(_("Article"), 1.7),
    )
    yield Table(columns, tuple(rows), _("Nothing was found."))


def _row(finding: Finding) -> Row:
    title = finding.title or _(register_of(finding.register).singular)
    cited = _UNBROKEN.sub("\u00a0", article(finding.article))
    return Row((finding.number, title, formats.text(finding.what), cited))
