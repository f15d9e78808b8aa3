"""What stands above the form of a request: its terms beside each other, identity, next step."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from privreg import formats
from privreg.law.requests import RequestKind, can_extend, extend_until
from privreg.registers.reading import codes_of, date_of, text_of
from privreg.registers.request_clock import ANSWER, is_answered
from privreg.registers.requests import REGISTER
from privreg.services import agenda as clocks
from privreg.translation import N_, Message, message
from ui.cells import words_of
from ui.pages.case_panel import Case, CasePanel
from ui.pages.clock_face import ClockFace
from ui.pages.request_steps import steps_of
from ui.widgets import column, label, show_or_hide

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtWidgets import QLabel

    from privreg.law.requests import RequestTerm
    from privreg.registers.declaration import Finding, Values
    from privreg.services.desk import Desk
    from ui.pages.steps import Step
    from ui.record_pane import RecordPane

UNKNOWN = N_("Fill in on which day the request was received.")
AGAINST_MARKETING = {
    None: N_("Is it against direct marketing? Then it takes effect at once (article 21(3))."),
    True: N_(
        "An objection to direct marketing takes effect at once: stop it today; nothing is "
        "weighed (article 21(3))."
    ),
}
MARKED = N_("The customer gets no advertising any more from the moment this is saved.")
WITHDRAWN = N_(
    "A withdrawal of consent takes effect at once: stop what rests on it (article 7(3))."
)
IDENTITY = {
    "not_yet": N_("Identity: not checked yet. Look first at what is at hand."),
    "no_doubt": N_("Identity: no doubt. {reason}"),
    "not_needed": N_("Identity: need not be checked. {reason}"),
    "failed": N_("Identity: could not be checked. {reason}"),
}


class RequestPanel(CasePanel):
    """The clock, the terms and the steps of the request on the form."""

    def __init__(self, pane: RecordPane) -> None:
        self.told = label("", "strong", wraps=True)
        self.at_once = label("", "soon", wraps=True)
        self.promised = label("", wraps=True)
        self.statute = label("", wraps=True)
        self.terms = QWidget()
        self.terms.setLayout(column(self.promised, self.statute, space=1))
        self.identity = label("", wraps=True)
        face = ClockFace(pane.office.desk.clock, UNKNOWN)
        words = (self.told, self.at_once, self.terms, self.identity)
        super().__init__(pane, face, *words)
        self.counted = (self.terms, self.identity)

    def read(self, desk: Desk, values: Values) -> Case:
        """Read its terms besides what every case has; runs in the background."""
        return replace(super().read(desk, values), term=clocks.request_term(desk, values))

    def show_case(self, case: Case) -> None:
        """Show the clock of the answer, both terms, and in words how far it is."""
        answer = (each for each in case.deadlines if each.what.template == ANSWER)
        today = formats.local(self.office.desk.clock.now()).date()
        self.show_clock(next(answer, None), extension_words(case.values, today))
        _say(self.told, told_words(case.values, case.findings))
        runs = not is_answered(case.values)
        _say(self.at_once, *(at_once_words(case.values) if runs else ()))
        self.identity.setText(formats.text(identity_words(case.values)).rstrip())
        self.reason.setVisible(runs)
        self._show_terms(case.term, runs=runs)

    def _show_terms(self, term: RequestTerm | None, *, runs: bool) -> None:
        _say(self.promised, *(promise_words(term, runs=runs) if term is not None else ()))
        _say(self.statute, *(statute_words(term, runs=runs) if term is not None else ()))

    def steps_of(self, values: Values, findings: Sequence[Finding]) -> list[Step]:
        """Return the steps of a request as they stand."""
        return steps_of(values, findings)


def _say(shown: QLabel, *sentences: Message) -> None:
    shown.setText(" ".join(formats.text(each) for each in sentences).rstrip())
    show_or_hide(shown, bool(sentences))


def told_words(values: Values, findings: Sequence[Finding] = ()) -> Message:
    """Say whether the person was answered, and what a late answer missed."""
    answered_on = date_of(values, "answered_on")
    if text_of(values, "decision") == "withdrawn":
        return message(N_("Withdrawn by the person: nothing need be answered."))
    if answered_on is None:
        return message(N_("Not answered yet."))
    late = next((each.what for each in findings if each.field == "answered_on"), None)
    return late or message(N_("Answered on {answered_on}."), answered_on=answered_on)


def at_once_words(values: Values) -> list[Message]:
    """Say what needs no decision: it holds from the day it was asked."""
    asked, against = codes_of(values, "kinds"), values.get("is_marketing")
    said = []
    if RequestKind.OBJECTION.value in asked and against is not False:
        is_known = against is True and values.get("customer_id") is not None
        said.append(message(MARKED if is_known else AGAINST_MARKETING[against]))
    if RequestKind.CONSENT_WITHDRAWN.value in asked:
        said.append(message(WITHDRAWN))
    return said


def promise_words(term: RequestTerm, *, runs: bool = True) -> tuple[Message, ...]:
    """Say which answer the controller promised, and whether the clock runs to it."""
    if term.promised_on is None:
        return ()
    if term.is_promise_first and runs:
        what = N_("● Promised: {due_on}. The clock runs to this day.")
    else:
        what = N_("○ Promised: {due_on}.")
    return (message(what, due_on=_in_words(term.promised_on)),)


def statute_words(term: RequestTerm, *, runs: bool = True) -> tuple[Message, ...]:
    """Say when the statutory term ends, and why the legal last day is a later one."""
    if term.is_promise_first or not runs:
        what = N_("○ By law (article 12(3)): {due_on}.")
    else:
        what = N_("● By law (article 12(3)): {due_on}. The clock runs to this day.")
    ends = message(what, due_on=_in_words(term.due_on))
    if not term.shifts:
        return (ends,)
    moved = message(N_("Legal last day: {last_day}."), last_day=_in_words(term.last_day))
    return (ends, *term.shifts, moved)


def _in_words(day: date) -> str:
    return formats.day_in_words(day)


def extension_words(values: Values, today: date) -> Message:
    """Say until when the term can be extended, or that it was."""
    received_on, extended_on = date_of(values, "received_on"), date_of(values, "extended_on")
    if received_on is None:
        return message(N_("The month counts from the day of receipt."))
    if extended_on is not None:
        return message(
            N_("Extended on {extended_on}: three months from receipt in all."),
            extended_on=extended_on,
        )
    until = extend_until(received_on)
    if can_extend(received_on, today):
        return message(
            N_("Can be extended once by two months, told with reasons by {until} at the latest."),
            until=until,
        )
    return message(N_("Can no longer be extended: that was possible until {until}."), until=until)


def identity_words(values: Values) -> Message:
    """Say whether it is certain who asks, and how that was found."""
    identity, reason = text_of(values, "identity"), text_of(values, "identity_reason")
    if identity == "asked":
        return _asked_words(values)
    if identity == "checked":
        return _checked_words(values)
    return message(IDENTITY.get(identity, IDENTITY["not_yet"]), reason=reason)


def _asked_words(values: Values) -> Message:
    asked_on = date_of(values, "identity_asked_on")
    answered_on = date_of(values, "identity_answered_on")
    if answered_on is not None:
        return message(
            N_("Identity: asked for more, answered on {answered_on}. The term ran on."),
            answered_on=answered_on,
        )
    if asked_on is not None:
        return message(
            N_("Identity: asked for more on {asked_on}, no answer yet. The term runs on."),
            asked_on=asked_on,
        )
    return message(N_("Identity: asked for more. The term runs on."))


def _checked_words(values: Values) -> Message:
    how = text_of(values, "identity_how")
    if not how:
        return message(N_("Identity: checked; it is not said how."))
    return message(
        N_("Identity: checked. {how}."), how=words_of(REGISTER.field("identity_how"), how)
    )
