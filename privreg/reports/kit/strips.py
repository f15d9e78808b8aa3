"""What a page is made of: bands as wide as the frame that are never cut, and what is on them."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from privreg.reports.kit.style import INK, LINE, Colour, Style, baseline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from privreg.reports.kit.lines import Line
    from privreg.reports.kit.typefaces import Face


class Ink(NamedTuple):
    """A text; `y` is its baseline, downwards from the top of the strip."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    colour: Colour = INK


class Stroke(NamedTuple):
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    weight: float
    colour: Colour = LINE


class Box(NamedTuple):
    """A rectangle, filled or (with `weight`) outlined; `x`, `y` its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour
    weight: float = 0.0


class Polygon(NamedTuple):
    """A closed shape of straight sides, filled or (with `weight`) outlined."""

    points: tuple[tuple[float, float], ...]
    colour: Colour = INK
    weight: float = 0.0


class Dot(NamedTuple):
    """A circle, filled or (with `weight`) outlined on white."""

    x: float
    y: float
    radius: float
    colour: Colour = INK
    weight: float = 0.0


class Jump(NamedTuple):
    """A place to click that leads to an anchor."""

    x: float
    y: float
    width: float
    height: float
    anchor: str
    own: bool = False  # the key of a heading, given by the kit


Item: TypeAlias = Ink | Stroke | Box | Polygon | Dot | Jump


class Glue(IntEnum):
    """How firmly a strip holds on to the one under it."""

    NONE = 0
    KEPT = 1  # together if one page can hold it
    FIRM = 2  # a heading and its text, the last two rows


class Target(NamedTuple):
    """Where a heading stands: for bookmarks, contents and links."""

    level: int
    text: str
    key: str
    in_contents: bool


@dataclass(slots=True)
class Strip:
    """A band of a page; heights in points."""

    height: float
    items: list[Item] = field(default_factory=list)
    glue: Glue = Glue.NONE
    gap: float = 0.0  # above, dropped at the top of a page
    head: tuple[Strip, ...] = ()  # repeated above it when it opens a page
    target: Target | None = None
    fresh: bool = False  # opens a new page


def put(lines: Iterable[Line], style: Style, x: float, top: float) -> list[Item]:
    """Set lines one under another, the first with its top at `top`."""
    items: list[Item] = []
    y = top + baseline(style)
    for line in lines:
        items += [
            Ink(x + piece.x, y, piece.text, piece.face, style.size, piece.colour)
            for piece in line.pieces
        ]
        _jumps(items, line, style, x, y)
        y += style.leading
    return items


def _jumps(items: list[Item], line: Line, style: Style, x: float, y: float) -> None:
    for place, piece in enumerate(line.pieces):
        if piece.anchor:
            after = line.pieces[place + 1 :]
            end = after[0].x if after else line.width
            items.append(
                Jump(x + piece.x, y - style.size, end - piece.x, style.leading, piece.anchor)
            )


def glued(strips: list[Strip], glue: Glue) -> list[Strip]:
    """Hold strips together, each to the next."""
    for strip in strips[:-1]:
        strip.glue = max(strip.glue, glue)
    return strips


def never_one_alone(strips: list[Strip]) -> list[Strip]:
    """Hold the first two and the last two together, so that none stands alone on a page."""
    if len(strips) > 1:
        strips[0].glue = max(strips[0].glue, Glue.FIRM)
        strips[-2].glue = max(strips[-2].glue, Glue.FIRM)
    return strips
