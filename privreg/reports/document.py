"""What a report says, as plain blocks: pure values that know nothing of PDF.

A report is a function that returns a `Document`; `privreg.reports.kit` paints it as a PDF
(`kit.pdf.paint`) or as plain text for snapshots (`kit.plain.plain`).

Texts. Every text is a plain `str`, from the catalogue (already translated: call `_` and
`formats.text` while building) or from the user, never mark-up: `<b>` prints as `<b>`. For
emphasis give a tuple of spans: `("Due ", Strong("01-03-2029"), Quiet(" (28-02 kept)"))`.
A newline starts a new line. A pair, bullet or step with an empty text is not printed, nor is
a list without items: leave the value empty and say what is missing in one `Missing` block.

Blocks, in the order of a page:

- `Heading(1, "Activities", "activities")`: level 1 a section, 2 a record, 3 a part of a record;
  1 and 2 stand in the contents (over four pages) and the bookmarks. `anchor` is what `Link`
  jumps to; `new_page=True` starts a fresh page. A heading of level 1 or 3 with nothing printed
  under it is left out, a record's (level 2) never.
- `Paragraph(text)`; `Note(text)` is small and grey, for sources and remarks.
- `Pairs((("Owner", "J. de Boer"), ("Purpose", (Strong("b"), " contract"))))`: label column
  and value.
- `Table((Column("Number", 1), Column("What", 3), Column("Days", 1, NUMBER)), rows)` with
  `Row(("A", "B", "7"))` and `GroupRow("Customers")`; `empty` is printed when no row is there.
  `NUMBER`, `DAY` and `CODE` columns take what their cells need and are not broken; `TEXT`
  columns share the rest by `share`. From seven columns on the table is set smaller.
- `Matrix("Kind of data", ("Customers", "Leads"), (MatrixRow("Name", (MARK, "")),))`: `MARK`
  prints a dot, a short text prints as it is.
- `BulletList(items)`, `Steps(steps)` (the `because` of a clock, joined by arrows),
  `Missing((MissingItem("Purpose", "AVG 30 lid 1 b"),))`.
- `SummaryBox(pairs)`: what must be seen first, on a quiet ground, two columns.
- `ClockLine((ClockMark(at, "Known since", START), ClockMark(at, "72 hours", LIMIT)))`: a line
  in time with marks in proportion.
- `BarChart((Bar("2026-04", 12),))`: small, readable without colour.
- `SignOff((Signature("J. de Boer", "Director"),))`: name, function, date, room to sign.
- `WriteLines("What happened", 4)` and `Choices("Risk", ("none", "high"))`: blank forms.
- `BigCode("AB12-CD34")`: a key to be read and typed over.
- `KeepTogether(blocks)` on one page if they fit; `PageBreak()`.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Strong:
    """A run of text in semibold."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A run of text in italic."""

    text: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """A run of text in grey."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A run of text that jumps to the heading with this anchor; plain text if there is none."""

    text: str
    anchor: str


Span: TypeAlias = str | Strong | Emphasis | Quiet | Link
Text: TypeAlias = str | tuple[Span, ...]
Labelled: TypeAlias = tuple[str, Text]


def words(text: Text) -> str:
    """Return the text without its emphasis."""
    if isinstance(text, str):
        return text
    return "".join(span if isinstance(span, str) else span.text for span in text)


class Kind(Enum):
    """What a column holds, which decides how it is set."""

    TEXT = "text"  # left, wraps
    NUMBER = "number"  # right, tabular figures
    DAY = "day"  # left, dates and moments are kept on one line
    CODE = "code"  # left, record numbers


TEXT = Kind.TEXT
NUMBER = Kind.NUMBER
DAY = Kind.DAY
CODE = Kind.CODE


class Mark(Enum):
    """What a mark on a clock line means; each has a shape of its own, told without colour."""

    START = "start"  # filled dot: the clock starts
    DONE = "done"  # tick: what was done
    LIMIT = "limit"  # bar: the last moment
    NOW = "now"  # open triangle: the moment of printing
    OTHER = "other"  # open dot


START = Mark.START
DONE = Mark.DONE
LIMIT = Mark.LIMIT
NOW = Mark.NOW
OTHER = Mark.OTHER

MARK = "\u25cf"  # the dot of a matrix


@dataclass(frozen=True, slots=True)
class Heading:
    """A title in the text: level 1 (section), 2 (record) or 3 (part of a record)."""

    level: int
    text: str
    anchor: str = ""
    note: str = ""  # quiet, at the right: a record number, an article
    new_page: bool = False
    in_contents: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: Text


