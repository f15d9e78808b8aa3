"""What articles 6, 26, 28, 30, 35, 37 and chapter V still miss, point by point."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, timedelta

import pytest

from privreg import formats
from privreg.law.agreements import missing_arrangement, missing_for_processor
from privreg.law.completeness import (
    missing_in_activity,
    missing_in_particulars,
    register_duty,
)
from privreg.law.dpia import DpiaNeed, dpia_advice, missing_dpia
from privreg.law.grounds import missing_grounds
from privreg.law.officer import missing_officer
from privreg.law.severity import (
    Circumstance,
    Identification,
    SeverityBand,
    band_of,
    severity,
)
from privreg.law.transfers import Destination, destination, missing_for_transfer
from privreg.lists import dated_list, transfer_lists

DAY = date(2026, 6, 1)
WHOLE: dict[str, object] = {
    "role": "controller",
    "controllers": ["a"],
    "purposes": [{"purpose": "Verhuur", "ground": "contract"}],
    "data": [{"group_id": "g", "kind_id": "k"}],
    "recipients": [{"party_id": "p"}],
    "rules": ["r"],
    "measures": ["m"],
}


def articles(activity: dict[str, object]) -> list[str]:
    return [point.article for point in missing_in_activity(activity)]


class TestArticle30:
    def test_a_whole_activity_misses_nothing(self) -> None:
        assert articles(WHOLE) == []

    def test_an_empty_activity_misses_every_letter_but_e(self) -> None:
        found = missing_in_activity({"role": "controller"})
        letters = [point.article.removeprefix("AVG 30(1)") for point in found]
        assert letters == ["(a)", "(b)", "(c)", "(d)", "(f)", "(g)"]
        assert [point.soft for point in found] == [False, False, False, True, True, True]
        assert all(formats.text(point.what).endswith(".") for point in found)

    @pytest.mark.parametrize(
        ("field", "article"),
        [
            ("controllers", "AVG 30(1)(a)"),
            ("purposes", "AVG 30(1)(b)"),
            ("data", "AVG 30(1)(c)"),
            ("recipients", "AVG 30(1)(d)"),
            ("rules", "AVG 30(1)(f)"),
            ("measures", "AVG 30(1)(g)"),
        ],
    )
    def test_each_field_is_asked_for_by_its_letter(self, field: str, article: str) -> None:
        assert articles({**WHOLE, field: []}) == [article]

    def test_a_kind_without_a_group_and_a_group_without_a_kind_are_named(self) -> None:
        half = [{"group_id": "g", "kind_id": None}, {"group_id": None, "kind_id": "k"}]
        assert articles({**WHOLE, "data": half}) == ["AVG 30(1)(c)", "AVG 30(1)(c)"]

    def test_transfers_are_asked_for_where_there_are_any(self) -> None:
        assert articles({**WHOLE, "has_transfers": True}) == ["AVG 30(1)(e)"]
        assert articles({**WHOLE, "has_transfers": True, "transfer_note": "VS, SCC"}) == []

    def test_no_recipients_can_be_said(self) -> None:
        assert articles({**WHOLE, "recipients": [], "has_no_recipients": True}) == []

    def test_measures_may_be_described_in_words(self) -> None:
        assert articles({**WHOLE, "measures": [], "measures_note": "Kluis"}) == []

    def test_a_processor_is_asked_for_the_second_paragraph(self) -> None:
        assert articles({"role": "processor"}) == [
            "AVG 30(2)(a)",
            "AVG 30(2)(a)",
            "AVG 30(2)(b)",
            "AVG 30(2)(d)",
        ]

    def test_a_controller_needs_a_name_and_a_way_to_be_reached(self) -> None:
        assert len(missing_in_particulars({})) == 2
        assert missing_in_particulars({"name": "Bonenhof", "phone": "070"}) == ()

    def test_a_controller_outside_the_eea_is_asked_for_its_representative(self) -> None:
        known = {"name": "Bonenhof", "phone": "070"}
        assert missing_in_particulars(known) == ()
        (point,) = missing_in_particulars(known, is_outside_eea=True)
        assert (point.article, point.field) == ("AVG 27, 30(1)(a)", "representative")
        named = {**known, "representative": "Vertegenwoordiger B.V."}
        assert missing_in_particulars(named, is_outside_eea=True) == ()

    def test_each_condition_of_the_fifth_paragraph_stands_alone(self) -> None:
        exempt = {"staff": 249, "risk": False, "occasional": True, "special": False}
        assert not register_duty(**exempt).is_obligatory  # type: ignore[arg-type]
        assert not register_duty(**{**exempt, "staff": None}).is_obligatory  # type: ignore[arg-type]
        for change in ({"staff": 250}, {"risk": True}, {"occasional": False}, {"special": True}):
            duty = register_duty(**{**exempt, **change})  # type: ignore[arg-type]
            assert duty.is_obligatory
            assert len(duty.because) == 1


class TestGrounds:
    def test_a_purpose_without_a_ground_is_named(self) -> None:
        (point,) = missing_grounds({"purposes": [{"purpose": "Verhuur", "ground": ""}]})
        assert point.article == "AVG 6(1)"
        assert "Verhuur" in formats.text(point.what)

    def test_a_legitimate_interest_needs_interest_necessity_and_balancing(self) -> None:
        purpose = {"purpose": "Beveiliging", "ground": "legitimate_interest"}
        assert len(missing_grounds({"purposes": [purpose]})) == 3
        whole = {**purpose, "interest": "i", "necessity": "n", "balancing": "b"}
        assert missing_grounds({"purposes": [whole]}) == ()

    @pytest.mark.parametrize("ground", ["legal_obligation", "public_task"])
    def test_a_ground_in_law_needs_its_statute(self, ground: str) -> None:
        purpose = {"purpose": "Belasting", "ground": ground}
        assert [each.article for each in missing_grounds({"purposes": [purpose]})] == ["AVG 6(3)"]
        assert missing_grounds({"purposes": [{**purpose, "statute": "AWR 52"}]}) == ()

    def test_special_categories_need_an_exception(self) -> None:
        activity = {"purposes": [{"purpose": "Verzuim", "ground": "contract"}]}
        found = missing_grounds(activity, special=True)
        assert [each.article for each in found] == ["AVG 9(2)"]

    def test_criminal_data_need_a_statute(self) -> None:
        activity = {"purposes": [{"purpose": "Fraude", "ground": "contract"}]}
        found = missing_grounds(activity, criminal=True)
        assert [each.article for each in found] == ["AVG 10"]
        allowed = {"purpose": "Beveiliging", "ground": "contract", "statute": "UAVG 33(2)(b)"}
        both = {"purposes": [{"purpose": "Fraude", "ground": "contract"}, allowed]}
        assert missing_grounds(both, criminal=True) == ()


class TestOfficer:
    def test_it_must_be_said_whether_there_is_one(self) -> None:
        (point,) = missing_officer({"has_officer": None})
        assert (point.article, point.soft) == ("AVG 37", False)

    def test_none_needs_a_reason(self) -> None:
        (point,) = missing_officer({"has_officer": False})
        assert point.field == "no_officer_reason"
        reason = {"has_officer": False, "no_officer_reason": "Geen grootschalige verwerking"}
        assert missing_officer(reason) == ()

    def test_one_needs_contact_details_and_registration(self) -> None:
        found = missing_officer({"has_officer": True})
        assert [each.article for each in found] == ["AVG 30(1)(a)", "AVG 30(1)(a)", "AVG 37(7)"]
        assert [each.field for each in found][:2] == ["officer_name", "officer_email"]
        whole = {
            "has_officer": True,
            "officer_name": "A. de Wit",
            "officer_phone": "070",
            "officer_number": "FG001",
        }
        assert missing_officer(whole) == ()


POINTS = dated_list("agreement_points")
ALL_POINTS = [entry.code for entry in POINTS]


def an_agreement(**more: object) -> dict[str, object]:
    whole = {"signed_on": date(2024, 1, 1), "points": ALL_POINTS, "document": "kast 2"}
    return {**whole, **more}


class TestAgreements:
    def test_the_points_are_the_subject_and_the_letters_a_to_h(self) -> None:
        letters = [str(point.details["article"]).removeprefix("AVG 28(3)") for point in POINTS]
        assert letters == ["", *(f"({letter})" for letter in "abcdefgh")]

    def test_each_letter_that_is_not_settled_is_named_with_its_article(self) -> None:
        found = missing_for_processor([an_agreement(points=[])], DAY, POINTS)
        assert [each.article for each in found] == [each.details["article"] for each in POINTS]

    def test_a_whole_agreement_misses_nothing(self) -> None:
        assert missing_for_processor([an_agreement()], DAY, POINTS) == ()

    def test_a_processor_without_a_signed_agreement_is_named(self) -> None:
        for agreements in ([], [an_agreement(signed_on=None)], [an_agreement(signed_on=DAY.max)]):
            (point,) = missing_for_processor(agreements, DAY, POINTS)
            assert (point.article, point.soft) == ("AVG 28(3)", False)

    def test_an_agreement_is_in_force_from_the_day_it_was_signed(self) -> None:
        assert missing_for_processor([an_agreement(signed_on=DAY)], DAY, POINTS) == ()
        tomorrow = an_agreement(signed_on=DAY + timedelta(days=1))
        assert [each.article for each in missing_for_processor([tomorrow], DAY, POINTS)] == [
            "AVG 28(3)"
        ]

    def test_an_agreement_that_ended_is_said_with_its_day(self) -> None:
        ended = an_agreement(ends_on=date(2026, 5, 31))
        (point,) = missing_for_processor([ended], DAY, POINTS)
        assert point.what.args["ended_on"] == date(2026, 5, 31)
        assert missing_for_processor([an_agreement(ends_on=DAY)], DAY, POINTS) == ()

    def test_connox_X12_an_audit_right_that_is_not_agreed_is_named(self) -> None:  # noqa: N802
        points = [code for code in ALL_POINTS if code != "audit"]
        (point,) = missing_for_processor([an_agreement(points=points)], DAY, POINTS)
        assert point.article == "AVG 28(3)(h)"
        assert "audits" in formats.text(point.what)

    def test_the_place_of_the_document_is_asked_for(self) -> None:
        (point,) = missing_for_processor([an_agreement(document="")], DAY, POINTS)
        assert point.soft

    def test_joint_controllers_need_an_arrangement(self) -> None:
        assert len(missing_arrangement({"relation": "joint"})) == 1
        assert missing_arrangement({"relation": "joint", "arrangement": "A meldt"}) == ()
        assert missing_arrangement({"relation": "apart"}) == ()


def transfer_to(country: str, **more: object) -> list[str]:
    values = {"country": country, **more}
    return [point.field for point in missing_for_transfer(values, DAY, transfer_lists())]


class TestTransfers:
    @pytest.mark.parametrize(
        ("country", "day", "expected"),
        [
            ("NL", DAY, Destination.EEA),
            ("NO", DAY, Destination.EEA),
            ("RE", DAY, Destination.EEA),
            ("CH", DAY, Destination.ADEQUATE),
            ("US", DAY, Destination.PARTLY_ADEQUATE),
            ("US", date(2022, 1, 1), Destination.THIRD),
            ("GB", date(2020, 12, 31), Destination.EEA),
            ("GB", DAY, Destination.ADEQUATE),
            ("BR", date(2026, 1, 25), Destination.THIRD),
            ("BR", date(2026, 1, 26), Destination.ADEQUATE),
            ("IN", DAY, Destination.THIRD),
        ],
    )
    def test_where_a_country_stands_depends_on_the_day(
        self, country: str, day: date, expected: Destination
    ) -> None:
        assert destination(country, day, transfer_lists()) is expected

    def test_within_the_eea_nothing_is_asked(self) -> None:
        assert transfer_to("DE") == []

    def test_a_transfer_needs_a_country_and_a_mechanism(self) -> None:
        assert transfer_to("") == ["country"]
        assert transfer_to("IN") == ["mechanism"]
        assert transfer_to("IN", mechanism="scc_2010") == ["mechanism"]

    def test_an_international_organisation_is_outside_the_eea_wherever_it_sits(self) -> None:
        assert transfer_to("", organisation="UNESCO") == ["mechanism"]
        assert transfer_to("FR", organisation="UNESCO") == ["mechanism"]
        named = {"organisation": "UNESCO", "mechanism": "adequacy"}
        assert transfer_to("FR", **named) == ["assessment"]
        assert transfer_to("FR", **named, assessment="besluit") == []

    def test_1box_B12_clauses_need_assessment_measures_and_document(self) -> None:  # noqa: N802
        assert transfer_to("US", mechanism="scc") == ["assessment", "supplementary", "document"]
        whole = {"assessment": "a", "supplementary": "s", "document": "d"}
        assert transfer_to("US", mechanism="scc", **whole) == []

    def test_adequacy_must_exist_and_cover_the_recipient(self) -> None:
        assert transfer_to("CH", mechanism="adequacy") == []
        assert transfer_to("IN", mechanism="adequacy") == ["mechanism"]
        assert transfer_to("US", mechanism="adequacy") == ["assessment"]
        assert transfer_to("US", mechanism="adequacy", assessment="op de DPF-lijst") == []

    def test_an_exception_needs_its_reasons(self) -> None:
        assert transfer_to("IN", mechanism="consent") == ["assessment", "document"]

    def test_a_compelling_interest_needs_weighing_safeguards_and_document(self) -> None:
        fields = ["assessment", "supplementary", "document"]
        assert transfer_to("IN", mechanism="compelling_interest") == fields
        found = missing_for_transfer(
            {"country": "IN", "mechanism": "compelling_interest"}, DAY, transfer_lists()
        )
        assert [point.article for point in found] == ["AVG 49(6)", "AVG 49(1)", "AVG 30(1)(e)"]
        assert not any(point.soft for point in found)

    def test_the_country_is_named_in_the_language_in_use(self) -> None:
        (point,) = missing_for_transfer({"country": "IN"}, DAY, transfer_lists())
        assert "India" in formats.text(point.what)


TRIGGERS = dated_list("dpia_triggers")


class TestDpia:
    def test_the_list_of_the_authority_has_seventeen_and_the_guideline_nine(self) -> None:
        assert len(TRIGGERS.where(weight="authority")) == 17
        assert len(TRIGGERS.where(weight="criterion")) == 9
        assert len(TRIGGERS.where(weight="statute")) == 3

    @pytest.mark.parametrize(
        ("chosen", "expected"),
        [
            ([], DpiaNeed.NOT_SHOWN),
            (["cameras"], DpiaNeed.OBLIGATORY),
            (["statute_special"], DpiaNeed.OBLIGATORY),
            (["criterion_vulnerable"], DpiaNeed.TO_BE_WEIGHED),
            (["criterion_vulnerable", "criterion_large_scale"], DpiaNeed.IN_MOST_CASES),
            (["criterion_vulnerable", "criterion_matching", "cameras"], DpiaNeed.OBLIGATORY),
        ],
    )
    def test_one_hit_of_the_list_or_two_criteria_oblige(
        self, chosen: list[str], expected: DpiaNeed
    ) -> None:
        advice = dpia_advice(chosen, TRIGGERS)
        assert advice.need is expected
        assert all(formats.text(step).endswith(".") for step in advice.because)

    def test_an_obligatory_one_that_was_not_done_is_named_whatever_the_reason(self) -> None:
        activity = {
            "dpia_triggers": ["cameras"],
            "dpia_outcome": "not_needed",
            "dpia_reason": "klein",
        }
        assert [each.article for each in missing_dpia(activity, TRIGGERS)] == ["AVG 35(1)"]
        assert missing_dpia({**activity, "dpia_outcome": "planned"}, TRIGGERS) == ()

    def test_with_two_criteria_a_dpia_is_done_or_it_is_said_why_none(self) -> None:
        activity: dict[str, object] = {
            "dpia_triggers": ["criterion_vulnerable", "criterion_large_scale"]
        }
        (point,) = missing_dpia(activity, TRIGGERS)
        assert (point.article, point.soft) == ("AVG 35(1)", False)
        assert len(missing_dpia({**activity, "dpia_outcome": "not_needed"}, TRIGGERS)) == 1
        reasoned = {"dpia_outcome": "not_needed", "dpia_reason": "FG gehoord: laag risico"}
        assert missing_dpia({**activity, **reasoned}, TRIGGERS) == ()

    def test_why_none_is_needed_is_asked_for(self) -> None:
        (point,) = missing_dpia({}, TRIGGERS)
        assert point.soft
        not_needed = {"dpia_outcome": "not_needed", "dpia_reason": "kleinschalig"}
        assert missing_dpia(not_needed, TRIGGERS) == ()
        assert len(missing_dpia({"dpia_outcome": "not_needed"}, TRIGGERS)) == 1


class TestSeverity:
    def test_the_score_is_context_times_ease_plus_circumstances(self) -> None:
        found = severity(
            3,
            Identification.SIGNIFICANT,
            [Circumstance.SEEN_BY_UNKNOWN, Circumstance.LOST_FOR_A_TIME, Circumstance.MALICIOUS],
        )
        assert found.score == 3 * 0.75 + 0.5 + 0.25 + 0.5
        assert found.band is SeverityBand.CONSIDERABLE

    def test_of_one_aspect_the_worst_counts_once(self) -> None:
        both = [Circumstance.SEEN_BY_KNOWN, Circumstance.SEEN_BY_UNKNOWN]
        assert severity(1, Identification.MAXIMUM, both).score == 1.5

    def test_the_highest_possible_is_six(self) -> None:
        assert severity(4, Identification.MAXIMUM, list(Circumstance)).score == 6

    @pytest.mark.parametrize(
        ("score", "band"),
        [
            (1.99, SeverityBand.NEGLIGIBLE),
            (2, SeverityBand.LIMITED),
            (2.75, SeverityBand.LIMITED),
            (3, SeverityBand.CONSIDERABLE),
            (4, SeverityBand.VERY_LARGE),
        ],
    )
    def test_a_band_begins_at_its_whole_number(self, score: float, band: SeverityBand) -> None:
        assert band_of(score) is band

    def test_many_people_and_unreadable_data_are_told_beside_the_score(self) -> None:
        plain = severity(1, Identification.LIMITED, people=100)
        flagged = severity(1, Identification.LIMITED, people=101, unintelligible=True)
        assert plain.score == flagged.score
        assert len(flagged.because) - len(plain.because) == 2

    def test_a_context_outside_one_to_four_is_a_bug(self) -> None:
        with pytest.raises(ValueError, match="5"):
            severity(5, Identification.LIMITED)

    def test_the_formula_is_written_with_a_comma_in_dutch(self) -> None:
        formula = severity(3, Identification.SIGNIFICANT).because[0]
        assert "0,75" in formats.text(formula)
