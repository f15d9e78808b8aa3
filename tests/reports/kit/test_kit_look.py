"""The look: figures of one width, greys that a printer without colour keeps readable."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from privreg.reports.document import CODE, DAY, NUMBER, Column, Row, Table
from privreg.reports.kit.lines import natural_width
from privreg.reports.kit.style import ACCENT, CELL, FRAME_WIDTH, GREY, GROUND, INK, WHITE, Colour
from privreg.reports.kit.tables import column_places
from privreg.reports.kit.typefaces import Face, typeface

READABLE = 4.5  # to 1, the least contrast of text on its ground


def luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("face", [Face.REGULAR, Face.SEMIBOLD, Face.ITALIC])
def test_all_figures_are_of_one_width(face: Face) -> None:
    assert len({typeface(face).width(figure) for figure in "0123456789"}) == 1


@pytest.mark.parametrize("face", [Face.REGULAR, Face.SEMIBOLD, Face.ITALIC])
def test_every_face_of_text_has_every_plain_sign(face: Face) -> None:
    assert typeface(face).covered.issuperset(range(0x20, 0x7F))


@pytest.mark.parametrize("colour", [INK, GREY, ACCENT])
@pytest.mark.parametrize("ground", [WHITE, GROUND])
def test_every_text_is_readable_in_greys(colour: Colour, ground: Colour) -> None:
    light, dark = luminance(ground), luminance(colour)
    assert (light + 0.05) / (dark + 0.05) >= READABLE


def test_dates_and_codes_take_what_they_need_and_texts_share_the_rest() -> None:
    columns = (Column("Code", 1, CODE), Column("What", 3), Column("Who", 1), Column("On", 1, DAY))
    row = Row(("DL-2026-0007", "text " * 40, "J. de Boer", "04-04-2026 12:30"))
    code, what, who, on = column_places(Table((*columns,), (row,)))
    assert what.width == pytest.approx(3 * who.width, rel=0.01)
    assert code.width < 70
    assert on.x + on.width == pytest.approx(FRAME_WIDTH)


def test_a_long_word_gets_room_from_its_neighbours_but_does_not_starve_them() -> None:
    columns = (Column("Who", 2), Column("Role", 1), Column("Where", 2), Column("On", 1, DAY))
    row = Row(("Cloudopslag", "verwerkingsverantwoordelijke", "binnen de EER", "04-04-2026"))
    who, role, _where, on = column_places(Table(columns, (row,)))
    assert role.width > 0.6 * who.width
    assert who.width > 90
    assert on.width > natural_width("04-04-2026", CELL)


def test_many_columns_still_end_within_the_frame() -> None:
    columns = tuple(Column(f"A long title {number}", 1, NUMBER) for number in range(14))
    places = column_places(Table(columns, (Row(("1.234.567,89",) * 14),)))
    assert places[-1].x + places[-1].width == pytest.approx(FRAME_WIDTH)
    assert all(place.width > 0 for place in places)
