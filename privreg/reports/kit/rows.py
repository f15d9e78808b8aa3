"""Rows of cells over a hairline; a very tall row may be cut between its lines."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from privreg.reports.kit.lines import fitting, wrap
from privreg.reports.kit.strips import Glue, Item, Strip, Stroke, never_one_alone, put
from privreg.reports.kit.style import (
    ABOVE_CELL,
    BELOW_CELL,
    CELL_HEAD,
    FRAME_HEIGHT,
    FRAME_WIDTH,
    GREY,
    GUTTER,
    HAIRLINE,
    LINE,
    RULE,
    Style,
)

if TYPE_CHECKING:
    from privreg.reports.document import Text
    from privreg.reports.kit.lines import Line

WHOLE_WITHIN = 0.3 * FRAME_HEIGHT

_HEAD_LINES = 6
_STANDS_ALONE = 88.0  # points: a row of seven lines on a page of its own looks like no stray

TO_LEFT = 0.0
CENTRED = 0.5
TO_RIGHT = 1.0


class Place(NamedTuple):
    """Where a column stands."""

    x: float
    width: float


class Cell(NamedTuple):
    """A text broken into lines at its place in the row."""

    place: Place
    lines: list[Line]
    style: Style
    side: float = TO_LEFT


def cell(text: Text, style: Style, place: Place, side: float = TO_LEFT) -> Cell:
    """Break a text into the lines of a cell."""
    return Cell(place, wrap(text, style, place.width), style, side)


def side_by_side(widths: list[float]) -> list[Place]:
    """Place columns beside each other with a gutter between them."""
    places: list[Place] = []
    x = 0.0
    for width in widths:
        places.append(Place(x, width))
        x += width + GUTTER
    return places


def row_strips(cells: list[Cell], above: float = ABOVE_CELL) -> list[Strip]:
    """Set cells side by side; a row taller than a third of a page becomes a strip per line."""
    if _height(cells) > WHOLE_WITHIN:
        return _sliced(cells, above)
    return [whole_row(cells, above)]


def whole_row(cells: list[Cell], above: float = ABOVE_CELL) -> Strip:
    """Set cells side by side over a hairline, in one strip."""
    height = above + _height(cells) + BELOW_CELL
    items = [item for each in cells for item in _set(each, above)]
    items.append(Stroke(0.0, height, FRAME_WIDTH, height, HAIRLINE, LINE))
    return Strip(height, items)


def head_row(cells: list[Cell]) -> Strip:
    """Set the head of a table: titles end at the same line."""
    tallest = _height(cells)
    items: list[Item] = []
    for each in cells:
        items += _set(each, tallest - len(each.lines) * each.style.leading)
    height = tallest + BELOW_CELL
    items.append(Stroke(0.0, height, FRAME_WIDTH, height, RULE, GREY))
    return Strip(height, items, Glue.FIRM)


def head_cell(title: str, place: Place, side: float = TO_LEFT) -> Cell:
    """Break the title of a column into lines."""
    return Cell(place, fitting(title, CELL_HEAD, place.width, _HEAD_LINES), CELL_HEAD, side)


def never_one_row_alone(rows: list[list[Strip]]) -> list[Strip]:
    """Hold the first two rows and the last two together; a row may be several strips.

    A tall row may stand by itself: holding on to it would leave half a page empty.
    """
    if len(rows) > 1:
        for edge, before in ((rows[0], rows[0]), (rows[-1], rows[-2])):
            if sum(strip.height for strip in edge) < _STANDS_ALONE:
                before[-1].glue = Glue.FIRM
    return [strip for row in rows for strip in row]


def _height(cells: list[Cell]) -> float:
    return max((len(each.lines) * each.style.leading for each in cells), default=0.0)


def _set(each: Cell, top: float) -> list[Item]:
    if each.side == TO_LEFT:
        return put(each.lines, each.style, each.place.x, top)
    items: list[Item] = []
    for line in each.lines:
        x = each.place.x + (each.place.width - line.width) * each.side
        items += put([line], each.style, x, top)
        top += each.style.leading
    return items


def _sliced(cells: list[Cell], above: float) -> list[Strip]:
    leading = max(each.style.leading for each in cells)
    count = max(len(each.lines) for each in cells)
    strips = [_slice(cells, number, leading, above) for number in range(count)]
    last = strips[-1]
    last.height += BELOW_CELL
    last.items.append(Stroke(0.0, last.height, FRAME_WIDTH, last.height, HAIRLINE, LINE))
    return never_one_alone(strips)


def _slice(cells: list[Cell], number: int, leading: float, above: float) -> Strip:
    top = above if number == 0 else 0.0
    items: list[Item] = []
    for each in cells:
        items += _set(each._replace(lines=each.lines[number : number + 1]), top)
    return Strip(top + leading, items)
