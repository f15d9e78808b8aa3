"""A new password, asked for twice."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from privreg.translation import N_, _, message
from ui.ask import Ask
from ui.widgets import column

DIFFER = N_("The two passwords differ; type the same one twice.")


class PasswordPair(QWidget):
    """A new password, twice. `edited` says that something was typed."""

    edited = Signal()

    def __init__(self, words: str, help_text: str = "") -> None:
        super().__init__()
        self.first = Ask(words, help_text, is_secret=True)
        self.again = Ask(_("The same password again"), is_secret=True)
        self.setLayout(column(self.first, self.again, space=3))
        for ask in (self.first, self.again):
            ask.input.textEdited.connect(lambda _typed: self.edited.emit())

    @property
    def text(self) -> str:
        """The password."""
        return self.first.text

    def is_typed_twice(self) -> bool:
        """Say whether both are the same, and beside the second when they are not."""
        is_same = self.first.text == self.again.text
        self.again.show_problem(None if is_same else message(DIFFER))
        self.first.show_problem(None)
        return is_same

    def clear(self) -> None:
        """Forget what was typed."""
        for ask in (self.first, self.again):
            ask.input.clear()
            ask.show_problem(None)
