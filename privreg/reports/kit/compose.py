"""From a document to pages: set the blocks, deal them out, fill in the contents."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg.reports.document import Note
from privreg.reports.kit.content import printed
from privreg.reports.kit.flow import strips_of
from privreg.reports.kit.front import Entry, contents_strips, head_strips, number_contents
from privreg.reports.kit.legible import stand_in
from privreg.reports.kit.pages import Page, dealt
from privreg.reports.kit.style import FRAME_HEIGHT
from privreg.reports.kit.texts import note_strips
from privreg.reports.kit.typefaces import noting_stand_ins
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from privreg.reports.document import Document
    from privreg.reports.kit.strips import Strip

WITHOUT_CONTENTS = 4  # pages; a longer report opens with its contents
_CONTENTS_LEVELS = 2
_ABOVE_BODY = 18.0
_CONTENTS_SHARE_PAGE = 0.3  # with this much of a page left, it takes the start of the body


@dataclass(slots=True)
class Composed:
    """The pages, the headings in order with their keys, and which key an anchor leads to."""

    pages: list[Page]
    entries: list[Entry]
    keys: dict[str, str]


def composed(document: Document, at_block: Callable[[float], None]) -> Composed:
    """Lay a document out once; `at_block` hears the share that is done and may raise."""
    blocks = printed(document.blocks)
    body: list[Strip] = []
    with noting_stand_ins() as unprintable:
        for number, strips in enumerate(strips_of(blocks)):
            body += strips
            at_block(number / len(blocks))
        head = head_strips(document)
    head += _explained(unprintable)
    entries, keys = _named(body)
    if body:
        body[0].gap = max(body[0].gap, _ABOVE_BODY)
    pages = dealt([*head, *body])
    in_contents = _in_contents(body)
    listed = [entry for entry in entries if entry.key in in_contents]
    if len(pages) > WITHOUT_CONTENTS and listed:
        pages = _with_contents(head, body, listed)
    return Composed(pages, entries, keys)


def _explained(unprintable: Iterable[str]) -> list[Strip]:
    """Say on the first page why numbers stand where signs were typed."""
    first = next(iter(unprintable), None)
    if first is None:
        return []
    told = _(
        "Signs that the typefaces of this report do not have are printed as their number in "
        "Unicode, such as {number}; the register itself holds the signs."
    )
    return note_strips(Note(told.format(number=stand_in(first))))


def _named(body: list[Strip]) -> tuple[list[Entry], dict[str, str]]:
    """Give each heading a key of its own; the first heading with an anchor owns it.

    Levels are counted from the highest that the document has: a single activity has only
    parts, and they are then its sections.
    """
    entries: list[Entry] = []
    keys: dict[str, str] = {}
    above = min((strip.target.level for strip in body if strip.target), default=1) - 1
    for strip in body:
        if strip.target is not None:
            anchor, level = strip.target.key, strip.target.level - above
            strip.target = strip.target._replace(key=f"h{len(entries) + 1}", level=level)
            keys.setdefault(anchor, strip.target.key)
            entries.append(Entry(level, strip.target.text, strip.target.key))
    return entries, keys


def _in_contents(body: list[Strip]) -> set[str]:
    return {
        strip.target.key
        for strip in body
        if strip.target and strip.target.in_contents and strip.target.level <= _CONTENTS_LEVELS
    }


def _with_contents(head: list[Strip], body: list[Strip], listed: list[Entry]) -> list[Page]:
    """Deal the same strips out again behind the contents, whose height no number changes."""
    contents = contents_strips(listed)
    opening = dealt([*head, *contents])
    body[0].fresh = not opening[-1].fits(FRAME_HEIGHT * _CONTENTS_SHARE_PAGE)
    pages = dealt([*head, *contents, *body])
    number_contents(contents, listed, page_numbers(pages))
    return pages


def page_numbers(pages: list[Page]) -> dict[str, int]:
    """Return on which page each heading stands, from 1."""
    return {
        placed.strip.target.key: number
        for number, page in enumerate(pages, 1)
        for placed in page.placed
        if placed.strip.target
    }
