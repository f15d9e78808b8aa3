"""A small or low screen, or one at 150 or 200 %: nothing is cut off and nothing jumps."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.conftest import show
from tests.ui.hands import press, type_text
from tests.ui.whole import cut_off, scrolled_sideways
from ui.pages.breach_panel import BreachPanel
from ui.pages.breaches import BreachesPage
from ui.window import SMALLEST_HEIGHT, SMALLEST_WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from privreg.registers.declaration import Values
    from ui.office import Office
    from ui.shell import Shell
    from ui.window import MainWindow

AWARE = datetime(2026, 4, 3, 10, 0, tzinfo=UTC)
MOST_STOPS = 20  # of the Tab key between one question and the next
SMALL = [(1024, 700), (SMALLEST_WIDTH, SMALLEST_HEIGHT)]


def must_stand_whole(window: QWidget) -> None:
    """Assert that nothing is cut off; parts may still be on their way, so wait for it."""
    assert cut_off(window) == []
    assert scrolled_sideways(window) == []


def focused() -> QWidget:
    """Return what the keys go to."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


@pytest.fixture
def page(
    office: Office, save: Callable[..., Values], settle: Callable[[], None], qtbot: QtBot
) -> BreachesPage:
    """Return the page of breaches with one open breach in sight."""
    made = save("breaches", title="Laptop gestolen", aware_at=AWARE)
    page = BreachesPage(office)
    office.changed.connect(page.refresh)
    show(page, qtbot)
    page.show_record(made["id"])
    settle()
    return page


@pytest.mark.parametrize("size", SMALL, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_page_stands_whole_in_a_small_window(
    window: MainWindow,
    shell: Shell,
    wait: Callable[[], None],
    size: tuple[int, int],
    qtbot: QtBot,
) -> None:
    window.resize(*size)
    for spec in shell.specs:
        shell.go_to(spec.slug)
        wait()
        assert (window.width(), window.height()) == size, spec.slug
        qtbot.waitUntil(lambda: must_stand_whole(window))


@pytest.mark.parametrize("size", SMALL, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_breach_is_recorded_in_a_small_window(
    window: MainWindow,
    shell: Shell,
    wait: Callable[[], None],
    size: tuple[int, int],
    qtbot: QtBot,
) -> None:
    window.resize(*size)
    shell.record_breach()
    wait()
    page = shell.page
    assert isinstance(page, BreachesPage)
    qtbot.waitUntil(lambda: must_stand_whole(window))
    asked = [row for row in page.entry.rows.values() if not row.isHidden()]
    for row in asked:
        for _stop in range(MOST_STOPS):
            if not row.isAncestorOf(focused()):
                press(focused(), Qt.Key.Key_Tab)
        assert row.isAncestorOf(focused()), row.field.name
        assert not focused().visibleRegion().isEmpty(), row.field.name
    assert not page.entry.saver.visibleRegion().isEmpty()


def test_a_register_is_made_in_a_small_window(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.resize(SMALLEST_WIDTH, SMALLEST_HEIGHT)
    window.show_make()
    make = window.make
    make.place = tmp_path
    make.go_on()
    qtbot.waitUntil(lambda: not make.fields["name"].error.visibleRegion().isEmpty())
    qtbot.waitUntil(lambda: must_stand_whole(make))
    type_text(make.fields["name"].input, "Bonenhof BV")
    make.go_on()
    make.shared.click()
    make.server.host.input.setFocus()
    while focused() is not make.server.trier:
        press(focused(), Qt.Key.Key_Tab)
        assert not focused().visibleRegion().isEmpty()
    qtbot.waitUntil(lambda: must_stand_whole(make))
    assert not make.onward.visibleRegion().isEmpty()


def test_a_narrow_window_leaves_the_pages_room_and_still_names_them(
    window: MainWindow, shell: Shell
) -> None:
    place = shell.sidebar.places["breaches"]
    window.resize(1280, 800)
    QApplication.processEvents()
    assert (place.text(), place.accessibleName()) == ("Datalekken", "Datalekken")
    wide = shell.pages.width()
    window.resize(SMALLEST_WIDTH, 800)
    QApplication.processEvents()
    assert (place.text(), place.accessibleName()) == ("", "Datalekken")
    assert place.toolTip() == "Datalekken"
    assert 1280 - wide > 2 * (SMALLEST_WIDTH - shell.pages.width())


def test_the_place_one_is_at_is_in_sight_in_a_low_window(
    window: MainWindow, shell: Shell, wait: Callable[[], None]
) -> None:
    window.resize(SMALLEST_WIDTH, SMALLEST_HEIGHT)
    for slug in ("settings", "overview"):
        shell.go_to(slug)
        wait()
        assert not shell.sidebar.places[slug].visibleRegion().isEmpty()


def test_in_a_low_window_the_clock_scrolls_with_the_form(
    page: BreachesPage, settle: Callable[[], None], qtbot: QtBot
) -> None:
    panel = page.pane.panel
    assert isinstance(panel, BreachPanel)
    assert panel.parentWidget() is page.pane
    page.resize(900, 420)
    settle()
    assert panel.parentWidget() is page.pane.form.content
    strip, words = panel.strip, panel.words
    qtbot.waitUntil(lambda: strip.height() >= strip.heightForWidth(strip.width()))
    qtbot.waitUntil(lambda: words.height() >= words.needed)
    page.resize(1280, 800)
    settle()
    assert panel.parentWidget() is page.pane


def test_in_a_low_window_the_first_field_is_in_sight_when_it_is_to_be_typed_in(
    page: BreachesPage, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page.resize(900, 420)
    settle()
    press(page.table, Qt.Key.Key_F2)
    title = page.pane.form.row("title").editor.target
    qtbot.waitUntil(title.hasFocus)
    qtbot.waitUntil(lambda: not title.visibleRegion().isEmpty())


def test_the_list_stays_as_high_when_something_is_typed(
    page: BreachesPage, settle: Callable[[], None]
) -> None:
    before = page.splitter.sizes()
    type_text(page.pane.form.row("title").editor.target, "x")
    settle()
    assert page.pane.unsaved.isVisible()
    assert page.splitter.sizes() == before


def test_a_new_record_is_in_sight_in_a_long_list(
    page: BreachesPage, save: Callable[..., Values], settle: Callable[[], None], qtbot: QtBot
) -> None:
    for number in range(20):
        save("breaches", title=f"Mail {number}", aware_at=AWARE)
    page.ask()
    settle()
    page.add()
    settle()
    type_text(page.entry.rows["title"].editor.target, "Usb-stick kwijt")
    page.entry.take("aware_at", AWARE)
    page.entry.take("detected_at", AWARE)
    press(page.entry.rows["title"].editor.target, Qt.Key.Key_Return)
    settle()
    qtbot.waitUntil(lambda: page.table.current_id == page.pane.record_id is not None)
    assert page.pane.values["title"] == "Usb-stick kwijt"
    row = page.table.visualRect(page.table.currentIndex())
    assert page.table.viewport().rect().contains(row.center())


def test_records_in_the_list_are_not_in_the_way_of_the_record(
    page: BreachesPage, save: Callable[..., Values], settle: Callable[[], None]
) -> None:
    for number in range(12):
        save("breaches", title=f"Mail {number}", aware_at=AWARE)
    page.ask()
    settle()
    for size in ((1280, 800), (900, 420)):
        page.resize(*size)
        settle()
        assert page.pane.height() > page.lists.height()
        assert page.table.visualRect(page.table.currentIndex()).intersects(
            page.table.viewport().rect()
        )
