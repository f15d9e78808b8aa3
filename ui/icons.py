"""The line icons in the colours of the palette in use, tinted anew when it changes."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from privreg.palette import LIGHT, Palette
from privreg.paths import ICONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

SIZE = 16
RATIOS = (1.0, 1.5, 2.0, 3.0)

_in_use: Palette = LIGHT


class HasIcon(Protocol):
    """A button or an action: something an icon can be put on."""

    def setIcon(self, icon: QIcon, /) -> None:
        """Show the icon."""
        ...

    def setProperty(self, name: str, value: object, /) -> bool:
        """Remember something by name."""
        ...

    def property(self, name: str, /) -> object:
        """Return what was remembered."""
        ...


def use_palette(palette: Palette) -> None:
    """Choose the colours of every icon from here on."""
    global _in_use  # noqa: PLW0603  (like the language: one for the whole process)
    _in_use = palette


def palette_in_use() -> Palette:
    """Return the colours on the screen now."""
    return _in_use


def put(target: HasIcon, name: str, tone: str = "text") -> None:
    """Show an icon on a button or action, and keep it in colour when the theme changes.

    `tone` is a colour of the palette by name: 'text', 'muted', 'accent', 'accent_text', 'late'…
    """
    target.setProperty("icon_name", name)
    target.setProperty("icon_tone", tone)
    target.setIcon(icon(name, tone))


def retint(widgets: Iterable[QWidget]) -> None:
    """Put every icon anew in the palette in use, on widgets and on their actions."""
    for widget in widgets:
        for target in (widget, *widget.findChildren(QAction)):
            name, tone = target.property("icon_name"), target.property("icon_tone")
            if name and isinstance(target, QAbstractButton | QAction):
                target.setIcon(icon(str(name), str(tone)))


def icon(name: str, tone: str = "text") -> QIcon:
    """Return an icon in one tone; greyed where its button is disabled."""
    made = QIcon()
    for ratio in RATIOS:
        made.addPixmap(pixmap(name, tone, SIZE, ratio))
        made.addPixmap(pixmap(name, "line", SIZE, ratio), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, tone: str = "text", size: int = SIZE, ratio: float = 2.0) -> QPixmap:
    """Return one picture of an icon, `size` logical pixels square."""
    return _painted(name, str(getattr(_in_use, tone)), size, ratio)


@cache
def _painted(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    side = round(size * ratio)
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    source = (ICONS / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
