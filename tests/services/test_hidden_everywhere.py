"""What may only be stored is at no door: not in order or filter, conflict, undo or journal."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from privreg.errors import InvalidRecordError, NotAllowedError
from privreg.services import records
from privreg.services.restricted import open_item
from privreg.store.gate import EditConflictError
from tests.services.conftest import a_customer, add, first
from tests.services.test_restricted import TODAY, an_item, with_role

if TYPE_CHECKING:
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk

ADDRESS = "info@dehalm.example"
KEPT_ONLY_SINCE = date(2020, 1, 1)


def the_hold(desk: Desk, item: Values) -> Values:
    """Return the restriction of an item, with the items it names."""
    query = records.ListQuery(parent=item["customer_id"])
    return records.load(desk, "holds", records.page(desk, "holds", query).rows[0]["id"])


@pytest.mark.parametrize("role", ["staff", "officer"])
def test_the_fields_of_a_kind_that_is_kept_only_are_hidden_until_it_is_opened(
    any_desk: Desk, role: str
) -> None:
    item = an_item(any_desk, restricted=False, dated_on=KEPT_ONLY_SINCE)
    desk = with_role(any_desk, role)
    customer = records.load(desk, "customers", item["customer_id"])
    assert (customer["email"], customer["unseen"]) == (None, ["email"])
    assert records.page(desk, "customers", records.ListQuery(text="info@")).rows == []
    staff = with_role(desk, "staff")
    open_item(staff, item["id"], "controle Belastingdienst")
    assert records.load(staff, "customers", item["customer_id"])["email"] == ADDRESS


def test_a_field_stays_in_use_while_one_item_of_its_kind_does(any_desk: Desk) -> None:
    item = an_item(any_desk, restricted=False, dated_on=KEPT_ONLY_SINCE)
    fresh = {name: item[name] for name in ("customer_id", "group_id", "kind_id")}
    add(any_desk, "items", **fresh, label="Brief van nu", dated_on=TODAY)
    desk = with_role(any_desk, "staff")
    assert records.load(desk, "customers", item["customer_id"])["email"] == ADDRESS


@pytest.mark.parametrize("restricted", [True, False])
def test_no_order_and_no_filter_tells_what_is_hidden(any_desk: Desk, *, restricted: bool) -> None:
    hidden = an_item(any_desk, restricted=restricted, dated_on=KEPT_ONLY_SINCE)["customer_id"]
    early = a_customer(any_desk, name="Bakker A", email="a@bakker.example")["id"]
    late = a_customer(any_desk, name="Bakker Z", email="z@bakker.example")["id"]
    desk = with_role(any_desk, "staff")
    up = records.page(desk, "customers", records.ListQuery(sort="email")).rows
    down = records.page(desk, "customers", records.ListQuery(sort="email", descending=True)).rows
    assert [row["id"] for row in up] == [early, late, hidden]
    assert [row["id"] for row in down] == [late, early, hidden]
    guess = records.ListQuery(filters={"email": ADDRESS})
    assert records.page(desk, "customers", guess).rows == []
    assert records.count(desk, "customers", guess) == 0


def test_hidden_items_stand_last_in_the_list_of_a_customer(any_desk: Desk) -> None:
    item = an_item(any_desk, restricted=True)
    fresh = {name: item[name] for name in ("customer_id", "group_id", "kind_id")}
    add(any_desk, "items", **fresh, label="Zegel")
    desk = with_role(any_desk, "staff")
    query = records.ListQuery(parent=item["customer_id"])
    assert [row["label"] for row in records.page(desk, "items", query).rows] == ["Zegel", None]


def test_the_other_version_of_a_conflict_shows_nothing_hidden(any_desk: Desk) -> None:
    item = an_item(any_desk, restricted=True)
    desk = with_role(any_desk, "staff")
    seen = records.load(desk, "customers", item["customer_id"])
    records.save(desk, "customers", {**seen, "city": "Deventer"})
    with pytest.raises(EditConflictError) as conflict:
        records.save(desk, "customers", {**seen, "city": "Zutphen"})
    theirs = conflict.value.theirs
    assert theirs is not None
    assert (theirs["city"], theirs["email"]) == ("Deventer", None)


def test_what_was_hidden_when_it_was_read_is_not_emptied_after_it_was_opened(
    any_desk: Desk,
) -> None:
    item = an_item(any_desk, restricted=True)
    desk = with_role(any_desk, "coordinator")
    seen = records.load(desk, "customers", item["customer_id"])
    changes = records.save(desk, "customers", {**seen, "city": "Deventer"})
    open_item(desk, item["id"], "klacht van de klant")
    undone = records.undo(desk, changes).after
    assert undone is not None
    assert (undone["email"], undone["city"]) == (ADDRESS, "")
    again = records.save(desk, "customers", {**seen, "version": undone["version"], "city": "Ede"})
    assert again.after is not None
    assert (again.after["email"], again.after["city"]) == (ADDRESS, "Ede")


def test_nothing_restricted_goes_with_an_undo_or_with_its_customer(any_desk: Desk) -> None:
    item = an_item(any_desk, restricted=False)
    fresh = {name: item[name] for name in ("customer_id", "group_id", "kind_id")}
    made = records.save(any_desk, "items", records.new(any_desk, "items", **fresh, label="Bijlage"))
    assert made.after is not None
    add(
        any_desk,
        "holds",
        customer_id=item["customer_id"],
        reason="restriction",
        since_on=TODAY,
        items=[made.after["id"]],
    )
    plain = add(any_desk, "kinds", name="Zonder velden")
    records.save(any_desk, "items", {**made.after, "kind_id": plain["id"]})
    desk = with_role(any_desk, "staff")
    with pytest.raises(NotAllowedError):
        records.undo(desk, made)
    customer = records.load(desk, "customers", item["customer_id"])
    with pytest.raises(NotAllowedError):
        records.delete(desk, "customers", customer["id"], customer["version"])


def test_the_journal_hides_a_deleted_item_that_was_restricted_and_shows_another(
    any_desk: Desk,
) -> None:
    item = an_item(any_desk, restricted=True)
    fresh = {name: item[name] for name in ("customer_id", "group_id", "kind_id")}
    other = add(any_desk, "items", **fresh, label="Prospectus")
    records.delete(any_desk, "items", other["id"], other["version"])
    records.delete(any_desk, "items", item["id"], item["version"])
    assert "kade" in str(records.history(any_desk, "items", item["id"]))
    desk = with_role(any_desk, "staff")
    told = str([records.history(desk, "items", item["id"]), records.journal_page(desk)])
    assert "kade" not in told
    assert "Brief aan" not in told
    assert "stored_only" not in told
    assert "Prospectus" in told
    assert "kade" in str(records.history(with_role(desk, "officer"), "items", item["id"]))


def test_a_note_about_a_hidden_item_is_hidden_as_well(any_desk: Desk) -> None:
    item = an_item(any_desk, restricted=True)
    event = add(
        any_desk,
        "events",
        customer_id=item["customer_id"],
        item_id=item["id"],
        type="incident",
        happened_on=TODAY,
        note="Ruzie aan de kade",
    )
    desk = with_role(any_desk, "staff")
    assert records.load(desk, "events", event["id"])["note"] is None
    assert "Ruzie" not in str(records.journal_page(desk))
    with pytest.raises(NotAllowedError):
        records.delete(desk, "events", event["id"], event["version"])


def test_a_copy_of_a_hidden_record_holds_nothing_of_it(any_desk: Desk) -> None:
    item = an_item(any_desk, restricted=True)
    copy = records.duplicate(with_role(any_desk, "staff"), "customers", item["customer_id"])
    assert "email" not in copy
    assert "unseen" not in copy


LIFTED: dict[str, Values] = {
    "ended": {"until_on": TODAY, "told_on": TODAY},
    "another reason": {"reason": "dispute"},
    "begun later": {"since_on": date(2026, 4, 4)},
    "another item named": {},
}


@pytest.mark.parametrize("how", LIFTED)
def test_staff_begin_a_restriction_and_only_the_coordinator_lifts_it(
    any_desk: Desk, how: str
) -> None:
    item = an_item(any_desk, restricted=True)
    hold = the_hold(any_desk, item)
    staff = with_role(any_desk, "staff")
    other = add(staff, "items", **{n: item[n] for n in ("customer_id", "group_id", "kind_id")})
    change = LIFTED[how] or {"items": [other["id"]]}
    staff_clock_forward(staff)
    with pytest.raises(NotAllowedError):
        records.save(staff, "holds", {**hold, **change})
    with pytest.raises(NotAllowedError):
        records.delete(staff, "holds", hold["id"], hold["version"])
    more = records.save(staff, "holds", {**hold, "items": [item["id"], other["id"]]}).after
    assert more is not None
    coordinator = with_role(staff, "coordinator")
    assert records.save(coordinator, "holds", {**more, **change}).after


@pytest.mark.parametrize("told_on", [None, date(2026, 4, 3)])
def test_a_restriction_does_not_end_before_the_person_was_told(
    desk: Desk, told_on: date | None
) -> None:
    hold = the_hold(desk, an_item(desk, restricted=True))
    early = {**hold, "since_on": date(2026, 4, 1), "until_on": date(2026, 4, 2)}
    coordinator = with_role(desk, "coordinator")
    with pytest.raises(InvalidRecordError) as refused:
        records.save(coordinator, "holds", {**early, "told_on": told_on})
    wrong = "until_on" if told_on else "told_on"
    assert [each.field for each in refused.value.problems] == [wrong]


def staff_clock_forward(desk: Desk) -> None:
    """Let a restriction that begins tomorrow be one of the past: it is Sunday."""
    clock = desk.clock
    clock.moment = clock.moment.replace(day=5)  # type: ignore[attr-defined]


def test_an_undo_is_no_way_round_lifting_a_restriction(any_desk: Desk) -> None:
    item = an_item(any_desk, restricted=False)
    staff = with_role(any_desk, "staff")
    made = records.save(
        staff,
        "holds",
        records.new(
            staff,
            "holds",
            customer_id=item["customer_id"],
            reason="restriction",
            since_on=TODAY,
            items=[item["id"]],
        ),
    )
    with pytest.raises(NotAllowedError):
        records.undo(staff, made)
    assert records.undo(with_role(staff, "coordinator"), made).after is None
    assert first(staff, "customers")["email"] == ADDRESS
