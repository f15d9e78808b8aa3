"""Colleagues: who is added can log in, who is ended cannot, and a new sheet opens the register."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QPushButton

from privreg.errors import CannotOpenError, WrongPasswordError
from privreg.services import desk as desks
from privreg.services import records
from privreg.services.records import ListQuery
from tests.ui.conftest import LOGIN, PASSWORD, show
from tests.ui.hands import type_text
from tests.ui.pages.test_reports_page import Answers
from ui.pages.access_panel import AccessPanel
from ui.pages.users_panel import UsersPanel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from privreg.clock import Clock
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from tests.ui.conftest import Recorder
    from ui.ask import Ask
    from ui.office import Office

FIRST = "zeven groene emmers zand"
SECOND = "acht blauwe kranen ijs"


@pytest.fixture
def panel(office: Office, qtbot: QtBot, settle: Callable[[], None]) -> UsersPanel:
    made = UsersPanel(office)
    show(made, qtbot)
    made.enter()
    settle()
    return made


@pytest.fixture
def access(office: Office, qtbot: QtBot, tmp_path: Path) -> AccessPanel:
    made = AccessPanel(office)
    made.sheet.shown.asks = Answers(tmp_path)
    show(made, qtbot)
    return made


def fill(ask: Ask, text: str) -> None:
    ask.input.setFocus()
    ask.input.clear()
    type_text(ask.input, text)


def add(panel: UsersPanel, settle: Callable[[], None], password: str = FIRST) -> None:
    panel.adder.click()
    for name, text in (("name", "Fatima Bakker"), ("login", "fatima")):
        editor: Any = panel.form.rows[name].editor
        editor.input.setFocus()
        type_text(editor.input, text)
    fill(panel.form.password.first, password)
    fill(panel.form.password.again, password)
    panel.form.saver.click()
    settle()


def user(desk: Desk, login: str) -> Values:
    found = records.page(desk, "users", ListQuery()).rows
    return next(each for each in found if each["login"] == login)


def opens(desk: Desk, clock: Clock, login: str, password: str) -> bool:
    """Whether this person opens the register, as anybody else would: by reading."""
    opened = desks.open_desk(desk.folder.path, login, password, clock=clock, read_only=True)
    is_theirs = opened.user.login == login
    opened.close()
    return is_theirs


def test_a_colleague_who_is_added_can_log_in(
    panel: UsersPanel, desk: Desk, clock: Clock, settle: Callable[[], None], notices: Recorder
) -> None:
    add(panel, settle)
    assert notices.problems == []
    assert "fatima" in panel.cards
    assert user(desk, "fatima")["roles"] == ["staff"]
    assert opens(desk, clock, "fatima", FIRST)


def test_a_weak_first_password_is_said_beside_it_and_nobody_is_added(
    panel: UsersPanel, desk: Desk, settle: Callable[[], None]
) -> None:
    add(panel, settle, "kort")
    assert panel.form.password.first.error.text() != ""
    assert len(records.page(desk, "users", ListQuery()).rows) == 1


def test_two_passwords_that_differ_are_said_beside_the_second(
    panel: UsersPanel, settle: Callable[[], None]
) -> None:
    panel.adder.click()
    fill(panel.form.password.first, FIRST)
    fill(panel.form.password.again, SECOND)
    panel.form.saver.click()
    settle()
    assert panel.form.password.again.error.text() != ""
    assert not panel.form.isHidden()


def test_what_was_refused_is_forgotten_while_it_is_corrected(
    panel: UsersPanel, desk: Desk, settle: Callable[[], None], notices: Recorder
) -> None:
    add(panel, settle, "kort")
    first = panel.form.password.first
    (told,) = notices.problems
    assert notices.solved_problems == []
    assert QApplication.focusWidget() is first.input
    assert first.error.text() in first.input.accessibleDescription()
    type_text(first.input, " en nog heel veel langer")
    assert first.error.text() == ""
    assert first.error.text() in first.input.accessibleDescription()
    assert notices.solved_problems == [told]
    fill(panel.form.password.again, first.text)
    panel.form.saver.click()
    settle()
    assert "fatima" in panel.cards
    assert user(desk, "fatima")["name"] == "Fatima Bakker"


def test_a_field_that_is_corrected_is_no_longer_called_wrong(
    panel: UsersPanel, settle: Callable[[], None], notices: Recorder
) -> None:
    panel.adder.click()
    fill(panel.form.password.first, FIRST)
    fill(panel.form.password.again, FIRST)
    panel.form.saver.click()
    settle()
    login = panel.form.rows["login"]
    assert login.error.isVisible()
    assert notices.problems != []
    login.editor.target.setFocus()
    type_text(login.editor.target, "fatima")
    assert login.error.isHidden()
    assert notices.solved_problems == notices.problems


def test_roles_and_the_declaration_of_secrecy_are_changed(
    panel: UsersPanel, desk: Desk, settle: Callable[[], None]
) -> None:
    add(panel, settle)
    panel.edit(user(desk, "fatima"))
    roles: Any = panel.form.rows["roles"].editor
    roles.boxes["reader"].click()
    declared: Any = panel.form.rows["secrecy_declared_on"].editor
    declared.input.setFocus()
    type_text(declared.input, "1-4-2026")
    panel.form.saver.click()
    settle()
    assert user(desk, "fatima")["roles"] == ["staff", "reader"]
    assert user(desk, "fatima")["secrecy_declared_on"] == date(2026, 4, 1)


def test_the_last_administrator_stays_one(
    panel: UsersPanel, desk: Desk, notices: Recorder, settle: Callable[[], None]
) -> None:
    panel.edit(user(desk, LOGIN))
    roles: Any = panel.form.rows["roles"].editor
    roles.boxes["administrator"].click()
    panel.form.saver.click()
    settle()
    assert notices.problems != []
    assert "administrator" in user(desk, LOGIN)["roles"]


def test_a_password_given_anew_opens_and_the_old_one_does_not(
    panel: UsersPanel, desk: Desk, clock: Clock, settle: Callable[[], None]
) -> None:
    add(panel, settle)
    panel.ask_reset(user(desk, "fatima"))
    fill(panel.reset.password.first, SECOND)
    fill(panel.reset.password.again, SECOND)
    panel.reset.saver.click()
    settle()
    assert opens(desk, clock, "fatima", SECOND)
    with pytest.raises(WrongPasswordError):
        opens(desk, clock, "fatima", FIRST)


def test_access_is_ended_after_one_question_and_nothing_opens_any_more(
    panel: UsersPanel,
    desk: Desk,
    clock: Clock,
    notices: Recorder,
    settle: Callable[[], None],
) -> None:
    add(panel, settle)
    panel.ask_end(user(desk, "fatima"))
    assert "Fatima Bakker" in notices.questions[0]
    assert notices.yes is not None
    notices.yes()
    settle()
    assert notices.problems == []
    assert user(desk, "fatima")["state"] == "ended"
    assert opens(desk, clock, LOGIN, PASSWORD)
    with pytest.raises(CannotOpenError):
        opens(desk, clock, "fatima", FIRST)


def test_one_does_not_end_ones_own_access(panel: UsersPanel) -> None:
    words = [each.text() for each in panel.cards[LOGIN].findChildren(QPushButton)]
    assert len(words) == 2


def test_ones_own_password_is_changed_with_the_old_one(
    access: AccessPanel, desk: Desk, clock: Clock, notices: Recorder, settle: Callable[[], None]
) -> None:
    fill(access.old, "dit is het niet")
    fill(access.new.first, SECOND)
    fill(access.new.again, SECOND)
    access.changer.click()
    settle()
    assert access.old.error.text() != ""
    fill(access.old, PASSWORD)
    access.changer.click()
    settle()
    assert notices.told != []
    assert access.new.text == ""
    assert opens(desk, clock, LOGIN, SECOND)


def test_a_new_emergency_sheet_asks_for_the_password(
    access: AccessPanel, settle: Callable[[], None]
) -> None:
    fill(access.sheet.password, "dit is het niet")
    access.sheet.renewer.click()
    settle()
    assert not access.sheet.is_open
    assert access.sheet.password.error.text() != ""


def test_a_new_emergency_sheet_is_saved_confirmed_and_opens_the_register(
    access: AccessPanel,
    desk: Desk,
    clock: Clock,
    notices: Recorder,
    settle: Callable[[], None],
    tmp_path: Path,
) -> None:
    fill(access.sheet.password, PASSWORD)
    access.sheet.renewer.click()
    settle()
    key = access.sheet.shown.key.text()
    assert not access.leave()
    assert notices.problems != []
    access.sheet.shown.saver.click()
    settle()
    [file] = tmp_path.glob("*.pdf")
    printed = "".join(each.extract_text() for each in PdfReader(file).pages)
    assert key in "".join(printed.split())
    access.sheet.kept.click()
    access.sheet.closer.click()
    assert access.leave()
    assert not access.sheet.is_open
    desk.close()
    desks.open_with_recovery(desk.folder.path, key, clock=clock).close()


def test_a_new_emergency_sheet_is_printed(
    access: AccessPanel,
    notices: Recorder,
    settle: Callable[[], None],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    fill(access.sheet.password, PASSWORD)
    access.sheet.renewer.click()
    settle()
    access.sheet.shown.printer.click()
    qtbot.waitUntil(lambda: bool(notices.told))
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 1
