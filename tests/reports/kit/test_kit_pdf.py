"""The PDF read back: pages, contents, bookmarks, fonts, metadata, language."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pytest

from privreg.reports.document import (
    Column,
    GroupRow,
    Heading,
    Link,
    Missing,
    MissingItem,
    Pairs,
    Paragraph,
    Row,
    Table,
)
from privreg.reports.kit.compose import WITHOUT_CONTENTS
from privreg.reports.kit.pdf import PaintCancelledError, in_language, paint
from privreg.translation import _, language, use_language
from tests.reports.kit.papers import (
    MADE_AT,
    SENTENCE,
    a_document,
    a_table,
    every_block,
    painted,
    sections,
    texts,
)

if TYPE_CHECKING:
    from pypdf import PdfReader


@pytest.mark.parametrize("code", ["nl", "en"])
def test_every_page_tells_its_number_and_how_many_there_are(code: str) -> None:
    pages = texts(a_document(*sections(12), language=code))
    with in_language(code):
        template = _("page {page} of {pages}")
    assert len(pages) > 5
    for number, text in enumerate(pages, 1):
        assert template.format(page=number, pages=len(pages)) in text


def test_the_contents_name_the_page_on_which_each_heading_stands() -> None:
    pages = texts(a_document(*sections(12)))
    contents = dict(re.findall(r"((?:Section|Record) [\da-]+)\s+(\d+)$", pages[0], re.MULTILINE))
    assert len(contents) == 24
    for heading, number in contents.items():
        standing = re.compile(rf"^{heading}$", re.MULTILINE)
        assert [at for at, text in enumerate(pages, 1) if standing.search(text)] == [int(number)]


def test_contents_of_several_pages_still_name_the_right_pages() -> None:
    blocks = [Heading(2, f"Record number {number}") for number in range(150)]
    pages = texts(a_document(*blocks))
    found = re.findall(r"(Record number \d+)\s+(\d+)$", "\n".join(pages[:6]), re.MULTILINE)
    contents = dict(found)
    assert len(contents) == 150
    for heading, number in contents.items():
        assert re.search(rf"^{heading}$", pages[int(number) - 1], re.MULTILINE)


def test_a_report_of_four_pages_has_no_contents() -> None:
    pages = texts(a_document(*sections(5)))
    assert len(pages) <= WITHOUT_CONTENTS
    assert "Contents" not in pages[0]


def test_a_click_in_the_contents_and_on_a_link_leads_to_the_heading() -> None:
    document = a_document(*sections(12), Paragraph(("See ", Link("there", "s9"), ".")))
    reader = painted(document)
    links = [
        annotation.get_object() for page in reader.pages for annotation in page.get("/Annots", ())
    ]
    assert len(links) == 25
    there = outline_places(reader)
    assert [place(link) for link in links[:-1]] == there
    assert place(links[-1]) == there[16]


def place(target: Any) -> tuple[int, float]:
    """Return the number of the page object and the height that a link leads to."""
    page, _fit, _left, top, _zoom = target["/Dest"]
    return page.idnum, float(top)


def outline_places(reader: PdfReader) -> list[tuple[int, float]]:
    """Return where each bookmark leads, in order."""
    flat: list[Any] = []
    for each in reader.outline:
        flat += each if isinstance(each, list) else [each]
    return [(each.page.idnum, float(each.top)) for each in flat]


def test_a_link_without_a_heading_is_plain_text() -> None:
    reader = painted(a_document(Paragraph(("See ", Link("nowhere", "gone"), "."))))
    assert "See nowhere." in reader.pages[0].extract_text()
    assert "/Annots" not in reader.pages[0]


def test_the_bookmarks_follow_the_headings_and_their_levels() -> None:
    reader = painted(a_document(*sections(2), Heading(2, "Only <b>")))
    outline: list[Any] = reader.outline
    titles = [
        each["/Title"] if not isinstance(each, list) else [under["/Title"] for under in each]
        for each in outline
    ]
    assert titles == ["Section 1", ["Record 1-a"], "Section 2", ["Record 2-a", "Only <b>"]]


def test_every_typeface_is_embedded() -> None:
    reader = painted(a_document(*every_block("Łukasz 😀 → שלום <b>")))
    fonts = {
        name: font.get_object()
        for page in reader.pages
        for name, font in page["/Resources"]["/Font"].items()  # type: ignore[index]
    }
    assert len(fonts) >= 3
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts.values())


def test_the_file_knows_its_title_author_and_language() -> None:
    dutch, english = (painted(a_document(language=code)) for code in ("nl", "en"))
    assert dutch.trailer["/Root"]["/Lang"] == "nl-NL"  # type: ignore[index]
    assert english.trailer["/Root"]["/Lang"] == "en-GB"  # type: ignore[index]
    metadata = dutch.metadata
    assert metadata is not None
    assert metadata.title == "Register of processing activities"
    assert metadata.author == "Bonenhof B.V."
    assert metadata.subject == "register RP-2026-0042"
    assert metadata.keywords is not None
    assert metadata.keywords.split()[0] == "RP-2026-0042"
    assert metadata.keywords.split()[1].startswith("3f9ac01b77de4")


def test_the_file_bears_the_moment_of_the_paper_not_that_of_painting() -> None:
    metadata = painted(a_document()).metadata
    assert metadata is not None
    assert metadata.creation_date == metadata.modification_date == MADE_AT
    assert metadata.creation_date_raw == "D:20260404143000+02'00'"


def test_the_first_page_tells_who_when_and_of_what_period() -> None:
    [first] = texts(a_document(Paragraph("x")))
    for fact in (
        "Register of processing activities",
        "Article 30(1)",
        "Bonenhof B.V.",
        "Havenweg 12",
        "12345678",
        "A. Visser",
        "01-01-2026 - 31-12-2026",
        "M. de Wit",
        "04/04/2026 14:30",
        "RP-2026-0042",
    ):
        assert fact in first


def test_the_footer_gives_twelve_signs_of_the_journal() -> None:
    for text in texts(a_document(*sections(4))):
        assert "journal 3f9ac01b77de" in text
        assert "3f9ac01b77de4" not in text
        assert "RP-2026-0042" in text


def test_later_pages_name_the_controller_at_the_top() -> None:
    pages = texts(a_document(*sections(4)))
    assert all("Bonenhof B.V." in text for text in pages[1:])


def test_a_reprint_says_so_on_every_page_and_keeps_its_number() -> None:
    document = a_document(*sections(4), copy=True)
    assert all("COPY" in text and "RP-2026-0042" in text for text in texts(document))
    assert "COPY" not in "".join(texts(a_document(*sections(4))))


def test_an_empty_value_is_not_printed_nor_the_heading_of_an_empty_part() -> None:
    document = a_document(
        Pairs((("Owner", "J. de Boer"), ("Telephone", " "))),
        Heading(3, "Transfers"),
        Pairs((("Country", ""),)),
    )
    [text] = texts(document)
    assert "Owner" in text
    assert not re.search("Telephone|Transfers|Country", text)


def test_the_list_of_what_is_missing_does_not_stand_under_the_heading_of_an_empty_part() -> None:
    missing = Missing((MissingItem("No officer."),))
    [text] = texts(a_document(Heading(1, "Systems elsewhere"), Pairs(()), missing))
    assert "No officer." in text
    assert "Systems elsewhere" not in text


def test_equal_documents_give_equal_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    paint(a_document(*every_block(SENTENCE)), first, invariant=True)
    paint(a_document(*every_block(SENTENCE)), second, invariant=True)
    assert first.getvalue() == second.getvalue()


def test_painting_leaves_the_language_of_the_program_alone() -> None:
    use_language("nl")
    painted(a_document(language="en"))
    assert language() == "nl"


def test_progress_never_goes_down_and_ends_at_a_hundred() -> None:
    heard: list[int] = []
    paint(a_document(*sections(12)), io.BytesIO(), progress=heard.append)
    assert heard == sorted(set(heard))
    assert heard[-1] == 100
    assert len(heard) > 10


def test_a_cancelled_paper_writes_nothing() -> None:
    out = io.BytesIO()
    asked = iter([False, False, True])
    with pytest.raises(PaintCancelledError):
        paint(a_document(a_table(500)), out, cancelled=lambda: next(asked))
    assert out.getvalue() == b""


def test_the_result_counts_the_pages() -> None:
    document = a_document(*sections(9))
    assert paint(document, io.BytesIO()).pages == len(painted(document).pages)


def test_parts_of_one_record_are_bookmarks_where_nothing_stands_above_them() -> None:
    blocks = (Heading(3, "Data"), Paragraph("A name."), Heading(3, "How long"), Paragraph("P7Y"))
    outline: list[Any] = painted(a_document(*blocks)).outline
    assert [each["/Title"] for each in outline] == ["Data", "How long"]


def test_the_groups_of_a_long_list_are_its_contents_and_bookmarks() -> None:
    rows = [Row((str(number), "text")) for number in range(200)]
    groups: list[Row | GroupRow] = []
    for name in ("Late", "Today"):
        groups += [GroupRow(name, is_section=True), *rows]
    columns = (Column("No."), Column("What"))
    reader = painted(a_document(Table(columns, tuple(groups))))
    outline: list[Any] = reader.outline
    assert [each["/Title"] for each in outline] == ["Late", "Today"]
    assert re.search(r"Contents\s+Late\s+\d+\s+Today\s+\d+", reader.pages[0].extract_text())
