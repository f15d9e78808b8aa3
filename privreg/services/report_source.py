"""Reads what a report is made from, as its reader may see it, in one view of the records."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.registers.declaration import Kind, Values
from privreg.registers.register_list import REGISTERS, register_of
from privreg.reports.book import Book
from privreg.services.reading import Reading
from privreg.services.records import titles, visible_fields
from privreg.services.roles import Right, may, sees_names
from privreg.store import journal
from privreg.store.records import with_rows
from privreg.translation import language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from privreg.registers.declaration import Linked, Register
    from privreg.services.desk import Desk
    from privreg.store.store import Connection

SMALL = tuple(each for each in REGISTERS if not each.large and not each.parent)


class Source(Reading):
    """One reading, as the reader of a report may see it."""

    def __init__(self, desk: Desk, connection: Connection, now: datetime) -> None:
        super().__init__(connection, now)
        self._desk = desk

    def book(self) -> Book:
        """Return the book of this reading for the user at the desk."""
        seen = {
            register.slug: self._seen(register)
            for register in SMALL
            if may(self._desk.user.roles, Right.READ, register.slug)
        }
        return Book(
            around=self.around,
            made_at=self._desk.clock.now(),
            made_by=self._desk.user.name or self._desk.user.login,
            register=self._desk.name,
            seen=seen,
            titles=self._titles(seen),
            groups_of=self._groups_of(seen),
            journal_hash=journal.latest_hash(self.connection),
            language=language(),
        )

    def _seen(self, register: Register) -> Sequence[Values]:
        """Take out what this reader may not see, so that it is nowhere on paper."""
        found = self.records(register.slug)
        if sees_names(self._desk.user.roles, register.slug):
            return found
        visible = {each.name for each in visible_fields(self._desk, register)}
        hidden = {each.name for each in register.fields} - visible
        return [{k: None if k in hidden else v for k, v in each.items()} for each in found]

    def _titles(self, seen: Mapping[str, Sequence[Values]]) -> Mapping[UUID, Linked]:
        """Name the customers that records refer to."""
        wanted: dict[str, set[UUID]] = {}
        for slug, records in seen.items():
            for field in register_of(slug).fields:
                if field.kind in (Kind.LINK, Kind.LINKS) and register_of(field.to).large:
                    found = wanted.setdefault(field.to, set())
                    found.update(key for each in records for key in _keys(each.get(field.name)))
        return titles(self._desk, wanted)

    def _groups_of(self, seen: Mapping[str, Sequence[Values]]) -> Mapping[UUID, Sequence[UUID]]:
        """Return the groups of the customers who made requests."""
        asked = {each["customer_id"] for each in seen.get("requests", ())} - {None}
        customers = [{"id": key} for key in asked]
        found = with_rows(self.connection, register_of("customers"), customers)
        return {each["id"]: each["groups"] for each in found}


def _keys(value: object) -> list[UUID]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]  # type: ignore[list-item]
