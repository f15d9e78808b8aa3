"""An objection to direct marketing (article 21(3)) takes effect when it is saved."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from privreg.errors import ConflictError, InvalidRecordError
from privreg.formats import text
from privreg.services import records
from privreg.translation import use_language
from tests.services.conftest import a_customer

if TYPE_CHECKING:
    from privreg.registers.declaration import Values
    from privreg.services.changes import Changes
    from privreg.services.desk import Desk


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


def objection(desk: Desk, customer: Values | None, **more: Any) -> Changes:
    """Save an objection of a customer."""
    given: Values = {
        "kinds": ["objection"],
        "received_on": date(2026, 3, 30),
        "customer_id": customer["id"] if customer else None,
        "is_marketing": True,
        **more,
    }
    return records.save(desk, "requests", records.new(desk, "requests", **given))


def is_marked(desk: Desk, customer: Values) -> bool:
    """Say whether the customer gets no advertising."""
    return records.load(desk, "customers", customer["id"])["do_not_mail"] is True


def test_saving_the_objection_stops_advertising_and_says_so(any_desk: Desk) -> None:
    customer = a_customer(any_desk)
    changes = objection(any_desk, customer)
    assert is_marked(any_desk, customer)
    assert ("customers", customer["id"]) in changes.touched
    assert customer["number"] in text(changes.action)


def test_the_journal_of_the_customer_names_the_request(desk: Desk) -> None:
    customer = a_customer(desk)
    request = objection(desk, customer).after
    assert request is not None
    entry = records.history(desk, "customers", customer["id"])[0]
    told = {name: new for name, _old, new in entry.changes}
    assert told["do_not_mail"] is True
    assert request["number"] in told.values()


def test_undoing_the_request_takes_the_mark_back_with_it(any_desk: Desk) -> None:
    customer = a_customer(any_desk)
    undone = records.undo(any_desk, objection(any_desk, customer))
    assert not is_marked(any_desk, customer)
    assert ("customers", customer["id"]) in undone.touched
    assert records.page(any_desk, "requests", records.ListQuery()).rows == []


def test_nothing_is_undone_when_the_customer_changed_since(desk: Desk) -> None:
    customer = a_customer(desk)
    changes = objection(desk, customer)
    now = records.load(desk, "customers", customer["id"])
    records.save(desk, "customers", {**now, "city": "Goes"})
    with pytest.raises(ConflictError):
        records.undo(desk, changes)
    assert is_marked(desk, customer)
    assert len(records.page(desk, "requests", records.ListQuery()).rows) == 1


def test_a_mark_that_was_taken_away_by_hand_does_not_come_back(desk: Desk) -> None:
    customer = a_customer(desk)
    request = objection(desk, customer).after
    now = records.load(desk, "customers", customer["id"])
    records.save(desk, "customers", {**now, "do_not_mail": False})
    records.save(desk, "requests", {**(request or {}), "about": "Reclame"})
    assert not is_marked(desk, customer)


def test_the_mark_follows_when_the_customer_is_filled_in_later(desk: Desk) -> None:
    customer = a_customer(desk)
    request = objection(desk, None).after
    assert not is_marked(desk, customer)
    records.save(desk, "requests", {**(request or {}), "customer_id": customer["id"]})
    assert is_marked(desk, customer)


@pytest.mark.parametrize(
    "more",
    [{"is_marketing": False}, {"is_marketing": None}, {"kinds": ["erasure"]}],
    ids=["another purpose", "not said", "no objection"],
)
def test_other_requests_mark_nobody(desk: Desk, more: Values) -> None:
    customer = a_customer(desk)
    assert objection(desk, customer, **more).along == ()
    assert not is_marked(desk, customer)


def test_an_objection_to_direct_marketing_is_not_refused(desk: Desk) -> None:
    refused = {
        "decision": "refused",
        "refusal_grounds": ["21(1)"],
        "decision_reason": "Zwaarder wegend belang",
    }
    with pytest.raises(InvalidRecordError) as caught:
        objection(desk, a_customer(desk), **refused)
    assert "decision" in {each.field for each in caught.value.problems}
