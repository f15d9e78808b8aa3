"""What every editor of a field can do: show a value, give one, say what is wrong with it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from privreg.registers.declaration import FieldSpec
    from privreg.translation import Message
    from ui.office import Office


class Editor(QWidget):
    """The control of one field. `edited` is emitted when the user changed it, never by `show`."""

    edited = Signal()
    is_wide = False
    """Whether it takes the whole width, its error then standing under it."""

    def __init__(self, field: FieldSpec, office: Office) -> None:
        super().__init__()
        self.field = field
        self.office = office

    @property
    def value(self) -> Any:
        """The value as it would be saved; what cannot be read is not in it."""
        raise NotImplementedError

    @property
    def problem(self) -> Message | None:
        """What is wrong with what was typed, or None."""
        return None

    @property
    def target(self) -> QWidget:
        """The control that takes the focus and the accessible name."""
        return self

    def show_value(self, value: Any) -> None:
        """Show a value without calling it edited."""
        raise NotImplementedError

    def show_wrong(self, *, is_wrong: bool) -> None:
        """Mark the control as wrong, or as right again."""

    def make_read_only(self, *, is_read_only: bool) -> None:
        """Let the value be read and copied, not changed."""
        self.setDisabled(is_read_only)

    def leave(self) -> None:
        """Tidy what was typed, as the focus goes elsewhere."""

    def name(self, spoken: str, description: str) -> None:
        """Give every control in it the name a screen reader says."""
        self.target.setAccessibleName(spoken)
        self.target.setAccessibleDescription(description)
