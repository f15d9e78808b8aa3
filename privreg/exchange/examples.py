"""The example registers: readable files read into records, with invented customers.

Each example is a folder of `resources/examples/` with one file per register. Records are
known by the key they stand under; links name such a key, and a customer by its place in
the row of generated customers. Days are written relative to the day the example is made.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import tomllib
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from privreg.exchange.example_customers import CustomerBundle, customers
from privreg.exchange.example_days import day_from, moment_from
from privreg.exchange.example_people import Words
from privreg.paths import EXAMPLES as FOLDER
from privreg.registers.declaration import FieldSpec, Kind, Values
from privreg.registers.register_list import register_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

__all__ = [
    "AFTER_CUSTOMERS",
    "EXAMPLES",
    "LINKED_CUSTOMERS",
    "CustomerBundle",
    "example_changes",
    "example_customers",
    "example_records",
]

EXAMPLES: tuple[str, ...] = ("1box", "clientbox", "iv", "connox", "koffiemax")

BEFORE_CUSTOMERS = (
    *("controllers", "groups", "kinds", "measures", "parties"),
    *("rules", "activities", "statements"),
)
AFTER_CUSTOMERS = ("breaches", "requests")
"""Registers whose records may name customers: the last of `example_records`."""

LINKED_CUSTOMERS = 50
"""With fewer customers than this, links of breaches and requests to missing ones are left out."""

_NAMESPACE = UUID("6f1c1f52-4d0b-5a7e-9a55-70726976e67a")
_OF_REGISTER = "register:"
_AFTERWARDS = "afterwards"


def example_records(
    name: str, *, today: date, now: datetime, customers: int = LINKED_CUSTOMERS
) -> Iterator[tuple[str, Values]]:
    """Return the records of an example with their register's slug, in an order that links.

    Breaches and requests come last (`AFTER_CUSTOMERS`): they may name customers, of whom
    there are `customers`. `KeyError` when a file names what does not exist.
    """
    book = _Book(name, today, now, customers)
    for slug in (*BEFORE_CUSTOMERS, *AFTER_CUSTOMERS):
        for key in book.file(slug):
            yield slug, book.record(slug, key)


def example_changes(name: str, *, today: date, now: datetime) -> Iterator[tuple[str, UUID, Values]]:
    """Return what is to be filled in once all records are there: slug, key, changed fields.

    Links that go round, such as those of joint controllers to each other.
    """
    book = _Book(name, today, now, 0)
    for slug in BEFORE_CUSTOMERS:
        for key, raw in book.file(slug).items():
            if _AFTERWARDS in raw:
                yield slug, book.key_of(slug, key), book.changes(slug, key)


def example_customers(
    name: str, *, count: int, seed: int, today: date, now: datetime
) -> Iterator[CustomerBundle]:
    """Return `count` invented customers of an example, one by one, the same for one seed."""
    book = _Book(name, today, now, count)
    words = Words.read(FOLDER / "names.toml")
    return customers(book, words, count=count, seed=seed)


class _Book:
    """The files of one example, read when they are asked for."""

    def __init__(self, name: str, today: date, now: datetime, customers: int) -> None:
        if name not in EXAMPLES:
            raise KeyError(name)
        self.name = name
        self.today = today
        self.now = now
        self._customers = customers
        self._files: dict[str, dict[str, dict[str, Any]]] = {}

    def file(self, slug: str) -> dict[str, dict[str, Any]]:
        """Return what stands in the file of a register: key to fields."""
        if slug not in self._files:
            text = (FOLDER / self.name / f"{slug}.toml").read_text("utf-8")
            self._files[slug] = tomllib.loads(text)
        return self._files[slug]

    @cached_property
    def _root(self) -> UUID:
        return uuid5(_NAMESPACE, self.name)

    def key_of(self, slug: str, key: str) -> UUID:
        """Return the key of the record that stands under `key`; `KeyError` without one."""
        if key not in self.file(slug):
            raise KeyError(f"{self.name}/{slug}: {key}")
        return uuid5(self._root, f"{slug}/{key}")

    def first_serial(self, slug: str) -> int:
        """Return the number from which the keys of generated records count."""
        return uuid5(self._root, slug).int >> 48 << 48

    def customer(self, index: int) -> UUID:
        """Return the key of the customer at that place in the row."""
        return UUID(int=self.first_serial("customers") + index)

    def day(self, text: str) -> date:
        """Return the day a relative day means in this example."""
        return day_from(text, self.today)

    def record(self, slug: str, key: str) -> Values:
        """Return the record under a key as values, links resolved."""
        record_id = self.key_of(slug, key)
        fields = register_of(slug).fields
        raw = {name: value for name, value in self.file(slug)[key].items() if name != _AFTERWARDS}
        defaults = {spec.name: spec.default for spec in fields if spec.default is not None}
        return {"id": record_id, **defaults, **self._values(fields, raw, f"{slug}/{key}")}

    def changes(self, slug: str, key: str) -> Values:
        """Return the fields of a record that are filled in afterwards."""
        raw = self.file(slug)[key][_AFTERWARDS]
        return self._values(register_of(slug).fields, raw, f"{slug}/{key}")

    def _values(self, fields: tuple[FieldSpec, ...], raw: Values, path: str) -> Values:
        unknown = raw.keys() - {spec.name for spec in fields}
        if unknown:
            raise KeyError(f"{self.name}/{path}: {sorted(unknown)}")
        return {
            spec.name: self._value(spec, raw[spec.name], f"{path}/{spec.name}")
            for spec in fields
            if spec.name in raw
        }

    def _value(self, spec: FieldSpec, raw: Any, path: str) -> Any:  # noqa: PLR0911 (one per kind)
        if spec.kind is Kind.DAY:
            return self.day(raw)
        if spec.kind is Kind.MOMENT:
            return moment_from(raw, self.today, self.now)
        if spec.kind is Kind.LINK:
            return self._link(spec, raw)
        if spec.kind is Kind.LINKS:
            return [link for each in raw if (link := self._link(spec, each)) is not None]
        if spec.kind is Kind.ROWS:
            return [self._row(spec, row, f"{path}/{place}") for place, row in enumerate(raw)]
        if spec.kind is Kind.CHOICES and spec.listed.startswith(_OF_REGISTER):
            slug = spec.listed.removeprefix(_OF_REGISTER)
            return [str(self.key_of(slug, each)) for each in raw]
        return raw

    def _link(self, spec: FieldSpec, raw: str | int) -> UUID | None:
        if isinstance(raw, int):
            return self.customer(raw) if raw < self._customers else None
        return self.key_of(spec.to, raw)

    def _row(self, spec: FieldSpec, raw: Values, path: str) -> Values:
        defaults = {each.name: each.default for each in spec.fields if each.default is not None}
        row_id = uuid5(self._root, path)
        return {"id": row_id, **defaults, **self._values(spec.fields, raw, path)}
