"""One reading of the records: what clocks, findings and reports look at, each read once."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.clock import day_of
from privreg.registers.customer_entries import HOLDS
from privreg.registers.declaration import Register, Surroundings, Values
from privreg.registers.register_list import register_of
from privreg.store.holds import held_numbers, open_holds
from privreg.store.records import load, load_all, with_number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from privreg.store.store import Connection


class Reading:
    """The small registers in one view of the records, and single records of the large ones.

    `around` is what declarations ask for; `now` is aware.
    """

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.connection = connection
        self._read: dict[str, dict[UUID, Values]] = {}
        self._held_numbers: dict[UUID, str] = {}
        self.around = Surroundings(
            now=now,
            today=day_of(now),
            records=self.records,
            record=self.record,
            customer_number=self.customer_number,
        )

    def records(self, slug: str) -> list[Values]:
        """Return all records of a small register."""
        if slug not in self._read:
            found = load_all(self.connection, register_of(slug))
            self._read[slug] = {each["id"]: each for each in found}
        return list(self._read[slug].values())

    def record(self, slug: str, record_id: UUID) -> Values | None:
        """Return one record of any register."""
        register = register_of(slug)
        if register.large or register.parent:
            return load(self.connection, register, record_id)
        self.records(slug)
        return self._read[slug].get(record_id)

    def customer_number(self, customer_id: UUID) -> str:
        """Return the number of a customer; `running` reads those of the held at once."""
        known = self._held_numbers.get(customer_id)
        if known is None:
            known = (self.record("customers", customer_id) or {}).get("number", "")
        return known

    def judged(self, register: Register) -> Iterable[Values]:
        """Return the records that may lack something: all of a small register.

        Of customers and their parts only those with a text that may hold a national number.
        """
        if not register.large and not register.parent:
            return self.records(register.slug)
        return with_number(self.connection, register)

    def running(self, register: Register) -> Iterable[Values]:
        """Return the records whose clocks may run: all of a small register, holds that stand.

        A hold comes without the items it names.
        """
        if register is HOLDS:
            self._held_numbers = held_numbers(self.connection, self.around.today)
            return open_holds(self.connection, self.around.today)
        return () if register.large or register.parent else self.records(register.slug)
