"""The line icons in the colours of the palette in use, tinted anew when it changes.

An icon is painted when it comes into sight, in the size and sharpness asked for, and once.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from privreg.palette import LIGHT, Palette
from privreg.paths import ICONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

SIZE = 16

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


class _LineIcon(QIconEngine):
    """Paints an icon when Qt asks for it: most that a page has are never seen."""

    def __init__(self, name: str, colour: str, disabled: str) -> None:
        super().__init__()
        self.name, self.colour, self.disabled = name, colour, disabled

    def clone(self) -> QIconEngine:
        """Return the same icon, for a QIcon of its own."""
        return _LineIcon(self.name, self.colour, self.disabled)

    def actualSize(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State) -> QSize:
        """Return the size of the picture in this room: it never grows past its own."""
        side = _side(size)
        return QSize(side, side)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float
    ) -> QPixmap:
        """Return the picture for a size on a screen this sharp."""
        colour = self.disabled if mode is QIcon.Mode.Disabled else self.colour
        return _painted(self.name, colour, _side(size), scale)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the picture for a screen of single sharpness."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint the picture in a place."""
        room = QRect(QPoint(0, 0), self.actualSize(rect.size(), mode, state))
        room.moveCenter(rect.center())
        scale = painter.device().devicePixelRatio()
        painter.drawPixmap(room, self.scaledPixmap(rect.size(), mode, state, scale))


def _side(room: QSize) -> int:
    return min(room.width(), room.height(), SIZE)


def icon(name: str, tone: str = "text") -> QIcon:
    """Return an icon in one tone; greyed where its button is disabled."""
    return QIcon(_LineIcon(name, str(getattr(_in_use, tone)), _in_use.line))


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
