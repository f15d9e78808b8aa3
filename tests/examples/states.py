"""Judges every item of an example by its rules, the way the law's functions do."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from privreg.exchange.examples import CustomerBundle, example_customers, example_records
from privreg.law.events import EventType, Occurrence, conditions_met, starting_day
from privreg.law.period import MonthDay, Period
from privreg.law.retention import (
    Action,
    Bound,
    Condition,
    CountedFrom,
    HoldSpan,
    ItemFacts,
    ItemState,
    RuleScope,
    Timer,
    governing,
    resolve,
)
from privreg.translation import message

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)
TODAY = date(2026, 4, 3)


def afternoon_of(day: date) -> datetime:
    """Return the moment of a day on which examples are made here."""
    return datetime.combine(day, NOW.timetz())


@cache
def records(name: str, today: date = TODAY) -> dict[str, list[dict[str, Any]]]:
    """Return the records of an example by register."""
    found: dict[str, list[dict[str, Any]]] = {}
    for slug, values in example_records(name, today=today, now=afternoon_of(today)):
        found.setdefault(slug, []).append(values)
    return found


@cache
def some_customers(
    name: str, count: int = 200, seed: int = 1, today: date = TODAY
) -> tuple[CustomerBundle, ...]:
    """Return customers of an example."""
    now = afternoon_of(today)
    return tuple(example_customers(name, count=count, seed=seed, today=today, now=now))


@cache
def scopes(name: str, today: date = TODAY) -> dict[str, tuple[RuleScope, dict[str, Any]]]:
    """Return the rules of an example that run on items, by key."""
    return {
        str(rule["id"]): (scope_of(rule), rule)
        for rule in records(name, today)["rules"]
        if rule["runs_on"] == "items"
    }


def scope_of(rule: dict[str, Any]) -> RuleScope:
    """Return what a rule governs."""
    condition = rule.get("condition")
    return RuleScope(
        key=str(rule["id"]),
        controller=rule.get("controller_id"),
        group=rule.get("group_id"),
        kind=rule.get("kind_id"),
        condition=Condition(condition) if condition else None,
        bound=Bound(rule["bound"]),
    )


def states(
    name: str, bundle: CustomerBundle, today: date = TODAY
) -> Iterator[tuple[dict[str, Any], ItemState]]:
    """Return each item of a customer with its state today."""
    for item in bundle.items:
        yield item, state_of(name, bundle, item, today)


def state_of(
    name: str, bundle: CustomerBundle, item: dict[str, Any], today: date = TODAY
) -> ItemState:
    """Return where one item stands today."""
    events = occurrences(bundle, item)
    facts = ItemFacts(
        controller=bundle.customer["controller_id"],
        groups=frozenset({item["group_id"]}),
        kind=item["kind_id"],
        conditions=frozenset(conditions_met(events)),
    )
    found = scopes(name, today)
    governed = governing([scope for scope, _rule in found.values()], facts)
    holds = [hold for hold in bundle.holds if item["id"] in hold["items"]]
    return resolve(
        [
            timer_of(found[scope.key][1], events, item["dated_on"], book_year_end(name))
            for scope in governed
        ],
        today,
        holds=[
            HoldSpan(hold["reason"], hold["since_on"], None, hold.get("until_on"))
            for hold in holds
            if hold["reason"] != "restriction"
        ],
        restricted=any(hold["reason"] == "restriction" for hold in holds),
    )


def occurrences(bundle: CustomerBundle, item: dict[str, Any]) -> list[Occurrence]:
    """Return the events that count for an item: its own and those of the customer."""
    return [
        Occurrence(EventType(event["type"]), event["happened_on"])
        for event in bundle.events
        if event["item_id"] in (None, item["id"])
    ]


def book_year_end(name: str) -> MonthDay:
    """Return the last day of the book year of an example's first controller."""
    return MonthDay.parse(records(name)["controllers"][0]["book_year_end"])


def timer_of(
    rule: dict[str, Any], events: list[Occurrence], dated_on: date, year_end: MonthDay
) -> Timer:
    """Return a rule at work on an item."""
    event = EventType(rule["event"]) if rule.get("event") else EventType.ITEM_DATE
    start = dated_on if event is EventType.ITEM_DATE else starting_day(event, events)
    return Timer(
        rule_key=str(rule["id"]),
        rule_label=rule["name"],
        bound=Bound(rule["bound"]),
        starts_on=start,
        period=Period.parse(rule["period"]) if rule["measure"] == "period" else None,
        event=message(rule.get("event", "")),
        counted_from=CountedFrom(rule["counted_from"]),
        book_year_end=year_end,
        action=Action(rule["action"]),
        review_on=rule.get("review_on"),
    )


def counted(name: str, count: int = 200, seed: int = 1, today: date = TODAY) -> Counter[str]:
    """Return how many items of so many customers are in each state."""
    return Counter(
        state.state.value
        for bundle in some_customers(name, count, seed, today)
        for _item, state in states(name, bundle, today)
    )
