"""What the page of an activity and the register must show (articles 30, 6, 26 and 35)."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from privreg.registers.register_list import register_of
from privreg.reports.activity import activity
from privreg.reports.document import Matrix, Missing
from privreg.reports.kit.plain import plain
from privreg.reports.register import register
from privreg.translation import use_language
from tests.registers.builders import a
from tests.reports.books import LATER, Office, a_book, row


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


def page(office: Office) -> str:
    """Return what the page of the office's activity says."""
    return plain(activity(office.book(), office.activity))


def matrix(office: Office) -> Matrix:
    """Return the matrix of people and data."""
    blocks = activity(office.book(), office.activity).blocks
    return next(block for block in blocks if isinstance(block, Matrix))


def test_purpose_and_ground_come_before_people_and_recipients() -> None:
    said = page(Office())
    order = ("Keep the premises safe", "f. legitimate interest", "Contact data", "Boxwerk Cloud")
    assert sorted(order, key=said.index) == list(order)


def test_necessity_stands_beside_interest_and_balancing() -> None:
    said = page(Office())
    interest = said.index("Property of tenants")
    assert interest < said.index("No lighter way was found") < said.index("Images are kept briefly")


def test_the_matrix_shows_a_term_and_says_where_there_is_none() -> None:
    shown = matrix(Office())
    terms = {
        str(line.head[0] if isinstance(line.head, tuple) else line.head): line.cells
        for line in shown.rows
    }
    assert shown.columns == ("Tenants", "Young tenants (children)")
    assert terms["Contact data"] == ("5 years\n7 days", "7 days")
    assert terms["Copy of ID"] == ("no term", "")


def test_a_rule_that_names_only_the_group_is_a_term_too() -> None:
    office = Office()
    office.rule |= {"kind_id": None, "period": "P6M"}
    terms = [line.cells[0] for line in matrix(office).rows]
    assert terms[1] == "6 months"


def test_a_recipient_gets_named_kinds_in_a_named_form() -> None:
    said = page(Office())
    assert "Copy of ID | pseudonymised | Hosting" in said


def test_a_transfer_shows_country_mechanism_assessment_and_document() -> None:
    said = page(Office())
    for expected in (
        "Boxwerk Cloud Inc., United States",
        "Standard contractual clauses of the Commission (SCC)",
        "Judged case by case",
        "Keys stay here",
        "Cabinet 2",
    ):
        assert expected in said


def test_a_transfer_to_an_international_organisation_shows_its_name() -> None:
    office = Office()
    office.processor |= {"transfers": [{"organisation": "UNESCO", "mechanism": "scc"}]}
    said = page(office)
    assert "Recipient and organisation" in said
    assert "Boxwerk Cloud Inc., UNESCO" in said


def test_a_country_without_a_recorded_transfer_is_shown_as_such() -> None:
    office = Office()
    office.processor |= {"transfers": []}
    assert "United States: no mechanism, assessment or document recorded" in page(office)


def test_joint_controllers_show_their_arrangement() -> None:
    office = Office()
    office.controller |= {"relation": "joint", "arrangement": "Bonenhof answers requests"}
    assert "Bonenhof answers requests" in page(office)


def test_why_there_is_no_dpia_is_on_the_page() -> None:
    said = page(Office())
    assert "not needed" in said
    assert "Small and simple." in said


def test_what_is_missing_stands_in_one_list() -> None:
    office = Office()
    office.activity |= {"measures": [], "measures_note": ""}
    lists = [b for b in activity(office.book(), office.activity).blocks if isinstance(b, Missing)]
    assert len(lists) == 1
    assert any("security measures" in str(item.text) for item in lists[0].items)
    assert "Two-step sign-in" not in page(office)


def test_an_empty_activity_prints_no_empty_section() -> None:
    office = Office()
    office.activity = a("activities", number="VA-0009", name="Bare")
    said = page(office)
    assert "Purpose and ground" not in said
    assert "Recipients" not in said
    assert "No purpose is named." in said


def test_children_special_data_and_high_risk_are_marked_and_counted() -> None:
    office = Office()
    said = plain(register(office.book()))
    for counted in (
        "With data of children",
        "With special categories (art. 9)",
        "With data of high risk",
    ):
        line = next(line for line in said.splitlines() if counted in line)
        assert line.endswith(" 1")
    assert "children, special categories, high risk" in said


def test_a_sign_off_that_was_entered_later_shows_both_moments() -> None:
    office = Office()
    office.activity |= {
        "signed_off_by": "J. Bos",
        "signed_off_on": office.activity["review_on"],
        "entered": {"signed_off_on": LATER},
    }
    assert "J. Bos, 01/03/2026 (entered on 03/04/2026 16:30)" in page(office)


def test_the_register_has_both_parts_of_article_30() -> None:
    office = Office()
    as_processor = a(
        "activities",
        number="VA-0002",
        name="Hosting for others",
        role="processor",
        processing_categories="Hosting and backup",
        client_id=office.processor["id"],
    )
    office.processor |= {"city": "Boston", "email": "privacy@client.example"}
    said = plain(register(a_book(*office.records, ("activities", as_processor))))
    assert said.index("GDPR 30(1)]") < said.index("GDPR 30(2)]")
    assert said.index("Letting storage  [VA-0001]") < said.index("Hosting for others  [VA-0002]")
    assert "Hosting and backup" in said
    on_behalf = said[said.index("Hosting for others  [VA-0002]") :]
    for contact in ("Address  ", office.processor["city"], office.processor["email"]):
        assert contact in on_behalf


def test_every_field_of_an_activity_is_on_its_page() -> None:
    office = Office()
    spoken = {}
    for spec in register_of("activities").fields:
        if spec.kind.value in ("line", "text") and spec.name != "name":
            spoken[spec.name] = f"token-{spec.name}"
    office.activity |= spoken | {
        "role": "processor",
        "has_automated_decisions": True,
        "has_profiling": True,
        "dpia_outcome": "done",
        "data": [row(group_id=None, kind_id=None, source="token-row")],
    }
    said = page(office)
    assert [name for name, token in spoken.items() if token not in said] == []
