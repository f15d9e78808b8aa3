"""Everything can be reached by keyboard and has a name that a screen reader says."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from privreg.registers.register_list import REGISTERS, register_of
from privreg.services import records
from privreg.translation import use_language
from tests.ui.conftest import show
from ui.crash_window import CrashWindow
from ui.form.choice_editors import Chip
from ui.form.form import Form
from ui.make import MakePage
from ui.notices import BarNotices
from ui.places import PAGES
from ui.start import Start
from ui.unlock import UnlockPage
from ui.welcome import WelcomePage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from privreg.clock import FixedClock
    from privreg.registers.declaration import Register
    from ui.office import Office
    from ui.page import PageSpec
    from ui.worker import Worker

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)
QT_OWN = ("QLineEditIconButton", "QTableCornerButton", "QHeaderView", "QCalendarView")


def controls_in(widget: QWidget) -> Iterator[QWidget]:
    """Return every control a person can see and use in a window."""
    for each in widget.findChildren(QWidget):
        is_qts_own = each.metaObject().className() in QT_OWN
        if isinstance(each, CONTROLS) and each.isVisibleTo(widget) and not is_qts_own:
            yield each


def is_by_mouse_only(control: QWidget) -> bool:
    """Whether Tab never comes here, though it is no part of something Tab does come to."""
    policy = control.focusPolicy()
    return not policy & Qt.FocusPolicy.TabFocus and not has_keys_of_its_own(control)


def has_keys_of_its_own(control: QWidget) -> bool:
    """Whether a key elsewhere does the same.

    The calendar opens on Alt+Down in its line; of buttons of which one is down Tab comes by
    that one, and the arrows go to the others; of a row of boxes Tab stops at one.
    """
    if isinstance(control, Chip):
        holder = control.parentWidget()
        row = holder.findChildren(Chip) if holder is not None else []
        return sum(bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus) for each in row) == 1
    group = control.group() if isinstance(control, QAbstractButton) else None
    return control.property("icon_name") == "calendar" or (group is not None and group.exclusive())


def unnamed(widget: QWidget) -> list[str]:
    """Return the controls without a name for a screen reader."""
    found = []
    for each in controls_in(widget):
        interface = QAccessible.queryAccessibleInterface(each)
        if not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(each).__name__} in {type(each.parent()).__name__}")
    return found


def must_be_reachable(widget: QWidget) -> None:
    """Assert that Tab comes everywhere and every control has a name."""
    assert unnamed(widget) == []
    assert [str(each) for each in controls_in(widget) if is_by_mouse_only(each)] == []


def walk_by_tab(widget: QWidget) -> set[QWidget]:
    """Press Tab until the focus is back; return everything it came by."""
    came_by: set[QWidget] = set()
    at = widget.nextInFocusChain()
    while at is not None and at not in came_by:
        came_by.add(at)
        at = at.nextInFocusChain()
    return came_by


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.slug)
def test_every_page_is_reached_by_key_and_named(
    office: Office,
    spec: PageSpec,
    language: str,
    qtbot: QtBot,
    settle: Callable[[], None],
) -> None:
    use_language(language)
    page = spec.factory(office)
    show(page, qtbot)
    page.enter()
    settle()
    must_be_reachable(page)


@pytest.mark.parametrize(
    "register", [each for each in REGISTERS if each.slug != "users"], ids=lambda each: each.slug
)
def test_every_form_is_reached_by_key_and_named(
    office: Office, register: Register, qtbot: QtBot, theme: object
) -> None:
    form = Form(office, register)
    show(form, qtbot)
    form.show_values(records.new(office.desk, register.slug))
    form.fill()
    for box in form.boxes:
        box.fold(is_open=True)
    must_be_reachable(form)


def test_every_label_of_a_form_leads_to_its_field(
    office: Office, qtbot: QtBot, theme: object
) -> None:
    form = Form(office, register_of("breaches"))
    qtbot.addWidget(form)
    form.show_values(records.new(office.desk, "breaches"))
    form.fill()
    assert all(row.label.buddy() is not None for row in form.rows())


def test_tab_goes_through_the_fields_from_top_to_bottom(
    office: Office, qtbot: QtBot, theme: object
) -> None:
    form = Form(office, register_of("groups"))
    show(form, qtbot)
    form.show_values(records.new(office.desk, "groups"))
    form.fill()
    places = [row.editor.target for row in form.boxes[0].places()]
    chain: list[QWidget] = []
    at: Any = form.nextInFocusChain()
    while at is not form:
        chain.append(at)
        at = at.nextInFocusChain()
    order = [chain.index(each) for each in places]
    assert order == sorted(order)
    assert walk_by_tab(form) >= set(places)


def test_the_start_screens_are_reached_by_key_and_named(
    worker: Worker,
    clock: FixedClock,
    qtbot: QtBot,
    register_folder: Path,
    settle: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PRIVREG_SETTINGS", str(tmp_path / "settings"))
    start = Start(clock)
    welcome, make = WelcomePage(start, worker), MakePage(start, worker)
    unlock = UnlockPage(start, worker)
    unlock.show_folder(register_folder)
    welcome.refresh()
    for page in (welcome, make, unlock):
        show(page, qtbot)
        settle()
        must_be_reachable(page)
    for step in range(4):
        make.show_step(step)
        must_be_reachable(make)


def test_notices_and_the_crash_report_are_reached_by_key_and_named(
    qtbot: QtBot, theme: object
) -> None:
    bars = BarNotices()
    show(bars, qtbot)
    bars.offer("Changed.", "Undo", lambda: None)
    bars.ask("Sure?", "Yes", lambda: None)
    must_be_reachable(bars)
    window = CrashWindow(ValueError())
    show(window, qtbot)
    must_be_reachable(window)


def test_no_widget_opens_a_window_of_its_own_while_a_page_is_made(
    office: Office, qtbot: QtBot, settle: Callable[[], None], theme: object
) -> None:
    for spec in PAGES:
        page = spec.factory(office)
        show(page, qtbot)
        page.enter()
        settle()
        windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        assert windows == [page], spec.slug
        page.close()


def test_what_a_user_wrote_is_never_read_as_mark_up(
    office: Office, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    page = PAGES[1].factory(office)
    show(page, qtbot)
    page.enter()
    settle()
    labels = [each for each in page.findChildren(QLabel) if not each.pixmap()]
    rich = [each.text() for each in labels if each.textFormat() is not Qt.TextFormat.PlainText]
    assert rich == []


def test_scrolling_areas_are_no_stop_of_their_own(office: Office, qtbot: QtBot) -> None:
    form = Form(office, register_of("groups"))
    qtbot.addWidget(form)
    areas = [each for each in form.findChildren(QAbstractScrollArea) if each is form.area]
    assert [each.focusPolicy() for each in areas] == [Qt.FocusPolicy.NoFocus]
