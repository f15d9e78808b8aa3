"""The journal on the screen: what was really done, filtered, opened, and its chain checked."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel

from privreg.services import records
from privreg.services.changes import Changes
from privreg.translation import Message
from tests.ui.conftest import first, show
from tests.ui.hands import click, press
from tests.ui.pages.spoken import unnamed
from ui.pages.journal_model import AT_ONCE
from ui.pages.journal_page import JournalPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from tests.ui.conftest import Recorder
    from ui.office import Office


NOTHING = Changes(Message(""), frozenset())


@pytest.fixture
def page(office: Office, qtbot: QtBot, settle: Callable[[], None]) -> JournalPage:
    made = JournalPage(office)
    show(made, qtbot)
    made.enter()
    settle()
    return made


def told(page: JournalPage) -> str:
    return "\n".join(each.text() for each in page.detail.findChildren(QLabel))


def seen(page: JournalPage, column: int) -> list[str]:
    model = page.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_the_newest_entry_stands_first_and_is_written_out(
    page: JournalPage, save: Callable[..., Values], settle: Callable[[], None]
) -> None:
    save("groups", name="Sollicitanten")
    page.refresh(NOTHING)
    settle()
    assert "Sollicitanten" in seen(page, 5)[0]
    numbers = [int(each) for each in seen(page, 0)]
    assert numbers == sorted(numbers, reverse=True)
    assert "Sollicitanten" in told(page)


def test_a_change_says_what_stood_there_and_what_came(
    page: JournalPage, desk: Desk, settle: Callable[[], None]
) -> None:
    group = records.load(desk, "groups", first(desk, "groups")["id"])
    records.save(desk, "groups", {**group, "name": "Passanten"})
    page.refresh(NOTHING)
    settle()
    assert f"{group['name']} → Passanten" in told(page)


def test_values_struck_at_disposal_are_said_to_be_gone(
    page: JournalPage, settle: Callable[[], None]
) -> None:
    entry = page.model.entries[0]
    struck = entry.__class__(
        entry.seq,
        entry.at,
        entry.user,
        entry.action,
        "customers",
        entry.record_id,
        [],
        ("name",),
    )
    page.detail.show_entry(struck, "K-0001", is_there=False)
    settle()
    assert "struck at disposal" in told(page) or "vernietig" in told(page)


def test_older_entries_follow_as_one_scrolls_down(
    page: JournalPage, save: Callable[..., Values], settle: Callable[[], None], qtbot: QtBot
) -> None:
    for number in range(AT_ONCE + 20):
        save("measures", name=f"Maatregel {number}")
    page.refresh(NOTHING)
    settle()
    assert page.model.rowCount() == AT_ONCE
    page.table.setFocus()
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: page.model.rowCount() > AT_ONCE)
    settle()
    assert len(set(seen(page, 0))) == page.model.rowCount()
    while page.model.canFetchMore(QModelIndex()):
        page.model.fetchMore(QModelIndex())
        settle()
    assert seen(page, 0)[-1] == "1"


def test_the_journal_is_filtered_by_register_and_by_what_happened(
    page: JournalPage, desk: Desk, settle: Callable[[], None]
) -> None:
    page.menus["slug"].choose("groups", "Groepen")
    settle()
    assert {entry.slug for entry in page.model.entries} == {"groups"}
    group = records.load(desk, "groups", first(desk, "groups")["id"])
    records.save(desk, "groups", {**group, "name": "Passanten"})
    page.menus["action"].choose("change", "gewijzigd")
    settle()
    assert [entry.action for entry in page.model.entries] == ["change"]


def test_the_journal_is_filtered_by_who_did_it(
    page: JournalPage, desk: Desk, settle: Callable[[], None]
) -> None:
    page.menus["user_id"].choose(first(desk, "groups")["id"], "niemand")
    settle()
    assert page.lists.currentWidget() is page.empty
    page.empty.step.click()
    settle()
    assert page.model.rowCount() > 0
    page.menus["user_id"].choose(desk.user.id, desk.user.name)
    settle()
    assert page.model.rowCount() > 0


def test_enter_opens_the_record_of_an_entry(
    page: JournalPage, office: Office, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    page.menus["slug"].choose("kinds")
    settle()
    page.table.setFocus()
    with qtbot.waitSignal(office.opened) as opened:
        press(page.table, Qt.Key.Key_Return)
    assert opened.args == ["kinds", page.model.entries[0].record_id]


def test_a_record_that_is_gone_cannot_be_opened(
    page: JournalPage,
    office: Office,
    save: Callable[..., Values],
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    desk = office.desk
    gone = save("measures", name="Kluis")
    records.delete(desk, "measures", gone["id"], gone["version"])
    page.refresh(NOTHING)
    settle()
    assert page.model.entries[0].action == "delete"
    assert gone["number"] in seen(page, 5)[0]
    page.table.setFocus()
    with qtbot.assertNotEmitted(office.opened):
        press(page.table, Qt.Key.Key_Return)


def test_a_whole_chain_is_said_to_be_whole(
    page: JournalPage, notices: Recorder, settle: Callable[[], None]
) -> None:
    page.checker.click()
    settle()
    assert notices.problems == []
    assert str(page.model.entries[0].seq) in notices.told[0]
    assert page.verdict.text() == "03-04-2026 17:30"


def test_a_broken_chain_is_told_with_the_entry_where_it_breaks(
    page: JournalPage, desk: Desk, notices: Recorder, settle: Callable[[], None]
) -> None:
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE journal SET action = 'change' WHERE seq = 2")
    page.checker.click()
    settle()
    assert " 2:" in notices.problems[0]
    assert page.verdict.text() == ""


def test_the_model_of_the_journal_behaves(
    page: JournalPage, save: Callable[..., Values], settle: Callable[[], None]
) -> None:
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    save("groups", name="Sollicitanten", since=date(2026, 1, 1))
    page.ask()
    settle()
    page.model.clear()
    assert page.model.rowCount() == 0


def test_locking_takes_every_entry_off_the_screen(page: JournalPage) -> None:
    page.lock()
    assert page.model.rowCount() == 0
    assert told(page) == ""


def test_every_control_has_a_name_for_a_screen_reader(page: JournalPage) -> None:
    assert unnamed(page) == []


def test_an_officer_begins_with_what_was_done_since_the_last_visit(
    office: Office,
    desk: Desk,
    save: Callable[..., Values],
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    save("groups", name="Bezorgers")
    desk.user = replace(desk.user, roles=frozenset({"officer"}))
    desk.last_visit = desk.clock.now() + timedelta(minutes=1)
    page = JournalPage(office)
    show(page, qtbot)
    page.enter()
    settle()
    assert page.since.isChecked()
    assert page.model.rowCount() == 0
    assert page.empty.isVisible()
    click(page.empty.step)
    settle()
    assert not page.since.isChecked()
    assert "Bezorgers" in seen(page, 5)[0]


def test_who_was_never_here_is_not_offered_a_last_visit(office: Office, desk: Desk) -> None:
    desk.last_visit = None
    assert JournalPage(office).since.isHidden()
