"""Reads CSV as offices make it: `;`, `,` or tabs, with or without a mark, UTF-8 or Windows."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import codecs
import csv
from itertools import chain, islice
from typing import IO, TYPE_CHECKING

from privreg.exchange.sheets import LARGEST_CELL, FileProblemError, Line, Sheet, filled
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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
LOOKED_AT = 10
"""Lines by which the separator is chosen: above the heads may stand a title."""


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
    first = list(islice(stream, LOOKED_AT))
    rows = csv.reader(
        chain(first, stream), delimiter=_separator(first), skipinitialspace=True, strict=True
    )
    begin = 1
    try:
        for row in rows:
            line = Line(begin, tuple(filled(cell) for cell in row))
            begin = rows.line_num + 1
            if not line.is_empty:
                yield line
    except csv.Error as error:
        raise FileProblemError(
            message(
                N_("Line {line} cannot be read: a cell is too long, or a quote is not closed."),
                line=str(begin),
            )
        ) from error


def _separator(first: Sequence[str]) -> str:
    """Choose what stands on most of the first lines, outside quotes: a title has another.

    Excel may say it itself (`sep=;`).
    """
    lines = [line for line in first if line.strip()]
    said = lines[0].strip().lower() if lines else ""
    if said.startswith(SAID) and len(said) == len(SAID) + 1:
        return said[-1]
    outside = ["".join(line.split('"')[::2]) for line in lines]

    def weight(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in outside]
        return sum(1 for count in counts if count), sum(counts[:1])

    return max(SEPARATORS, key=weight)
