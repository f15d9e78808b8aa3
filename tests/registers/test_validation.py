"""Each kind of field is tidied, accepted or refused with one sentence."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privreg.formats import text
from privreg.registers.declaration import FieldSpec, Kind, Register, Section, When
from privreg.registers.register_list import REGISTERS
from privreg.registers.tables import TEXT_LENGTH, Entry
from privreg.registers.validation import (
    check,
    clean_line,
    clean_text,
    holds_national_number,
    national_number_warnings,
    normalised,
)
from privreg.translation import use_language
from tests.registers.builders import NOW, a_customer, codes, problem_fields

if TYPE_CHECKING:
    from privreg.errors import FieldProblem


def one_field(kind: Kind, **more: Any) -> Register:
    """Return a register with one field `f` of a kind, and a country."""
    fields = (
        FieldSpec(name="f", label="F", kind=kind, **more),
        FieldSpec(name="country", label="Country", kind=Kind.COUNTRY),
    )
    return Register(
        slug="one",
        model=Entry,
        plural="Ones",
        singular="one",
        sections=(Section("One", fields),),
        title=lambda _values: "",
    )


def kept(kind: Kind, value: object, country: str = "NL", **more: Any) -> object:
    """Return how a value of a kind is kept."""
    return normalised(one_field(kind, **more), {"f": value, "country": country})["f"]


def wrong(kind: Kind, value: object, country: str = "NL", **more: Any) -> str:
    """Return the sentence by which a value of a kind is refused, or nothing."""
    register = one_field(kind, **more)
    tidied = normalised(register, {"f": value, "country": country})
    found: list[FieldProblem] = check(register, tidied, now=NOW, lists=codes)
    use_language("en")
    return " ".join(text(each.problem) for each in found)


@pytest.mark.parametrize(
    ("kind", "typed", "as_kept"),
    [
        (Kind.POSTCODE, "1234ab", "1234 AB"),
        (Kind.POSTCODE, " 1234  AB ", "1234 AB"),
        (Kind.IBAN, "nl91 abna 0417 1643 00", "NL91ABNA0417164300"),
        (Kind.VAT, "nl 0000.99998.B57", "NL000099998B57"),
        (Kind.VAT, "000099998B57", "NL000099998B57"),
        (Kind.KVK, "12 34 56 78", "12345678"),
        (Kind.PHONE, "020-1234567", "+31 20 123 4567"),
        (Kind.PHONE, "0049 30 123456", "+49 30 123456"),
        (Kind.EMAIL, " Jan@Bedrijf.NL ", "Jan@bedrijf.nl"),
        (Kind.COUNTRY, "nl", "NL"),
        (Kind.PERIOD, " p7y ", "P7Y"),
        (Kind.MONTH_DAY, "--12-31", "12-31"),
        (Kind.WEBSITE, "www.bedrijf.nl", "www.bedrijf.nl"),
        (Kind.LINE, "two\nlines\tand  blanks", "two lines and blanks"),
        (Kind.TEXT, "two\r\nlines\x00\x07 ", "two\nlines"),
        (Kind.LINE, "cafe\N{COMBINING ACUTE ACCENT}", "café"),
        (Kind.LINE, "half \ud800 a character", "half a character"),
    ],
)
def test_a_value_is_kept_in_one_spelling(kind: Kind, typed: str, as_kept: str) -> None:
    assert kept(kind, typed) == as_kept
    assert kept(kind, as_kept) == as_kept
    assert wrong(kind, typed) == ""


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        (Kind.POSTCODE, "0123 AB", "A Dutch postcode"),
        (Kind.POSTCODE, "1234 SS", "A Dutch postcode"),
        (Kind.IBAN, "NL92ABNA0417164300", "This IBAN"),
        (Kind.VAT, "NL000099998B58", "This VAT number"),
        (Kind.VAT, "DE136695977", "This VAT number"),
        (Kind.KVK, "1234567", "A KvK number has eight digits"),
        (Kind.PHONE, "bel mij", "This is no telephone number"),
        (Kind.PHONE, "12", "This is no telephone number"),
        (Kind.EMAIL, "jan@bedrijf", "This is no e-mail address"),
        (Kind.EMAIL, "jan@a.nl; piet@b.nl", "This is no e-mail address"),
        (Kind.WEBSITE, "javascript:alert(1)", "This is no website"),
        (Kind.WEBSITE, "bedrijf", "This is no website"),
        (Kind.COUNTRY, "QQ", "This is no country"),
        (Kind.PERIOD, "-P1Y", "A period cannot be negative."),
        (Kind.PERIOD, "P1H", "'P1H' is no period"),
        (Kind.PERIOD, "zeven jaar", "'zeven jaar' is no period"),
        (Kind.PERIOD, "P999999Y", "This period is too long"),
        (Kind.MONTH_DAY, "02-30", "A book year ends on"),
        (Kind.LINE, "x" * 201, "At most 200 characters fit here; there are 201."),
        (Kind.LINE, 7, "This is no text."),
        (Kind.NUMBER, -1, "Write at least 0."),
        (Kind.NUMBER, 2**31, "Write at most"),
        (Kind.NUMBER, "7", "This is no whole number."),
        (Kind.NUMBER, True, "This is no whole number."),
        (Kind.YES_NO, "yes", "Answer yes or no."),
        (Kind.DAY, datetime(2026, 1, 1, tzinfo=UTC), "This is no date"),
        (Kind.DAY, date(1899, 12, 31), "Write a year between 1900 and 2999."),
        (Kind.DAY, date(3000, 1, 1), "Write a year between 1900 and 2999."),
        (Kind.MOMENT, datetime(2026, 1, 1), "This is no moment"),  # noqa: DTZ001  (that is it)
        (Kind.MOMENT, datetime.max.replace(tzinfo=UTC), "Write a year between"),
        (Kind.CHOICE, "unknown", "This is not one of the choices."),
        (Kind.CHOICES, ["unknown"], "This is not one of the choices."),
        (Kind.CHOICES, "a_code", "This is no list."),
        (Kind.CHOICES, ["a_code", "a_code"], "One choice stands here twice."),
        (Kind.LINK, "K-1", "This is not one of the choices."),
        (Kind.LINKS, ["K-1"], "This is no list."),
        (Kind.ROWS, ["a"], "This is no list."),
    ],
)
def test_a_wrong_value_is_refused_with_one_sentence(
    kind: Kind, typed: object, sentence: str
) -> None:
    assert wrong(kind, typed, listed="a_list").startswith(sentence)


def test_numbers_of_other_countries_are_left_as_they_are() -> None:
    assert wrong(Kind.POSTCODE, "10115", "DE") == ""
    assert wrong(Kind.KVK, "HRB 12345", "DE") == ""
    assert wrong(Kind.VAT, "DE136695976", "DE") == ""
    assert wrong(Kind.VAT, "CHE123456788", "CH") == ""
    assert kept(Kind.PHONE, "030 123456", "DE") == "+49 30 123456"


def test_a_past_day_or_moment_cannot_lie_in_the_future() -> None:
    assert wrong(Kind.DAY, NOW.date(), past=True) == ""
    assert wrong(Kind.DAY, NOW.date() + timedelta(1), past=True).startswith("This day still")
    assert wrong(Kind.MOMENT, NOW, past=True) == ""
    later = NOW + timedelta(seconds=1)
    assert wrong(Kind.MOMENT, later, past=True).startswith("This moment still")


def test_the_day_of_the_office_decides_what_is_past() -> None:
    register = one_field(Kind.DAY, past=True)
    just_after_midnight = datetime(2026, 4, 3, 22, 5, tzinfo=UTC)
    values = {"f": date(2026, 4, 4)}
    assert check(register, values, now=just_after_midnight, lists=codes) == []


@pytest.mark.parametrize("nothing", [None, "", "  \n", []])
def test_a_required_field_must_be_filled_in_when_it_is_asked_for(nothing: object) -> None:
    assert wrong(Kind.LINE, nothing, required=True) == "This must be filled in."
    hidden = When("country", ("DE",))
    assert wrong(Kind.LINE, nothing, required=True, shown=hidden) == ""
    assert wrong(Kind.LINE, nothing, "DE", required=True, shown=hidden) != ""


def test_nought_and_no_are_answers() -> None:
    assert wrong(Kind.NUMBER, 0, required=True) == ""
    assert wrong(Kind.YES_NO, False, required=True) == ""


def test_a_problem_in_a_row_names_the_row_and_its_field() -> None:
    row = FieldSpec(name="name", label="Name", required=True)
    register = one_field(Kind.ROWS, fields=(row,))
    found = check(register, {"f": [{"name": "x"}, {"name": " "}]}, now=NOW, lists=codes)
    assert [each.field for each in found] == ["f[1].name"]


def test_rows_are_tidied_too_and_what_is_not_declared_stays() -> None:
    register = one_field(Kind.ROWS, fields=(FieldSpec(name="name", label="Name"),))
    tidied = normalised(register, {"f": [{"id": 1, "name": " x "}], "version": 3})
    assert tidied == {"f": [{"id": 1, "name": "x"}], "version": 3}


def test_the_draft_itself_is_not_changed() -> None:
    draft = {"f": " x "}
    normalised(one_field(Kind.LINE), draft)
    assert draft == {"f": " x "}


def test_a_list_of_records_takes_their_keys() -> None:
    assert wrong(Kind.CHOICES, [str(uuid4())], listed="register:kinds") == ""
    assert wrong(Kind.CHOICES, ["all"], listed="register:kinds") != ""


@pytest.mark.parametrize(
    ("words", "suspect"),
    [
        ("BSN 111222333 staat op de kopie", True),
        ("BSN 1112.22.333", True),
        ("bel 06-11122233", False),
        ("bel +31111222333", False),
        ("factuur 111222334", False),
        ("rekening NL91ABNA0417164300", False),
        ("", False),
        ("1112223331", False),
    ],
)
def test_a_national_number_in_free_text_is_noticed(words: str, *, suspect: bool) -> None:
    assert holds_national_number(words) is suspect


def test_a_national_number_is_a_warning_and_no_refusal() -> None:
    customer = a_customer(notes="BSN 111222333", iban="NL91ABNA0417164300")
    register = next(each for each in REGISTERS if each.slug == "customers")
    assert [each.field for each in national_number_warnings(register, customer)] == ["notes"]
    assert problem_fields("customers", customer) == set()


ODD = st.text(max_size=300) | st.sampled_from(
    [
        "x" * 100_000,
        "1" * 100_000,
        "😀" * 50_000,
        "\N{RIGHT-TO-LEFT OVERRIDE}dlrow",
        "مرحبا بالعالم",
        "\x00\x1b[31m",
        "\ud83d",
        "<img src=x onerror=alert(1)>&<b>",
        "=cmd|' /C calc'!A0",
        "http://[::1",
        "P" + "9" * 400 + "Y",
        "٠٦١٢٣٤٥٦٧٨",
        "@" * 500,
        "NL" + "0" * 5_000,
    ]
)
ANYTHING = (
    ODD
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.datetimes()
    | st.datetimes(timezones=st.timezones())
    | st.uuids()
    | st.binary(max_size=20)
)
SOME = ANYTHING | st.lists(ANYTHING, max_size=3)
ROWS = st.lists(st.dictionaries(st.sampled_from(["name", "country", "sent_at"]), SOME), max_size=2)
EVERY_FIELD = sorted({field.name for register in REGISTERS for field in register.fields})


@settings(max_examples=300)
@given(kind=st.sampled_from(Kind), value=SOME, country=ODD)
def test_no_value_of_any_kind_breaks_a_check(kind: Kind, value: object, country: str) -> None:
    register = one_field(kind, listed="a_list", past=True)
    tidied = normalised(register, {"f": value, "country": country})
    for each in check(register, tidied, now=NOW, lists=codes):
        assert text(each.problem)


@settings(max_examples=300)
@given(
    register=st.sampled_from(REGISTERS),
    values=st.dictionaries(st.sampled_from(EVERY_FIELD), SOME | ROWS, max_size=12),
)
def test_no_draft_breaks_the_check_of_any_register(
    register: Register, values: dict[str, Any]
) -> None:
    for each in check(register, normalised(register, values), now=NOW, lists=codes):
        assert text(each.problem)


@given(ODD)
def test_tidying_twice_changes_nothing(typed: str) -> None:
    assert clean_line(clean_line(typed)) == clean_line(typed)
    assert clean_text(clean_text(typed)) == clean_text(typed)


@given(st.sampled_from(sorted(Kind)), ODD)
def test_what_is_kept_is_kept_the_same_a_second_time(kind: Kind, typed: str) -> None:
    once = kept(kind, typed)
    assert kept(kind, once) == once


def test_long_texts_with_any_character_are_kept_whole() -> None:
    story = "😀 مرحبا <b> & " * 7_000
    assert len(story) < TEXT_LENGTH
    assert kept(Kind.TEXT, story) == story.strip()
    assert wrong(Kind.TEXT, story, max_length=TEXT_LENGTH) == ""
