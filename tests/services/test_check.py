"""`check` finds what was changed outside the program, and says which record it is."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from privreg.errors import NotAllowedError
from privreg.registers.register_list import REGISTERS
from privreg.services import records
from privreg.services.check import check, check_journal, repair, said
from privreg.services.roles import SignedIn
from privreg.store.gate import WHY
from privreg.store.journal_chain import How
from privreg.store.soundness import Difference, Differs
from tests.services.conftest import a_customer, add, first

if TYPE_CHECKING:
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk


def tamper(desk: Desk, statement: str, **values: object) -> None:
    """Change the database behind the program's back."""
    with desk.store.write() as connection:
        connection.execute(sa.text(statement), values)


def an_item_under_a_rule(desk: Desk) -> Values:
    """Save a customer with an item that a retention rule governs."""
    customer = a_customer(desk)
    kind, group = add(desk, "kinds", name="Facturen"), add(desk, "groups", name="Klanten")
    rule = {"name": "Facturen", "event": "item_date", "period": "P7Y", "bound": "at_least"}
    add(desk, "rules", **rule, kind_id=kind["id"], source="AWR 52")
    add(
        desk,
        "items",
        customer_id=customer["id"],
        kind_id=kind["id"],
        group_id=group["id"],
        dated_on=date(2020, 1, 1),
        label="Factuur 1",
    )
    return customer


def worked_in(desk: Desk) -> Values:
    """Save, change, undo, duplicate and delete, as a day's work does."""
    customer = an_item_under_a_rule(desk)
    changed = records.save(desk, "customers", {**customer, "city": "Zwolle"}, reason="verhuisd")
    records.undo(desk, changed)
    twice = records.duplicate(desk, "customers", customer["id"])
    saved = records.save(desk, "customers", {**twice, "name": "Bakkerij De Aar"}).after
    assert saved is not None
    records.delete(desk, "customers", saved["id"], saved["version"])
    breach = add(desk, "breaches", title="Laptop weg", aware_at=desk.clock.now())
    records.save(
        desk, "breaches", {**breach, "measures": [{"sort": "corrective", "measure": "Gewist"}]}
    )
    return records.load(desk, "customers", customer["id"])


def test_a_register_that_was_worked_in_is_whole(any_desk: Desk) -> None:
    worked_in(any_desk)
    found = check(any_desk)
    assert (found.faults, found.broken, found.differences) == ((), None, ())
    assert found.is_whole
    assert not found.can_be_repaired


def test_a_desk_that_searched_before_others_saved_sees_no_damage(desk: Desk) -> None:
    for number in range(60):
        a_customer(desk, name=f"Bakkerij nummer {number}")
        assert records.page(desk, "customers", records.ListQuery(text="bak")).rows
    with desk.store.write() as connection:
        connection.exec_driver_sql("INSERT INTO search_index(search_index) VALUES('optimize')")
    assert check(desk).is_whole


def test_a_changed_value_is_found_and_named(any_desk: Desk) -> None:
    customer = worked_in(any_desk)
    tamper(any_desk, "update customers set city='Elders'")
    found = check(any_desk)
    assert found.differences[0] == Difference(
        Differs.CHANGED, "customers", customer["number"], "city"
    )
    assert not found.is_whole
    assert not found.can_be_repaired
    assert customer["number"] in str(said(found.differences[0]))


def test_rows_that_vanished_are_found(any_desk: Desk) -> None:
    worked_in(any_desk)
    tamper(any_desk, "delete from breach_measures")
    (found,) = check(any_desk).differences
    assert (found.how, found.slug, found.field) == (Differs.CHANGED, "breaches", "measures")


def test_a_record_that_vanished_is_found(any_desk: Desk) -> None:
    worked_in(any_desk)
    tamper(any_desk, "delete from breach_measures")
    tamper(any_desk, "delete from breaches")
    found = check(any_desk).differences
    assert (Differs.GONE, "breaches") in {(each.how, each.slug) for each in found}


