"""What stands above the form of a breach: the clock in large, what is told, the next step.

Made by hand, for somebody under stress: it says what to do now and goes there on a click.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from privreg import formats
from privreg.law.breach import Decision, ends_the_clock
from privreg.registers.breach_checks import first_notified_at
from privreg.registers.breach_clock import decision_of
from privreg.registers.raised import COMPETENT, AuthorityName
from privreg.registers.reading import moment_of, text_of
from privreg.services import agenda as clocks
from privreg.translation import N_, Message, message
from ui.pages.breach_steps import steps_of
from ui.pages.case_panel import Case, CasePanel
from ui.pages.clock_face import ClockFace
from ui.widgets import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from privreg.registers.declaration import Finding, Values
    from privreg.services.desk import Desk
    from ui.pages.steps import Step
    from ui.record_pane import RecordPane

UNKNOWN = N_("Fill in since when the breach is known.")


class BreachPanel(CasePanel):
    """The clock and the steps of the breach on the form."""

    def __init__(self, pane: RecordPane) -> None:
        self.told = label("", "strong", wraps=True)
        self.authority: AuthorityName = COMPETENT
        super().__init__(pane, ClockFace(pane.office.desk.clock, UNKNOWN), self.told)

    def read(self, desk: Desk, values: Values) -> Case:
        """Read which authority it would be reported to besides what every case has."""
        authority = clocks.breach_authority(desk, values)
        return replace(super().read(desk, values), authority=authority)

    def show_case(self, case: Case) -> None:
        """Show the clock of a breach, and in words what has been told to whom."""
        runs = bool(case.deadlines) and moment_of(case.values, "aware_at") is not None
        self.show_clock(case.deadlines[0] if runs else None, start_words(case.values))
        self.authority = case.authority
        self.told.setText(formats.text(told_words(case.values, case.authority)))

    def steps_of(self, values: Values, findings: Sequence[Finding]) -> list[Step]:
        """Return the steps of a breach as they stand."""
        return steps_of(values, findings, self.authority)


def told_words(values: Values, authority: AuthorityName) -> Message:
    """Say what has been told to the authority, or to the controller one works for."""
    if text_of(values, "role") == "processor":
        told_at = moment_of(values, "client_told_at")
        if told_at is None:
            return message(N_("The controller has not been told yet."))
        return message(N_("The controller was told at {told_at}."), told_at=told_at)
    notified_at = first_notified_at(values)
    if notified_at is not None:
        return message(
            N_("Reported to the {authority} at {sent_at}."),
            authority=authority,
            sent_at=notified_at,
        )
    decision, reason = (
        decision_of(values, "authority_decision"),
        text_of(values, "authority_reason"),
    )
    if ends_the_clock(decision, told=False, reason=reason):
        return message(
            N_("Not to be reported to the {authority}: {reason}"),
            authority=authority,
            reason=reason,
        )
    if decision is Decision.YES:
        return message(
            N_("Not reported to the {authority} yet; decided is to report it."),
            authority=authority,
        )
    return message(N_("Not reported to the {authority} yet."), authority=authority)


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
