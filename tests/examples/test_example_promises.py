"""What the statements promise about keeping stands in the examples, with the right numbers."""

# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: N802  (the ids of the promises are written with a capital)
from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from privreg.exchange.examples import EXAMPLES, example_changes
from privreg.law.period import Period
from privreg.law.retention import CountedFrom, keep
from privreg.law.sources import is_unchecked, named_by
from privreg.lists import dated_list
from privreg.registers.register_list import register_of
from tests.examples.states import NOW, TODAY, book_year_end, records, some_customers, states


def named(name: str, slug: str, key: str) -> Any:
    """Return the key of what is called so in an example."""
    (found,) = [each["id"] for each in records(name)[slug] if each["name"] == key]
    return found


def rules_of(name: str, **wanted: Any) -> list[dict[str, Any]]:
    """Return the rules of an example with these values; empty text is 'not filled in'."""
    return [
        rule
        for rule in records(name)["rules"]
        if all((rule.get(field) or "") == value for field, value in wanted.items())
    ]


def the_rule(name: str, **wanted: Any) -> dict[str, Any]:
    """Return the one rule with these values."""
    (rule,) = rules_of(name, **wanted)
    return rule


def dispose_from(name: str, rule: dict[str, Any], start: date) -> date:
    """Return the day from which the rule has data disposed of."""
    counted_from = CountedFrom(rule["counted_from"])
    period = Period.parse(rule["period"])
    year_end = book_year_end(name)
    return keep(start, period, counted_from=counted_from, book_year_end=year_end).dispose_from


def test_1box_B1_the_controller_has_address_kvk_mailbox_and_phone() -> None:
    (controller,) = records("1box")["controllers"]
    assert all(controller[field] for field in ("street", "postcode", "kvk", "email", "phone"))


def test_1box_B2_identity_is_asked_of_people_and_company_data_of_companies() -> None:
    kinds = {kind["name"]: kind for kind in records("1box")["kinds"]}
    assert kinds["Soort en nummer van het identiteitsbewijs"]["applies_to"] == "person"
    assert kinds["Bedrijfsgegevens"]["applies_to"] == "company"
    for bundle in some_customers("1box"):
        wrong = "kvk" if bundle.customer["kind"] == "person" else "identity_number"
        assert wrong not in bundle.customer


def test_1box_B2_seven_groups_of_people() -> None:
    assert len(records("1box")["groups"]) == 7


def test_1box_B5_twelve_purposes_tied_to_groups() -> None:
    purposes = [each for act in records("1box")["activities"] for each in act["purposes"]]
    assert len(purposes) >= 12
    assert all(each["groups"] for each in purposes)


def test_1box_B6_grounds_a_b_c_f_and_each_interest_is_weighed() -> None:
    purposes = [each for act in records("1box")["activities"] for each in act["purposes"]]
    grounds = {each["ground"] for each in purposes}
    assert grounds == {"consent", "contract", "legal_obligation", "legitimate_interest"}
    for each in purposes:
        if each["ground"] == "legitimate_interest":
            assert each["interest"]
            assert each["necessity"]
            assert each["balancing"]


def test_1box_B7_call_recordings_180_days() -> None:
    kind = named("1box", "kinds", "Opnamen van telefoongesprekken")
    rule = the_rule("1box", kind_id=kind, runs_on="items")
    assert (rule["period"], rule["event"], rule["bound"]) == ("P180D", "item_date", "at_most")
    assert not rule.get("group_id")


def test_1box_B7_call_logs_one_year() -> None:
    rule = the_rule("1box", kind_id=named("1box", "kinds", "Logs van telefoongesprekken"))
    assert (rule["period"], rule["event"]) == ("P1Y", "item_date")


def test_1box_B7_leads_six_months_from_collection() -> None:
    leads = named("1box", "groups", "Leads")
    rule = the_rule("1box", group_id=leads)
    assert (rule["period"], rule["event"], rule.get("kind_id")) == ("P6M", "collected", None)
    assert dispose_from("1box", rule, date(2026, 8, 31)) == date(2027, 3, 1)


def test_1box_B7_a_leads_recording_ends_at_the_earlier_of_two_terms() -> None:
    recordings = named("1box", "kinds", "Opnamen van telefoongesprekken")
    leads = named("1box", "groups", "Leads")
    days = []
    for bundle in some_customers("1box"):
        for item, state in states("1box", bundle):
            if item["kind_id"] == recordings and item["group_id"] == leads:
                assert state.dispose_from is not None
                days.append((state.dispose_from - item["dated_on"]).days)
    assert days
    assert max(days) <= 181


