"""What stands above the form of a case: its clock in large, why, its steps, what to do now."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from privreg import formats
from privreg.registers.raised import COMPETENT, AuthorityName
from privreg.services import agenda as clocks
from privreg.translation import _
from ui.pages.desk_of import desk_of
from ui.pages.steps_strip import StepsStrip
from ui.pages.words_area import WordsArea
from ui.widgets import button, column, label, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from privreg.law.deadline import Deadline
    from privreg.law.requests import RequestTerm
    from privreg.registers.declaration import Finding, Values
    from privreg.services.desk import Desk
    from privreg.translation import Message
    from ui.pages.clock_face import ClockFace
    from ui.pages.steps import Step
    from ui.record_pane import RecordPane

ASKED_AFTER_MILLISECONDS = 300
ROOM_FOR_BOTH = 900
ROOM_FOR_WHY = 480


@dataclass(frozen=True, slots=True)
class Case:
    """What the registers say of a record as it stands on the form.

    `term` is a request's, `authority` the one to which a breach would be reported.
    """

    values: Values
    deadlines: Sequence[Deadline]
    findings: Sequence[Finding]
    term: RequestTerm | None = None
    authority: AuthorityName = COMPETENT


class CasePanel(QWidget):
    """The clock and the steps of the record on the form, saved or not, live while it is typed.

    A panel of its own says its `words` between clock and steps, of which `counted` stand for
    what 'why?' unfolds in full.
    """

    counted: tuple[QWidget, ...] = ()

    def __init__(self, pane: RecordPane, face: ClockFace, *words: QWidget) -> None:
        super().__init__()
        self.pane = pane
        self.office = pane.office
        self.face = face
        self.face.turned.connect(lambda _how: self.face.say_turned())
        self.reason = label("", "muted", wraps=True)
        self.why = button(_("why?"), self._toggle_why, tone="link")
        self.reasons = label("", "muted", wraps=True)
        self.reasons.hide()
        self.strip = StepsStrip()
        self.strip.wanted.connect(self.go_to)
        self._lay_out(words)
        self.setProperty("may_scroll", True)
        self.later = QTimer(self)
        self.later.setSingleShot(True)
        self.later.setInterval(ASKED_AFTER_MILLISECONDS)
        self.later.timeout.connect(self.ask)
        pane.shown.connect(lambda _values: self.ask())
        pane.form.edited.connect(self.later.start)

    def _lay_out(self, words: Sequence[QWidget]) -> None:
        starts = line(self.reason, self.why, space=1)
        starts.setStretch(0, 1)
        said = column(*words, starts, self.reasons, None, space=1)
        self.words = WordsArea(said, _("How it stands"))
        beside = column(self.words, self.strip, None, space=1)
        row = line(space=4, edges=(4, 0, 4, 3))
        row.addWidget(self.face, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(beside, 1)
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
        self.strip.show_steps(self.steps_of(draft, ()))
        self.office.worker.run(
            lambda: self.read(desk, draft), self._show, latest=f"case:{id(self)}"
        )

    def read(self, desk: Desk, values: Values) -> Case:
        """Read what the registers say of a record; runs in the background."""
        slug = self.pane.register.slug
        return Case(
            values,
            clocks.record_deadlines(desk, slug, values),
            clocks.record_findings(desk, slug, values),
        )

    def _show(self, case: Case) -> None:
        self.show_case(case)
        self.strip.show_steps(self.steps_of(case.values, case.findings))
        self.pane.place_panel()

    def show_case(self, case: Case) -> None:
        """Show the clock and the words of a case."""
        raise NotImplementedError

    def steps_of(self, values: Values, findings: Sequence[Finding]) -> list[Step]:
        """Return the steps of a record as they stand."""
        raise NotImplementedError

    def show_clock(self, deadline: Deadline | None, reason: Message) -> None:
        """Show a clock, in words what it runs on, and behind 'why?' the steps of the count."""
        self.face.show_deadline(deadline)
        self.reason.setText(formats.text(reason))
        because = deadline.because if deadline is not None else ()
        self.reasons.setText("\n".join(f"→ {formats.text(each)}" for each in because))
        self.why.setVisible(bool(because))
        self._unfold(is_unfolded=bool(because) and not self.reasons.isHidden())

    def _toggle_why(self) -> None:
        self._unfold(is_unfolded=self.reasons.isHidden())

    def _unfold(self, *, is_unfolded: bool) -> None:
        """Show the steps of the count in place of their outcome; of the steps too in a low pane."""
        self.reasons.setVisible(is_unfolded)
        for each in self.counted:
            each.setVisible(not is_unfolded)
        self.strip.setVisible(not is_unfolded or self.pane.height() >= ROOM_FOR_WHY)
        self.why.setText(_("hide") if is_unfolded else _("why?"))

    def go_to(self, step: Step) -> None:
        """Go to the first field that a step lacks, or to where it begins."""
        self.pane.show_form()
        asked = (step.begins_at, step.field)
        self.pane.go_to_field(next((name for name in asked if self._is_asked(name)), step.field))

    def _is_asked(self, name: str) -> bool:
        return self.pane.register.field(name).is_asked(self.pane.form.values)
