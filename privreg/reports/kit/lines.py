"""Breaks texts into lines that fit a width, whatever they hold."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from privreg.reports.document import Emphasis, Link, Quiet, Span, Strong, Text, words
from privreg.reports.kit.hyphens import break_places
from privreg.reports.kit.legible import legible
from privreg.reports.kit.righttoleft import has_right_to_left, in_order_of_sight, joined
from privreg.reports.kit.style import GREY, Colour, Style
from privreg.reports.kit.typefaces import Face, printable, runs, typeface

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SHORTEST_PART = 0.3  # of the width: an earlier break leaves too large a hole
_SIGNS_PER_LINE = 400  # more than any line holds
_UNBROKEN = 1e6  # points: wider than any line


class Piece(NamedTuple):
    """A run on a line, in one face and colour; `x` from the start of the line."""

    x: float
    text: str
    face: Face
    colour: Colour
    anchor: str = ""


class Line(NamedTuple):
    """One line of text and its width, in points."""

    width: float
    pieces: tuple[Piece, ...]


class _Token(NamedTuple):
    """A part of a word in one style."""

    text: str
    face: Face
    colour: Colour
    anchor: str
    spaced: bool  # a space stands before it


def wrap(text: Text, style: Style, width: float) -> list[Line]:
    """Break a text at spaces, and within a word only where it is wider than the line."""
    if isinstance(text, str):
        return [line for each in legible(text).split("\n") for line in _plain(each, style, width)]
    return [line for each in _paragraphs(text, style) for line in _rich(each, style, width)]


def fitting(text: Text, style: Style, width: float, most: int = 1) -> list[Line]:
    """Return at most so many lines; where that is too few, the last ends in an ellipsis."""
    start = words(text)[: _SIGNS_PER_LINE * most]
    lines = wrap(text if len(start) == len(words(text)) else start, style, width)
    if len(lines) <= most:
        return lines
    while len(lines) > most and start:
        start = start[: len(start) * 9 // 10]
        lines = wrap(f"{start.rstrip()}\u2026", style, width)
    return lines[:most]


def natural_width(text: Text, style: Style) -> float:
    """Return the width of the longest line of a text that is not broken."""
    return max((line.width for line in wrap(text, style, _UNBROKEN)), default=0.0)


def widest_word(text: str, style: Style) -> float:
    """Return the width below which a word of the text would have to be broken."""
    word = typeface(style.face).word
    return max((word(each).width * style.size for each in legible(text).split()), default=0.0)


def _plain(text: str, style: Style, width: float) -> list[Line]:
    """Break a text in one style: the road of nearly every text, kept short."""
    word, size = typeface(style.face).word, style.size
    space = word(" ").width * size
    lines: list[tuple[float, list[str]]] = []
    filled = width + 1.0
    for each in text.split(" "):
        measured, simple = word(each)
        wide = measured * size
        if not simple or wide > width:
            return _rich([*_tokens(text, style, spaced=False)], style, width)
        if filled + space + wide > width:
            lines.append((wide, [each]))
            filled = wide
        else:
            filled += space + wide
            lines[-1][1].append(each)
            lines[-1] = (filled, lines[-1][1])
    return [
        Line(wide, (Piece(0.0, " ".join(words), style.face, style.colour),))
        for wide, words in lines
    ]


def _paragraphs(spans: tuple[Span, ...], style: Style) -> Iterator[list[_Token]]:
    tokens: list[_Token] = []
    spaced = False
    for span in spans:
        parts = legible(span if isinstance(span, str) else span.text).split("\n")
        own, anchor = _styled(span, style)
        for number, part in enumerate(parts):
            if number:
                yield tokens
                tokens, spaced = [], False
            tokens += _tokens(part, own, anchor, spaced=spaced)
            spaced = part.endswith(" ") or (spaced and not part)
    yield tokens


def _styled(span: Span, style: Style) -> tuple[Style, str]:
    if isinstance(span, Strong):
        return style._replace(face=Face.SEMIBOLD), ""
    if isinstance(span, Emphasis):
        return style._replace(face=Face.ITALIC), ""
    if isinstance(span, Quiet):
        return style._replace(colour=GREY), ""
    return style, span.anchor if isinstance(span, Link) else ""


def _tokens(text: str, style: Style, anchor: str = "", *, spaced: bool) -> Iterator[_Token]:
    ready = printable(joined(text), style.face)
    for number, each in enumerate(ready.split(" ")):
        if each:
            yield _Token(each, style.face, style.colour, anchor, spaced or number > 0)
        spaced = spaced and not each


def _words(tokens: Iterable[_Token]) -> Iterator[list[_Token]]:
    word: list[_Token] = []
    for token in tokens:
        if token.spaced and word:
            yield word
            word = []
        word.append(token)
    if word:
        yield word


def _rich(tokens: list[_Token], style: Style, width: float) -> list[Line]:
    space = typeface(style.face).word(" ").width * style.size
    lines: list[list[_Token]] = []
    filled = width + 1.0
    for word in _words(tokens):
        wide = sum(_wide(token, style) for token in word)
        if filled + space + wide <= width:
            lines[-1] += word
            filled += space + wide
            continue
        for part in [word] if wide <= width else _parts(word, style, width):
            lines.append(part)
            filled = sum(_wide(token, style) for token in part)
    return [_line(each, style) for each in lines] or [Line(0.0, ())]


def _wide(token: _Token, style: Style) -> float:
    return typeface(token.face).word(token.text).width * style.size


def _parts(word: list[_Token], style: Style, width: float) -> Iterator[list[_Token]]:
    """Break a word that is wider than the line: after a mark if there is one, else anywhere."""
    for token in word:
        for number, text in enumerate(_cut(token, style, width)):
            yield [token._replace(text=text, spaced=token.spaced and not number)]


def _cut(token: _Token, style: Style, width: float) -> Iterator[str]:
    """Cut a word into parts that fit, at the last good place of each if there is one."""
    wide = typeface(token.face).word
    text, places = token.text, break_places(token.text)
    start, filled, good = 0, 0.0, 0
    for at, sign in enumerate(text):
        step = wide(sign).width * style.size
        while filled + step > width and at > start:
            stop = good if good > start else at
            yield text[start:stop] + places.get(stop, "")
            filled = sum(wide(each).width for each in text[stop:at]) * style.size
            start = stop
        filled += step
        hyphen = places.get(at + 1)
        if hyphen is None or filled < width * _SHORTEST_PART:
            continue
        if filled + wide(hyphen).width * style.size <= width:
            good = at + 1
    yield text[start:]


def _line(tokens: list[_Token], style: Style) -> Line:
    pieces: list[Piece] = []
    x = 0.0
    for text, first in _same_style(tokens):
        seen = in_order_of_sight(text) if has_right_to_left(text) else text
        for run in runs(seen, first.face):
            pieces.append(Piece(x, run.text, run.face, first.colour, first.anchor))
            x += run.width * style.size
    return Line(x, tuple(pieces))


def _same_style(tokens: list[_Token]) -> Iterator[tuple[str, _Token]]:
    for number, (_style, group) in enumerate(groupby(tokens, key=lambda token: token[1:4])):
        same = list(group)
        text = "".join((" " if token.spaced else "") + token.text for token in same)
        yield text if number else text.lstrip(" "), same[0]
