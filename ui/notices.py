"""The one road to the user's ear: bars in the page that tell, warn, offer and ask.

Nothing here blocks; a question has its answer as a button. Tests put a recorder in its place.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from privreg.formats import capitalised, text
from privreg.translation import _
from ui import icons
from ui.widgets import button, icon_button, label, line

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from privreg.errors import ProblemError
    from privreg.translation import Message

STAYS_FOR_MILLISECONDS = 8_000
ICONS = {"information": "check", "problem": "warning", "question": "help", "unsaved": "edit"}
TONES = {"information": "accent", "problem": "late", "question": "accent", "unsaved": "soon"}


class Notices(Protocol):
    """What pages may say to the user."""

    def tell(self, message: Message | str) -> None:
        """Say that something was done; it goes away by itself."""
        ...

    def problem(self, error: ProblemError) -> None:
        """Say what went wrong, in the one sentence of the error; it stays until closed."""
        ...

    def solved(self, error: ProblemError | None) -> None:
        """Take away what was said of this error: it is no longer so."""
        ...

    def offer(self, message: Message | str, word: str, act: Callable[[], object]) -> None:
        """Say that something was done and offer one thing to do about it, such as undo."""
        ...

    def ask(
        self,
        question: Message | str,
        word: str,
        act: Callable[[], object],
        *,
        other: tuple[str, Callable[[], object]] | None = None,
        is_danger: bool = False,
    ) -> None:
        """Ask one question; `word` is the button that says yes, `other` a second way out."""
        ...

    def clear(self) -> None:
        """Take every bar away."""
        ...


class Notice(QFrame):
    """One bar: an icon, a sentence, its buttons, and a cross to close it."""

    def __init__(
        self, sentence: str, kind: str, buttons: list[QPushButton], *, closes: bool = True
    ) -> None:
        super().__init__()
        sentence = capitalised(sentence)
        self.kind = kind
        self.error: ProblemError | None = None
        self.is_offer = False
        self.fresh = QTimer(self, singleShot=True, interval=STAYS_FOR_MILLISECONDS)
        self.fresh.start()
        self.setProperty("look", "notice")
        self.setProperty("tone", kind)
        self.setAccessibleName(sentence)
        self.sentence = label(sentence, wraps=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons = buttons
        cross = [icon_button("close", _("Close"), self.take_away)] if closes else []
        row = line(_picture(kind), self.sentence, *buttons, *cross, edges=(4, 1, 2, 1))
        row.setStretch(1, 1)
        self.setLayout(row)

    def take_away(self) -> None:
        """Close this bar for good."""
        self.hide()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.take_away()
        else:
            super().keyPressEvent(event)


def _picture(kind: str) -> QLabel:
    picture = QLabel()
    picture.setPixmap(icons.pixmap(ICONS[kind], TONES[kind]))
    return picture


class BarNotices(QWidget):
    """The bars above a page. A new one takes the place of an older one of its kind."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = QVBoxLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.stack.setSpacing(0)

    @property
    def shown(self) -> list[Notice]:
        """The bars that stand now, from top to bottom."""
        return [each for each in self.findChildren(Notice) if not each.isHidden()]

    def tell(self, message: Message | str) -> None:
        """Say that something was done; it goes away by itself."""
        notice = self._show(Notice(text(message), "information", []))
        notice.fresh.timeout.connect(notice.take_away)

    def problem(self, error: ProblemError) -> None:
        """Say what went wrong, in the one sentence of the error; it stays until closed."""
        self._show(Notice(text(error.problem), "problem", [])).error = error

    def solved(self, error: ProblemError | None) -> None:
        """Take away what was said of this error: it is no longer so."""
        for notice in self.shown:
            if error is not None and notice.error is error:
                notice.take_away()

    def offer(self, message: Message | str, word: str, act: Callable[[], object]) -> None:
        """Say that something was done and offer one thing to do about it, such as undo.

        It stays while its page does; away from that page it stays no longer than what is told.
        """
        self._show(Notice(text(message), "information", [button(word)]), act).is_offer = True

    def page_left(self) -> None:
        """Take away what was offered on the page that was left, once it could be read."""
        for notice in self.shown:
            if notice.is_offer and notice.fresh.isActive():
                notice.fresh.timeout.connect(notice.take_away)
            elif notice.is_offer:
                notice.take_away()

    def ask(
        self,
        question: Message | str,
        word: str,
        act: Callable[[], object],
        *,
        other: tuple[str, Callable[[], object]] | None = None,
        is_danger: bool = False,
    ) -> None:
        """Ask one question; `word` is the button that says yes, `other` a second way out."""
        buttons = [button(word, tone="danger" if is_danger else "primary")]
        acts = [act]
        if other is not None:
            buttons.append(button(other[0]))
            acts.append(other[1])
        buttons.append(button(_("Cancel")))
        acts.append(_nothing)
        notice = self._show(Notice(text(question), "question", buttons, closes=False), *acts)
        notice.buttons[0].setFocus()

    def clear(self) -> None:
        """Take every bar away."""
        for notice in self.shown:
            notice.take_away()

    def _show(self, notice: Notice, *acts: Callable[[], object]) -> Notice:
        for older in self.shown:
            if older.kind == notice.kind:
                older.take_away()
        for word, act in zip(notice.buttons, acts, strict=False):
            word.clicked.connect(_closing(notice, act))
        self.stack.addWidget(notice)
        notice.show()
        announce(self, notice.accessibleName())
        return notice


def _closing(notice: Notice, act: Callable[[], object]) -> Callable[[], None]:
    def close_and_act() -> None:
        notice.take_away()
        act()

    return close_and_act


def _nothing() -> None:
    """Answer a question with nothing: cancelling is closing the bar."""


def announce(widget: QWidget, sentence: str) -> None:
    """Have a screen reader say a sentence."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
