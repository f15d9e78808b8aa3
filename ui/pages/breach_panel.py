"""What stands above the form of a breach: the clock in large, what is told, the next step.

Made by hand, for somebody under stress: it says what to do now and goes there on a click.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from privreg import formats
from privreg.law.breach import Decision, ends_the_clock
from privreg.registers.breach_checks import first_notified_at
from privreg.registers.breach_clock import decision_of
from privreg.registers.reading import moment_of, text_of
from privreg.services import agenda as clocks
from privreg.translation import N_, Message, _, message
from ui.flow_layout import FlowLayout
from ui.pages.breach_steps import BreachStep, current, lacking_words, steps_of, task_words
from ui.pages.clock_face import ClockFace
from ui.pages.desk_of import desk_of
from ui.widgets import button, column, label, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from privreg.law.deadline import Deadline
    from privreg.registers.declaration import Finding, Values
    from ui.record_pane import RecordPane

ASKED_AFTER_MILLISECONDS = 300
ROOM_FOR_BOTH = 900


class StepButton(QPushButton):
    """One step: its number, its name, and whether it is done, due now, or to come."""

    def __init__(self, place: int, step: BreachStep, *, is_current: bool) -> None:
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
        self.setToolTip(words)

    def nextCheckState(self) -> None:
        """Stay as it is: a click goes to the step, it does not make it the current one."""


class BreachPanel(QWidget):
    """The clock and the steps of the breach on the form, saved or not."""

    def __init__(self, pane: RecordPane) -> None:
        super().__init__()
        self.pane = pane
        self.office = pane.office
        self.because: Sequence[Message] = ()
        self.face = ClockFace(self.office.desk.clock)
        self.face.turned.connect(lambda _how: self.face.say_turned())
        self.told = label("", "strong", wraps=True)
        self.reason = label("", "muted", wraps=True)
        self.why = button(_("why?"), self._toggle_why, tone="link")
        self.reasons = label("", "muted", wraps=True)
        self.reasons.hide()
        self.flow = FlowLayout()
        self.steps = QWidget()
        self.steps.setLayout(self.flow)
        self.buttons: list[StepButton] = []
        self.task = label("", wraps=True)
        self._lay_out()
        self.later = QTimer(self)
        self.later.setSingleShot(True)
        self.later.setInterval(ASKED_AFTER_MILLISECONDS)
        self.later.timeout.connect(self.ask)
        pane.shown.connect(lambda _values: self.ask())
        pane.form.edited.connect(self.later.start)

    def _lay_out(self) -> None:
        starts = line(self.reason, self.why, space=1)
        starts.setStretch(0, 1)
        words = column(
            self.told, starts, self.reasons, self.steps, self.task, None, space=1, edges=(0,) * 4
        )
        row = line(space=4, edges=(4, 0, 4, 3))
        row.addWidget(self.face, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.setLayout(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the steps more room in a narrow window."""
        super().resizeEvent(event)
        self.face.fit(is_narrow=self.width() < ROOM_FOR_BOTH)

    def ask(self) -> None:
        """Ask for the clock and the findings of what stands on the form."""
        values = self.pane.form.values
        if not values:
            return
        draft: Values = {**values, "id": values.get("id") or uuid4()}
        desk = desk_of(self.office)
        self._show_steps(steps_of(draft))
        self.office.worker.run(
            lambda: (
                draft,
                clocks.record_deadlines(desk, "breaches", draft),
                clocks.record_findings(desk, "breaches", draft),
            ),
            self._show,
            latest=f"breach:{id(self)}",
        )

    def _show(self, found: tuple[Values, Sequence[Deadline], Sequence[Finding]]) -> None:
        values, deadlines, findings = found
        self.show_breach(values, deadlines[0] if moment_of(values, "aware_at") else None)
        self._show_steps(steps_of(values, findings))

    def show_breach(self, values: Values, deadline: Deadline | None) -> None:
        """Show the clock of a breach, and in words what has been told to whom."""
        self.face.show_deadline(deadline)
        self.told.setText(formats.text(told_words(values)))
        self.reason.setText(formats.text(start_words(values)))
        self.because = deadline.because if deadline is not None else ()
        self.reasons.setText("\n".join(f"→ {formats.text(each)}" for each in self.because))
        self.why.setVisible(bool(self.because))

    def _toggle_why(self) -> None:
        self.reasons.setVisible(not self.reasons.isVisible())
        self.why.setText(_("hide") if self.reasons.isVisible() else _("why?"))

    def _show_steps(self, steps: Sequence[BreachStep]) -> None:
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
            each.clicked.connect(self._goer(each.step))
            self.flow.addWidget(each)
        self.steps.updateGeometry()
        if focused is not None and focused < len(self.buttons):
            self.buttons[focused].setFocus()

    def _goer(self, step: BreachStep) -> Any:
        return lambda: self.go_to(step)

    def go_to(self, step: BreachStep) -> None:
        """Go to the first field that a step lacks, or to where it begins."""
        self.pane.show_form()
        asked = (step.begins_at, step.field)
        self.pane.go_to_field(next(name for name in asked if self._is_asked(name)))

    def _is_asked(self, name: str) -> bool:
        values = self.pane.form.values
        return self.pane.register.field(name).is_asked(values) or name == "title"


def told_words(values: Values) -> Message:
    """Say what has been told to the authority, or to the controller one works for."""
    if text_of(values, "role") == "processor":
        told_at = moment_of(values, "client_told_at")
        if told_at is None:
            return message(N_("The controller has not been told yet."))
        return message(N_("The controller was told at {told_at}."), told_at=told_at)
    notified_at = first_notified_at(values)
    if notified_at is not None:
        return message(N_("Reported to the authority at {sent_at}."), sent_at=notified_at)
    decision, reason = (
        decision_of(values, "authority_decision"),
        text_of(values, "authority_reason"),
    )
    if ends_the_clock(decision, told=False, reason=reason):
        return message(N_("Not to be reported to the authority: {reason}"), reason=reason)
    if decision is Decision.YES:
        return message(N_("Not reported to the authority yet; decided is to report it."))
    return message(N_("Not reported to the authority yet."))


def start_words(values: Values) -> Message:
    """Say which moment starts the clock, and why that one."""
    aware_at = moment_of(values, "aware_at")
    if aware_at is None:
        return message(N_("The clock starts at 'Known since': when it was reasonably certain."))
    told_at = moment_of(values, "processor_told_at")
    if told_at == aware_at:
        template = N_("The clock runs from {aware_at}, when the processor told us.")
    elif moment_of(values, "detected_at") not in (None, aware_at):
        template = N_("The clock runs from {aware_at}, 'Known since', not from the detection.")
    else:
        template = N_("The clock runs from {aware_at}, when the breach was known.")
    return message(template, aware_at=aware_at)
