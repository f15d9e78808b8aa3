"""An export under way: every record this user may export, page by page."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from collections import Counter
from typing import IO, TYPE_CHECKING, Any

from privreg.exchange.exports import exact, in_words
from privreg.exchange.workbooks import Workbook
from privreg.registers.declaration import FieldSpec, Kind
from privreg.registers.register_list import REGISTERS, register_of
from privreg.services.restricted import hidden_fields
from privreg.services.roles import Right, may
from privreg.store import everything
from privreg.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from uuid import UUID

    from privreg.registers.declaration import Register, Values
    from privreg.services.desk import Desk
    from privreg.store.store import Connection

FORMAT = 1
SEVERAL = frozenset(";|,\n")
NUMBER = N_("Number")
CUSTOMER = N_("Customer")
CONTROLLER = N_("Controller")


class Export:
    """One export of one moment: all of it is read in one view of the records.

    `reached` hears how many records are written, a page at a time.
    """

    def __init__(self, desk: Desk, connection: Connection, reached: Callable[[int], None]) -> None:
        self._desk = desk
        self._connection = connection
        self._reached = reached
        self._names: dict[str, dict[UUID, tuple[str, str]]] = {}
        self._titles: dict[str, Counter[str]] = {}
        self._customers: dict[UUID, tuple[str, UUID]] = {}
        self._items: dict[UUID, str] = {}
        self.count = 0
        self.withheld = 0

    @property
    def registers(self) -> tuple[Register, ...]:
        """The registers this user may export; users stay where they are."""
        roles = self._desk.user.roles
        return tuple(
            each
            for each in REGISTERS
            if each.slug != "users" and may(roles, Right.EXPORT, each.slug)
        )

    def records(self, register: Register) -> Iterator[Values]:
        """Return every record of a register, by key, without what may not be used."""
        for page in everything.pages(self._connection, register):
            if register.parent == "customers":
                owners = {row["customer_id"] for row in page}
                self._customers = everything.customer_numbers(self._connection, owners)
                self._items = self._labels(_items_named(page))
            self._withhold(register, page)
            self.count += len(page)
            self._reached(self.count)
            yield from page

    def _withhold(self, register: Register, page: Sequence[Values]) -> None:
        """Empty what is restricted or kept only: this user sees only that it is there."""
        keys = [row["id"] for row in page]
        hidden = hidden_fields(self._desk, self._connection, register, keys)
        for row in page:
            names = hidden.get(row["id"], frozenset())
            self.withheld += any(row.get(name) for name in names)
            row.update(dict.fromkeys(names))

    def _labels(self, keys: set[UUID]) -> dict[UUID, str]:
        """Name the items that events and holds are about, those left out that are withheld."""
        hidden = hidden_fields(self._desk, self._connection, register_of("items"), keys)
        named = [key for key in keys if not hidden.get(key)]
        return everything.item_labels(self._connection, named)

    def _read_names(self, slug: str) -> dict[UUID, tuple[str, str]]:
        if slug not in self._names:
            found = everything.titles(self._connection, register_of(slug))
            self._names[slug] = {key: (number, title) for key, number, title in found}
            self._titles[slug] = Counter(title.casefold() for _key, _number, title in found)
        return self._names[slug]

    @property
    def has_several_controllers(self) -> bool:
        """Whether a customer's number alone may not say who is meant."""
        return len(self._read_names("controllers")) > 1

    def customer_number(self, key: UUID) -> str:
        """Return a customer's code, of the page that is being read."""
        return self._customers[key][0] if key in self._customers else str(key)

    def controller_of(self, key: UUID) -> str:
        """Return the title of a customer's controller, of the page that is being read."""
        return self.title_of("controllers", self._customers[key][1])

    def number_of(self, slug: str, key: UUID) -> str:
        """Return the record's number, or its key where that is not enough."""
        if slug == "customers":
            return str(key) if self.has_several_controllers else self.customer_number(key)
        if register_of(slug).parent:
            return str(key)
        return self._read_names(slug)[key][0] if key in self._read_names(slug) else str(key)

    def title_of(self, slug: str, key: UUID) -> str:
        """Return what a reader calls the record, where that is clear; else its number."""
        if slug == "customers":
            return self.customer_number(key)
        if slug == "items":
            return self._items.get(key) or str(key)
        number, title = self._read_names(slug).get(key, (str(key), ""))
        is_clear = title and not SEVERAL & set(title) and self._titles[slug][title.casefold()] == 1
        return title if is_clear else number


def write_json(export: Export, stream: IO[str], about: Values) -> None:
    """Write everything as one JSON object, a record per line."""
    head = json.dumps({"format": FORMAT, **about}, ensure_ascii=False)[:-1]
    stream.write(f'{head}, "records": {{')
    for place, register in enumerate(export.registers):
        stream.write(f"{',' if place else ''}\n{json.dumps(register.slug)}: [")
        for number, values in enumerate(export.records(register)):
            record = exact(register, register.fields, values, export)
            stream.write(",\n" if number else "\n")
            stream.write(json.dumps(record, ensure_ascii=False))
        stream.write("]")
    stream.write("\n}}\n")


def write_xlsx(export: Export, stream: IO[bytes]) -> None:
    """Write a workbook with a sheet per register, and one per list within its forms."""
    book = Workbook(stream)
    for register in export.registers:
        _write_register(export, book, register)
    book.close()


def _write_register(export: Export, book: Workbook, register: Register) -> None:
    fields = [each for each in register.fields if each.kind is not Kind.ROWS]
    lists = {each.name: each for each in register.fields if each.kind is Kind.ROWS}
    rows: dict[str, list[list[Any]]] = {name: [] for name in lists}
    first = _first_heads(export, register)
    with book.sheet(_(register.plural), [*first, *(_(each.label) for each in fields)]) as sheet:
        for values in export.records(register):
            start = _first_cells(export, register, values, len(first))
            sheet.row([*start, *(in_words(each, values.get(each.name), export) for each in fields)])
            for name, each in lists.items():
                rows[name] += [[*start, *_row(export, each, row)] for row in values[name]]
    for name, each in lists.items():
        title = f"{_(register.plural)} - {_(each.label)}"
        heads = [*(first or [_(NUMBER)]), *(_(inner.label) for inner in each.fields)]
        with book.sheet(title, heads) as sheet:
            for row in rows[name]:
                sheet.row(row)


def _row(export: Export, field: FieldSpec, row: Values) -> list[Any]:
    return [in_words(each, row.get(each.name), export) for each in field.fields]


def _items_named(page: Sequence[Values]) -> set[UUID]:
    """Return the items that events and holds are about."""
    one = {row["item_id"] for row in page if row.get("item_id")}
    return one | {key for row in page for key in row.get("items") or ()}


def _first_heads(export: Export, register: Register) -> list[str]:
    if register.parent:
        controller = [_(CONTROLLER)] if export.has_several_controllers else []
        return [_(CUSTOMER), *controller]
    has_number = any(each.name == "number" for each in register.fields)
    return [] if has_number else [_(NUMBER)]


def _first_cells(export: Export, register: Register, values: Values, count: int) -> list[Any]:
    if not register.parent:
        return [values.get("number", "")][:count]
    owner = values[register.parent_field]
    return [export.customer_number(owner), export.controller_of(owner)][:count]
