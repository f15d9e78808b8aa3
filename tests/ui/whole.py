"""Finds what does not stand whole in a window: cut off, outside its place, or to be scrolled."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QSizePolicy, QWidget

from ui.widgets import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDED = 1
_Kind = TypeVar("_Kind", bound=QWidget)


def cut_off(window: QWidget) -> list[str]:
    """Return the words in sight that have too little room."""
    return [
        *(f"label: {each.text()}" for each in _of(window, QLabel) if _is_cut(each)),
        *(f"button: {each.text()}" for each in _of(window, QAbstractButton) if _is_narrow(each)),
        *(f"outside: {each.text()}" for each in _of(window, QAbstractButton) if _is_outside(each)),
    ]


def scrolled_sideways(window: QWidget) -> list[str]:
    """Return what is to be scrolled from left to right."""
    areas = _of(window, QAbstractScrollArea)
    return [type(each).__name__ for each in areas if each.horizontalScrollBar().isVisible()]


def _of(window: QWidget, kind: type[_Kind]) -> Iterator[_Kind]:
    return (each for each in window.findChildren(kind) if each.isVisible())


def _is_cut(words: QLabel) -> bool:
    if not words.text() or isinstance(words, ElidedLabel) or words.visibleRegion().isEmpty():
        return False
    if words.wordWrap():
        return words.heightForWidth(words.width()) > words.height() + ROUNDED
    return words.sizeHint().width() > words.width() + ROUNDED


def _is_narrow(made: QAbstractButton) -> bool:
    is_cut_on_purpose = made.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored
    wanted = made.minimumSizeHint().width()
    return bool(made.text()) and not is_cut_on_purpose and wanted > made.width() + ROUNDED


def _is_outside(made: QAbstractButton) -> bool:
    holder = made.parentWidget()
    layout = holder.layout() if holder is not None else None
    if holder is None or layout is None or layout.indexOf(made) < 0:
        return False
    return not holder.rect().contains(made.geometry())
