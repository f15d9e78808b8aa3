"""Puts the items of a page on ReportLab's canvas; the rest of the kit only computes."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from privreg import __version__, formats
from privreg.reports.kit.legible import on_one_line
from privreg.reports.kit.strips import Box, Dot, Ink, Item, Jump, Polygon, Strip, Stroke
from privreg.reports.kit.style import LEFT, PAGE_HEIGHT, PAGE_WIDTH, TOP
from privreg.reports.kit.typefaces import Face, typeface

if TYPE_CHECKING:
    from datetime import datetime

    from privreg.reports.document import Document
    from privreg.reports.kit.pages import Page
    from privreg.reports.kit.strips import Target

LANGUAGE_MARKS = {"nl": "nl-NL", "en": "en-GB"}
MAKER = "PrivReg"
_BOOKMARK_LEVELS = 2
_ABOVE_TARGET = 12.0  # a jump shows a little of what stands above


def opened_canvas(document: Document, out: BinaryIO, *, invariant: bool) -> Any:
    """Open a canvas with the document's metadata and language mark."""
    from reportlab import rl_config  # noqa: PLC0415  (slow to import)
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    rl_config.useA85 = 0  # streams as bytes: a quarter smaller, and faster
    typeface(Face.REGULAR)
    canvas = Canvas(
        out,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=int(invariant),
        initialFontName=Face.REGULAR.value,
        lang=LANGUAGE_MARKS[document.language],
        pdfVersion=(1, 7),
    )
    author = document.controller.name if document.controller else document.made_by
    canvas.setTitle(on_one_line(document.title))
    canvas.setAuthor(on_one_line(author))
    canvas.setSubject(on_one_line(f"{document.kind} {document.number}"))
    canvas.setKeywords(on_one_line(f"{document.number} {document.journal_hash}"))
    canvas.setCreator(f"{MAKER} {__version__}")
    canvas.setDateFormatter(lambda *_painted_at: _stamp(document.made_at))
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _stamp(made_at: datetime) -> str:
    """Return the moment that stands on the paper as PDF writes it, in the office's zone."""
    local = formats.local(made_at)
    zone = f"{local:%z}"
    return f"D:{local:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


class Painter:
    """Paints pages one after another; y runs down from the top of the frame until here."""

    def __init__(self, canvas: Any, keys: dict[str, str]) -> None:
        self._canvas = canvas
        self._keys = keys
        self._level = -1

    def page(self, page: Page, running: list[Item]) -> None:
        """Paint one page: shapes first, all text over them."""
        texts: list[tuple[float, Ink]] = []
        for y, strip in page.placed:
            self._strip(y, strip, texts)
        for item in running:
            self._item(0.0, item, texts)
        self._write(texts)
        self._canvas.showPage()

    def _strip(self, y: float, strip: Strip, texts: list[tuple[float, Ink]]) -> None:
        if strip.target is not None:
            self._bookmark(strip.target, _up(y))
        for item in strip.items:
            self._item(y, item, texts)

    def _item(self, y: float, item: Item, texts: list[tuple[float, Ink]]) -> None:
        if isinstance(item, Ink):
            texts.append((y, item))
        elif isinstance(item, Stroke):
            self._stroke(y, item)
        elif isinstance(item, Jump):
            self._jump(y, item)
        else:
            self._shape(y, item)

    def _write(self, texts: list[tuple[float, Ink]]) -> None:
        """Write the texts of a page as one object, setting face and colour where they change."""
        sheet = self._canvas.beginText()
        face, size, colour = None, 0.0, None
        for y, ink in texts:
            if ink.face is not face or ink.size != size:
                face, size = ink.face, ink.size
                sheet.setFont(face.value, size)
            if ink.colour != colour:
                colour = ink.colour
                sheet.setFillColorRGB(*colour)
            sheet.setTextOrigin(LEFT + ink.x, _up(y + ink.y))
            sheet.textOut(ink.text)
        self._canvas.drawText(sheet)

    def _stroke(self, y: float, stroke: Stroke) -> None:
        canvas = self._canvas
        canvas.setStrokeColorRGB(*stroke.colour)
        canvas.setLineWidth(stroke.weight)
        canvas.line(LEFT + stroke.x, _up(y + stroke.y), LEFT + stroke.to_x, _up(y + stroke.to_y))

    def _shape(self, y: float, shape: Box | Dot | Polygon) -> None:
        canvas = self._canvas
        outlined = shape.weight > 0
        canvas.setFillColorRGB(*shape.colour)
        canvas.setStrokeColorRGB(*shape.colour)
        canvas.setLineWidth(shape.weight)
        how = {"stroke": int(outlined), "fill": int(not outlined)}
        if isinstance(shape, Box):
            foot = _up(y + shape.y + shape.height)
            canvas.rect(LEFT + shape.x, foot, shape.width, shape.height, **how)
        elif isinstance(shape, Dot):
            canvas.circle(LEFT + shape.x, _up(y + shape.y), shape.radius, **how)
        else:
            path = canvas.beginPath()
            first, *others = [(LEFT + px, _up(y + py)) for px, py in shape.points]
            path.moveTo(*first)
            for point in others:
                path.lineTo(*point)
            path.close()
            canvas.drawPath(path, **how)

    def _jump(self, y: float, jump: Jump) -> None:
        """Lay a link; an anchor without a heading leaves plain text."""
        key = jump.anchor if jump.own else self._keys.get(jump.anchor)
        if key is None:
            return
        top, left = _up(y + jump.y), LEFT + jump.x
        area = (left, top - jump.height, left + jump.width, top)
        self._canvas.linkAbsolute("", key, area, Border="[0 0 0]")

    def _bookmark(self, target: Target, top: float) -> None:
        canvas = self._canvas
        canvas.bookmarkPage(target.key, fit="XYZ", left=0, top=top + _ABOVE_TARGET, zoom=0)
        if target.level <= _BOOKMARK_LEVELS:
            self._level = min(target.level - 1, self._level + 1)
            canvas.addOutlineEntry(target.text, target.key, self._level, closed=self._level > 0)


def _up(y: float) -> float:
    """Return the height on the page of a place under the top of the frame."""
    return PAGE_HEIGHT - TOP - y
