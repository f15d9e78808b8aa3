"""A text that may hold a national number stays a finding until it is gone or explained."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from privreg.registers.customer_entries import ITEMS
from privreg.registers.customers import REGISTER
from privreg.services import agenda, records
from privreg.store import bulk
from tests.services.conftest import a_customer

if TYPE_CHECKING:
    from privreg.registers.declaration import Finding, Values
    from privreg.services.desk import Desk

SUSPECT = "Belde met 111222333"


def found(desk: Desk) -> list[Finding]:
    """Return the findings about numbers in texts."""
    return [each for each in agenda.findings(desk) if each.field == "no_number_because"]


def change(desk: Desk, customer: Values, **more: Any) -> Values:
    """Save a customer anew."""
    saved = records.save(desk, "customers", {**customer, **more}).after
    assert saved is not None
    return saved


def test_the_finding_stays_after_the_save_until_the_number_is_gone(any_desk: Desk) -> None:
    customer = a_customer(any_desk, notes=SUSPECT)
    (finding,) = found(any_desk)
    assert (finding.register, finding.record_id) == ("customers", customer["id"])
    assert finding.number == customer["number"]
    assert finding.article == "UAVG 46"
    assert finding.title == ""
    change(any_desk, customer, notes="Belde")
    assert found(any_desk) == []


def test_the_finding_goes_with_a_reason_and_comes_back_with_another_number(desk: Desk) -> None:
    customer = change(desk, a_customer(desk, notes=SUSPECT), no_number_because="Een dossiernummer")
    assert found(desk) == []
    history = records.history(desk, "customers", customer["id"])
    assert ("no_number_because", None, "Een dossiernummer") in [
        (name, old or None, new) for name, old, new in history[0].changes
    ]
    cleared = change(desk, customer, notes="Belde")
    assert cleared["no_number_because"] == ""
    change(desk, cleared, notes=SUSPECT)
    assert len(found(desk)) == 1


def test_a_code_of_nine_digits_is_no_text(desk: Desk) -> None:
    a_customer(desk, number="111222333")
    assert found(desk) == []


def test_what_came_in_by_the_thousand_is_looked_at_too(desk: Desk) -> None:
    customer = a_customer(desk)
    draft = {"controller_id": customer["controller_id"], "name": "Anna", "kind": "person"}
    with desk.saving() as saver:
        bulk.add_many(saver, REGISTER, [{**draft, "notes": SUSPECT}, {**draft, "name": "Bram"}])
    assert len(found(desk)) == 1


def test_the_few_are_found_by_an_index_of_their_own(desk: Desk) -> None:
    with desk.store.read() as connection:
        for register in (REGISTER, ITEMS):
            table = register.model.__tablename__
            plan = connection.execute(
                sa.text(
                    f"EXPLAIN QUERY PLAN SELECT * FROM {table} "  # noqa: S608  (our own name)
                    "WHERE may_hold_number = 1 AND no_number_because = '' ORDER BY id"
                )
            )
            assert f"ix_{table}_may_hold_number" in " ".join(str(row) for row in plan)
