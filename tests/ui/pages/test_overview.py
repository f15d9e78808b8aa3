"""The overview: every clock under its heading, live, and everything on it leads somewhere."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from PySide6.QtCore import QPersistentModelIndex, QPoint, Qt

from privreg import formats
from privreg.law.deadline import Deadline, DeadlineGroup
from privreg.translation import Message, use_language
from tests.ui.conftest import first, show
from tests.ui.hands import click, press
from ui.pages.agenda_list import AT_ONCE
from ui.pages.findings_list import where
from ui.pages.overview import OverviewPage
from ui.pages.why_tree import GROUP, KIND_ROLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from privreg.clock import FixedClock
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from tests.ui.conftest import Recorder
    from ui.office import Office

AWARE = datetime(2026, 4, 3, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


@pytest.fixture
def breach(save: Callable[..., Values]) -> Values:
    return save("breaches", title="Laptop gestolen", aware_at=AWARE)


@pytest.fixture
def page(office: Office, breach: Values, settle: Callable[[], None], qtbot: QtBot) -> OverviewPage:
    made = OverviewPage(office)
    show(made, qtbot)
    made.enter()
    settle()
    return made


def headings(page: OverviewPage) -> list[str]:
    rows = page.agenda.rows
    tops = (rows.index(row, 0) for row in range(rows.rowCount()))
    return [each.data() for each in tops if each.data(KIND_ROLE) == GROUP]


def test_a_running_clock_stands_under_its_heading_with_its_reasons(
    page: OverviewPage, breach: Values
) -> None:
    assert headings(page) == [formats.value(DeadlineGroup.LATER)]
    target = page.agenda.targets()[0]
    assert target.record_id == breach["id"]
    row = page.agenda.currentIndex()
    assert page.agenda.rows.rowCount(row) == len(target.because)


def test_enter_opens_the_record(page: OverviewPage, breach: Values, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.office.opened) as opened:
        press(page.agenda, Qt.Key.Key_Return)
    assert opened.args == ["breaches", breach["id"]]


def test_a_click_opens_the_record(page: OverviewPage, breach: Values, qtbot: QtBot) -> None:
    place = page.agenda.visualRect(page.agenda.currentIndex()).center()
    with qtbot.waitSignal(page.office.opened) as opened:
        click(page.agenda.viewport(), place)
    assert opened.args == ["breaches", breach["id"]]


def test_space_and_the_word_why_unfold_the_reasons(page: OverviewPage, qtbot: QtBot) -> None:
    row = page.agenda.currentIndex()
    press(page.agenda, Qt.Key.Key_Space)
    assert page.agenda.isExpanded(row)
    why = page.agenda.visualRect(row.siblingAtColumn(1)).center()
    click(page.agenda.viewport(), why)
    assert not page.agenda.isExpanded(row)


def test_a_clock_changes_its_heading_when_its_time_is_over_without_a_query(
    page: OverviewPage, clock: FixedClock
) -> None:
    clock.moment = AWARE + timedelta(hours=72, minutes=1)
    page.agenda.tick()
    assert headings(page) == [formats.value(DeadlineGroup.LATE)]


def test_the_tiles_count_and_lead_to_their_pages(page: OverviewPage, qtbot: QtBot) -> None:
    assert page.tiles["breaches"].number.text() == "1"
    assert page.tiles["requests"].number.text() == "0"
    for tile, place in (("breaches", "breaches"), ("requests", "requests"), ("items", "disposal")):
        with qtbot.waitSignal(page.office.place_asked) as asked:
            press(page.tiles[tile], Qt.Key.Key_Space)
        assert asked.args == [place]


def test_the_findings_open_their_record_at_the_field(
    page: OverviewPage, settle: Callable[[], None], qtbot: QtBot
) -> None:
    click(page.tiles["findings"])
    settle()
    found = page.findings.tree.targets()
    assert str(len(found)) == page.tiles["findings"].number.text()
    wanted = next(each for each in found if each.field == "description")
    assert page.findings.tree.go_to(wanted)
    with qtbot.waitSignal(page.office.opened) as opened:
        press(page.findings.tree, Qt.Key.Key_Return)
    assert opened.args == ["breaches", wanted.record_id]
    assert page.office.take_field(wanted.record_id) == "description"
    click(page.findings.back)
    assert page.left.currentWidget() is page.agenda


def test_a_clock_of_the_pc_that_may_be_wrong_is_a_finding_and_leads_to_the_settings(
    page: OverviewPage, clock: FixedClock, settle: Callable[[], None], qtbot: QtBot
) -> None:
    clock.moment += timedelta(days=4000)
    click(page.tiles["findings"])
    settle()
    [doubt] = [each for each in page.findings.tree.targets() if each.register == "settings"]
    assert page.findings.tree.go_to(doubt)
    assert where(doubt) == "Settings"
    with qtbot.waitSignal(page.office.place_asked) as asked:
        press(page.findings.tree, Qt.Key.Key_Return)
    assert asked.args == ["settings"]


def an_item(save: Callable[..., Values], desk: Desk, **more: Any) -> Values:
    rule = {
        "name": "Facturen 7 jaar",
        "kind_id": first(desk, "kinds")["id"],
        "bound": "at_least",
        "measure": "period",
        "period": "P7Y",
        "event": "item_date",
        "counted_from": "day",
        "action": "erase",
        "runs_on": "items",
    }
    save("rules", **rule)
    controller = first(desk, "controllers")["id"]
    customer = save("customers", name="De Halm", kind="company", controller_id=controller)
    return save(
        "items",
        customer_id=customer["id"],
        kind_id=first(desk, "kinds")["id"],
        group_id=first(desk, "groups")["id"],
        **more,
    )


def test_a_bar_of_the_chart_opens_the_due_list_of_that_month(
    page: OverviewPage,
    save: Callable[..., Values],
    desk: Desk,
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    an_item(save, desk, label="Factuur 118", dated_on=date(2019, 6, 15))
    page.counted_on = None
    page.enter()
    settle()
    assert [each.count for each in page.chart.spots[:4]] == [0, 0, 1, 0]
    page.chart.setFocus()
    for _step in range(2):
        press(page.chart, Qt.Key.Key_Right)
    with qtbot.waitSignal(page.office.place_asked) as asked:
        press(page.chart, Qt.Key.Key_Return)
    assert asked.args == ["disposal"]
    assert page.office.day_asked == date(2026, 6, 30)


def test_a_click_on_a_bar_opens_it_too(page: OverviewPage, qtbot: QtBot) -> None:
    middle = page.chart.place_of(1).center()
    with qtbot.waitSignal(page.chart.opened) as opened:
        click(page.chart, QPoint(middle.x(), 60))
    assert opened.args == [date(2026, 5, 31)]


def test_locking_leaves_nothing_in_sight(page: OverviewPage) -> None:
    page.lock()
    assert page.agenda.targets() == []
    assert page.agenda.deadlines == ()
    assert page.left.currentWidget() is page.loading


def test_a_new_register_says_where_to_begin(
    office: Office, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page = OverviewPage(office)
    show(page, qtbot)
    page.enter()
    settle()
    settle()
    assert page.left.currentWidget() is page.empty
    assert page.empty.title.text() == "Begin with your processing activities"
    with qtbot.waitSignal(office.opened) as asked:
        click(page.empty.step)
    assert asked.args == ["activities", None]


def test_without_terms_words_stand_in_place_of_the_chart(
    office: Office, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page = OverviewPage(office)
    show(page, qtbot)
    page.enter()
    settle()
    qtbot.waitUntil(page.chart.isHidden)
    assert page.chart_note.text() == "No term ends in the next two years."


def test_nothing_running_says_so(
    office: Office,
    save: Callable[..., Values],
    settle: Callable[[], None],
    qtbot: QtBot,
    notices: Recorder,
) -> None:
    save("activities", name="Levering")
    page = OverviewPage(office)
    show(page, qtbot)
    page.enter()
    settle()
    settle()
    assert page.left.currentWidget() is page.empty
    assert page.empty.title.text() == "No clock is running"
    assert notices.problems == []
    assert page.empty.step.isHidden()


def test_the_trees_pass_the_model_tester(page: OverviewPage, qtmodeltester: Any) -> None:
    qtmodeltester.check(page.agenda.rows)
    qtmodeltester.check(page.findings.tree.rows)


def many(count: int, *, due: date = date(2026, 6, 1)) -> list[Deadline]:
    """Return so many clocks that run to a day, one after the other."""
    return [
        Deadline(
            register="breaches",
            record_id=UUID(int=place + 1),
            number=f"DL-2026-{place:04d}",
            title="Laptop gestolen",
            what=Message("Report to the authority"),
            due=due + timedelta(days=place),
        )
        for place in range(count)
    ]


def grown(page: OverviewPage, qtbot: QtBot) -> None:
    """Wait until every row stands."""
    qtbot.waitUntil(lambda: page.agenda.is_whole and not page.agenda.stepping.isActive())


def test_of_thousands_of_clocks_a_screenful_stands_at_once_and_soon_all(
    page: OverviewPage, qtbot: QtBot
) -> None:
    clocks = many(3 * AT_ONCE)
    page.agenda.empty()
    page.agenda.show_deadlines(clocks)
    assert page.agenda.targets() == clocks[:AT_ONCE]
    grown(page, qtbot)
    assert page.agenda.targets() == clocks


def test_the_cursor_and_what_is_unfolded_stay_when_the_clocks_are_fetched_again(
    page: OverviewPage, qtbot: QtBot
) -> None:
    clocks = many(3 * AT_ONCE)
    page.agenda.show_deadlines(clocks)
    grown(page, qtbot)
    page.agenda.go_to(clocks[2 * AT_ONCE])
    scrolled = page.agenda.verticalScrollBar().value()
    page.agenda.show_deadlines(clocks[1:])
    assert page.agenda.target == clocks[2 * AT_ONCE]
    grown(page, qtbot)
    assert page.agenda.target == clocks[2 * AT_ONCE]
    assert page.agenda.verticalScrollBar().value() == scrolled
    assert page.agenda.targets() == clocks[1:]


def test_another_minute_is_said_by_rows_that_stay_where_they_are(
    page: OverviewPage, clock: FixedClock, qtbot: QtBot
) -> None:
    page.agenda.show_deadlines(many(1))
    row = QPersistentModelIndex(page.agenda.currentIndex())
    assert row.data().startswith("calm")
    clock.moment = datetime(2026, 5, 29, 10, 0, tzinfo=UTC)
    page.agenda.tick()
    grown(page, qtbot)
    assert row.isValid()
    assert row.data().startswith("soon")


def test_rows_still_to_come_are_not_asked_twice(page: OverviewPage, qtbot: QtBot) -> None:
    clocks = many(3 * AT_ONCE)
    page.agenda.empty()
    page.agenda.show_deadlines(clocks)
    page.agenda.show_deadlines(list(clocks))
    grown(page, qtbot)
    assert page.agenda.targets() == clocks
