"""Deals strips out over pages: what is glued stays together, heads are repeated."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from privreg.reports.kit.strips import Glue
from privreg.reports.kit.style import FRAME_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from privreg.reports.kit.strips import Strip


class Placed(NamedTuple):
    """A strip on a page, its top `y` points under the upper edge of the frame."""

    y: float
    strip: Strip


@dataclass(slots=True)
class Page:
    """One page and how far it is filled."""

    placed: list[Placed] = field(default_factory=list)
    filled: float = 0.0

    def fits(self, height: float) -> bool:
        """Tell whether a band of this height still fits."""
        return self.filled + height <= FRAME_HEIGHT + 0.01

    def add(self, strip: Strip) -> None:
        """Place a strip under what is there; at the top of a page without the space above."""
        if self.placed:
            self.filled += strip.gap
        self.placed.append(Placed(self.filled, strip))
        self.filled += strip.height


def dealt(strips: Sequence[Strip]) -> list[Page]:
    """Deal the strips out over pages; each strip is looked at a fixed number of times."""
    pages = [Page()]
    start = 0
    while start < len(strips):
        stop = _end_of_chain(strips, start, Glue.KEPT)
        if _height(strips, start, stop) <= FRAME_HEIGHT:
            _deal_chain(pages, strips, start, stop)
        else:
            _deal_apart(pages, strips, start, stop)
        start = stop
    return pages


def _deal_apart(pages: list[Page], strips: Sequence[Strip], start: int, stop: int) -> None:
    """Deal a chain that no page can hold: by its firm parts, and those by strips if need be."""
    while start < stop:
        end = min(_end_of_chain(strips, start, Glue.FIRM), stop)
        if _height(strips, start, end) <= FRAME_HEIGHT:
            _deal_chain(pages, strips, start, end)
        else:
            for each in range(start, end):
                _deal_chain(pages, strips, each, each + 1)
        start = end


def _deal_chain(pages: list[Page], strips: Sequence[Strip], start: int, stop: int) -> None:
    first = strips[start]
    page = pages[-1]
    gap = first.gap if page.placed else 0.0
    height = sum(strip.height + strip.gap for strip in strips[start:stop]) - first.gap
    if page.placed and (first.fresh or not page.fits(gap + height)):
        page = Page()
        pages.append(page)
        for strip in first.head:
            page.add(strip)
    for strip in strips[start:stop]:
        page.add(strip)


def _end_of_chain(strips: Sequence[Strip], start: int, least: Glue) -> int:
    stop = start + 1
    while stop < len(strips) and strips[stop - 1].glue >= least and not strips[stop].fresh:
        stop += 1
    return stop


def _height(strips: Sequence[Strip], start: int, stop: int) -> float:
    """Return how much of a fresh page a chain takes, repeated heads included."""
    above = sum(strip.height for strip in strips[start].head)
    return above - strips[start].gap + sum(each.height + each.gap for each in strips[start:stop])
