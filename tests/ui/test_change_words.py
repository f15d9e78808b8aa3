"""What changed, in words: values, links by name, and each row of a table."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from privreg.registers.declaration import FieldSpec, Kind, Linked
from privreg.registers.register_list import REGISTERS, register_of
from privreg.services.row_changes import linked_by_register, linked_in
from privreg.translation import LANGUAGES, _, use_language
from ui.cells import column_label
from ui.change_words import change_words, field_label

PARTY = UUID(int=7)
TITLES = {PARTY: Linked(PARTY, "parties", "PA-0001", "Boekhouder De Vries")}
MEASURES = register_of("breaches").field("measures")
RECIPIENTS = register_of("requests").field("recipients")
WIPED = {"id": "a", "sort": "corrective", "measure": "Op afstand gewist", "owner": "Jan"}


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


@pytest.mark.parametrize(
    ("name", "label"), [("change_reason", "Reason"), ("file_kind", "Kind of file")]
)
def test_what_the_journal_keeps_beside_the_fields_has_words(name: str, label: str) -> None:
    assert field_label(register_of("activities"), name) == label


def test_a_row_that_came_is_named() -> None:
    new = {"id": "b", "sort": "preventive", "measure": "Schijf versleuteld"}
    assert (
        change_words(MEASURES, [WIPED], [WIPED, new], {})
        == "added: preventive · Schijf versleuteld"
    )


def test_a_row_that_went_is_named() -> None:
    assert (
        change_words(MEASURES, [WIPED], [], {}) == "removed: corrective · Op afstand gewist · Jan"
    )


def test_a_row_that_changed_says_what_from_what() -> None:
    done = {**WIPED, "owner": "Piet", "done_on": date(2026, 4, 3)}
    assert change_words(MEASURES, [WIPED], [done], {}) == (
        "corrective · Op afstand gewist · Jan · Owner: Jan → Piet; Done on: 03/04/2026"
    )


def test_rows_in_another_order_changed_nothing() -> None:
    other = {"id": "b", "measure": "Schijf versleuteld"}
    assert change_words(MEASURES, [WIPED, other], [other, WIPED], {}) == ""


def test_links_are_written_by_name_also_within_rows() -> None:
    row = {"id": "a", "party_id": PARTY}
    assert change_words(RECIPIENTS, [], [row], TITLES) == "Boekhouder De Vries"
    assert linked_by_register(linked_in(RECIPIENTS, [row])) == {"parties": {PARTY}}
    link = FieldSpec(name="party_id", label="Party", kind=Kind.LINK, to="parties")
    assert change_words(link, None, PARTY, TITLES) == "Boekhouder De Vries"


def test_what_is_kept_beside_the_form_has_a_word_too() -> None:
    assert field_label(register_of("customers"), "change_reason") == "Reason"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("register", REGISTERS, ids=lambda each: each.slug)
def test_no_column_is_headed_by_a_question_or_a_sentence(language: str, register: object) -> None:
    use_language(language)
    assert register in REGISTERS
    for each in register.columns:
        heading = column_label(register, each.field, _(each.label))
        assert not heading.endswith("?")
        assert len(heading) <= 24, heading
