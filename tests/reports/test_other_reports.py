"""What the agenda, processors, retention, requests and the smaller reports must show."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from privreg.formats import article
from privreg.registers.register_list import register_of
from privreg.reports.customer import customer
from privreg.reports.document import BigCode, Table, words
from privreg.reports.kit.plain import plain
from privreg.reports.processors import processors, tree
from privreg.reports.requests import requests
from privreg.reports.retention import retention
from privreg.reports.sheet import sheet
from privreg.translation import use_language
from tests.registers.builders import a_party
from tests.reports.books import Office
from tests.reports.papers import PAPERS, a_due_item, a_timed_item, the_customer


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


def said(name: str, office: Office | None = None) -> str:
    """Return what a report of the office says."""
    office = office or Office()
    return plain(PAPERS[name](office, office.book()))


def test_the_agenda_puts_the_late_clocks_first_with_their_reasons() -> None:
    shown = said("agenda")
    assert shown.index("* Late") < shown.index("Review the processing activity")
    assert "33 days too late" in shown
    assert "The register is kept up to date" in shown


def test_the_agenda_marks_a_breach_that_touches_children() -> None:
    office = Office()
    office.breach |= {"notifications": [], "authority_decision": "not_yet"}
    shown = said("agenda", office)
    assert "children, national number, high risk" in shown
    assert "With the national number (art. 46 UAVG)" in shown


def test_an_agenda_without_clocks_says_so() -> None:
    office = Office()
    assert "No clock is running." in plain(
        PAPERS["agenda"](office, replace(office.book(), seen={}))
    )


def test_a_sub_processor_stands_under_its_processor() -> None:
    office = Office()
    shown = [(depth, each["name"]) for depth, each in tree([office.sub, office.processor])]
    assert shown == [(0, "Boxwerk Cloud Inc."), (1, "Sub & Sons")]
    assert "\u2514 Sub & Sons" in said("processors")


def test_sub_processors_that_go_round_are_each_printed_once() -> None:
    one, two = a_party(name="One"), a_party(name="Two")
    one["under_id"], two["under_id"] = two["id"], one["id"]
    assert sorted(each["name"] for _depth, each in tree([one, two])) == ["One", "Two"]


def test_a_processor_without_an_agreement_in_force_is_shown_as_such() -> None:
    office = Office()
    office.processor |= {"agreements": []}
    shown = said("processors", office)
    assert "none in force" in shown
    assert next(line for line in shown.splitlines() if "Without one" in line).endswith("1")


def test_a_party_shows_what_it_gets_and_in_what_form() -> None:
    assert "Letting storage: Copy of ID (pseudonymised)" in plain(processors(Office().book()))


def test_the_schedule_shows_term_start_source_and_counts() -> None:
    shown = said("retention")
    line = next(line for line in shown.splitlines() if line.startswith("BT-01"))
    for expected in ("5 years", "Privacy statement", "1,234", "7"):
        assert expected in line


def test_the_schedule_says_which_source_no_second_one_confirmed() -> None:
    office = Office()
    doubt = "not yet checked against a second source"
    assert doubt not in said("retention", office)
    office.rule["source"] = "Handboek Loonheffingen"
    line = next(line for line in said("retention", office).splitlines() if line.startswith("BT-01"))
    assert doubt in line
    office.rule["source"] = "Artikel 52 lid 4 AWR"
    assert doubt not in said("retention", office)


def test_the_schedule_shows_the_last_check_of_a_system_elsewhere() -> None:
    shown = said("retention")
    line = next(line for line in shown.splitlines() if line.startswith("BT-02 | Recorder"))
    for expected in ("7 days", "01/03/2026", "J. Bos", "8 days", "not as it should be"):
        assert expected in line


def test_a_check_elsewhere_that_is_too_late_is_counted_and_marked() -> None:
    office = Office()
    in_time = said("retention", office)
    assert "| Checks overdue             0" in in_time
    assert "too late" not in in_time
    office.elsewhere["check_every"] = "P1M"  # checked on 1 March, and today is 3 April
    shown = said("retention", office)
    assert "| Checks overdue             1" in shown
    line = next(line for line in shown.splitlines() if line.startswith("BT-02 | Recorder"))
    assert "01/04/2026 too late" in line
    office.elsewhere["check_every"] = "P33D"  # ends today: that is in time
    assert "| Checks overdue             0" in said("retention", office)


def test_the_register_counts_the_points_it_lists() -> None:
    def points(*, of_controller: bool, of_activity: bool) -> tuple[int, int]:
        office = Office()
        if of_controller:
            office.statement |= {"in_force_on": None}
        book = office.book()
        if not of_activity:
            book = replace(book, seen={**book.seen, "activities": []})
        shown = plain(PAPERS["register"](office, book)).splitlines()
        counted = next(line for line in shown if line.startswith("| Points still missing"))
        return int(counted.split()[-1]), sum(line.startswith("[ ]") for line in shown)

    for of_controller, of_activity in ((True, False), (False, True), (True, True)):
        counted, listed = points(of_controller=of_controller, of_activity=of_activity)
        assert counted == listed
        assert listed > 0


def test_the_register_says_why_it_must_be_kept_by_what_runs() -> None:
    office = Office()
    shown = said("register", office)
    for expected in ("must be kept (article 30(5))", "not occasional", "holds special categories"):
        assert expected in shown
    office.activity["data"] = []
    assert "holds special categories" not in said("register", office)
    office.activity["state"] = "ended"
    assert "article 30(5)" not in said("register", office)


def test_data_without_a_term_is_a_gap_in_the_one_list() -> None:
    shown = said("retention")
    assert "[ ] No term is set for Copy of ID of Tenants (VA-0001). (GDPR 5(1)(e))" in shown
    assert next(line for line in shown.splitlines() if "Gaps" in line).endswith("2")


def test_counts_that_may_not_be_seen_are_not_printed() -> None:
    shown = plain(retention(Office().book(), None, None))
    assert "Items overdue" not in shown


def test_requests_show_term_identity_and_who_was_told() -> None:
    shown = said("requests")
    for expected in (
        "Access",
        "no doubt, because",
        "Called from the known number",
        "Boxwerk Cloud",
    ):
        assert expected in shown
    assert "answer within one month of receipt" in shown


def test_the_person_of_a_request_is_marked_as_a_child_by_the_customers_groups() -> None:
    office = Office()
    book = office.book(groups_of={office.request["customer_id"]: [office.children["id"]]})
    assert "With data of children" in plain(requests(book))


def test_the_due_list_gives_days_reasons_and_marks() -> None:
    shown = said("due")
    for expected in ("K-0412", "31/03/2026", "01/04/2026", "The contract ended.", "high risk"):
        assert expected in shown
    assert "there are more" in shown


def test_a_customers_page_shows_items_events_and_particulars() -> None:
    shown = said("customer")
    for expected in ("Copy of ID: copy of 2019", "due for disposal", "29/02/2024", "children"):
        assert expected in shown


def test_a_customers_page_shows_the_purposes_and_the_actual_recipients() -> None:
    office = Office()
    office.activity["data"][2]["group_id"] = office.children["id"]
    shown = said("customer", office)
    line = next(line for line in shown.splitlines() if line.startswith("Letting storage |"))
    for expected in ("Keep the premises safe", "from the person", "Boxwerk Cloud Inc."):
        assert expected in line


def test_a_reader_of_codes_sees_no_note_of_an_event() -> None:
    office = Office()
    fields = [each.name for each in register_of("customers").fields if not each.personal]
    values = {**the_customer(office), "name": None}
    events = [{"type": "contract_ended", "happened_on": date(2024, 2, 29), "note": "De Halm left"}]
    paper = customer(office.book(), values, [a_timed_item()], {"events": events}, fields)
    assert "De Halm" not in plain(paper)
    assert paper.title == "K-0412"


def test_an_unnamed_due_item_prints_its_code_alone() -> None:
    office = Office()
    paper = PAPERS["due"](office, office.book())
    [table] = [block for block in paper.blocks if isinstance(block, Table)]
    assert words(table.rows[1].cells[0]) == "K-0412\nDe Halm"  # type: ignore[union-attr]
    assert a_due_item(name="").name == ""


def test_the_sheet_holds_the_key_once_and_says_that_it_is_kept_nowhere() -> None:
    paper = sheet(Office().book(), "Bonenhof", "ABCD-EFGH")
    assert [block.text for block in paper.blocks if isinstance(block, BigCode)] == ["ABCD-EFGH"]
    assert "keeps no copy of the key" in plain(paper)


def test_a_declaration_of_secrecy_shows_both_days() -> None:
    assert "05/01/2026 entered on 01/02/2026 09:00" in said("users")


def test_a_statement_is_printed_paragraph_by_paragraph() -> None:
    shown = said("statement")
    assert "\n\nWe keep little.\n\nAnd not for long.\n" in shown


def test_the_journal_tells_from_what_to_what_and_what_was_struck() -> None:
    shown = said("journal")
    assert "Town: Delft \u2192 Den Haag" in shown
    assert "struck: E-mail" in shown


def test_blank_forms_ask_for_the_moments_and_leave_room() -> None:
    shown = said("blank_breach")
    assert "Known since\n________" in shown
    assert "72 hours" in shown
    assert "Received on\n________" in said("blank_request")


def test_every_report_names_the_controller() -> None:
    for name in PAPERS:
        assert "Bonenhof B.V." in said(name), name


def test_an_office_with_nothing_in_it_still_prints() -> None:
    office = Office()
    book = replace(office.book(), seen={})
    for name in ("register", "processors", "breaches", "requests", "retention", "users"):
        assert plain(PAPERS[name](office, book))


@pytest.mark.parametrize(
    ("source", "dutch", "english"),
    [
        ("AVG 30(1)(c), 26", "AVG 30 lid 1 onder c, 26", "GDPR 30(1)(c), 26"),
        ("AVG 33(3)(d), 33(5)", "AVG 33 lid 3 onder d, 33 lid 5", "GDPR 33(3)(d), 33(5)"),
        ("AVG 4(7)-(9)", "AVG 4 lid 7-9", "GDPR 4(7)-(9)"),
        ("UAVG 46", "UAVG 46", "UAVG 46"),
        ("", "", ""),
    ],
)
def test_an_article_is_cited_as_the_reader_knows_it(source: str, dutch: str, english: str) -> None:
    assert article(source) == english
    use_language("nl")
    assert article(source) == dutch