def test_a_record_without_an_entry_is_found_when_the_journal_was_emptied(any_desk: Desk) -> None:
    worked_in(any_desk)
    tamper(any_desk, "delete from journal")
    tamper(any_desk, "delete from journal_head")
    found = check(any_desk)
    assert found.broken is None
    assert {each.how for each in found.differences} == {Differs.ADDED}


def test_an_emptied_journal_is_found_by_its_head(any_desk: Desk) -> None:
    tamper(any_desk, "delete from journal")
    tamper(any_desk, "update journal_head set seq=0")
    broken = check_journal(any_desk).broken
    assert broken is not None
    assert broken.how is How.CUT_OFF


@pytest.mark.parametrize(
    "crude",
    [
        "update journal set hash='geen getal' where seq=3",
        "update journal set contents='{\"name\": 3}' where seq=3",
        "update journal set contents='[]' where seq=3",
    ],
)
def test_an_entry_that_cannot_be_read_is_named(any_desk: Desk, crude: str) -> None:
    worked_in(any_desk)
    tamper(any_desk, crude)
    broken = check(any_desk).broken
    assert broken is not None
    assert (broken.seq, broken.how) == (3, How.CHANGED)


@pytest.mark.parametrize(
    "crude", ["contents='geen json'", "at='gisteren'", "user_id='x'", "struck='{'"]
)
def test_an_entry_that_is_not_even_text_of_its_kind_is_named(desk: Desk, crude: str) -> None:
    worked_in(desk)
    tamper(desk, f"update journal set {crude} where seq=3")  # noqa: S608  (its own words)
    broken = check(desk).broken
    assert broken is not None
    assert (broken.seq, broken.how) == (3, How.CHANGED)


@pytest.mark.parametrize(
    ("outside", "how"),
    [
        ("delete from item_timers", Differs.TIMERS),
        ("update item_timers set starts_on='2050-01-01'", Differs.TIMERS),
        ("delete from search_rows where slug='customers'", Differs.SEARCH),
        ("update search_rows set words='iets' where slug='customers'", Differs.SEARCH),
    ],
)
def test_what_was_worked_out_is_checked_and_can_be_repaired(
    any_desk: Desk, outside: str, how: Differs
) -> None:
    customer = worked_in(any_desk)
    tamper(any_desk, outside)
    found = check(any_desk)
    assert [(each.how, each.number) for each in found.differences] == [(how, customer["number"])]
    assert found.can_be_repaired
    repair(any_desk)
    assert check(any_desk).is_whole
    asked = records.ListQuery(text="halm")
    assert [each["id"] for each in records.page(any_desk, "customers", asked).rows] == [
        customer["id"]
    ]


def test_a_repair_is_for_who_may_edit_rules(desk: Desk) -> None:
    desk.user = SignedIn(desk.user.id, "piet", "Piet", frozenset({"staff"}))
    with pytest.raises(NotAllowedError):
        repair(desk)


def test_no_register_has_a_field_named_as_the_reason_of_a_change() -> None:
    names = {field.name for register in REGISTERS for field in register.fields}
    assert WHY not in names


def test_the_reason_of_a_hold_is_not_lost_behind_the_reason_of_its_change(desk: Desk) -> None:
    customer = an_item_under_a_rule(desk)
    hold = add(
        desk,
        "holds",
        customer_id=customer["id"],
        reason="dispute",
        since_on=date(2026, 4, 1),
        items=[first(desk, "items")["id"]],
        review_on=date(2026, 10, 1),
    )
    records.save(desk, "holds", {**hold, "reason": "claim"}, reason="het is een claim geworden")
    newest = records.history(desk, "holds", hold["id"])[0]
    assert ("reason", "dispute", "claim") in newest.changes
    assert (WHY, None, "het is een claim geworden") in newest.changes
    assert first(desk, "holds")["reason"] == "claim"
