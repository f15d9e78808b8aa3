"""Saving, loading, undoing and finding records, on both engines."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from privreg.errors import InUseError, InvalidRecordError, NotAllowedError, ProblemError
from privreg.formats import text
from privreg.registers.declaration import Kind
from privreg.registers.register_list import REGISTERS
from privreg.services import records
from privreg.services.records import ListQuery
from privreg.services.roles import SignedIn
from privreg.store import journal
from privreg.store.gate import EditConflictError
from privreg.translation import use_language
from tests.services.conftest import NOW, a_customer, add, first

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from privreg.clock import FixedClock
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk


def a_breach(desk: Desk, **more: Any) -> Values:
    return add(desk, "breaches", **{"title": "Laptop gestolen", "aware_at": NOW, **more})


def test_a_saved_record_reads_back_as_it_was_given(any_desk: Desk) -> None:
    saved = a_breach(
        any_desk,
        measures=[{"sort": "corrective", "measure": "Op afstand gewist"}],
        people_exact=None,
    )
    found = records.load(any_desk, "breaches", saved["id"])
    assert found == saved
    assert found["number"] == "DL-2026-0001"
    assert found["aware_at"] == NOW
    assert found["people_exact"] is None
    assert found["measures"][0]["measure"] == "Op afstand gewist"
    assert found["version"] == 1


def test_numbers_of_a_yearly_register_count_on_and_begin_anew_each_year(
    any_desk: Desk, clock: FixedClock
) -> None:
    numbers = [a_breach(any_desk)["number"] for _ in range(2)]
    clock.moment = NOW.replace(year=2027)
    numbers.append(a_breach(any_desk)["number"])
    assert numbers == ["DL-2026-0001", "DL-2026-0002", "DL-2027-0001"]


def test_a_dated_fact_keeps_the_moment_it_was_entered_apart(
    any_desk: Desk, clock: FixedClock
) -> None:
    breach = a_breach(any_desk, detected_at=NOW - timedelta(hours=5))
    assert breach["entered"]["detected_at"] == NOW.isoformat()
    clock.moment = NOW + timedelta(days=2)
    changed = records.save(any_desk, "breaches", {**breach, "title": "Anders"}).after
    assert changed is not None
    assert changed["entered"]["detected_at"] == NOW.isoformat()
    moved = {**changed, "detected_at": NOW - timedelta(hours=6)}
    again = records.save(any_desk, "breaches", moved).after
    assert again is not None
    assert again["entered"]["detected_at"] == clock.moment.isoformat()


def test_the_second_of_two_savers_is_shown_what_the_first_saved(any_desk: Desk) -> None:
    breach = a_breach(any_desk)
    records.save(any_desk, "breaches", {**breach, "title": "Laptop monteur"})
    with pytest.raises(EditConflictError) as told:
        records.save(any_desk, "breaches", {**breach, "title": "Laptop chef"})
    assert told.value.theirs is not None
    assert told.value.theirs["title"] == "Laptop monteur"
    assert records.load(any_desk, "breaches", breach["id"])["title"] == "Laptop monteur"


def test_a_refused_draft_leaves_nothing_behind(any_desk: Desk) -> None:
    with pytest.raises(InvalidRecordError) as told:
        add(any_desk, "rules", name="Onzin", period="zeven jaar", event="item_date")
    assert [each.field for each in told.value.problems] == ["period"]
    assert records.count(any_desk, "rules", ListQuery()) == 0
    with any_desk.store.read() as connection:
        assert journal.verify(connection) is None


def test_undo_brings_back_what_was_changed_deleted_or_added(any_desk: Desk) -> None:
    breach = a_breach(any_desk, measures=[{"sort": "corrective", "measure": "Wissen"}])
    changed = records.save(any_desk, "breaches", {**breach, "title": "Anders", "measures": []})
    back = records.undo(any_desk, changed).after
    assert back is not None
    assert (back["title"], len(back["measures"])) == ("Laptop gestolen", 1)
    deleted = records.delete(any_desk, "breaches", breach["id"], back["version"])
    again = records.undo(any_desk, deleted).after
    assert again is not None
    assert (again["number"], again["title"]) == (breach["number"], "Laptop gestolen")
    added = records.save(any_desk, "groups", records.new(any_desk, "groups", name="Leads"))
    records.undo(any_desk, added)
    assert records.count(any_desk, "groups", ListQuery()) == 0


def test_undo_is_refused_when_the_record_changed_since(any_desk: Desk) -> None:
    breach = a_breach(any_desk)
    changed = records.save(any_desk, "breaches", {**breach, "title": "Anders"})
    assert changed.after is not None
    records.save(any_desk, "breaches", {**changed.after, "title": "Nog anders"})
    with pytest.raises(EditConflictError):
        records.undo(any_desk, changed)


def test_sub_processors_are_a_tree_and_never_a_ring(any_desk: Desk) -> None:
    top = add(any_desk, "parties", name="Wolk")
    middle = add(any_desk, "parties", name="Regen", under_id=top["id"])
    leaf = add(any_desk, "parties", name="Plas", under_id=middle["id"])
    with pytest.raises(InvalidRecordError) as refused:
        records.save(any_desk, "parties", {**top, "under_id": leaf["id"]})
    assert [each.field for each in refused.value.problems] == ["under_id"]
    moved = records.save(any_desk, "parties", {**leaf, "under_id": top["id"]}).after
    assert moved is not None
    assert moved["under_id"] == top["id"]


def a_line(what: str) -> Values:
    return {"what": what, "happened_at": NOW, "by_whom": "Jan"}


@pytest.mark.parametrize(
    "rewritten",
    [
        lambda rows: [],
        lambda rows: [{**rows[0], "what": "Niets aan de hand"}, rows[1]],
        lambda rows: [rows[0], {**rows[1], "by_whom": ""}],
        lambda rows: [rows[0], {**rows[1], "happened_at": NOW - timedelta(hours=1)}],
        lambda rows: [{name: each[name] for name in a_line("")} for each in rows],
    ],
)
def test_a_line_of_the_timeline_stays_as_it_was_entered(
    any_desk: Desk, rewritten: Callable[[list[Values]], list[Values]]
) -> None:
    breach = a_breach(any_desk, timeline=[a_line("Gebeld"), a_line("Gewist")])
    draft = {**breach, "timeline": rewritten(breach["timeline"])}
    with pytest.raises(InvalidRecordError) as refused:
        records.save(any_desk, "breaches", draft)
    assert [each.field for each in refused.value.problems] == ["timeline"]
    assert records.load(any_desk, "breaches", breach["id"]) == breach


def test_the_timeline_is_added_to_and_no_undo_takes_a_line_away(any_desk: Desk) -> None:
    breach = a_breach(any_desk, timeline=[a_line("Gebeld")])
    lines = [*reversed([a_line("Gewist"), *breach["timeline"]])]
    changes = records.save(any_desk, "breaches", {**breach, "title": "Anders", "timeline": lines})
    undone = records.undo(any_desk, changes).after
    assert undone is not None
    assert undone["title"] == breach["title"]
    assert [each["what"] for each in undone["timeline"]] == ["Gebeld", "Gewist"]


def test_what_something_refers_to_is_not_deleted(any_desk: Desk) -> None:
    group = add(any_desk, "groups", name="Klanten")
    a_customer(any_desk, groups=[group["id"]])
    with pytest.raises(InUseError) as told:
        records.delete(any_desk, "groups", group["id"], group["version"])
    use_language("nl")
    assert "Klanten" in text(told.value.problem)
    assert records.load(any_desk, "groups", group["id"])["name"] == "Klanten"


def test_a_customer_code_is_used_once_per_controller(any_desk: Desk) -> None:
    a_customer(any_desk, number="K-1")
    with pytest.raises(InvalidRecordError) as told:
        a_customer(any_desk, number="K-1")
    assert told.value.problems[0].field == "number"
    other = add(any_desk, "controllers", name="Leasehof BV")
    kept = add(any_desk, "customers", controller_id=other["id"], name="Ander", number="K-1")
    assert kept["number"] == "K-1"


def test_a_text_of_a_hundred_thousand_characters_and_every_script_is_kept(
    any_desk: Desk,
) -> None:
    long = "<b>&amp; =cmd| שלום Łódź 😀 " * 4_000
    breach = a_breach(any_desk, description=long)
    assert records.load(any_desk, "breaches", breach["id"])["description"] == long.strip()


@pytest.mark.parametrize(
    "typed", ["halm", "BAK", "k-0", "k-0001", "dehalm.example", "0612", "12345678", "de h", "hàlm"]
)
def test_search_finds_a_customer_by_what_the_words_begin_with(any_desk: Desk, typed: str) -> None:
    a_customer(any_desk, email="info@dehalm.example", phone="0612345678", kvk="12345678")
    a_customer(any_desk, name="Slagerij Os", number="Q-9")
    found = records.page(any_desk, "customers", ListQuery(text=typed)).rows
    assert [each["name"] for each in found] == ["Bakkerij De Halm"]


def test_search_forgets_the_old_words_of_a_changed_record(any_desk: Desk) -> None:
    customer = a_customer(any_desk)
    records.save(any_desk, "customers", {**customer, "name": "Slagerij Os"})
    assert records.page(any_desk, "customers", ListQuery(text="halm")).rows == []
    assert len(records.page(any_desk, "customers", ListQuery(text="slager")).rows) == 1


@pytest.mark.parametrize("typed", ['"', "*", "a OR b", "'; DROP TABLE customers", "NEAR(", "<b>"])
def test_search_takes_anything_that_is_typed(any_desk: Desk, typed: str) -> None:
    a_customer(any_desk)
    records.page(any_desk, "customers", ListQuery(text=typed))
    assert records.count(any_desk, "customers", ListQuery()) == 1


def test_lists_filter_sort_and_page(any_desk: Desk) -> None:
    for name in ("Berk", "Aker", "Cel"):
        a_customer(any_desk, name=name, phase="lead" if name == "Cel" else "customer")
    names = [each["name"] for each in records.page(any_desk, "customers", ListQuery()).rows]
    assert names == ["Aker", "Berk", "Cel"]
    down = ListQuery(sort="sort_name", descending=True)
    assert records.page(any_desk, "customers", down, 1, 1).rows[0]["name"] == "Berk"
    leads = ListQuery(filters={"phase": "lead"})
    assert [each["name"] for each in records.page(any_desk, "customers", leads).rows] == ["Cel"]
    assert records.count(any_desk, "customers", leads) == 1


def test_history_tells_who_changed_what_from_what(any_desk: Desk) -> None:
    breach = a_breach(any_desk)
    records.save(any_desk, "breaches", {**breach, "title": "Anders"}, reason="vergissing")
    newest, oldest = records.history(any_desk, "breaches", breach["id"])
    assert (oldest.action, newest.action, newest.user) == ("create", "change", "Jan")
    assert ("title", "Laptop gestolen", "Anders") in newest.changes
    assert ("change_reason", None, "vergissing") in newest.changes


def test_a_tampered_journal_names_the_entry(any_desk: Desk) -> None:
    breach = a_breach(any_desk)
    with any_desk.store.write() as connection:
        connection.execute(
            sa.text("UPDATE journal SET action = 'delete' WHERE seq = :seq"), {"seq": 3}
        )
        broken = journal.verify(connection)
    assert broken is not None
    assert broken.seq == 3
    assert breach["version"] == 1


def test_struck_values_leave_the_journal_whole(any_desk: Desk) -> None:
    customer = a_customer(any_desk)
    with any_desk.store.write() as connection:
        struck = journal.strike(connection, [customer["id"]], frozenset({"name"}))
        assert struck == 1
        assert journal.verify(connection) is None
    entry = records.history(any_desk, "customers", customer["id"])[0]
    assert entry.struck == ("name",)
    assert "name" not in [field for field, _old, _new in entry.changes]


def as_role(desk: Desk, *roles: str) -> Desk:
    desk.user = SignedIn(desk.user.id, "anna", "Anna", frozenset(roles))
    return desk


def test_a_reader_finds_codes_and_never_names(any_desk: Desk) -> None:
    customer = a_customer(any_desk, notes="Belt altijd op maandag")
    desk = as_role(any_desk, "reader")
    assert records.page(desk, "customers", ListQuery(text="halm")).rows == []
    row = records.page(desk, "customers", ListQuery(text="k-0001")).rows[0]
    shown = {str(value) for value in row.values()}
    assert not any("Halm" in each or "maandag" in each for each in shown)
    loaded = records.load(desk, "customers", customer["id"])
    assert loaded["name"] is None
    assert "halm" not in str(loaded).casefold()
    assert "Halm" not in str(records.history(desk, "customers", customer["id"]))
    assert records.find_anything(desk, "halm") == []
    assert records.options(desk, "customers", "K-0")[0].title == "K-0001"


@pytest.mark.parametrize(
    ("role", "slug", "may_save"),
    [
        ("administrator", "breaches", False),
        ("coordinator", "activities", True),
        ("staff", "activities", False),
        ("staff", "breaches", True),
        ("staff", "customers", True),
        ("officer", "breaches", False),
        ("reader", "customers", False),
    ],
)
def test_a_role_saves_what_it_may_and_nothing_else(
    any_desk: Desk, role: str, slug: str, *, may_save: bool
) -> None:
    controller = first(any_desk, "controllers")
    draft = records.new(any_desk, slug)
    draft |= {"name": "X", "title": "X", "aware_at": NOW, "controller_id": controller["id"]}
    known = {each.name for each in REGISTERS[[r.slug for r in REGISTERS].index(slug)].fields}
    draft = {name: value for name, value in draft.items() if name in known}
    desk = as_role(any_desk, role)
    if may_save:
        assert records.save(desk, slug, draft).after is not None
    else:
        with pytest.raises(NotAllowedError):
            records.save(desk, slug, draft)


def test_what_a_role_may_not_read_is_nowhere_for_it(any_desk: Desk) -> None:
    a_customer(any_desk)
    desk = as_role(any_desk, "administrator")
    with pytest.raises(NotAllowedError):
        records.page(desk, "customers", ListQuery())
    assert records.find_anything(desk, "halm") == []
    assert records.options(desk, "customers", "") == []
    assert all(entry.slug == "users" for entry in records.journal_page(desk))


def test_a_record_that_is_gone_is_told_in_a_sentence(any_desk: Desk) -> None:
    with pytest.raises(ProblemError):
        records.load(any_desk, "breaches", uuid4())


@pytest.mark.parametrize("register", REGISTERS, ids=lambda each: each.slug)
def test_every_register_offers_a_new_record_with_its_defaults(register: Any, desk: Desk) -> None:
    second = first_two(desk)[1]
    draft = records.new(desk, register.slug)
    assert set(draft) == {each.name for each in register.fields}
    for each in register.fields:
        many = each.kind in (Kind.ROWS, Kind.LINKS, Kind.CHOICES)
        assert draft[each.name] == ([] if many else each.default)
    chosen = records.new(desk, "breaches", controller_id=second)
    assert chosen["controller_id"] == second


def first_two(desk: Desk) -> list[UUID]:
    """Return the controller there is, and one added beside it."""
    only = first(desk, "controllers")["id"]
    return [only, add(desk, "controllers", name="Bonenhof Holding BV")["id"]]


@pytest.mark.parametrize("slug", ["breaches", "requests", "customers", "rules", "statements"])
def test_the_only_controller_is_preset_in_a_new_record(slug: str, any_desk: Desk) -> None:
    only = first(any_desk, "controllers")["id"]
    assert records.new(any_desk, slug)["controller_id"] == only
    assert records.new(any_desk, slug, controller_id=None)["controller_id"] is None


def test_the_only_controller_is_preset_in_an_activity_and_not_in_its_own_record(
    any_desk: Desk,
) -> None:
    only = first(any_desk, "controllers")["id"]
    assert records.new(any_desk, "activities")["controllers"] == [only]
    assert records.new(any_desk, "controllers")["partners"] == []


def test_of_two_controllers_none_is_preset(any_desk: Desk) -> None:
    first_two(any_desk)
    assert records.new(any_desk, "breaches")["controller_id"] is None
    assert records.new(any_desk, "activities")["controllers"] == []


def test_a_duplicate_has_the_rows_but_no_number_and_no_key(any_desk: Desk) -> None:
    breach = a_breach(any_desk, measures=[{"sort": "corrective", "measure": "Wissen"}])
    copy = records.duplicate(any_desk, "breaches", breach["id"])
    assert "number" not in copy
    saved = records.save(any_desk, "breaches", copy).after
    assert saved is not None
    assert saved["number"] == "DL-2026-0002"
    assert saved["measures"][0]["id"] != breach["measures"][0]["id"]
    assert records.load(any_desk, "breaches", breach["id"])["measures"] == breach["measures"]
