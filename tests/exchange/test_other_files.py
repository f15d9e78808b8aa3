"""Workbooks, JSON and calendars: what is written can be read, what is not whole is told."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from privreg.errors import ProblemError, UsageError
from privreg.exchange import workbooks
from privreg.exchange.calendar_files import LONGEST_LINE, Appointment, calendar
from privreg.exchange.files import open_sheet
from privreg.exchange.json_files import read_json
from privreg.exchange.sheets import FileProblemError
from privreg.exchange.workbooks import LONGEST_TEXT, Workbook
from privreg.exchange.xlsx_files import read_xlsx
from privreg.registers.register_list import register_of

if TYPE_CHECKING:
    from pathlib import Path

MADE_AT = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)


def a_workbook(*rows: list[object], title: str = "Klanten") -> bytes:
    """Write a workbook of one sheet."""
    out = io.BytesIO()
    book = Workbook(out)
    with book.sheet(title, ["Naam", "Waarde"]) as sheet:
        for row in rows:
            sheet.row(row)
    book.close()
    return out.getvalue()


def test_what_a_workbook_is_given_is_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(
        a_workbook(["Zoë <b>&</b> 😀", 12], ["dag", date(2020, 2, 29)], ["moment", MADE_AT])
    )
    sheet = read_xlsx(path, frozenset({"klanten"}))
    read = [each.cells for each in sheet.lines]
    sheet.close()
    assert read[0] == ("Naam", "Waarde")
    assert read[1] == ("Zoë <b>&</b> 😀", 12)
    assert read[2] == ("dag", datetime(2020, 2, 29))  # noqa: DTZ001  (as Excel has it)
    assert str(read[3][1]).startswith("2026-04-03 17:30")


@pytest.mark.parametrize("evil", ["=cmd|'/C calc'!A0", "+1+1", "-1", "@SUM(A1)", "=1+1"])
def test_no_text_is_ever_a_formula(evil: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(a_workbook([evil, 1])))["Klanten"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == (evil, "s")
    assert sheet["A2"].quotePrefix


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(a_workbook(["x" * 100_000, 1])))["Klanten"]
    assert len(str(sheet["A2"].value)) == LONGEST_TEXT
    assert "JSON" in str(sheet["A2"].value)


def test_more_rows_than_a_spreadsheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 3)
    with pytest.raises(ProblemError):
        a_workbook(["a", 1], ["b", 2], ["c", 3])


@pytest.mark.parametrize("content", [b"PK\x03\x04 nothing", b"", b"Naam;Plaats\n"])
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "in.xlsx").write_bytes(content)
    with pytest.raises(FileProblemError):
        read_xlsx(tmp_path / "in.xlsx", frozenset())


@pytest.mark.parametrize(
    "content",
    [
        '[{"name": "Anna", "city": ""}, {"name": "Bram", "city": "Goor"}]',
        '{"customers": [{"name": "Anna"}, {"name": "Bram", "city": "Goor"}]}',
        '\ufeff{"records": {"customers": [{"name": " Anna "}, {"name": "Bram", "city": "Goor"}]}}',
    ],
    ids=["list", "by register", "export"],
)
def test_json_names_its_own_columns(tmp_path: Path, content: str) -> None:
    (tmp_path / "in.json").write_text(content, "utf-8")
    sheet = read_json(tmp_path / "in.json", "customers")
    assert sheet.names == ("name", "city")
    assert [each.cells for each in sheet.lines] == [("Anna", None), ("Bram", "Goor")]


@pytest.mark.parametrize(
    "content",
    ["{", "3", '["Anna"]', '{"records": {"items": []}}', "[" * 100_000],
    ids=["cut off", "a number", "texts", "another register", "too deep"],
)
def test_json_without_records_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "in.json").write_text(content, "utf-8")
    with pytest.raises(FileProblemError):
        read_json(tmp_path / "in.json", "customers")


@pytest.mark.parametrize("name", ["in.doc", "weg.csv"])
def test_a_file_of_another_kind_or_that_is_gone_is_wrong_use(tmp_path: Path, name: str) -> None:
    (tmp_path / "in.doc").write_text("Naam", "utf-8")
    with pytest.raises(UsageError):
        open_sheet(tmp_path / name, register_of("customers"))


def test_a_calendar_folds_its_lines_and_escapes_its_signs() -> None:
    text = "Bericht; nu, \\ é" + "é" * 60
    written = calendar([Appointment("1-a", text, date(2026, 12, 31))], MADE_AT)
    lines = written.split("\r\n")
    assert all(len(line.encode()) <= LONGEST_LINE for line in lines)
    whole = written.replace("\r\n ", "")
    assert "SUMMARY:Bericht\\; nu\\, \\\\ é" + "é" * 60 in whole
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101" in written


def test_a_moment_in_a_calendar_is_in_utc() -> None:
    assert "DTSTART:20260403T153000Z" in calendar([Appointment("1-b", "x", MADE_AT)], MADE_AT)
