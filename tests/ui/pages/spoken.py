"""Finds the controls in sight that a screen reader could not name."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QLineEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def unnamed(widget: QWidget) -> list[QWidget]:
    """Return the visible buttons and lines without a word of their own or a name."""
    buttons = [
        each
        for each in widget.findChildren(QAbstractButton)
        if each.isVisible() and not isinstance(each.parent(), QLineEdit)
    ]
    lines = [each for each in widget.findChildren(QLineEdit) if each.isVisible()]
    silent: list[QWidget] = [each for each in buttons if not (each.accessibleName() or each.text())]
    silent += [each for each in lines if not each.accessibleName()]
    return silent
