"""Settings on the screen: what is chosen is in force, and stands there the next time."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from privreg.services import agenda, backups, records
from privreg.settings import Settings
from privreg.translation import language
from tests.ui.conftest import show
from tests.ui.hands import press, type_text
from tests.ui.pages.spoken import unnamed
from ui.office import Services
from ui.pages.settings_page import SettingsPage
from ui.pages.settings_panels import HealthPanel, ProgramPanel, RegisterPanel
from ui.places import PAGES
from ui.preferences import Preferences
from ui.start import Start
from ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from privreg.clock import FixedClock
    from privreg.services.desk import Desk
    from tests.ui.conftest import Recorder
    from ui.office import Office
    from ui.theme import Theme


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PRIVREG_SETTINGS", str(tmp_path / "settings"))


@pytest.fixture
def page(office: Office, qtbot: QtBot, settle: Callable[[], None]) -> SettingsPage:
    made = SettingsPage(office)
    show(made, qtbot)
    made.enter()
    settle()
    return made


def choose(panel: ProgramPanel | RegisterPanel, name: str, place: int) -> None:
    editor: Any = panel.form.rows[name].editor
    editor.group.button(place).click()


def retype(panel: ProgramPanel | RegisterPanel, name: str, text: str) -> None:
    editor: Any = panel.form.rows[name].editor
    editor.input.setFocus()
    editor.input.selectAll()
    type_text(editor.input, text)
    press(editor.input, Qt.Key.Key_Return)


def test_a_page_of_settings_makes_no_more_than_the_part_in_sight(page: SettingsPage) -> None:
    assert list(page.panels) == ["program"]
    page.show_panel("about")
    page.show_panel("program")
    assert list(page.panels) == ["program", "about"]


def test_a_setting_of_the_program_is_kept_and_announced(page: SettingsPage, qtbot: QtBot) -> None:
    panel = page.panels["program"]
    assert isinstance(panel, ProgramPanel)
    with qtbot.waitSignal(page.office.settings_chosen) as chosen:
        retype(panel, "idle_minutes", "25")
    assert chosen.args is not None
    assert chosen.args[0]["idle_minutes"] == 25
    assert Settings.load()["idle_minutes"] == 25


def test_what_a_setting_may_not_be_is_said_beside_it(page: SettingsPage, qtbot: QtBot) -> None:
    panel = page.panels["program"]
    assert isinstance(panel, ProgramPanel)
    with qtbot.assertNotEmitted(page.office.settings_chosen):
        retype(panel, "idle_minutes", "999")
    assert panel.form.rows["idle_minutes"].error.text() != ""
    assert Settings.load()["idle_minutes"] == 10


def test_a_setting_of_the_register_is_kept_in_it_and_can_be_undone(
    page: SettingsPage, desk: Desk, notices: Recorder, settle: Callable[[], None]
) -> None:
    page.show_panel("register")
    settle()
    panel = page.panels["register"]
    assert isinstance(panel, RegisterPanel)
    retype(panel, "backup_kept_days", "90")
    settle()
    assert backups.settings(desk)["backup_kept_days"] == 90
    assert notices.yes is not None
    notices.yes()
    settle()
    assert backups.settings(desk)["backup_kept_days"] == 35


def test_only_an_administrator_changes_a_register_or_its_users(
    office: Office, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    office.desk.user = replace(office.desk.user, roles=frozenset({"coordinator"}))
    page = SettingsPage(office)
    qtbot.addWidget(page)
    assert "users" not in page.entries
    page.show_panel("register")
    settle()
    panel = page.panels["register"]
    assert isinstance(panel, RegisterPanel)
    editor: Any = panel.form.rows["backup_kept_days"].editor
    assert editor.input.isReadOnly()


def test_the_check_says_in_words_that_all_is_whole_and_what_lacks(
    page: SettingsPage, settle: Callable[[], None]
) -> None:
    page.show_panel("check")
    panel = page.panels["check"]
    assert isinstance(panel, HealthPanel)
    panel.starter.click()
    settle()
    assert panel.file.text() != ""
    assert panel.journal.text() != ""
    assert panel.findings.text()[:1].isdigit()


def test_the_check_names_the_backups_that_hold_data_past_their_term(
    page: SettingsPage, desk: Desk, clock: FixedClock, settle: Callable[[], None]
) -> None:
    made = backups.make(desk).file.name
    page.show_panel("check")
    panel = page.panels["check"]
    assert isinstance(panel, HealthPanel)
    panel.starter.click()
    settle()
    assert panel.past_term.isHidden()
    clock.moment += timedelta(days=35)
    panel.starter.click()
    settle()
    assert not panel.past_term.isHidden()
    assert made in panel.past_term.text()
    assert "08-05-2026" in panel.past_term.text()


def test_the_check_says_where_the_journal_is_broken(
    page: SettingsPage, desk: Desk, settle: Callable[[], None]
) -> None:
    with desk.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM journal WHERE seq = 3")
    page.show_panel("check")
    panel = page.panels["check"]
    assert isinstance(panel, HealthPanel)
    panel.starter.click()
    settle()
    assert " 4" in panel.journal.text()


def test_the_check_names_a_record_that_is_not_found_and_mends_that(
    page: SettingsPage, desk: Desk, settle: Callable[[], None]
) -> None:
    with desk.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM search_rows WHERE slug = 'groups'")
    page.show_panel("check")
    panel = page.panels["check"]
    assert isinstance(panel, HealthPanel)
    panel.starter.click()
    settle()
    assert "GB-0001" in panel.records.text()
    assert not panel.mender.isHidden()
    panel.mender.click()
    settle()
    assert "GB-0001" not in panel.records.text()
    assert panel.mender.isHidden()


def test_the_lists_are_one_click_away(page: SettingsPage, office: Office, qtbot: QtBot) -> None:
    page.show_panel("lists")
    buttons = page.panels["lists"].findChildren(type(page.entries["lists"]))
    with qtbot.waitSignal(office.place_asked) as asked:
        buttons[0].click()
    assert asked.args == ["controllers"]


def test_about_tells_the_version_and_where_the_register_stands(
    page: SettingsPage, desk: Desk
) -> None:
    page.show_panel("about")
    told = [each.text() for each in page.panels["about"].findChildren(QLabel)]
    assert "EUPL-1.2" in told
    assert str(desk.folder.path) in told


def test_the_parts_are_walked_by_the_arrows(page: SettingsPage) -> None:
    page.take_focus()
    press(page.entries["program"], Qt.Key.Key_Down)
    assert page.entries["register"].hasFocus()


@pytest.mark.parametrize(
    "name", ["program", "register", "users", "access", "backups", "check", "lists", "about"]
)
def test_every_control_has_a_name_for_a_screen_reader(
    page: SettingsPage, name: str, settle: Callable[[], None]
) -> None:
    page.show_panel(name)
    settle()
    assert unnamed(page) == []


@pytest.fixture
def window(
    desk: Desk, clock: Any, theme: Theme, tmp_path: Path, qtbot: QtBot
) -> Iterator[MainWindow]:
    preferences = Preferences(tmp_path / "window.ini")
    services = Services(records=records, agenda=agenda)
    made = MainWindow(Start(clock), services, PAGES[-1:], preferences, Settings.load())
    show(made, qtbot)
    made.enter(desk)
    qtbot.waitUntil(lambda: made.shell is not None and made.shell.page is not None)
    yield made
    theme.choose("system")


def panel_of(window: MainWindow) -> ProgramPanel:
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, SettingsPage)
    panel = page.panels["program"]
    assert isinstance(panel, ProgramPanel)
    return panel


def test_the_language_switches_at_once_and_the_page_stays(window: MainWindow, qtbot: QtBot) -> None:
    before = window.shell
    choose(panel_of(window), "language", 1)
    qtbot.waitUntil(lambda: window.shell is not before)
    assert language() == "en"
    assert window.shell is not None
    assert window.shell.title.text() == "Settings"
    assert panel_of(window).form.rows["language"].label.text() == "Language"
    assert window.unlock.isHidden()


def test_the_colours_switch_at_once(window: MainWindow, qtbot: QtBot, theme: Theme) -> None:
    before = theme.palette
    choose(panel_of(window), "theme", 2)
    qtbot.waitUntil(lambda: theme.palette is not before)
    assert not theme.is_following
    assert Settings.load()["theme"] == "dark"


def test_the_minutes_until_the_lock_hold_at_once(window: MainWindow) -> None:
    retype(panel_of(window), "idle_minutes", "3")
    assert window.shell is not None
    assert window.shell.idle_for.total_seconds() == 180
