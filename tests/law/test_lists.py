"""The dated lists are whole: source, day, verified or not, in two languages."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from privreg import formats
from privreg.law.events import Condition, EventType
from privreg.law.keeping import keep
from privreg.law.lists import OURS, ListError, load
from privreg.law.period import Period
from privreg.law.rules import Action, Bound, CountedFrom
from privreg.law.severity import SeverityBand
from privreg.law.sources import is_unchecked, named_by
from privreg.law.transfers import Route
from privreg.lists import choices, dated_list, label, unverified
from privreg.paths import LISTS
from privreg.registers.register_list import REGISTERS
from privreg.translation import message, use_language

if TYPE_CHECKING:
    from privreg.registers.declaration import FieldSpec

NAMES = sorted(path.stem for path in LISTS.glob("*.toml"))


def listed_fields() -> set[str]:
    fields: list[FieldSpec] = [field for register in REGISTERS for field in register.fields]
    fields += [inner for field in fields for inner in field.fields]
    return {field.listed for field in fields if field.listed and ":" not in field.listed}


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_named_as_its_file_and_every_entry_is_dated(name: str) -> None:
    found = dated_list(name)
    assert found.name == name
    assert set(found.title) == {"nl", "en"}
    assert len(found) > 2
    assert all(entry.valid_from for entry in found)


@pytest.mark.parametrize("listed", sorted(listed_fields()))
def test_every_field_that_offers_a_list_finds_it(listed: str) -> None:
    offered = choices(listed)
    assert offered
    assert len({code for code, _text in offered}) == len(offered)
    assert all(text for _code, text in offered)


def test_a_choice_is_worded_in_the_language_in_use() -> None:
    assert label("breach_severities", "very_large") == "Zeer groot"
    assert label("countries", "DE") == "Duitsland"
    use_language("en")
    try:
        assert label("breach_severities", "very_large") == "Very large"
        assert label("countries", "DE") == "Germany"
    finally:
        use_language("nl")


def test_a_code_that_is_in_no_list_is_shown_as_it_is() -> None:
    assert label("breach_severities", "enormous") == "enormous"


def test_an_entry_in_a_sentence_is_written_in_the_language_in_use() -> None:
    entry = dated_list("breach_severities").entry("limited")
    assert formats.text(message("{what}", what=entry)) == "Beperkt"


@pytest.mark.parametrize("entry", dated_list("terms"), ids=lambda entry: entry.code)
def test_a_statutory_term_is_a_rule_that_can_run(entry: object) -> None:
    details = getattr(entry, "details", {})
    if details.get("period"):
        Period.parse(details["period"])
    else:
        assert details["criterion_nl"]
        assert details["criterion_en"]
    EventType(details["event"])
    CountedFrom(details["counted_from"])
    Bound(details["bound"])
    Action(details["action"])
    assert details["kind"] in {"statute", "guideline", "reason", "choice"}
    if "condition" in details:
        Condition(details["condition"])


UNCHECKED_TERMS = {
    *("employment_contract", "employee_statements", "reintegration", "origin_documents"),
    *("absence_self_insured", "wga_self_insured", "request_files", "marketing"),
}


def test_a_term_that_no_second_source_confirmed_says_so_and_why() -> None:
    unsure = {entry.code: entry for entry in dated_list("terms") if not entry.verified}
    assert unsure.keys() == UNCHECKED_TERMS
    assert all(entry.note and not entry.checked_in for entry in unsure.values())


@pytest.mark.parametrize("name", NAMES)
def test_what_is_verified_names_where_and_when_it_was_checked(name: str) -> None:
    verified = [each for each in dated_list(name) if each.verified and each.source != OURS]
    for entry in verified:
        assert entry.checked_in
        assert entry.checked_on
        assert date(2026, 11, 20) <= entry.checked_on


def test_the_wording_of_the_authoritys_form_is_not_taken_for_law() -> None:
    assert any(not entry.verified for entry in dated_list("breach_incidents"))
    assert unverified("breach_incidents") == frozenset()
    assert unverified("terms") == UNCHECKED_TERMS
    assert unverified("event_types") == unverified("parties:all") == frozenset()


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("artikel 34a Wet op de omzetbelasting", set()),
        ("art. 34a Wet OB 1968", {"immovable"}),
        ("AWR 52(4)", {"books", "payroll", "employment_contract", "leave_sheets"}),
        ("Artikel 52 lid 4 AWR; eigen beleid", {"books", "payroll", "employment_contract"}),
        ("§ 257 HGB", {"de_accounts", "de_letters", "de_vouchers"}),
        ("Wwft, artikel 33 lid 3", {"wwft_client"}),
        ("BW 3:310", {"damage_claims"}),
        ("artikel 52 AWR", {"books", "payroll"}),
        ("artikel 5 lid 3 AVG", set()),
        ("Privacyverklaring, opslag", set()),
        ("", set()),
    ],
)
def test_a_source_names_a_known_term_however_its_article_is_written(
    source: str, codes: set[str]
) -> None:
    named = {entry.code for entry in named_by(source, dated_list("terms"))}
    assert named >= codes
    assert bool(named) == bool(codes)


def test_a_source_is_unsure_only_when_no_second_source_confirms_any_term_it_names() -> None:
    terms = dated_list("terms")
    assert is_unchecked("Handboek Loonheffingen", terms)
    assert not is_unchecked("Handboek Loonheffingen; artikel 52 lid 4 AWR", terms)
    assert not is_unchecked("Eigen beleid", terms)


@pytest.mark.parametrize(
    ("code", "start", "keep_through"),
    [
        ("employee_id_copy", date(2026, 3, 15), date(2031, 12, 31)),
        ("books", date(2022, 6, 15), date(2029, 12, 31)),
        ("wwft_client", date(2026, 3, 15), date(2031, 3, 15)),
        ("wwft_client", date(2024, 2, 29), date(2029, 2, 28)),
        ("immovable", date(2022, 5, 1), date(2031, 12, 31)),
        ("oss", date(2022, 5, 1), date(2032, 12, 31)),
        ("applicants", date(2026, 3, 2), date(2026, 3, 30)),
        ("applicants_consent", date(2026, 3, 2), date(2027, 3, 2)),
        ("de_vouchers", date(2025, 3, 2), date(2033, 12, 31)),
    ],
)
def test_a_statutory_term_keeps_until_the_day_its_source_says(
    code: str, start: date, keep_through: date
) -> None:
    entry = dated_list("terms").entry(code)
    assert entry
    period = Period.parse(entry.details["period"])
    kept = keep(start, period, counted_from=CountedFrom(entry.details["counted_from"]))
    assert kept.keep_through == keep_through


def test_german_vouchers_were_kept_ten_years_and_now_eight() -> None:
    terms = dated_list("terms")
    old, new = terms.entry("de_vouchers_10"), terms.entry("de_vouchers")
    assert old
    assert new
    assert old.is_valid_on(date(2024, 12, 31))
    assert not old.is_valid_on(date(2025, 1, 1))
    assert new.is_valid_on(date(2025, 1, 1))
    assert not new.is_valid_on(date(2024, 12, 31))


def test_the_form_asks_its_questions_in_order_and_names_lists_that_exist() -> None:
    questions = dated_list("breach_questions")
    sections = [entry.code for entry in dated_list("breach_form_sections")]
    order = [sections.index(entry.details["section"]) for entry in questions]
    assert order == sorted(order)
    assert set(order) == set(range(10))
    for entry in questions:
        if "options" in entry.details:
            assert choices(entry.details["options"])


def test_a_gap_in_the_form_is_marked_as_such() -> None:
    gaps = dated_list("breach_questions").where(gap=True)
    assert {entry.code for entry in gaps} >= {"2.1.2", "4.4", "10.1.4"}
    assert not any(entry.verified for entry in gaps)


def test_the_bands_of_severity_are_the_four_words_of_the_form() -> None:
    words = {entry.code for entry in dated_list("breach_severities")}
    assert {band.value for band in SeverityBand} == words


def test_every_transfer_mechanism_has_a_route_and_an_article() -> None:
    for entry in dated_list("transfer_mechanisms"):
        Route(entry.details["route"])
        assert entry.details["article"].startswith("AVG 4")


def test_the_safeguards_and_exceptions_of_chapter_v_are_complete() -> None:
    articles = {entry.details["article"] for entry in dated_list("transfer_mechanisms")}
    safeguards = {f"AVG 46(2)({letter})" for letter in "acdef"} | {"AVG 46(3)(a)", "AVG 46(3)(b)"}
    exceptions = {f"AVG 49(1)({letter})" for letter in "abcdefg"} | {"AVG 49(1), tweede alinea"}
    assert articles == {"AVG 45", "AVG 47"} | safeguards | exceptions


def test_every_country_of_the_eea_has_an_authority_and_stands_among_the_countries() -> None:
    authorities = dated_list("authorities")
    countries = dated_list("countries")
    members = dated_list("eea").on(date(2026, 1, 1))
    for entry in members:
        assert entry.code in countries
        assert entry.details.get("belongs_to", entry.code) in authorities
    assert sum(bool(entry.details["eu"]) for entry in members) == 27 + 7


ENTRY = 'name = "x"\ntitle = {{ nl = "x", en = "x" }}\n[[entries]]\n{}\n'


@pytest.mark.parametrize(
    "lines",
    [
        'code = "a"\nnl = "a"\nen = "a"\nverified = true',
        'code = "a"\nnl = "a"\nen = ""\nsource = "s"\nverified = true',
        'code = "a"\nnl = "a"\nen = "a"\nsource = "s"\nverified = false',
        'code = "a"\nnl = "a"\nen = "a"\nsource = "s"\nverified = true',
        'code = "a"\nnl = "a"\nen = "a"\nsource = "s"\nverified = true\nchecked_in = "elsewhere"',
    ],
)
def test_an_entry_without_source_words_note_or_check_is_refused(lines: str) -> None:
    with pytest.raises(ListError):
        load(ENTRY.format(lines))


def test_one_code_may_stand_twice_only_when_the_days_do_not_overlap() -> None:
    whole = 'code = "a"\nnl = "a"\nen = "a"\nsource = "PrivReg"\nverified = true\n'
    first, later = f"{whole}valid_until = 2024-12-31", f"{whole}valid_from = 2025-01-01"
    found = load(ENTRY.format(first) + f"[[entries]]\n{later}\n")
    assert found.entry("a", date(2024, 1, 1)) == found.entries[0]
    assert found.entry("a", date(2026, 1, 1)) == found.entries[1]
    for twin in (first, f"{whole}valid_from = 2024-12-31"):
        with pytest.raises(ListError):
            load(ENTRY.format(first) + f"[[entries]]\n{twin}\n")


def test_what_was_repealed_is_offered_no_more_but_can_still_be_read() -> None:
    offered = dict(choices("transfer_mechanisms", on=date(2026, 1, 1)))
    assert "scc" in offered
    assert "scc_2010" not in offered
    assert label("transfer_mechanisms", "scc_2010") != "scc_2010"
