"""One field on the form: label and article above, help under it, the error in words beside it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from privreg.formats import article, text
from privreg.registers.unchecked import is_unchecked
from privreg.registers.validation import is_empty
from privreg.translation import _
from ui.notices import announce
from ui.theme import restyle
from ui.widgets import STEP, hidden_unless, label, line, show_or_hide

if TYPE_CHECKING:
    from collections.abc import Iterable

    from privreg.translation import Message
    from ui.form.editor import Editor

NARROWEST_ERROR = 160


class FieldRow(QWidget):
    """The one call that sets label, buddy, accessible name, help, article and error.

    The error stands beside a narrow editor; under a wide one, or where `has_room` is False.
    """

    def __init__(self, editor: Editor, *, has_room: bool = True) -> None:
        super().__init__()
        self.is_beside = has_room and not editor.is_wide
        self.editor = editor
        self.field = editor.field
        spoken = _(self.field.label)
        described = _(self.field.help)
        self.label = label(spoken, "strong")
        self.label.setBuddy(editor.target)
        self.dot = label("", "dot")
        self.dot.setToolTip(_("Still missing"))
        self.article = label(article(self.field.article), "muted")
        self.help = label(described, "muted", wraps=True)
        hidden_unless(described, self.help)
        self.note = label(_("Not yet checked against a second source."), "muted", wraps=True)
        self.note.hide()
        self.error = label("", "late", wraps=True)
        self.error.setMinimumWidth(NARROWEST_ERROR)
        self.error.hide()
        editor.name(spoken, described)
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * STEP)
        grid.setVerticalSpacing(STEP // 2)
        grid.addLayout(self._head(), 0, 0, 1, 2)
        if self.is_beside:
            grid.addWidget(self.editor, 1, 0)
            grid.addWidget(self.error, 1, 1, Qt.AlignmentFlag.AlignVCenter)
        else:
            grid.addWidget(self.editor, 1, 0, 1, 2)
            grid.addWidget(self.error, 2, 0, 1, 2)
        grid.addWidget(self.help, 3, 0, 1, 2)
        grid.addWidget(self.note, 4, 0, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 1 if self.is_beside else 0)

    def _head(self) -> QHBoxLayout:
        return line(self.label, self.dot, None, self.article, space=1)

    def show_missing(self) -> None:
        """Show the quiet dot where something the law wants is not there, and what is unsure.

        What was chosen may rest on a source that no second one confirmed: said under it.
        """
        show_or_hide(self.dot, self.is_missing)
        show_or_hide(self.note, is_unchecked(self.field, self.editor.value))

    def show_unseen(self, *, is_unseen: bool) -> None:
        """Say in place of the help that the value is hidden because it may only be stored."""
        hint = _("May only be stored, so it is not shown. Open an item of this kind with a reason.")
        words = hint if is_unseen else _(self.field.help)
        self.help.setText(words)
        show_or_hide(self.help, bool(words))

    @property
    def is_missing(self) -> bool:
        """Whether the law or the register wants this and it is empty."""
        is_wanted = self.field.wanted or self.field.required
        return is_wanted and is_empty(self.editor.value)

    def show_problem(self, problem: Message | None) -> None:
        """Say beside the field what is wrong, or take that away."""
        words = text(problem) if problem is not None else ""
        self.editor.show_wrong(is_wrong=bool(words))
        self._say(words, "late")

    def show_warning(self, warning: Message) -> None:
        """Say beside the field what it may better not say; it can be saved all the same."""
        self._say(_("Mind: {warning}").format(warning=text(warning)), "soon")

    def _say(self, words: str, look: str) -> None:
        is_new = bool(words) and words != self.error.text()
        if self.error.property("look") != look:
            self.error.setProperty("look", look)
            restyle(self.error)
        self.error.setText(words)
        self.error.setVisible(bool(words))
        described = " ".join(part for part in (words, _(self.field.help)) if part)
        self.editor.target.setAccessibleDescription(described)
        if is_new:
            announce(self.editor.target, words)


def row_left(rows: Iterable[FieldRow], old: QWidget | None, new: QWidget | None) -> FieldRow | None:
    """Return the row the focus went away from; None where it was in none or stays within."""
    if old is None:
        return None
    found = next((each for each in rows if each.isAncestorOf(old)), None)
    return None if found is None or (new is not None and found.isAncestorOf(new)) else found
