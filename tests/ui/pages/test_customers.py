"""One customer: terms with their reasons, the time line, one-click events, entries in the page."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from privreg.law.events import EventType
from privreg.law.retention import ItemStatus
from privreg.services import drafts, records
from privreg.translation import use_language
from tests.ui.conftest import show
from tests.ui.hands import CONTROL, press, type_text
from ui.form.link_editors import RecordSearch
from ui.pages.customer_head import FORM
from ui.pages.customer_reading import phase_words
from ui.pages.customers import CustomersPage
from ui.pages.time_line import Mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from privreg.services.desk import Desk
    from tests.ui.conftest import Recorder
    from tests.ui.pages.conftest import Kept
    from ui.office import Office
    from ui.record_pane import RecordPane


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


@pytest.fixture
def page(office: Office, kept: Kept, settle: Callable[[], None], qtbot: QtBot) -> CustomersPage:
    kept.item("Factuur 118", date(2022, 6, 15))
    kept.item("Adres", kind="Adressen")
    kept.save(
        "events",
        customer_id=kept.customer["id"],
        type="contract_ended",
        happened_on=date(2024, 2, 29),
    )
    made = CustomersPage(office)
    office.changed.connect(made.refresh)
    show(made, qtbot)
    made.enter()
    settle()
    made.show_record(kept.customer["id"])
    settle()
    settle()
    return made


def entry_of(page: CustomersPage, name: str) -> RecordPane:
    entry = page.head.tabs[name].entry
    assert entry is not None
    entry.form.fill()
    return entry


def states(page: CustomersPage) -> dict[str, ItemStatus]:
    views = page.head.items.views.values()
    return {view.item["label"]: view.state.state for view in views}


def test_a_customer_has_most_of_the_room_also_the_second_one(
    page: CustomersPage, kept: Kept, settle: Callable[[], None]
) -> None:
    details = {"kind": "person", "phase": "lead", "controller_id": kept.customer["controller_id"]}
    for number in range(12):
        made = kept.save("customers", name=f"Klant {number}", **details)
    page.ask()
    settle()
    for record_id in (made["id"], kept.customer["id"]):
        page.show_record(record_id)
        settle()
        listed, recorded = page.splitter.sizes()
        assert recorded > 2.5 * listed
        row = page.table.visualRect(page.table.currentIndex())
        assert page.table.viewport().rect().contains(row.center())


def test_the_head_says_who_in_which_phase_since_when(page: CustomersPage) -> None:
    words = page.pane.heading.text()
    assert words.endswith("Bakkerij De Halm · company · former customer since 29/02/2024")


def happened(*events: tuple[str, date]) -> list[dict[str, Any]]:
    return [{"type": what, "happened_on": day, "item_id": None} for what, day in events]


STARTED, ENDED, RESUMED = date(2019, 5, 1), date(2022, 3, 31), date(2024, 1, 8)


@pytest.mark.parametrize(
    ("phase", "events", "since"),
    [
        (
            "customer",
            happened(("contract_started", STARTED), ("contract_resumed", RESUMED)),
            STARTED,
        ),
        (
            "customer",
            happened(
                ("contract_started", STARTED),
                ("contract_ended", ENDED),
                ("contract_resumed", RESUMED),
            ),
            RESUMED,
        ),
        ("customer", happened(("contract_started", STARTED), ("contract_ended", ENDED)), STARTED),
        ("customer", happened(("contract_ended", ENDED)), None),
        ("customer", happened(("account_opened", ENDED), ("contract_started", STARTED)), STARTED),
        (
            "former_customer",
            happened(("contract_ended", ENDED), ("account_closed", RESUMED)),
            RESUMED,
        ),
        (
            "marketing_contact",
            happened(("consent_given", STARTED), ("consent_given", ENDED)),
            STARTED,
        ),
    ],
)
def test_a_phase_began_at_the_first_start_that_nothing_has_ended_since(
    phase: str, events: list[dict[str, Any]], since: date | None
) -> None:
    words = phase_words({"kind": "company", "phase": phase}, events)
    assert words.endswith(f"since {since:%d/%m/%Y}" if since else "customer")


def test_resuming_what_never_ended_leaves_the_day_a_customer_came(
    page: CustomersPage, kept: Kept, settle: Callable[[], None]
) -> None:
    event = {"customer_id": kept.customer["id"], "type": "contract_started"}
    kept.save("events", **event, happened_on=date(2025, 1, 6))
    records.save(kept.desk, "customers", {**kept.customer, "phase": "customer"})
    page.show_record(kept.customer["id"])
    settle()
    settle()
    page.head.record(EventType.CONTRACT_RESUMED)
    settle()
    settle()
    assert len(kept.parts("events")) == 3
    assert page.pane.heading.text().endswith("customer since 06/01/2025")


def test_every_item_stands_there_with_its_days_and_its_state(page: CustomersPage) -> None:
    tree = page.head.items.tree
    shown = {
        tree.rows.index(row, 0).data(): [tree.rows.index(row, c).data() for c in (3, 4, 6)]
        for row in range(tree.rows.rowCount())
    }
    assert shown["Factuur 118"] == ["15/06/2029", "16/06/2029", "running"]
    assert shown["Adres"] == ["", "", "no retention rule"]
    assert states(page)["Adres"] is ItemStatus.GAP


def test_space_tells_why_this_date(page: CustomersPage, qtbot: QtBot) -> None:
    tree = page.head.items.tree
    invoice = next(key for key, v in page.head.items.views.items() if v.state.keep_through)
    assert tree.go_to(invoice)
    press(tree, Qt.Key.Key_Space)
    row = tree.currentIndex()
    assert tree.isExpanded(row)
    steps = [tree.rows.index(n, 0, row).data() for n in range(tree.rows.rowCount(row))]
    assert "Keep through 15/06/2029, dispose from 16/06/2029." in steps


def test_an_event_of_today_is_one_click_and_can_be_undone(
    page: CustomersPage, kept: Kept, notices: Recorder, settle: Callable[[], None]
) -> None:
    head = page.head
    head._offer_events()
    act = next(each for each in head.menu.actions() if each.text() == "Contract ended today")
    act.trigger()
    settle()
    settle()
    days = {each["happened_on"] for each in kept.parts("events")}
    assert days == {date(2024, 2, 29), date(2026, 4, 3)}
    assert page.pane.heading.text().endswith("former customer since 03/04/2026")
    assert notices.yes is not None
    notices.yes()
    settle()
    assert [each["happened_on"] for each in kept.parts("events")] == [date(2024, 2, 29)]


def test_ctrl_z_takes_the_event_back_and_not_an_older_save_of_the_customer(
    page: CustomersPage, kept: Kept, settle: Callable[[], None]
) -> None:
    name = page.pane.form.row("name").editor
    page.head.go_to(FORM)
    type_text(name.target, " II")
    page.pane.save()
    settle()
    page.head.record(EventType.LAST_CONTACT)
    settle()
    settle()
    assert len(kept.parts("events")) == 2
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Z, CONTROL)
    settle()
    settle()
    assert len(kept.parts("events")) == 1
    assert "II" in records.load(kept.desk, "customers", kept.customer["id"])["name"]
    press(page.table, Qt.Key.Key_Z, CONTROL)
    settle()
    assert "II" not in records.load(kept.desk, "customers", kept.customer["id"])["name"]


def test_ctrl_z_takes_back_an_entry_that_was_saved_last_also_from_the_list(
    page: CustomersPage, kept: Kept, settle: Callable[[], None]
) -> None:
    page.pane.last = kept.changes(kept.customer)
    page.head.go_to("events")
    page.head.tabs["events"].add()
    settle()
    entry = entry_of(page, "events")
    entry.form.take({"type": "last_contact", "happened_on": date(2026, 4, 1)}, version=0)
    entry.save()
    settle()
    settle()
    assert len(kept.parts("events")) == 2
    press(page.table, Qt.Key.Key_Z, CONTROL)
    settle()
    settle()
    assert [each["type"] for each in kept.parts("events")] == ["contract_ended"]


def test_an_event_with_the_chosen_item_names_that_item(
    page: CustomersPage, kept: Kept, settle: Callable[[], None]
) -> None:
    invoice = next(key for key, v in page.head.items.views.items() if v.state.keep_through)
    page.head.items.tree.go_to(invoice)
    page.head._offer_events()
    act = next(
        each
        for each in page.head.menu.actions()
        if each.text() == "Invoice paid today: Factuur 118"
    )
    act.trigger()
    settle()
    paid = next(each for each in kept.parts("events") if each["type"] == "invoice_paid")
    assert (paid["item_id"], paid["happened_on"]) == (invoice, date(2026, 4, 3))


def test_the_arrows_walk_along_the_time_line_and_enter_opens_the_event(
    page: CustomersPage, kept: Kept, settle: Callable[[], None], qtbot: QtBot
) -> None:
    line = page.head.items.time_line
    assert [each.spoken for each in line.spots] == ["29/02/2024 Contract ended"]
    assert "29/02/2024 Contract ended" in line.accessibleDescription()
    line.setFocus()
    press(line, Qt.Key.Key_Left)
    press(line, Qt.Key.Key_Return)
    settle()
    assert page.head.at == "events"
    assert entry_of(page, "events").record_id == kept.parts("events")[0]["id"]


def test_an_event_of_another_day_is_typed_in_the_page_and_saved(
    page: CustomersPage, kept: Kept, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page.head.go_to("events")
    page.head.tabs["events"].adder.click()
    settle()
    entry = entry_of(page, "events")
    entry.form.row("type").editor.show_value(EventType.LAST_CONTACT.value)
    entry.form.draft["type"] = EventType.LAST_CONTACT.value
    day: Any = entry.form.row("happened_on").editor.target
    type_text(day, "1-3-2026")
    press(day, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    settle()
    saved = {(each["type"], each["happened_on"]) for each in kept.parts("events")}
    assert ("last_contact", date(2026, 3, 1)) in saved
    assert page.head.tabs["events"].bodies.currentIndex() == 0
    assert len(page.head.tabs["events"].tree.targets()) == 2


def test_a_hold_on_an_item_suspends_its_disposal(
    page: CustomersPage, kept: Kept, settle: Callable[[], None]
) -> None:
    invoice = next(key for key, v in page.head.items.views.items() if v.state.keep_through)
    page.head.items.tree.go_to(invoice)
    page.head.items.holder.click()
    settle()
    entry = entry_of(page, "holds")
    assert entry.values["items"] == [invoice]
    assert entry.values["since_on"] == date(2026, 4, 3)
    entry.form.draft["reason"] = "dispute"
    entry.save()
    settle()
    settle()
    assert states(page)["Factuur 118"] is ItemStatus.HELD
    assert [each["reason"] for each in kept.parts("holds")] == ["dispute"]


def test_an_event_can_only_be_about_an_item_of_this_customer(
    page: CustomersPage, settle: Callable[[], None]
) -> None:
    page.head.tabs["events"].add()
    settle()
    entry = entry_of(page, "events")
    searches = [each for each in entry.findChildren(RecordSearch) if each.slug == "items"]
    assert [each.owner_id for each in searches] == [page.pane.record_id]


def test_leaving_with_an_unsaved_entry_asks_first(
    page: CustomersPage, notices: Recorder, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page.head.go_to("events")
    page.head.tabs["events"].add()
    settle()
    day: Any = entry_of(page, "events").form.row("happened_on").editor.target
    type_text(day, "1-3-2026")
    gone: list[bool] = []
    page.may_leave(lambda: gone.append(True))
    assert gone == []
    assert len(notices.questions) == 1


def test_an_unsaved_entry_outlives_the_lock_under_its_customer(
    page: CustomersPage, desk: Desk, kept: Kept, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page.head.go_to("events")
    page.head.tabs["events"].add()
    settle()
    type_text(entry_of(page, "events").form.row("happened_on").editor.target, "1-3-2026")
    draft = page.draft()
    assert draft is not None
    sealed = drafts.put_away(desk, [draft])
    page.lock()
    again = CustomersPage(page.office)
    show(again, qtbot)
    again.take_draft(drafts.take_out(desk, sealed)[0])
    settle()
    settle()
    entry = entry_of(again, "events")
    assert entry.values["happened_on"] == date(2026, 3, 1)
    assert entry.values["customer_id"] == kept.customer["id"]
    assert again.head.tabs["events"].edited_entry is entry


def test_the_form_is_a_tab_and_a_new_customer_begins_there(
    page: CustomersPage, settle: Callable[[], None]
) -> None:
    page.head.go_to(FORM)
    assert page.pane.bodies.currentWidget() is page.pane.form
    assert page.head.buttons[FORM].isChecked()
    page.add()
    settle()
    assert page.head.isHidden()
    assert page.pane.bodies.currentWidget() is page.pane.form


def test_a_reader_sees_codes_and_no_names(
    page: CustomersPage, desk: Desk, kept: Kept, settle: Callable[[], None]
) -> None:
    reader = type(desk.user)(desk.user.id, "lezer", "Lezer", frozenset({"reader"}))
    desk.user = reader
    page.pane.load(kept.customer["id"])
    settle()
    settle()
    assert "Halm" not in page.pane.heading.text()
    labels = [view.item["label"] for view in page.head.items.views.values()]
    assert labels == ["", ""]


def test_locking_leaves_nothing_of_the_customer_in_sight(page: CustomersPage) -> None:
    page.lock()
    assert page.head.items.tree.targets() == []
    assert list(page.head.items.time_line.spots) == []
    assert page.head.customer_id is None


def test_the_record_of_an_entry_opens_its_customer(
    page: CustomersPage, kept: Kept, qtbot: QtBot
) -> None:
    event = kept.parts("events")[0]
    with qtbot.waitSignal(page.office.opened) as opened:
        page.office.open_record("events", event["id"])
    assert opened.args == ["customers", kept.customer["id"]]


def test_undoing_elsewhere_is_seen_here(
    page: CustomersPage, desk: Desk, kept: Kept, settle: Callable[[], None]
) -> None:
    item = kept.item("Factuur 300", date(2020, 1, 1))
    page.office.announce(kept.changes(item))
    settle()
    assert "Factuur 300" in states(page)
    changes = records.delete(desk, "items", item["id"], item["version"])
    page.office.announce(changes)
    settle()
    assert "Factuur 300" not in states(page)


def test_a_customer_who_gets_no_advertising_is_shown_as_such(
    page: CustomersPage, kept: Kept, desk: Desk, settle: Callable[[], None]
) -> None:
    assert "no advertising" not in page.pane.heading.text()
    customer = records.load(desk, "customers", kept.customer["id"])
    records.save(desk, "customers", {**customer, "do_not_mail": True})
    page.show_record(kept.customer["id"])
    page.pane.load(kept.customer["id"])
    settle()
    settle()
    assert "no advertising" in page.pane.heading.text()


def test_today_is_marked_above_the_time_line_and_leaves_the_words_below_free(
    page: CustomersPage,
) -> None:
    line = page.head.items.time_line
    line.resize(900, line.height())
    line.clearFocus()
    line.show_marks((), page.office.today)
    picture, x = line.grab().toImage(), round(line.x_of(page.office.today))
    above, below = (
        {picture.pixelColor(x, y).name() for y in rows}
        for rows in (range(4, line.middle - 4), range(line.middle + 6, line.height()))
    )
    assert len(above) > len(below) == 1


def test_today_stands_at_the_end_of_the_line_also_when_everything_happened_today(
    page: CustomersPage,
) -> None:
    line = page.head.items.time_line
    line.show_marks((), page.office.today)
    at_the_end = line.x_of(page.office.today)
    line.show_marks([Mark(page.office.today, "Contract started", None)], page.office.today)
    assert line.x_of(page.office.today) == at_the_end > line.width() / 2
