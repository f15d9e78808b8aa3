"""Where an item stands on a day, from what the store read about it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from privreg.law.period import MonthDay, Period
from privreg.law.retention import (
    Action,
    Bound,
    CountedFrom,
    EventType,
    HoldSpan,
    ItemState,
    Timer,
    resolve,
)
from privreg.registers.customer_entries import HOLDS
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from privreg.registers.declaration import Values
    from privreg.store.item_reading import ItemsRead


def state_of(read: ItemsRead, key: UUID, on: date) -> ItemState:
    """Return where an item stands on a day; the item must be among those read."""
    item = read.items[key]
    customer = read.customers[item["customer_id"]]
    holds = read.holds[key]
    restricted = [each for each in holds if each["reason"] == "restriction"]
    spans = [_span(each) for each in holds if each["reason"] != "restriction"]
    return resolve(
        [_timer(read, customer, each) for each in read.timers[key]],
        on,
        holds=spans,
        restricted=any(_span(each).covers(on) for each in restricted),
        no_anonymised_copies=bool(customer["no_anonymised"]),
    )


def _span(hold: Values) -> HoldSpan:
    label = Message(HOLDS.field("reason").label_of(hold["reason"]))
    return HoldSpan(label, hold["since_on"], hold["review_on"], hold["until_on"])


def _timer(read: ItemsRead, customer: Values, row: Mapping[str, Any]) -> Timer:
    key = row["rule_id"], customer["controller_id"]
    if key not in read.terms:
        read.terms[key] = _term(read, *key)
    return replace(read.terms[key], starts_on=row["starts_on"])


def _term(read: ItemsRead, rule_id: UUID, controller_id: UUID) -> Timer:
    """Return the timer a rule makes for the items of a controller, without its starting day."""
    rule = read.rules[rule_id]
    by_period = rule["measure"] == "period" and bool(rule["period"])
    end = read.book_years.get(controller_id) or None
    return Timer(
        rule_key=str(rule["id"]),
        rule_label=rule["name"],
        bound=Bound(rule["bound"]),
        starts_on=None,
        period=Period.parse(rule["period"]) if by_period else None,
        event=EventType(rule["event"]).message if rule["event"] else message(N_("the event")),
        counted_from=CountedFrom(rule["counted_from"]),
        book_year_end=MonthDay.parse(end) if end else None,
        action=Action(rule["action"]),
        review_on=rule["review_on"],
    )
