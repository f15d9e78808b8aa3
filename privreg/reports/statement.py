"""One version of the published privacy statement, to be kept or sent on paper."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.registers.reading import text_of
from privreg.reports.controllers import head_of
from privreg.reports.document import Heading, Paragraph
from privreg.reports.missing import missing_in
from privreg.reports.written import pairs
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.registers.declaration import Values
    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document

KIND = "statement"
SLUG = "statements"
_ABOUT = (
    *("version_label", "in_force_on", "ended_on", "announced_on", "announced_how"),
    *("address", "changes"),
)


def statement(book: Book, values: Values) -> Document:
    """Return a version of the statement: its text, and before it when it was in force."""
    return book.paper(
        KIND,
        text_of(values, "title"),
        _blocks(book, values),
        controller=head_of(book, values),
        subtitle=_("{number} · privacy statement").format(number=text_of(values, "number")),
    )


def _blocks(book: Book, values: Values) -> Iterator[Block]:
    yield pairs(book, SLUG, values, *_ABOUT)
    yield Heading(1, _("Text"), in_contents=False)
    for paragraph in text_of(values, "text").split("\n\n"):
        yield Paragraph(paragraph.strip())
    yield missing_in(book, SLUG, values)
