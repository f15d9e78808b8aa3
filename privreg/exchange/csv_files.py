"""Reads CSV as offices make it: `;`, `,` or tabs, with or without a mark, UTF-8 or Windows."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import codecs
import csv
from typing import IO, TYPE_CHECKING

from privreg.exchange.sheets import LARGEST_CELL, FileProblemError, Line, Sheet, filled
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEPARATORS = ";,\t|"
CHUNK = 1 << 20
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FALLBACK = "cp1252"
SAID = "sep="


def read_csv(path: Path) -> Sheet:
    """Open a CSV file; raises `FileProblemError` when it is no text."""
    encoding, about = _encoding(path)
    stream = path.open(encoding=encoding, newline="")
    return Sheet(_lines(stream), about, close=stream.close)


def _encoding(path: Path) -> tuple[str, int]:
    """Find out how a file is written, and count its lines on the way."""
    with path.open("rb") as stream:
        start = stream.read(4)
        marked = next((name for mark, name in MARKS if start.startswith(mark)), None)
        stream.seek(0)
        for encoding in [marked] if marked else ["utf-8", FALLBACK]:
            lines = _lines_as(stream, encoding)
            if lines is not None:
                return encoding, lines
            stream.seek(0)
    raise FileProblemError(
        Message(N_("This file is no readable text; save it as CSV in UTF-8 and try again."))
    )


def _lines_as(stream: IO[bytes], encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    count = 1
    try:
        while chunk := stream.read(CHUNK):
            text = decoder.decode(chunk)
            if "\0" in text:
                return None
            count += text.count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return count


def _lines(stream: IO[str]) -> Iterator[Line]:
    csv.field_size_limit(LARGEST_CELL)
    first, skipped = _first_line(stream)
    rows = csv.reader(
        _from(first, stream), delimiter=_separator(first), skipinitialspace=True, strict=True
    )
    begin = 1
    try:
        for row in rows:
            line = Line(begin + skipped, tuple(filled(cell) for cell in row))
            begin = rows.line_num + 1
            if not line.is_empty:
                yield line
    except csv.Error as error:
        raise FileProblemError(
            message(
                N_("Line {line} cannot be read: a cell is too long, or a quote is not closed."),
                line=str(begin + skipped),
            )
        ) from error


def _from(first: str, rest: IO[str]) -> Iterator[str]:
    yield first
    yield from rest


def _first_line(stream: IO[str]) -> tuple[str, int]:
    """Return the first line that says something, or that says which separator is used."""
    skipped = 0
    for line in stream:
        if line.strip():
            return line, skipped
        skipped += 1
    return "", skipped


def _separator(first: str) -> str:
    """Choose what stands most often outside quotes; Excel may say it itself (`sep=;`)."""
    said = first.strip().lower()
    if said.startswith(SAID) and len(said) == len(SAID) + 1:
        return said[-1]
    outside = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=outside.count)
