"""What fields say together: contradictions are refused, each with its sentence."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests.registers.builders import (
    a,
    a_breach,
    a_customer,
    a_notification,
    a_party,
    a_request,
    a_rule,
    an_activity,
    at,
    problem_fields,
    problems,
)

REFUSED = {"decision": "refused", "decision_reason": "Kennelijk ongegrond."}


def test_a_breach_with_its_moments_in_order_is_right() -> None:
    breach = a_breach(
        happened_from_at=at("2026-04-01T09:00+02:00"),
        happened_until_at=at("2026-04-02T10:00+02:00"),
        detected_at=at("2026-04-02T11:00+02:00"),
    )
    assert problems("breaches", breach) == {}


@pytest.mark.parametrize(
    ("field", "moment"),
    [
        ("detected_at", "2026-04-02T14:01+02:00"),
        ("happened_from_at", "2026-04-02T13:31+02:00"),
        ("people_told_at", "2026-04-02T13:59+02:00"),
        ("closed_at", "2026-04-02T13:59+02:00"),
        ("client_told_at", "2026-04-02T13:59+02:00"),
    ],
)
def test_moments_of_a_breach_stand_in_order(field: str, moment: str) -> None:
    breach = a_breach(
        detected_at=at("2026-04-02T13:30+02:00"),
        people_decision="yes",
        people_reason="Kans op misbruik.",
    )
    assert problem_fields("breaches", breach) == set()
    assert problem_fields("breaches", {**breach, field: at(moment)})


def test_a_breach_cannot_be_known_in_the_future() -> None:
    assert "aware_at" in problem_fields("breaches", a_breach(aware_at=at("2026-04-03T17:31+02:00")))


def test_the_order_holds_through_a_clock_change() -> None:
    breach = a_breach(
        detected_at=at("2025-10-26T02:50+02:00"),
        aware_at=at("2025-10-26T02:10+01:00"),
    )
    assert problems("breaches", breach) == {}


def test_a_notification_cannot_be_sent_before_the_breach_was_known() -> None:
    breach = a_breach(notifications=[a_notification("2026-04-02T13:00+02:00")])
    assert problem_fields("breaches", breach) == {"notifications[0].sent_at"}


@pytest.mark.parametrize(
    ("numbers", "field"),
    [
        ({"people_min": 5, "people_max": 4}, "people_max"),
        ({"records_min": 5, "records_max": 4}, "records_max"),
        ({"people_exact": 9, "people_max": 8}, "people_exact"),
        ({"people_exact": 1, "people_min": 2}, "people_exact"),
    ],
)
def test_numbers_of_a_breach_agree(numbers: dict[str, int], field: str) -> None:
    assert problem_fields("breaches", a_breach(**numbers)) == {field}


def test_not_reporting_needs_a_kind_of_reason_and_the_reason() -> None:
    breach = a_breach(authority_decision="no")
    needed = {"authority_reason_kind", "authority_reason"}
    assert problem_fields("breaches", breach) == needed
    reasons = {"authority_reason_kind": "risk_unlikely", "authority_reason": "Versleuteld."}
    assert problems("breaches", {**breach, **reasons}) == {}


def test_not_telling_the_people_needs_a_kind_of_reason_and_the_reason() -> None:
    breach = a_breach(people_decision="no")
    assert problem_fields("breaches", breach) == {"people_reason_kind", "people_reason"}


def test_people_can_only_be_told_after_it_was_decided() -> None:
    breach = a_breach(people_told_at=at("2026-04-03T10:00+02:00"))
    assert problem_fields("breaches", breach) == {"people_decision"}


@pytest.mark.parametrize(
    ("sent_at", "asked"),
    [("2026-04-02T12:00+00:00", False), ("2026-04-02T12:00:01+00:00", True)],
)
def test_a_notification_after_72_hours_needs_a_reason(sent_at: str, *, asked: bool) -> None:
    breach = a_breach(
        aware_at=at("2026-03-30T12:00+00:00"), notifications=[a_notification(sent_at)]
    )
    assert problem_fields("breaches", breach) == ({"delay_reason"} if asked else set())
    assert problems("breaches", {**breach, "delay_reason": "Onderzoek duurde langer."}) == {}


@pytest.mark.parametrize("field", ["acknowledged_on", "decided_on", "answered_on", "closed_on"])
def test_nothing_happens_to_a_request_before_it_was_received(field: str) -> None:
    request = a_request(decision="granted", **{field: date(2026, 3, 26)})
    assert problem_fields("requests", request) == {field}
    assert problems("requests", {**request, field: date(2026, 3, 27)}) == {}


def test_an_extension_comes_before_the_first_term_ends_and_with_a_reason() -> None:
    request = a_request(received_on=date(2026, 2, 27), extended_on=date(2026, 3, 27))
    assert problem_fields("requests", request) == {"extension_reason"}
    reason = {"extension_reason": "Veel stukken."}
    assert problems("requests", {**request, **reason}) == {}
    late = {**request, **reason, "extended_on": date(2026, 3, 28)}
    assert problem_fields("requests", late) == {"extended_on"}


def test_a_refusal_needs_a_ground_of_the_law_and_a_reason() -> None:
    assert problem_fields("requests", a_request(decision="refused")) == {
        "refusal_grounds",
        "decision_reason",
    }
    request = a_request(**REFUSED, refusal_grounds=["excessive"])
    assert problems("requests", request) == {}


def test_a_ground_must_fit_what_is_asked() -> None:
    request = a_request(kinds=["access"], **REFUSED, refusal_grounds=["erasure_claims"])
    assert "refusal_grounds" in problem_fields("requests", request)


def test_an_answer_needs_a_decision() -> None:
    request = a_request(answered_on=date(2026, 4, 1))
    assert problem_fields("requests", request) == {"decision"}


def test_no_doubt_about_the_identity_needs_a_because() -> None:
    assert problem_fields("requests", a_request(identity="no_doubt")) == {"identity_reason"}


def test_a_recipient_that_is_not_told_needs_a_reason() -> None:
    request = a_request(recipients=[{"party_id": uuid4(), "not_told": "impossible"}])
    assert problem_fields("requests", request) == {"recipients[0].reason"}


def test_a_rule_by_criterion_needs_its_criterion_and_a_review_date() -> None:
    rule = a_rule(measure="criterion", period="", event="")
    assert problem_fields("rules", rule) == {"criterion", "review_on"}


def test_a_rule_by_period_needs_its_period_and_its_event() -> None:
    assert problem_fields("rules", a_rule(period="", event="")) == {"period", "event"}
    assert problem_fields("rules", a_rule()) == set()


def test_a_rule_elsewhere_names_the_system_and_how_often_it_is_checked() -> None:
    rule = a_rule(runs_on="system", event="")
    assert problem_fields("rules", rule) == {"system", "check_every"}
    rule = {**rule, "system": "Camerarecorder", "check_every": "P0D"}
    assert problem_fields("rules", rule) == {"check_every"}
    assert problems("rules", {**rule, "check_every": "P1M"}) == {}


def test_a_hold_ends_and_is_reviewed_after_it_began() -> None:
    hold = a(
        "holds",
        reason="claim",
        items=[uuid4()],
        since_on=date(2026, 4, 2),
        review_on=date(2026, 4, 1),
        until_on=date(2026, 4, 1),
    )
    assert problem_fields("holds", hold) == {"review_on", "until_on"}


def test_a_hold_names_the_items_it_holds() -> None:
    hold = a("holds", reason="claim", since_on=date(2026, 4, 2))
    assert problem_fields("holds", hold) == {"items"}


def test_a_consent_is_withdrawn_after_it_was_given() -> None:
    consent = a(
        "consents",
        purpose="Nieuwsbrief",
        given_at=at("2026-04-02T10:00+02:00"),
        withdrawn_at=at("2026-04-02T09:59+02:00"),
    )
    assert problem_fields("consents", consent) == {"withdrawn_at"}


def test_automated_decisions_need_their_logic_and_consequences() -> None:
    activity = an_activity(has_automated_decisions=True)
    needed = {"automated_logic", "automated_consequences"}
    assert problem_fields("activities", activity) == needed
    assert problems("activities", an_activity(has_automated_decisions=False)) == {}


def test_an_activity_ends_after_it_began() -> None:
    days = {"started_on": date(2026, 1, 2), "ended_on": date(2026, 1, 1)}
    assert problem_fields("activities", an_activity(state="ended", **days)) == {"ended_on"}


def test_joint_controllers_name_their_partners_but_not_themselves() -> None:
    controller = a("controllers", name="Kade BV", relation="joint")
    assert problem_fields("controllers", controller) == {"partners"}
    assert problem_fields("controllers", {**controller, "partners": [controller["id"]]}) == {
        "partners"
    }
    assert problems("controllers", {**controller, "partners": [uuid4()]}) == {}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("company", {"birth_on": date(1980, 1, 1)}),
        ("person", {"kvk": "12345678"}),
        ("company", {"first_name": "Jan"}),
    ],
)
def test_a_customer_holds_the_fields_of_its_kind_only(kind: str, values: dict[str, Any]) -> None:
    assert problem_fields("customers", a_customer(kind=kind, **values)) == {"kind"}
    other = "person" if kind == "company" else "company"
    assert problems("customers", a_customer(kind=other, **values)) == {}


def test_the_sentence_names_the_fields_to_empty() -> None:
    customer = a_customer(kind="company", first_name="Jan", birth_on=date(1980, 1, 1))
    sentence = problems("customers", customer)["kind"]
    assert "Jan" not in sentence
    assert "1980" not in sentence


def test_a_party_is_not_its_own_sub_processor() -> None:
    party = a_party()
    assert problem_fields("parties", {**party, "under_id": party["id"]}) == {"under_id"}


def test_an_agreement_ends_after_it_was_signed() -> None:
    row = {"title": "Overeenkomst", "signed_on": date(2026, 1, 2), "ends_on": date(2026, 1, 1)}
    assert problem_fields("parties", a_party(agreements=[row])) == {"agreements[0].ends_on"}


def test_a_statement_ends_after_it_came_into_force() -> None:
    days = {"in_force_on": date(2026, 1, 2), "ended_on": date(2026, 1, 1)}
    assert problem_fields("statements", a("statements", title="Versie 2", **days)) == {"ended_on"}


def test_a_disposal_is_approved_after_it_was_proposed_and_executed_after_that() -> None:
    moments = {
        "proposed_at": at("2026-04-02T10:00+02:00"),
        "approved_at": at("2026-04-02T09:00+02:00"),
        "executed_at": at("2026-04-02T08:00+02:00"),
    }
    disposal = a("disposals", due_on=date(2026, 4, 1), **moments)
    assert problem_fields("disposals", disposal) == {"approved_at", "executed_at"}
