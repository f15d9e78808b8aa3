"""Running text and lists as strips, a line each, so that they may part between pages."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.reports.document import words
from privreg.reports.kit.lines import wrap
from privreg.reports.kit.rows import TO_RIGHT, Place, cell, never_one_row_alone, row_strips
from privreg.reports.kit.strips import Glue, Strip, glued, never_one_alone, put
from privreg.reports.kit.style import (
    BODY,
    FRAME_WIDTH,
    GREY,
    GUTTER,
    MM,
    SMALL,
    STRONG,
    Style,
)
from privreg.translation import _

if TYPE_CHECKING:
    from privreg.reports.document import BulletList, Missing, Note, Paragraph, Steps, Text

_INDENT = 14.0
_SPACE_BETWEEN = 2.0
_TICK = "\u25a1"  # an open box: still to be done
_BULLET = "\u2022"
_ARROW = "\u2192"
_ARTICLE = 38 * MM
_WHOLE_STEPS = 12


def paragraph_strips(paragraph: Paragraph) -> list[Strip]:
    """Set running text; no single line at the end or the start of a page."""
    return _text_strips(paragraph.text, BODY)


def note_strips(note: Note) -> list[Strip]:
    """Set a remark, small and grey."""
    return _text_strips(note.text, SMALL)


def bullet_strips(block: BulletList) -> list[Strip]:
    """Set items one under another with a bullet or a number."""
    items = [item for item in block.items if words(item).strip()]
    rows = [
        _marked(f"{number}." if block.numbered else _BULLET, item)
        for number, item in enumerate(items, 1)
    ]
    return never_one_row_alone(rows)


def step_strips(block: Steps) -> list[Strip]:
    """Set the steps that led to a date, each after an arrow but the first."""
    steps = [step for step in block.steps if words(step).strip()]
    rows = [_marked(_ARROW if number else "", step) for number, step in enumerate(steps)]
    titles = _text_strips(block.title, STRONG) if block.title and rows else []
    strips = [*titles, *never_one_row_alone(rows)]
    return glued(strips, Glue.KEPT if len(rows) <= _WHOLE_STEPS else Glue.NONE)


def missing_strips(block: Missing) -> list[Strip]:
    """Set the list of what is missing: an open box, the words, the article at the right."""
    if not block.items:
        return []
    title = _text_strips(block.title or _("What is missing"), STRONG)
    rows = [_missing(item.text, item.article) for item in block.items]
    title[-1].glue = Glue.FIRM
    return [*title, *never_one_row_alone(rows)]


def _missing(text: Text, article: str) -> list[Strip]:
    beside = Place(_INDENT, FRAME_WIDTH - _INDENT - _ARTICLE - GUTTER)
    right = Place(FRAME_WIDTH - _ARTICLE, _ARTICLE)
    cells = [cell(_TICK, BODY, Place(0.0, _INDENT)), cell(text, BODY, beside)]
    if article:
        cells.append(cell(article, SMALL._replace(leading=BODY.leading), right, TO_RIGHT))
    return row_strips(cells)


def _marked(mark: str, text: Text) -> list[Strip]:
    lines = wrap(text, BODY, FRAME_WIDTH - _INDENT)
    strips = [
        Strip(BODY.leading, put([line], BODY, _INDENT, 0.0), gap=0.0 if number else _SPACE_BETWEEN)
        for number, line in enumerate(lines)
    ]
    strips[0].items += put(wrap(mark, BODY._replace(colour=GREY), _INDENT), BODY, 0.0, 0.0)
    return never_one_alone(strips)


def _text_strips(text: Text, style: Style) -> list[Strip]:
    if not words(text).strip():
        return []
    lines = wrap(text, style, FRAME_WIDTH)
    return never_one_alone([Strip(style.leading, put([line], style, 0.0, 0.0)) for line in lines])
