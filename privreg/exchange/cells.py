"""Reads one cell as one field: what a person or another program wrote, by the field's kind."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as part
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Protocol

from openpyxl.utils.datetime import from_excel

from privreg.exchange.words import codes_by_word, is_choice, plainly
from privreg.formats import local
from privreg.reading import (
    ReadingError,
    WhichMomentError,
    placed,
    read_day,
    read_moment,
    read_month_day,
    read_number,
    read_period,
)
from privreg.registers.declaration import FieldSpec, Kind
from privreg.registers.options import register_of_options
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

YES = frozenset({"ja", "j", "yes", "y", "true", "waar", "1", "x"})
NO = frozenset({"nee", "n", "no", "false", "onwaar", "0"})
LAST_SERIAL = 2_958_465  # 31 December 9999 as a spreadsheet counts days
_MIDNIGHT = re.compile(r"[ T]00?:00(:00(\.0+)?)?Z?$")


class Records(Protocol):
    """Finds the records a cell names, by number, title or key."""

    def find(self, slug: str, text: str, beside: Mapping[str, Any]) -> tuple[UUID, ...]:
        """Return the keys of what goes by this name; `beside` are the line's values so far."""
        ...


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads cells; knows the day and moment it is, and the records there are."""

    now: datetime
    today: date
    records: Records
    _codes: dict[int, Mapping[str, str]] = part(default_factory=dict)

    def read(self, field: FieldSpec, cell: Any, beside: Mapping[str, Any]) -> Any:
        """Return the value of a filled cell; raises `ReadingError` with one sentence."""
        reads = _READS.get(field.kind)
        if reads is not None:
            return reads(self, field, cell, beside)
        return _text(cell)

    def code(self, field: FieldSpec, text: str) -> str | None:
        """Return the code a choice's word stands for; the words are looked up once a field."""
        known = self._codes.get(id(field))
        if known is None:
            known = self._codes[id(field)] = codes_by_word(field)
        return known.get(text) or known.get(plainly(text))


def _text(cell: Any) -> str:
    """Write a cell as text: a whole number of a spreadsheet has no decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, list | dict):
        raise ReadingError(message(N_("This is no text.")))
    return str(cell)


def _number(_reader: CellReader, _field: FieldSpec, cell: Any, _beside: object) -> int:
    if isinstance(cell, bool):
        raise ReadingError(message(N_("Write a whole number, in digits.")))
    if isinstance(cell, int) or (isinstance(cell, float) and cell.is_integer()):
        return int(cell)
    return read_number(re.sub(r"[.,]0+$", "", _text(cell)))


def _day(reader: CellReader, _field: FieldSpec, cell: Any, _beside: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(cell).date()
    return read_day(_MIDNIGHT.sub("", _text(cell)), reader.today)


def _serial(cell: float) -> datetime:
    """Return the moment a spreadsheet's number stands for, by the calendar that starts in 1900."""
    if not 1 <= cell <= LAST_SERIAL:
        raise ReadingError(message(N_("This is no date; write it as 31-12-2026, or as 3 apr.")))
    found = from_excel(cell)
    return found if isinstance(found, datetime) else datetime.combine(found, time())


def _moment(reader: CellReader, _field: FieldSpec, cell: Any, _beside: object) -> datetime:
    try:
        if isinstance(cell, datetime):
            return cell.astimezone(UTC) if cell.tzinfo else placed(cell.replace(microsecond=0))
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return placed(_serial(cell).replace(microsecond=0))
        return read_moment(_text(cell), reader.now)
    except WhichMomentError as error:
        raise ReadingError(_which(error)) from error


def _which(error: WhichMomentError) -> Message:
    return message(
        N_("The clock changes in that hour; write {earlier} or {later}."),
        earlier=local(error.earlier).isoformat(timespec="minutes"),
        later=local(error.later).isoformat(timespec="minutes"),
    )


def _yes_no(_reader: CellReader, _field: FieldSpec, cell: Any, _beside: object) -> bool:
    if isinstance(cell, bool):
        return cell
    word = plainly(_text(cell))
    if word in YES or word in NO:
        return word in YES
    raise ReadingError(message(N_("Answer yes or no.")))


def _choice(reader: CellReader, field: FieldSpec, cell: Any, beside: Mapping[str, Any]) -> str:
    text = _text(cell)
    if not is_choice(field):
        slug = register_of_options(field)
        return str(_one(reader, slug, text, beside)) if slug else text
    code = reader.code(field, text)
    if code is None:
        raise ReadingError(message(N_("This is not one of the choices.")))
    return code


def _choices(
    reader: CellReader, field: FieldSpec, cell: Any, beside: Mapping[str, Any]
) -> list[str]:
    return _each(cell, lambda part: _choice(reader, field, part, beside))


def _country(reader: CellReader, field: FieldSpec, cell: Any, beside: Mapping[str, Any]) -> str:
    try:
        return _choice(reader, field, cell, beside)
    except ReadingError as error:
        raise ReadingError(
            message(N_("This is no country; choose one from the list, such as NL or DE."))
        ) from error


def _link(reader: CellReader, field: FieldSpec, cell: Any, beside: Mapping[str, Any]) -> UUID:
    return _one(reader, field.to, _text(cell), beside)


def _links(
    reader: CellReader, field: FieldSpec, cell: Any, beside: Mapping[str, Any]
) -> list[UUID]:
    return _each(cell, lambda part: _one(reader, field.to, _text(part), beside))


def _one(reader: CellReader, slug: str, text: str, beside: Mapping[str, Any]) -> UUID:
    found = reader.records.find(slug, text, beside)
    if len(found) == 1:
        return found[0]
    if not found:
        raise ReadingError(message(N_("There is no {name} in the register."), name=text[:80]))
    raise ReadingError(
        message(N_("Several records are called {name}; write the number."), name=text[:80])
    )


def _each(cell: Any, read: Callable[[Any], Any]) -> list[Any]:
    """Read a list, or a text of several: apart by `;`, `|` or lines, else by commas."""
    if isinstance(cell, list):
        return [read(part) for part in cell]
    text = _text(cell)
    parts = [each.strip() for each in re.split(r"[;|\n]", text) if each.strip()]
    if len(parts) == 1 and "," in text:
        try:
            return [read(text)]
        except ReadingError:
            parts = [each.strip() for each in text.split(",") if each.strip()]
    return list(dict.fromkeys(read(part) for part in parts))


def _rows(
    reader: CellReader, field: FieldSpec, cell: Any, beside: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Read rows of a form, which only JSON can hold."""
    if not isinstance(cell, list) or not all(isinstance(each, dict) for each in cell):
        raise ReadingError(message(N_("Rows of the form come from JSON only.")))
    return [
        {
            spec.name: reader.read(spec, row[spec.name], beside)
            for spec in field.fields
            if row.get(spec.name) not in (None, "")
        }
        for row in cell
    ]


_READS: Mapping[Kind, Callable[[CellReader, FieldSpec, Any, Mapping[str, Any]], Any]] = {
    Kind.NUMBER: _number,
    Kind.DAY: _day,
    Kind.MOMENT: _moment,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.COUNTRY: _country,
    Kind.LINK: _link,
    Kind.LINKS: _links,
    Kind.ROWS: _rows,
    Kind.PERIOD: lambda _reader, _field, cell, _beside: read_period(_text(cell)),
    Kind.MONTH_DAY: lambda _reader, _field, cell, _beside: read_month_day(_text(cell)),
}
