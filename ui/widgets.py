"""The small pieces every page is made of: labels, buttons, hairlines, boxes."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QMenu

STEP = 4
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
LONGEST_TIP = 600
ROOM_FOR_A_WORD = 48

_Box = TypeVar("_Box", QHBoxLayout, QVBoxLayout)


def label(text: str = "", look: str = "", *, wraps: bool = False) -> QLabel:
    """Return a label of plain text: mark-up in what users wrote stays visible as written."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    made.setProperty("look", look)
    return made


def as_tip(words: str) -> str:
    """Return a tip that is never read as mark-up, of a length that can be read."""
    short = words if len(words) <= LONGEST_TIP else f"{words[:LONGEST_TIP]}…"
    is_like_markup = "<" in short or "&lt;" in short  # what Qt takes for mark-up holds one of these
    return f"<p>{escape(short)}</p>" if is_like_markup else short


def as_caption(words: str) -> str:
    """Return words for a button or a menu in which '&' stands for itself."""
    return words.replace("&", "&&")


class PushButton(QPushButton):
    """A button that Enter presses as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it on Enter."""
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif self.menu() is not None:
            self.showMenu()
        else:
            self.click()


def button(
    text: str,
    act: Callable[[], object] | None = None,
    *,
    icon: str = "",
    tone: str = "",
    tip: str = "",
) -> QPushButton:
    """Return a push button; `tone` is 'primary', 'danger', 'quiet' or 'link'."""
    made = PushButton(text)
    made.setProperty("tone", tone)
    made.setAutoDefault(False)
    if icon:
        icons.put(made, icon, {"primary": "accent_text", "danger": "late"}.get(tone, "text"))
    if tip:
        made.setToolTip(as_tip(tip))
    if act is not None:
        made.clicked.connect(lambda _checked=False: act())
    return made


def icon_button(
    icon: str, name: str, act: Callable[[], object] | None = None, *, tone: str = "muted"
) -> QToolButton:
    """Return a button that shows an icon only; `name` is its accessible name and its tip."""
    made = QToolButton()
    icons.put(made, icon, tone)
    made.setProperty("tone", "quiet")
    made.setAccessibleName(name)
    made.setToolTip(as_tip(name))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if act is not None:
        made.clicked.connect(lambda _checked=False: act())
    return made


def menu_button(text: str, menu: QMenu, *, tone: str = "") -> QPushButton:
    """Return a button that opens a menu, its chevron at the right of the word."""
    made = button(text, tone=tone)
    made.setMenu(menu)
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    icons.put(made, "chevron-down", "muted")
    made.setIconSize(QSize(12, 12))
    return made


def hidden_unless(shown: object, widget: QWidget) -> None:
    """Hide a widget that has no place yet; showing it then would open a window of its own."""
    if not shown:
        widget.hide()


def show_or_hide(widget: QWidget, shown: bool) -> None:
    """Show or hide a widget that has its place, and leave alone what is right already.

    A widget just put in its place is hidden still, and would be shown with its window.
    """
    is_said = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    if widget.isHidden() is shown or not is_said:
        widget.setVisible(shown)


def hairline(*, upright: bool = False) -> QFrame:
    """Return a line one pixel thin."""
    made = QFrame()
    made.setProperty("look", "upright" if upright else "hairline")
    return made


def frame(look: str) -> QFrame:
    """Return an empty frame of a look that the style sheet knows."""
    made = QFrame()
    made.setProperty("look", look)
    return made


def column(
    *things: QWidget | QLayout | None, space: int = 2, edges: tuple[int, int, int, int] = (0,) * 4
) -> QVBoxLayout:
    """Stack things from top to bottom; `space` and `edges` in steps, None takes what is left."""
    layout = QVBoxLayout()
    return _filled(layout, things, space, edges)


def line(
    *things: QWidget | QLayout | None, space: int = 2, edges: tuple[int, int, int, int] = (0,) * 4
) -> QHBoxLayout:
    """Put things side by side; `space` and `edges` in steps, None takes what is left."""
    layout = QHBoxLayout()
    return _filled(layout, things, space, edges)


def _filled(
    layout: _Box,
    things: tuple[QWidget | QLayout | None, ...],
    space: int,
    edges: tuple[int, int, int, int],
) -> _Box:
    layout.setSpacing(space * STEP)
    layout.setContentsMargins(*(edge * STEP for edge in edges))
    for thing in things:
        if thing is None:
            layout.addStretch(1)
        elif isinstance(thing, QLayout):
            layout.addLayout(thing)
        else:
            layout.addWidget(thing)
    return layout


def boxed(layout: QLayout, look: str = "") -> QFrame:
    """Return a frame that holds a layout."""
    made = frame(look)
    made.setLayout(layout)
    return made


def scrolled(content: QWidget, look: str) -> QScrollArea:
    """Return what shows as much of its content as there is room for; Tab comes by its parts."""
    made = QScrollArea()
    made.setProperty("look", look)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(content)
    return made


def bring_in_sight(widget: QWidget) -> None:
    """Scroll to what just unfolded: the whole of it where there is room, else its beginning."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is None or (content := around.widget()) is None:
        return
    bar, height = around.verticalScrollBar(), around.viewport().height()
    top = widget.mapTo(content, QPoint(0, 0)).y() - STEP
    bottom = top + widget.height() + 2 * STEP
    bar.setValue(min(top, max(bar.value(), bottom - height)))


class ElidedLabel(QLabel):
    """One line that ends in '…' where room lacks, whole in its tip."""

    def __init__(self, text: str = "", look: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", look)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Ask for room for a few letters only."""
        return QSize(STEP * 8, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        fitting = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        painter.drawText(self.contentsRect(), int(self.alignment()), fitting)
        painter.end()


class SteadyLabel(QLabel):
    """One line at the right whose words change often: the window is not laid out anew for it.

    It has room for the longest of the words it is told of, and no more.
    """

    def __init__(self, longest: Iterable[str], look: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", look)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.ensurePolished()
        letters = self.fontMetrics()
        width = max(letters.horizontalAdvance(each) for each in longest)
        self.setFixedSize(width + STEP, letters.height() + STEP)


class CountedButton(QPushButton):
    """A button with a word at its left, cut off where room lacks, and a count at its right."""

    def __init__(self, words: str, look: str) -> None:
        super().__init__()
        self.words = words
        self.count = 0
        self.spoken = ""
        self.is_urgent = False
        self.setProperty("look", look)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_count(0, "")

    def show_count(self, count: int, spoken: str, *, is_urgent: bool = False) -> None:
        """Show a count; `spoken` says it in words, urgent ones stand out."""
        self.count, self.is_urgent = count, is_urgent
        self.setAccessibleName(f"{self.words}, {spoken}" if count else self.words)
        self.spoken = spoken if count else ""
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the word off where room lacks."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        taken = 12 * STEP if not self.icon().isNull() else 6 * STEP
        if self.count:
            taken += self.fontMetrics().horizontalAdvance(str(self.count)) + 2 * STEP
        room = self.width() - taken
        is_icon_only = room < ROOM_FOR_A_WORD and not self.icon().isNull()
        mode = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.words, mode, max(room, STEP * 8))
        self.setText("" if is_icon_only else shown)
        self.setToolTip(as_tip(self.accessibleName() if is_icon_only else self.spoken))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the count at the right end."""
        super().paintEvent(event)
        if not self.count:
            return
        painter = QPainter(self)
        palette = icons.palette_in_use()
        painter.setPen(QColor(palette.late if self.is_urgent else palette.muted))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(0, 0, -3 * STEP, 0), right, str(self.count))
        painter.end()
