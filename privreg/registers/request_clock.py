"""The clocks of a request: the answer, its steps, and the recipients to tell; and findings."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from privreg.formats import enumeration
from privreg.law.deadline import Deadline, is_late
from privreg.law.moments import end_of_day
from privreg.law.period import Period, PeriodError
from privreg.law.requests import RequestKind, RequestTerm, answer_by, petition_by
from privreg.registers.declaration import Finding, Surroundings, Values
from privreg.registers.raised import RISK, TIDY, Raiser, chosen, controller_of
from privreg.registers.reading import codes_of, date_of, key_of, rows_of, text_of
from privreg.registers.request_checks import REFUSED
from privreg.translation import N_, Message, _, message

TO_PASS_ON = {"rectification", "erasure", "restriction"}
"""The rights of which recipients are told (article 19)."""


ANSWER = N_("Answer the request")
"""What the clock of a request demands; its steps and recipients have deadlines of their own."""


def title_of(values: Values) -> str:
    """Return the line by which a request is known: never the name of the person."""
    words = {each.value: each.label for each in RequestKind}
    kinds = [_(words.get(code, code)) for code in codes_of(values, "kinds")]
    return text_of(values, "about") or enumeration(kinds)


def is_answered(values: Values) -> bool:
    """Say whether nothing more need be answered: it was, or the person withdrew."""
    withdrawn = text_of(values, "decision") == "withdrawn"
    return withdrawn or date_of(values, "answered_on") is not None


def term_of(values: Values, around: Surroundings) -> RequestTerm | None:
    """Return the terms of a request, by its controller's promise and country."""
    received_on = date_of(values, "received_on")
    if received_on is None:
        return None
    controller = controller_of(values, around) or {}
    is_extended = date_of(values, "extended_on") is not None
    try:
        return answer_by(
            received_on,
            promised=None if is_extended else _promised(controller),
            extended=is_extended,
            country=_country(controller),
        )
    except PeriodError:
        return None


def _country(controller: Values) -> str:
    return text_of(controller, "country") or "NL"


def _promised(controller: Values) -> Period | None:
    promised = text_of(controller, "promised_within")
    return Period.parse(promised) if promised else None


def deadlines(values: Values, around: Surroundings) -> Iterator[Deadline]:
    """Yield what a request demands, what is done included."""
    request = Raiser("requests", values, title_of(values))
    term = term_of(values, around)
    if term is not None:
        yield request.deadline(
            ANSWER,
            term.first_due_on,
            because=(*term.because, *_extended(values), *_to_court(values, around)),
            starts=term.received_on,
            done=is_answered(values),
            owner=text_of(values, "decided_by"),
        )
    yield from _steps(request)
    yield from _recipients(request)


def _extended(values: Values) -> Iterator[Message]:
    extended_on = date_of(values, "extended_on")
    if extended_on is not None:
        yield message(
            N_("Extended on {extended_on}; the extended term takes the place of the promise."),
            extended_on=extended_on,
        )


def _to_court(values: Values, around: Surroundings) -> tuple[Message, ...]:
    """Return until when the person may go to the Dutch court after a refusal."""
    answered_on = date_of(values, "answered_on")
    if answered_on is None or text_of(values, "decision") not in REFUSED:
        return ()
    if _country(controller_of(values, around) or {}) != "NL":
        return ()
    try:
        return petition_by(answered_on).because
    except PeriodError:
        return ()


def _steps(request: Raiser) -> Iterator[Deadline]:
    for row in rows_of(request.values, "steps"):
        due_on = date_of(row, "due_on")
        if due_on is not None:
            yield request.deadline(
                message(N_("Step: {step}"), step=text_of(row, "step")),
                due_on,
                because=(
                    message(N_("A step on the way to the answer, planned in the office itself.")),
                    *chosen(N_("Due on"), due_on),
                ),
                done=date_of(row, "done_on") is not None,
                owner=text_of(row, "done_by"),
            )


def _recipients(request: Raiser) -> Iterator[Deadline]:
    values = request.values
    is_granted = text_of(values, "decision") in {"granted", "partly"}
    if not is_granted or not TO_PASS_ON & set(codes_of(values, "kinds")):
        return
    recipients = rows_of(values, "recipients")
    if recipients:
        untold = [row for row in recipients if not row.get("told_on") and not row.get("not_told")]
        yield request.deadline(
            N_("Tell the recipients of the data"),
            None,
            because=(message(N_("Each recipient is told of it, unless impossible (article 19).")),),
            waiting=True,
            done=not untold,
        )


def findings(values: Values, around: Surroundings) -> Iterator[Finding]:
    """Yield what is missing or late in a request."""
    request = Raiser("requests", values, title_of(values))
    yield from _late_answer(request, around)
    if text_of(values, "state") == "closed" and not is_answered(values):
        yield request.finding(
            N_("Closed without an answer to the person."), "AVG 12(3)", field="answered_on"
        )
    if text_of(values, "identity") == "checked" and not text_of(values, "identity_how"):
        yield request.finding(
            N_("It is not said how the identity was checked."),
            "AVG 12(6)",
            weight=TIDY,
            field="identity_how",
        )
    yield from _asked_for_document(request)


def _late_answer(request: Raiser, around: Surroundings) -> Iterator[Finding]:
    answered_on, term = date_of(request.values, "answered_on"), term_of(request.values, around)
    if answered_on is None or term is None:
        return
    if _was_late(request, term.last_day, answered_on):
        what = N_("Answered on {answered_on}; the statutory term ended on {due_on}.")
        filled = message(what, answered_on=answered_on, due_on=term.last_day)
        yield request.finding(filled, "AVG 12(3)", field="answered_on")
    elif text_of(request.values, "decision") in REFUSED:
        yield from _late_refusal(request, answered_on, around)


def _late_refusal(request: Raiser, answered_on: date, around: Surroundings) -> Iterator[Finding]:
    """Yield that a refusal was told after a month, extended or not (article 12(4))."""
    received_on = date_of(request.values, "received_on")
    if received_on is None:
        return
    controller = controller_of(request.values, around) or {}
    first = answer_by(received_on, country=_country(controller))
    if _was_late(request, first.last_day, answered_on):
        yield request.finding(
            message(
                N_("A refusal is told within one month of receipt, here by {due_on}."),
                due_on=first.last_day,
            ),
            "AVG 12(4)",
            field="answered_on",
        )


def _was_late(request: Raiser, due_on: date, answered_on: date) -> bool:
    last_second_of_the_day = end_of_day(answered_on) - timedelta(seconds=1)
    return is_late(request.deadline(ANSWER, due_on), last_second_of_the_day)


def _asked_for_document(request: Raiser) -> Iterator[Finding]:
    if text_of(request.values, "identity_how") == "document_seen" and key_of(
        request.values, "customer_id"
    ):
        yield request.finding(
            N_("A known customer had to show a document: look first at what is at hand already."),
            "AVG 12(6)",
            weight=RISK,
            field="identity_how",
        )
