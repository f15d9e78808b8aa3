"""Measures the report kit against one pass of bare ReportLab over the same words.

Run: `python -m tests.bench.pdf_kit`. Prints seconds and ratios: at most 2 x bare for 100
activities, and at most 11 x that for 1,000.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gc
import io
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from privreg.reports.document import (
    DAY,
    MARK,
    Block,
    BulletList,
    Column,
    ControllerHead,
    Document,
    Heading,
    Matrix,
    MatrixRow,
    Missing,
    MissingItem,
    Pairs,
    Paragraph,
    Row,
    Strong,
    Table,
    words,
)
from privreg.reports.kit.pdf import paint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_OF_BARE = 2.0
MOST_OF_TENFOLD = 11.0
_SENTENCE = (
    "The data are used to perform the agreement with the tenant of a storage room, to open the "
    "gate of building {n} at the hours agreed and to collect the rent of contract {m}. "
)
_GROUPS = ("Visitors", "Tenants", "Former tenants", "Suppliers", "Applicants")
_KINDS = ("Name and address", "Bank account", "Access log", "Copy of ID", "Call recording")


def _text(number: int, times: int) -> str:
    return "".join(_SENTENCE.format(n=number + at, m=number * 31 + at) for at in range(times))


def activity(number: int) -> Iterator[Block]:
    """One activity with everything filled in: two pages or so."""
    yield Heading(2, f"VA-2026-{number:04d} Letting of storage {number}", f"a{number}")
    labels = ("Purpose", "Ground", "Interest", "Balancing", "Owner", "System", "Review", "DPIA")
    yield Pairs(tuple((label, _text(number, 1 + at % 3)) for at, label in enumerate(labels)))
    yield Heading(3, "People and data")
    rows = (MatrixRow(kind, (MARK, MARK, "", "160 w", MARK)) for kind in _KINDS)
    yield Matrix("Kind of data", _GROUPS, tuple(rows))
    for title, count in (("Recipients", 8), ("Retention", 8), ("Measures", 10)):
        yield Heading(3, title)
        yield _table(number, count)
    yield Paragraph((Strong("Remarks. "), _text(number, 3)))
    yield BulletList(tuple(_text(number + at, 1) for at in range(4)))
    yield Missing((MissingItem("No term for the copy of the ID", "GDPR 30(1)(f)"),))


def _table(number: int, count: int) -> Table:
    columns = (Column("Name", 2), Column("What", 3), Column("Role", 1), Column("Since", 1, DAY))
    rows = (
        Row((f"Party {number} {at} B.V.", _text(at, 1), "processor", f"{at + 10}-03-2026"))
        for at in range(count)
    )
    return Table(columns, tuple(rows))


def register(activities: int) -> Document:
    """A register of so many activities."""
    return Document(
        kind="register",
        number="RP-2026-0001",
        title="Register of processing activities",
        controller=ControllerHead(name="Bonenhof B.V.", address=("Havenweg 12",), kvk="12345678"),
        made_by="M. de Wit",
        made_at=datetime(2026, 4, 3, 15, 30, tzinfo=UTC),
        journal_hash="3f9ac01b77de44aa90",
        language="en",
        blocks=tuple(block for number in range(activities) for block in activity(number)),
    )


def bare(document: Document) -> bytes:
    """One pass of bare ReportLab over the same tables and paragraphs, without extras."""
    from reportlab.platypus import SimpleDocTemplate  # noqa: PLC0415

    out = io.BytesIO()
    story = [each for block in document.blocks for each in _flowables(block)]
    SimpleDocTemplate(out).build(story)
    return out.getvalue()


def _flowables(block: Block) -> list[Any]:
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415
    from reportlab.platypus import Paragraph as Flowing  # noqa: PLC0415
    from reportlab.platypus import Table as Tabled  # noqa: PLC0415

    style = ParagraphStyle("body", fontName="NotoSans-Regular", fontSize=9, leading=12)

    def flowing(text: Any) -> Any:
        return Flowing(escape(words(text)), style)

    if isinstance(block, Pairs):
        rows = [[flowing(label), flowing(value)] for label, value in block.rows]
        return [Tabled(rows, colWidths=(119, 363), style=_STYLE)]
    if isinstance(block, Matrix):
        head = [flowing(each) for each in (block.corner, *block.columns)]
        body = [[flowing(row.head), *map(flowing, row.cells)] for row in block.rows]
        return [Tabled([head, *body], colWidths=(132, *[70] * 5), style=_STYLE, repeatRows=1)]
    if isinstance(block, Table):
        head = [flowing(column.title) for column in block.columns]
        body = [[flowing(each) for each in row.cells] for row in block.rows if isinstance(row, Row)]
        return [Tabled([head, *body], colWidths=(120, 240, 62, 60), style=_STYLE, repeatRows=1)]
    if isinstance(block, BulletList):
        return [flowing(item) for item in block.items]
    if isinstance(block, Missing):
        return [flowing(f"{words(item.text)} {item.article}") for item in block.items]
    if isinstance(block, Heading | Paragraph):
        return [flowing(block.text)]
    raise TypeError(block)


_STYLE = (("LINEBELOW", (0, 0), (-1, -1), 0.4, "grey"), ("VALIGN", (0, 0), (-1, -1), "TOP"))


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Return the shortest of a few runs, in seconds of the processor: others may be at work."""
    taken = []
    for _number in range(times):
        gc.collect()
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def measure(times: int = 3) -> dict[str, float]:
    """Return seconds of the kit and of bare ReportLab for 100 activities, and of 1,000."""
    hundred, thousand = register(100), register(1000)
    paint(register(1), io.BytesIO())  # loads the typefaces for both
    return {
        "kit 100": seconds(lambda: paint(hundred, io.BytesIO()), times),
        "bare 100": seconds(lambda: bare(hundred), times),
        "kit 1000": seconds(lambda: paint(thousand, io.BytesIO()), 2),
    }


def main() -> int:
    """Print the figures; 1 when a goal is missed."""
    taken = measure()
    to_bare = taken["kit 100"] / taken["bare 100"]
    to_tenth = taken["kit 1000"] / taken["kit 100"]
    lines = [f"{name:>9} {value:7.2f} s" for name, value in taken.items()]
    lines += [
        f"kit / bare, 100 activities: {to_bare:.2f} (goal {MOST_OF_BARE})",
        f"1,000 / 100 activities: {to_tenth:.2f} (goal {MOST_OF_TENFOLD})",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if to_bare <= MOST_OF_BARE and to_tenth <= MOST_OF_TENFOLD else 1


if __name__ == "__main__":
    sys.exit(main())
