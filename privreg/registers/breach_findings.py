"""What a breach file lacks or contradicts: articles 33 and 34, and what an inspector asks."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterator

from privreg.law.breach import (
    Decision,
    NotToPeople,
    awareness_lies_long_after,
    ends_the_clock,
    needs_delay_reason,
)
from privreg.law.missing import is_blank
from privreg.registers.breach_checks import first_notified_at
from privreg.registers.breach_clock import decision_of
from privreg.registers.declaration import Finding, Surroundings, Values
from privreg.registers.raised import LAW, RISK, TIDY, Raiser, controller_of, named
from privreg.registers.reading import moment_of, rows_of, text_of
from privreg.translation import N_

FACTS = (
    ("description", N_("The facts of the breach are not described."), "AVG 33(5)"),
    ("consequences_people", N_("The consequences for the people are not recorded."), "AVG 33(5)"),
    ("measures", N_("No measures are recorded."), "AVG 33(5)"),
)


def findings(values: Values, around: Surroundings) -> Iterator[Finding]:
    """Yield what is missing or contradictory in a breach."""
    breach = named("breaches", values)
    yield from _facts(breach)
    yield from _moments(breach, around)
    yield from _risk_and_decisions(breach, around)
    yield from _closing(breach)


def _facts(breach: Raiser) -> Iterator[Finding]:
    is_closed = text_of(breach.values, "state") == "closed"
    for field, what, article in FACTS:
        if is_blank(breach.values.get(field)):
            yield breach.finding(what, article, weight=LAW if is_closed else TIDY, field=field)


def _moments(breach: Raiser, around: Surroundings) -> Iterator[Finding]:
    values = breach.values
    aware_at, detected_at = moment_of(values, "aware_at"), moment_of(values, "detected_at")
    if aware_at is None:
        return
    if (
        detected_at is not None
        and awareness_lies_long_after(detected_at, aware_at)
        and not text_of(values, "aware_note")
    ):
        yield breach.finding(
            N_("More than a day lies between detection and knowing: say what was looked into."),
            "AVG 33(1)",
            weight=RISK,
            field="aware_note",
        )
    if text_of(values, "role") != "processor":
        yield from _late(breach, around)


def _late(breach: Raiser, around: Surroundings) -> Iterator[Finding]:
    values, notified_at = breach.values, first_notified_at(breach.values)
    aware_at = moment_of(values, "aware_at")
    decision = decision_of(values, "authority_decision")
    reason = text_of(values, "authority_reason")
    if aware_at is None or text_of(values, "delay_reason"):
        return
    if notified_at is None and ends_the_clock(decision, told=False, reason=reason):
        return
    asked_at = notified_at or around.now
    detected_at = moment_of(values, "detected_at")
    if needs_delay_reason(asked_at, aware_at=aware_at):
        yield breach.finding(
            N_(
                "The term to notify the authority has passed, and no reason for the delay is given."
            ),
            "AVG 33(1)",
            field="delay_reason",
        )
    elif notified_at and needs_delay_reason(
        notified_at, aware_at=aware_at, detected_at=detected_at
    ):
        yield breach.finding(
            N_("The notification came more than 72 hours after detection: give the reason."),
            "AVG 33(1)",
            weight=RISK,
            field="delay_reason",
        )


def _risk_and_decisions(breach: Raiser, around: Surroundings) -> Iterator[Finding]:
    values = breach.values
    risk = text_of(values, "risk")
    not_reported, not_told = _why_not(values, "authority"), _why_not(values, "people")
    if not_reported == "risk_unlikely" and risk in {"risk", "high"}:
        yield breach.finding(
            N_("Not reported because a risk is unlikely, while a risk is recorded."),
            "AVG 33(1)",
            field="authority_reason_kind",
        )
    if not_told == "high_risk_unlikely" and risk == "high":
        yield breach.finding(
            N_("The people are not told because a high risk is unlikely, while one is recorded."),
            "AVG 34(1)",
            field="people_reason_kind",
        )
    yield from _exceptions(breach, not_told, around)
    if first_notified_at(values) and decision_of(values, "authority_decision") is Decision.NOT_YET:
        yield breach.finding(
            N_("The authority was notified, but the decision to do so is not recorded."),
            "AVG 33(5)",
            weight=TIDY,
            field="authority_decision",
        )


def _why_not(values: Values, whom: str) -> str:
    if text_of(values, f"{whom}_decision") != "no":
        return ""
    return text_of(values, f"{whom}_reason_kind")


def _exceptions(breach: Raiser, not_told: str, around: Surroundings) -> Iterator[Finding]:
    protections = set(breach.values.get("protections") or ()) - {"none"}
    if not_told == "protected" and not protections:
        yield breach.finding(
            N_("The people are not told because of protection, but none is recorded."),
            "AVG 34(3)(a)",
            field="protections",
        )
    controller = controller_of(breach.values, around)
    if not_told == "financial" and controller and not controller.get("is_financial"):
        yield breach.finding(
            N_("Only a financial undertaking under the Wft may use this exception."),
            "UAVG 42",
            field="people_reason_kind",
        )
    if not_told == NotToPeople.EFFORT.value:
        yield from _public_notice(breach)


def _public_notice(breach: Raiser) -> Iterator[Finding]:
    """Yield that people who are not told one by one were not told in public either."""
    if not text_of(breach.values, "people_notice"):
        yield breach.finding(
            N_("The people are not told one by one, and no public notice is recorded."),
            "AVG 34(3)(c)",
            field="people_notice",
        )
    elif moment_of(breach.values, "people_notice_at") is None:
        yield breach.finding(
            N_("It is not said since when the public notice stands there."),
            "AVG 34(3)(c)",
            weight=TIDY,
            field="people_notice_at",
        )


def _closing(breach: Raiser) -> Iterator[Finding]:
    values = breach.values
    if text_of(values, "state") != "closed":
        return
    if text_of(values, "role") == "processor":
        if moment_of(values, "client_told_at") is None:
            yield breach.finding(
                N_("Closed, but it is not recorded that the controller was told."),
                "AVG 33(2)",
                field="client_told_at",
            )
        return
    if decision_of(values, "authority_decision") is Decision.NOT_YET:
        yield breach.finding(
            N_("Closed without a decision on reporting to the authority."),
            "AVG 33(1)",
            field="authority_decision",
        )
    if any(not row.get("done_on") and row.get("due_on") for row in rows_of(values, "measures")):
        yield breach.finding(
            N_("Closed while a measure is still to be done."), weight=TIDY, field="measures"
        )
