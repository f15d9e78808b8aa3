"""Pairs, tables and matrices as strips."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.reports.document import MARK, GroupRow, Kind, Matrix, Pairs, Row, Table, words
from privreg.reports.kit.lines import natural_width, widest_word, wrap
from privreg.reports.kit.rows import (
    CENTRED,
    TO_LEFT,
    TO_RIGHT,
    Cell,
    Place,
    cell,
    head_cell,
    head_row,
    never_one_row_alone,
    row_strips,
    side_by_side,
    whole_row,
)
from privreg.reports.kit.strips import Glue, Strip, Stroke, put
from privreg.reports.kit.style import (
    ABOVE_CELL,
    BODY,
    CELL,
    CELL_HEAD,
    CELL_QUIET,
    CELL_STRONG,
    FRAME_WIDTH,
    GUTTER,
    INK,
    LABEL,
    LABEL_WIDTH,
    MM,
    RULE,
    Style,
)
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.reports.document import Column, Labelled

_MOST_OF_WIDTH = 0.4  # a column that takes what it needs takes no more than this
_NAME_OF_GROUP = 0.7  # of the width; the rest is for its note
_MATRIX_HEAD = 46 * MM
_NARROWEST_MARK = 19 * MM
_ABOVE_GROUP = ABOVE_CELL + 4
_ABOVE_NEXT_PART = 10.0


def pairs_strips(pairs: Pairs) -> list[Strip]:
    """Set labels in a column of their own, values beside them."""
    return never_one_row_alone([_pair(row) for row in pairs.rows if words(row[1]).strip()])


def _pair(row: Labelled) -> list[Strip]:
    label, value = row
    beside = Place(LABEL_WIDTH + GUTTER, FRAME_WIDTH - LABEL_WIDTH - GUTTER)
    return row_strips([cell(label, LABEL, Place(0.0, LABEL_WIDTH)), cell(value, BODY, beside)])


def table_strips(table: Table) -> list[Strip]:
    """Set a table: its head again on each page, never one row alone."""
    if not any(isinstance(row, Row) for row in table.rows):
        return _nothing(table.empty)
    places = column_places(table)
    head = head_row(
        [
            head_cell(column.title, place, _side(column))
            for column, place in zip(table.columns, places, strict=True)
        ]
    )
    return [head, *_body(table, places, head)]


def _nothing(empty: str) -> list[Strip]:
    if not empty:
        return []
    lines = wrap(empty, CELL_QUIET, FRAME_WIDTH)
    return [Strip(len(lines) * CELL_QUIET.leading, put(lines, CELL_QUIET, 0.0, 0.0))]


def _body(table: Table, places: list[Place], head: Strip) -> Iterator[Strip]:
    for group, rows in _groups(table.rows):
        heads: tuple[Strip, ...] = (head,)
        if group is not None:
            name = _group_strip(group, words(group.text))
            name.head = (head,)
            yield name
            again = _("{name} (continued)").format(name=words(group.text))
            heads = (head, _group_strip(group, again))
        for strip in never_one_row_alone([_row(row, table.columns, places) for row in rows]):
            strip.head = heads
            yield strip


def _groups(rows: tuple[Row | GroupRow, ...]) -> Iterator[tuple[GroupRow | None, list[Row]]]:
    group: GroupRow | None = None
    under: list[Row] = []
    for row in rows:
        if isinstance(row, Row):
            under.append(row)
            continue
        if under:
            yield group, under
        group, under = row, []
    if under:
        yield group, under


def _group_strip(group: GroupRow, name: str) -> Strip:
    split = FRAME_WIDTH * _NAME_OF_GROUP
    beside = Place(split, FRAME_WIDTH - split)
    cells = [cell(name, CELL_STRONG, Place(0.0, split - GUTTER))]
    if group.note:
        cells.append(cell(group.note, CELL_QUIET, beside, TO_RIGHT))
    strip = whole_row(cells, _ABOVE_GROUP)
    strip.glue = Glue.FIRM
    return strip


def _row(row: Row, columns: tuple[Column, ...], places: list[Place]) -> list[Strip]:
    style = _style(row)
    cells = [
        cell(text, style, place, _side(column))
        for text, column, place in zip(row.cells, columns, places, strict=False)
    ]
    strips = row_strips(cells)
    if row.total:
        strips[0].items.append(Stroke(0.0, 0.0, FRAME_WIDTH, 0.0, RULE, INK))
    return strips


def _style(row: Row) -> Style:
    if row.total:
        return CELL_STRONG
    return CELL_QUIET if row.quiet else CELL


def _side(column: Column) -> float:
    return TO_RIGHT if column.kind is Kind.NUMBER else TO_LEFT


def column_places(table: Table) -> list[Place]:
    """Divide the width: numbers, days and codes take what they need, texts share the rest."""
    columns = table.columns
    free = FRAME_WIDTH - GUTTER * (len(columns) - 1)
    needs = [_needed(table, number, free) for number in range(len(columns))]
    left = free - sum(
        need for need, column in zip(needs, columns, strict=True) if column.kind is not Kind.TEXT
    )
    widths = _shared(columns, needs, max(left, 0.0))
    scale = free / sum(widths)
    return side_by_side([width * scale for width in widths])


def _shared(columns: tuple[Column, ...], needs: list[float], left: float) -> list[float]:
    """Give each text column its share of what is left, but no less than its head needs."""
    shares = sum(column.share for column in columns if column.kind is Kind.TEXT)
    return [
        max(need, left * column.share / shares) if column.kind is Kind.TEXT else need
        for column, need in zip(columns, needs, strict=True)
    ]


def _needed(table: Table, number: int, free: float) -> float:
    column = table.columns[number]
    head = widest_word(column.title, CELL_HEAD)
    if column.kind is Kind.TEXT:
        return head + 0.1
    cells = (
        natural_width(row.cells[number], _style(row))
        for row in table.rows
        if isinstance(row, Row) and number < len(row.cells)
    )
    return min(max(head, *cells, 0.0) + 0.1, free * _MOST_OF_WIDTH)


def matrix_strips(matrix: Matrix) -> list[Strip]:
    """Set marks under column heads; what does not fit beside comes in a next part below."""
    most = int((FRAME_WIDTH - _MATRIX_HEAD) // _NARROWEST_MARK)
    strips: list[Strip] = []
    for start in range(0, len(matrix.columns) if matrix.rows else 0, most):
        part = _matrix_part(matrix, slice(start, start + most))
        part[0].gap = _ABOVE_NEXT_PART if start else 0.0
        strips += part
    return strips


def _matrix_part(matrix: Matrix, columns: slice) -> list[Strip]:
    titles = matrix.columns[columns]
    width = min((FRAME_WIDTH - _MATRIX_HEAD) / len(titles), _NARROWEST_MARK * 2)
    first = Place(0.0, FRAME_WIDTH - width * len(titles) - GUTTER)
    places = [
        Place(first.width + GUTTER + width * at, width - GUTTER / 2) for at in range(len(titles))
    ]
    head = head_row(
        [
            head_cell(matrix.corner, first),
            *(
                head_cell(title, place, CENTRED)
                for title, place in zip(titles, places, strict=True)
            ),
        ]
    )
    rows = [
        row_strips([cell(row.head, CELL, first), *_marks(row.cells[columns], places)])
        for row in matrix.rows
    ]
    strips = never_one_row_alone(rows)
    for strip in strips:
        strip.head = (head,)
    return [head, *strips]


def _marks(cells: tuple[str, ...], places: list[Place]) -> Iterator[Cell]:
    for text, place in zip(cells, places, strict=False):
        yield cell(text, CELL_STRONG if text == MARK else CELL, place, CENTRED)
