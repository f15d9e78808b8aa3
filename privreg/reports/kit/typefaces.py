"""The embedded typefaces: what each covers, how wide it sets, and who stands in."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from privreg.paths import FONTS
from privreg.reports.kit.legible import stand_in
from privreg.reports.kit.righttoleft import has_right_to_left

if TYPE_CHECKING:
    from collections.abc import Iterator

UNITS_PER_EM = 1000
_REMEMBERED_WORDS = 200_000


class Face(Enum):
    """A typeface, by its file in `resources/fonts`."""

    REGULAR = "NotoSans-Regular"
    SEMIBOLD = "NotoSans-SemiBold"
    ITALIC = "NotoSans-Italic"
    SYMBOLS = "DejaVuSans"
    EMOJI = "Symbola-Emoji"


# Signs without ink of their own that change how others read: direction overrides, annotations.
_DECEIVING = frozenset((0x202D, 0x202E, *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFD)))

STAND_INS = (Face.SYMBOLS, Face.EMOJI)


class Run(NamedTuple):
    """Signs that one typeface can print, and their width at one point."""

    face: Face
    text: str
    width: float


class Word(NamedTuple):
    """A word measured at one point; `simple` when its own face prints all of it as it stands."""

    width: float
    simple: bool


class Typeface:
    """One face, loaded when first used."""

    def __init__(self, face: Face) -> None:
        from reportlab.pdfbase import pdfmetrics, ttfonts  # noqa: PLC0415  (slow to import)

        self.face = face
        font: Any = ttfonts.TTFont(face.value, str(FONTS / f"{face.value}.ttf"), shapable=False)
        pdfmetrics.registerFont(font)
        self.covered = frozenset(font.face.charToGlyph) - _DECEIVING
        self._widths: dict[int, float] = font.face.charWidths
        self._default: float = font.face.defaultWidth
        self._words: dict[str, Word] = {}

    def width(self, text: str) -> float:
        """Return the width of the text at one point, in points."""
        widths, default = self._widths, self._default
        return sum([widths.get(ord(sign), default) for sign in text]) / UNITS_PER_EM

    def word(self, text: str) -> Word:
        """Measure a word, remembered: the same words come back all through a report."""
        found = self._words.get(text)
        if found is None:
            if len(self._words) > _REMEMBERED_WORDS:
                self._words.clear()
            found = self._words[text] = self._measured(text)
        return found

    def _measured(self, text: str) -> Word:
        covered = self.covered
        if all(ord(sign) in covered for sign in text) and not has_right_to_left(text):
            return Word(self.width(text), simple=True)
        return Word(sum(run.width for run in runs(text, self.face)), simple=False)


@cache
def typeface(face: Face) -> Typeface:
    """Return a face, loading it once in a process."""
    return Typeface(face)


_stood_in: ContextVar[dict[str, None] | None] = ContextVar("stood_in", default=None)


@contextmanager
def noting_stand_ins() -> Iterator[dict[str, None]]:
    """Give what is filled meanwhile with the signs that no face can print, in order."""
    noted: dict[str, None] = {}
    token = _stood_in.set(noted)
    try:
        yield noted
    finally:
        _stood_in.reset(token)


def printable(text: str, face: Face) -> str:
    """Return the text with a stand-in for each sign that no face can print."""
    if _is_plain(text):
        return text
    return "".join(
        sign if sign == " " or _printer(sign, face) is not None else _stand_in(sign)
        for sign in text
    )


def _is_plain(text: str) -> bool:
    """Say at once that every face prints a text: nearly all of them, so it must not cost a loop."""
    return text.isascii() and text.isprintable()


def _stand_in(sign: str) -> str:
    noted = _stood_in.get()
    if noted is not None:
        noted[sign] = None
    return stand_in(sign)


def runs(text: str, face: Face) -> list[Run]:
    """Cut a text, in the order of sight, into runs that one face each can print."""
    covered = typeface(face).covered
    if _is_plain(text) or all(ord(sign) in covered for sign in text):
        return [Run(face, text, typeface(face).width(text))]
    cut: list[tuple[Face, list[str]]] = []
    for sign in printable(text, face):
        own = _printer(sign, face) or face
        if cut and cut[-1][0] is own:
            cut[-1][1].append(sign)
        else:
            cut.append((own, [sign]))
    texts = ((own, "".join(signs)) for own, signs in cut)
    return [Run(own, each, typeface(own).width(each)) for own, each in texts]


def _printer(sign: str, face: Face) -> Face | None:
    code = ord(sign)
    for each in (face, *STAND_INS):
        if code in typeface(each).covered:
            return each
    return None
