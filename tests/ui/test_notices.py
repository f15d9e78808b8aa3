"""The one road to the user's ear, and the crash report that holds no data."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QtMsgType
from PySide6.QtGui import QGuiApplication

from privreg.errors import ProblemError
from privreg.translation import Message
from tests.ui.conftest import show
from tests.ui.hands import click, press
from ui.crash_window import CrashReporter, CrashWindow
from ui.notices import BarNotices

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.theme import Theme

NAME = "Jansen, burgerservicenummer 123456782"


@pytest.fixture
def bars(theme: Theme, qtbot: QtBot) -> BarNotices:
    """Return the bars of a window."""
    made = BarNotices()
    show(made, qtbot)
    return made


def test_what_a_bar_says_begins_as_a_sentence(qtbot: QtBot, theme: object) -> None:
    bars = BarNotices()
    show(bars, qtbot)
    bars.tell("gebeurtenis toegevoegd")
    (bar,) = bars.shown
    assert bar.sentence.text() == bar.accessibleName() == "Gebeurtenis toegevoegd"


def test_a_problem_is_told_in_its_one_sentence_and_stays(bars: BarNotices) -> None:
    bars.problem(ProblemError(Message("The disk is full.")))
    bars.tell("Saved.")
    assert [each.sentence.text() for each in bars.shown] == ["The disk is full.", "Saved."]


def test_a_new_bar_takes_the_place_of_an_older_of_its_kind(bars: BarNotices) -> None:
    bars.tell("One.")
    bars.tell("Two.")
    assert [each.sentence.text() for each in bars.shown] == ["Two."]


def test_an_offer_is_taken_once(bars: BarNotices, qtbot: QtBot) -> None:
    taken: list[str] = []
    bars.offer("Changed.", "Undo", lambda: taken.append("undone"))
    click(bars.shown[0].buttons[0])
    assert taken == ["undone"]
    assert bars.shown == []


def test_an_offer_goes_with_its_page_but_not_before_it_could_be_read(
    bars: BarNotices, qtbot: QtBot
) -> None:
    bars.offer("Changed.", "Undo", lambda: None)
    (offer,) = bars.shown
    bars.page_left()
    assert bars.shown == [offer]
    offer.fresh.timeout.emit()
    assert bars.shown == []


def test_an_offer_that_was_read_goes_when_its_page_is_left(bars: BarNotices) -> None:
    bars.offer("Changed.", "Undo", lambda: None)
    (offer,) = bars.shown
    offer.fresh.stop()
    bars.problem(ProblemError(Message("The disk is full.")))
    assert offer in bars.shown
    bars.page_left()
    assert [each.kind for each in bars.shown] == ["problem"]


def test_a_question_has_its_answers_as_buttons_and_takes_the_focus(
    bars: BarNotices, qtbot: QtBot
) -> None:
    said: list[str] = []
    bars.ask("Sure?", "Yes", lambda: said.append("yes"), other=("Else", lambda: said.append("e")))
    words = bars.shown[0].buttons
    assert words[0].hasFocus()
    press(words[2], Qt.Key.Key_Space)
    assert (said, bars.shown) == ([], [])
    bars.ask("Sure?", "Yes", lambda: said.append("yes"), other=("Else", lambda: said.append("e")))
    press(bars.shown[0].buttons[1], Qt.Key.Key_Space)
    assert said == ["e"]


def test_escape_closes_a_bar(bars: BarNotices, qtbot: QtBot) -> None:
    bars.ask("Sure?", "Yes", lambda: None)
    with qtbot.waitSignal(bars.shown[0].destroyed):
        press(bars.shown[0].buttons[0], Qt.Key.Key_Escape)
    assert bars.shown == []


def test_mark_up_is_shown_as_it_was_written(bars: BarNotices) -> None:
    bars.tell("<b>bold</b> <img src=x>")
    assert bars.shown[0].sentence.textFormat() is Qt.TextFormat.PlainText


def failure() -> Exception:
    """Return an error that carries somebody's name in its words and in its frames."""

    def load(name: str) -> None:
        raise ValueError(name)

    try:
        load(NAME)
    except ValueError as error:
        return error
    raise AssertionError


def test_the_crash_report_says_where_and_holds_no_values(theme: Theme, qtbot: QtBot) -> None:
    window = CrashWindow(failure())
    qtbot.addWidget(window)
    report = window.report.toPlainText()
    assert "ValueError" in report
    assert "test_notices.py" in report
    assert "Jansen" not in report
    assert "123456782" not in report
    window.copy()
    assert QGuiApplication.clipboard().text() == report


def test_a_bug_anywhere_opens_one_window(theme: Theme, qtbot: QtBot) -> None:
    reporter = CrashReporter()
    error = failure()
    thread = threading.Thread(
        target=lambda: reporter.report_thread(
            threading.ExceptHookArgs((type(error), error, None, None))
        )
    )
    with qtbot.waitSignal(reporter.caught):
        thread.start()
    thread.join()
    reporter.report(type(error), error, None)
    assert reporter.window is not None
    qtbot.addWidget(reporter.window)
    assert reporter.window.isVisible()


def test_leaving_with_control_c_is_no_bug(theme: Theme) -> None:
    reporter = CrashReporter()
    reporter.report(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert reporter.window is None


def test_a_warning_of_qt_is_dropped_and_something_critical_is_shown_without_its_words(
    theme: Theme, qtbot: QtBot
) -> None:
    class Context:
        category = "qt.something"

    reporter = CrashReporter()
    reporter.report_qt(QtMsgType.QtWarningMsg, Context(), NAME)  # type: ignore[arg-type]
    assert reporter.window is None
    reporter.report_qt(QtMsgType.QtCriticalMsg, Context(), NAME)  # type: ignore[arg-type]
    assert reporter.window is not None
    qtbot.addWidget(reporter.window)
    assert "Jansen" not in reporter.window.report.toPlainText()
