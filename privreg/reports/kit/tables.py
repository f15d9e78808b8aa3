"""Pairs, tables and matrices as strips."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from privreg.reports.document import MARK, GroupRow, Kind, Matrix, Pairs, Row, Table, words
from privreg.reports.kit.legible import on_one_line
from privreg.reports.kit.lines import fitting, natural_width, widest_word, wrap
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
from privreg.reports.kit.strips import Glue, Strip, Stroke, Target, put
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
    SMALL,
    Style,
)
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.reports.document import Column, Labelled

_MOST_OF_WIDTH = 0.4  # a column that takes what it needs takes no more than this
_MOST_FOR_A_WORD = 0.24  # a longer word is hyphenated
_MOST_OVER_SHARE = 1.3
_LEAST_FOR_TEXTS = 0.3
_ROWS_LOOKED_AT = 200  # for the longest word of a column
_SIGNS_LOOKED_AT = 2000
_MANY_COLUMNS = 7  # from here a table is set smaller
_NAME_OF_GROUP = 0.7  # of the width; the rest is for its note
_GROUP_LINES = 4
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
    lines = wrap(empty, CELL_QUIET, FRAME_WIDTH) if empty else []
    return [Strip(CELL_QUIET.leading, put([line], CELL_QUIET, 0.0, 0.0)) for line in lines]


def _body(table: Table, places: list[Place], head: Strip) -> Iterator[Strip]:
    for group, rows in _groups(table.rows):
        heads: tuple[Strip, ...] = (head,)
        if group is not None:
            name = _group_strip(group, words(group.text))
            name.head = (head,)
            if group.is_section:
                name.target = Target(1, on_one_line(words(group.text)), "", in_contents=True)
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
    named = fitting(name, CELL_STRONG, split - GUTTER, _GROUP_LINES)
    cells = [Cell(Place(0.0, split - GUTTER), named, CELL_STRONG)]
    if group.note:
        noted = fitting(group.note, CELL_QUIET, beside.width, _GROUP_LINES)
        cells.append(Cell(beside, noted, CELL_QUIET, TO_RIGHT))
    strip = whole_row(cells, _ABOVE_GROUP)
    strip.glue = Glue.FIRM
    return strip


def _row(row: Row, columns: tuple[Column, ...], places: list[Place]) -> list[Strip]:
    style = _style(row, columns)
    cells = [
        cell(text, style, place, _side(column))
        for text, column, place in zip(row.cells, columns, places, strict=False)
    ]
    strips = row_strips(cells)
    if row.total:
        strips[0].items.append(Stroke(0.0, 0.0, FRAME_WIDTH, 0.0, RULE, INK))
    return strips


def _style(row: Row, columns: tuple[Column, ...]) -> Style:
    style = CELL_STRONG if row.total else CELL_QUIET if row.quiet else CELL
    if len(columns) < _MANY_COLUMNS:
        return style
    return style._replace(size=SMALL.size, leading=SMALL.leading)


def _side(column: Column) -> float:
    return TO_RIGHT if column.kind is Kind.NUMBER else TO_LEFT


def column_places(table: Table) -> list[Place]:
    """Divide the width: numbers, days and codes take what they need, texts share the rest."""
    columns = table.columns
    free = FRAME_WIDTH - GUTTER * (len(columns) - 1)
    needs = [_needed(table, number, free) for number in range(len(columns))]
    fixed = {at: need for at, need in enumerate(needs) if columns[at].kind is not Kind.TEXT}
    least = {at: need for at, need in enumerate(needs) if columns[at].kind is Kind.TEXT}
    if not least:
        return side_by_side([need * free / sum(needs) for need in needs])
    for_texts = max(free - sum(fixed.values()), free * _LEAST_FOR_TEXTS)
    scale = (free - for_texts) / sum(fixed.values()) if fixed else 1.0
    shared = _shared({at: columns[at].share for at in least}, least, for_texts)
    return side_by_side(
        [shared[at] if at in shared else fixed[at] * scale for at in range(len(columns))]
    )


def _shared(shares: dict[int, float], words_of: dict[int, float], room: float) -> dict[int, float]:
    """Divide room by shares, giving columns with long words somewhat more than their share."""
    even = _divided(shares, room)
    least = {at: min(word, even[at] * _MOST_OVER_SHARE) for at, word in words_of.items()}
    if sum(least.values()) >= room:
        by_words = _divided(least, room)
        return {at: (even[at] + by_words[at]) / 2 for at in even}
    widths: dict[int, float] = {}
    while narrow := {at: least[at] for at, width in even.items() if width < least[at]}:
        widths |= narrow
        others = {at: share for at, share in shares.items() if at not in widths}
        even = _divided(others, room - sum(widths.values()))
    return widths | even


def _divided(shares: dict[int, float], room: float) -> dict[int, float]:
    whole = sum(shares.values())
    return {at: room * share / whole for at, share in shares.items()}


def _needed(table: Table, number: int, free: float) -> float:
    """Return the width a column asks for: whole cells, or for texts the longest word."""
    column = table.columns[number]
    rows = [row for row in table.rows if isinstance(row, Row) and number < len(row.cells)]
    head = widest_word(column.title, CELL_HEAD)
    if column.kind is Kind.TEXT:
        longest = max((_longest(row, number, table) for row in rows[:_ROWS_LOOKED_AT]), default=0.0)
        return min(max(head, longest) + 0.1, free * _MOST_FOR_A_WORD)
    widest = (natural_width(row.cells[number], _style(row, table.columns)) for row in rows)
    return min(max(head, *widest, 0.0) + 0.1, free * _MOST_OF_WIDTH)


def _longest(row: Row, number: int, table: Table) -> float:
    return widest_word(words(row.cells[number])[:_SIGNS_LOOKED_AT], _style(row, table.columns))


def matrix_strips(matrix: Matrix) -> list[Strip]:
    """Set marks under column heads; what does not fit beside comes in a next part below."""
    most = int((FRAME_WIDTH - _MATRIX_HEAD) // _NARROWEST_MARK)
    if not matrix.rows or not matrix.columns:
        return []
    parts = ceil(len(matrix.columns) / most)
    beside = ceil(len(matrix.columns) / parts)
    strips: list[Strip] = []
    for start in range(0, len(matrix.columns), beside):
        part = _matrix_part(matrix, slice(start, start + beside))
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
