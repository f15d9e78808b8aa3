"""One question outside the form: label above, control, help under it, error in words."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from privreg.formats import text
from ui.notices import announce
from ui.theme import mark
from ui.widgets import column, hidden_unless, label, line

if TYPE_CHECKING:
    from privreg.translation import Message


class Ask(QWidget):
    """A line with its words; `is_secret` hides what is typed."""

    def __init__(self, words: str, help_text: str = "", *, is_secret: bool = False) -> None:
        super().__init__()
        self.input = QLineEdit()
        self.input.setAccessibleName(words)
        self.input.setAccessibleDescription(help_text)
        if is_secret:
            self.input.setEchoMode(QLineEdit.EchoMode.Password)
        self.label = label(words, "strong")
        self.label.setBuddy(self.input)
        self.help = label(help_text, "muted", wraps=True)
        hidden_unless(help_text, self.help)
        self.error = label("", "late", wraps=True)
        self.error.hide()
        self.beside = line(self.input, space=1)
        self.setLayout(column(self.label, self.beside, self.error, self.help, space=1))
        self.input.textEdited.connect(lambda _typed: self.show_problem(None))

    @property
    def text(self) -> str:
        """What was typed, without blanks round it; a password as it was typed."""
        typed = self.input.text()
        return typed if self.input.echoMode() is QLineEdit.EchoMode.Password else typed.strip()

    def show_problem(self, problem: Message | None) -> None:
        """Say what is wrong, or take that away; typing takes it away too."""
        words = text(problem) if problem is not None else ""
        if words == self.error.text():
            return
        self.error.setText(words)
        self.error.setVisible(bool(words))
        mark(self.input, is_wrong=bool(words))
        described = " ".join(part for part in (words, self.help.text()) if part)
        self.input.setAccessibleDescription(described)
        if words:
            announce(self.input, words)
