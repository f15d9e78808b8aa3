"""The look of the paper: page, typefaces, sizes and greys, in points."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import NamedTuple

from privreg.reports.kit.typefaces import Face

MM = 72 / 25.4

PAGE_WIDTH = 210 * MM
PAGE_HEIGHT = 297 * MM
LEFT = 22 * MM
RIGHT = 18 * MM
TOP = 25 * MM
BOTTOM = 23 * MM
HEADER_AT = 14 * MM  # baseline of the header, from the upper edge
FOOTER_AT = 12 * MM  # baseline of the footer, from the lower edge
FRAME_WIDTH = PAGE_WIDTH - LEFT - RIGHT
FRAME_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM

LABEL_WIDTH = 42 * MM
GUTTER = 9.0  # between columns
HAIRLINE = 0.4
RULE = 0.9
ABOVE_CELL = 3.2
BELOW_CELL = 3.6

Colour = tuple[float, float, float]
INK: Colour = (0.09, 0.09, 0.10)
GREY: Colour = (0.36, 0.37, 0.39)  # 6.5 : 1 on white
LINE: Colour = (0.72, 0.73, 0.75)
GROUND: Colour = (0.945, 0.95, 0.955)
ACCENT: Colour = (0.10, 0.22, 0.36)  # prints as a dark grey
WHITE: Colour = (1.0, 1.0, 1.0)


class Style(NamedTuple):
    """How a text is set."""

    face: Face
    size: float
    leading: float
    colour: Colour = INK


BODY = Style(Face.REGULAR, 9.5, 13)
LABEL = Style(Face.SEMIBOLD, 9.5, 13, GREY)
SMALL = Style(Face.REGULAR, 8, 11, GREY)
SMALL_LABEL = Style(Face.SEMIBOLD, 8, 11, GREY)
CELL = Style(Face.REGULAR, 9, 12)
CELL_STRONG = Style(Face.SEMIBOLD, 9, 12)
CELL_QUIET = Style(Face.REGULAR, 9, 12, GREY)
CELL_HEAD = Style(Face.SEMIBOLD, 8, 10.5, GREY)
STRONG = Style(Face.SEMIBOLD, 9.5, 13)
TITLE = Style(Face.SEMIBOLD, 21, 26, ACCENT)
SUBTITLE = Style(Face.REGULAR, 11.5, 16, GREY)
CONTROLLER = Style(Face.SEMIBOLD, 11, 15)
HEADINGS = {
    1: Style(Face.SEMIBOLD, 14.5, 19, ACCENT),
    2: Style(Face.SEMIBOLD, 11.5, 15.5),
    3: Style(Face.SEMIBOLD, 9.5, 13, ACCENT),
}
SPACE_ABOVE_HEADING = {1: 22.0, 2: 17.0, 3: 11.0}
RUNNING = Style(Face.REGULAR, 7.5, 10, GREY)
BIG_CODE = Style(Face.SEMIBOLD, 15, 24)

ASCENT = 0.76  # of the size: from the top of a line's letters to the baseline


def baseline(style: Style) -> float:
    """Return how far under the top of its line a text stands."""
    return (style.leading - style.size) / 2 + style.size * ASCENT + style.size * 0.06
