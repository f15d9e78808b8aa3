"""Writes a document as plain text, for snapshots that a person can read."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privreg import formats
from privreg.reports.document import (
    BarChart,
    BigCode,
    BulletList,
    Choices,
    ClockLine,
    Heading,
    KeepTogether,
    Matrix,
    Missing,
    Note,
    PageBreak,
    Pairs,
    Paragraph,
    Row,
    SignOff,
    Steps,
    SummaryBox,
    Table,
    WriteLines,
    words,
)
from privreg.reports.kit.content import printed
from privreg.reports.kit.front import controller_lines, copy_word, fact_lines
from privreg.reports.kit.legible import legible, on_one_line
from privreg.reports.kit.pdf import in_language
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from privreg.reports.document import Block, Document, Labelled, Text

_UNDERLINES = {1: "=", 2: "-", 3: ""}


def plain(document: Document) -> str:
    """Return what the paper says, block by block, ending in a newline."""
    with in_language(document.language):
        lines = [*_head(document), *_body(printed(document.blocks))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _head(document: Document) -> Iterator[str]:
    yield on_one_line(document.title)
    if document.subtitle:
        yield on_one_line(document.subtitle)
    if document.copy:
        yield copy_word()
    if document.controller is not None:
        yield from (on_one_line(line) for line in controller_lines(document.controller))
    yield from _pairs(row for row in fact_lines(document))


def _body(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, KeepTogether):
            yield from _body(block.blocks)
        else:
            yield ""
            yield from _WRITERS[type(block)](block)


def _heading(heading: Heading) -> Iterator[str]:
    text = on_one_line(heading.text)
    yield f"{text}  [{on_one_line(heading.note)}]" if heading.note else text
    if underline := _UNDERLINES[min(max(heading.level, 1), 3)]:
        yield underline * len(text)


def _text(block: Paragraph | Note) -> Iterator[str]:
    yield from legible(words(block.text)).split("\n")


def _pairs(rows: Iterable[Labelled]) -> Iterator[str]:
    filled = [(on_one_line(label), words(value)) for label, value in rows if words(value).strip()]
    width = max((len(label) for label, _value in filled), default=0)
    for label, value in filled:
        first, *others = legible(value).split("\n")
        yield f"{label:<{width}}  {first}"
        yield from (" " * (width + 2) + other for other in others)


def _table(table: Table) -> Iterator[str]:
    if not any(isinstance(row, Row) for row in table.rows):
        yield legible(table.empty)
        return
    yield " | ".join(on_one_line(column.title) for column in table.columns)
    for row in table.rows:
        if isinstance(row, Row):
            yield " | ".join(on_one_line(words(each)) for each in row.cells)
        else:
            note = f"  [{on_one_line(row.note)}]" if row.note else ""
            yield f"* {on_one_line(words(row.text))}{note}"


def _matrix(matrix: Matrix) -> Iterator[str]:
    yield " | ".join(on_one_line(each) for each in (matrix.corner, *matrix.columns))
    for row in matrix.rows:
        yield " | ".join(on_one_line(each) for each in (words(row.head), *row.cells))


def _bullets(block: BulletList) -> Iterator[str]:
    items = [item for item in block.items if words(item).strip()]
    for number, item in enumerate(items, 1):
        yield from _marked(f"{number}." if block.numbered else "-", item)


def _steps(block: Steps) -> Iterator[str]:
    if block.title:
        yield on_one_line(block.title)
    for number, step in enumerate(step for step in block.steps if words(step).strip()):
        yield from _marked("->" if number else "  ", step)


def _missing(block: Missing) -> Iterator[str]:
    yield on_one_line(block.title or _("What is missing"))
    for item in block.items:
        article = f"  ({on_one_line(item.article)})" if item.article else ""
        yield from _marked("[ ]", f"{words(item.text)}{article}")


def _marked(mark: str, text: Text) -> Iterator[str]:
    first, *others = legible(words(text)).split("\n")
    yield f"{mark} {first}"
    yield from (" " * (len(mark) + 1) + other for other in others)


def _summary(box: SummaryBox) -> Iterator[str]:
    if box.title:
        yield on_one_line(box.title)
    yield from (f"| {line}" for line in _pairs(box.rows))


def _clock(line: ClockLine) -> Iterator[str]:
    for mark in sorted(line.marks, key=lambda mark: mark.at):
        yield f"|- {formats.moment(mark.at)}  {on_one_line(mark.label)} ({mark.mark.value})"


def _chart(chart: BarChart) -> Iterator[str]:
    if chart.title:
        yield on_one_line(chart.title)
    yield from _pairs((bar.label, bar.text or formats.number(bar.value)) for bar in chart.bars)


def _sign_off(block: SignOff) -> Iterator[str]:
    yield from (line for line in legible(words(block.text)).split("\n") if line)
    titles = (_("Name"), _("Function"), _("Date"), _("Signature"))
    for each in block.signatures:
        texts = (each.name, each.function, formats.day(each.on) if each.on else "", "")
        pairs = zip(titles, texts, strict=True)
        yield "   ".join(f"{title}: {on_one_line(text) or '______'}" for title, text in pairs)


def _write_lines(block: WriteLines) -> Iterator[str]:
    hint = f" ({on_one_line(block.help)})" if block.help else ""
    yield f"{on_one_line(block.label)}{hint}"
    yield from ["________"] * block.lines


def _choices(block: Choices) -> Iterator[str]:
    options = "   ".join(f"[ ] {on_one_line(option)}" for option in block.options)
    yield f"{on_one_line(block.label)}: {options}"


def _code(block: BigCode) -> Iterator[str]:
    yield on_one_line(block.text)


def _page_break(_block: PageBreak) -> Iterator[str]:
    yield "~ ~ ~"


_WRITERS: dict[type, Callable[[Any], Iterator[str]]] = {
    Heading: _heading,
    Paragraph: _text,
    Note: _text,
    Pairs: lambda pairs: _pairs(pairs.rows),
    Table: _table,
    Matrix: _matrix,
    BulletList: _bullets,
    Steps: _steps,
    Missing: _missing,
    SummaryBox: _summary,
    ClockLine: _clock,
    BarChart: _chart,
    SignOff: _sign_off,
    WriteLines: _write_lines,
    Choices: _choices,
    BigCode: _code,
    PageBreak: _page_break,
}
