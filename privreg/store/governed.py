"""Which rules govern which items, and from which day each counts.

Kept per item and rule in `item_timers`; recomputed for a customer when an event, item or
group of that customer changes, and for all when a rule's scope changes. A rule's period,
action and source are never written here: they are read when the question is asked.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from privreg.law.retention import (
    Bound,
    EventType,
    ItemFacts,
    Occurrence,
    RuleScope,
    conditions_met,
    governing,
    starting_day,
)
from privreg.registers.customer_entries import Event, Item
from privreg.registers.customers import Customer
from privreg.registers.rules import Rule
from privreg.store.records import MANY, table_of
from privreg.store.row_writer import RowWriter
from privreg.store.tables import ItemTimer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from privreg.registers.declaration import Values

_ITEMS = table_of(Item)
_EVENTS = table_of(Event)
_CUSTOMERS = table_of(Customer)
_RULES = table_of(Rule)
TIMERS: sa.Table = ItemTimer.__table__  # type: ignore[attr-defined]

OF_ITEMS = ("id", "customer_id", "group_id", "kind_id", "dated_on")
OF_EVENTS = ("customer_id", "item_id", "type", "happened_on")
GOVERNING_FIELDS = frozenset(
    {"controller_id", "group_id", "kind_id", "condition", "event", "bound", "runs_on", "state"}
)
"""The fields of a rule that say what it governs; changing another touches no item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoverningRule(RuleScope):
    """The scope of a rule of the register, with its key and the event it counts from."""

    id: UUID
    event: EventType | None


def governing_rules(connection: sa.Connection) -> tuple[GoverningRule, ...]:
    """Return the active rules that run on items here."""
    query = sa.select(_RULES).where(_RULES.c.state == "active", _RULES.c.runs_on == "items")
    return tuple(governing_rule(dict(rule)) for rule in connection.execute(query).mappings())


def governing_rule(rule: Values) -> GoverningRule:
    """Make a rule comparable from its values."""
    return GoverningRule(
        id=rule["id"],
        event=EventType(rule["event"]) if rule["event"] else None,
        key=str(rule["id"]),
        controller=rule["controller_id"],
        group=rule["group_id"],
        kind=rule["kind_id"],
        condition=rule["condition"] or None,
        bound=Bound(rule["bound"]),
    )


def timers_of(
    rules: Sequence[GoverningRule],
    controller_id: UUID,
    items: Iterable[Values],
    events: Sequence[Values],
    known: dict[ItemFacts, Sequence[GoverningRule]] | None = None,
) -> Iterator[Values]:
    """Yield the timer rows of one customer's items.

    `events` stand in the order they were entered; those without `item_id` concern every
    item of the customer. `known` remembers which rules govern what, over many customers.
    """
    known = {} if known is None else known
    of_all = [_occurrence(event) for event in events if event.get("item_id") is None]
    of_item: dict[UUID, list[Occurrence]] = defaultdict(list)
    for event in events:
        if event.get("item_id") is not None:
            of_item[event["item_id"]].append(_occurrence(event))
    for item in items:
        own = of_item[item["id"]]
        facts = ItemFacts(
            controller=controller_id,
            groups=frozenset({item["group_id"]}),
            kind=item["kind_id"],
            conditions=frozenset(str(each.value) for each in conditions_met(own)),
        )
        if facts not in known:
            known[facts] = governing(rules, facts)
        yield from _of_item(known[facts], item, [*of_all, *own])


def _of_item(
    rules: Sequence[GoverningRule], item: Values, occurred: list[Occurrence]
) -> Iterator[Values]:
    demanded = any(rule.bound.demands for rule in rules)
    if item.get("dated_on") is not None:
        occurred = [Occurrence(EventType.ITEM_DATE, item["dated_on"]), *occurred]
    for rule in rules:
        yield {
            "item_id": item["id"],
            "rule_id": rule.id,
            "starts_on": starting_day(rule.event, occurred) if rule.event else None,
            "drives": rule.bound.demands or not demanded,
        }


def _occurrence(event: Values) -> Occurrence:
    return Occurrence(EventType(event["type"]), event["happened_on"])


def regovern(
    connection: sa.Connection,
    customer_ids: Sequence[UUID],
    rules: Sequence[GoverningRule] | None = None,
) -> int:
    """Recompute the timers of these customers' items; return how many items that were."""
    rules = governing_rules(connection) if rules is None else rules
    count = 0
    for start in range(0, len(customer_ids), MANY):
        count += _regovern(connection, customer_ids[start : start + MANY], rules)
    return count


def timers_now(
    connection: sa.Connection, items: Sequence[Values], customers: Mapping[UUID, Values]
) -> list[Values]:
    """Work the timers of some items out, whatever stands in the table."""
    rules = governing_rules(connection)
    events = _by_customer(connection, _EVENTS, list(customers), OF_EVENTS)
    of_customer: dict[UUID, list[Values]] = defaultdict(list)
    for item in items:
        of_customer[item["customer_id"]].append(item)
    return [
        timer
        for key, own in of_customer.items()
        for timer in timers_of(rules, customers[key]["controller_id"], own, events[key])
    ]


def govern_new(
    connection: sa.Connection,
    items: Sequence[Values],
    rules: Sequence[GoverningRule],
    known: dict[ItemFacts, Sequence[GoverningRule]],
) -> None:
    """Write the timers of items that were just added, and that no event names yet."""
    by_customer: dict[UUID, list[Values]] = defaultdict(list)
    for item in items:
        by_customer[item["customer_id"]].append(item)
    keys = list(by_customer)
    rows: list[Values] = []
    for start in range(0, len(keys), MANY):
        some = keys[start : start + MANY]
        events = _by_customer(connection, _EVENTS, some, OF_EVENTS)
        for key, controller_id in _controllers(connection, some).items():
            rows += timers_of(rules, controller_id, by_customer[key], events[key], known)
    RowWriter(connection, TIMERS).write(rows)


def _controllers(connection: sa.Connection, customer_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    columns = (_CUSTOMERS.c.id, _CUSTOMERS.c.controller_id)
    query = sa.select(*columns).where(_CUSTOMERS.c.id.in_(customer_ids))
    return dict(connection.execute(query).all())


def _regovern(
    connection: sa.Connection, customer_ids: Sequence[UUID], rules: Sequence[GoverningRule]
) -> int:
    controllers = _controllers(connection, customer_ids)
    items = _by_customer(connection, _ITEMS, customer_ids, OF_ITEMS)
    events = _by_customer(connection, _EVENTS, customer_ids, OF_EVENTS)
    of_these = sa.select(_ITEMS.c.id).where(_ITEMS.c.customer_id.in_(customer_ids))
    connection.execute(sa.delete(TIMERS).where(TIMERS.c.item_id.in_(of_these)))
    known: dict[ItemFacts, Sequence[GoverningRule]] = {}
    rows = [
        row
        for customer_id, controller_id in controllers.items()
        for row in timers_of(rules, controller_id, items[customer_id], events[customer_id], known)
    ]
    RowWriter(connection, TIMERS).write(rows)
    return sum(len(each) for each in items.values())


def _by_customer(
    connection: sa.Connection,
    table: sa.Table,
    customer_ids: Sequence[UUID],
    names: tuple[str, ...],
) -> Mapping[UUID, list[Values]]:
    found: dict[UUID, list[Values]] = defaultdict(list)
    query = (
        sa.select(*(table.c[name] for name in names))
        .where(table.c.customer_id.in_(customer_ids))
        .order_by(table.c.created_at, table.c.id)
    )
    for row in connection.execute(query).mappings():
        found[row["customer_id"]].append(dict(row))
    return found
