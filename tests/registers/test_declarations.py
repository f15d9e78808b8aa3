"""The declarations agree with their tables, with the lists, and with each other."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from privreg import lists
from privreg.law.breach import Decision
from privreg.registers.declaration import Choice, FieldSpec, Kind, Register
from privreg.registers.options import list_of, options_of, register_of_options, word_of
from privreg.registers.register_list import BY_SLUG, REGISTERS
from privreg.registers.tables import Entry, Record, Row
from privreg.registers.users import ROLES
from privreg.translation import LANGUAGES, use_language

if TYPE_CHECKING:
    from collections.abc import Iterator

BOOKKEEPING = {*Record.model_fields}
OF_A_ROW = {*Row.model_fields, "parent_id"}
NOT_IN_THE_FORM = {
    "customers": {"sort_name", "may_hold_number"},
    "users": {"last_seen_at"},
    "disposals": {"journal_hash"},
    "events": {"customer_id", "may_hold_number"},
    "items": {"customer_id", "may_hold_number"},
    "holds": {"customer_id", "may_hold_number"},
    "consents": {"customer_id", "may_hold_number"},
}
SPEAKS_FOR_ITSELF = {
    *("name", "first_name", "title", "note", "function", "language", "vat", "kind", "applies_to"),
    *("email", "phone", "mobile", "street", "postcode", "city", "website"),
    *("person_name", "person_email", "person_phone", "person_address"),
    *("by_whom", "sent_by", "done_by", "checked_by", "proposed_by", "executed_by"),
    *("done_on", "proposed_at", "approved_at", "place", "state"),
}
ARTICLE = re.compile(
    r"(AVG|UAVG) \d+(\(\d+\))?(\([a-z]\))?(\(\d+\))?"
    r"((, |-)\d+(\(\d+\))?(\([a-z]\))?|-\(\d+\))*"
)


def every_field(register: Register) -> Iterator[FieldSpec]:
    """Return every field of a register, those of rows included."""
    for field in register.fields:
        yield field
        yield from field.fields


each_register = pytest.mark.parametrize("register", REGISTERS, ids=lambda each: each.slug)


def is_kept_apart(field: FieldSpec) -> bool:
    """Say whether a field stands in a table of its own."""
    return field.kind in {Kind.ROWS, Kind.LINKS}


@each_register
def test_every_field_is_a_column_and_every_column_a_field(register: Register) -> None:
    fields = {field.name for field in register.fields if not is_kept_apart(field)}
    columns = set(register.model.model_fields) - BOOKKEEPING
    assert columns - fields == NOT_IN_THE_FORM.get(register.slug, set())
    assert fields - columns <= {"number"}


@each_register
def test_rows_and_links_stand_in_tables_of_their_own(register: Register) -> None:
    for field in every_field(register):
        assert is_kept_apart(field) is (field.model is not None)
        if field.kind is Kind.ROWS and field.model is not None:
            columns = set(field.model.model_fields) - OF_A_ROW
            assert {each.name for each in field.fields} == columns
        if field.kind is Kind.LINKS and field.model is not None:
            assert set(field.model.model_fields) == OF_A_ROW | {"target_id"}


@each_register
def test_names_of_fields_are_unique_in_a_form(register: Register) -> None:
    names = [field.name for field in register.fields]
    assert len(names) == len(set(names))


def test_slugs_and_prefixes_are_unique() -> None:
    prefixes = [register.prefix for register in REGISTERS if register.prefix]
    assert len(BY_SLUG) == len(REGISTERS)
    assert len(prefixes) == len(set(prefixes))


@each_register
def test_a_register_with_numbers_has_a_prefix(register: Register) -> None:
    assert bool(register.prefix) is issubclass(register.model, Record)
    assert issubclass(register.model, Entry)


@each_register
def test_columns_filters_and_sorting_name_what_is_there(register: Register) -> None:
    known = {field.name for field in register.fields} | set(register.model.model_fields)
    assert {column.field for column in register.columns} <= known
    assert set(register.filters) <= {field.name for field in register.fields}
    assert register.sort in known


@each_register
def test_a_record_belongs_to_a_register_that_exists(register: Register) -> None:
    assert bool(register.parent) is bool(register.parent_field)
    if register.parent:
        assert register.parent in BY_SLUG
        assert register.parent_field in register.model.model_fields


@each_register
def test_a_record_with_nothing_in_it_has_a_title(register: Register) -> None:
    assert isinstance(register.title({}), str)


@each_register
def test_a_link_points_at_a_register(register: Register) -> None:
    for field in every_field(register):
        is_link = field.kind in {Kind.LINK, Kind.LINKS}
        assert bool(field.to) is is_link
        assert not is_link or field.to in BY_SLUG


@each_register
def test_a_condition_names_a_field_beside_it_and_what_it_can_hold(register: Register) -> None:
    for field in every_field(register):
        if field.shown is None or field.shown.field == "may_hold_number":
            continue  # the gate writes it
        beside = register.fields
        for each in register.fields:
            if field in each.fields:
                beside = each.fields
        asked = next(each for each in beside if each.name == field.shown.field)
        offered = (
            {option.code for option in options_of(asked)} if asked.kind is not Kind.YES_NO else {}
        )
        for value in field.shown.values:
            assert value in ({True, False, None} if asked.kind is Kind.YES_NO else offered)


@each_register
def test_an_article_is_written_as_the_law_writes_it(register: Register) -> None:
    for field in every_field(register):
        assert field.article == "" or ARTICLE.fullmatch(field.article), field.article


@each_register
def test_every_field_says_what_it_is_for_unless_its_label_does(register: Register) -> None:
    bare = {field.name for field in every_field(register) if not field.help and not field.article}
    assert bare - SPEAKS_FOR_ITSELF == set()


@each_register
def test_every_choice_resolves_in_both_languages(register: Register) -> None:
    for field in every_field(register):
        if field.kind not in {Kind.CHOICE, Kind.CHOICES, Kind.COUNTRY}:
            assert not field.choices
            continue
        if register_of_options(field):
            assert register_of_options(field) in BY_SLUG
            continue
        for language in LANGUAGES:
            use_language(language)
            options = options_of(field)
            assert len(options) > 1
            assert all(option.text.strip() for option in options)
            assert len({option.code for option in options}) == len(options)


@each_register
def test_a_default_is_one_of_the_choices(register: Register) -> None:
    for field in every_field(register):
        if field.kind in {Kind.CHOICE, Kind.COUNTRY} and field.default is not None:
            assert field.default in {option.code for option in options_of(field)}


@each_register
def test_a_model_starts_where_the_form_starts(register: Register) -> None:
    for field in every_field(register):
        if field in register.fields and field.name in register.model.model_fields and field.default:
            assert register.model.model_fields[field.name].default == field.default


@each_register
def test_what_is_required_is_not_also_merely_wanted(register: Register) -> None:
    for field in every_field(register):
        assert not (field.required and field.wanted)


def test_an_option_reads_in_the_language_in_use() -> None:
    country = BY_SLUG["controllers"].field("country")
    assert list_of(country) == "countries"
    assert word_of(country, "DE") == "Duitsland"
    use_language("en")
    assert word_of(country, "DE") == "Germany"
    assert word_of(country, "QQ") == "QQ"


def codes_in(choices: tuple[Choice, ...]) -> list[str]:
    """Return the codes of a field's choices."""
    return [each.code for each in choices]


