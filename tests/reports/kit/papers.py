"""Builders of documents for the tests of the kit, and a reader of what came on paper."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pypdf import PdfReader

from privreg.reports.document import (
    DAY,
    LIMIT,
    MARK,
    NUMBER,
    START,
    Bar,
    BarChart,
    BigCode,
    Block,
    BulletList,
    Choices,
    ClockLine,
    ClockMark,
    Column,
    ControllerHead,
    Document,
    GroupRow,
    Heading,
    KeepTogether,
    Matrix,
    MatrixRow,
    Missing,
    MissingItem,
    Note,
    PageBreak,
    Pairs,
    Paragraph,
    Row,
    Signature,
    SignOff,
    Steps,
    SummaryBox,
    Table,
    WriteLines,
)
from privreg.reports.kit.pdf import paint

if TYPE_CHECKING:
    from collections.abc import Iterator

MADE_AT = datetime(2026, 4, 4, 12, 30, tzinfo=UTC)
SENTENCE = "The gate is opened for tenants at the hours that were agreed. "


def a_document(*blocks: Block, **changes: object) -> Document:
    """A document with everything in its head."""
    document = Document(
        kind="register",
        number="RP-2026-0042",
        title="Register of processing activities",
        subtitle="Article 30(1)",
        controller=ControllerHead(
            name="Bonenhof B.V.", address=("Havenweg 12",), kvk="12345678", officer="A. Visser"
        ),
        period="01-01-2026 - 31-12-2026",
        made_by="M. de Wit",
        made_at=MADE_AT,
        journal_hash="3f9ac01b77de44aa90",
        language="en",
        blocks=blocks,
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def a_table(rows: int, text: str = "cell") -> Table:
    """A table with a number in each row, to be found again on paper."""
    columns = (Column("Number", 1, NUMBER), Column("What", 3))
    return Table(columns, tuple(Row((f"{row}", f"{text} row{row}.")) for row in range(rows)))


def sections(count: int) -> Iterator[Block]:
    """Headings of two levels with text, several pages of it."""
    for number in range(1, count + 1):
        yield Heading(1, f"Section {number}", f"s{number}")
        yield Paragraph(SENTENCE * 12)
        yield Heading(2, f"Record {number}-a")
        yield Paragraph(SENTENCE * 20)


def every_block(text: str) -> tuple[Block, ...]:
    """Every kind of block, with the same text wherever a text can stand."""
    return (
        Heading(1, text),
        Heading(2, text, note=text),
        Paragraph(text),
        Note(text),
        Pairs(((text, text),)),
        Table(
            (Column(text, 2), Column("n", 1, NUMBER), Column("d", 1, DAY)),
            (GroupRow(text, text), Row((text, text, text)), Row((text, "", ""))),
        ),
        Matrix(text, (text, "b"), (MatrixRow(text, (MARK, text)),)),
        BulletList((text, "b"), numbered=True),
        Steps((text, text), text),
        Missing((MissingItem(text, text),)),
        SummaryBox(((text, text), ("b", "c")), text),
        ClockLine((ClockMark(MADE_AT, text, START), ClockMark(MADE_AT, text, LIMIT)), MADE_AT),
        BarChart((Bar(text, 3), Bar("b", 0, text)), text),
        WriteLines(text, 2, text),
        Choices(text, (text, "b")),
        BigCode(text),
        SignOff((Signature(text, text),), text),
        PageBreak(),
        KeepTogether((Paragraph(text), Note(text))),
    )


def painted(document: Document) -> PdfReader:
    """The document as PDF, read back."""
    out = io.BytesIO()
    paint(document, out, invariant=True)
    out.seek(0)
    return PdfReader(out, strict=True)


def texts(document: Document) -> list[str]:
    """What stands on each page."""
    return [page.extract_text() for page in painted(document).pages]


def squeezed(text: str) -> str:
    """The text without spaces, line ends and hyphens, so that breaks do not matter."""
    return re.sub(r"[\s-]", "", text)
