"""Headings: where they stand, what keys lead to them."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.reports.kit.legible import on_one_line
from privreg.reports.kit.lines import fitting, wrap
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
    from privreg.reports.kit.lines import Line

_LOWEST = 3
_NOTE_WIDTH = 0.3  # of the frame
_NOTE_LINES = 3


def heading_strips(heading: Heading) -> list[Strip]:
    """Set a heading, its note at the right; it stays with what follows."""
    level = min(max(heading.level, 1), _LOWEST)
    style = HEADINGS[level]
    note = fitting(heading.note, SMALL, FRAME_WIDTH * _NOTE_WIDTH, _NOTE_LINES)
    beside = FRAME_WIDTH * _NOTE_WIDTH + GUTTER if heading.note else 0.0
    text = on_one_line(heading.text)
    strips = [
        Strip(style.leading, put([line], style, 0.0, 0.0), Glue.FIRM)
        for line in wrap(text, style, FRAME_WIDTH - beside)
    ]
    first = strips[0]
    first.gap, first.fresh = SPACE_ABOVE_HEADING[level], heading.new_page
    first.target = Target(level, text, heading.anchor, heading.in_contents)
    if heading.note:
        _add_note(strips, note, baseline(style) - baseline(SMALL))
    return strips


def _add_note(strips: list[Strip], note: list[Line], top: float) -> None:
    """Set the note on the heading's first line, its own further lines under it."""
    for line in note:
        strips[0].items += put([line], SMALL, FRAME_WIDTH - line.width, top)
        top += SMALL.leading
    strips[-1].height = max(strips[-1].height, top - sum(each.height for each in strips[:-1]))