def test_1box_B7_visit_logs_160_weeks_from_the_end_of_the_contract() -> None:
    rule = the_rule(
        "1box",
        kind_id=named("1box", "kinds", "Bezoeklogs"),
        group_id=named("1box", "groups", "Klanten"),
    )
    assert (rule["period"], rule["event"]) == ("P160W", "contract_ended")
    assert dispose_from("1box", rule, date(2024, 2, 29)) == date(2027, 3, 26)


def test_1box_B7_camera_images_7_days_and_28_after_an_incident() -> None:
    images = named("1box", "kinds", "Camerabeelden")
    plain = the_rule("1box", kind_id=images, runs_on="items", condition="")
    incident = the_rule("1box", kind_id=images, condition="incident")
    recorder = the_rule("1box", kind_id=images, runs_on="system")
    assert [each["period"] for each in (plain, incident, recorder)] == ["P7D", "P28D", "P7D"]
    assert recorder["check_every"]
    assert recorder["checks"]


def test_1box_B7_tax_records_seven_years_from_the_book_year() -> None:
    rule = the_rule("1box", source_kind="statute")
    assert (rule["period"], rule["counted_from"], rule["bound"]) == ("P7Y", "book_year", "both")
    assert dispose_from("1box", rule, date(2022, 6, 15)) == date(2030, 1, 1)


def test_1box_B7_what_is_left_goes_by_a_criterion_with_a_review() -> None:
    by_criterion = rules_of("1box", measure="criterion")
    assert by_criterion
    assert all(each["criterion"] and each["review_on"] for each in by_criterion)


def test_1box_B8_camera_access_is_limited_to_some_of_the_management() -> None:
    (camera,) = [each for each in records("1box")["activities"] if "amera" in each["name"]]
    assert "directie" in camera["access"]


def test_1box_B9_video_calls_and_visits_of_guests_are_gaps() -> None:
    video = named("1box", "kinds", "Beelden van videogesprekken")
    logs = named("1box", "kinds", "Bezoeklogs")
    guests = named("1box", "groups", "Bezoekers van de opslaglocaties")
    assert not rules_of("1box", kind_id=video)
    assert not rules_of("1box", kind_id=logs, group_id=guests)
    found = {
        (item["kind_id"], item["group_id"])
        for bundle in some_customers("1box")
        for item, state in states("1box", bundle)
        if state.state.value == "gap"
    }
    assert (logs, guests) in found
    assert any(kind == video for kind, _group in found)


def test_1box_B10_no_automated_decisions_and_no_profiling() -> None:
    for activity in records("1box")["activities"]:
        assert activity["has_automated_decisions"] is False
        assert activity["has_profiling"] is False


def test_1box_B11_eight_classes_of_recipients_and_analytics_gets_pseudonyms() -> None:
    parties = records("1box")["parties"]
    assert len([each for each in parties if each["is_class"]]) == 8
    analysts = {each["id"] for each in parties if "analyse" in each["service"].lower()}
    sent = [
        row
        for act in records("1box")["activities"]
        for row in act.get("recipients", ())
        if row["party_id"] in analysts
    ]
    assert sent
    assert {row["form"] for row in sent} == {"pseudonymised"}


def test_1box_B12_transfers_to_the_us_on_clauses_and_one_lacks_its_assessment() -> None:
    transfers = [row for each in records("1box")["parties"] for row in each.get("transfers", ())]
    assert {(row["country"], row["mechanism"]) for row in transfers} == {("US", "scc")}
    assert any(row.get("assessment") and row.get("supplementary") for row in transfers)
    assert any(not row.get("assessment") for row in transfers)


def test_1box_B13_every_recipient_has_its_own_kinds_of_data() -> None:
    for name in EXAMPLES:
        kinds = len(records(name)["kinds"])
        for activity in records(name)["activities"]:
            for row in activity.get("recipients", ()):
                assert 0 < len(row["kinds"]) < kinds


@pytest.mark.parametrize("name", ["1box", "iv"])
def test_1box_B14_the_answer_is_promised_within_four_weeks(name: str) -> None:
    assert all(each["promised_within"] == "P4W" for each in records(name)["controllers"])


def test_1box_B17_statements_have_versions() -> None:
    versions = [each["version_label"] for each in records("1box")["statements"]]
    assert len(set(versions)) == 2


