"""What is typed and not saved outlives a crash, encrypted, and is offered at the next opening."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from privreg.errors import ProblemError
from privreg.services import drafts
from privreg.settings import settings_folder
from tests.ui.conftest import show
from tests.ui.hands import CONTROL, click, press, type_text
from ui.notices import BarNotices
from ui.pages.breaches import BreachesPage
from ui.places import PAGES
from ui.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from privreg.services.desk import Desk
    from privreg.services.drafts import Draft
    from tests.ui.conftest import Recorder
    from ui.office import Office

TYPED = "Laptop gestolen uit bus"


@pytest.fixture
def open_shell(office: Office, settle: Callable[[], None], qtbot: QtBot) -> Callable[[], Shell]:
    """Return what opens the register's window, as after a crash: nothing was put away."""

    def opened() -> Shell:
        made = Shell(office, BarNotices(), PAGES, idle_for=timedelta(minutes=10))
        show(made, qtbot)
        made.go_to("overview")
        made.kept.offer()
        settle()
        return made

    return opened


def line_of(shell: Shell, name: str) -> QWidget:
    assert isinstance(shell.page, BreachesPage)
    return shell.page.entry.rows[name].editor.target


def half_typed(shell: Shell, settle: Callable[[], None]) -> None:
    """Type the beginning of a breach and let ten seconds pass."""
    shell.record_breach()
    settle()
    type_text(line_of(shell, "title"), TYPED)
    shell.kept.timer.timeout.emit()
    settle()


def files() -> list[Path]:
    return sorted(each for each in settings_folder().rglob("*") if each.is_file())


def test_a_half_typed_breach_is_offered_again_after_a_crash(
    open_shell: Callable[[], Shell], settle: Callable[[], None], notices: Recorder
) -> None:
    half_typed(open_shell(), settle)
    shell = open_shell()
    assert len(notices.questions) == 1
    assert shell.kept.unsaved
    assert notices.yes is not None
    notices.yes()
    settle()
    assert isinstance(shell.page, BreachesPage)
    assert shell.page.pane.values["title"] == TYPED
    assert shell.page.pane.is_edited


def test_what_was_typed_is_on_disk_encrypted_only(
    open_shell: Callable[[], Shell], settle: Callable[[], None], desk: Desk
) -> None:
    half_typed(open_shell(), settle)
    [file] = files()
    assert b"Laptop" not in file.read_bytes()
    assert "Laptop" not in str(file)
    [draft] = drafts.kept(desk)
    assert draft.changed["title"] == TYPED


def test_dropping_it_leaves_nothing(
    open_shell: Callable[[], Shell], settle: Callable[[], None], notices: Recorder
) -> None:
    half_typed(open_shell(), settle)
    open_shell()
    assert notices.other is not None
    notices.other()
    settle()
    assert files() == []


def test_an_offer_without_an_answer_is_not_written_over(
    open_shell: Callable[[], Shell], settle: Callable[[], None], desk: Desk
) -> None:
    half_typed(open_shell(), settle)
    shell = open_shell()
    shell.record_breach()
    settle()
    type_text(line_of(shell, "title"), "Mail in cc")
    shell.kept.timer.timeout.emit()
    settle()
    assert {each.changed["title"] for each in drafts.kept(desk)} == {TYPED, "Mail in cc"}


def test_saving_takes_the_draft_away_at_once(
    open_shell: Callable[[], Shell], settle: Callable[[], None], desk: Desk
) -> None:
    shell = open_shell()
    half_typed(shell, settle)
    type_text(line_of(shell, "aware_at"), "3-4-2026 12:00")
    press(line_of(shell, "title"), Qt.Key.Key_S, CONTROL)
    settle()
    settle()
    assert drafts.kept(desk) == []


def test_nothing_is_written_while_nothing_changes(
    open_shell: Callable[[], Shell],
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shell = open_shell()
    half_typed(shell, settle)
    times: list[int] = []
    monkeypatch.setattr(drafts, "keep", lambda _desk, found: times.append(len(found)))
    shell.kept.timer.timeout.emit()
    settle()
    assert times == []
    type_text(line_of(shell, "title"), "!")
    shell.kept.timer.timeout.emit()
    settle()
    assert times == [1]


def test_a_disk_that_cannot_be_written_is_told_once(
    open_shell: Callable[[], Shell],
    settle: Callable[[], None],
    notices: Recorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_desk: Desk, _drafts: list[Draft]) -> None:
        raise ProblemError("De schijf is vol.")

    shell = open_shell()
    monkeypatch.setattr(drafts, "keep", full)
    half_typed(shell, settle)
    type_text(line_of(shell, "title"), "!")
    shell.kept.timer.timeout.emit()
    settle()
    [said] = notices.problems
    assert "De schijf is vol." in said


def test_the_bars_ask_it_with_buttons(office: Office, qtbot: QtBot) -> None:
    bars = BarNotices()
    office.notices = bars
    shell = Shell(office, bars, PAGES, idle_for=timedelta(minutes=10))
    show(shell, qtbot)
    shell.kept._offer([drafts.Draft("breaches", None, 0, {"title": TYPED})])
    click(bars.shown[0].buttons[1])
    assert shell.kept.unsaved == []
