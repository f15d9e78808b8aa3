"""How strips fall on pages: no row alone, heads repeated, what belongs together together."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re

import pytest

from privreg.reports.document import (
    Column,
    GroupRow,
    Heading,
    KeepTogether,
    Matrix,
    MatrixRow,
    PageBreak,
    Pairs,
    Paragraph,
    Row,
    Table,
)
from privreg.reports.kit.flow import strips_of
from privreg.reports.kit.pages import dealt
from privreg.reports.kit.strips import Glue, Strip
from privreg.reports.kit.style import FRAME_HEIGHT
from tests.reports.kit.papers import SENTENCE, a_document, a_table, texts


def rows_per_page(pages: list[str]) -> list[int]:
    return [count for text in pages if (count := len(re.findall(r"row\d+\.", text)))]


@pytest.mark.parametrize("before", range(36, 52))
def test_no_row_of_a_table_stands_alone_on_a_page(before: int) -> None:
    filling = [Paragraph(f"line {number}") for number in range(before // 2)]
    for rows in (2, 3, before):
        counts = rows_per_page(texts(a_document(*filling, a_table(rows))))
        assert sum(counts) == rows
        assert min(counts) > 1


def test_a_tall_row_may_stand_by_itself_instead_of_leaving_half_a_page_empty() -> None:
    tall = "line\n" * 15
    rows = tuple(Row((str(number), tall)) for number in range(3))
    table = Table((Column("No.", 1), Column("What", 3)), rows)
    lines = [Paragraph("x") for _each in range(20)]
    pages = dealt([strip for part in strips_of([*lines, Heading(1, "H"), table]) for strip in part])
    assert pages[0].filled > FRAME_HEIGHT * 0.7


def test_each_page_of_a_table_opens_with_its_head() -> None:
    pages = texts(a_document(a_table(200)))
    assert len(pages) > 4
    assert all("Number" in text and "What" in text for text in pages[1:])


def test_a_group_that_goes_on_is_named_again() -> None:
    rows: list[Row | GroupRow] = [Row((f"row{number}.",)) for number in range(60)]
    rows.insert(0, GroupRow("Customers"))
    first, second = texts(a_document(Table((Column("What"),), tuple(rows))))
    assert "Customers (continued)" not in first
    assert "Customers (continued)" in second


def test_a_group_row_never_ends_a_page() -> None:
    for many in range(30, 46):
        rows: list[Row | GroupRow] = [Row((f"row{number}.",)) for number in range(many)]
        rows.insert(many - 5, GroupRow("Customers"))
        pages = texts(a_document(Table((Column("What"),), tuple(rows))))
        for text in pages:
            assert not re.search(r"Customers\nRP-2026", text)


def test_a_heading_never_ends_a_page() -> None:
    for many in range(20, 34):
        filling = [Paragraph(f"line {number}") for number in range(many)]
        pages = texts(a_document(*filling, Heading(2, "Alone?"), Pairs((("Label", "Value"),))))
        assert any("Alone?" in text and "Value" in text for text in pages)


def test_a_paragraph_leaves_no_single_line_behind() -> None:
    lines = [Strip(13.0) for _number in range(3)]
    lines[0].glue = lines[1].glue = Glue.FIRM
    filling = Strip(FRAME_HEIGHT - 20.0)
    assert [len(page.placed) for page in dealt([filling, *lines])] == [1, 3]


def test_what_is_kept_together_stands_on_one_page() -> None:
    filling = [Paragraph(SENTENCE * 6) for _number in range(11)]
    block = KeepTogether((Heading(3, "Opening"), *[Paragraph(f"P{at}.") for at in range(6)]))
    pages = texts(a_document(*filling, block))
    [page] = [text for text in pages if "Opening" in text]
    assert "P5." in page


def test_what_no_page_can_hold_together_is_parted_and_complete() -> None:
    pages = texts(a_document(KeepTogether((a_table(150),))))
    assert sum(rows_per_page(pages)) == 150
    assert min(rows_per_page(pages)) > 1


def test_a_page_break_opens_a_page_and_two_do_not_open_two() -> None:
    assert len(texts(a_document(Paragraph("a"), PageBreak(), PageBreak(), Paragraph("b")))) == 2


def test_a_heading_can_open_a_page() -> None:
    first, second = texts(
        a_document(Paragraph("a"), Heading(1, "New", new_page=True), Paragraph("b"))
    )
    assert "New" not in first
    assert "New" in second


def test_a_row_with_more_cells_than_columns_is_refused_not_cut() -> None:
    with pytest.raises(ValueError, match="more cells"):
        Table((Column("A"),), (Row(("a", "b")),))
    with pytest.raises(ValueError, match="more cells"):
        Matrix("Kind", ("A",), (MatrixRow("n", ("", "")),))


def test_nothing_is_set_outside_the_frame() -> None:
    pages = dealt([Strip(20.0, gap=7.0) for _number in range(500)])
    assert all(page.filled <= FRAME_HEIGHT + 0.01 for page in pages)
    assert sum(len(page.placed) for page in pages) == 500