def test_clientbox_C2_consents_say_what_when_how_and_which_text() -> None:
    consents = [each for one in some_customers("clientbox") for each in one.consents]
    given = [each for each in consents if each["kind"] == "consent"]
    assert all(each["purpose"] and each["given_at"] and each["text_version"] for each in given)
    assert any(each.get("withdrawn_at") for each in given)
    accepted = [one.customer for one in some_customers("clientbox")]
    assert any(each.get("statement_accepted_on") for each in accepted)


def test_clientbox_C6_an_objection_stands_per_purpose() -> None:
    consents = [each for one in some_customers("clientbox") for each in one.consents]
    assert {each["purpose"] for each in consents if each["kind"] == "objection"}


def test_clientbox_C7_no_term_but_a_criterion_with_an_obligatory_review() -> None:
    rules = records("clientbox")["rules"]
    by_criterion = [rule for rule in rules if rule["measure"] == "criterion"]
    assert all(rule["criterion"] and rule["review_on"] for rule in by_criterion)
    counted = [rule for rule in rules if rule["measure"] == "period"]
    assert {rule["period"] for rule in counted} == {"P0D", "P7Y"}
    assert [rule["source_kind"] for rule in counted if rule["period"] == "P7Y"] == ["statute"]


def test_clientbox_C9_a_report_from_outside_opened_a_breach() -> None:
    (running,) = [each for each in records("clientbox")["breaches"] if each["state"] == "open"]
    assert "van buiten" in running["detected_how"]


def test_clientbox_C10_the_statement_names_a_repealed_act_and_a_foreign_authority() -> None:
    (statement,) = records("clientbox")["statements"]
    assert "Wet bescherming persoonsgegevens" in statement["text"]
    assert "Privacy Commissie" in statement["text"]


def test_clientbox_has_an_activity_as_processor() -> None:
    acting = [each for each in records("clientbox")["activities"] if each["role"] == "processor"]
    assert acting
    assert all(each["client_id"] and each["processing_categories"] for each in acting)


def test_iv_V2_archive_use_is_kept_only_and_linked_site_use_is_profiling() -> None:
    archive = the_rule("iv", bound="at_least", measure="criterion")
    assert archive["opened_by"]
    assert archive["opened_for"]
    assert any(each["has_profiling"] for each in records("iv")["activities"])
    lapsed = [
        state.state.value
        for bundle in some_customers("iv")
        for item, state in states("iv", bundle)
        if item["kind_id"] == archive["kind_id"] and state.in_use_through
    ]
    assert "kept_only" in lapsed


def test_iv_V4_everyone_has_a_code() -> None:
    assert all(each.customer["number"].startswith("LT-") for each in some_customers("iv"))


def test_iv_V6_erase_or_anonymise_and_a_statutory_minimum_is_not_undercut() -> None:
    assert {rule["action"] for rule in records("iv")["rules"]} == {"erase", "anonymise"}
    tax = the_rule("iv", source_kind="statute")
    assert (tax["period"], tax["counted_from"], tax["bound"]) == ("P7Y", "book_year", "both")
    for bundle in some_customers("iv"):
        for item, state in states("iv", bundle):
            if item["kind_id"] == tax["kind_id"] and state.dispose_from:
                assert state.dispose_from >= dispose_from("iv", tax, item["dated_on"])


def test_iv_V7_some_do_not_want_anonymised_copies_either() -> None:
    assert any(each.customer.get("no_anonymised") for each in some_customers("iv"))


def test_iv_V9_the_statement_names_grounds_of_refusal_that_are_none() -> None:
    (statement,) = records("iv")["statements"]
    assert "technisch" in statement["text"]
    assert "niet uitvoerbaar" in statement["text"]


def test_iv_V15_national_number_health_and_children_are_marked() -> None:
    marks = {kind["sensitivity"] for kind in records("iv")["kinds"]}
    assert {"special", "national_number"} <= marks
    assert any(group["is_children"] for group in records("iv")["groups"])


def test_iv_V16_a_party_outside_the_eea_stands_without_mechanism() -> None:
    outside = [each for each in records("iv")["parties"] if each["country"] == "US"]
    assert [each["name"] for each in outside] == ["Google (analytische cookies)"]
    assert not outside[0].get("transfers")


def test_iv_V19_publication_is_on_consent_and_one_cybercrime_partner_lacks_an_agreement() -> None:
    purposes = [each for act in records("iv")["activities"] for each in act["purposes"]]
    assert {each["ground"] for each in purposes if each["is_publication"]} == {"consent"}
    partners = [each for each in records("iv")["parties"] if each.get("fights_cybercrime")]
    assert {bool(each.get("agreements")) for each in partners} == {True, False}


