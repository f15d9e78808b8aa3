"""One cell as one field: days, moments, numbers, yes and no, choices, records, lists."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from privreg.exchange.cells import CellReader
from privreg.reading import ReadingError
from privreg.registers.declaration import FieldSpec, Kind
from privreg.registers.register_list import register_of

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)
ONE, TWO = UUID(int=1), UUID(int=2)


class Known:
    """Three names: one clear, one of two records, one with a comma in it."""

    def find(self, _slug: str, text: str, _beside: Mapping[str, Any]) -> tuple[UUID, ...]:
        """Return the keys by name."""
        return {"Leden": (ONE,), "Dubbel": (ONE, TWO), "Leden, oude": (TWO,)}.get(text, ())


def read(kind: Kind, cell: Any, **more: Any) -> Any:
    """Read a cell as a field of a kind."""
    field = FieldSpec(name="field", label="Field", kind=kind, **more)
    return CellReader(NOW, date(2026, 4, 3), Known()).read(field, cell, {})


@pytest.mark.parametrize(
    "cell",
    [
        *("3-4-1980", "03-04-1980", "1980-04-03", "1980-04-03 00:00:00", "3 apr 1980"),
        *(29314, 29314.0, date(1980, 4, 3), datetime(1980, 4, 3, 10, tzinfo=UTC)),
    ],
)
def test_a_day_is_read_however_it_is_written(cell: object) -> None:
    assert read(Kind.DAY, cell) == date(1980, 4, 3)


@pytest.mark.parametrize("cell", ["31-02-1980", "morgenochtend", 0, -5, 3_000_000, "1980-13-01"])
def test_an_impossible_day_is_refused(cell: object) -> None:
    with pytest.raises(ReadingError):
        read(Kind.DAY, cell)


@pytest.mark.parametrize(
    "cell", ["2025-10-26T02:30+01:00", datetime(2025, 10, 26, 1, 30, tzinfo=UTC)]
)
def test_a_moment_with_its_zone_is_clear_in_the_doubled_hour(cell: object) -> None:
    assert read(Kind.MOMENT, cell) == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)


def test_a_doubled_hour_names_both_moments_and_a_missing_one_is_refused() -> None:
    with pytest.raises(ReadingError) as told:
        read(Kind.MOMENT, "2025-10-26 02:30")
    assert told.value.problem.args == {
        "earlier": "2025-10-26T02:30+02:00",
        "later": "2025-10-26T02:30+01:00",
    }
    with pytest.raises(ReadingError):
        read(Kind.MOMENT, "2025-03-30 02:30")


@pytest.mark.parametrize(("cell", "value"), [("12", 12), (12.0, 12), ("12,00", 12), (7, 7)])
def test_a_number_is_whole(cell: object, value: int) -> None:
    assert read(Kind.NUMBER, cell) == value


@pytest.mark.parametrize("cell", ["twaalf", 1.5, True])
def test_what_is_no_whole_number_is_refused(cell: object) -> None:
    with pytest.raises(ReadingError):
        read(Kind.NUMBER, cell)


@pytest.mark.parametrize(
    ("cell", "value"), [("Ja", True), ("x", True), (True, True), ("NEE", False), ("0", False)]
)
def test_yes_and_no_in_both_languages(cell: object, *, value: bool) -> None:
    assert read(Kind.YES_NO, cell) is value


def test_maybe_is_no_answer() -> None:
    with pytest.raises(ReadingError):
        read(Kind.YES_NO, "misschien")


def test_a_number_of_a_spreadsheet_becomes_text_without_decimals() -> None:
    assert read(Kind.TEXT, 1001.0) == "1001"
    with pytest.raises(ReadingError):
        read(Kind.TEXT, ["een lijst"])


@pytest.mark.parametrize("cell", ["person", "Persoon", "PERSOON ", "Person"])
def test_a_choice_goes_by_code_or_word(cell: str) -> None:
    reader = CellReader(NOW, date(2026, 4, 3), Known())
    assert reader.read(register_of("customers").field("kind"), cell, {}) == "person"


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        ("Leden", [ONE]),
        ("Leden, oude", [TWO]),
        ("Leden; Leden, oude", [ONE, TWO]),
        (["Leden", "Leden"], [ONE, ONE]),
    ],
)
def test_records_are_found_by_name_also_with_a_comma_in_it(cell: object, keys: list[UUID]) -> None:
    assert read(Kind.LINKS, cell, to="groups") == keys


@pytest.mark.parametrize("cell", ["Onbekend", "Dubbel"])
def test_a_name_of_no_record_or_of_several_is_refused(cell: str) -> None:
    with pytest.raises(ReadingError):
        read(Kind.LINK, cell, to="groups")
