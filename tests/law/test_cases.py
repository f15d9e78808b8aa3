"""Every worked case of the lists comes out of the term calculator."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json

import pytest

from privreg.errors import EXIT_WRONG_USE, UsageError
from privreg.services.terms import term_case, words_of
from tests.law.worked import COUNTED_BY_HAND, GIVEN, ODD, Worked, worked_in

ALL = worked_in(GIVEN, COUNTED_BY_HAND, ODD)
every_case = pytest.mark.parametrize("case", [pytest.param(each, id=each.name) for each in ALL])


@every_case
def test_a_worked_case_comes_out(case: Worked) -> None:
    found = term_case(case.command.split()[1:])
    assert {key: found[key] for key in case.expected} == case.expected


@every_case
def test_a_case_is_explained_and_can_be_written_as_json(case: Worked) -> None:
    found = term_case(case.command.split()[1:])
    assert found["because"]
    assert json.loads(json.dumps(found)) == found


def test_no_case_is_there_twice() -> None:
    assert len({each.command for each in ALL}) == len(ALL)


@pytest.mark.parametrize(
    "command",
    [
        "",
        "forget 2026-01-01",
        "keep",
        "keep 2026-01-01",
        "keep 2026-01-01 -P1Y",
        "keep 2026-01-01 P1H",
        "keep 2026-01-01 PT1H",
        "keep 2026-01-01 P",
        "keep 2026-01-01 P1.5Y",
        "keep 2026-01-01 P1W2D",
        "keep 2026-01-01 P1D1Y",
        "keep 2026-01-01 P99999Y",
        "keep 2026-01-01 P99999999999999999999Y",
        "keep 2026-01-01 P9999999D",
        "keep 2026-01-01 zeven jaar",
        "keep 31-12-2026 P1Y",
        "keep 2026-02-30 P1Y",
        "keep 2026-02-29 P1Y",
        "keep 9999-12-31 P0D",
        "keep 9999-12-31 P1D",
        "keep 9999-07-01 P0D --book-year-end 06-30",
        "keep 2026-01-01 P1Y --book-year-end 02-30",
        "keep 2026-01-01 P1Y --book-year-end 13-01",
        "keep 2026-01-01 P1Y --book-year-end",
        "keep 2026-01-01 P1Y --book-year-end 12-31 --book-year-end 06-30",
        "keep 2026-01-01 P1Y --extended",
        "breach",
        "breach 2026-04-03",
        "breach gisteren",
        "breach 2026-04-03T25:00",
        "breach 2026-03-29T02:30",
        "breach 2026-10-25T02:30",
        "breach 9999-12-31T23:00:00+01:00",
        "breach 0001-01-01T00:00:00+02:00",
        "request 9999-12-15",
        "request 2026-01-31 --extended=yes",
        "request 2026-01-31 --promised",
        "request 2026-01-31 --promised P4X",
        "request 2026-01-31 2026-02-01",
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(command: str) -> None:
    with pytest.raises(UsageError) as refused:
        term_case(command.split())
    assert refused.value.exit_code == EXIT_WRONG_USE
    assert refused.value.problem.template.endswith(".")


def test_a_period_in_words_is_refused_with_an_example() -> None:
    with pytest.raises(UsageError, match="P7Y"):
        term_case(["keep", "2026-01-01", "zeven jaar"])


def test_an_hour_that_exists_twice_is_refused_with_both_moments() -> None:
    with pytest.raises(UsageError) as refused:
        term_case(["breach", "2026-10-25T02:30"])
    assert refused.value.problem.args["first"] == "2026-10-25T02:30:00+02:00"
    assert refused.value.problem.args["second"] == "2026-10-25T02:30:00+01:00"


def test_the_hour_that_exists_twice_is_taken_with_its_offset() -> None:
    first = term_case(["breach", "2026-10-25T02:30:00+02:00"])
    second = term_case(["breach", "2026-10-25T02:30:00+01:00"])
    assert first["due_at"] == "2026-10-28T01:30:00+01:00"
    assert second["due_at"] == "2026-10-28T02:30:00+01:00"


def test_a_moment_without_offset_is_read_on_the_wall_in_amsterdam() -> None:
    assert term_case(["breach", "2026-07-01T12:00"])["aware_at"] == "2026-07-01T12:00:00+02:00"
    assert term_case(["breach", "2026-01-15 12:00"])["aware_at"] == "2026-01-15T12:00:00+01:00"


def test_without_a_promise_nothing_is_promised() -> None:
    assert term_case(["request", "2026-01-31"])["promised_on"] is None


def test_options_may_stand_anywhere_and_carry_their_value() -> None:
    one = term_case(["keep", "--book-year-end=06-30", "2022-07-01", "P7Y"])
    assert one["keep_through"] == "2030-06-30"


WORDS = ["keep", "2024-02-29", "P160W"]


@pytest.mark.parametrize(
    "line",
    [
        "keep 2024-02-29 P160W",
        "keep 2024-02-29 P160W\n",
        "keep 2024-02-29 P160W\r\n",
        "  keep\t2024-02-29  P160W\t\t\r\n",
        "\ufeffkeep 2024-02-29 P160W",
        "term keep 2024-02-29 P160W",
        "\ufeffterm keep '2024-02-29' \"P160W\"",
    ],
)
def test_a_line_is_parted_into_the_words_of_its_case(line: str) -> None:
    assert words_of(line) == WORDS


def test_a_moment_with_a_space_may_stand_in_quotation_marks() -> None:
    assert term_case(words_of('breach "2026-01-15 12:00"'))["due_at"] == "2026-01-18T12:00:00+01:00"


@pytest.mark.parametrize(
    "line",
    [
        *("", "\n", " \t\r\n", "# keep 2024-02-29 P1Y", "term", "term term keep 2024-02-29 P1Y"),
        *("case\tcommand\texpected", "Keep 2024-02-29 P1Y"),
        *('keep "2024-02-29 P1Y', "keep 2024-02-29 P\0Y"),
    ],
)
def test_a_line_that_is_no_case_is_refused_in_one_sentence(line: str) -> None:
    with pytest.raises(UsageError) as refused:
        term_case(words_of(line))
    assert refused.value.problem.template.endswith(".")
