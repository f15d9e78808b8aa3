"""What stands at the edges of every page: controller and title above, number and page below."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg import formats
from privreg.reports.kit.front import HASH_SIGNS, copy_word
from privreg.reports.kit.legible import on_one_line
from privreg.reports.kit.lines import fitting, wrap
from privreg.reports.kit.strips import Item, Stroke, put
from privreg.reports.kit.style import (
    FOOTER_AT,
    FRAME_WIDTH,
    HAIRLINE,
    HEADER_AT,
    LINE,
    PAGE_HEIGHT,
    RUNNING,
    TOP,
    baseline,
)
from privreg.translation import _

if TYPE_CHECKING:
    from privreg.reports.document import Document

_PAGE_SHARE = 0.24
_RULE_TO_TEXT = 10.0


class Running:
    """Header and footer of one document; measured from the top of the frame."""

    def __init__(self, document: Document, pages: int) -> None:
        self._pages = pages
        self._page_text = _("page {page} of {pages}")
        self._below = self._footer(document)
        self._above = self._header(document)

    def items(self, page: int) -> list[Item]:
        """Return header (not on the first page, which has its own head) and footer."""
        text = self._page_text.format(page=formats.number(page), pages=formats.number(self._pages))
        [line] = wrap(text, RUNNING, FRAME_WIDTH)[:1]
        x = (FRAME_WIDTH - line.width) / 2
        items = [*self._below, *put([line], RUNNING, x, _footer_top())]
        return items if page == 1 else [*self._above, *items]

    def _footer(self, document: Document) -> list[Item]:
        room = FRAME_WIDTH * (1 - _PAGE_SHARE) / 2
        made = formats.moment(document.made_at)
        number = on_one_line(document.number)
        left = f"{number} \u00b7 {made}" if number else made
        journal = document.journal_hash[:HASH_SIGNS]
        right = _("journal {hash}").format(hash=on_one_line(journal)) if journal else ""
        rule = _footer_top() - _RULE_TO_TEXT + RUNNING.leading / 2
        return [
            Stroke(0.0, rule, FRAME_WIDTH, rule, HAIRLINE, LINE),
            *_at_edges(left, right, room, _footer_top()),
        ]

    def _header(self, document: Document) -> list[Item]:
        top = HEADER_AT - baseline(RUNNING) - TOP
        name = document.controller.name if document.controller else ""
        title = document.title
        if document.copy:
            title = f"{title} \u00b7 {copy_word()}"
        rule = top + RUNNING.leading + 3
        edges = _at_edges(on_one_line(name), on_one_line(title), FRAME_WIDTH * 0.49, top)
        return [*edges, Stroke(0.0, rule, FRAME_WIDTH, rule, HAIRLINE, LINE)]


def _footer_top() -> float:
    return PAGE_HEIGHT - TOP - FOOTER_AT - baseline(RUNNING)


def _at_edges(left: str, right: str, room: float, top: float) -> list[Item]:
    items = put(fitting(left, RUNNING, room), RUNNING, 0.0, top)
    for line in fitting(right, RUNNING, room):
        items += put([line], RUNNING, FRAME_WIDTH - line.width, top)
    return items
