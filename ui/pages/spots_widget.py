"""A picture with spots in a row, one of which has the cursor: arrows move it, Enter opens it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from ui.notices import announce

if TYPE_CHECKING:
    from collections.abc import Sequence

OPENS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
NONE = -1


class Spot(Protocol):
    """What stands on a spot: its line for a reader, and what it opens."""

    @property
    def spoken(self) -> str:
        """The spot on one line."""

    @property
    def target(self) -> Any:
        """What a click on it opens."""


S = TypeVar("S", bound=Spot)


class SpotsWidget(QWidget, Generic[S]):
    """Walks along spots. `opened` gives the target of the one that was chosen."""

    opened = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.spots: Sequence[S] = ()
        self.at = 0
        self.under_mouse = NONE
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def show_spots(self, spots: Sequence[S], at: int) -> None:
        """Show these spots with the cursor on one of them."""
        self.spots = list(spots)
        self.at = max(0, min(at, len(self.spots) - 1))
        self.under_mouse = NONE
        self.update()

    def spot_at(self, x: float) -> int:
        """Return the spot at a distance from the left, or NONE."""
        raise NotImplementedError

    @property
    def in_view(self) -> int:
        """The spot that is pointed at, or has the cursor."""
        if self.under_mouse != NONE:
            return self.under_mouse
        return self.at if self.hasFocus() and self.spots else NONE

    def go_to(self, spot: int) -> None:
        """Move the cursor to a spot and say it."""
        if self.spots:
            self.at = max(0, min(spot, len(self.spots) - 1))
            announce(self, self.spots[self.at].spoken)
        self.update()

    def _open(self, spot: int) -> None:
        if 0 <= spot < len(self.spots):
            self.at = spot
            self.opened.emit(self.spots[spot].target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, Home and End; open with Enter."""
        goes = {
            Qt.Key.Key_Left: self.at - 1,
            Qt.Key.Key_Right: self.at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self.spots) - 1,
        }
        if event.key() in goes:
            self.go_to(goes[Qt.Key(event.key())])
        elif event.key() in OPENS:
            self._open(self.at)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the spot that is pointed at."""
        self.under_mouse = self.spot_at(event.position().x())
        is_over = self.under_mouse != NONE
        shape = Qt.CursorShape.PointingHandCursor if is_over else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing any more."""
        super().leaveEvent(event)
        self.under_mouse = NONE
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open a spot."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._open(self.spot_at(event.position().x()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where the cursor is."""
        super().focusInEvent(event)
        self.go_to(self.at)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no cursor any more."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Show a spot's line as its tip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            spot = self.spot_at(event.pos().x())
            words = self.spots[spot].spoken if spot != NONE else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)
