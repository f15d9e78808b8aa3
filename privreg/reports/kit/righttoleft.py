"""Arabic and Hebrew on a line: letters joined, then put in the order in which they are seen."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_ARABIC = re.compile("[\u0600-\u06ff]")
_JOINER = "\u200d"
_JOINERS = re.compile("[\u200c\u200d]")
_LAM = "\u0644"
_TATWEEL = "\u0640"


class _Forms(NamedTuple):
    """The shapes of one letter: alone, at the end, at the start, in the middle."""

    isolated: str
    final: str
    initial: str
    medial: str


def has_right_to_left(text: str) -> bool:
    """Tell whether any letter of the text is written from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def joined(text: str) -> str:
    """Return the text, still in reading order, with Arabic letters in their joined shapes."""
    if not _ARABIC.search(text):
        return _JOINERS.sub("", text)
    letters = _with_ligatures(text)
    shaped = (_shaped(letters, place) for place in range(len(letters)))
    return _JOINERS.sub("", "".join(shaped))


def in_order_of_sight(line: str) -> str:
    """Return one line as it is seen from left to right."""
    from bidi.algorithm import (  # type: ignore[import-untyped]  # noqa: PLC0415  (few texts need it)
        get_display,
    )

    return str(get_display(line))


def _with_ligatures(text: str) -> list[str]:
    letters: list[str] = []
    for sign in text:
        if letters and letters[-1] == _LAM and _LAM + sign in _shapes():
            letters[-1] += sign
        else:
            letters.append(sign)
    return letters


def _shaped(letters: list[str], place: int) -> str:
    forms = _shapes().get(letters[place])
    if forms is None:
        return letters[place]
    before = _joins_onward(_neighbour(letters, place, -1)) and bool(forms.final)
    after = bool(forms.initial) and _joins_back(_neighbour(letters, place, 1))
    if before and after:
        return forms.medial or forms.final
    if before:
        return forms.final
    return forms.initial if after else forms.isolated


def _neighbour(letters: list[str], place: int, step: int) -> str:
    place += step
    while 0 <= place < len(letters) and unicodedata.combining(letters[place][0]):
        place += step
    return letters[place] if 0 <= place < len(letters) else ""


def _joins_onward(letter: str) -> bool:
    forms = _shapes().get(letter)
    return letter in (_JOINER, _TATWEEL) or bool(forms and forms.initial)


def _joins_back(letter: str) -> bool:
    forms = _shapes().get(letter)
    return letter in (_JOINER, _TATWEEL) or bool(forms and forms.final)


@cache
def _shapes() -> dict[str, _Forms]:
    """Read the joined shapes out of the Unicode data: each names its letter and its place."""
    found: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEFD)):
        form, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        letter = "".join(chr(int(each, 16)) for each in letters)
        found.setdefault(letter, {})[form.strip("<>")] = chr(code)
    return {
        letter: _Forms(
            forms.get("isolated", letter),
            forms.get("final", ""),
            forms.get("initial", ""),
            forms.get("medial", ""),
        )
        for letter, forms in found.items()
        if len(letter) == 1 or letter[0] == _LAM
    }
