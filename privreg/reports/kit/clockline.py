"""A line in time with its marks in proportion; told by shape and words, not by colour."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from privreg import formats
from privreg.reports.document import ClockLine, ClockMark, Mark
from privreg.reports.kit.lines import Line, fitting
from privreg.reports.kit.strips import Dot, Item, Polygon, Strip, Stroke, put
from privreg.reports.kit.style import (
    FRAME_WIDTH,
    GREY,
    HAIRLINE,
    INK,
    LINE,
    SMALL,
    SMALL_LABEL,
    WHITE,
)

if TYPE_CHECKING:
    from datetime import datetime

_WIDEST_LABEL = 170.0
_BETWEEN_LABELS = 10.0
_ROW = SMALL.leading * 2 + 3  # the label and its moment
_TO_LABEL = 10.0  # from the line to the first row of labels
_RADIUS = 3.6
_INSET = 6.0
_LABEL = SMALL_LABEL._replace(colour=INK)


class _Label(NamedTuple):
    """The two lines at a mark, where they start and how wide they are."""

    spot: float
    left: float
    width: float
    lines: tuple[Line, Line]


def clock_strips(line: ClockLine) -> list[Strip]:
    """Draw the line; labels that would touch go above it, and then further away."""
    if not line.marks:
        return []
    marks = sorted(line.marks, key=lambda mark: mark.at)
    labels = [_label(mark, _spot(mark.at, marks)) for mark in marks]
    rows = _rows(labels)
    above = sum(1 for row in set(rows) if row < 0)
    below = sum(1 for row in set(rows) if row > 0)
    y = above * _ROW + _TO_LABEL
    items: list[Item] = []
    for label, row in zip(labels, rows, strict=True):
        items += _written(label, row, y)
    items.append(Stroke(_INSET, y, FRAME_WIDTH - _INSET, y, 1.6, GREY))
    if line.filled_through is not None:
        end = _spot(line.filled_through, marks)
        items.append(Stroke(labels[0].spot, y, end, y, 3.2, INK))
    for mark, label in zip(marks, labels, strict=True):
        items += _shape(mark.mark, label.spot, y)
    return [Strip(y + _TO_LABEL + below * _ROW, items, gap=10.0)]


def _spot(at: datetime, marks: list[ClockMark]) -> float:
    start, end = marks[0].at, marks[-1].at
    whole = (end - start).total_seconds()
    share = (at - start).total_seconds() / whole if whole else 0.0
    return _INSET + min(max(share, 0.0), 1.0) * (FRAME_WIDTH - 2 * _INSET)


def _label(mark: ClockMark, spot: float) -> _Label:
    [first] = fitting(mark.label, _LABEL, _WIDEST_LABEL)
    [second] = fitting(formats.moment(mark.at), SMALL, _WIDEST_LABEL)
    width = max(first.width, second.width)
    left = min(max(spot - width / 2, 0.0), FRAME_WIDTH - width)
    return _Label(spot, left, width, (first, second))


def _rows(labels: list[_Label]) -> list[int]:
    """Give each label a row: 1 under the line, -1 above it, then 2, -2 and so on."""
    ends: dict[int, float] = {}
    rows: list[int] = []
    for label in labels:
        row = next(
            side * away
            for away in range(1, len(labels) + 1)
            for side in (1, -1)
            if ends.get(side * away, 0.0) <= label.left
        )
        ends[row] = label.left + label.width + _BETWEEN_LABELS
        rows.append(row)
    return rows


def _written(label: _Label, row: int, y: float) -> list[Item]:
    top = y + _TO_LABEL + (row - 1) * _ROW if row > 0 else y - _TO_LABEL + row * _ROW + 3
    items: list[Item] = []
    if abs(row) > 1:
        end = top if row > 0 else top + _ROW
        items.append(Stroke(label.spot, y, label.spot, end, HAIRLINE, LINE))
    for text, style in zip(label.lines, (_LABEL, SMALL), strict=True):
        x = min(max(label.spot - text.width / 2, 0.0), FRAME_WIDTH - text.width)
        items += put([text], style, x, top)
        top += style.leading
    return items


def _shape(mark: Mark, x: float, y: float) -> tuple[Item, ...]:
    r = _RADIUS
    if mark is Mark.START:
        return (Dot(x, y, r),)
    if mark is Mark.LIMIT:
        return (Stroke(x, y - 7, x, y + 7, 2.2, INK),)
    if mark is Mark.NOW:
        points = ((x, y), (x - r, y - 7), (x + r, y - 7))
        return (Polygon(points, WHITE), Polygon(points, INK, 0.8))
    if mark is Mark.DONE:
        ticks = ((x - 1.9, y, x - 0.5, y + 1.6), (x - 0.5, y + 1.6, x + 2.0, y - 1.6))
        return (Dot(x, y, r + 1.2, INK), *(Stroke(*tick, 1.1, WHITE) for tick in ticks))
    return (Dot(x, y, r, WHITE), Dot(x, y, r, GREY, 1.0))
