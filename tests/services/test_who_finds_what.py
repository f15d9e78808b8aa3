"""Lists, search, numbers and history tell nobody what the role or a restriction hides."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privreg.errors import NotAllowedError, ProblemError
from privreg.reports.kit.plain import plain
from privreg.services import paper, records, reports, timers
from tests.services.conftest import a_customer, add, first
from tests.services.test_restricted import TODAY, an_item, with_role

if TYPE_CHECKING:
    from privreg.services.desk import Desk


@pytest.mark.parametrize("text", ["info@dehalm", "info@", "@dehalm.example", "info dehalm"])
def test_a_restricted_address_finds_nobody(any_desk: Desk, text: str) -> None:
    an_item(any_desk, restricted=True)
    a_customer(any_desk, name="Bakkerij Zuid")
    desk = with_role(any_desk, "staff")
    query = records.ListQuery(text=text)
    assert records.page(desk, "customers", query).rows == []
    assert records.count(desk, "customers", query) == 0
    assert records.find_anything(desk, text) == []
    by_name = records.ListQuery(text="bakkerij")
    assert records.count(desk, "customers", by_name) == 2
    assert len(records.page(desk, "customers", by_name).rows) == 2
    assert records.count(with_role(desk, "officer"), "customers", query) == 1


def test_who_sees_codes_only_gets_no_order_of_names(any_desk: Desk) -> None:
    for name in ("Zeeman", "Aalders", "Mulder"):
        a_customer(any_desk, name=name)
    desk = with_role(any_desk, "reader")
    for sort in ("", "name", "email"):
        rows = records.page(desk, "customers", records.ListQuery(sort=sort)).rows
        assert [row["number"] for row in rows] == sorted(row["number"] for row in rows)


def test_two_customers_of_one_number_are_not_taken_for_each_other(any_desk: Desk) -> None:
    other = add(any_desk, "controllers", name="Tweede BV", country="NL")
    anna = a_customer(any_desk, number="K-1", name="Anna")
    given = {"controller_id": other["id"], "name": "Bram", "kind": "person", "number": "K-1"}
    bram = add(any_desk, "customers", **given)
    for customer in (anna, bram):
        number = paper.number_of(any_desk, "customers", customer["id"])
        assert customer["name"] in plain(reports.build(any_desk, "customer", record=number))
    with pytest.raises(ProblemError):
        reports.build(any_desk, "customer", record="K-1")


def test_a_number_tells_a_role_nothing_about_another_register(desk: Desk) -> None:
    number = a_customer(desk)["number"]
    for asked in (number, "K-9999"):
        with pytest.raises(NotAllowedError):
            records.load_number(with_role(desk, "administrator"), "customers", asked)


def test_the_history_of_a_record_is_for_who_may_read_its_register(desk: Desk) -> None:
    customer = a_customer(desk)
    assert records.history(with_role(desk, "administrator"), "users", customer["id"]) == []


def test_users_are_not_deleted_as_records(desk: Desk) -> None:
    user = first(desk, "users")
    with pytest.raises(NotAllowedError):
        records.delete(with_role(desk, "administrator"), "users", user["id"], user["version"])


def test_who_sees_codes_only_asks_for_no_names(desk: Desk) -> None:
    query = records.ListQuery(filters={"email": "info@dehalm.example"})
    for ask in (records.page, records.count):
        with pytest.raises(NotAllowedError):
            ask(with_role(desk, "reader"), "customers", query)


def test_a_restricted_item_is_not_moved_to_a_kind_that_hides_nothing(desk: Desk) -> None:
    item = an_item(desk, restricted=True)
    other = add(desk, "kinds", name="Zonder velden")
    staff = with_role(desk, "staff")
    seen = records.load(staff, "items", item["id"])
    with pytest.raises(NotAllowedError):
        records.save(staff, "items", {**seen, "kind_id": other["id"]})
    assert records.save(staff, "items", {**seen, "place": "kluis"}).after is not None


def test_where_items_stand_is_for_who_may_see_items(desk: Desk) -> None:
    item = an_item(desk, restricted=True)
    with pytest.raises(NotAllowedError):
        timers.item_states(with_role(desk, "administrator"), [item["id"]], TODAY)
