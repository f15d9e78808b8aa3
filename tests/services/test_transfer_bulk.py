"""The fast road writes exactly what the gate writes, and refuses what the gate refuses."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from privreg.errors import InvalidRecordError
from privreg.registers.register_list import register_of
from privreg.services import records
from privreg.services.timers import customer_items
from privreg.store import bulk, gate, journal
from privreg.store.governed import TIMERS
from privreg.store.records import load
from tests.services.conftest import add, first

if TYPE_CHECKING:
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk

ONE, TWO = (UUID(int=number) for number in (1, 2))


@dataclass
class Bundle:
    customer: Values
    items: list[Values] = field(default_factory=list)
    events: list[Values] = field(default_factory=list)
    holds: list[Values] = field(default_factory=list)
    consents: list[Values] = field(default_factory=list)


def a_draft(desk: Desk, key: UUID, **more: Any) -> Values:
    return {
        "id": key,
        "number": f"C-{key.int}",
        "controller_id": first(desk, "controllers")["id"],
        "kind": "company",
        "name": "  Bakkerij De Halm ",
        "phone": "020 1234567",
        "email": "info@HALM.example",
        "preferences": ["mail"],
        "statement_accepted_on": date(2026, 1, 2),
        "notes": "één\r\ntwee",
        **more,
    }


def added(desk: Desk, *drafts: Values) -> int:
    with desk.saving() as saver:
        return bulk.add_many(saver, register_of("customers"), drafts)


def without(values: Values | None, *names: str) -> Values:
    assert values is not None
    return {name: value for name, value in values.items() if name not in names}


def test_a_bulk_record_is_what_the_gate_would_have_written(any_desk: Desk) -> None:
    group = add(any_desk, "groups", name="Klanten")["id"]
    register = register_of("customers")
    with any_desk.saving() as saver:
        gate.save(saver, register, a_draft(any_desk, ONE, groups=[group]))
        assert bulk.add_many(saver, register, [a_draft(any_desk, TWO, groups=[group])]) == 1
        by_gate, by_bulk = (load(saver.connection, register, key) for key in (ONE, TWO))
        written = [journal.entries(saver.connection, key) for key in (ONE, TWO)]
    assert without(by_gate, "id", "number") == without(by_bulk, "id", "number")
    (one,), (two,) = (
        [{name: kept[-2:] for name, kept in each["contents"].items()} for each in entries]
        for entries in written
    )
    assert without(one, "number") == without(two, "number")
    with any_desk.store.read() as connection:
        assert journal.verify(connection) is None
    assert len(records.page(any_desk, "customers", records.ListQuery(text="halm")).rows) == 2


def test_bundles_get_the_timers_the_gate_would_give(any_desk: Desk) -> None:
    group, kind = (add(any_desk, slug, name="X")["id"] for slug in ("groups", "kinds"))
    rule = {"event": "contract_ended", "measure": "period", "period": "P1Y", "bound": "at_most"}
    add(any_desk, "rules", name="R", group_id=group, kind_id=kind, runs_on="items", **rule)
    with any_desk.saving() as saver:
        for key, road in ((ONE, "gate"), (TWO, "bulk")):
            item = {"customer_id": key, "group_id": group, "kind_id": kind, "label": "map"}
            happened = {"customer_id": key, "type": "contract_ended"}
            event = {**happened, "happened_on": date(2025, 1, 31)}
            draft = a_draft(any_desk, key)
            if road == "bulk":
                item["id"] = UUID(int=7)
                assert bulk.add_customers(saver, [Bundle(draft, [item], [event])]) == 1
            else:
                gate.save(saver, register_of("customers"), draft)
                gate.save(saver, register_of("items"), item)
                gate.save(saver, register_of("events"), event)
        timers = saver.connection.execute(sa.select(TIMERS.c.starts_on, TIMERS.c.drives)).all()
    assert len(timers) == 2
    assert timers[0] == timers[1] == (date(2025, 1, 31), True)
    states = [customer_items(any_desk, key, date(2026, 4, 3))[0].state for key in (ONE, TWO)]
    assert states[0].dispose_from == states[1].dispose_from == date(2026, 2, 1)


@pytest.mark.parametrize("more", [{"name": ""}, {"email": "geen adres"}, {"kind": "planeet"}])
def test_what_the_gate_refuses_is_refused(desk: Desk, more: Values) -> None:
    with pytest.raises(InvalidRecordError):
        added(desk, a_draft(desk, ONE), a_draft(desk, TWO, **more))
    assert records.page(desk, "customers", records.ListQuery()).rows == []


def test_a_number_that_is_there_already_is_told(desk: Desk) -> None:
    with pytest.raises(InvalidRecordError) as told:
        added(desk, a_draft(desk, ONE, number="X"), a_draft(desk, TWO, number="X"))
    assert told.value.problems[0].field == "number"


def test_records_without_a_number_get_the_next_ones(desk: Desk) -> None:
    added(desk, a_draft(desk, ONE, number=""), a_draft(desk, TWO, number=""))
    rows = records.page(desk, "customers", records.ListQuery(sort="number")).rows
    assert [each["number"] for each in rows] == ["K-0001", "K-0002"]
