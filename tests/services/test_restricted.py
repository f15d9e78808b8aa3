"""Data that may only be stored: hidden, opened with a reason, never emptied unseen."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from privreg.errors import InvalidRecordError, NotAllowedError
from privreg.law.retention import ItemStatus
from privreg.services import records, timers
from privreg.services.restricted import open_item
from privreg.services.roles import SignedIn
from tests.services.conftest import a_customer, add

if TYPE_CHECKING:
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk

TODAY = date(2026, 4, 3)


def with_role(desk: Desk, role: str) -> Desk:
    desk.user = SignedIn(desk.user.id, "anna", "Anna", frozenset({role}))
    return desk


def an_item(desk: Desk, *, restricted: bool, dated_on: date = date(2026, 1, 1)) -> Values:
    group = add(desk, "groups", name="Klanten")
    kind = add(desk, "kinds", name="Contactgegevens", customer_fields=["email"])
    add(
        desk,
        "rules",
        name="Vijf jaar",
        event="item_date",
        period="P5Y",
        bound="at_most",
        kind_id=kind["id"],
        source="Verklaring",
    )
    add(
        desk,
        "rules",
        name="Zeven jaar",
        event="item_date",
        period="P7Y",
        bound="at_least",
        kind_id=kind["id"],
        source="AWR 52",
        opened_by=["staff"],
    )
    customer = a_customer(desk, email="info@dehalm.example", groups=[group["id"]])
    item = add(
        desk,
        "items",
        customer_id=customer["id"],
        group_id=group["id"],
        kind_id=kind["id"],
        label="Brief aan De Halm",
        content="Woont aan de kade",
        dated_on=dated_on,
    )
    if restricted:
        add(
            desk,
            "holds",
            customer_id=customer["id"],
            reason="restriction",
            since_on=TODAY,
            items=[item["id"]],
            review_on=date(2026, 6, 1),
        )
    return item


def shown(desk: Desk, item: Values) -> str:
    customer = item["customer_id"]
    return " ".join(
        str(each)
        for each in (
            records.load(desk, "items", item["id"]),
            records.load(desk, "customers", customer),
            records.page(desk, "items", records.ListQuery(parent=customer)).rows,
            records.page(desk, "customers", records.ListQuery()).rows,
            records.history(desk, "items", item["id"]),
            records.history(desk, "customers", customer),
            records.journal_page(desk),
            timers.customer_items(desk, customer, TODAY),
            records.options(desk, "items", parent=customer),
        )
    )


@pytest.mark.parametrize("role", ["staff", "coordinator"])
def test_restricted_data_are_nowhere_until_they_are_opened(any_desk: Desk, role: str) -> None:
    item = an_item(any_desk, restricted=True)
    desk = with_role(any_desk, role)
    found = shown(desk, item)
    assert "Brief aan" not in found
    assert "kade" not in found
    assert "info@dehalm.example" not in found


def test_the_officer_reads_what_is_restricted(any_desk: Desk) -> None:
    item = an_item(any_desk, restricted=True)
    assert "Woont aan de kade" in shown(with_role(any_desk, "officer"), item)


def test_the_coordinator_opens_with_a_reason_that_the_journal_keeps(any_desk: Desk) -> None:
    item = an_item(any_desk, restricted=True)
    desk = with_role(any_desk, "coordinator")
    with pytest.raises(InvalidRecordError):
        open_item(desk, item["id"], "  ")
    assert open_item(desk, item["id"], "klacht van de klant")["content"] == "Woont aan de kade"
    assert "info@dehalm.example" in shown(desk, item)
    newest = records.history(desk, "items", item["id"])[0]
    assert (newest.action, newest.changes) == ("open", [("reason", None, "klacht van de klant")])


def test_another_role_does_not_open_it(any_desk: Desk) -> None:
    item = an_item(any_desk, restricted=True)
    with pytest.raises(NotAllowedError):
        open_item(with_role(any_desk, "staff"), item["id"], "nieuwsgierig")


def test_what_is_kept_only_is_opened_by_the_roles_the_rule_names(any_desk: Desk) -> None:
    item = an_item(any_desk, restricted=False, dated_on=date(2020, 1, 1))
    desk = with_role(any_desk, "staff")
    view = timers.customer_items(desk, item["customer_id"], TODAY)[0]
    assert (view.state.state, view.is_hidden) == (ItemStatus.KEPT_ONLY, True)
    assert "Brief aan" not in shown(desk, item)
    assert open_item(desk, item["id"], "controle Belastingdienst")["label"] == "Brief aan De Halm"


def test_saving_a_record_never_empties_what_was_hidden(any_desk: Desk) -> None:
    item = an_item(any_desk, restricted=True)
    desk = with_role(any_desk, "staff")
    customer = records.load(desk, "customers", item["customer_id"])
    assert customer["email"] is None
    changed = records.save(desk, "customers", {**customer, "city": "Deventer"})
    assert changed.after is not None
    assert changed.after["email"] is None
    records.undo(desk, changed)
    with pytest.raises(NotAllowedError):
        records.delete(desk, "items", item["id"], item["version"])
    officer = with_role(desk, "officer")
    kept = records.load(officer, "customers", item["customer_id"])
    assert (kept["email"], kept["city"]) == ("info@dehalm.example", "")
