"""The timers of customers' items: where each stands and why, and what is due on a day."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from privreg.law.period import MonthDay, Period
from privreg.law.retention import (
    Action,
    Bound,
    CountedFrom,
    EventType,
    HoldSpan,
    ItemState,
    ItemStatus,
    Timer,
    resolve,
)
from privreg.registers.customer_entries import HOLDS
from privreg.registers.customers import name_of
from privreg.services.roles import Right, must, sees_names
from privreg.store import due as due_store
from privreg.store.item_reading import ItemsRead, keys_of_customer, read_items
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from privreg.store.due import Place


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of a customer with where it stands on a day.

    `share` is how much of the term has passed, between 0 and 1; None while nothing counts.
    """

    item: Values
    kind: str
    group: str
    rule: str
    state: ItemState
    share: float | None


@dataclass(frozen=True, slots=True)
class DueLine:
    """One item that is due: whose, what, under which rule, and why."""

    place: Place
    item_id: UUID
    customer_id: UUID
    customer: str
    customer_name: str
    group: str
    kind: str
    label: str
    where: str
    rule: str
    rule_name: str
    keep_through: date
    dispose_from: date
    action: Action
    because: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class DuePage:
    """Some lines of the due list; `next` is where the following page begins, None at the end."""

    lines: list[DueLine]
    next: Place | None


def customer_items(desk: Desk, customer_id: UUID, on: date) -> list[ItemView]:
    """Return every item of a customer and where it stands on a day, by kind and name."""
    must(desk.user.roles, Right.READ, "items")
    with desk.store.read() as connection:
        keys = keys_of_customer(connection, customer_id)
        around = read_items(connection, keys)
    return [_view(desk, around, key, on) for key in keys]


def item_states(desk: Desk, item_ids: Sequence[UUID], on: date) -> dict[UUID, ItemState]:
    """Return where these items stand on a day."""
    with desk.store.read() as connection:
        around = read_items(connection, item_ids)
    return {key: _state(around, key, on) for key in item_ids if key in around.items}


def due(desk: Desk, on: date, *, after: Place | None = None, limit: int = 100) -> DuePage:
    """Return a page of what is due on a day, by rule and starting day, each with its reasons."""
    must(desk.user.roles, Right.READ, "items")
    lines: list[DueLine] = []
    with desk.store.read() as connection:
        reached = due_store.reaches(connection, on)
        while len(lines) < limit:
            wanted = limit - len(lines)
            places = due_store.due_keys(connection, reached, on, after=after, limit=wanted)
            around = read_items(connection, [place.item_id for place in places])
            lines += _lines(desk, around, places, on)
            after = places[-1] if places else None
            if len(places) < wanted:
                return DuePage(lines, None)
    return DuePage(lines, after)


def due_counts(desk: Desk, on: date) -> dict[UUID, int]:
    """Count what is due per rule; may take seconds on millions, so ask for it in background."""
    must(desk.user.roles, Right.READ, "items")
    with desk.store.read() as connection:
        return due_store.count_due(connection, due_store.reaches(connection, on), on)


def _lines(desk: Desk, around: ItemsRead, places: Iterable[Place], on: date) -> Iterable[DueLine]:
    for place in places:
        state = _state(around, place.item_id, on)
        if state.state is ItemStatus.DUE and state.keep_through and state.dispose_from:
            yield _line(desk, around, place, state)


def _line(desk: Desk, around: ItemsRead, place: Place, state: ItemState) -> DueLine:
    item = around.items[place.item_id]
    customer = around.customers[item["customer_id"]]
    rule = around.rules[_rule_key(state, place)]
    sees = sees_names(desk.user.roles, "customers")
    assert state.keep_through is not None  # noqa: S101  (asked for by the caller)
    assert state.dispose_from is not None  # noqa: S101
    return DueLine(
        place=place,
        item_id=place.item_id,
        customer_id=customer["id"],
        customer=customer["number"],
        customer_name=name_of(customer) if sees else "",
        group=around.groups.get(item["group_id"], ""),
        kind=around.kinds.get(item["kind_id"], ""),
        label=item["label"] if sees else "",
        where=item["place"],
        rule=rule["number"],
        rule_name=rule["name"],
        keep_through=state.keep_through,
        dispose_from=state.dispose_from,
        action=state.action or Action.ERASE,
        because=state.because,
    )


def _rule_key(state: ItemState, place: Place) -> UUID:
    return UUID(state.rule_key) if state.rule_key else place.rule_id


def _view(desk: Desk, around: ItemsRead, key: UUID, on: date) -> ItemView:
    item = dict(around.items[key])
    if not sees_names(desk.user.roles, "items"):
        item["label"] = item["content"] = ""
    state = _state(around, key, on)
    rule = next(
        (each["name"] for each in around.rules.values() if str(each["id"]) == state.rule_key), ""
    )
    return ItemView(
        item,
        around.kinds.get(item["kind_id"], ""),
        around.groups.get(item["group_id"], ""),
        rule,
        state,
        _share(around, key, state, on),
    )


def _share(around: ItemsRead, key: UUID, state: ItemState, on: date) -> float | None:
    starts = [
        timer["starts_on"]
        for timer in around.timers[key]
        if str(timer["rule_id"]) == state.rule_key and timer["starts_on"] is not None
    ]
    if not starts or state.keep_through is None:
        return None
    whole = (state.keep_through - starts[0]).days
    return 1.0 if whole <= 0 else min(1.0, max(0.0, (on - starts[0]).days / whole))


def _state(around: ItemsRead, key: UUID, on: date) -> ItemState:
    item = around.items[key]
    customer = around.customers[item["customer_id"]]
    holds = around.holds[key]
    restricted = [each for each in holds if each["reason"] == "restriction"]
    spans = [_span(each) for each in holds if each["reason"] != "restriction"]
    return resolve(
        [_timer(around, customer, each) for each in around.timers[key]],
        on,
        holds=spans,
        restricted=any(_span(each).covers(on) for each in restricted),
        no_anonymised_copies=bool(customer["no_anonymised"]),
    )


def _span(hold: Values) -> HoldSpan:
    label = Message(HOLDS.field("reason").label_of(hold["reason"]))
    return HoldSpan(label, hold["since_on"], hold["review_on"], hold["until_on"])


def _timer(around: ItemsRead, customer: Values, row: Mapping[str, Any]) -> Timer:
    rule = around.rules[row["rule_id"]]
    by_period = rule["measure"] == "period" and bool(rule["period"])
    end = around.book_years.get(customer["controller_id"]) or None
    return Timer(
        rule_key=str(rule["id"]),
        rule_label=rule["name"],
        bound=Bound(rule["bound"]),
        starts_on=row["starts_on"],
        period=Period.parse(rule["period"]) if by_period else None,
        event=EventType(rule["event"]).message if rule["event"] else message(N_("the event")),
        counted_from=CountedFrom(rule["counted_from"]),
        book_year_end=MonthDay.parse(end) if end else None,
        action=Action(rule["action"]),
        review_on=rule["review_on"],
    )
