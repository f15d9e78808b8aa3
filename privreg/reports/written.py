"""Writes declared fields as a reader expects them: words for codes, both moments of a fact."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from privreg import formats, lists
from privreg.clock import day_of
from privreg.law.period import Period, PeriodError
from privreg.registers.declaration import Kind
from privreg.registers.options import list_of, register_of_options
from privreg.registers.register_list import register_of
from privreg.reports.document import CODE, DAY, NUMBER, TEXT, Column, Pairs, Quiet, Row, Table
from privreg.translation import _, language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from privreg.registers.declaration import FieldSpec, Values
    from privreg.reports.book import Book
    from privreg.reports.document import Kind as ColumnKind
    from privreg.reports.document import Labelled, Span, Text

BETWEEN = "; "
_A_MINUTE = timedelta(minutes=1)
_OF_COLUMN = {Kind.NUMBER: NUMBER, Kind.DAY: DAY, Kind.MOMENT: DAY}


def written(book: Book, spec: FieldSpec, value: object) -> str:  # noqa: PLR0911  (one per kind)
    """Return a field's value in words; empty when nothing was filled in."""
    if value is None or value in ("", []):
        return ""
    if spec.kind is Kind.LINK:
        return book.name(spec.to, value)
    if spec.kind is Kind.LINKS:
        return BETWEEN.join(_filled(book.name(spec.to, key) for key in _each(value)))
    if spec.kind in (Kind.CHOICE, Kind.COUNTRY):
        return word(spec, str(value))
    if spec.kind is Kind.CHOICES:
        return BETWEEN.join(_filled(_chosen(book, spec, code) for code in _each(value)))
    if spec.kind is Kind.PERIOD:
        return period(str(value))
    if spec.kind is Kind.MONTH_DAY:
        return "-".join(reversed(str(value).split("-")))
    return formats.value(value)


def _each(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else ()


def _filled(texts: Iterable[str]) -> Iterator[str]:
    return (each for each in texts if each)


def _chosen(book: Book, spec: FieldSpec, code: object) -> str:
    slug = register_of_options(spec)
    if not slug:
        return word(spec, str(code))
    wanted = str(code)
    return next(
        (book.name(slug, r["id"]) for r in book.records(slug) if str(r["id"]) == wanted), ""
    )


def word(spec: FieldSpec, code: str) -> str:
    """Return the words of one code in the language in use; the code itself when unknown."""
    if spec.choices:
        return _(spec.label_of(code))
    listed = list_of(spec)
    return words_of(listed, code) if listed else code


def words_of(listed: str, code: str) -> str:
    """Return the words of a code of a named list."""
    return _words(listed, language()).get(code, code)


@lru_cache(maxsize=128)
def _words(listed: str, _language: str) -> Mapping[str, str]:
    return dict(lists.choices(listed))


def period(text: str) -> str:
    """Return an ISO 8601 period in words: '7 jaar'; as it stands when it cannot be read."""
    try:
        return formats.text(Period.parse(text).message)
    except PeriodError:
        return text


def country(code: str) -> str:
    """Return the name of a country."""
    return words_of(lists.COUNTRIES, code) if code else ""


def entered_at(values: Values, name: str) -> datetime | None:
    """Return when a dated fact of a record or a row was entered."""
    if "entered_at" in values:
        found = values["entered_at"]
        return found if isinstance(found, datetime) else None
    text = (values.get("entered") or {}).get(name)
    return datetime.fromisoformat(text) if text else None


def is_later(entered: datetime | None, happened: date) -> bool:
    """Say whether a fact was entered later than it happened: another minute, or another day."""
    if entered is None:
        return False
    if isinstance(happened, datetime):
        return entered - happened >= _A_MINUTE
    return day_of(entered) > happened


def fact(book: Book, spec: FieldSpec, values: Values) -> Text:
    """Return a field of a record or row, a dated fact with the moment it was entered later."""
    value = values.get(spec.name)
    text = written(book, spec, value)
    note = entered_note(spec, values)
    return (text, Quiet(f" ({note})")) if note else text


def noted_fact(book: Book, slug: str, values: Values, name: str) -> Text:
    """Return a dated fact, and on a line under it when it was entered later."""
    return _cell(book, register_of(slug).field(name), values)


def entered_note(spec: FieldSpec, values: Values) -> str:
    """Return 'entered on ...' for a dated fact that was entered later than it happened."""
    value = values.get(spec.name)
    if not spec.dated or value is None:
        return ""
    entered = entered_at(values, spec.name)
    if entered is None or not is_later(entered, value):
        return ""
    return _("entered on {moment}").format(moment=formats.moment(entered))


def pair(book: Book, slug: str, values: Values, name: str) -> Labelled:
    """Return one field with its label; empty when it is not asked for or not filled in."""
    spec = register_of(slug).field(name)
    instead = spec.said_instead(values)
    if instead:
        return _(spec.label), _(instead)
    asked = spec.is_asked(values) or values.get(name) not in (None, "", [])
    return _(spec.label), fact(book, spec, values) if asked else ""


def pairs(book: Book, slug: str, values: Values, *names: str) -> Pairs:
    """Return fields of a record, each with its label."""
    return Pairs(tuple(pair(book, slug, values, name) for name in names))


def row_pairs(book: Book, specs: Iterable[FieldSpec], row: Values, *but: str) -> Pairs:
    """Return the fields of one row with their labels, except those named."""
    return Pairs(
        tuple((_(spec.label), fact(book, spec, row)) for spec in specs if spec.name not in but)
    )


def rows_table(
    book: Book,
    slug: str,
    name: str,
    rows: Sequence[Values],
    shares: Mapping[str, float],
    **head: Any,
) -> Table:
    """Return a record's rows as a table with only the columns that hold something.

    `shares` names the row's fields in order with their part of the width; a column of dates
    or numbers is set as such. `head` is what `Table` takes besides, such as `empty`.
    """
    by_name = {spec.name: spec for spec in register_of(slug).field(name).fields}
    specs = [by_name[each] for each in shares]
    return spec_table(book, specs, rows, shares, **head)


def spec_table(
    book: Book,
    specs: Sequence[FieldSpec],
    rows: Sequence[Values],
    shares: Mapping[str, float],
    **head: Any,
) -> Table:
    """Return records or rows as a table of these fields, empty columns left out."""
    columns = [Column(_(spec.label), shares[spec.name], _column_kind(spec)) for spec in specs]
    return used_columns(
        columns, [[_cell(book, spec, row) for spec in specs] for row in rows], **head
    )


def used_columns(columns: Sequence[Column], lines: Sequence[Sequence[Text]], **head: Any) -> Table:
    """Return a table with only the columns in which something stands."""
    used = [at for at in range(len(columns)) if any(line[at] for line in lines)]
    rows = tuple(Row(tuple(line[at] for at in used)) for line in lines)
    return Table(tuple(columns[at] for at in used), rows, **head)


def _column_kind(spec: FieldSpec) -> ColumnKind:
    if spec.name == "number" and spec.kind is Kind.LINE:
        return CODE
    return _OF_COLUMN.get(spec.kind, TEXT)


def _cell(book: Book, spec: FieldSpec, row: Values) -> Text:
    text = written(book, spec, row.get(spec.name))
    note = entered_note(spec, row)
    return (text, Quiet(f"\n{note}")) if note else text


def joined(parts: Iterable[Text], between: str = "\n") -> Text:
    """Put texts behind each other, those that are empty left out."""
    spans: list[Span] = []
    for part in parts:
        if not part:
            continue
        if spans:
            spans.append(between)
        spans += [part] if isinstance(part, str) else part
    return tuple(spans)
