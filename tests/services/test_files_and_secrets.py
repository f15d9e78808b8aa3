"""Files in and out: nothing restricted leaves or is changed, damaged files are told."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import zipfile
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from privreg.errors import ProblemError
from privreg.exchange.sheets import FileProblemError
from privreg.services import records
from privreg.services.transfer import export_file
from privreg.store import journal
from tests.services.conftest import add
from tests.services.here import imported_here
from tests.services.test_restricted import an_item, with_role

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from privreg.services.desk import Desk


def unpacked(path: Path) -> str:
    if path.suffix == ".json":
        return path.read_text("utf-8")
    with zipfile.ZipFile(path) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist())


@pytest.mark.parametrize("name", ["uit.xlsx", "uit.json"])
def test_the_name_of_a_restricted_item_is_in_no_sheet(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    item = an_item(desk, restricted=True)
    add(
        desk,
        "events",
        customer_id=item["customer_id"],
        item_id=item["id"],
        type="contract_ended",
        happened_on=date(2026, 1, 1),
    )
    export_file(with_role(desk, "coordinator"), tmp_path / name)
    assert "Brief aan" not in unpacked(tmp_path / name)


def test_an_export_that_the_journal_cannot_tell_leaves_no_file(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> int:
        raise ProblemError("full")

    monkeypatch.setattr(journal, "append", full)
    with pytest.raises(ProblemError):
        export_file(desk, tmp_path / "uit.json")
    assert not (tmp_path / "uit.json").exists()


@pytest.mark.parametrize("dry_run", [True, False])
def test_no_file_changes_what_may_only_be_stored(
    desk: Desk, tmp_path: Path, *, dry_run: bool
) -> None:
    item = an_item(desk, restricted=True)
    staff = with_role(desk, "staff")
    customer = records.load(staff, "customers", item["customer_id"])
    file = tmp_path / "in.csv"
    file.write_text(
        f"Code;Naam;E-mail;Plaats\n{customer['number']};De Halm;ander@halm.example;Goor\n"
    )
    result = imported_here(staff, "customers", file, dry_run=dry_run)
    assert [(each.line, each.field) for each in result.rejects] == [(2, "E-mail")]
    kept = records.load(with_role(desk, "officer"), "customers", customer["id"])
    assert (kept["email"], kept["city"]) == ("info@dehalm.example", "")


def a_workbook(path: Path) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Naam", "Soort"], *([f"naam {n}", "bedrijf"] for n in range(3000))):
        sheet.append(row)
    book.save(path)
    return path.read_bytes()


def cut_short(path: Path) -> None:
    a_workbook(path.with_name("heel.xlsx"))
    with (
        zipfile.ZipFile(path.with_name("heel.xlsx")) as whole,
        zipfile.ZipFile(path, "w") as packed,
    ):
        for name in whole.namelist():
            content = whole.read(name)
            is_sheet = name.endswith("sheet1.xml")
            packed.writestr(name, content[: len(content) // 2] if is_sheet else content)


def overwritten(path: Path) -> None:
    content = a_workbook(path)
    middle = len(content) // 2
    path.write_bytes(content[:middle] + bytes(64) + content[middle + 64 :])


@pytest.mark.parametrize("damaged", [cut_short, overwritten])
def test_a_workbook_damaged_half_way_is_told_and_nothing_taken_over(
    desk: Desk, tmp_path: Path, damaged: Callable[[Path], None]
) -> None:
    damaged(tmp_path / "in.xlsx")
    with pytest.raises(FileProblemError):
        imported_here(desk, "customers", tmp_path / "in.xlsx")
    assert records.count(desk, "customers", records.ListQuery()) == 0


@pytest.mark.parametrize("guess", ["info@dehalm.example", "mis@dehalm.example"])
def test_a_file_that_guesses_a_hidden_address_is_told_the_same_right_or_wrong(
    desk: Desk, tmp_path: Path, guess: str
) -> None:
    number = records.load(desk, "customers", an_item(desk, restricted=True)["customer_id"])[
        "number"
    ]
    file = tmp_path / "in.csv"
    file.write_text(f"Code;Naam;E-mail\n{number};Bakkerij De Halm;{guess}\n")
    result = imported_here(with_role(desk, "staff"), "customers", file, dry_run=True)
    assert [(each.line, each.field) for each in result.rejects] == [(2, "E-mail")]
    assert (result.unchanged, result.updated) == (0, 0)


@pytest.mark.parametrize("guess", ["Woont aan de kade", "Woont in het bos"])
def test_a_file_that_guesses_a_hidden_item_is_told_the_same_right_or_wrong(
    desk: Desk, tmp_path: Path, guess: str
) -> None:
    item = an_item(desk, restricted=True)
    number = records.load(desk, "customers", item["customer_id"])["number"]
    file = tmp_path / "in.csv"
    file.write_text(
        "Klant;Soort gegevens;Bewaard over deze persoon als;Naam;Datum;Inhoud of aantekening\n"
        f"{number};Contactgegevens;Klanten;Brief aan De Halm;2026-01-01;{guess}\n"
    )
    result = imported_here(with_role(desk, "staff"), "items", file)
    assert [each.line for each in result.rejects] == [2]
    assert (result.unchanged, result.added) == (0, 0)


def test_no_file_lifts_a_restriction_for_staff(desk: Desk, tmp_path: Path) -> None:
    item = an_item(desk, restricted=True)
    hold = records.page(desk, "holds", records.ListQuery(parent=item["customer_id"])).rows[0]
    number = records.load(desk, "customers", item["customer_id"])["number"]
    file = tmp_path / "in.csv"
    file.write_text(
        f"id;Klant;Reden;Sinds;Gegevens\n{hold['id']};{number};geschil;2026-04-03;{item['id']}\n"
    )
    result = imported_here(with_role(desk, "staff"), "holds", file)
    assert [each.line for each in result.rejects] == [2]
    assert records.load(desk, "holds", hold["id"])["reason"] == "restriction"
    assert imported_here(with_role(desk, "coordinator"), "holds", file).updated == 1
