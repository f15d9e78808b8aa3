"""Headings: where they stand, what keys lead to them."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.reports.kit.legible import on_one_line
from privreg.reports.kit.lines import wrap
from privreg.reports.kit.rows import Place, cell
from privreg.reports.kit.strips import Glue, Strip, Target, put
from privreg.reports.kit.style import (
    FRAME_WIDTH,
    GUTTER,
    HEADINGS,
    SMALL,
    SPACE_ABOVE_HEADING,
    baseline,
)

if TYPE_CHECKING:
    from privreg.reports.document import Heading

_LOWEST = 3
_NOTE_WIDTH = 0.3  # of the frame
_RECORD = 2  # the level with a line above it


def heading_strips(heading: Heading) -> list[Strip]:
    """Set a heading, its note at the right; it stays with what follows."""
    level = min(max(heading.level, 1), _LOWEST)
    style = HEADINGS[level]
    note_width = FRAME_WIDTH * _NOTE_WIDTH if heading.note else 0.0
    lines = wrap(on_one_line(heading.text), style, FRAME_WIDTH - note_width - GUTTER)
    items = put(lines, style, 0.0, 0.0)
    if heading.note:
        note = cell(on_one_line(heading.note), SMALL, Place(FRAME_WIDTH - note_width, note_width))
        line = note.lines[0]
        drop = baseline(style) - baseline(SMALL)
        items += put([line], SMALL, FRAME_WIDTH - line.width, drop)
    target = Target(level, on_one_line(heading.text), heading.anchor, heading.in_contents)
    return [
        Strip(
            len(lines) * style.leading,
            items,
            Glue.FIRM,
            SPACE_ABOVE_HEADING[level],
            target=target,
            fresh=heading.new_page,
        )
    ]
