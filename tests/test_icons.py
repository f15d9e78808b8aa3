"""The icons are one family: Qt reads each, and each takes the colour of the text beside it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from privreg.palette import LIGHT
from privreg.paths import ICONS
from tests.test_architecture import place_of, program_files

if TYPE_CHECKING:
    from pathlib import Path

APP_ICON = "privreg"
LINE_ICONS = sorted(path for path in ICONS.glob("*.svg") if path.stem != APP_ICON)
SIDE = 24


def painted(path: Path, colour: str) -> QImage:
    """Paint an icon in a colour on nothing."""
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    source = path.read_text("utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    assert renderer.isValid()
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def solid_colours(image: QImage) -> set[str]:
    """Return the colours of the pixels that are wholly covered."""
    pixels = (image.pixelColor(x, y) for x in range(SIDE) for y in range(SIDE))
    return {colour.name() for colour in pixels if colour.alpha() == QColor("black").alpha()}


@pytest.mark.parametrize("path", LINE_ICONS, ids=lambda path: path.stem)
def test_a_line_icon_takes_the_colour_it_is_given(path: Path) -> None:
    assert 'viewBox="0 0 24 24"' in path.read_text("utf-8")
    assert solid_colours(painted(path, LIGHT.late)) == {LIGHT.late}


@pytest.mark.parametrize("path", LINE_ICONS, ids=lambda path: path.stem)
def test_a_line_icon_keeps_clear_of_its_edge(path: Path) -> None:
    image = painted(path, LIGHT.text)
    edge = [(x, y) for x in range(SIDE) for y in (0, SIDE - 1)]
    edge += [(x, y) for y in range(SIDE) for x in (0, SIDE - 1)]
    assert not [spot for spot in edge if image.pixelColor(*spot).alpha() > 64]


def test_the_icon_of_the_program_can_be_painted() -> None:
    assert len(solid_colours(painted(ICONS / f"{APP_ICON}.svg", LIGHT.text))) > 2


def test_every_icon_the_program_names_is_there() -> None:
    drawn = {path.stem for path in ICONS.glob("*.svg")}
    missing = [
        (place_of(path), name)
        for path in program_files()
        for name in re.findall(r'\bicon(?:=|\()"([\w-]+)"', path.read_text("utf-8"))
        if name not in drawn
    ]
    assert missing == []
