"""CSV as offices make it: separators, marks, encodings, titles above the heads."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privreg.exchange.csv_files import read_csv
from privreg.exchange.sheets import LARGEST_CELL, FileProblemError

if TYPE_CHECKING:
    from pathlib import Path

    from privreg.exchange.sheets import Line

WHOLE = "Code;Naam;Telefoon\nA-1;Café Zoë;020 123 4567\n"
READ = [(1, ("Code", "Naam", "Telefoon")), (2, ("A-1", "Café Zoë", "020 123 4567"))]


def lines_of(place: Path, content: bytes) -> list[Line]:
    """Write a file and read it to the end."""
    path = place / "in.csv"
    path.write_bytes(content)
    sheet = read_csv(path)
    try:
        return list(sheet.lines)
    finally:
        sheet.close()


@pytest.mark.parametrize(
    "content",
    [
        WHOLE.encode(),
        b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode(),
        WHOLE.encode("cp1252"),
        WHOLE.encode("utf-16"),
        WHOLE.replace(";", "\t").encode(),
        WHOLE.replace(";", ",").encode(),
        WHOLE.replace(";", "|").removesuffix("\n").encode(),
    ],
    ids=["plain", "mark", "windows", "utf-16", "tabs", "commas", "bars, no last line"],
)
def test_every_way_of_writing_gives_the_same_lines(tmp_path: Path, content: bytes) -> None:
    assert [(each.number, each.cells) for each in lines_of(tmp_path, content)] == READ


def test_a_line_is_numbered_as_a_person_finds_it(tmp_path: Path) -> None:
    content = b'sep=,\nCode,Naam\n\n"A-1","twee\nregels"\nA-2,Bram\n'
    found = lines_of(tmp_path, content)
    assert [(each.number, each.cells[0]) for each in found[1:]] == [
        (2, "Code"),
        (4, "A-1"),
        (6, "A-2"),
    ]


@pytest.mark.parametrize(
    ("content", "cells"),
    [
        ("Klanten van 2026\n\nNaam,Plaats\nAnna,Goor\nBram,Goor\n", ("Bram", "Goor")),
        ("Klanten, stand van april\n\nNaam;Plaats\nAnna;Goor\nBram;Goor\n", ("Bram", "Goor")),
        (
            "Naam;Plaats\nJansen, Anna;Goor\nJansen, Bram, de oude;Goor\n",
            ("Jansen, Bram, de oude", "Goor"),
        ),
        (
            'Naam;Plaats\n"Jansen; Anna";Goor\n"Jansen; Bram, de oude";Goor\n',
            ("Jansen; Bram, de oude", "Goor"),
        ),
    ],
)
def test_the_separator_is_what_most_lines_have(
    tmp_path: Path, content: str, cells: tuple[str, str]
) -> None:
    assert lines_of(tmp_path, content.encode())[-1].cells == cells


def test_lines_are_counted_without_reading_them(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Naam\n" + "Anna\n" * 500, "utf-8")
    sheet = read_csv(tmp_path / "in.csv")
    assert sheet.about == 502
    sheet.close()


@pytest.mark.parametrize(
    "content",
    [b"Naam\n\x00\x01\x02", b'Naam\n"Anna', b"Naam\n" + b"x" * (LARGEST_CELL + 1)],
    ids=["no text", "open quote", "a cell without end"],
)
def test_what_is_no_csv_is_told(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FileProblemError):
        lines_of(tmp_path, content)
