"""Turns the blocks of a report into strips, one under another."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    SignOff,
    Steps,
    SummaryBox,
    Table,
    WriteLines,
)
from privreg.reports.kit.clockline import clock_strips
from privreg.reports.kit.headings import heading_strips
from privreg.reports.kit.panels import (
    chart_strips,
    choices_strips,
    code_strips,
    sign_off_strips,
    summary_strips,
    write_strips,
)
from privreg.reports.kit.strips import Glue, Strip, glued
from privreg.reports.kit.tables import matrix_strips, pairs_strips, table_strips
from privreg.reports.kit.texts import (
    bullet_strips,
    missing_strips,
    note_strips,
    paragraph_strips,
    step_strips,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from privreg.reports.document import Block

SPACE_ABOVE = 7.0
SPACE_UNDER_HEADING = 3.0

_SETTERS: dict[type, Callable[[Any], list[Strip]]] = {
    Heading: heading_strips,
    Paragraph: paragraph_strips,
    Note: note_strips,
    Pairs: pairs_strips,
    Table: table_strips,
    Matrix: matrix_strips,
    BulletList: bullet_strips,
    Steps: step_strips,
    Missing: missing_strips,
    SummaryBox: summary_strips,
    ClockLine: clock_strips,
    BarChart: chart_strips,
    SignOff: sign_off_strips,
    WriteLines: write_strips,
    Choices: choices_strips,
    BigCode: code_strips,
}


def strips_of(blocks: Iterable[Block]) -> Iterator[list[Strip]]:
    """Set the blocks in order, the strips of each as a list; a block without text gives none."""
    fresh, space = False, SPACE_ABOVE
    for block in blocks:
        if isinstance(block, PageBreak):
            fresh = True
            continue
        strips = _together(block) if isinstance(block, KeepTogether) else _set(block)
        if not strips:
            continue
        first = strips[0]
        first.gap = max(first.gap, space)
        first.fresh, fresh = first.fresh or fresh, False
        space = SPACE_UNDER_HEADING if strips[-1].target else SPACE_ABOVE
        yield strips


def _set(block: Block) -> list[Strip]:
    return _SETTERS[type(block)](block)


def _together(block: KeepTogether) -> list[Strip]:
    return glued([strip for part in strips_of(block.blocks) for strip in part], Glue.KEPT)
