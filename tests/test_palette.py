"""The colours can be read: the contrast WCAG asks for, in light and in dark."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import math
from dataclasses import asdict
from itertools import combinations

import pytest

from privreg.palette import DARK, LIGHT, Palette
from privreg.paths import TICKS

FOR_TEXT = 4.5  # WCAG 2.2, success criterion 1.4.3
FOR_SHAPES = 3.0  # WCAG 2.2, success criterion 1.4.11
LETTERS = ("text", "muted", "accent", "late", "soon", "calm", "done", "held", "waiting")
GROUNDS = ("background", "surface", "raised", "selection")
CLOCK_STATES = ("late", "soon", "calm", "held")

both = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG for '#rrggbb', between 0 and 1."""
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG, between 1 and 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_highest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@both
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("letters", LETTERS)
def test_letters_stand_out_from_every_ground(palette: Palette, letters: str, ground: str) -> None:
    assert contrast(getattr(palette, letters), getattr(palette, ground)) >= FOR_TEXT


@both
def test_letters_on_the_accent_stand_out(palette: Palette) -> None:
    assert contrast(palette.accent_text, palette.accent) >= FOR_TEXT


@both
def test_the_tick_in_a_box_has_the_colour_of_letters_on_the_accent(palette: Palette) -> None:
    drawn = (TICKS / f"{palette.accent_text.removeprefix('#')}.svg").read_text("utf-8")
    assert f'stroke="{palette.accent_text}"' in drawn


@both
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_ring_round_the_focus_is_seen(palette: Palette, ground: str) -> None:
    assert contrast(palette.focus, getattr(palette, ground)) >= FOR_SHAPES


@both
def test_the_states_of_a_clock_are_told_apart(palette: Palette) -> None:
    for one, other in combinations(CLOCK_STATES, 2):
        assert colour_distance(getattr(palette, one), getattr(palette, other)) > 40


@both
def test_every_colour_is_six_digits(palette: Palette) -> None:
    for colour in asdict(palette).values():
        assert colour.startswith("#")
        assert len(bytes.fromhex(colour[1:])) == 3


def colour_distance(one: str, other: str) -> float:
    """Return how far two colours lie apart in red, green and blue, between 0 and 442."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return math.sqrt(sum((a - b) ** 2 for a, b in pairs))
