"""The timers of customers' items: where each stands and why, and what is due on a day."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from privreg.law.retention import (
    Action,
    ItemState,
    ItemStatus,
)
from privreg.registers.customers import name_of
from privreg.services.item_counting import counted
from privreg.services.item_states import state_of
from privreg.services.restricted import is_hidden
from privreg.services.roles import Right, must, sees_names
from privreg.store import due as due_store
from privreg.store.item_reading import (
    ItemsRead,
    keys_of_customer,
    read_items,
    read_listed,
    read_rules,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from privreg.translation import Message

Place = due_store.Place
"""Where a page of the due list ends."""
Only = due_store.Only
EVERYTHING = due_store.ALL
"""Which part of the due list is asked for: a rule, a group of people, a kind of data."""


PAGE = 50
"""Lines of a page of the due list: more than a window shows at once."""


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of a customer with where it stands on a day.

    `share` is how much of the term has passed, between 0 and 1; None while nothing counts.
    `is_hidden` says that name and content may be opened with a reason only.
    """

    item: Values
    kind: str
    group: str
    rule: str
    state: ItemState
    share: float | None
    is_hidden: bool = False


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
    must(desk.user.roles, Right.READ, "items")
    with desk.store.read() as connection:
        around = read_items(connection, item_ids)
    return {key: state_of(around, key, on) for key in item_ids if key in around.items}


def due(
    desk: Desk,
    on: date,
    *,
    after: Place | None = None,
    limit: int = PAGE,
    only: Only = EVERYTHING,
) -> DuePage:
    """Return a page of what is due on a day, by rule and starting day, each with its reasons.

    `only` limits it to a rule, a group of people or a kind of data.
    """
    must(desk.user.roles, Right.READ, "items")
    lines: list[DueLine] = []
    with desk.store.read() as connection:
        around = read_rules(connection)
        reached = due_store.reaches_of(around.rules.values(), around.book_years, on)
        while len(lines) < limit:
            wanted = limit - len(lines)
            places = due_store.due_keys(
                connection, reached, on, after=after, limit=wanted, only=only
            )
            read_listed(connection, around, [place.item_id for place in places])
            lines += _lines(desk, around, places, on)
            after = places[-1] if places else None
            if len(places) < wanted:
                return DuePage(lines, None)
    return DuePage(lines, after)


def due_counts(
    desk: Desk,
    on: date,
    *,
    so_far: Callable[[dict[UUID, int]], object] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[UUID, int]:
    """Count what is due per rule; takes seconds on millions, so ask for it in background.

    See `item_counting.counted` for `so_far` and `cancelled`; what was counted when cancelled
    is returned.
    """
    return counted(desk, on, so_far=so_far, cancelled=cancelled).due


def _lines(desk: Desk, around: ItemsRead, places: Iterable[Place], on: date) -> Iterable[DueLine]:
    for place in places:
        state = state_of(around, place.item_id, on)
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
    state = state_of(around, key, on)
    hidden = is_hidden(desk, key, state)
    if hidden or not sees_names(desk.user.roles, "items"):
        item["label"] = item["content"] = ""
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
        hidden,
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
