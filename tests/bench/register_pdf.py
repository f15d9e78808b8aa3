"""Measures the register of processing on paper against bare ReportLab over the same blocks.

Run: `python -m tests.bench.register_pdf`. The register is built from plain values (findings,
terms and all) and painted: at most 2 x one pass of bare ReportLab over the same tables and
paragraphs for 100 activities with everything filled in, at most 11 x that for 1,000.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io
import sys
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from privreg.registers.declaration import FieldSpec, Kind
from privreg.registers.register_list import register_of
from privreg.reports.document import (
    BulletList,
    GroupRow,
    Heading,
    KeepTogether,
    Matrix,
    Missing,
    Note,
    Pairs,
    Paragraph,
    SummaryBox,
    Table,
    words,
)
from privreg.reports.kit.pdf import paint
from privreg.reports.register import register
from tests.bench.pdf_kit import MOST_OF_BARE, MOST_OF_TENFOLD, seconds
from tests.registers.builders import a
from tests.reports.books import a_book, a_processor, of_group, of_kind, row, the_controller

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from privreg.registers.declaration import Values
    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document

_SENTENCE = (
    "The data are used to perform the agreement with the tenant of storage room {n}, to open the "
    "gate of the building at the hours agreed and to collect the rent of contract {m}. "
)
_WIDTH = 482.0  # points
_LABEL = 119.0
GROUPS, KINDS, PARTIES, RULES = 5, 6, 6, 12


def prose(number: int, times: int = 2) -> str:
    """Return some sentences, different for every number."""
    return "".join(_SENTENCE.format(n=number + at, m=number * 31 + at) for at in range(times))


class Surroundings:
    """The other registers that activities refer to."""

    def __init__(self) -> None:
        self.controller = the_controller()
        self.groups = [of_group(f"Group {n}", is_children=n == 1) for n in range(GROUPS)]
        self.kinds = [of_kind(f"Kind of data {n}", is_high_risk=n == 2) for n in range(KINDS)]
        self.parties = [{**a_processor(), "name": f"Party {n} B.V."} for n in range(PARTIES)]
        self.measures = [
            a("measures", name=f"Measure {n}", description=prose(n, 1)) for n in range(RULES)
        ]
        self.rules = [self._rule(number) for number in range(RULES)]

    def _rule(self, number: int) -> Values:
        return a(
            "rules",
            number=f"BT-{number:04d}",
            name=f"Rule {number}",
            kind_id=self.kinds[number % KINDS]["id"],
            event="contract_ended",
            period=f"P{number + 1}Y",
            source=prose(number, 1),
        )

    def records(self) -> Iterator[tuple[str, Values]]:
        """Yield every record with its register."""
        yield "controllers", self.controller
        for slug in ("groups", "kinds", "parties", "measures", "rules"):
            yield from ((slug, values) for values in getattr(self, slug))

    def activity(self, number: int) -> Values:
        """Return an activity with everything filled in."""
        values = a("activities", number=f"VA-{number:04d}", name=f"Letting storage {number}")
        _fill(values, register_of("activities").fields, number)
        values["controllers"] = [self.controller["id"]]
        values["purposes"] = [_row_of("purposes", number + at) for at in range(3)]
        values["data"] = [
            _row_of("data", number, kind_id=kind["id"], group_id=group["id"])
            for kind in self.kinds
            for group in self.groups[:2]
        ]
        values["recipients"] = [
            _row_of(
                "recipients",
                number,
                party_id=party["id"],
                kinds=[str(kind["id"]) for kind in self.kinds[:2]],
            )
            for party in self.parties
        ]
        values["rules"] = [each["id"] for each in self.rules]
        values["measures"] = [each["id"] for each in self.measures]
        return values


def _row_of(name: str, number: int, **values: Any) -> Values:
    made = row()
    _fill(made, register_of("activities").field(name).fields, number)
    return {**made, **values}


def _fill(values: Values, specs: Iterable[FieldSpec], number: int) -> None:
    for spec in specs:
        if spec.name in ("name", "number", "role"):
            continue
        if spec.kind is Kind.TEXT:
            values[spec.name] = prose(number)
        elif spec.kind is Kind.LINE:
            values[spec.name] = f"{spec.label} {number}"
        elif spec.kind is Kind.DAY:
            values[spec.name] = date(2027, 1, 1)
        elif spec.kind is Kind.YES_NO:
            values[spec.name] = True
        elif spec.kind is Kind.CHOICE and spec.choices:
            values[spec.name] = spec.choices[-1].code


def a_book_of(activities: int) -> Book:
    """Return a book with so many activities."""
    around = Surroundings()
    made = (("activities", around.activity(number)) for number in range(activities))
    return a_book(*around.records(), *made, number="RP-2026-0001")


def printed(book: Book) -> Document:
    """Build the register and paint it."""
    document = register(book)
    paint(document, io.BytesIO())
    return document


def bare(document: Document) -> bytes:
    """Set the same tables and paragraphs in one pass of ReportLab, without extras."""
    from reportlab.platypus import SimpleDocTemplate  # noqa: PLC0415

    out = io.BytesIO()
    SimpleDocTemplate(out).build([each for b in document.blocks for each in _flowables(b)])
    return out.getvalue()


def _flowables(block: Block) -> list[Any]:
    if isinstance(block, KeepTogether):
        return [each for inner in block.blocks for each in _flowables(inner)]
    lines = [line for line in _lines(block) if any(line)]
    if isinstance(block, Pairs | SummaryBox | Table | Matrix):
        return [_table(lines, is_pairs=isinstance(block, Pairs | SummaryBox))] if lines else []
    return [_flowing(line[0]) for line in lines]


def _lines(block: Block) -> Iterator[list[str]]:
    match block:
        case Pairs(rows) | SummaryBox(rows):
            yield from ([label, words(value)] for label, value in rows if words(value))
        case Table(columns, rows):
            yield [column.title for column in columns]
            for line in rows:
                if not isinstance(line, GroupRow):
                    yield [words(cell) for cell in line.cells]
        case Matrix(corner, titles, rows):
            yield [corner, *titles]
            yield from ([words(line.head), *line.cells] for line in rows)
        case BulletList(items):
            yield from ([words(item)] for item in items)
        case Missing(items):
            yield from ([f"{words(item.text)} {item.article}"] for item in items)
        case Heading(text=text) | Paragraph(text) | Note(text):
            yield [words(text)]
        case _:
            raise TypeError(block)


def _table(lines: list[list[str]], *, is_pairs: bool) -> Any:
    from reportlab.platypus import Table as Tabled  # noqa: PLC0415

    count = len(lines[0])
    widths = (_LABEL, _WIDTH - _LABEL) if is_pairs else (_WIDTH / count,) * count
    cells = [[_flowing(cell) for cell in line] for line in lines]
    return Tabled(cells, colWidths=widths, style=_STYLE, repeatRows=0 if is_pairs else 1)


def _flowing(text: str) -> Any:
    from reportlab.platypus import Paragraph as Flowing  # noqa: PLC0415

    return Flowing(escape(text).replace("\n", "<br/>"), _style())


@cache
def _style() -> Any:
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415

    return ParagraphStyle("body", fontName="NotoSans-Regular", fontSize=9, leading=12)


_STYLE = (("LINEBELOW", (0, 0), (-1, -1), 0.4, "grey"), ("VALIGN", (0, 0), (-1, -1), "TOP"))


def measure(times: int = 2) -> dict[str, float]:
    """Return seconds: building and painting 100 and 1,000 activities, bare ReportLab for 100."""
    printed(a_book_of(1))  # loads typefaces and lists for all
    hundred, thousand = a_book_of(100), a_book_of(1000)
    document = register(hundred)
    return {
        "built 100": seconds(lambda: register(hundred), times),
        "printed 100": seconds(lambda: printed(hundred), times),
        "bare 100": seconds(lambda: bare(document), times),
        "printed 1000": seconds(lambda: printed(thousand), 1),
    }


def main() -> int:
    """Print the figures; 1 when a goal is missed."""
    taken = measure()
    to_bare = taken["printed 100"] / taken["bare 100"]
    to_tenth = taken["printed 1000"] / taken["printed 100"]
    lines = [f"{name:>13} {value:7.2f} s" for name, value in taken.items()]
    lines += [
        f"built and printed / bare, 100 activities: {to_bare:.2f} (goal {MOST_OF_BARE})",
        f"1,000 / 100 activities: {to_tenth:.2f} (goal {MOST_OF_TENFOLD})",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if to_bare <= MOST_OF_BARE and to_tenth <= MOST_OF_TENFOLD else 1


if __name__ == "__main__":
    sys.exit(main())
