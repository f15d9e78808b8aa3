"""The window: start screens, an open register, going about in it, locking and coming back."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from privreg.law.deadline import Deadline
from privreg.services import agenda, records
from privreg.services import desk as desks
from privreg.services.drafts import Draft, put_away, take_out
from privreg.services.records import ListQuery
from privreg.settings import Settings, settings_folder
from privreg.translation import Message
from tests.ui.conftest import AT, LOGIN, PASSWORD, first
from tests.ui.hands import CONTROL, click, press, type_text
from tests.ui.pages.test_reports_page import Answers
from ui.form.text_editors import LineEditor
from ui.list_page import ListPage
from ui.office import Services
from ui.pages.paper_view import PaperView
from ui.places import PAGES
from ui.preferences import Preferences
from ui.start import Start, free_name
from ui.status_bar import StatusBar
from ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from privreg.clock import FixedClock
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from ui.shell import Shell
    from ui.theme import Theme

HOUR = timedelta(hours=1)
SOME_KEY = UUID(int=1)


class Places(Start):
    """The real start, but with an answer ready for each file dialog."""

    folder: Path

    def ask_folder(self, parent: QWidget) -> Path | None:
        return self.folder

    def ask_place(self, parent: QWidget) -> Path | None:
        return self.folder


@pytest.fixture
def start(clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """Return what opens registers, its settings kept apart."""
    monkeypatch.setenv("PRIVREG_SETTINGS", str(tmp_path / "settings"))
    made = Places(clock)
    made.folder = tmp_path
    return made


def unlock(window: MainWindow, wait: Callable[[], None], folder: Path) -> Shell:
    """Open a register with its password."""
    window.show_unlock(folder)
    wait()
    type_text(window.unlock.password.input, PASSWORD)
    press(window.unlock.password.input, Qt.Key.Key_Return)
    wait()
    assert window.shell is not None
    return window.shell


def told(window: MainWindow) -> list[str]:
    """Return what stands in the bars."""
    return [each.sentence.text() for each in window.notices.shown]


def test_a_register_is_made_step_by_step_and_opens(
    window: MainWindow, wait: Callable[[], None], tmp_path: Path
) -> None:
    click(window.welcome.maker)
    make = window.make
    type_text(make.fields["name"].input, "Bakkerij De Halm")
    click(make.onward)
    assert make.step == 1
    assert make.folder.text == "Bakkerij De Halm"
    make.ask_place()
    click(make.onward)
    for ask, text in (
        (make.user, "M. de Wit"),
        (make.login, LOGIN),
        (make.password, PASSWORD),
        (make.again, PASSWORD),
    ):
        type_text(ask.input, text)
    click(make.onward)
    wait()
    assert make.step == 3
    assert make.password.text == ""
    assert not make.onward.isEnabled()
    key = make.sheet.key.text()
    make.kept.click()
    click(make.onward)
    wait()
    assert window.shell is not None
    assert first(window.shell.office.desk, "controllers")["name"] == "Bakkerij De Halm"
    assert make.sheet.key.text() == ""
    assert key
    assert (tmp_path / "Bakkerij De Halm.privreg").is_dir()


def test_a_register_is_made_with_enter_alone(window: MainWindow, wait: Callable[[], None]) -> None:
    window.welcome.maker.setFocus()
    press(window.welcome.maker, Qt.Key.Key_Return)
    make = window.make
    name = make.fields["name"].input
    assert name.hasFocus()
    type_text(name, "Bakkerij De Halm")
    press(name, Qt.Key.Key_Return)
    assert make.step == 1
    make.ask_place()
    press(make.folder.input, Qt.Key.Key_Enter)
    for ask, words in (
        (make.user, "M. de Wit"),
        (make.login, LOGIN),
        (make.password, PASSWORD),
        (make.again, PASSWORD),
    ):
        type_text(ask.input, words)
    press(make.again.input, Qt.Key.Key_Return)
    wait()
    assert make.step == 3
    press(make.kept, Qt.Key.Key_Return)
    assert window.shell is None
    press(make.kept, Qt.Key.Key_Space)
    make.onward.setFocus()
    press(make.onward, Qt.Key.Key_Return)
    wait()
    assert window.shell is not None
    window.make.begin()
    assert make.fields["name"].text == ""


def test_going_back_keeps_what_was_typed_but_no_password(window: MainWindow) -> None:
    click(window.welcome.maker)
    make = window.make
    type_text(make.fields["name"].input, "Bakkerij De Halm")
    make.show_step(2)
    type_text(make.password.input, PASSWORD)
    for _step in range(3):
        click(make.back)
    assert window.stack.currentWidget() is window.welcome
    assert make.password.text == ""
    click(window.welcome.maker)
    assert make.step == 0
    assert make.fields["name"].text == "Bakkerij De Halm"


def test_what_is_wrong_is_said_when_the_cursor_leaves_the_field(window: MainWindow) -> None:
    click(window.welcome.maker)
    fields = window.make.fields
    fields["kvk"].input.setFocus()
    type_text(fields["kvk"].input, "123")
    assert not fields["kvk"].error.isVisible()
    fields["street"].input.setFocus()
    assert fields["kvk"].error.isVisible()
    assert not fields["name"].error.isVisible()
    fields["kvk"].input.setFocus()
    type_text(fields["kvk"].input, "45678")
    fields["street"].input.setFocus()
    assert not fields["kvk"].error.isVisible()
    window.make.show_step(2)
    window.make.password.input.setFocus()
    type_text(window.make.password.input, "kort")
    window.make.again.input.setFocus()
    assert window.make.password.error.isVisible()
    assert not window.make.again.error.isVisible()


def test_a_bad_number_is_said_beside_its_field_and_the_step_stays(window: MainWindow) -> None:
    click(window.welcome.maker)
    type_text(window.make.fields["name"].input, "Bakkerij De Halm")
    type_text(window.make.fields["kvk"].input, "123")
    click(window.make.onward)
    assert window.make.step == 0
    assert window.make.fields["kvk"].error.isVisible()
    assert window.make.fields["kvk"].input.hasFocus()


@pytest.mark.parametrize(
    ("password", "again"), [("wachtwoord123", "wachtwoord123"), (PASSWORD, "iets anders")]
)
def test_a_weak_password_or_one_typed_twice_differently_is_refused(
    window: MainWindow, password: str, again: str
) -> None:
    window.show_make()
    window.make.show_step(2)
    for ask, text in (
        (window.make.login, LOGIN),
        (window.make.password, password),
        (window.make.again, again),
    ):
        type_text(ask.input, text)
    click(window.make.onward)
    assert window.make.step == 2
    assert window.make.password.error.isVisible() or window.make.again.error.isVisible()


def test_the_emergency_sheet_of_a_new_register_is_looked_at_saved_and_forgotten(
    window: MainWindow, wait: Callable[[], None], desk: Desk, tmp_path: Path
) -> None:
    sheet = window.make.sheet
    sheet.asks = Answers(tmp_path)
    sheet.show_key(desk, "ABCDE-FGHJK-MNPQR")
    assert not sheet.saver.isEnabled()
    wait()
    assert list(tmp_path.glob("*.pdf")) == []
    sheet.viewer.click()
    [view] = sheet.findChildren(PaperView)
    assert view.document.pageCount() == 1
    sheet.saver.click()
    wait()
    [paper] = tmp_path.glob("*.pdf")
    printed = "".join(each.extract_text() for each in PdfReader(paper).pages)
    assert "ABCDE-FGHJK-MNPQR" in "".join(printed.split())
    assert paper.stat().st_mode & 0o077 == 0
    sheet.forget()
    assert view.document.pageCount() == 0
    assert not sheet.is_open
    assert not sheet.printer.isEnabled()


def test_the_paper_of_a_key_that_was_put_away_meanwhile_is_dropped(
    window: MainWindow, wait: Callable[[], None], desk: Desk
) -> None:
    window.make.sheet.show_key(desk, "ABCDE-FGHJK-MNPQR")
    window.make.sheet.forget()
    wait()
    assert window.make.sheet.paper is None


def test_the_last_registers_stand_on_the_first_screen_and_can_be_taken_off(
    window: MainWindow, wait: Callable[[], None], register_folder: Path
) -> None:
    unlock(window, wait, register_folder)
    window.show_welcome()
    names = [each.text() for each in window.welcome.recent.findChildren(QPushButton)]
    assert names == ["Bonenhof"]
    window.welcome._forget(register_folder)
    assert window.welcome.recent.findChildren(QPushButton) == []


def test_a_wrong_password_is_told_and_the_field_is_ready_again(
    window: MainWindow, wait: Callable[[], None], register_folder: Path
) -> None:
    window.show_unlock(register_folder)
    wait()
    type_text(window.unlock.password.input, "verkeerd")
    press(window.unlock.password.input, Qt.Key.Key_Return)
    wait()
    assert window.shell is None
    assert told(window) == ["Het wachtwoord klopt niet."]
    assert window.unlock.password.input.isEnabled()
    assert window.unlock.password.input.hasFocus()
    window.unlock.open()
    wait()
    assert told(window) == ["Het wachtwoord klopt niet. De volgende poging wacht 1 seconde."]


def test_a_wrong_password_at_the_lock_of_one_user_names_no_name(
    window: MainWindow, wait: Callable[[], None], register_folder: Path
) -> None:
    unlock(window, wait, register_folder)
    window.lock()
    wait()
    type_text(window.unlock.password.input, "verkeerd")
    window.unlock.open()
    wait()
    assert told(window) == ["Het wachtwoord klopt niet."]


def test_a_folder_that_is_no_register_is_told(
    window: MainWindow, wait: Callable[[], None], tmp_path: Path
) -> None:
    window.show_unlock(tmp_path)
    wait()
    assert len(told(window)) == 1


def test_a_register_open_elsewhere_may_be_opened_to_read(
    window: MainWindow, wait: Callable[[], None], desk: Desk, register_folder: Path
) -> None:
    window.show_unlock(register_folder)
    wait()
    type_text(window.unlock.password.input, PASSWORD)
    window.unlock.open()
    wait()
    assert window.unlock.reader.isVisible()
    click(window.unlock.reader)
    wait()
    assert window.shell is not None
    assert window.shell.office.desk.read_only
    assert not window.shell.breach.isVisible()
    assert window.shell.status.mode.text()


def test_what_is_only_read_says_so_when_a_breach_is_to_be_recorded(
    window: MainWindow,
    wait: Callable[[], None],
    desk: Desk,
    register_folder: Path,
    clock: FixedClock,
) -> None:
    window.enter(desks.open_desk(register_folder, LOGIN, PASSWORD, clock=clock, read_only=True))
    wait()
    assert window.shell is not None
    assert not desk.read_only
    press(window.shell, Qt.Key.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    wait()
    [sentence] = told(window)
    assert sentence.startswith("Het register is hier alleen-lezen geopend;")
    assert window.shell.at == "overview"
    window.shell.go_to("requests")
    wait()
    window.notices.clear()
    page = window.shell.page
    assert isinstance(page, ListPage)
    page.search.setFocus()
    press(page.search, Qt.Key.Key_N, CONTROL)
    wait()
    assert len(told(window)) == 1
    assert page.pane.isHidden()


def test_every_page_opens_from_the_sidebar_by_key(
    window: MainWindow, wait: Callable[[], None], register_folder: Path
) -> None:
    shell = unlock(window, wait, register_folder)
    for place in shell.sidebar.places.values():
        place.setFocus()
        press(place, Qt.Key.Key_Space)
        wait()
        assert shell.at == place.spec.slug
        assert place.isChecked()
        assert shell.page is not None
        assert shell.page.isVisible()
    assert told(window) == []


def test_the_arrows_go_from_place_to_place(
    window: MainWindow, wait: Callable[[], None], register_folder: Path
) -> None:
    shell = unlock(window, wait, register_folder)
    press(shell, Qt.Key.Key_F6)
    places = list(shell.sidebar.places.values())
    assert places[0].hasFocus()
    press(places[0], Qt.Key.Key_Down)
    wait()
    assert places[1].hasFocus()


def test_recording_a_breach_is_one_key_away_from_anywhere(
    window: MainWindow, wait: Callable[[], None], register_folder: Path
) -> None:
    shell = unlock(window, wait, register_folder)
    shell.go_to("parties")
    wait()
    QTest.keyClick(shell, Qt.Key.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    wait()
    assert shell.at == "breaches"


def test_the_finder_finds_pages_records_and_actions(
    window: MainWindow, wait: Callable[[], None], register_folder: Path
) -> None:
    shell = unlock(window, wait, register_folder)
    press(shell, Qt.Key.Key_K, CONTROL)
    assert shell.finder.hasFocus()
    type_text(shell.finder, "bonen")
    wait()
    assert [each.words for each in shell.finder.shown] == ["VV-0001 · Bonenhof BV"]
    shell.finder.suggestions.pick_first()
    wait()
    assert shell.at == "controllers"
    page = shell.page
    assert isinstance(page, ListPage)
    assert page.pane.values["name"] == "Bonenhof BV"


def test_the_finder_finds_every_page_by_its_word_in_the_sidebar(
    window: MainWindow, wait: Callable[[], None], register_folder: Path
) -> None:
    shell = unlock(window, wait, register_folder)
    for slug, place in shell.sidebar.places.items():
        shell.finder.setFocus()
        shell.finder.clear()
        type_text(shell.finder, place.words)
        assert shell.finder.shown, slug
        press(shell.finder, Qt.Key.Key_Return)
        wait()
        assert shell.at == slug


def test_leaving_a_page_with_unsaved_changes_asks_first(
    window: MainWindow, wait: Callable[[], None], register_folder: Path
) -> None:
    shell = unlock(window, wait, register_folder)
    typed_over(shell, wait, "Bonenhof Holding BV")
    shell.go_to("parties")
    assert shell.at == "controllers"
    assert len(told(window)) == 1
    click(window.notices.shown[0].buttons[1])
    assert shell.at == "parties"


def typed_over(shell: Shell, wait: Callable[[], None], name: str) -> ListPage:
    """Type another name over that of the controller."""
    controller = first(shell.office.desk, "controllers")
    shell.open_record("controllers", controller["id"])
    wait()
    page = shell.page
    assert isinstance(page, ListPage)
    editor = page.pane.form.row("name").editor
    assert isinstance(editor, LineEditor)
    editor.input.setFocus()
    editor.input.selectAll()
    type_text(editor.input, name)
    return page


def test_closing_with_unsaved_changes_asks_first(
    window: MainWindow, wait: Callable[[], None], register_folder: Path
) -> None:
    shell = unlock(window, wait, register_folder)
    typed_over(shell, wait, "Bonenhof Holding BV")
    assert not window.close()
    assert window.isVisible()
    assert len(told(window)) == 1


def test_what_was_typed_lies_on_disk_while_locked_and_not_after_closing(
    window: MainWindow, wait: Callable[[], None], register_folder: Path
) -> None:
    shell = unlock(window, wait, register_folder)
    typed_over(shell, wait, "Bonenhof Holding BV")
    window.lock()
    assert list(settings_folder().rglob("*.sealed"))
    shell = unlock(window, wait, register_folder)
    assert told(window) == []
    assert isinstance(shell.page, ListPage)
    assert shell.page.pane.is_edited
    window.is_closing = True
    window.close()
    assert not list(settings_folder().rglob("*.sealed"))


def test_unlocking_returns_to_the_page_and_the_record(
    window: MainWindow, wait: Callable[[], None], register_folder: Path
) -> None:
    shell = unlock(window, wait, register_folder)
    groups = records.page(shell.office.desk, "groups", ListQuery()).rows
    shell.open_record("groups", groups[1]["id"])
    wait()
    window.lock()
    shell = unlock(window, wait, register_folder)
    assert shell.at == "groups"
    assert isinstance(shell.page, ListPage)
    assert shell.page.pane.record_id == groups[1]["id"]
    shell.go_to("journal")
    wait()
    window.lock()
    shell = unlock(window, wait, register_folder)
    assert shell.at == "journal"


def test_who_else_unlocks_begins_at_the_overview(
    window: MainWindow, wait: Callable[[], None], register_folder: Path
) -> None:
    shell = unlock(window, wait, register_folder)
    shell.go_to("journal")
    wait()
    window.lock()
    assert window.left_at is not None
    window.left_at = window.left_at._replace(user_id=SOME_KEY)
    shell = unlock(window, wait, register_folder)
    assert shell.at == "overview"


def test_locking_forgets_the_key_and_keeps_what_was_typed(
    window: MainWindow, wait: Callable[[], None], register_folder: Path, clock: FixedClock
) -> None:
    shell = unlock(window, wait, register_folder)
    typed_over(shell, wait, "Bonenhof Holding BV")
    press(shell, Qt.Key.Key_L, CONTROL)
    wait()
    assert window.shell is None
    assert "Holding" not in repr(window.sealed)
    words = " ".join(each.text() for each in window.unlock.findChildren(QLabel))
    assert "Holding" not in words
    again = desks.open_desk(register_folder, LOGIN, PASSWORD, clock=clock)
    assert first(again, "controllers")["name"] == "Bonenhof BV"
    again.close()
    type_text(window.unlock.password.input, PASSWORD)
    press(window.unlock.password.input, Qt.Key.Key_Return)
    wait()
    back = window.shell
    assert back is not None
    page = back.page
    assert isinstance(page, ListPage)
    assert back.at == "controllers"
    assert page.pane.values["name"] == "Bonenhof Holding BV"
    assert page.pane.is_edited
    page.pane.save()
    wait()
    assert first(back.office.desk, "controllers")["name"] == "Bonenhof Holding BV"


def test_the_clocks_run_on_while_it_is_locked_by_number_only(
    window: MainWindow, wait: Callable[[], None], register_folder: Path, clock: FixedClock
) -> None:
    shell = unlock(window, wait, register_folder)
    desk = shell.office.desk
    changes = records.save(
        desk,
        "breaches",
        {**records.new(desk, "breaches"), "title": "Laptop", "aware_at": clock.now()},
    )
    shell.office.announce(changes)
    wait()
    window.lock()
    bar = window.unlock.status
    assert bar.isVisible()
    assert "DL-2026-0001" in bar.words.text()
    assert "Laptop" not in bar.words.text()


def test_it_locks_itself_when_nobody_does_anything(
    window: MainWindow, wait: Callable[[], None], register_folder: Path, clock: FixedClock
) -> None:
    shell = unlock(window, wait, register_folder)
    clock.moment += timedelta(minutes=9)
    shell.status.tick()
    assert window.shell is shell
    assert shell.status.lock_words.text()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    shell.status.tick()
    assert not shell.status.lock_words.text()
    clock.moment += timedelta(minutes=10)
    shell.status.tick()
    assert window.shell is None


def test_the_window_remembers_its_size(
    start: Places, tmp_path: Path, qtbot: QtBot, theme: Theme
) -> None:
    services = Services(records=records, agenda=agenda)
    preferences = Preferences(tmp_path / "window.ini")
    for height in (800, 650):
        window = MainWindow(start, services, PAGES, preferences, Settings({}))
        qtbot.addWidget(window)
        window.show()
        assert window.height() == height
        window.resize(window.width(), 650)
        window.close()


@pytest.mark.parametrize("size", [(1024, 700), (1280, 800), (2560, 1440)])
def test_every_page_fits_the_window(
    window: MainWindow,
    wait: Callable[[], None],
    register_folder: Path,
    size: tuple[int, int],
) -> None:
    shell = unlock(window, wait, register_folder)
    window.resize(*size)
    for spec in shell.specs:
        shell.go_to(spec.slug)
        wait()
        assert (window.width(), window.height()) == size, spec.slug


def test_a_file_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    assert free_name(tmp_path / "1box").name == "1box.privreg"
    (tmp_path / "1box.privreg").mkdir()
    assert free_name(tmp_path / "1box").name == "1box 2.privreg"


def a_deadline(due: Any, number: str = "DL-2026-0003", **more: Any) -> Deadline:
    """Return a running clock."""
    key = SOME_KEY
    return Deadline(
        "breaches", key, number, "Laptop", Message("Report to the authority"), due, **more
    )


@pytest.fixture
def bar(clock: FixedClock, qtbot: QtBot, theme: Theme) -> StatusBar:
    """Return the bar at the foot of the window."""
    made = StatusBar(clock)
    qtbot.addWidget(made)
    return made


def test_the_clock_is_computed_each_second_also_after_sleep(
    bar: StatusBar, clock: FixedClock
) -> None:
    bar.show_deadlines([a_deadline(AT + 41 * HOUR + timedelta(minutes=12))])
    assert "41 u 12 m" in bar.words.text()
    clock.moment += timedelta(hours=10)
    bar.timer.timeout.emit()
    assert "31 u 12 m" in bar.words.text()


def test_the_clock_is_right_across_a_clock_change(bar: StatusBar, clock: FixedClock) -> None:
    clock.moment = datetime(2026, 3, 28, 12, tzinfo=UTC)
    bar.show_deadlines([a_deadline(datetime(2026, 3, 29, 12, tzinfo=UTC))])
    assert "24 u 0 m" in bar.words.text()


def test_the_bar_speaks_dutch(clock: FixedClock, qtbot: QtBot, theme: Theme) -> None:
    made = StatusBar(clock, is_read_only=True)
    qtbot.addWidget(made)
    made.show_lock(timedelta(minutes=9))
    assert made.mode.text() == "Alleen-lezen"
    assert made.lock_words.text() == "vergrendelt over 9 m"
    lock = made.findChild(QToolButton)
    assert isinstance(lock, QToolButton)
    assert lock.accessibleName() == "Vergrendelen (Ctrl+L)"


def test_the_most_urgent_clock_that_runs_is_shown_and_opens_its_record(bar: StatusBar) -> None:
    held = a_deadline(AT + HOUR, "DL-2026-0001", held=True)
    late = a_deadline(AT - HOUR, "DL-2026-0002")
    bar.show_deadlines([held, late, a_deadline(date(2026, 5, 1))])
    assert bar.words.text().startswith("DL-2026-0002")
    assert bar.words.property("state") == "late"
    asked: list[tuple[str, object]] = []
    bar.opened.connect(lambda slug, key: asked.append((slug, key)))
    bar.words.click()
    assert asked == [("breaches", late.record_id)]


def test_a_bar_without_clocks_says_so(bar: StatusBar) -> None:
    bar.show_deadlines([])
    assert bar.words.text()
    assert not bar.words.isEnabled()


def test_the_sidebar_counts_what_needs_doing(
    window: MainWindow, wait: Callable[[], None], register_folder: Path, clock: FixedClock
) -> None:
    shell = unlock(window, wait, register_folder)
    desk = shell.office.desk
    aware = clock.now() - 80 * HOUR
    changes = records.save(
        desk, "breaches", {**records.new(desk, "breaches"), "title": "Laptop", "aware_at": aware}
    )
    shell.office.announce(changes)
    wait()
    place = shell.sidebar.places["breaches"]
    assert place.count >= 1
    assert place.is_urgent
    assert str(place.count) in place.accessibleName()


def test_drafts_come_back_as_they_were_typed(desk: Desk, save: Callable[..., Values]) -> None:
    breach = save("breaches", title="Laptop", aware_at=AT)
    controller = first(desk, "controllers")["id"]
    changed: Values = {
        "aware_at": AT,
        "controller_id": controller,
        "natures": ["lost"],
        "activities": [controller],
        "people_exact": 3,
        "is_ongoing": None,
        "measures": [{"id": controller, "measure": "Gebeld", "due_on": date(2026, 5, 1)}],
    }
    draft = Draft("breaches", breach["id"], 1, changed)
    assert take_out(desk, put_away(desk, [draft])) == [draft]


def test_drafts_are_for_the_one_who_typed_them(desk: Desk) -> None:
    sealed = put_away(desk, [Draft("breaches", None, 0, {"title": "Laptop"})])
    assert b"Laptop" not in sealed
    desk.user = replace(desk.user, id=SOME_KEY)
    assert take_out(desk, sealed) == []


def test_a_draft_of_a_record_that_others_changed_meets_the_conflict(
    window: MainWindow, wait: Callable[[], None], register_folder: Path
) -> None:
    shell = unlock(window, wait, register_folder)
    page = typed_over(shell, wait, "Bonenhof Holding BV")
    draft = page.draft()
    assert draft is not None
    desk = shell.office.desk
    controller = first(desk, "controllers")
    records.save(desk, "controllers", {**controller, "name": "Bonenhof Groep BV"})
    page.pane.put_back()
    page.take_draft(draft)
    wait()
    page.pane.save()
    wait()
    assert page.pane.conflict is not None
    assert records.page(desk, "controllers", ListQuery()).rows[0]["name"] == "Bonenhof Groep BV"
