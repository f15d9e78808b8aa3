"""A line in time with its marks in proportion; told by shape and words, not by colour."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg import formats
from privreg.reports.document import ClockLine, ClockMark, Mark
from privreg.reports.kit.lines import wrap
from privreg.reports.kit.strips import Dot, Item, Polygon, Strip, Stroke, put
from privreg.reports.kit.style import FRAME_WIDTH, GREY, INK, LINE, SMALL, SMALL_LABEL, WHITE

if TYPE_CHECKING:
    from datetime import datetime

_LABEL_WIDTH = 100.0
_ROW = SMALL.leading * 2 + 4  # the label and its moment
_RADIUS = 3.6
_INSET = 6.0


def clock_strips(line: ClockLine) -> list[Strip]:
    """Draw the line; labels that would touch stand in rows under each other."""
    if not line.marks:
        return []
    marks = sorted(line.marks, key=lambda mark: mark.at)
    spots = [_spot(mark.at, marks) for mark in marks]
    rows = _rows(spots)
    items: list[Item] = [_track(_INSET, FRAME_WIDTH - _INSET, 1.6, LINE)]
    if line.filled_through is not None:
        items.append(_track(spots[0], _spot(line.filled_through, marks), 3.2, INK))
    for mark, spot, row in zip(marks, spots, rows, strict=True):
        items += _marked(mark, spot, row)
    return [Strip(_Y + _RADIUS + 8 + (max(rows) + 1) * _ROW, items, gap=10.0)]


_Y = 8.0  # of the line, under the top of the strip


def _spot(at: datetime, marks: list[ClockMark]) -> float:
    start, end = marks[0].at, marks[-1].at
    whole = (end - start).total_seconds()
    share = (at - start).total_seconds() / whole if whole else 0.0
    return _INSET + min(max(share, 0.0), 1.0) * (FRAME_WIDTH - 2 * _INSET)


def _track(start: float, end: float, weight: float, colour: tuple[float, float, float]) -> Stroke:
    return Stroke(start, _Y, end, _Y, weight, colour)


def _rows(spots: list[float]) -> list[int]:
    """Give each label the first row in which it does not touch the one before it."""
    ends: list[float] = []
    rows: list[int] = []
    for spot in spots:
        left = _label_left(spot)
        row = next((at for at, end in enumerate(ends) if end <= left), len(ends))
        ends[row : row + 1] = [left + _LABEL_WIDTH]
        rows.append(row)
    return rows


def _label_left(spot: float) -> float:
    return min(max(spot - _LABEL_WIDTH / 2, 0.0), FRAME_WIDTH - _LABEL_WIDTH)


def _marked(mark: ClockMark, spot: float, row: int) -> list[Item]:
    top = _Y + _RADIUS + 6 + row * _ROW
    items: list[Item] = [*_shape(mark.mark, spot)]
    if row:
        items.insert(0, Stroke(spot, _Y, spot, top, 0.4, LINE))
    for text, style in (
        (mark.label, SMALL_LABEL._replace(colour=INK)),
        (formats.moment(mark.at), SMALL),
    ):
        for text_line in wrap(text, style, _LABEL_WIDTH)[:1]:
            x = min(max(spot - text_line.width / 2, 0.0), FRAME_WIDTH - text_line.width)
            items += put([text_line], style, x, top)
        top += style.leading
    return items


def _shape(mark: Mark, x: float) -> tuple[Item, ...]:
    r = _RADIUS
    if mark is Mark.START:
        return (Dot(x, _Y, r),)
    if mark is Mark.LIMIT:
        return (Stroke(x, _Y - 7, x, _Y + 7, 2.2, INK),)
    if mark is Mark.NOW:
        points = ((x, _Y), (x - r, _Y - 7), (x + r, _Y - 7))
        return (Polygon(points, WHITE), Polygon(points, INK, 0.8))
    if mark is Mark.DONE:
        ticks = ((x - 1.9, _Y, x - 0.5, _Y + 1.6), (x - 0.5, _Y + 1.6, x + 2.0, _Y - 1.6))
        return (Dot(x, _Y, r + 1.2, INK), *(Stroke(*tick, 1.1, WHITE) for tick in ticks))
    return (Dot(x, _Y, r, WHITE), Dot(x, _Y, r, GREY, 1.0))
