"""Writes Excel workbooks as a stream: no temporary files, nothing that could be calculated.

Every text is written as an inline string, which no spreadsheet ever reads as a formula, and
with the mark that keeps it text when somebody edits the cell.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
import zipfile
from contextlib import contextmanager
from datetime import date, datetime
from typing import IO, TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from privreg.clock import OFFICE_ZONE
from privreg.errors import ProblemError
from privreg.translation import N_, Message, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
LONGEST_TITLE = 31
LONGEST_SHOWN = 60
START = date(1899, 12, 30)
DAY_SECONDS = 86_400
PLAIN, HEAD, DAY, MOMENT, TEXT = range(5)
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f"{_DECLARATION}<styleSheet {_MAIN}>"
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy"/>'
    '<numFmt numFmtId="165" formatCode="dd\\-mm\\-yyyy\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"'
    ' applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


class Workbook:
    """A workbook being written, one sheet after another, each row at once."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._packed = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)
        self._titles: list[str] = []

    @contextmanager
    def sheet(self, title: str, heads: Sequence[str]) -> Iterator[SheetWriter]:
        """Write one sheet; its heads stay in sight."""
        self._titles.append(self._free_title(title))
        name = f"xl/worksheets/sheet{len(self._titles)}.xml"
        with self._packed.open(name, "w", force_zip64=True) as part:
            writer = SheetWriter(part)
            writer.begin(heads)
            yield writer
            writer.end()

    def _free_title(self, title: str) -> str:
        base = NOT_IN_TITLES.sub(" ", title)[:LONGEST_TITLE].strip("' ")
        taken = {each.casefold() for each in self._titles}
        names = (base, *(f"{base[: LONGEST_TITLE - 4]} ({n})" for n in range(2, 100)))
        return next(each for each in names if each.casefold() not in taken)

    def close(self) -> None:
        """Write what holds the sheets together."""
        numbers = range(1, len(self._titles) + 1)
        sheets = "".join(
            f'<sheet name={quoteattr(title)} sheetId="{n}" r:id="rId{n}"/>'
            for n, title in zip(numbers, self._titles, strict=True)
        )
        self._write(
            "xl/workbook.xml",
            f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        )
        links = [(f"worksheets/sheet{n}.xml", "worksheet") for n in numbers]
        self._relate("xl/_rels/workbook.xml.rels", [*links, ("styles.xml", "styles")])
        self._relate("_rels/.rels", [("xl/workbook.xml", "officeDocument")])
        self._packed.writestr("xl/styles.xml", _STYLES)
        kinds = [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in numbers]
        kinds += [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
        parts = "".join(
            f'<Override PartName="{part}" ContentType="{_TYPE}.{kind}+xml"/>'
            for part, kind in kinds
        )
        self._write(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{parts}</Types>",
        )
        self._packed.close()

    def _relate(self, name: str, targets: Sequence[tuple[str, str]]) -> None:
        links = "".join(
            f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for n, (target, kind) in enumerate(targets, 1)
        )
        self._write(
            name, f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
        )

    def _write(self, name: str, content: str) -> None:
        self._packed.writestr(name, _DECLARATION + content)


class SheetWriter:
    """The rows of one sheet."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part = part
        self._rows = 0

    def begin(self, heads: Sequence[str]) -> None:
        """Write the heads."""
        widths = "".join(
            f'<col min="{n}" max="{n}" width="{max(12, min(len(head) + 4, LONGEST_SHOWN))}"'
            ' customWidth="1"/>'
            for n, head in enumerate(heads, 1)
        )
        self._put(
            f'{_DECLARATION}<worksheet {_MAIN}><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
            f"<cols>{widths}</cols><sheetData>"
        )
        self._row([_text(head, HEAD) for head in heads])

    def row(self, values: Sequence[Any]) -> None:
        """Write one row: texts, whole numbers, days, aware moments, or None.

        Raises `ProblemError` when no spreadsheet holds that many.
        """
        if self._rows >= MOST_ROWS:
            raise ProblemError(
                Message(N_("There are more lines than a spreadsheet holds; export JSON instead."))
            )
        self._row([_cell(value) for value in values])

    def _row(self, cells: Sequence[str]) -> None:
        self._rows += 1
        self._put(f'<row r="{self._rows}">{"".join(cells)}</row>')

    def end(self) -> None:
        """Close the sheet."""
        self._put("</sheetData></worksheet>")

    def _put(self, text: str) -> None:
        self._part.write(text.encode())


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, bool):
        return _text(_("yes") if value else _("no"))
    if isinstance(value, datetime):
        local = value.astimezone(OFFICE_ZONE)
        seconds = local.hour * 3600 + local.minute * 60 + local.second
        return _number((local.date() - START).days + seconds / DAY_SECONDS, MOMENT)
    if isinstance(value, date):
        return _number((value - START).days, DAY)
    if isinstance(value, int | float):
        return _number(value, PLAIN)
    return _text(str(value))


def _number(value: float, style: int) -> str:
    return f'<c s="{style}"><v>{value!r}</v></c>'


def _text(text: str, style: int = TEXT) -> str:
    clean = NOT_IN_XML.sub("", text)
    if len(clean) > LONGEST_TEXT:
        mark = _(" … (cut off here; the JSON export holds all of it)")
        clean = clean[: LONGEST_TEXT - len(mark)] + mark
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(clean)}</t></is></c>'