def test_the_decisions_of_a_breach_are_those_the_law_knows() -> None:
    field = BY_SLUG["breaches"].field
    decisions = {each.value for each in Decision}
    assert set(codes_in(field("authority_decision").choices)) == decisions
    assert set(codes_in(field("people_decision").choices)) == decisions
    assert len(options_of(field("authority_reason_kind"))) == 3
    assert len(options_of(field("people_reason_kind"))) == 5


def test_the_roles_of_users_are_those_a_rule_names() -> None:
    assert {code for code, _label in ROLES} == {code for code, _words in lists.choices("roles")}


def test_the_customer_fields_of_a_kind_of_data_are_personal_fields_of_a_customer() -> None:
    named = codes_in(BY_SLUG["kinds"].field("customer_fields").choices)
    customer = BY_SLUG["customers"]
    assert all(customer.field(name).personal for name in named)
    name_and_code = {"name", "first_name"}
    assert {f.name for f in customer.fields if f.personal} - set(named) == name_and_code


def test_no_customer_field_asks_for_a_national_number() -> None:
    names = {field.name for field in BY_SLUG["customers"].fields}
    assert not {name for name in names if "bsn" in name or "national" in name}


def test_a_field_that_does_not_exist_is_a_bug() -> None:
    with pytest.raises(KeyError):
        BY_SLUG["customers"].field("bsn")


def test_keys_of_records_are_uuids() -> None:
    assert Record.model_fields["id"].annotation is UUID


@pytest.mark.parametrize("register", REGISTERS, ids=lambda each: each.slug)
def test_what_lies_in_the_past_keeps_the_moment_it_was_entered(register: Register) -> None:
    rows = [each for field in register.fields for each in field.fields]
    fields = [*register.fields, *rows]
    facts = [each for each in fields if each.past and each.name != "birth_on"]
    assert all(each.dated for each in facts)
