"""Whole journeys through the real window on an example register, by clicks and keys alone."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from privreg import formats
from privreg.clock import FixedClock
from privreg.errors import ProblemError
from privreg.law.deadline import DeadlineState, state
from privreg.law.events import EventType
from privreg.law.retention import ItemStatus
from privreg.services import agenda, examples, records
from privreg.services.records import ListQuery
from privreg.settings import Settings
from privreg.store import gate
from privreg.translation import Message, use_language
from tests.ui.conftest import first, rest, show
from tests.ui.hands import CONTROL, NO_KEY, click, press, type_text
from tests.ui.pages.test_reports_page import Answers
from ui.form.choice_editors import SearchedEditor
from ui.list_page import ListPage
from ui.office import Services
from ui.pages.breaches import BreachesPage
from ui.pages.clock_face import ClockFace
from ui.pages.customers import CustomersPage
from ui.pages.reports_page import ReportsPage
from ui.places import PAGES
from ui.preferences import Preferences
from ui.start import Start
from ui.status_bar import RUNNING
from ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from privreg.law.deadline import Deadline
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from ui.shell import Shell
    from ui.theme import Theme

GOOD_FRIDAY = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)  # 17:30 at the office
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
CONTROL_SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="session")
def _example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("journeys") / "Koffie.privreg"
    return examples.make_example(folder, "koffiemax", customers=20, clock=FixedClock(GOOD_FRIDAY))


class Clerk:
    """Sits at the window: every key goes to where the focus is, as at a real keyboard."""

    def __init__(self, window: MainWindow, qtbot: QtBot, clock: FixedClock) -> None:
        self.window = window
        self.qtbot = qtbot
        self.clock = clock
        self.inputs = 0

    @property
    def shell(self) -> Shell:
        assert self.window.shell is not None
        return self.window.shell

    @property
    def desk(self) -> Desk:
        desk: Desk = self.shell.office.desk
        return desk

    @property
    def urgent(self) -> Deadline:
        assert self.shell.status.urgent is not None
        return self.shell.status.urgent

    @property
    def page(self) -> Any:
        return self.shell.page

    def settle(self) -> None:
        rest(self.qtbot, self.window.worker)

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NO_KEY) -> None:
        self.inputs += 1
        press(self.focus, key, held)
        self.settle()

    def type(self, text: str) -> None:
        self.inputs += 1
        type_text(self.focus, text)
        self.settle()

    def click(self, widget: QWidget) -> None:
        self.inputs += 1
        click(widget)
        self.settle()

    def fill(self, name: str, text: str) -> None:
        """Go to a field of the form and type in it."""
        self.page.pane.form.row(name).editor.target.setFocus()
        self.type(text)
        self.key(Qt.Key.Key_Tab)

    def move_clock(self, by: timedelta) -> None:
        self.clock.moment += by
        self.shell.status.tick()
        for face in self.shell.findChildren(ClockFace):
            face.tick()
        self.settle()

    def go_to(self, slug: str) -> None:
        self.click(self.shell.sidebar.places[slug])

    def told(self) -> list[str]:
        return [each.sentence.text() for each in self.shell.notices.shown]

    def answer(self, word: str) -> None:
        buttons = [each for notice in self.shell.notices.shown for each in notice.buttons]
        self.click(next(each for each in buttons if each.text() == word))


@pytest.fixture
def clerk(
    _example: Path, tmp_path: Path, qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Clerk]:
    """Open the example with its password, on Good Friday at 17:30."""
    use_language("nl")
    monkeypatch.setenv("PRIVREG_SETTINGS", str(tmp_path / "settings"))
    folder = shutil.copytree(_example, tmp_path / _example.name)
    clock = FixedClock(GOOD_FRIDAY)
    services = Services(records=records, agenda=agenda)
    preferences = Preferences(tmp_path / "window.ini")
    settings = Settings({})
    window = MainWindow(Start(clock), services, PAGES, preferences, settings)
    show(window, qtbot)
    window.show_unlock(folder)
    made = Clerk(window, qtbot, clock)
    made.settle()
    window.unlock.password.input.setFocus()
    made.type(examples.PASSWORD)
    made.key(Qt.Key.Key_Return)
    made.inputs = 0
    made.shell.idle_for = timedelta(days=9)
    yield made
    window.is_closing = True
    window.close()


def row_form(clerk: Clerk, name: str) -> dict[str, Any]:
    """Add a row to a field and return the editors of that row."""
    rows = clerk.page.pane.form.row(name).editor
    clerk.click(rows.adder)
    return {each: row.editor for each, row in rows.open_form.rows.items()}


def choose(clerk: Clerk, editor: Any, code: str) -> None:
    """Choose by its code: a button, or the words typed."""
    if isinstance(editor, SearchedEditor):
        editor.input.setFocus()
        clerk.type(next(word for word, each in editor.input.codes.items() if each == code))
    else:
        clerk.click(editor.group.button(editor.codes.index(code)))


def pick(clerk: Clerk, search: Any, words: str) -> None:
    """Search a record by name and take the first that is offered."""
    search.setFocus()
    clerk.type(words)
    clerk.qtbot.waitUntil(lambda: bool(search.offered))
    clerk.key(Qt.Key.Key_Down)
    search._pick(0)
    clerk.settle()


def steal_the_laptop(clerk: Clerk) -> BreachesPage:
    """Record the breach from another page, by the keyboard; Tab selects what a field proposes."""
    clerk.key(Qt.Key.Key_D, CONTROL_SHIFT)
    page = clerk.page
    assert isinstance(page, BreachesPage)
    clerk.type("Laptop van een monteur gestolen")
    for name in ("detected_at", "aware_at"):
        page.entry.rows[name].editor.target.setFocus(Qt.FocusReason.TabFocusReason)
        clerk.type("3-4-2026 17:30")
    clerk.key(Qt.Key.Key_S, CONTROL)
    return page


def test_a_laptop_is_stolen_on_good_friday(clerk: Clerk, tmp_path: Path) -> None:
    clerk.go_to("customers")
    clerk.inputs = 0
    page = steal_the_laptop(clerk)
    assert clerk.inputs < 10
    assert page.pane.record_id is not None
    assert page.pane.panel is not None
    breach = records.load(clerk.desk, "breaches", page.pane.record_id)
    assert breach["aware_at"] == GOOD_FRIDAY
    face: Any = page.pane.panel.findChild(ClockFace)
    assert face.digits.text() == "72:00:00"
    clerk.move_clock(71 * HOUR + MINUTE)
    assert face.digits.text() == "0:59:00"
    assert face.how == DeadlineState.SOON
    clerk.move_clock(2 * HOUR - MINUTE)
    assert face.how == DeadlineState.LATE
    assert clerk.urgent.register == "breaches"
    _report_late(clerk)
    number = records.load(clerk.desk, "breaches", breach["id"])["number"]
    clerk.key(Qt.Key.Key_P, CONTROL)
    reports = clerk.page
    assert isinstance(reports, ReportsPage)
    reports.asks = Answers(tmp_path)
    clerk.qtbot.waitUntil(lambda: reports.paper is not None)
    clerk.click(reports.saver)
    clerk.qtbot.waitUntil(lambda: bool(list(tmp_path.glob("*.pdf"))))
    clerk.settle()
    [file] = tmp_path.glob("*.pdf")
    paper = "".join(each.extract_text() for each in PdfReader(file).pages)
    assert number in paper
    assert "2026-77123" in paper
    assert "pas na Pasen" in paper


def _report_late(clerk: Clerk) -> None:
    form = clerk.page.pane.form
    choose(clerk, form.row("authority_decision").editor, "yes")
    row = row_form(clerk, "notifications")
    row["sent_at"].target.setFocus()
    clerk.type("6-4-2026 18:15")
    row["number"].target.setFocus()
    clerk.type("2026-77123")
    clerk.fill("delay_reason", "De leidinggevende was pas na Pasen bereikbaar.")
    clerk.key(Qt.Key.Key_S, CONTROL)
    saved = clerk.page.pane.form.before
    assert [each["number"] for each in saved["notifications"]] == ["2026-77123"], clerk.told()


def test_an_activity_loses_its_findings_one_by_one(clerk: Clerk) -> None:
    clerk.go_to("activities")
    clerk.key(Qt.Key.Key_N, CONTROL)
    clerk.type("Klanten terugbellen na een storing")
    clerk.key(Qt.Key.Key_S, CONTROL)
    form = clerk.page.pane.form
    assert _lacks(clerk) >= {"controllers", "purposes", "data", "recipients", "rules"}
    pick(clerk, form.row("controllers").editor.target, "Maalkolk Koffie")
    _saved_without(clerk, "controllers")
    purpose = row_form(clerk, "purposes")
    purpose["purpose"].target.setFocus()
    clerk.type("Nagaan of de machine weer werkt")
    choose(clerk, purpose["ground"], "legitimate_interest")
    for name in ("interest", "necessity", "balancing"):
        purpose[name].target.setFocus()
        clerk.type("Een klant verwacht dat wij terugbellen.")
    _saved_without(clerk, "purposes")
    data = row_form(clerk, "data")
    pick(clerk, data["group_id"].target, "Klanten")
    pick(clerk, data["kind_id"].target, "Contactgegevens")
    _saved_without(clerk, "data")
    recipient = row_form(clerk, "recipients")
    pick(clerk, recipient["party_id"].target, "Kabelkade")
    pick(clerk, recipient["kinds"].target, "Contactgegevens")
    _saved_without(clerk, "recipients")
    pick(clerk, form.row("rules").editor.target, "Contactgegevens van klanten")
    _saved_without(clerk, "rules")


def _lacks(clerk: Clerk) -> set[str]:
    values = records.load(clerk.desk, "activities", clerk.page.pane.record_id)
    return {each.field for each in agenda.record_findings(clerk.desk, "activities", values)}


def _saved_without(clerk: Clerk, field: str) -> None:
    clerk.key(Qt.Key.Key_S, CONTROL)
    assert not clerk.page.pane.is_edited, clerk.told()
    assert field not in _lacks(clerk)


def test_a_contract_ends_and_a_dispute_holds_what_would_be_disposed_of(clerk: Clerk) -> None:
    clerk.go_to("customers")
    page = clerk.page
    assert isinstance(page, CustomersPage)
    found = records.page(clerk.desk, "customers", ListQuery(filters={"phase": "customer"}), 0, 1)
    clerk.shell.open_record("customers", found.rows[0]["id"])
    clerk.settle()
    page.head.adder.menu().aboutToShow.emit()
    words = formats.text(EventType.CONTRACT_ENDED.message)
    next(each for each in page.head.menu.actions() if words in each.text()).trigger()
    clerk.settle()
    events = records.page(clerk.desk, "events", ListQuery(parent=found.rows[0]["id"])).rows
    assert ("contract_ended", date(2026, 4, 3)) in [(e["type"], e["happened_on"]) for e in events]
    running_items = {
        key: view
        for key, view in page.head.items.views.items()
        if view.state.keep_through and view.state.state is not ItemStatus.HELD
    }
    key, view = next(iter(running_items.items()))
    tree = page.head.items.tree
    tree.setFocus()
    assert tree.go_to(key)
    clerk.key(Qt.Key.Key_Space)
    at = tree.currentIndex()
    steps = [tree.rows.index(n, 0, at).data() for n in range(tree.rows.rowCount(at))]
    assert view.state.keep_through is not None
    assert any(formats.day(view.state.keep_through) in each for each in steps)
    clerk.click(page.head.items.holder)
    entry: Any = page.head.tabs["holds"].entry
    entry.form.fill()
    choose(clerk, entry.form.row("reason").editor, "dispute")
    entry.save()
    clerk.settle()
    assert page.head.items.views[key].state.state is ItemStatus.HELD
    clerk.answer("Ongedaan maken")
    clerk.settle()
    assert page.head.items.views[key].state.state is view.state.state


def test_what_was_typed_is_there_again_after_the_lock(clerk: Clerk) -> None:
    clerk.go_to("groups")
    clerk.key(Qt.Key.Key_Down)
    clerk.key(Qt.Key.Key_Return)
    record_id = clerk.page.pane.record_id
    clerk.key(Qt.Key.Key_End)
    clerk.type(" en gasten")
    typed = clerk.page.pane.form.values["name"]
    clerk.key(Qt.Key.Key_L, CONTROL)
    assert clerk.window.shell is None
    clerk.window.unlock.password.input.setFocus()
    clerk.type(examples.PASSWORD)
    clerk.key(Qt.Key.Key_Return)
    assert isinstance(clerk.page, ListPage)
    assert clerk.page.pane.record_id == record_id
    assert clerk.page.pane.form.values["name"] == typed
    assert typed.endswith(" en gasten")
    assert records.load(clerk.desk, "groups", record_id)["name"] != typed


def test_the_keyboard_alone_opens_searches_edits_saves_undoes_and_goes_back(clerk: Clerk) -> None:
    while clerk.shell.at != "parties":
        clerk.key(Qt.Key.Key_PageDown, CONTROL)
    page = clerk.page
    clerk.key(Qt.Key.Key_F, CONTROL)
    clerk.type("kabel")
    assert page.model.rowCount() == 1
    clerk.key(Qt.Key.Key_Down)
    clerk.key(Qt.Key.Key_Return)
    record_id = page.pane.record_id
    before = records.load(clerk.desk, "parties", record_id)["name"]
    assert before.startswith("Kabelkade")
    clerk.key(Qt.Key.Key_End)
    clerk.type(" NL")
    clerk.key(Qt.Key.Key_S, CONTROL)
    assert records.load(clerk.desk, "parties", record_id)["name"] == f"{before} NL"
    clerk.key(Qt.Key.Key_Escape)
    assert page.table.hasFocus()
    clerk.key(Qt.Key.Key_Z, CONTROL)
    assert records.load(clerk.desk, "parties", record_id)["name"] == before
    clerk.key(Qt.Key.Key_F2)
    assert page.pane.form.isAncestorOf(clerk.focus)
    clerk.key(Qt.Key.Key_Escape)
    assert page.table.hasFocus()


class DiskFullError(ProblemError):
    """The disk is full."""


def test_a_full_disk_keeps_what_was_typed(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk.go_to("groups")
    clerk.key(Qt.Key.Key_N, CONTROL)
    clerk.type("Leveranciers")

    def full(*_args: Any, **_named: Any) -> Values:
        raise DiskFullError(Message("De schijf is vol; maak ruimte en sla opnieuw op."))

    with monkeypatch.context() as broken:
        broken.setattr(gate, "save", full)
        clerk.key(Qt.Key.Key_S, CONTROL)
    assert clerk.told() == ["De schijf is vol; maak ruimte en sla opnieuw op."]
    assert clerk.page.pane.form.values["name"] == "Leveranciers"
    assert clerk.page.pane.unsaved.isVisible()
    clerk.key(Qt.Key.Key_S, CONTROL)
    assert clerk.page.pane.form.before["name"] == "Leveranciers"


def test_a_text_of_a_hundred_thousand_characters_is_refused_or_kept_whole(clerk: Clerk) -> None:
    clerk.go_to("groups")
    clerk.key(Qt.Key.Key_N, CONTROL)
    long = "woord " * 16_667
    editor = clerk.page.pane.form.row("name").editor
    editor.input.setText(long)
    editor.edited.emit()
    clerk.key(Qt.Key.Key_S, CONTROL)
    assert clerk.page.pane.is_edited
    assert "tekens" in clerk.page.pane.form.row("name").error.text()
    assert len(clerk.page.pane.form.values["name"].strip()) == len(long.strip())


def test_a_register_that_is_only_read_offers_nothing_that_cannot_be_done(clerk: Clerk) -> None:
    folder = clerk.desk.folder.path
    clerk.key(Qt.Key.Key_L, CONTROL)
    clerk.window.show_unlock(folder)
    clerk.settle()
    clerk.window.unlock.password.input.setFocus()
    clerk.type(examples.PASSWORD)
    clerk.click(clerk.window.unlock.reader)
    assert clerk.desk.read_only
    assert not clerk.shell.breach.isVisible()
    for spec in clerk.shell.specs:
        clerk.shell.go_to(spec.slug)
        clerk.settle()
        if isinstance(clerk.page, ListPage):
            assert not clerk.page.adder.isVisible()
    found = first(clerk.desk, "groups")
    clerk.shell.open_record("groups", found["id"])
    clerk.settle()
    assert clerk.page.pane.form.is_read_only
    assert not clerk.page.pane.deleter.isEnabled()
    assert not clerk.page.pane.duplicator.isEnabled()


def test_the_status_bar_watches_the_breach_and_not_the_late_review(clerk: Clerk) -> None:
    now = clerk.clock.now()
    late = next(e for e in clerk.shell.status.deadlines if state(e, now) in RUNNING)
    assert not isinstance(late.due, datetime)
    assert isinstance(clerk.urgent.due, datetime)
