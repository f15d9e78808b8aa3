"""Whatever stands in a field, every report prints it as it stands, on paper and as text."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from privreg.registers.declaration import FieldSpec, Kind
from privreg.registers.register_list import register_of
from privreg.reports.kit.pdf import paint
from privreg.reports.kit.plain import plain
from privreg.translation import use_language
from tests.reports.books import Office
from tests.reports.papers import PAPERS

if TYPE_CHECKING:
    from privreg.registers.declaration import Values
    from privreg.reports.document import Document

TEXTS = (Kind.LINE, Kind.TEXT, Kind.EMAIL, Kind.PHONE, Kind.WEBSITE, Kind.POSTCODE, Kind.KVK)
NASTY = (
    "<b>bold</b> & <i",
    "&amp; <img src='file:///etc/passwd'/>",
    "{number} {0} %s {",
    "שלום עולם (12)",
    "\u202egpj.exe\u202c 😀👩‍👩‍👧",
    "nul \x00 \ud800 end",
    "-- \u2028 line\nline",
)


def painted(document: Document) -> PdfReader:
    """Paint a document and read it back."""
    out = io.BytesIO()
    paint(document, out)
    return PdfReader(out)


def filled(values: Values, specs: tuple[FieldSpec, ...], text: str) -> None:
    """Put a text into every text field of a record and its rows."""
    for spec in specs:
        if spec.kind in TEXTS:
            values[spec.name] = text
        elif spec.kind is Kind.ROWS:
            for each in values[spec.name]:
                filled(each, spec.fields, text)


def an_office_of(text: str) -> Office:
    """Return the office with a text in every field that holds text."""
    office = Office()
    for slug, values in office.records:
        filled(values, register_of(slug).fields, text)
    return office


@pytest.mark.parametrize("text", NASTY)
def test_every_report_prints_a_nasty_text_in_every_field(text: str) -> None:
    office = an_office_of(text)
    for name, make in PAPERS.items():
        document = make(office, office.book())
        assert len(painted(document).pages) >= 1, name
        plain(document).encode("utf-8")


def test_mark_up_from_a_field_is_printed_as_it_was_typed() -> None:
    office = an_office_of("<b>x</b> & y")
    reader = painted(PAPERS["activity"](office, office.book()))
    said = "".join(page.extract_text() for page in reader.pages)
    assert "<b>x</b>" in said
    assert "& y" in said


def test_a_hundred_thousand_characters_are_all_on_paper() -> None:
    use_language("en")
    office = Office()
    long = "word " * 19_999 + "final"
    office.breach |= {"description": long}
    office.activity["purposes"][0] |= {"balancing": long}
    office.processor["transfers"][0] |= {"assessment": long}
    for name in ("breach", "breaches", "activity", "processors", "register"):
        reader = painted(PAPERS[name](office, office.book()))
        said: Any = "".join(page.extract_text() for page in reader.pages)
        assert said.count("word") >= 19_999, name
        assert "final" in said, name


def test_a_report_read_back_has_its_title_number_and_page_of_pages() -> None:
    office = Office()
    book = office.book(number="RP-2026-0007", copy=True)
    reader = painted(PAPERS["breach"](office, book))
    first = reader.pages[0].extract_text()
    for expected in ("Laptop of a fitter stolen", "RP-2026-0007", "COPY", "Bonenhof B.V."):
        assert expected in first
    assert f"page 1 of {len(reader.pages)}" in first
    assert "3f9ac01b3f9a" in first
    assert reader.metadata is not None
    assert reader.metadata.title
