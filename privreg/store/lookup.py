"""Finds the records that a file names: by number, by title, or by key."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa

from privreg.registers.customer_entries import Item
from privreg.registers.customers import Customer
from privreg.registers.register_list import register_of
from privreg.store.records import MANY, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CUSTOMERS, _ITEMS = table_of(Customer), table_of(Item)


class Lookup:
    """What the records are called. Small registers are read once; customers by the batch."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._small: dict[str, dict[str, list[UUID]]] = {}
        self._customers: dict[str, list[tuple[UUID, UUID]]] = {}
        self._items: dict[UUID, dict[str, list[UUID]]] = {}

    def find(self, slug: str, text: str, beside: Mapping[str, Any]) -> tuple[UUID, ...]:
        """Return the keys of what goes by this name in a register."""
        name = text.strip()
        if slug == "customers":
            return self._customer(name, beside.get("controller_id"))
        if slug == "items":
            customer = beside.get("customer_id")
            return self._item(name, customer) if isinstance(customer, UUID) else ()
        return tuple(self._named(slug).get(name.casefold(), ()))

    def read_customers(self, numbers: Iterable[str]) -> None:
        """Read the customers of a batch at once, in place of the batch before."""
        wanted = list({number.strip() for number in numbers})
        self._customers = {number: [] for number in wanted}
        columns = (_CUSTOMERS.c.id, _CUSTOMERS.c.number, _CUSTOMERS.c.controller_id)
        for start in range(0, len(wanted), MANY):
            some = wanted[start : start + MANY]
            keys = [key for each in some if (key := _as_key(each)) is not None]
            named = _CUSTOMERS.c.number.in_(some) | _CUSTOMERS.c.id.in_(keys)
            for key, number, controller in self._connection.execute(
                sa.select(*columns).where(named)
            ):
                for name in {number, str(key)} & self._customers.keys():
                    self._customers[name].append((key, controller))
        self._items = {}

    def customers_with(self, number: str, controller_id: UUID | None) -> tuple[UUID, ...]:
        """Return the customers of a batch that was read, with this code."""
        found = self._customers.get(number, [])
        return tuple(key for key, owner in found if controller_id in (None, owner))

    def _customer(self, name: str, controller_id: Any) -> tuple[UUID, ...]:
        if name not in self._customers:
            self.read_customers([*self._customers, name])
        return self.customers_with(name, controller_id)

    def _item(self, name: str, customer_id: UUID) -> tuple[UUID, ...]:
        if customer_id not in self._items:
            by_name: dict[str, list[UUID]] = defaultdict(list)
            query = sa.select(_ITEMS.c.id, _ITEMS.c.label).where(
                _ITEMS.c.customer_id == customer_id
            )
            for key, label in self._connection.execute(query):
                by_name[label.casefold()].append(key)
                by_name[str(key)].append(key)
            self._items[customer_id] = by_name
        return tuple(self._items[customer_id].get(name.casefold(), ()))

    def _named(self, slug: str) -> dict[str, list[UUID]]:
        if slug not in self._small:
            register = register_of(slug)
            found: dict[str, list[UUID]] = defaultdict(list)
            for row in self._connection.execute(sa.select(table_of(register.model))).mappings():
                names = {str(row["id"]), str(row.get("number") or ""), register.title(dict(row))}
                for name in {each.casefold() for each in names if each}:
                    found[name].append(row["id"])
            self._small[slug] = found
        return self._small[slug]

    def expect(self, slug: str, names: Iterable[str], key: UUID) -> None:
        """Take note of a record of the same file that is still to be added."""
        for name in names:
            if key not in self._named(slug)[name.strip().casefold()]:
                self._named(slug)[name.strip().casefold()].append(key)

    def forget(self, slug: str) -> None:
        """Read a small register anew: something was added to it."""
        self._small.pop(slug, None)

    def only_controller(self) -> UUID | None:
        """Return the controller where there is one: a file then need not name it."""
        keys = {key for found in self._named("controllers").values() for key in found}
        return next(iter(keys)) if len(keys) == 1 else None


def _as_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
