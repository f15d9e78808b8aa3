"""Makes any text printable: nothing vanishes, nothing breaks the page."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\ufffd"

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[ \t\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+")
_FLAG_TAGS = re.compile("(?<=\U0001f3f4)[\U000e0020-\U000e007f]+")
_WITHOUT_INK = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b\u200e\u200f\u202a-\u202c\u2060-\u2064"
    "\u2066-\u2069\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_DELETE = 0x7F
_FIRST_PICTURE = 0x2400
_PICTURES = 0x20
_DELETE_PICTURE = "\u2421"


def legible(text: str) -> str:
    """Return the text composed, with line ends as newlines and a stand-in for each control.

    Signs that only steer the layout (soft hyphens, joiners of emoji, direction marks) go;
    direction overrides, which can make a text read as another one, stay and are shown.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lines = _SPACES.sub(" ", _LINE_ENDS.sub("\n", paired))
    inked = _WITHOUT_INK.sub("", _FLAG_TAGS.sub("", lines))
    return _CONTROLS.sub(_picture, unicodedata.normalize("NFC", inked))


def on_one_line(text: str) -> str:
    """Return the legible text without line ends, for titles, bookmarks and metadata."""
    return " ".join(legible(text).split())


def stand_in(sign: str) -> str:
    """Return what is printed for a sign that no typeface has: its number, in brackets."""
    return f"[U+{ord(sign):04X}]"


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code == _DELETE:
        return _DELETE_PICTURE
    return chr(_FIRST_PICTURE + code) if code < _PICTURES else REPLACEMENT
