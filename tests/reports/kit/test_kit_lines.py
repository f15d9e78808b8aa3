"""Lines: never wider than the column, broken where a reader would."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from privreg.reports.document import Quiet, Strong
from privreg.reports.kit.lines import Line, fitting, wrap
from privreg.reports.kit.pdf import in_language
from privreg.reports.kit.righttoleft import in_order_of_sight, joined
from privreg.reports.kit.style import BODY
from privreg.reports.kit.typefaces import Face


def words_on(line: Line) -> str:
    return "".join(piece.text for piece in line.pieces)


@given(
    text=st.text(st.sampled_from("ab -/שم😀王\n"), max_size=60),
    width=st.floats(60, 300),
)
def test_no_line_is_wider_than_its_column(text: str, width: float) -> None:
    for spans in (text, (text, Strong(text), Quiet("x"))):
        assert all(line.width <= width + 0.01 for line in wrap(spans, BODY, width))


def test_a_long_dutch_word_is_broken_with_a_hyphen() -> None:
    with in_language("nl"):
        first, second = wrap("verwerkingsverantwoordelijke", BODY, 100)
    assert words_on(first) == "verwerkingsverant-"
    assert words_on(second) == "woordelijke"


def test_an_address_is_broken_after_a_mark_and_gets_no_hyphen() -> None:
    lines = wrap("https://example.org/a/b/c/d/e/f/g/h/i/j/k/l/m", BODY, 120)
    assert "".join(words_on(line) for line in lines).count("-") == 0
    assert all(words_on(line).endswith("/") for line in lines[:-1])


def test_emphasis_does_not_let_a_comma_fall_on_the_next_line() -> None:
    for width in range(60, 160, 3):
        lines = wrap(("a good ", Strong("word"), ", and more"), BODY, width)
        assert not any(words_on(line).startswith(",") for line in lines)


def test_a_span_keeps_its_face_and_the_spaces_around_it() -> None:
    [line] = wrap(("a ", Strong("b"), " c", Strong(" d")), BODY, 300)
    assert words_on(line) == "a b c d"
    assert [piece.face for piece in line.pieces] == [
        Face.REGULAR,
        Face.SEMIBOLD,
        Face.REGULAR,
        Face.SEMIBOLD,
    ]


def test_each_newline_starts_a_line_and_an_empty_one_is_kept() -> None:
    assert [words_on(line) for line in wrap("a\n\nb", BODY, 300)] == ["a", "", "b"]


def test_what_does_not_fit_in_so_many_lines_ends_in_an_ellipsis() -> None:
    assert [words_on(line) for line in fitting("short", BODY, 100)] == ["short"]
    lines = fitting("word " * 50_000, BODY, 100, 2)
    assert len(lines) == 2
    assert words_on(lines[1]).endswith("\u2026")
    assert [words_on(line) for line in fitting("one\ntwo", BODY, 100)] == ["one\u2026"]


def test_arabic_letters_are_joined() -> None:
    assert joined("\u0645\u062d\u0645\u062f") == "\ufee3\ufea4\ufee4\ufeaa"
    assert joined("\u0633\u0644\u0627\u0645") == "\ufeb3\ufefc\ufee1"


def test_hebrew_reads_from_right_to_left_with_its_brackets_turned() -> None:
    assert in_order_of_sight("\u05d0\u05d1 (12)") == "(12) \u05d1\u05d0"
