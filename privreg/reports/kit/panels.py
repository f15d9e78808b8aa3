"""Blocks with a shape of their own: summary, chart, signatures, forms to fill in, keys."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg import formats
from privreg.reports.document import words
from privreg.reports.kit.lines import fitting, natural_width, wrap
from privreg.reports.kit.strips import Box, Glue, Item, Strip, Stroke, glued, put
from privreg.reports.kit.style import (
    BIG_CODE,
    BODY,
    CELL,
    CELL_QUIET,
    FRAME_WIDTH,
    GREY,
    GROUND,
    GUTTER,
    HAIRLINE,
    INK,
    LABEL,
    LABEL_WIDTH,
    MM,
    SMALL,
    SMALL_LABEL,
    STRONG,
)
from privreg.translation import _

if TYPE_CHECKING:
    from privreg.reports.document import (
        Bar,
        BarChart,
        BigCode,
        Choices,
        Labelled,
        Signature,
        SignOff,
        SummaryBox,
        WriteLines,
    )
    from privreg.reports.kit.lines import Line

_PADDING = 9.0
_SIDE = 3.0  # the heavy line at the left of a summary
_BAR = 8.0
_BAR_ROW = 15.0
_BAR_LABEL = LABEL_WIDTH
_BAR_TEXT = 60.0
_BAR_LINES = 3
_FORM_LINES = 6
_WRITE_ROW = 8.5 * MM
_TICK_BOX = 8.5
_SIGN_ROW = 17 * MM
_SIGN_LINES = 2


def summary_strips(box: SummaryBox) -> list[Strip]:
    """Set labels over values in columns on a quiet ground; without values nothing."""
    rows = [row for row in box.rows if words(row[1]).strip()]
    if not rows:
        return []
    columns = max(1, box.columns)
    width = (FRAME_WIDTH - _SIDE - _PADDING * 2 - GUTTER * (columns - 1)) / columns
    bands = [_band(rows[start : start + columns], width) for start in range(0, len(rows), columns)]
    title = [_titled(box.title)] if box.title else []
    flat = [strip for band in bands for strip in band]
    return glued(_on_ground([*title, *flat]), Glue.KEPT)


def _titled(title: str) -> Strip:
    lines = fitting(title, STRONG, FRAME_WIDTH - _SIDE - _PADDING * 2, _FORM_LINES)
    items = put(lines, STRONG, _SIDE + _PADDING, 0.0)
    return Strip(len(lines) * STRONG.leading + 3.0, items, Glue.FIRM)


def _band(rows: list[Labelled], width: float) -> list[Strip]:
    """Set a few labels beside each other with their values under them."""
    cells = [
        (fitting(label, SMALL_LABEL, width, _FORM_LINES), wrap(value, BODY, width))
        for label, value in rows
    ]
    labels = max(len(label) for label, _value in cells) * SMALL_LABEL.leading
    strips = [
        Strip(labels, glue=Glue.FIRM),
        *(
            Strip(BODY.leading, _values(cells, number, width))
            for number in range(max(len(value) for _label, value in cells))
        ),
    ]
    for column, (label, _value) in enumerate(cells):
        top = labels - len(label) * SMALL_LABEL.leading
        strips[0].items += put(label, SMALL_LABEL, _column_x(column, width), top)
    strips[-1].height += 5.0
    return strips


def _values(cells: list[tuple[list[Line], list[Line]]], number: int, width: float) -> list[Item]:
    items: list[Item] = []
    for column, (_label, value) in enumerate(cells):
        items += put(value[number : number + 1], BODY, _column_x(column, width), 0.0)
    return items


def _column_x(column: int, width: float) -> float:
    return _SIDE + _PADDING + column * (width + GUTTER)


def _on_ground(strips: list[Strip]) -> list[Strip]:
    """Lay a ground under strips that follow each other, with room above and below."""
    strips.insert(0, Strip(_PADDING - 2, glue=Glue.FIRM))
    strips[-1].glue = Glue.FIRM
    strips.append(Strip(_PADDING - 5))
    for strip in strips:
        ground = Box(0.0, 0.0, FRAME_WIDTH, strip.height + 0.2, GROUND)
        side = Box(0.0, 0.0, _SIDE, strip.height + 0.2, INK)
        strip.items[:0] = [ground, side]
    return strips


def chart_strips(chart: BarChart) -> list[Strip]:
    """Draw horizontal bars from zero, each with its value in figures."""
    most = max((bar.value for bar in chart.bars), default=0.0)
    strips = [_bar(bar, most) for bar in chart.bars]
    if chart.title and strips:
        lines = fitting(chart.title, SMALL_LABEL, FRAME_WIDTH, _FORM_LINES)
        height = len(lines) * SMALL_LABEL.leading + 3.0
        strips.insert(0, Strip(height, put(lines, SMALL_LABEL, 0.0, 0.0), Glue.FIRM))
    return glued(strips, Glue.KEPT)


def _bar(bar: Bar, most: float) -> Strip:
    room = FRAME_WIDTH - _BAR_LABEL - GUTTER - _BAR_TEXT
    length = room * max(bar.value, 0.0) / most if most > 0 else 0.0
    x = _BAR_LABEL + GUTTER
    label = fitting(bar.label, CELL, _BAR_LABEL, _BAR_LINES)
    text = fitting(bar.text or formats.number(bar.value), CELL_QUIET, _BAR_TEXT - 5, _BAR_LINES)
    height = max(len(label), len(text)) * CELL.leading + _BAR_ROW - CELL.leading
    items: list[Item] = [
        Box(x, (_BAR_ROW - _BAR) / 2, length, _BAR, GREY),
        Stroke(x, 0.0, x, height, HAIRLINE, INK),
    ]
    text_top = (_BAR_ROW - CELL.leading) / 2
    items += put(label, CELL, 0.0, text_top)
    items += put(text, CELL_QUIET, x + length + 5, text_top)
    return Strip(height, items)


def sign_off_strips(block: SignOff) -> list[Strip]:
    """Set a line per person to sign: name, function, date, room for the signature."""
    shares = (0.27, 0.25, 0.16, 0.32)
    titles = (_("Name"), _("Function"), _("Date"), _("Signature"))
    lines = wrap(block.text, BODY, FRAME_WIDTH) if words(block.text).strip() else []
    strips = [Strip(BODY.leading, put([line], BODY, 0.0, 0.0)) for line in lines]
    strips += [_signature(each, shares, titles) for each in block.signatures]
    return glued(strips, Glue.KEPT)


def _signature(who: Signature, shares: tuple[float, ...], titles: tuple[str, ...]) -> Strip:
    texts = (who.name, who.function, formats.day(who.on) if who.on else "", "")
    items: list[Item] = []
    x = 0.0
    foot = _SIGN_ROW - SMALL.leading - 3
    for share, title, text in zip(shares, titles, texts, strict=True):
        width = FRAME_WIDTH * share - GUTTER
        value = fitting(text, BODY, width, _SIGN_LINES)
        items += put(value, BODY, x, foot - 2 - len(value) * BODY.leading)
        items.append(Stroke(x, foot, x + width, foot, HAIRLINE * 1.5, GREY))
        items += put(fitting(title, SMALL, width), SMALL, x, foot + 1)
        x += FRAME_WIDTH * share
    return Strip(_SIGN_ROW + 4, items)


def write_strips(block: WriteLines) -> list[Strip]:
    """Set a label with empty lines to write on."""
    lines = fitting(block.label, LABEL, LABEL_WIDTH, _FORM_LINES)
    hint = fitting(block.help, SMALL, LABEL_WIDTH, _FORM_LINES) if block.help else []
    texts = len(lines) * LABEL.leading + len(hint) * SMALL.leading
    height = max(block.lines * _WRITE_ROW, texts) + 3.0
    items = put(lines, LABEL, 0.0, 4.0)
    items += put(hint, SMALL, 0.0, 4.0 + len(lines) * LABEL.leading)
    x = LABEL_WIDTH + GUTTER
    for number in range(1, block.lines + 1):
        y = number * _WRITE_ROW - 3.0
        items.append(Stroke(x, y, FRAME_WIDTH, y, HAIRLINE, GREY))
    return [Strip(height, items)]


def choices_strips(block: Choices) -> list[Strip]:
    """Set a label with boxes to tick, as many on a line as fit."""
    lines = fitting(block.label, LABEL, LABEL_WIDTH, _FORM_LINES)
    items = put(lines, LABEL, 0.0, 4.0)
    x, top = LABEL_WIDTH + GUTTER, 4.0
    for option in block.options:
        wide = _TICK_BOX + 5 + natural_width(option, BODY) + 16
        if x > LABEL_WIDTH + GUTTER and x + wide > FRAME_WIDTH:
            x, top = LABEL_WIDTH + GUTTER, top + BODY.leading + 3
        room = FRAME_WIDTH - x - _TICK_BOX - 5
        text = fitting(option, BODY, room, _FORM_LINES)
        items.append(Box(x, top + 2.5, _TICK_BOX, _TICK_BOX, GREY, 0.7))
        items += put(text, BODY, x + _TICK_BOX + 5, top)
        top += (len(text) - 1) * BODY.leading
        x += wide
    height = max(top + BODY.leading, len(lines) * LABEL.leading + 4.0) + 8
    return [Strip(height, items)]


def code_strips(block: BigCode) -> list[Strip]:
    """Set a key large on a quiet ground."""
    lines = wrap(block.text, BIG_CODE, FRAME_WIDTH - _SIDE - _PADDING * 2)
    strips = [
        Strip(BIG_CODE.leading, put([line], BIG_CODE, _SIDE + _PADDING, 0.0)) for line in lines
    ]
    return glued(_on_ground(strips), Glue.KEPT)
