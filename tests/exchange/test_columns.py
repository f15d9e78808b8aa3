"""Which column is which field: labels in both languages, mappings, heads that are wrong."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privreg.errors import UsageError
from privreg.exchange.columns import Columns, OwnWords, find_columns, read_map
from privreg.exchange.sheets import FileProblemError, Line, Sheet
from privreg.formats import text
from privreg.registers.register_list import register_of

if TYPE_CHECKING:
    from pathlib import Path

CUSTOMERS = register_of("customers")


def found(*rows: tuple[str | None, ...], own: OwnWords | None = None) -> tuple[Columns, list[Line]]:
    """Recognise the columns of a sheet of customers."""
    lines = (Line(number, cells) for number, cells in enumerate(rows, 1))
    columns, rest = find_columns(CUSTOMERS, Sheet(lines, len(rows)), own or OwnWords())
    return columns, list(rest)


def names(columns: Columns) -> dict[int, str]:
    return {place: field.name for place, field in columns.fields.items()}


def test_heads_are_known_in_both_languages_and_by_their_own_name() -> None:
    columns, _rest = found(("Code", "NAME", "Geboortedatum", "do_not_mail"))
    assert names(columns) == {0: "number", 1: "name", 2: "birth_on", 3: "do_not_mail"}


def test_a_title_and_merged_heads_may_stand_above() -> None:
    columns, rest = found(
        ("Klanten van april", None), ("Wie", None), ("Code", "Naam"), ("A-1", "Anna")
    )
    assert names(columns) == {0: "number", 1: "name"}
    assert [each.cells for each in rest] == [("A-1", "Anna")]


def test_heads_that_are_no_field_are_named_but_not_bookkeeping() -> None:
    columns, _rest = found(("Naam", "Kleur", "version"))
    assert columns.ignored == ("Kleur",)


def test_a_mapping_wins_from_the_labels() -> None:
    columns, _rest = found(("Naam", "Wie"), own=OwnWords({"Wie": "name", "Naam": "notes"}))
    assert names(columns) == {0: "notes", 1: "name"}


@pytest.mark.parametrize(
    ("heads", "says"),
    [
        (("Naam", "naam"), "'Naam' en 'naam'"),
        (("Code", "Plaats"), "Naam"),
        (("Zomaar", "Iets"), "--map"),
    ],
    ids=["doubled", "missing", "unknown"],
)
def test_wrong_heads_are_told_in_one_sentence(heads: tuple[str, ...], says: str) -> None:
    with pytest.raises(FileProblemError) as told:
        found(heads, ("1", "2"))
    assert says in text(told.value.problem)


def test_an_empty_file_is_told() -> None:
    with pytest.raises(FileProblemError):
        found()


def test_a_field_that_every_line_has_need_not_be_a_column() -> None:
    columns, _rest = found(("Code",), own=OwnWords(fixed={"name": "Onbekend"}))
    assert names(columns) == {0: "number"}


@pytest.mark.parametrize(
    "content", ['[columns]\n"Wie" = "kleur"\n', "[columns", "columns = 3\n", '[fixed]\nx = "y"\n']
)
def test_a_mapping_that_is_not_right_is_wrong_use(tmp_path: Path, content: str) -> None:
    (tmp_path / "map.toml").write_text(content, "utf-8")
    with pytest.raises(UsageError):
        read_map(tmp_path / "map.toml", CUSTOMERS)


def test_a_mapping_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(
        '[columns]\n"Wie" = "name"\n[values.phase]\n"Oud" = "former_customer"\n'
        '[fixed]\ncountry = "DE"\n',
        "utf-8-sig",
    )
    own = read_map(tmp_path / "map.toml", CUSTOMERS)
    assert own == OwnWords(
        {"Wie": "name"}, {"phase": {"Oud": "former_customer"}}, {"country": "DE"}
    )
