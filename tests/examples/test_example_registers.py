"""What the statements promise apart from keeping stands in the examples."""

# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: N802  (the ids of the promises are written with a capital)
from __future__ import annotations

from typing import Any

from tests.examples.states import records, some_customers


def rows_of(name: str, field: str) -> list[dict[str, Any]]:
    """Return the rows of a field over all activities of an example."""
    return [row for each in records(name)["activities"] for row in each.get(field, ())]


def grounds_of(name: str) -> set[str]:
    """Return the grounds of an example, empty text where none is chosen."""
    return {row.get("ground", "") for row in rows_of(name, "purposes")}


def phases_of(name: str) -> set[str]:
    """Return the phases in which an example has customers."""
    return {one.customer["phase"] for one in some_customers(name)}


def requests_of(name: str, kind: str) -> list[dict[str, Any]]:
    """Return the requests of an example for one right."""
    return [each for each in records(name)["requests"] if kind in each["kinds"]]


def test_1box_B3_what_is_required_says_what_follows_if_it_is_not_given() -> None:
    required = [row for row in rows_of("1box", "data") if row["required_by"] != "not_required"]
    assert {row["required_by"] for row in required} == {"law", "contract", "to_contract"}
    assert all(row["consequence"] for row in required)


def test_1box_B4_data_come_from_the_person_or_the_organisation() -> None:
    assert {each["source"] for each in records("1box")["activities"]} == {"person", "organisation"}


def test_1box_B14_an_objection_to_marketing_was_granted_at_once_without_a_check() -> None:
    (objection,) = requests_of("1box", "objection")
    assert objection["decided_on"] == objection["received_on"]
    assert objection["identity"] == "not_needed"


def test_clientbox_C1_visitors_customers_prospects_and_partners() -> None:
    phases = {phase for each in records("clientbox")["groups"] for phase in each["phases"]}
    assert {"visitor", "customer", "lead", "supplier"} <= phases


def test_clientbox_C3_passwords_and_location_are_high_risk() -> None:
    risky = {each["name"] for each in records("clientbox")["kinds"] if each.get("is_high_risk")}
    assert risky == {"Wachtwoorden", "Geografische locatie"}
    assert any(one.customer.get("preferences") for one in some_customers("clientbox"))


def test_clientbox_C4_moments_of_collection_are_named() -> None:
    moments = {each for act in records("clientbox")["activities"] for each in act["collected_at"]}
    assert len(moments) >= 10


def test_clientbox_C5_ten_purposes_and_marketing_rests_on_consent() -> None:
    purposes = rows_of("clientbox", "purposes")
    assert len(purposes) >= 10
    marketing = [row for row in purposes if row["is_marketing"] and row.get("ground")]
    assert {row["ground"] for row in marketing} == {"consent"}


def test_clientbox_C8_unsubscribing_is_a_withdrawal_with_its_day() -> None:
    (request,) = requests_of("clientbox", "consent_withdrawn")
    assert request["decision"] == "granted"
    withdrawn = [
        each
        for one in some_customers("clientbox")
        for each in one.consents
        if each.get("withdrawn_at")
    ]
    assert withdrawn
    assert all(each["withdrawn_at"] >= each["given_at"] for each in withdrawn)


def test_iv_V1_data_are_collected_before_at_and_during_the_contract() -> None:
    assert {"lead", "customer", "former_customer"} <= phases_of("iv")
    said = {row.get("collected", "") for row in rows_of("iv", "data")}
    assert {"Vóór de overeenkomst", "Bij het aangaan", "Tijdens de uitvoering"} <= said


def test_iv_V3_contract_consent_legitimate_interest_and_legal_obligation() -> None:
    assert {"contract", "consent", "legitimate_interest", "legal_obligation"} <= grounds_of("iv")


def test_iv_V10_access_asks_for_everything_the_statement_lists() -> None:
    (request,) = requests_of("iv", "access")
    assert request["identity_answered_on"]
    assert all(word in request["about"] for word in ("herkomst", "ontvangers", "doelen"))


def test_iv_V11_a_correction_was_told_or_says_why_not() -> None:
    (request,) = requests_of("iv", "rectification")
    told = [row for row in request["recipients"] if row.get("told_on")]
    left = [row for row in request["recipients"] if row.get("not_told")]
    assert told
    assert left
    assert all(row["reason"] for row in left)


def test_iv_V12_an_objection_is_handled_while_the_processing_stands_still() -> None:
    (request,) = requests_of("iv", "objection")
    held = [
        hold
        for one in some_customers("iv")
        if one.customer["id"] == request["customer_id"]
        for hold in one.holds
    ]
    assert [hold["reason"] for hold in held] == ["restriction"]


def test_iv_V18_a_change_of_the_statement_was_announced() -> None:
    (statement,) = records("iv")["statements"]
    assert statement["announced_on"] < statement["in_force_on"]


def test_connox_X7_people_in_both_countries_ask_under_the_same_articles() -> None:
    countries = {one.customer["country"] for one in some_customers("connox")}
    assert countries == {"NL", "DE"}
    (request,) = requests_of("connox", "access")
    assert request["person_country"] == "DE"


def test_connox_X10_a_complaint_about_a_review_is_a_request() -> None:
    (complaint,) = requests_of("connox", "complaint")
    assert "beoordeling" in complaint["about"]


def test_koffiemax_K2_prospects_visitors_and_former_customers_are_covered() -> None:
    phases = {phase for each in records("koffiemax")["groups"] for phase in each.get("phases", ())}
    assert {"lead", "visitor", "former_customer", "customer"} <= phases
    assert all(one.customer["kind"] == "company" for one in some_customers("koffiemax"))


def test_koffiemax_K4_the_ground_is_the_contract_the_law_or_still_open() -> None:
    assert grounds_of("koffiemax") == {"contract", "legal_obligation", ""}


def test_koffiemax_K9_every_breach_has_its_consequences_and_measures() -> None:
    for breach in records("koffiemax")["breaches"]:
        assert breach["consequences_people"]
        assert breach["measures"]


def test_koffiemax_K10_a_refused_erasure_gives_its_ground_and_reason() -> None:
    refused = [
        each for each in requests_of("koffiemax", "erasure") if each["decision"] == "refused"
    ]
    assert all(each["refusal_grounds"] and each["decision_reason"] for each in refused)
    assert refused


def test_koffiemax_K13_a_complaint_goes_to_the_business_first() -> None:
    assert requests_of("koffiemax", "complaint")
