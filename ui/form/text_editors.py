"""Editors of text and numbers: one line, several lines, a whole number or nothing."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from privreg.formats import number
from privreg.reading import ReadingError, read_number
from privreg.registers.declaration import Kind
from ui.form.editor import Editor
from ui.theme import mark
from ui.widgets import column, line

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from privreg.registers.declaration import FieldSpec
    from privreg.translation import Message
    from ui.office import Office

WIDTHS = {
    Kind.KVK: 140,
    Kind.VAT: 180,
    Kind.IBAN: 240,
    Kind.POSTCODE: 120,
    Kind.PHONE: 200,
    Kind.NUMBER: 140,
}
NEVER_CUT = 10_000_000  # what is pasted is refused in words when too long, and not cut off
FEWEST_LINES = 3
MOST_LINES = 14


class LineEditor(Editor):
    """One line of text."""

    def __init__(self, field: FieldSpec, office: Office) -> None:
        super().__init__(field, office)
        self.input = QLineEdit()
        self.input.setMaxLength(NEVER_CUT)
        self.input.textEdited.connect(self.edited)
        if field.kind in WIDTHS:
            self.input.setFixedWidth(WIDTHS[field.kind])
            self.setLayout(line(self.input, None, space=0))
        else:
            self.setLayout(line(self.input, space=0))

    @property
    def value(self) -> Any:
        """The text, or '' when empty."""
        return self.input.text().strip()

    @property
    def target(self) -> QWidget:
        """The line itself."""
        return self.input

    def show_value(self, value: Any) -> None:
        """Show a text from its beginning."""
        self.input.setText(str(value or ""))
        self.input.setCursorPosition(0)

    def show_wrong(self, *, is_wrong: bool) -> None:
        """Colour the border."""
        mark(self.input, is_wrong=is_wrong)

    def make_read_only(self, *, is_read_only: bool) -> None:
        """Let it be read and copied."""
        self.input.setReadOnly(is_read_only)


class NumberEditor(LineEditor):
    """A whole number; empty is 'unknown', never 0."""

    @property
    def value(self) -> Any:
        """The number, or None when empty or unreadable."""
        try:
            return read_number(self.input.text()) if self.input.text().strip() else None
        except ReadingError:
            return None

    @property
    def problem(self) -> Message | None:
        """That it is no number."""
        try:
            if self.input.text().strip():
                read_number(self.input.text())
        except ReadingError as error:
            return error.problem
        return None

    def show_value(self, value: Any) -> None:
        """Show the number with its thousands grouped."""
        self.input.setText("" if value is None else number(value))

    def leave(self) -> None:
        """Group the thousands of what was typed."""
        if self.value is not None:
            self.show_value(self.value)


class _Paper(QPlainTextEdit):
    """A text field as high as its text, within bounds; Tab goes to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take the height of the text."""
        lines = int(self.document().size().height())
        shown = max(FEWEST_LINES, min(lines, MOST_LINES))
        self.setFixedHeight(shown * self.fontMetrics().lineSpacing() + 18)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew, and take the height that goes with it."""
        super().resizeEvent(event)
        self.fit()

    def minimumSizeHint(self) -> QSize:
        """Be content with little width."""
        return QSize(120, super().minimumSizeHint().height())


class TextEditor(Editor):
    """A text of several lines, as high as what stands in it."""

    is_wide = True

    def __init__(self, field: FieldSpec, office: Office) -> None:
        super().__init__(field, office)
        self.input = _Paper()
        self._is_showing = False
        self.input.textChanged.connect(self._typed)
        self.setLayout(column(self.input, space=0))

    def _typed(self) -> None:
        if not self._is_showing:
            self.edited.emit()

    @property
    def value(self) -> Any:
        """The text, or '' when empty."""
        return self.input.toPlainText().strip()

    @property
    def target(self) -> QWidget:
        """The text field itself."""
        return self.input

    def show_value(self, value: Any) -> None:
        """Show a text."""
        self._is_showing = True
        self.input.setPlainText(str(value or ""))
        self._is_showing = False

    def show_wrong(self, *, is_wrong: bool) -> None:
        """Colour the border."""
        mark(self.input, is_wrong=is_wrong)

    def make_read_only(self, *, is_read_only: bool) -> None:
        """Let it be read and copied."""
        self.input.setReadOnly(is_read_only)
