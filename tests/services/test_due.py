"""What the due list finds by ranges is what the law says of every single item."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from privreg.law.retention import EventType, ItemStatus
from privreg.registers.register_list import register_of
from privreg.registers.tables import new_key
from privreg.services import item_counting, timers
from privreg.store import bulk, gate, item_counts
from tests.effort import CASES
from tests.services.conftest import CONTROLLER, first

if TYPE_CHECKING:
    from uuid import UUID

    from hypothesis.strategies import SearchStrategy

    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from privreg.store.due import Place

OFFICES = CASES // 10
"""A case is an item on a day: the smallest office drawn has four, most have about ten."""
NAMES = ("one", "other")
EVENTS = (EventType.CONTRACT_ENDED, EventType.CONTRACT_STARTED, EventType.INCIDENT)
CLEARED = (
    *("hold_items", "holds", "item_timers", "events", "items", "customer_groups"),
    *("customers", "rules", "search_rows"),
)

ENDS_OF_MONTHS = [
    *(date(2016, 2, 29), date(2019, 2, 28), date(2020, 2, 29), date(2023, 12, 31)),
    *(date(2024, 2, 29), date(2024, 8, 31), date(2024, 11, 30), date(2025, 6, 30)),
]
DAYS_BESIDE = [
    *(date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1), date(2026, 1, 1), date(2027, 2, 28)),
    *(date(2027, 3, 1), date(2031, 1, 1), date(2031, 7, 1), date(2032, 2, 29), date(2032, 3, 1)),
]
days = some.dates(date(2015, 1, 1), date(2026, 4, 3)) | some.sampled_from(ENDS_OF_MONTHS)
asked_days = some.dates(date(2022, 1, 1), date(2036, 1, 1)) | some.sampled_from(DAYS_BESIDE)
PERIODS = ("P1Y", "P0D", "P1M", "P30D", "P6M", "P160W", "P5Y", "P7Y", "P20Y", "")
either = some.sampled_from(NAMES)
perhaps = some.sampled_from((None, None, *NAMES))
rules = some.fixed_dictionaries(
    {
        "controller": perhaps,
        "group": perhaps,
        "kind": perhaps,
        "event": some.sampled_from(("item_date", "item_date", "contract_ended")),
        "counted_from": some.sampled_from(("day", "day", "calendar_year", "book_year")),
        "period": some.sampled_from(PERIODS),
        "bound": some.sampled_from(("at_most", "at_least", "both")),
        "action": some.sampled_from(("erase", "anonymise")),
        "condition": some.sampled_from(("", "", "", "incident")),
        "state": some.sampled_from(("active", "active", "active", "ended")),
    }
)
events = some.fixed_dictionaries(
    {
        "type": some.sampled_from([each.value for each in EVENTS]),
        "on": days,
        "item": some.sampled_from((None, None, 0, 1)),
    }
)
items = some.fixed_dictionaries({"kind": either, "group": either, "dated_on": days | some.none()})
holds = some.fixed_dictionaries(
    {
        "reason": some.sampled_from(("dispute", "restriction")),
        "since": days,
        "lasts": some.none() | some.integers(0, 1500),
        "item": some.integers(0, 2),
    }
)
customers: SearchStrategy[Values] = some.fixed_dictionaries(
    {
        "controller": either,
        "no_anonymised": some.booleans(),
        "items": some.lists(items, min_size=1, max_size=3),
        "events": some.lists(events, max_size=3),
        "holds": some.lists(holds, max_size=1),
    }
)


@dataclass(slots=True)
class Bundle:
    """One customer as bulk writing takes it."""

    customer: Values
    items: list[Values] = field(default_factory=list)
    events: list[Values] = field(default_factory=list)
    holds: list[Values] = field(default_factory=list)
    consents: list[Values] = field(default_factory=list)


Known = dict[str, dict[str, "UUID"]]


@pytest.fixture
def known(any_desk: Desk) -> Known:
    """Two controllers whose book years end on other days, two groups, two kinds of data."""
    controllers = {"one": first(any_desk, "controllers")["id"]}
    with any_desk.saving() as saver:
        other = {**CONTROLLER, "name": "Zuiderhof BV", "book_year_end": "06-30"}
        made = gate.save(saver, register_of("controllers"), other)
        controllers["other"] = made["id"]
        made_of = {
            slug: {
                name: gate.save(saver, register_of(slug), {"name": name})["id"] for name in NAMES
            }
            for slug in ("groups", "kinds")
        }
    return {"controllers": controllers, **made_of}


def clear(desk: Desk) -> None:
    with desk.store.write() as connection:
        for table in CLEARED:
            connection.execute(sa.delete(sa.table(table)))
        if not desk.store.is_server:
            connection.execute(
                sa.text("INSERT INTO search_index(search_index) VALUES('delete-all')")
            )


def a_rule(known: Known, number: int, drawn: Values) -> Values:
    by_period = bool(drawn["period"])
    return {
        "name": f"rule {number}",
        "controller_id": known["controllers"].get(drawn["controller"]),
        "group_id": known["groups"].get(drawn["group"]),
        "kind_id": known["kinds"].get(drawn["kind"]),
        "measure": "period" if by_period else "criterion",
        "criterion": "" if by_period else "until it is no longer needed",
        "review_on": None if by_period else date(2030, 1, 1),
        "runs_on": "items",
        "source_kind": "policy",
        **{name: drawn[name] for name in ("event", "counted_from", "period", "bound")},
        **{name: drawn[name] for name in ("action", "condition", "state")},
    }


def a_bundle(known: Known, number: int, drawn: Values) -> Bundle:
    customer_id, item_ids = new_key(), [new_key() for _each in drawn["items"]]
    whose = {"customer_id": customer_id}
    bundle = Bundle(
        {
            "id": customer_id,
            "controller_id": known["controllers"][drawn["controller"]],
            "name": f"Customer {number}",
            "groups": [],
            "no_anonymised": drawn["no_anonymised"],
        }
    )
    for item_id, item in zip(item_ids, drawn["items"], strict=True):
        kind, group = known["kinds"][item["kind"]], known["groups"][item["group"]]
        about = {"kind_id": kind, "group_id": group, "dated_on": item["dated_on"]}
        bundle.items.append({"id": item_id, **whose, **about})
    for event in drawn["events"]:
        of_item = None if event["item"] is None else item_ids[event["item"] % len(item_ids)]
        what = {"type": event["type"], "happened_on": event["on"], "item_id": of_item}
        bundle.events.append({**whose, **what})
    for hold in drawn["holds"]:
        bundle.holds.append({**whose, **a_hold(hold, item_ids)})
    return bundle


def a_hold(drawn: Values, item_ids: list[UUID]) -> Values:
    ends = None
    if drawn["lasts"] is not None:
        ends = date.fromordinal(drawn["since"].toordinal() + drawn["lasts"])
    return {
        "reason": drawn["reason"],
        "since_on": drawn["since"],
        "until_on": ends,
        "told_on": drawn["since"] if drawn["reason"] == "restriction" else None,
        "items": [item_ids[drawn["item"] % len(item_ids)]],
    }


def fill(desk: Desk, known: Known, drawn_rules: list[Values], drawn: list[Values]) -> list[UUID]:
    """Write rules and customers; return the keys of all items."""
    clear(desk)
    bundles = [a_bundle(known, number, each) for number, each in enumerate(drawn)]
    with desk.saving() as saver:
        for number, each in enumerate(drawn_rules):
            gate.save(saver, register_of("rules"), a_rule(known, number, each))
        bulk.add_customers(saver, bundles)
    return [item["id"] for bundle in bundles for item in bundle.items]


def due_by_pages(desk: Desk, on: date, limit: int) -> list[UUID]:
    found: list[UUID] = []
    after: Place | None = None
    while True:
        page = timers.due(desk, on, after=after, limit=limit)
        found += [line.item_id for line in page.lines]
        if page.next is None:
            return found
        after = page.next


@given(
    drawn_rules=some.lists(rules, min_size=2, max_size=6),
    drawn=some.lists(customers, min_size=4, max_size=8),
    on=asked_days,
    step=some.sampled_from((1, 3, 1_000)),
)
@settings(
    max_examples=OFFICES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_due_list_is_what_the_law_says_of_every_item(
    any_desk: Desk,
    known: Known,
    drawn_rules: list[Values],
    drawn: list[Values],
    on: date,
    step: int,
) -> None:
    keys = fill(any_desk, known, drawn_rules, drawn)
    states = timers.item_states(any_desk, keys, on)
    expected = {key for key in keys if states[key].state is ItemStatus.DUE}
    found = due_by_pages(any_desk, on, 1_000)
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert due_by_pages(any_desk, on, 2) == found
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(item_counts, "STEP", step)
        counted = item_counting.counted(any_desk, on)
    assert sum(counted.due.values()) >= len(found)
    if all(each["counted_from"] != "book_year" or each["controller"] for each in drawn_rules):
        assert sum(counted.due.values()) == len(found)
        kept_only = [key for key in keys if states[key].state is ItemStatus.KEPT_ONLY]
        assert counted.kept_only == len(kept_only)
