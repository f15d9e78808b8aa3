"""Reads Excel workbooks as plain values: nothing is calculated, nothing is followed."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from privreg.exchange.sheets import FileProblemError, Line, Sheet, filled
from privreg.translation import N_, Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_UNPACKED = 1 << 30  # bytes of the whole workbook, unpacked
MOST_STRINGS = 256 << 20  # bytes of the one part that is read into memory
STRINGS = "sharedstrings.xml"
UNREADABLE = (
    InvalidFileException,
    KeyError,
    ValueError,
    OSError,
    SyntaxError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What comes out of a workbook that is not whole; its lines are read while they are asked for."""


def read_xlsx(path: Path, wanted: frozenset[str]) -> Sheet:
    """Open a workbook's sheet with one of the `wanted` names (folded), else its first filled one.

    Formulas give the value they had when the file was saved. Raises `FileProblemError`.
    """
    _must_be_bearable(path)
    try:
        with warnings.catch_warnings(action="ignore"):  # of parts that are not read here
            book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        sheet = _chosen(book, wanted)
    except UNREADABLE as error:
        raise FileProblemError(_damaged()) from error
    return Sheet(_lines(sheet), sheet.max_row or 0, close=book.close)


def _must_be_bearable(path: Path) -> None:
    """Refuse a file that unpacks to more than any register of a small business."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile as error:
        raise FileProblemError(_damaged()) from error
    strings = sum(each.file_size for each in parts if each.filename.lower().endswith(STRINGS))
    if sum(each.file_size for each in parts) > MOST_UNPACKED or strings > MOST_STRINGS:
        raise FileProblemError(
            Message(N_("This workbook is too large to read safely; save it as CSV instead."))
        )


def _damaged() -> Message:
    return Message(N_("This is no Excel workbook (.xlsx), or it is damaged; save it once more."))


def _chosen(book: Any, wanted: frozenset[str]) -> Any:
    sheets = [each for each in book.worksheets if each.sheet_state == "visible"]
    if not sheets:
        raise FileProblemError(Message(N_("This workbook has no sheet with lines.")))
    named = [each for each in sheets if each.title.casefold() in wanted]
    return (named or [each for each in sheets if (each.max_row or 0) > 1] or sheets)[0]


def _lines(sheet: Any) -> Iterator[Line]:
    rows = enumerate(sheet.iter_rows(values_only=True), 1)
    while True:
        try:
            number, row = next(rows, (0, ()))
        except UNREADABLE as error:
            raise FileProblemError(_damaged()) from error
        if number == 0:
            return
        line = Line(number, tuple(filled(cell) for cell in row))
        if not line.is_empty:
            yield line
