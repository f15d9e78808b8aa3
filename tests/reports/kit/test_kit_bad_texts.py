"""Whatever a text holds: it comes on paper, or a stand-in for it does, and nothing breaks."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privreg.reports.document import Column, Heading, Pairs, Paragraph, Row, Table
from privreg.reports.kit.flow import strips_of
from privreg.reports.kit.legible import legible
from privreg.reports.kit.pdf import paint
from privreg.reports.kit.plain import plain
from privreg.reports.kit.style import FRAME_HEIGHT
from privreg.reports.kit.typefaces import Face, runs, typeface
from tests.reports.kit.papers import a_document, every_block, painted, squeezed, texts

if TYPE_CHECKING:
    from privreg.reports.document import Block

NASTY = (
    "<b>bold</b> & <i",
    "&amp; &#65; &nbsp;",
    "<img src='file:///etc/passwd'/>",
    "<para><font color=red>",
    "</para>",
    "nul \x00 bell \x07 delete \x7f next \x85 end",
    "lone \ud800 and \udfff",
    "pair \ud83d\ude00",
    "😀👍🏽👩‍👩‍👧🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "שלום עולם (12) <b>",
    "محمد علي السلام عليكم",
    "\u202egpj.exe\u202c",
    "王小明 ท ह",
    "e\u0301 \u0301\u0301\u0301",
    "\ufeff\u200b\u00ad",
    "line\nline\r\nline\u2028line\tline",
    "\U000e0041\U000f0000\U0010ffff\uffff",
    "%PDF (((\\ ))) endstream",
    "",
    " ",
)


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_comes_on_paper_in_every_block(text: str) -> None:
    document = a_document(*every_block(text), title=f"T {text}", number=text, made_by=text)
    assert len(painted(document).pages) >= 1
    plain(document).encode("utf-8")


@pytest.mark.parametrize("text", [NASTY[0], NASTY[1], NASTY[2], NASTY[3], NASTY[17]])
def test_mark_up_is_printed_as_it_was_typed(text: str) -> None:
    document = a_document(Heading(1, text), Paragraph(text), Pairs((("Label", text),)))
    assert squeezed("".join(texts(document))).count(squeezed(text)) >= 3


def test_no_sign_is_printed_as_nothing_or_as_a_box() -> None:
    """Of every sign of Unicode's first plane and the emoji: a face has it, or a stand-in is set."""
    for code in (*range(0x20, 0x10000, 7), *range(0x1F000, 0x1FB00)):
        sign = legible(chr(code))
        for run in runs(sign, Face.REGULAR):
            assert all(ord(each) in typeface(run.face).covered for each in run.text), hex(code)


def test_a_sign_without_a_face_is_printed_by_its_number() -> None:
    [text] = texts(a_document(Paragraph("before 王 after")))
    assert "before [U+738B] after" in text


def test_why_numbers_stand_for_signs_is_said_on_the_first_page_and_only_then() -> None:
    assert "number in Unicode, such as [U+4E2D]" in said(Paragraph("中文"), Paragraph("字"))
    assert "number in Unicode, such as [U+4E2D]" in said(title="中文")
    assert "Unicode" not in said(Paragraph("[U+4E2D] Łódź 😀 שלום"))


def said(*blocks: Block, title: str = "T") -> str:
    return " ".join(texts(a_document(*blocks, title=title))[0].split())


def test_controls_get_a_visible_stand_in() -> None:
    assert legible("a\x00b\x07\x7f\x9f\ud800") == "a\u2400b\u2407\u2421\ufffd\ufffd"


def test_a_direction_override_is_shown_and_does_not_turn_the_text() -> None:
    [text] = texts(a_document(Paragraph("invoice\u202egpj.exe")))
    assert "invoice[U+202E]gpj.exe" in text


def test_greek_cyrillic_and_polish_names_can_be_found_in_the_file() -> None:
    names = "Ларионов Αλέξανδρος Łukasz Şahin Żółć Nguyễn"
    [text] = texts(a_document(Paragraph(names)))
    assert unicodedata.normalize("NFC", text).count(names) == 1


@pytest.mark.parametrize("sign", ["word ", "x", "<b>", "ש"])
def test_a_hundred_thousand_signs_in_one_cell_go_on_over_pages(sign: str) -> None:
    text = (sign * 100_000)[:100_000]
    table = Table((Column("A", 1), Column("B", 3)), (Row(("a", text)), Row(("b", "end."))))
    pages = texts(a_document(table, Pairs((("Label", text),))))
    assert len(pages) > 10
    kept = squeezed("".join(pages)).count(sign.strip())
    assert kept >= 2 * text.count(sign.strip())


def test_a_hundred_thousand_signs_fit_in_every_block_and_in_the_head() -> None:
    text = "sign & <b> " * 9_000
    document = a_document(
        *every_block(text), title=text, number=text[:2000], made_by=text, period=text, subtitle=text
    )
    out = io.BytesIO()
    assert paint(document, out).pages > 100
    strips = [strip for part in strips_of(document.blocks) for strip in part]
    assert max(strip.height for strip in strips) < FRAME_HEIGHT / 2


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(st.characters(codec=None, exclude_categories=()), max_size=80))
def test_any_text_at_all_can_be_painted(text: str) -> None:
    document = a_document(*every_block(text), title=text, subtitle=text, journal_hash=text)
    paint(document, io.BytesIO())
    plain(document).encode("utf-8")
