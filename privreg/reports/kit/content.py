"""What of a report is printed: blocks without content are not, nor the headings over them."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.reports.document import (
    BarChart,
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
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from privreg.reports.document import Block

_RECORD = 2  # a heading of this level names a record and is always printed


def printed(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Leave out empty blocks, and headings of sections and parts with nothing under them."""
    kept: list[Block] = []
    for block in reversed([*_within(blocks)]):
        if isinstance(block, Heading) and block.level != _RECORD and _is_bare(block, kept):
            continue
        kept.append(block)
    return tuple(reversed(kept))


def _within(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        if isinstance(block, KeepTogether):
            inner = printed(block.blocks)
            if inner:
                yield KeepTogether(inner)
        elif not _is_empty(block):
            yield block


def _is_bare(heading: Heading, after: list[Block]) -> bool:
    """Tell whether the next printed block, the last of `after`, is no part of the heading.

    The list of what is missing has a title of its own and belongs to no part.
    """
    following = next((block for block in reversed(after) if not isinstance(block, PageBreak)), None)
    if following is None or isinstance(following, Missing):
        return True
    return isinstance(following, Heading) and following.level <= heading.level


def _is_empty(block: Block) -> bool:  # noqa: C901, PLR0911  (one line per kind of block)
    match block:
        case Paragraph(text) | Note(text):
            return not words(text).strip()
        case Pairs(rows) | SummaryBox(rows):
            return not any(words(value).strip() for _label, value in rows)
        case Table():
            return not block.empty and not any(isinstance(row, Row) for row in block.rows)
        case Matrix():
            return not block.rows or not block.columns
        case BulletList(items) | Steps(items):
            return not any(words(item).strip() for item in items)
        case Missing(items):
            return not items
        case ClockLine(marks):
            return not marks
        case SignOff(signatures):
            return not signatures
        case BarChart(bars):
            return not bars
        case Choices(options=options):
            return not options
    return False
