"""Where a word may be broken when it is wider than its line."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from functools import cache
from typing import Any

from privreg.translation import language

_BREAK_AFTER = frozenset("-/_.@:;,\\&?=")
_LETTERS = re.compile(r"[^\W\d_]{8,80}")
_LEAST_LETTERS = 3  # before and after a hyphen
_DICTIONARIES = {"nl": "nl_NL", "en": "en_GB"}


def break_places(word: str) -> dict[int, str]:
    """Return the good places to break a word: index to what is printed there, '' or a hyphen."""
    places = {at + 1: "" for at, sign in enumerate(word) if sign in _BREAK_AFTER}
    for match in _LETTERS.finditer(word):
        for at in _dictionary(language()).positions(match.group()):
            places[match.start() + at] = "-"
    return places


@cache
def _dictionary(code: str) -> Any:
    from pyphen import (  # type: ignore[import-untyped]  # noqa: PLC0415  (only long words need it)
        Pyphen,
    )

    return Pyphen(lang=_DICTIONARIES[code], left=_LEAST_LETTERS, right=_LEAST_LETTERS)
