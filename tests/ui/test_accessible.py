"""Everything can be reached by keyboard and has a name that a screen reader says."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
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

from privreg.formats import text
from privreg.registers.register_list import REGISTERS, register_of
from privreg.services import records
from privreg.translation import message, use_language
from tests.ui.conftest import LOGIN, PASSWORD, show
from tests.ui.hands import make_whole, type_text
from ui.ask import Ask
from ui.crash_window import CrashWindow
from ui.form.choice_editors import Chip
from ui.form.form import Form
from ui.make import MakePage
from ui.notices import BarNotices
from ui.places import PAGES
from ui.start import Chosen, Start
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
    from ui.window import MainWindow
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


def spoken_of(control: QWidget) -> str:
    """Return what a screen reader says of a control after its name."""
    interface = QAccessible.queryAccessibleInterface(control)
    return interface.text(QAccessible.Text.Description)


def mnemonics_in(window: QWidget) -> Iterator[str]:
    """Return the letters that Alt brings to something in sight, '' where there is none."""
    for each in window.findChildren(QWidget):
        if isinstance(each, (QAbstractButton, QLabel)) and each.isVisible():
            yield QKeySequence.mnemonic(each.text()).toString()


def keys_given_twice(window: QWidget) -> list[str]:
    """Return the keys that more than one shortcut in sight waits for in the same place."""
    shortcuts = [each for each in window.findChildren(QShortcut) if _is_in_sight(each)]
    places = [(each.key().toString(), each.parent()) for each in shortcuts]
    return [
        key
        for key, holder in places
        if sum(key == other and _is_within(holder, above) for other, above in places) > 1
    ]


def _is_in_sight(shortcut: QShortcut) -> bool:
    holder = shortcut.parent()
    return isinstance(holder, QWidget) and holder.isVisible() and shortcut.isEnabled()


def _is_within(holder: QObject | None, above: QObject | None) -> bool:
    if not isinstance(holder, QWidget) or not isinstance(above, QWidget):
        return False
    return holder is above or above.isAncestorOf(holder)


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
    make_whole(page)
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


@pytest.mark.parametrize("register", REGISTERS, ids=lambda each: each.slug)
def test_what_is_wrong_with_a_field_is_read_with_it(
    office: Office, register: Register, qtbot: QtBot, theme: object
) -> None:
    form = Form(office, register)
    qtbot.addWidget(form)
    form.show_values(records.new(office.desk, register.slug))
    form.fill()
    wrong = message("This must be filled in.")
    for row in form.rows():
        row.show_problem(wrong)
        assert text(wrong) in spoken_of(row.editor.target), row.field.name
        row.show_problem(None)
        assert text(wrong) not in spoken_of(row.editor.target), row.field.name


def test_what_is_wrong_with_an_answer_is_read_with_it(qtbot: QtBot, theme: object) -> None:
    ask = Ask("Password", "At least twelve characters.", is_secret=True)
    qtbot.addWidget(ask)
    ask.show_problem(message("This must be filled in."))
    assert spoken_of(ask.input) == f"{ask.error.text()} At least twelve characters."
    type_text(ask.input, "z")
    assert spoken_of(ask.input) == "At least twelve characters."
    assert ask.error.isHidden()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_two_things_on_a_page_answer_to_the_same_key(
    window: MainWindow,
    wait: Callable[[], None],
    register_folder: Path,
    language: str,
) -> None:
    use_language(language)
    window.open(Chosen(register_folder, LOGIN, PASSWORD))
    wait()
    assert window.shell is not None
    for spec in window.shell.specs:
        window.shell.go_to(spec.slug)
        wait()
        letters = [key for key in mnemonics_in(window) if key]
        assert sorted(set(letters)) == sorted(letters), spec.slug
        assert keys_given_twice(window) == [], spec.slug


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
        make_whole(page)
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
    make_whole(page)
    settle()
    labels = [each for each in page.findChildren(QLabel) if not each.pixmap()]
    rich = [each.text() for each in labels if each.textFormat() is not Qt.TextFormat.PlainText]
    assert rich == []


def test_scrolling_areas_are_no_stop_of_their_own(office: Office, qtbot: QtBot) -> None:
    form = Form(office, register_of("groups"))
    qtbot.addWidget(form)
    areas = [each for each in form.findChildren(QAbstractScrollArea) if each is form.area]
    assert [each.focusPolicy() for each in areas] == [Qt.FocusPolicy.NoFocus]
