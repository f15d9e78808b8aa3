"""Changing what a rule governs governs anew; changing its period touches no item."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from privreg.errors import InUseError
from privreg.law.retention import Action, ItemStatus
from privreg.services import governing, records, timers
from privreg.store import regoverning
from tests.services.conftest import a_customer, add

if TYPE_CHECKING:
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk

TODAY = date(2026, 4, 3)


def an_office(desk: Desk, customers: int = 3) -> tuple[Values, Values]:
    """Make customers with one invoice each of 2017; return their kind and group."""
    group, kind = add(desk, "groups", name="Klanten"), add(desk, "kinds", name="Facturen")
    for number in range(customers):
        customer = a_customer(desk, name=f"Klant {number}", groups=[group["id"]])
        add(
            desk,
            "items",
            customer_id=customer["id"],
            group_id=group["id"],
            kind_id=kind["id"],
            label=f"factuur {number}",
            dated_on=date(2017, 5, 1),
        )
    return kind, group


def a_rule(desk: Desk, **more: object) -> Values:
    given = {"name": "Facturen", "event": "item_date", "period": "P7Y", "bound": "at_least"}
    return add(desk, "rules", **{**given, "source": "AWR 52", **more})


def due(desk: Desk, on: date = TODAY) -> list[str]:
    return sorted(line.label for line in timers.due(desk, on).lines)


def timer_rows(desk: Desk) -> list[tuple[object, ...]]:
    with desk.store.read() as connection:
        found = connection.execute(sa.text("SELECT * FROM item_timers ORDER BY item_id, rule_id"))
        return [tuple(row) for row in found]


ALL = ["factuur 0", "factuur 1", "factuur 2"]


def test_a_new_rule_governs_the_items_that_were_there(any_desk: Desk) -> None:
    kind, _group = an_office(any_desk)
    assert due(any_desk) == []
    a_rule(any_desk, kind_id=kind["id"])
    assert due(any_desk) == ALL


def test_changing_the_period_moves_the_dates_and_touches_no_item(any_desk: Desk) -> None:
    kind, _group = an_office(any_desk)
    rule = a_rule(any_desk, kind_id=kind["id"])
    before = timer_rows(any_desk)
    changed = records.save(any_desk, "rules", {**rule, "period": "P10Y", "action": "anonymise"})
    assert due(any_desk) == []
    assert due(any_desk, date(2027, 5, 2)) == ALL
    assert timer_rows(any_desk) == before
    records.undo(any_desk, changed)
    assert due(any_desk) == ALL


def test_who_wants_no_anonymised_copy_either_is_erased_on_the_list_and_the_page(
    any_desk: Desk,
) -> None:
    kind, _group = an_office(any_desk)
    a_rule(any_desk, kind_id=kind["id"], action="anonymise")
    customer = records.page(any_desk, "customers", records.ListQuery()).rows[0]
    whole = records.load(any_desk, "customers", customer["id"])

    def actions() -> set[Action | None]:
        listed = timers.due(any_desk, TODAY).lines
        shown = timers.customer_items(any_desk, customer["id"], TODAY)
        own = {each.action for each in listed if each.customer_id == customer["id"]}
        return own | {each.state.action for each in shown}

    assert actions() == {Action.ANONYMISE}
    records.save(any_desk, "customers", {**whole, "no_anonymised": True})
    assert actions() == {Action.ERASE}


def test_changing_what_a_rule_governs_governs_anew(any_desk: Desk) -> None:
    kind, _group = an_office(any_desk)
    other = add(any_desk, "kinds", name="Offertes")
    rule = a_rule(any_desk, kind_id=kind["id"])
    moved = records.save(any_desk, "rules", {**rule, "kind_id": other["id"]}).after
    assert moved is not None
    assert (due(any_desk), timer_rows(any_desk)) == ([], [])
    back = records.save(any_desk, "rules", {**moved, "kind_id": kind["id"]}).after
    assert back is not None
    assert due(any_desk) == ALL
    waiting = records.save(any_desk, "rules", {**back, "event": "invoice_paid"}).after
    assert waiting is not None
    assert due(any_desk) == []
    records.save(any_desk, "rules", {**waiting, "state": "ended"})
    assert timer_rows(any_desk) == []


def test_a_rule_that_runs_on_items_is_not_deleted_before_it_ends(any_desk: Desk) -> None:
    kind, _group = an_office(any_desk)
    rule = a_rule(any_desk, kind_id=kind["id"])
    with pytest.raises(InUseError):
        records.delete(any_desk, "rules", rule["id"], rule["version"])
    ended = records.save(any_desk, "rules", {**rule, "state": "ended"}).after
    assert ended is not None
    records.delete(any_desk, "rules", rule["id"], ended["version"])


def test_many_items_are_governed_in_steps_that_go_on_where_they_stopped(
    any_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, _group = an_office(any_desk, customers=5)
    monkeypatch.setattr(regoverning, "AT_ONCE", 2)
    monkeypatch.setattr(regoverning, "STEP", 2)
    rule = a_rule(any_desk, kind_id=kind["id"])
    assert governing.is_pending(any_desk)
    assert timer_rows(any_desk) == []
    customer = records.page(any_desk, "customers", records.ListQuery()).rows[0]
    state = timers.customer_items(any_desk, customer["id"], TODAY)[0].state
    assert state.state is ItemStatus.DUE, "worked out while the table is behind"
    calls: list[float] = []
    stopped = governing.settle(any_desk, progress=calls.append, cancelled=lambda: bool(calls))
    assert (stopped, calls) == (2, [0.4])
    assert governing.is_pending(any_desk)
    assert governing.settle(any_desk) == 3
    assert not governing.is_pending(any_desk)
    assert len(due(any_desk)) == 5
    records.save(any_desk, "rules", {**rule, "kind_id": add(any_desk, "kinds", name="Ander")["id"]})
    assert due(any_desk) == [], "nothing is listed as due that its rule no longer governs"
    governing.settle(any_desk)
    assert timer_rows(any_desk) == []