def test_connox_X1_a_german_controller_with_an_officer() -> None:
    (controller,) = records("connox")["controllers"]
    assert controller["country"] == "DE"
    assert controller["has_officer"] is True
    assert controller["officer_email"]


def test_connox_X2_ten_years_of_the_statement_beside_the_german_statute() -> None:
    ten = rules_of("connox", event="contract_started")
    assert {rule["period"] for rule in ten} == {"P10Y"}
    statutory = rules_of("connox", source_kind="statute")
    found = {(rule["period"], rule["counted_from"], rule["source_country"]) for rule in statutory}
    assert found == {(period, "calendar_year", "DE") for period in ("P8Y", "P6Y", "P10Y")}
    terms = dated_list("terms")
    assert all(named_by(rule["source"], terms) for rule in statutory)
    assert not any(is_unchecked(rule["source"], terms) for rule in statutory)


def test_connox_X3_named_parties_with_sub_processors_and_mechanisms() -> None:
    parties = records("connox")["parties"]
    assert len([each for each in parties if not each["is_class"]]) >= 20
    (captcha,) = [each for each in parties if each["name"] == "Friendly Captcha GmbH"]
    under = {each["name"] for each in parties if each.get("under_id") == captcha["id"]}
    assert under == {"Hetzner Online GmbH", "SCALEWAY S.A.S"}
    used = {row["mechanism"] for each in parties for row in each.get("transfers", ())}
    assert used == {"scc", "adequacy", "consent"}


@pytest.mark.parametrize("name", ["iv", "koffiemax", "connox"])
def test_connox_X3_nothing_is_invented_about_named_parties(name: str) -> None:
    """A real party has no day of signing, no document and no assessment of our making."""
    real = ("Google", "Friendly", "optilyz", "zenloop", "Exponea", "Apple", "Zendesk", "PayPal")
    for party in records(name)["parties"]:
        if party["name"].startswith(real):
            for row in party.get("agreements", ()):
                assert not {"signed_on", "ends_on", "document", "breach_hours"} & row.keys()
            for row in party.get("transfers", ()):
                assert not {"assessed_on", "document"} & row.keys()


def test_connox_X4_buyers_of_claims_are_controllers_themselves() -> None:
    (buyers,) = [each for each in records("connox")["parties"] if "vorderingen" in each["name"]]
    assert buyers["role"] == "controller"


def test_connox_X5_some_twenty_activities() -> None:
    assert len(records("connox")["activities"]) >= 20


@pytest.mark.parametrize(
    ("period", "what"),
    [("P30D", "Toets"), ("P30D", "Conversie"), ("P1000D", "Permanente"), ("P22Y", "partner")],
)
def test_connox_X6_systems_elsewhere_are_checked(period: str, what: str) -> None:
    found = rules_of("connox", runs_on="system", period=period)
    (rule,) = [each for each in found if what in each["name"]]
    assert rule["check_every"]


def test_connox_X6_applications_six_months_from_the_rejection() -> None:
    rule = the_rule("connox", event="application_rejected")
    assert rule["period"] == "P6M"
    assert rule["group_id"] == named("connox", "groups", "Sollicitanten")


@pytest.mark.parametrize(
    "event", ["account_closed", "purpose_lapsed", "question_answered", "consent_withdrawn"]
)
def test_connox_X6_account_question_and_newsletter_end_at_the_event(event: str) -> None:
    found = rules_of("connox", event=event)
    assert found
    assert {rule["period"] for rule in found} == {"P0D"}


def test_connox_X6_unsubscribed_people_keep_their_do_not_mail_mark() -> None:
    left = [
        one.customer
        for one in some_customers("connox")
        if any(each.get("withdrawn_at") for each in one.consents)
    ]
    assert left
    assert all(each["do_not_mail"] for each in left)


def test_connox_X6_web_logs_have_no_term() -> None:
    assert not rules_of("connox", kind_id=named("connox", "kinds", "Logs van de website"))


def test_connox_X8_addresses_of_visitors_are_shortened() -> None:
    logs = named("connox", "kinds", "Logs van de website")
    rows = [row for each in records("connox")["activities"] for row in each["data"]]
    assert {row["form"] for row in rows if row["kind_id"] == logs} == {"pseudonymised"}


def test_connox_X9_every_activity_names_its_measures() -> None:
    assert all(each["measures"] for name in EXAMPLES for each in records(name)["activities"])


