"""The agenda reads in a few queries, however many customers are held."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from unittest.mock import patch

import sqlalchemy as sa

from privreg.services import agenda
from tests.services.conftest import a_customer, add

if TYPE_CHECKING:
    from privreg.law.deadline import Deadline
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk


def a_held_customer(desk: Desk, groups: list[Values]) -> Values:
    customer = a_customer(desk, groups=[each["id"] for each in groups[:1]])
    whose = {"customer_id": customer["id"], "group_id": groups[0]["id"]}
    item = add(desk, "items", kind_id=groups[1]["id"], label="Brief", **whose)
    add(
        desk,
        "holds",
        customer_id=customer["id"],
        reason="restriction",
        since_on=date(2026, 4, 3),
        review_on=date(2026, 6, 1),
        items=[item["id"]],
    )
    return customer


def queries_and_clocks(desk: Desk) -> tuple[int, list[Deadline]]:
    execute = sa.Connection.execute
    with patch.object(sa.Connection, "execute", autospec=True, side_effect=execute) as asked:
        clocks = agenda.agenda(desk)
    return asked.call_count, [each for each in clocks if each.register == "holds"]


def test_more_holds_ask_no_more_queries_and_each_bears_its_customers_number(desk: Desk) -> None:
    known = [add(desk, "groups", name="Klanten"), add(desk, "kinds", name="Brieven")]
    held = [a_held_customer(desk, known)]
    few, _clocks = queries_and_clocks(desk)
    held += [a_held_customer(desk, known) for _time in range(3)]
    many, clocks = queries_and_clocks(desk)
    assert many == few
    assert {each.number for each in clocks} == {each["number"] for each in held}
