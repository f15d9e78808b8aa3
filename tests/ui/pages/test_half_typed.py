"""A half-typed breach or request is never wiped without a question, whatever key is pressed."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from privreg.services import records
from privreg.services.records import ListQuery
from privreg.translation import use_language
from tests.ui.conftest import AT, first, show
from tests.ui.hands import CONTROL, click, press, type_text
from ui.notices import BarNotices
from ui.pages.breaches import BreachesPage
from ui.pages.requests import RequestsPage
from ui.places import PAGES
from ui.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from tests.ui.conftest import Recorder
    from ui.office import Office
    from ui.pages.cases import CasesPage

TYPED = "Laptop gestolen uit bus"
IN_LINE = {BreachesPage: "title", RequestsPage: "about"}
SAVED: dict[type[CasesPage], Values] = {
    BreachesPage: {"title": "Mail in cc", "aware_at": AT},
    RequestsPage: {"kinds": ["access"], "about": "Jansen", "received_on": AT.date()},
}


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


@pytest.fixture(params=[BreachesPage, RequestsPage])
def page(
    request: pytest.FixtureRequest, office: Office, settle: Callable[[], None], qtbot: QtBot
) -> CasesPage:
    made: CasesPage = request.param(office)
    office.changed.connect(made.refresh)
    show(made, qtbot)
    made.enter()
    settle()
    return made


@pytest.fixture
def line(page: CasesPage, settle: Callable[[], None]) -> QWidget:
    """Return the line of the entry in which something was typed."""
    page.show_record(None)
    settle()
    target = line_of(page)
    type_text(target, TYPED)
    return target


def line_of(page: CasesPage) -> QWidget:
    return page.entry.rows[IN_LINE[type(page)]].editor.target


def stands(page: CasesPage) -> bool:
    answers = page.entry.answers
    return page.entry.isVisible() and answers.get(IN_LINE[type(page)]) == TYPED


def test_escape_asks_before_it_wipes_what_was_typed(
    page: CasesPage, line: QWidget, notices: Recorder
) -> None:
    press(line, Qt.Key.Key_Escape)
    assert stands(page)
    assert notices.questions == [page.entry.half_typed.template]
    assert notices.other is not None
    notices.other()
    assert not page.entry.isVisible()
    assert not page.entry.answers


def test_cancel_asks_before_it_wipes_what_was_typed(
    page: CasesPage, line: QWidget, notices: Recorder
) -> None:
    del line
    cancel = next(each for each in page.entry.findChildren(QPushButton) if each.text() == "Cancel")
    click(cancel)
    assert stands(page)
    assert len(notices.questions) == 1


def test_the_key_for_a_new_record_goes_back_to_what_was_typed(
    page: CasesPage, line: QWidget, settle: Callable[[], None]
) -> None:
    page.table.setFocus()
    press(page.table, Qt.Key.Key_N, CONTROL)
    settle()
    assert stands(page)
    del line
    assert page.entry.isAncestorOf(page.focusWidget() or page)


def test_the_button_for_a_new_record_goes_back_to_what_was_typed(
    page: CasesPage, line: QWidget, settle: Callable[[], None]
) -> None:
    del line
    click(page.adder)
    settle()
    assert stands(page)


def test_escape_leaves_an_entry_with_nothing_in_it_at_once(
    page: CasesPage, settle: Callable[[], None], notices: Recorder
) -> None:
    page.show_record(None)
    settle()
    press(line_of(page), Qt.Key.Key_Escape)
    assert not page.entry.isVisible()
    assert notices.questions == []


def test_a_date_that_cannot_be_read_is_something_typed_too(
    page: CasesPage, settle: Callable[[], None], notices: Recorder
) -> None:
    page.show_record(None)
    settle()
    name = "aware_at" if isinstance(page, BreachesPage) else "received_on"
    day = page.entry.rows[name].editor.target
    type_text(day, "3-")
    press(day, Qt.Key.Key_Escape)
    assert page.entry.isVisible()
    assert len(notices.questions) == 1


def test_the_whole_form_takes_what_was_typed_as_not_yet_saved(
    page: CasesPage, line: QWidget, settle: Callable[[], None], notices: Recorder
) -> None:
    del line
    whole = next(
        each for each in page.entry.findChildren(QPushButton) if each.text() == "The whole form"
    )
    click(whole)
    settle()
    assert page.pane.values[IN_LINE[type(page)]] == TYPED
    gone: list[bool] = []
    page.may_leave(lambda: gone.append(True))
    assert not gone
    assert len(notices.questions) == 1


def test_another_record_is_shown_after_the_question(
    page: CasesPage,
    save: Callable[..., Values],
    settle: Callable[[], None],
    notices: Recorder,
) -> None:
    other = save(page.register.slug, **SAVED[type(page)])
    page.show_record(None)
    settle()
    type_text(line_of(page), TYPED)
    page.show_record(other["id"])
    settle()
    assert stands(page)
    assert notices.other is not None
    notices.other()
    settle()
    assert page.pane.record_id == other["id"]


def test_recording_it_first_goes_on_to_what_was_asked(
    office: Office, desk: Desk, settle: Callable[[], None], notices: Recorder, qtbot: QtBot
) -> None:
    page = BreachesPage(office)
    show(page, qtbot)
    page.enter()
    settle()
    page.show_record(None)
    settle()
    for name, words in (("title", TYPED), ("aware_at", "3-4-2026 12:00")):
        type_text(page.entry.rows[name].editor.target, words)
    gone: list[bool] = []
    page.may_leave(lambda: gone.append(True))
    assert notices.yes is not None
    notices.yes()
    settle()
    assert gone == [True]
    assert records.count(desk, "breaches", ListQuery()) == 1
    assert first(desk, "breaches")["title"] == TYPED


@pytest.fixture
def shell(office: Office, settle: Callable[[], None], qtbot: QtBot) -> Shell:
    made = Shell(office, BarNotices(), PAGES, idle_for=timedelta(minutes=10))
    show(made, qtbot)
    made.record_breach()
    settle()
    assert isinstance(made.page, BreachesPage)
    type_text(line_of(made.page), TYPED)
    return made


def test_the_key_for_a_breach_goes_back_to_the_half_typed_one(
    shell: Shell, settle: Callable[[], None]
) -> None:
    assert isinstance(shell.page, BreachesPage)
    press(line_of(shell.page), Qt.Key.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    settle()
    assert stands(shell.page)
    assert line_of(shell.page).hasFocus()


def test_the_button_for_a_breach_goes_back_to_the_half_typed_one(
    shell: Shell, settle: Callable[[], None]
) -> None:
    assert isinstance(shell.page, BreachesPage)
    click(shell.breach)
    settle()
    assert stands(shell.page)
    shell.breach.setFocus()
    press(shell.breach, Qt.Key.Key_Space)
    settle()
    assert stands(shell.page)
    assert line_of(shell.page).hasFocus()
