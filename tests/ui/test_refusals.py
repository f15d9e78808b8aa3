"""A refused save names its field in the bar, and the bar goes once the save succeeds."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from privreg.errors import ConflictError, FieldProblem, InvalidRecordError, ProblemError
from privreg.formats import text
from privreg.registers.register_list import register_of
from privreg.services import agenda, records
from privreg.translation import message, use_language
from tests.ui.conftest import first, show
from tests.ui.hands import CONTROL, press, type_text
from ui.field_words import naming_field
from ui.list_page import ListPage
from ui.notices import BarNotices
from ui.office import Office, Services
from ui.pages.breaches import BreachesPage
from ui.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QLineEdit
    from pytestqt.qtbot import QtBot

    from privreg.services.desk import Desk
    from ui.worker import Worker


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


@pytest.fixture
def bars(qtbot: QtBot) -> BarNotices:
    made = BarNotices()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def office(desk: Desk, worker: Worker, bars: BarNotices, tmp_path: Path) -> Office:
    services = Services(records=records, agenda=agenda)
    return Office(desk, services, worker, bars, Preferences(tmp_path / "window.ini"))


def said(bars: BarNotices) -> list[tuple[str, str]]:
    return [(each.kind, each.sentence.text()) for each in bars.shown]


def test_the_bar_names_the_question_and_goes_once_the_breach_is_recorded(
    office: Office, bars: BarNotices, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page = BreachesPage(office)
    show(page, qtbot)
    page.enter()
    settle()
    page.show_record(None)
    settle()
    title: QLineEdit = page.entry.rows["title"].editor.target  # type: ignore[assignment]
    type_text(title, "Mail in cc")
    press(title, Qt.Key.Key_S, CONTROL)
    settle()
    assert said(bars) == [("problem", "Known since: This must be filled in.")]
    type_text(page.entry.rows["aware_at"].editor.target, "3-4-2026 12:00")
    press(title, Qt.Key.Key_S, CONTROL)
    settle()
    assert [kind for kind, _words in said(bars)] == ["information"]


def test_the_bar_names_the_field_and_goes_once_the_record_is_saved(
    office: Office, desk: Desk, bars: BarNotices, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page = ListPage(office, register_of("controllers"))
    show(page, qtbot)
    page.show_record(first(desk, "controllers")["id"])
    settle()
    line: QLineEdit = page.pane.form.row("name").editor.target  # type: ignore[assignment]
    line.selectAll()
    press(line, Qt.Key.Key_Delete)
    page.pane.save()
    settle()
    label = page.pane.register.field("name").label
    assert said(bars) == [("problem", f"{label}: This must be filled in.")]
    bars.problem(other := ProblemError(message("No backup was made.")))
    bars.solved(None)
    assert said(bars) == [("problem", text(other.problem))]
    page.pane.save()
    settle()
    type_text(line, "Bonenhof Holding BV")
    page.pane.save()
    settle()
    assert [kind for kind, _words in said(bars)] == ["information"]


def test_dropping_what_was_refused_takes_the_bar_away_and_no_other(
    office: Office, desk: Desk, bars: BarNotices, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page = ListPage(office, register_of("controllers"))
    show(page, qtbot)
    page.show_record(first(desk, "controllers")["id"])
    settle()
    line: QLineEdit = page.pane.form.row("name").editor.target  # type: ignore[assignment]
    line.clear()
    line.textEdited.emit("")
    page.pane.save()
    settle()
    assert bars.shown
    page.pane.put_back()
    assert said(bars) == []
    bars.problem(ProblemError(message("No backup was made.")))
    page.pane.put_back()
    assert said(bars) == [("problem", "No backup was made.")]


def test_a_field_of_a_row_is_named_and_what_is_no_field_stays_as_it_is() -> None:
    register = register_of("breaches")
    wrong = message("This must be filled in.")
    inside = InvalidRecordError([FieldProblem("notifications[0].authority", wrong)])
    rows = register.field("notifications").fields
    label = next(each.label for each in rows if each.name == "authority")
    assert text(naming_field(register, inside).problem) == f"{label}: This must be filled in."
    for error in (InvalidRecordError([FieldProblem("", wrong)]), ConflictError("Somebody else.")):
        assert naming_field(register, error) is error