@dataclass(frozen=True, slots=True)
class Note:
    """A remark or source, small and grey."""

    text: Text


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels with values; a pair with an empty value is not printed."""

    rows: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `share` is its part of what is left for texts."""

    title: str
    share: float = 1.0
    kind: Kind = TEXT


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, as many cells as there are columns (missing ones are empty)."""

    cells: tuple[Text, ...]
    total: bool = False  # semibold, under a line
    quiet: bool = False  # grey: ended, archived (say so in words as well)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A line over the whole width that names the rows under it; it stays with the next row.

    With `is_section` it stands in the contents and the bookmarks as a heading does.
    """

    text: Text
    note: str = ""
    is_section: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head that is repeated on every page; never one row alone on a page."""

    columns: tuple[Column, ...]
    rows: tuple[Row | GroupRow, ...]
    empty: str = ""

    def __post_init__(self) -> None:
        if any(isinstance(row, Row) and len(row.cells) > len(self.columns) for row in self.rows):
            raise ValueError("a row has more cells than the table has columns")


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One kind of data with a mark or a short text per column."""

    head: Text
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """What goes with what; `MARK` prints a dot. Too many columns are set in several tables."""

    corner: str
    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]

    def __post_init__(self) -> None:
        if any(len(row.cells) > len(self.columns) for row in self.rows):
            raise ValueError("a row has more cells than the matrix has columns")


@dataclass(frozen=True, slots=True)
class BulletList:
    """Items one under another; `numbered` for an order."""

    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Steps:
    """How a date was found, step by step, as a clerk can check it."""

    steps: tuple[Text, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class MissingItem:
    """What is missing, and the article that asks for it."""

    text: Text
    article: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """The one list of what is missing; nothing is printed when it is empty."""

    items: tuple[MissingItem, ...]
    title: str = ""  # 'What is missing' when empty


@dataclass(frozen=True, slots=True)
class SummaryBox:
    """What must be seen first: labels over values on a quiet ground, in columns."""

    rows: tuple[Labelled, ...]
    title: str = ""
    columns: int = 2


@dataclass(frozen=True, slots=True)
class ClockMark:
    """A moment on a clock line."""

    at: datetime
    label: str
    mark: Mark = OTHER


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A line in time; drawn heavy from the first mark through `filled_through`."""

    marks: tuple[ClockMark, ...]
    filled_through: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs; empty parts leave room to write."""

    name: str = ""
    function: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class SignOff:
    """Room to sign on paper: name, function, date, signature."""

    signatures: tuple[Signature, ...]
    text: Text = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `text` is what stands at its end (the value when empty)."""

    label: str
    value: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """A small chart of horizontal bars, from zero."""

    bars: tuple[Bar, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class WriteLines:
    """A label with empty lines to write on."""

    label: str
    lines: int = 1
    help: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """A label with boxes to tick by hand."""

    label: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BigCode:
    """A key to be typed over, large and letter by letter."""

    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class KeepTogether:
    """Blocks that stay on one page when one page can hold them."""

    blocks: tuple[Block, ...]


Block: TypeAlias = (
    Heading
    | Paragraph
    | Note
    | Pairs
    | Table
    | Matrix
    | BulletList
    | Steps
    | Missing
    | SummaryBox
    | ClockLine
    | SignOff
    | BarChart
    | WriteLines
    | Choices
    | BigCode
    | PageBreak
    | KeepTogether
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControllerHead:
    """The controller (verwerkingsverantwoordelijke) as printed on the first page."""

    name: str
    address: tuple[str, ...] = ()
    kvk: str = ""  # or, `abroad`, the number in that country's register
    abroad: bool = False
    officer: str = ""  # the data protection officer (FG), or why there is none
    contact: str = ""
    jointly_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One report: its head and its blocks.

    `kind` is the report's word on the command line, `number` the document's own number,
    `made_at` an aware moment, `journal_hash` the latest hash in full (12 signs are printed),
    `copy` marks a reprint, `period` is a text such as '01-01-2026 t/m 31-12-2026',
    `register` the name of the register, `stands_at` the moment it was judged by where that
    is not the moment it was made.
    """

    kind: str
    title: str
    made_by: str
    made_at: datetime
    number: str = ""
    subtitle: str = ""
    controller: ControllerHead | None = None
    register: str = ""
    period: str = ""
    stands_at: datetime | None = None
    journal_hash: str = ""
    language: str = "nl"
    copy: bool = False
    blocks: tuple[Block, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.made_at.tzinfo is None:
            raise ValueError("a document is made at an aware moment")
