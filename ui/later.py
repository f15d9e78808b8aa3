"""Parts of a page that are made after it stands: one at each turn of the window's loop.

A page shows its list at once; what is not in sight yet follows in steps too short to be felt.
Whoever asks for a part sooner gets it made then and there, so nobody else needs to know.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")


class later(cached_property[T]):  # noqa: N801  (reads as the decorator it is)
    """Marks a method that makes a part of a widget and puts it in its place."""


def is_made(owner: object, name: str) -> bool:
    """Whether a part marked `later` is there already."""
    return name in owner.__dict__


def make(owner: object, name: str) -> None:
    """Make a part marked `later` now, unless it is there."""
    getattr(owner, name)


def make_next(owner: object) -> bool:
    """Make one part that a widget, or a part of it, still lacks; False when all are there."""
    for name in _parts(type(owner)):
        if not is_made(owner, name):
            make(owner, name)
            return True
        if make_next(owner.__dict__[name]):
            return True
    return False


def _parts(kind: type) -> Iterator[str]:
    """Return the names of the parts made later, those of what a class builds on first."""
    found: dict[str, Any] = {}
    for each in reversed(kind.__mro__):
        found |= {name: it for name, it in vars(each).items() if isinstance(it, later)}
    return iter(found)


class LaterParts(QObject):
    """Makes what pages still lack while nothing else is to be done, the newest page first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.pages: list[QObject] = []
        self.timer = QTimer(self)
        self.timer.timeout.connect(self._make_one)

    def of(self, page: QObject) -> None:
        """Make the parts of a page from the next turn of the loop on."""
        self.pages.append(page)
        self.timer.start(0)

    def _make_one(self) -> None:
        while self.pages:
            if isValid(self.pages[-1]) and make_next(self.pages[-1]):
                return
            self.pages.pop()
        self.timer.stop()
