"""Compares what is kept with what it follows from: journal, rules and words.

The chain of the journal shows that nobody changed the journal; here it is compared with the
records themselves, so that a value changed outside the program shows too. Timers and search
rows are worked out from the records: they are worked out again and compared.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from privreg.registers.customer_entries import Item
from privreg.registers.customers import REGISTER as CUSTOMERS
from privreg.store import governed, search
from privreg.store.everything import pages
from privreg.store.gate import comparable, is_empty, written_fields
from privreg.store.journal_chain import canonical
from privreg.store.records import table_of
from privreg.store.tables import JournalEntry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from privreg.registers.declaration import Register, Values

_JOURNAL: sa.Table = JournalEntry.__table__  # type: ignore[attr-defined]
_ITEMS = table_of(Item)
OF_RECORDS = ("create", "change", "delete")


class Differs(Enum):
    """What was found to be otherwise than it should be."""

    CHANGED = "changed"  # a field holds what no entry of the journal gave it
    GONE = "gone"  # a record is away that the journal never saw deleted
    ADDED = "added"  # a record stands here of which the journal knows nothing
    TIMERS = "timers"  # the rules govern a customer's items otherwise than is kept
    SEARCH = "search"  # a record is found by other words than it holds, or not at all


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that is not as it should be; `field` where one field tells it."""

    how: Differs
    slug: str
    number: str
    field: str = ""


def beside_journal(connection: sa.Connection, register: Register) -> Iterator[Difference]:
    """Yield the records of a register that are not as the journal left them."""
    names = written_fields(register)
    for page in pages(connection, register):
        told = _told(connection, [record["id"] for record in page])
        for record in page:
            yield from _differences(register, names, record, told.get(record["id"]))
    for record_id in _vanished(connection, register):
        yield Difference(Differs.GONE, register.slug, str(record_id))


def _told(connection: sa.Connection, keys: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return the last value the journal gave each field; a struck field is `...`."""
    query = (
        sa.select(_JOURNAL.c.record_id, _JOURNAL.c.contents, _JOURNAL.c.struck)
        .where(_JOURNAL.c.record_id.in_(keys), _JOURNAL.c.action.in_(OF_RECORDS))
        .order_by(_JOURNAL.c.seq)
    )
    told: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for record_id, contents, struck in connection.execute(query):
        last = told[record_id]
        last |= {name: new for name, (_salt, _old, new) in contents.items()}
        last |= dict.fromkeys(struck, ...)
    return told


def _differences(
    register: Register, names: Sequence[str], record: Values, told: dict[str, Any] | None
) -> Iterator[Difference]:
    number = str(record.get("number") or record["id"])
    if told is None:
        yield Difference(Differs.ADDED, register.slug, number)
        return
    for name in names:
        text = told.get(name)
        if text is not ... and not _is_same(comparable(record.get(name)), text):
            yield Difference(Differs.CHANGED, register.slug, number, name)


def _is_same(value: Any, text: str | None) -> bool:
    if is_empty(value):
        return text is None or is_empty(json.loads(text))
    return text == canonical(value)


def _vanished(connection: sa.Connection, register: Register) -> list[UUID]:
    table, deletion = table_of(register.model), _JOURNAL.alias()
    deleted = sa.exists().where(
        deletion.c.record_id == _JOURNAL.c.record_id, deletion.c.action == "delete"
    )
    query = sa.select(_JOURNAL.c.record_id).where(
        _JOURNAL.c.slug == register.slug,
        _JOURNAL.c.action == "create",
        ~sa.exists().where(table.c.id == _JOURNAL.c.record_id),
        ~deleted,
    )
    return list(connection.execute(query.distinct()).scalars())


def of_timers(connection: sa.Connection) -> Iterator[Difference]:
    """Yield the customers whose timers are not what rules, items and events make them."""
    for page in pages(connection, CUSTOMERS):
        customers = {record["id"]: record for record in page}
        items = _items(connection, list(customers))
        owners = {item["id"]: item["customer_id"] for item in items}
        ought = _by_owner(governed.timers_now(connection, items, customers), owners)
        kept = _by_owner(_timers(connection, list(customers)), owners)
        for key, record in customers.items():
            if ought[key] != kept[key]:
                yield Difference(Differs.TIMERS, CUSTOMERS.slug, record["number"])


def _items(connection: sa.Connection, customer_ids: Sequence[UUID]) -> list[Values]:
    query = sa.select(*(_ITEMS.c[name] for name in governed.OF_ITEMS))
    found = connection.execute(query.where(_ITEMS.c.customer_id.in_(customer_ids)))
    return [dict(row) for row in found.mappings()]


def _timers(connection: sa.Connection, customer_ids: Sequence[UUID]) -> list[Values]:
    of_items = sa.select(_ITEMS.c.id).where(_ITEMS.c.customer_id.in_(customer_ids))
    query = sa.select(governed.TIMERS).where(governed.TIMERS.c.item_id.in_(of_items))
    return [dict(row) for row in connection.execute(query).mappings()]


def _by_owner(
    timers: Sequence[Values], owners: dict[UUID, UUID]
) -> dict[UUID, set[tuple[Any, ...]]]:
    found: dict[UUID, set[tuple[Any, ...]]] = defaultdict(set)
    for each in timers:
        row = (each["item_id"], each["rule_id"], each["starts_on"], each["drives"])
        found[owners[each["item_id"]]].add(row)
    return found


def of_search(connection: sa.Connection, register: Register) -> Iterator[Difference]:
    """Yield the records that are found by other words than they hold, or not at all."""
    rows = search.ROWS
    if register.parent:
        return
    for page in pages(connection, register):
        query = sa.select(rows.c.record_id, rows.c.codes, rows.c.words)
        wanted = rows.c.record_id.in_([record["id"] for record in page])
        kept = {
            key: (codes, words) for key, codes, words in connection.execute(query.where(wanted))
        }
        for record in page:
            if kept.get(record["id"]) != search.words_of(register, record):
                number = str(record.get("number") or record["id"])
                yield Difference(Differs.SEARCH, register.slug, number)
    stale = sa.select(rows.c.codes, rows.c.record_id).where(
        rows.c.slug == register.slug,
        ~sa.exists().where(table_of(register.model).c.id == rows.c.record_id),
    )
    for codes, key in connection.execute(stale):
        yield Difference(Differs.SEARCH, register.slug, codes or str(key))


def find_anew(connection: sa.Connection, registers: Sequence[Register]) -> None:
    """Make every record findable by what it holds now, and nothing else."""
    connection.execute(sa.delete(search.ROWS))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_index(search_index) VALUES('delete-all')")
    for register in registers:
        if not register.parent:
            for page in pages(connection, register):
                search.put_new(connection, register, page)
