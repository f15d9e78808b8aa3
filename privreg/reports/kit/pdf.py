"""Paints a document as a PDF: one layout, then each page once, page totals known beforehand."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from privreg.reports.kit.canvas import Painter, opened_canvas
from privreg.reports.kit.compose import Composed, composed
from privreg.reports.kit.running import Running
from privreg.translation import speaking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from privreg.reports.document import Document

ALL = 100  # per cent
_LAID_OUT = 60  # per cent of the work, about
_PAINTED = 97


class PaintCancelledError(Exception):
    """The one who asked for the paper does not want it any more."""


@dataclass(frozen=True, slots=True)
class PaintResult:
    """What was painted."""

    pages: int


def paint(
    document: Document,
    out: BinaryIO,
    *,
    invariant: bool = False,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PaintResult:
    """Write the document as a PDF to `out`, in the document's own language.

    `progress` hears per cents that never go down; `cancelled` is asked now and then, and when
    it says yes a `PaintCancelledError` is raised before anything is written to `out`.
    The file bears the moment the document was made, not that of painting; `invariant` also
    leaves out of its identifier when it was painted, so that equal documents give equal bytes.
    """
    watch = _Watch(progress, cancelled)
    with in_language(document.language), _uncollected():
        pages = composed(document, lambda share: watch.at(int(share * _LAID_OUT)))
        canvas = opened_canvas(document, out, invariant=invariant)
        _paint_pages(document, pages, Painter(canvas, pages.keys), watch)
        watch.at(_PAINTED)
        canvas.save()
    watch.at(ALL)
    return PaintResult(len(pages.pages))


def _paint_pages(document: Document, laid_out: Composed, painter: Painter, watch: _Watch) -> None:
    total = len(laid_out.pages)
    running = Running(document, total)
    for number, page in enumerate(laid_out.pages, 1):
        painter.page(page, running.items(number))
        page.placed.clear()  # painted, so its memory can serve the next pages
        watch.at(_LAID_OUT + (_PAINTED - _LAID_OUT) * number // total)


class _Watch:
    """Passes progress on when it grew, and stops the work when asked to."""

    def __init__(
        self, progress: Callable[[int], None] | None, cancelled: Callable[[], bool] | None
    ) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._told = -1

    def at(self, per_cent: int) -> None:
        if self._cancelled is not None and self._cancelled():
            raise PaintCancelledError
        if self._progress is not None and per_cent > self._told:
            self._told = per_cent
            self._progress(per_cent)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector from walking over all laid out pages again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak the document's language for a while."""
    with speaking(code):
        yield