def test_connox_X12_the_right_to_check_processors_is_agreed() -> None:
    rows = [row for each in records("connox")["parties"] for row in each.get("agreements", ())]
    assert rows
    assert all("audit" in row["points"] for row in rows)


def test_koffiemax_K1_two_companies_jointly_with_their_arrangement() -> None:
    made = {each["id"]: dict(each) for each in records("koffiemax")["controllers"]}
    for slug, key, changes in example_changes("koffiemax", today=TODAY, now=NOW):
        assert register_of(slug).slug == "controllers"
        made[key] |= changes
    assert len(made) == 2
    for key, each in made.items():
        assert each["relation"] == "joint"
        assert each["arrangement"]
        assert each["partners"] == [other for other in made if other != key]


def test_koffiemax_K3_the_copy_of_the_id_is_high_risk_and_has_no_term() -> None:
    (copy,) = [kind for kind in records("koffiemax")["kinds"] if "legitimatie" in kind["name"]]
    assert copy["is_high_risk"]
    assert "afgeschermd" in copy["risk_note"]
    assert not rules_of("koffiemax", kind_id=copy["id"])


def test_koffiemax_K5_customers_at_most_five_years_after_the_end() -> None:
    contact = named("koffiemax", "kinds", "Contactgegevens")
    rule = the_rule("koffiemax", kind_id=contact, group_id=named("koffiemax", "groups", "Klanten"))
    found = (rule["period"], rule["event"], rule["bound"])
    assert found == ("P5Y", "contract_ended", "at_most")


def test_koffiemax_K5_never_a_customer_one_year() -> None:
    rule = the_rule("koffiemax", group_id=named("koffiemax", "groups", "Geïnteresseerden"))
    assert rule["period"] == "P1Y"


def test_koffiemax_K5_orders_and_invoices_seven_years() -> None:
    found = rules_of("koffiemax", source_kind="statute")
    assert len(found) == 2
    for rule in found:
        assert (rule["period"], rule["counted_from"]) == ("P7Y", "book_year")
        assert rule["bound"] == "both"


def test_koffiemax_K5_an_invoice_stays_until_paid_or_its_fiscal_date_whichever_is_later() -> None:
    rule = the_rule("koffiemax", event="invoice_paid")
    assert (rule["period"], rule["bound"]) == ("P0D", "at_least")
    unpaid = [
        state
        for bundle in some_customers("koffiemax")
        for item, state in states("koffiemax", bundle)
        if item["kind_id"] == rule["kind_id"]
        and (TODAY - item["dated_on"]).days > 8 * 366
        and not any(
            each["type"] == "invoice_paid" and each["item_id"] == item["id"]
            for each in bundle.events
        )
    ]
    assert unpaid
    assert {state.state.value for state in unpaid} == {"waiting"}


def test_koffiemax_K5_dispute_data_one_year_after_its_end_on_items_only() -> None:
    found = rules_of("koffiemax", event="dispute_closed")
    assert {rule["period"] for rule in found} == {"P1Y"}
    assert {bool(rule.get("kind_id")) or rule.get("condition") for rule in found} == {
        True,
        "dispute",
    }
    for bundle in some_customers("koffiemax"):
        for hold in bundle.holds:
            assert 0 < len(hold["items"]) < len(bundle.items)


def test_koffiemax_K6_deliveries_hold_who_received_them() -> None:
    proof = named("koffiemax", "kinds", "Leverbewijzen")
    items = [each for one in some_customers("koffiemax") for each in one.items]
    assert any(each["kind_id"] == proof and "handtekening" in each["content"] for each in items)


def test_koffiemax_K7_it_suppliers_stand_with_and_without_agreement() -> None:
    processors = [each for each in records("koffiemax")["parties"] if each["role"] == "processor"]
    assert {bool(each.get("agreements")) for each in processors} == {True, False}


def test_koffiemax_K8_an_outside_backup_is_checked_against_its_term() -> None:
    rule = the_rule("koffiemax", runs_on="system")
    assert rule["period"] == "P35D"
    assert any(check["is_right"] is False for check in rule["checks"])


def test_koffiemax_K12_analytics_gets_anonymised_addresses_under_agreement() -> None:
    (google,) = [each for each in records("koffiemax")["parties"] if "Google" in each["name"]]
    assert google["agreements"]
    rows = [
        row
        for each in records("koffiemax")["activities"]
        for row in each.get("recipients", ())
        if row["party_id"] == google["id"]
    ]
    assert {row["form"] for row in rows} == {"anonymised"}
