"""The steps of a case beside each other, and in words what to do now; a click goes there."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from privreg.translation import _
from ui.flow_layout import FlowLayout
from ui.pages.steps import Step, current, lacking_words, task_words
from ui.widgets import as_tip, column, label

if TYPE_CHECKING:
    from collections.abc import Sequence


class StepButton(QPushButton):
    """One step: its number, its name, and whether it is done, due now, or to come."""

    def __init__(self, place: int, step: Step, *, is_current: bool) -> None:
        super().__init__()
        self.step = step
        self.setProperty("look", "step")
        self.setAutoDefault(False)
        self.setCheckable(True)
        self.setChecked(is_current)
        mark = "✓" if step.is_done else ("●" if is_current else "○")
        self.setText(f"{place} {_(step.name)} {mark}")
        lacks = lacking_words(step)
        words = _("done") if step.is_done else _("missing: {missing}").format(missing=lacks)
        self.setAccessibleName(f"{place} {_(step.name)}, {words}")
        self.setToolTip(as_tip(words))

    def nextCheckState(self) -> None:
        """Stay as it is: a click goes to the step, it does not make it the current one."""


class StepsStrip(QWidget):
    """Shows steps; `wanted` gives the one that was clicked."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[StepButton] = []
        self.flow = FlowLayout()
        self.row = QWidget()
        self.row.setLayout(self.flow)
        self.task = label("", wraps=True)
        self.setLayout(column(self.row, self.task, space=1))

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show steps; the focus stays on its place."""
        now = current(steps)
        self.task.setText(task_words(now))
        if [each.step for each in self.buttons] == list(steps):
            return
        focused = next((n for n, each in enumerate(self.buttons) if each.hasFocus()), None)
        for each in self.buttons:
            self.flow.removeWidget(each)
            each.hide()
            each.deleteLater()
        self.buttons = [
            StepButton(place, step, is_current=step is now) for place, step in enumerate(steps, 1)
        ]
        for each in self.buttons:
            each.clicked.connect(partial(self._want, each.step))
            self.flow.addWidget(each)
        self.row.updateGeometry()
        if focused is not None and focused < len(self.buttons):
            self.buttons[focused].setFocus()

    def _want(self, step: Step, *_checked: bool) -> None:
        self.wanted.emit(step)
