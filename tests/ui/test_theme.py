"""Light and dark with the system, icons in colour, and Qt in the language of the program."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QFontInfo, QImage, QPalette
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from privreg.palette import DARK, LIGHT, Palette
from privreg.settings import Settings
from privreg.translation import use_language
from tests.ui.conftest import show
from tests.ui.hands import press
from ui import icons
from ui.application import dressed_application
from ui.style_sheet import style_sheet
from ui.widgets import button

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from ui.theme import Theme


@pytest.fixture
def own_theme(theme: Theme) -> Iterator[Theme]:
    """Return the theme as it follows the system, whatever a test chose before; leave it light."""
    theme.choose("system")
    yield theme
    theme.choose("system")
    theme.wear(LIGHT)


def colours_in(picture: QImage) -> set[str]:
    """Return the colours of the pixels that are wholly covered."""
    spots = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    found = (picture.pixelColor(*spot) for spot in spots)
    return {colour.name() for colour in found if colour.alpha() == 255}


def test_the_colours_follow_the_system(own_theme: Theme, qapp: QApplication) -> None:
    for scheme, palette in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        own_theme.follow(scheme)
        assert own_theme.palette is palette
        window = qapp.palette().color(QPalette.ColorRole.Window)
        assert window == QColor(palette.background)
        assert palette.surface in qapp.styleSheet()


def test_an_icon_takes_the_colour_of_the_theme_also_when_it_changes(
    own_theme: Theme, qtbot: QtBot
) -> None:
    made = button("Save", icon="save")
    qtbot.addWidget(made)
    for palette in (LIGHT, DARK):
        own_theme.wear(palette)
        picture = made.icon().pixmap(32, 32).toImage()
        assert colours_in(picture) == {palette.text}


def marked_in(box: QCheckBox, palette: Palette) -> int:
    """Return how many pixels of the little square have the colour that is written on the accent."""
    option = QStyleOptionButton()
    box.initStyleOption(option)
    square = box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box)
    picture = box.grab(square.adjusted(2, 2, -2, -2)).toImage()
    spots = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    ink, ground = QColor(palette.accent_text), QColor(palette.accent)
    found = (picture.pixelColor(*spot) for spot in spots)
    return sum(_apart(each, ink) < _apart(each, ground) for each in found)


def _apart(one: QColor, other: QColor) -> int:
    return abs(one.lightness() - other.lightness())


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_ticked_box_bears_a_tick_and_not_only_a_colour(
    own_theme: Theme, qtbot: QtBot, palette: Palette
) -> None:
    own_theme.wear(palette)
    box = QCheckBox("On paper")
    show(box, qtbot)
    press(box, Qt.Key.Key_Space)
    assert box.isChecked()
    assert 8 <= marked_in(box, palette) <= 60


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_knows_every_colour(palette: Palette) -> None:
    assert "$" not in style_sheet(palette)


def test_the_text_is_set_in_the_bundled_typeface(theme: Theme, qapp: QApplication) -> None:
    font = qapp.font()
    assert QFontInfo(font).family() == "Noto Sans"
    assert font.pointSize() == 10


@pytest.mark.parametrize(("language", "word"), [("nl", "Annuleren"), ("en", "Cancel")])
def test_qt_speaks_the_language_of_the_program(own_theme: Theme, language: str, word: str) -> None:
    dressed_application(Settings({"language": language, "theme": "light"}))
    said = QCoreApplication.translate("QPlatformTheme", "Cancel")
    assert said.replace("&", "") == word
    dressed_application(Settings({"language": "nl", "theme": "light"}))


def test_qt_is_told_its_language_whatever_the_program_speaks_already(own_theme: Theme) -> None:
    dressed_application(Settings({"language": "en", "theme": "light"}))
    use_language("nl")
    dressed_application(Settings({"language": "nl", "theme": "light"}))
    assert QCoreApplication.translate("QPlatformTheme", "Cancel").replace("&", "") == "Annuleren"


def test_the_icon_of_a_disabled_button_is_pale(own_theme: Theme) -> None:
    made = icons.icon("save")
    picture = made.pixmap(16, 16, made.Mode.Disabled).toImage()
    assert colours_in(picture) == {LIGHT.line}
