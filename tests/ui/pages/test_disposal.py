"""The due list: by rule, in pages, with its reasons and counts, as of any day."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from privreg.clock import day_of
from privreg.services import timers
from privreg.translation import use_language
from tests.effort import PATIENCE_SECONDS
from tests.ui.conftest import show
from tests.ui.hands import click, press, type_text
from ui.office import PaperAsked
from ui.pages import disposal
from ui.pages.disposal import DisposalPage
from ui.pages.why_tree import COUNT_ROLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Kept
    from ui.office import Office


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


@pytest.fixture
def page(office: Office, kept: Kept, settle: Callable[[], None], qtbot: QtBot) -> DisposalPage:
    kept.item("Factuur 118", date(2018, 6, 15))
    kept.item("Factuur 200", date(2020, 6, 15))
    made = DisposalPage(office)
    show(made, qtbot)
    made.enter()
    settle()
    return made


def lines(page: DisposalPage) -> list[str]:
    return [each.label for each in page.tree.targets()]


def test_only_what_is_due_on_the_day_stands_there_under_its_rule_with_the_count(
    page: DisposalPage,
) -> None:
    assert lines(page) == ["Factuur 118"]
    group = next(iter(page.groups.values()))
    assert group.text().endswith("Facturen 7 jaar")
    assert group.data(COUNT_ROLE) == "1"
    assert page.count.text() == "1 item due"


def test_another_day_is_typed_and_shows_what_is_due_then(
    page: DisposalPage, settle: Callable[[], None], qtbot: QtBot
) -> None:
    field = page.day.editor.input
    field.setFocus()
    field.selectAll()
    type_text(field, "1-7-2027")
    press(field, Qt.Key.Key_Return)
    settle()
    assert lines(page) == ["Factuur 118", "Factuur 200"]
    assert page.count.text() == "2 items due"
    click(page.day.reset)
    settle()
    assert lines(page) == ["Factuur 118"]


def test_a_day_that_cannot_be_read_is_said_and_changes_nothing(
    page: DisposalPage, settle: Callable[[], None], qtbot: QtBot
) -> None:
    field = page.day.editor.input
    field.selectAll()
    type_text(field, "31-2-2027")
    press(field, Qt.Key.Key_Return)
    settle()
    assert page.day.error.text()
    assert page.day.day == date(2026, 4, 3)


def test_the_day_a_bar_asked_for_is_shown_on_entering(
    page: DisposalPage, settle: Callable[[], None]
) -> None:
    page.office.day_asked = date(2027, 6, 30)
    page.enter()
    settle()
    assert lines(page) == ["Factuur 118", "Factuur 200"]
    assert page.office.day_asked is None


def test_the_list_on_paper_is_of_the_same_day(
    page: DisposalPage, office: Office, settle: Callable[[], None]
) -> None:
    page.print()
    assert office.paper_asked == PaperAsked("due")
    page.day.show_day(date(2031, 1, 15))
    page.print()
    assert office.paper_asked is not None
    assert office.paper_asked.at is not None
    assert day_of(office.paper_asked.at) == date(2031, 1, 15)


def test_the_list_on_paper_is_as_far_as_it_is_shown(
    page: DisposalPage, kept: Kept, office: Office, settle: Callable[[], None]
) -> None:
    page.filters.menus["kind_id"].choose(kept.kinds["Facturen"], "Facturen")
    settle()
    page.print()
    assert office.paper_asked == PaperAsked("due", only={"kind_id": kept.kinds["Facturen"]})


def test_why_tells_the_steps_and_enter_opens_the_customer(
    page: DisposalPage, kept: Kept, qtbot: QtBot
) -> None:
    page.tree.setFocus()
    press(page.tree, Qt.Key.Key_Space)
    row = page.tree.currentIndex()
    steps = [
        page.tree.rows.index(place, 0, row).data() for place in range(page.tree.rows.rowCount(row))
    ]
    assert any("16/06/2025" in step for step in steps)
    with qtbot.waitSignal(page.office.opened) as opened:
        press(page.tree, Qt.Key.Key_Return)
    assert opened.args == ["customers", kept.customer["id"]]


def test_a_filter_limits_the_list(
    page: DisposalPage, kept: Kept, settle: Callable[[], None]
) -> None:
    page.filters.menus["kind_id"].choose(kept.kinds["Adressen"], "Adressen")
    settle()
    assert lines(page) == []
    assert page.bodies.currentWidget() is page.empty
    assert page.empty.sentence.text() == "No line fits what you chose."
    page.empty.step.click()
    settle()
    assert lines(page) == ["Factuur 118"]


def test_scrolling_to_the_end_fetches_the_next_page(
    page: DisposalPage, kept: Kept, settle: Callable[[], None], monkeypatch: Any
) -> None:
    monkeypatch.setattr(disposal, "AT_ONCE", 20)
    for number in range(60):
        kept.item(f"Factuur {number:03}", date(2017, 1, 1))
    page.ask()
    settle()
    settle()
    shown = len(lines(page))
    assert 20 <= shown < 61
    for _page in range(3):
        page.tree.scrollToBottom()
        settle()
    assert len(lines(page)) == 61
    assert len(set(lines(page))) == 61
    assert page.next is None


def test_a_new_item_arrives_by_itself_and_locking_takes_all_away(
    page: DisposalPage,
    kept: Kept,
    settle: Callable[[], None],
) -> None:
    page.refresh(kept.changes(kept.item("Factuur 119", date(2018, 7, 15))))
    settle()
    assert lines(page) == ["Factuur 118", "Factuur 119"]
    page.lock()
    assert lines(page) == []
    assert page.bodies.currentWidget() is page.loading


def test_the_tree_passes_the_model_tester(page: DisposalPage, qtmodeltester: Any) -> None:
    qtmodeltester.check(page.tree.rows)


def test_meanwhile_it_says_how_many_at_least_and_leaving_stops_the_count(
    page: DisposalPage, monkeypatch: Any, qtbot: QtBot
) -> None:
    stopped = threading.Event()

    def slowly(_desk: Any, _on: date, *, so_far: Any, cancelled: Any) -> dict[UUID, int]:
        so_far({UUID(int=1): 12_000})
        while not cancelled():
            stopped.wait(0.001)
        stopped.set()
        return {}

    monkeypatch.setattr(timers, "due_counts", slowly)
    page.counted_on = None
    page.enter()
    qtbot.waitUntil(lambda: page.count.text() == "at least 12,000 items due, counting…")
    page.hide()
    assert stopped.wait(PATIENCE_SECONDS)
    assert page.counted_on is None


def test_another_filter_of_the_same_day_does_not_count_anew(
    page: DisposalPage, settle: Callable[[], None], monkeypatch: Any
) -> None:
    monkeypatch.setattr(timers, "due_counts", None)
    page.ask()
    settle()
    assert page.count.text() == "1 item due"
