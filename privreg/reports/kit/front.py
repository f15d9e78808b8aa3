"""The head of the first page and the contents."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from privreg import formats
from privreg.reports.document import Pairs
from privreg.reports.kit.legible import on_one_line
from privreg.reports.kit.lines import fitting, wrap
from privreg.reports.kit.rows import WHOLE_WITHIN
from privreg.reports.kit.strips import Box, Glue, Item, Jump, Strip, Stroke, put
from privreg.reports.kit.style import (
    ACCENT,
    BODY,
    CONTROLLER,
    FRAME_WIDTH,
    GUTTER,
    HAIRLINE,
    HEADINGS,
    LINE,
    RULE,
    SMALL_LABEL,
    STRONG,
    SUBTITLE,
    TITLE,
    Style,
)
from privreg.reports.kit.tables import pairs_strips
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privreg.reports.document import ControllerHead, Document, Labelled
    from privreg.reports.kit.lines import Line

_COPY_WIDTH = 90.0
_FACT_LABEL = 88.0
_LEFT_SHARE = 0.52
_PAGE_NUMBER = 30.0
_INDENT = 14.0

Stack = list[tuple["Line", Style]]


class Entry(NamedTuple):
    """A line of the contents: the heading's level, its text and its key."""

    level: int
    text: str
    key: str


def head_strips(document: Document) -> list[Strip]:
    """Set title, controller, period, maker and number at the top of the first page."""
    controller = controller_lines(document.controller) if document.controller else ()
    facts = [row for row in fact_lines(document) if row[1]]
    return [*_titles(document), _ruled(), *_beside(controller, facts)]


def controller_lines(head: ControllerHead) -> tuple[str, ...]:
    """Return what is printed of the controller, line by line, the name first."""
    return tuple(
        line
        for line in (
            head.name,
            *head.address,
            head.contact,
            _trade_number(head),
            _("Data protection officer: {officer}").format(officer=head.officer)
            if head.officer
            else "",
            *(_("Jointly with {name}").format(name=name) for name in head.jointly_with),
        )
        if line.strip()
    )


def _trade_number(head: ControllerHead) -> str:
    if not head.kvk:
        return ""
    if head.abroad:
        return _("Trade register {number}").format(number=head.kvk)
    return _("Chamber of Commerce (KvK) {number}").format(number=head.kvk)


def fact_lines(document: Document) -> tuple[tuple[str, str], ...]:
    """Return number, register, period, maker and moments with their labels."""
    stands_at = document.stands_at
    return (
        (_("Document number"), document.number),
        (_("Register"), document.register),
        (_("Period"), document.period),
        (_("Judged as of"), formats.moment(stands_at) if stands_at else ""),
        (_("Made by"), document.made_by),
        (_("Made on"), formats.moment(document.made_at)),
        (_("Journal"), document.journal_hash[:HASH_SIGNS]),
    )


HASH_SIGNS = 12


def _titles(document: Document) -> list[Strip]:
    width = FRAME_WIDTH - (_COPY_WIDTH if document.copy else 0.0)
    titles = _stacked(on_one_line(document.title), TITLE, width)
    if document.copy and titles:
        line = wrap(copy_word(), STRONG, _COPY_WIDTH)[0]
        x = FRAME_WIDTH - line.width
        frame = Box(x - 8, 4.0, line.width + 8 - RULE, 17.0, ACCENT, RULE)
        titles[0].items += [frame, *put([line], STRONG, x - 4, 6.0)]
    return titles + _stacked(document.subtitle, SUBTITLE, FRAME_WIDTH)


def copy_word() -> str:
    """Return the word that a reprint bears."""
    return _("COPY")


def _stacked(text: str, style: Style, width: float) -> list[Strip]:
    lines = wrap(text, style, width) if text.strip() else []
    return [Strip(style.leading, put([line], style, 0.0, 0.0)) for line in lines]


def _ruled() -> Strip:
    return Strip(15.0, [Stroke(0.0, 5.0, FRAME_WIDTH, 5.0, RULE, ACCENT)])


def _beside(controller: tuple[str, ...], facts: list[tuple[str, str]]) -> list[Strip]:
    """Set the controller at the left and the facts at the right; very long ones as pairs."""
    split = FRAME_WIDTH * _LEFT_SHARE if controller else -GUTTER
    left: Stack = []
    for number, text in enumerate(controller):
        style = BODY if number else CONTROLLER
        left += [(line, style) for line in wrap(text, style, split - GUTTER)]
    width = FRAME_WIDTH - split - GUTTER - _FACT_LABEL
    right = [(label, wrap(value, BODY, width)) for label, value in facts]
    height = max(_tall(left), sum(len(lines) for _label, lines in right) * BODY.leading)
    if height > WHOLE_WITHIN:
        return _as_pairs(controller, facts)
    items = _stack_items(left, 0.0)
    top = CONTROLLER.leading - BODY.leading if controller else 0.0
    for label, lines in right:
        items += put(wrap(label, SMALL_LABEL, _FACT_LABEL), SMALL_LABEL, split + GUTTER, top + 1.4)
        items += put(lines, BODY, split + GUTTER + _FACT_LABEL, top)
        top += len(lines) * BODY.leading
    return [Strip(max(height, top) + 4.0, items)]


def _tall(stack: Stack) -> float:
    return sum(style.leading for _line, style in stack)


def _stack_items(stack: Stack, x: float) -> list[Item]:
    items: list[Item] = []
    top = 0.0
    for line, style in stack:
        items += put([line], style, x, top)
        top += style.leading
    return items


def _as_pairs(controller: tuple[str, ...], facts: list[tuple[str, str]]) -> list[Strip]:
    rows: list[Labelled] = [(_("Controller"), "\n".join(controller)), *facts]
    return pairs_strips(Pairs(tuple(rows)))


def contents_strips(entries: list[Entry]) -> list[Strip]:
    """Set the contents; room is kept for page numbers, which `number_contents` fills in."""
    style = HEADINGS[1]
    title = Strip(
        style.leading + 4.0,
        put(wrap(_("Contents"), style, FRAME_WIDTH), style, 0.0, 0.0),
        Glue.FIRM,
        20.0,
    )
    return [title, *(_entry(entry) for entry in entries)]


def _entry(entry: Entry) -> Strip:
    style = STRONG if entry.level == 1 else BODY
    x = _INDENT * (entry.level - 1)
    lines = fitting(entry.text, style, FRAME_WIDTH - x - _PAGE_NUMBER)
    height = style.leading + (2.0 if entry.level == 1 else 0.0)
    items: list[Item] = [
        *put(lines, style, x, height - style.leading),
        Stroke(x, height, FRAME_WIDTH, height, HAIRLINE, LINE),
        Jump(0.0, 0.0, FRAME_WIDTH, height, entry.key, own=True),
    ]
    return Strip(height + 1.0, items, gap=4.0 if entry.level == 1 else 0.0)


def number_contents(strips: list[Strip], entries: list[Entry], pages: Mapping[str, int]) -> None:
    """Print behind each line of the contents the page on which its heading stands."""
    for strip, entry in zip(strips[1:], entries, strict=True):
        style = STRONG if entry.level == 1 else BODY
        [line] = wrap(formats.number(pages[entry.key]), style, _PAGE_NUMBER)
        top = strip.height - 1.0 - style.leading
        strip.items += put([line], style, FRAME_WIDTH - line.width, top)
