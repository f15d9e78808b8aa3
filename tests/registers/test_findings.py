"""What the registers lack or contradict, each found and each gone when it is put right."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from privreg import lists
from privreg.formats import text
from privreg.registers.register_list import REGISTERS, register_of
from privreg.translation import use_language
from tests.registers.builders import (
    NOW,
    a,
    a_breach,
    a_notification,
    a_party,
    a_request,
    a_rule,
    among,
    an_activity,
    at,
)

if TYPE_CHECKING:
    from privreg.registers.declaration import Finding, Values


def found(slug: str, values: Values, *around: tuple[str, Values]) -> list[Finding]:
    """Return the findings of one record."""
    return list(register_of(slug).findings(values, among(*around)))


def words(slug: str, values: Values, *around: tuple[str, Values]) -> str:
    """Return the findings of one record in English, as one text."""
    use_language("en")
    return "\n".join(text(each.what) for each in found(slug, values, *around))


def an_agreement(**values: Any) -> Values:
    """Return an agreement that settles every point and runs on."""
    points = [code for code, _words in lists.choices("agreement_points")]
    settled = {"title": "VWO", "signed_on": date(2025, 1, 1), "document": "Kluis"}
    return {**settled, "points": points, **values}


def a_purpose(**values: Any) -> Values:
    """Return a purpose that rests on the contract."""
    return {"purpose": "Leveren", "ground": "contract", **values}


def a_kind(name: str = "Facturen", **values: Any) -> Values:
    """Return a kind of data."""
    return a("kinds", name=name, **values)


def of_kinds(*kinds: Values, group: UUID | None = None) -> list[Values]:
    """Return the rows of an activity that uses these kinds of data."""
    return [{"group_id": group or uuid4(), "kind_id": kind["id"]} for kind in kinds]


def test_an_empty_activity_misses_what_article_30_asks() -> None:
    fields = {each.field for each in found("activities", an_activity())}
    assert {"controllers", "purposes", "data", "rules", "measures"} <= fields


def test_a_complete_activity_has_no_findings() -> None:
    kind, party = a_kind(), a_party()
    rule = a_rule(kind_id=kind["id"])
    activity = an_activity(
        controllers=[uuid4()],
        purposes=[a_purpose()],
        data=of_kinds(kind),
        recipients=[{"party_id": party["id"], "kinds": [str(kind["id"])]}],
        rules=[rule["id"]],
        measures=[uuid4()],
        has_automated_decisions=False,
        dpia_outcome="not_needed",
        dpia_reason="Kleinschalig.",
        review_on=date(2027, 1, 1),
    )
    around = (("kinds", kind), ("rules", rule), ("parties", party))
    assert found("activities", activity, *around) == []


def test_an_activity_that_ended_raises_nothing() -> None:
    assert found("activities", an_activity(state="ended")) == []


def test_a_kind_of_data_without_any_rule_is_a_gap() -> None:
    images, group = a_kind("Camerabeelden"), uuid4()
    activity = an_activity(data=of_kinds(images, group=group))
    around = ("kinds", images)
    gap = "No retention rule governs 'Camerabeelden'"
    assert gap in words("activities", activity, around)
    of_others = a_rule(kind_id=images["id"], group_id=uuid4())
    assert gap in words("activities", activity, around, ("rules", of_others))
    only_if = a_rule(kind_id=images["id"], condition="incident")
    assert gap in words("activities", activity, around, ("rules", only_if))
    ended = a_rule(kind_id=images["id"], state="ended")
    assert gap in words("activities", activity, around, ("rules", ended))
    of_a_backup = a_rule(runs_on="system", system="Back-up", kind_id=None)
    assert gap in words("activities", activity, around, ("rules", of_a_backup))
    right = a_rule(kind_id=images["id"], group_id=group)
    assert gap not in words("activities", activity, around, ("rules", right))


def test_rules_that_govern_the_data_need_not_be_named_by_the_activity() -> None:
    images = a_kind("Camerabeelden")
    activity = an_activity(data=of_kinds(images), rules=[])
    around = ("kinds", images)
    nameless = {each.field for each in found("activities", activity, around)}
    assert "rules" in nameless
    governs = a_rule(kind_id=images["id"])
    named = {each.field for each in found("activities", activity, around, ("rules", governs))}
    assert "rules" not in named


def test_a_rule_of_another_controller_leaves_the_gap() -> None:
    images, ours = a_kind("Camerabeelden"), uuid4()
    activity = an_activity(data=of_kinds(images), controllers=[ours])
    of_others = a_rule(kind_id=images["id"], controller_id=uuid4())
    gap = "No retention rule governs"
    assert gap in words("activities", activity, ("kinds", images), ("rules", of_others))
    of_ours = a_rule(kind_id=images["id"], controller_id=ours)
    assert gap not in words("activities", activity, ("kinds", images), ("rules", of_ours))


def test_a_legitimate_interest_needs_interest_necessity_and_balancing() -> None:
    purpose = a_purpose(ground="legitimate_interest", interest="Fraude tegengaan")
    said = words("activities", an_activity(purposes=[purpose]))
    assert "say why it is necessary" in said
    assert "weigh it against" in said
    assert "say which interest" not in said


def test_special_and_criminal_data_need_their_exception() -> None:
    health = a_kind("Gezondheid", sensitivity="special")
    activity = an_activity(data=of_kinds(health), purposes=[a_purpose()])
    said = words("activities", activity, ("kinds", health))
    assert "without an exception" in said


def test_a_national_number_needs_a_statute() -> None:
    number = a_kind("BSN", sensitivity="national_number")
    activity = an_activity(data=of_kinds(number), purposes=[a_purpose()])
    what = "name the statute that prescribes it"
    assert what in words("activities", activity, ("kinds", number))
    activity["purposes"] = [a_purpose(ground="legal_obligation", statute="Wet LB")]
    assert what not in words("activities", activity, ("kinds", number))


def test_publication_rests_on_consent() -> None:
    purpose = a_purpose(is_publication=True)
    what = "publishes data of people without their consent"
    assert what in words("activities", an_activity(purposes=[purpose]))
    purpose["ground"] = "consent"
    assert what not in words("activities", an_activity(purposes=[purpose]))


def test_a_recipient_gets_as_few_kinds_as_possible() -> None:
    one, other, party = a_kind("Naam"), a_kind("Adres"), a_party()
    row = {"party_id": party["id"], "kinds": [str(one["id"]), str(other["id"])]}
    activity = an_activity(data=of_kinds(one, other), recipients=[row])
    around = (("kinds", one), ("kinds", other), ("parties", party))
    assert "Drukker gets every kind" in words("activities", activity, *around)
    row["kinds"] = []
    assert "not said which kinds of data Drukker gets" in words("activities", activity, *around)
    row["kinds"] = [str(one["id"])]
    assert "Drukker" not in words("activities", activity, *around)


def test_profiling_is_to_be_looked_at() -> None:
    what = "Profiling: look at"
    assert what in words("activities", an_activity(has_profiling=True))
    noted = an_activity(has_profiling=True, profiling_note="Alleen statistiek.")
    assert what not in words("activities", noted)


def test_automated_decisions_are_a_question_to_answer() -> None:
    what = "solely by automated means"
    assert what in words("activities", an_activity())
    assert what not in words("activities", an_activity(has_automated_decisions=False))
    unexplained = an_activity(has_automated_decisions=True)
    assert "explanation of the logic" in words("activities", unexplained)


def test_a_trigger_of_a_dpia_needs_an_outcome() -> None:
    activity = an_activity(dpia_triggers=["cameras"])
    assert "A DPIA is obligatory here" in words("activities", activity)
    activity["dpia_outcome"] = "planned"
    assert "A DPIA is obligatory here" not in words("activities", activity)


def test_a_recipient_outside_the_eea_contradicts_a_note_that_says_none() -> None:
    party = a_party(name="Zender", country="US")
    activity = an_activity(
        recipients=[{"party_id": party["id"], "kinds": ["x"]}],
        transfer_note="Er gaat niets, en zeker geen klantgegevens, naar buiten de EER.",
    )
    said = words("activities", activity, ("parties", party))
    assert "nothing leaves the EEA, but Zender is in United States" in said
    activity["transfer_note"] = ""
    assert "Data go outside the EEA" in words("activities", activity, ("parties", party))
    activity["transfer_note"] = "Verenigde Staten, op modelbepalingen."
    assert "EEA" not in words("activities", activity, ("parties", party))


def test_what_goes_to_an_international_organisation_leaves_the_eea() -> None:
    party = a_party(name="Zender", country="NL", transfers=[{"organisation": "UNESCO"}])
    activity = an_activity(
        recipients=[{"party_id": party["id"], "kinds": ["x"]}],
        transfer_note="Er gaan geen klantgegevens naar buiten de EER.",
    )
    said = words("activities", activity, ("parties", party))
    assert "nothing leaves the EEA, but Zender passes on to UNESCO" in said


def test_a_processor_needs_an_agreement_in_force_that_settles_every_point() -> None:
    assert "no signed processing agreement" in words("parties", a_party())
    ended = an_agreement(ends_on=date(2026, 4, 2))
    assert "agreement ended on" in words("parties", a_party(agreements=[ended]))
    without_audit = an_agreement()
    without_audit["points"].remove("audit")
    assert "does not settle" in words("parties", a_party(agreements=[without_audit]))
    assert found("parties", a_party(agreements=[an_agreement()])) == []


def test_a_sub_processor_has_its_agreement_with_the_processor() -> None:
    assert found("parties", a_party(under_id=uuid4())) == []


def test_a_partner_against_cybercrime_needs_an_agreement() -> None:
    party = a_party(role="controller", fights_cybercrime=True)
    what = "without an agreement in force"
    assert what in words("parties", party)
    assert what not in words("parties", {**party, "agreements": [an_agreement()]})


def test_a_party_outside_the_eea_needs_a_transfer_with_all_that_belongs_to_it() -> None:
    party = a_party(role="controller", country="US", hosting_countries=["IN", "NL"])
    said = words("parties", party)
    assert "United States lies outside the EEA" in said
    assert "India lies outside the EEA" in said
    assert "Netherlands" not in said
    party["transfers"] = [{"country": "US"}, {"country": "IN", "mechanism": "scc"}]
    said = words("parties", party)
    assert "no mechanism" in said
    assert "no assessment" in said
    assert "no document" in said


def test_a_transfer_to_an_international_organisation_names_it_instead_of_a_country() -> None:
    party = a_party(role="controller", transfers=[{}])
    assert "No country and no international organisation is named" in words("parties", party)
    party["transfers"] = [{"organisation": "UNESCO", "mechanism": "scc"}]
    said = words("parties", party)
    assert "The transfer to UNESCO has no assessment" in said
    assert "No country" not in said


def test_a_controller_says_who_is_the_officer_or_why_there_is_none() -> None:
    controller = a("controllers", name="Kade", email="privacy@kade.nl")
    assert "not said whether there is a data protection officer" in words("controllers", controller)
    controller["has_officer"] = False
    assert "no reason why none is needed" in words("controllers", controller)


def test_joint_controllers_have_an_arrangement() -> None:
    controller = a("controllers", name="Kade", relation="joint")
    assert "no arrangement" in words("controllers", controller)


def test_a_controller_informs_people_by_a_statement_in_force() -> None:
    controller = a("controllers", name="Kade")
    what = "No privacy statement in force"
    assert what in words("controllers", controller)
    statement = a("statements", title="Versie 1", in_force_on=date(2025, 1, 1))
    assert what not in words("controllers", controller, ("statements", statement))
    over = {**statement, "ended_on": date(2026, 4, 2)}
    assert what in words("controllers", controller, ("statements", over))


def test_high_risk_data_without_a_term_is_a_finding() -> None:
    copy = a_kind("Kopie legitimatie", is_high_risk=True, risk_note="BSN afgeschermd")
    assert "no retention rule says when they go" in words("kinds", copy)
    assert found("kinds", copy, ("rules", a_rule(kind_id=copy["id"], group_id=uuid4()))) == []


def test_a_rule_elsewhere_that_nobody_checked_is_a_risk() -> None:
    rule = a_rule(runs_on="system", system="Recorder")
    assert "Nobody has checked" in words("rules", rule)
    rule["checks"] = [
        {"checked_on": date(2026, 3, 1), "is_right": False, "found": "28 dagen"},
        {"checked_on": date(2026, 2, 1), "is_right": True},
    ]
    assert "28 dagen" in words("rules", rule)
    rule["checks"][0]["is_right"] = True
    assert found("rules", rule) == []


def test_a_rule_by_criterion_without_review_and_a_minimum_without_statute_are_found() -> None:
    assert "without a review date" in words("rules", a_rule(measure="criterion"))
    assert "without the statute" in words("rules", a_rule(bound="at_least"))
    assert found("rules", a_rule(bound="at_least", source="art. 52 AWR")) == []


def test_a_user_without_a_declaration_of_secrecy_is_found() -> None:
    user = a("users", login="anna", name="Anna")
    assert [each.title for each in found("users", user)] == ["Anna"]
    assert found("users", {**user, "secrecy_declared_on": date(2026, 1, 1)}) == []
    assert found("users", {**user, "state": "ended"}) == []


def test_a_statement_without_a_date_is_found() -> None:
    assert len(found("statements", a("statements", title="Versie 1"))) == 1


def a_full_breach(**values: Any) -> Values:
    """Return a breach with facts, consequences and measures."""
    facts = {"description": "Laptop weg", "consequences_people": ["x"]}
    return a_breach(**{**facts, "measures": [{"measure": "Gewist"}], **values})


def test_facts_consequences_and_measures_weigh_as_law_once_a_breach_is_closed() -> None:
    assert {each.weight for each in found("breaches", a_breach())} == {"tidy"}
    closed = found("breaches", a_breach(state="closed"))
    assert sum(each.weight == "law" for each in closed) == 4
    assert found("breaches", a_full_breach()) == []


def test_a_term_that_passed_without_a_reason_is_found_until_it_is_given() -> None:
    breach = a_full_breach(aware_at=at("2026-03-30T17:00+02:00"))
    what = "no reason for the delay"
    assert what in words("breaches", breach)
    late = {**breach, "notifications": [a_notification("2026-04-03T10:00+02:00")]}
    assert what in words("breaches", late)
    assert what not in words("breaches", {**late, "delay_reason": "Onderzoek."})
    decided = {**breach, "authority_decision": "no", "authority_reason": "Versleuteld."}
    assert what not in words("breaches", decided)
    assert what not in words("breaches", {**breach, "role": "processor"})


def test_a_notification_long_after_detection_asks_for_a_reason_too() -> None:
    breach = a_full_breach(
        detected_at=at("2026-03-28T17:00+01:00"),
        aware_note="Logbestanden onderzocht",
        authority_decision="yes",
        notifications=[a_notification("2026-04-03T10:00+02:00")],
    )
    assert "72 hours after detection" in words("breaches", breach)


def test_a_long_time_between_detection_and_knowing_is_explained() -> None:
    breach = a_full_breach(detected_at=at("2026-04-01T13:59+02:00"))
    assert "More than a day" in words("breaches", breach)
    assert "More than a day" not in words("breaches", {**breach, "aware_note": "Onderzoek"})


@pytest.mark.parametrize(
    ("values", "what"),
    [
        (
            {"authority_decision": "no", "authority_reason_kind": "risk_unlikely", "risk": "risk"},
            "while a risk is recorded",
        ),
        (
            {
                "people_decision": "no",
                "people_reason_kind": "high_risk_unlikely",
                "risk": "high",
            },
            "while one is recorded",
        ),
        (
            {
                "people_decision": "no",
                "people_reason_kind": "protected",
                "protections": ["none"],
            },
            "because of protection, but none",
        ),
        ({"people_decision": "no", "people_reason_kind": "financial"}, "Only a financial"),
        ({"people_decision": "no", "people_reason_kind": "effort"}, "no public notice is recorded"),
        (
            {
                "people_decision": "no",
                "people_reason_kind": "effort",
                "people_notice": "De Streekbode",
            },
            "since when the public notice",
        ),
        ({"state": "closed"}, "Closed without a decision"),
        ({"state": "closed", "role": "processor"}, "the controller was told"),
        (
            {"state": "closed", "measures": [{"measure": "Slot", "due_on": date(2026, 5, 1)}]},
            "a measure is still to be done",
        ),
        (
            {"notifications": [a_notification("2026-04-03T10:00+02:00")]},
            "the decision to do so is not recorded",
        ),
    ],
)
def test_a_breach_that_contradicts_itself_is_found(values: dict[str, Any], what: str) -> None:
    controller = ("controllers", a("controllers", name="Kade"))
    assert what in words("breaches", a_full_breach(**values), controller)
    assert what not in words("breaches", a_full_breach(), controller)


@pytest.mark.parametrize(
    ("answered_on", "late"), [(date(2026, 4, 28), False), (date(2026, 4, 29), True)]
)
def test_an_answer_after_the_legal_last_day_is_found(answered_on: date, *, late: bool) -> None:
    request = a_request(decision="granted", answered_on=answered_on)
    assert ("the statutory term ended" in words("requests", request)) is late


def test_a_refusal_is_told_within_the_first_month_also_when_extended() -> None:
    request = a_request(
        received_on=date(2026, 1, 5),
        extended_on=date(2026, 2, 2),
        answered_on=date(2026, 3, 5),
        decision="refused",
    )
    assert "A refusal is told within one month" in words("requests", request)
    assert found("requests", {**request, "decision": "granted"}) == []


def test_a_refusal_by_a_german_controller_goes_by_german_holidays() -> None:
    controller = a("controllers", name="Kade", country="DE")
    request = a_request(
        controller_id=controller["id"],
        received_on=date(2025, 9, 3),
        answered_on=date(2025, 10, 6),
        decision="refused",
    )
    assert found("requests", request, ("controllers", controller)) == []
    dutch = {**controller, "country": "NL"}
    assert "the statutory term ended" in words("requests", request, ("controllers", dutch))


def test_a_request_closed_without_an_answer_is_found() -> None:
    assert "Closed without an answer" in words("requests", a_request(state="closed"))
    assert found("requests", a_request(state="closed", decision="withdrawn")) == []


def test_how_the_identity_was_checked_is_said_and_a_document_is_the_last_way() -> None:
    request = a_request(identity="checked")
    assert "how the identity was checked" in words("requests", request)
    request |= {"identity_how": "document_seen", "customer_id": uuid4()}
    assert "had to show a document" in words("requests", request)
    assert found("requests", {**request, "identity_how": "account"}) == []


@pytest.mark.parametrize("register", REGISTERS, ids=lambda each: each.slug)
def test_a_bare_record_of_any_register_can_be_looked_at(register: Any) -> None:
    bare = {"id": uuid4(), "created_at": NOW}
    for each in register.findings(bare, among((register.slug, bare))):
        assert text(each.what)
        assert each.weight in {"law", "risk", "tidy"}
        assert each.field == "" or register.field(each.field)
    for deadline in register.deadlines(bare, among()):
        assert deadline.register == register.slug


@pytest.mark.parametrize(
    ("source", "is_unsure"),
    [
        ("Handboek Loonheffingen", True),
        ("Regeling SUWI", True),
        ("artikel 52 lid 4 AWR", False),
        ("URLB 2011, artikel 7.5 lid 4", False),
        ("Eigen beleid", False),
    ],
)
def test_a_rule_on_a_term_no_second_source_confirmed_is_found_quietly(
    source: str, *, is_unsure: bool
) -> None:
    raised = [each for each in found("rules", a_rule(source=source)) if each.field == "source"]
    assert [(each.weight, each.article) for each in raised] == [("tidy", "AVG 5(2)")] * is_unsure
