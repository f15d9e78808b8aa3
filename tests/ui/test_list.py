"""The list: a million rows like ten, instant search, sorting, filters, columns, the keyboard."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu

from privreg.registers.register_list import register_of
from privreg.services import agenda, records
from privreg.services.records import ListQuery, Page
from tests.ui.conftest import AT, first, show
from tests.ui.hands import CONTROL, click, press, type_text
from ui.list_model import ID_ROLE, NOT_YET, WINDOW, ListModel
from ui.list_page import ListPage
from ui.office import Office, Services
from ui.record_table import CELL_EDGES, RecordTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from tests.ui.conftest import Recorder
    from ui.worker import Worker

MILLION = 1_000_000


class ManyRecords(SimpleNamespace):
    """The real service, but with a million customers that are made as they are asked for."""

    def __init__(self, total: int = MILLION) -> None:
        super().__init__(**{name: getattr(records, name) for name in ("new", "visible_fields")})
        self.total = total
        self.asked: list[tuple[str, int]] = []
        self.walked: list[ListQuery] = []

    def page(
        self, desk: Any, slug: str, query: ListQuery, offset: int = 0, limit: int = 50
    ) -> Page:
        self.asked.append((query.text, offset))
        last = min(offset + limit, self.total)
        return Page([made(number) for number in range(offset, last)], {})

    def count(self, desk: Any, slug: str, query: ListQuery) -> int:
        return self.total

    def signpost(self, desk: Any, slug: str, query: ListQuery) -> None:
        self.walked.append(query)

    def load(self, desk: Any, slug: str, record_id: UUID) -> Values:
        return made(record_id.int)


def made(number: int) -> Values:
    """Return the customer of that number."""
    values: Values = {"id": UUID(int=number), "version": 1, "number": f"K-{number}"}
    return {**values, "name": f"Klant {number}", "kind": "company", "phase": "customer"}


@pytest.fixture
def many() -> ManyRecords:
    """Return the service of a million customers."""
    return ManyRecords()


@pytest.fixture
def large_office(
    desk: Desk, worker: Worker, notices: Recorder, many: ManyRecords, office: Office
) -> Office:
    """Return an office with a million customers."""
    services = Services(records=many, agenda=agenda)
    return Office(desk, services, worker, notices, office.preferences)


def model_of(office: Office, slug: str) -> ListModel:
    """Return the model of a register with its usual columns."""
    register = register_of(slug)
    model = ListModel(office, register)
    model.show_columns([each.field for each in register.columns if each.shown])
    return model


def column_texts(model: ListModel, name: str) -> list[str]:
    """Return what stands in a column."""
    place = [column.field for column in model.columns].index(name)
    return [str(model.index(row, place).data()) for row in range(model.rowCount())]


def test_the_model_passes_the_model_tester(
    large_office: Office, many: ManyRecords, settle: Callable[[], None]
) -> None:
    many.total = 3 * WINDOW + 7
    model = model_of(large_office, "customers")
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.ask(ListQuery())
    settle()
    many.total = WINDOW + 3
    model.refresh()
    settle()
    many.total = 0
    model.ask(ListQuery(text="niets"))
    settle()
    assert model.rowCount() == 0


def test_the_list_does_not_ask_a_processor_for_the_decision_of_its_controller(
    office: Office, desk: Desk, settle: Callable[[], None]
) -> None:
    party = records.new(desk, "parties", name="Opdrachtgever BV", role="controller", country="NL")
    records.save(desk, "parties", party)
    client = first(desk, "parties")["id"]
    for role, asked_by in (("controller", None), ("processor", client)):
        draft = records.new(desk, "breaches", title=f"Lek als {role}", role=role)
        known = {"aware_at": desk.clock.now(), "client_id": asked_by}
        records.save(desk, "breaches", {**draft, **known})
    model = model_of(office, "breaches")
    model.ask(ListQuery())
    settle()
    told = dict(
        zip(
            column_texts(model, "title"),
            column_texts(model, "authority_decision"),
            strict=True,
        )
    )
    assert told["Lek als processor"] == "via de verwerkingsverantwoordelijke (art. 33 lid 2)"
    assert told["Lek als controller"] == "nog niet besloten"


def test_a_list_of_a_million_fetches_what_is_in_sight_only(
    large_office: Office, many: ManyRecords, settle: Callable[[], None], qtbot: QtBot
) -> None:
    table = RecordTable(model_of(large_office, "customers"))
    show(table, qtbot)
    table.records.ask(ListQuery())
    settle()
    assert table.records.rowCount() == MILLION
    assert {offset for _text, offset in many.asked} == {0}


def test_a_jump_to_the_end_shows_dots_and_then_the_rows(
    large_office: Office, many: ManyRecords, settle: Callable[[], None], qtbot: QtBot
) -> None:
    table = RecordTable(model_of(large_office, "customers"))
    show(table, qtbot)
    table.records.ask(ListQuery())
    settle()
    press(table, Qt.Key.Key_End)
    last = table.records.index(MILLION - 1, 0)
    assert last.data() == NOT_YET
    settle()
    assert last.data() == f"K-{MILLION - 1}"
    assert len(many.asked) < 6


def test_rows_that_were_passed_over_are_not_fetched(
    large_office: Office, many: ManyRecords, settle: Callable[[], None]
) -> None:
    model = model_of(large_office, "customers")
    model.ask(ListQuery())
    settle()
    for row in range(0, MILLION, 10_000):
        model.index(row, 0).data()
    settle()
    assert len(many.asked) <= 7
    assert model.index(MILLION - 10_000, 0).data() != NOT_YET


def test_the_model_forgets_windows_far_away(
    large_office: Office, settle: Callable[[], None]
) -> None:
    model = model_of(large_office, "customers")
    model.ask(ListQuery())
    settle()
    for place in range(1, 60):
        model.index(place * WINDOW, 0).data()
        settle()
    assert len(model.windows) <= 40


def test_the_old_rows_stay_until_the_new_ones_arrive(
    office: Office, save: Callable[..., Values], settle: Callable[[], None]
) -> None:
    for title in ("Laptop gestolen", "Mail in cc"):
        save("breaches", title=title, aware_at=office.desk.clock.now())
    model = model_of(office, "breaches")
    model.ask(ListQuery())
    settle()
    lengths: list[int] = []
    model.modelReset.connect(lambda: lengths.append(model.rowCount()))
    model.ask(ListQuery(text="mail"))
    assert model.rowCount() == 2
    settle()
    assert lengths == [1]
    assert column_texts(model, "title") == ["Mail in cc"]


def test_the_last_keystroke_wins(
    large_office: Office, many: ManyRecords, settle: Callable[[], None]
) -> None:
    model = model_of(large_office, "customers")
    arrived: list[str] = []
    model.arrived.connect(lambda: arrived.append(model.query.text))
    for text in ("b", "ba", "bak"):
        model.ask(ListQuery(text=text))
    settle()
    assert arrived == ["bak"]


@pytest.fixture
def page(
    office: Office, save: Callable[..., Values], settle: Callable[[], None], qtbot: QtBot
) -> ListPage:
    """Return the page of breaches with three of them."""
    now = office.desk.clock.now()
    for title, risk in (("Laptop gestolen", "high"), ("Mail in cc", "unlikely"), ("Afval", "")):
        save("breaches", title=title, aware_at=now, risk=risk)
    opened = ListPage(office, register_of("breaches"))
    show(opened, qtbot)
    opened.enter()
    settle()
    return opened


def titles(page: ListPage) -> list[str]:
    """Return the titles in the list."""
    return column_texts(page.model, "title")


def test_typing_searches_at_once(page: ListPage, qtbot: QtBot, settle: Callable[[], None]) -> None:
    press(page, Qt.Key.Key_F, CONTROL)
    assert page.search.hasFocus()
    type_text(page.search, "mail")
    settle()
    assert titles(page) == ["Mail in cc"]
    assert page.count.text()[0] == "1"


def test_a_click_on_a_heading_sorts_and_another_turns_it_round(
    page: ListPage, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    heads = page.table.horizontalHeader()
    title = QPoint(heads.sectionViewportPosition(1) + 20, 8)
    orders = [
        ["Afval", "Laptop gestolen", "Mail in cc"],
        ["Mail in cc", "Laptop gestolen", "Afval"],
    ]
    for order in orders:
        click(heads.viewport(), title)
        settle()
        assert titles(page) == order


def test_the_list_is_sorted_without_a_mouse(page: ListPage, settle: Callable[[], None]) -> None:
    (orders,) = (each.menu() for each in page.table.column_menu().actions() if each.menu())
    assert isinstance(orders, QMenu)
    words = [each.text() for each in orders.actions()]
    assert words == [page.model.heading(each) for each in page.model.columns]
    place = [each.field for each in page.model.columns].index("title")
    for descending in (False, True):
        orders.actions()[place].trigger()
        settle()
        assert (page.model.query.sort, page.model.query.descending) == ("title", descending)


def test_a_filter_shows_what_fits(page: ListPage, settle: Callable[[], None]) -> None:
    page.filters.menus["risk"].choose("high", "hoog")
    settle()
    assert titles(page) == ["Laptop gestolen"]
    page.filters.clear()
    settle()
    assert len(titles(page)) == 3


def test_a_filter_by_a_linked_record_offers_its_records(
    page: ListPage, settle: Callable[[], None]
) -> None:
    menu = page.filters.menus["controller_id"]
    menu.aboutToShow.emit()
    settle()
    assert any("Bonenhof BV" in act.text() for act in menu.actions())


def test_chosen_columns_are_remembered(page: ListPage, office: Office, qtbot: QtBot) -> None:
    menu = page.table.column_menu()
    next(act for act in menu.actions() if act.isCheckable() and not act.isChecked()).trigger()
    names = [column.field for column in page.model.columns]
    assert "risk" in names
    again = ListPage(office, register_of("breaches"))
    qtbot.addWidget(again)
    assert [column.field for column in again.model.columns] == names


def test_nothing_found_offers_to_show_everything(
    page: ListPage, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    type_text(page.search, "xyz")
    settle()
    assert page.lists.currentWidget() is page.empty
    page.empty.step.click()
    settle()
    assert page.lists.currentWidget() is page.table
    assert len(titles(page)) == 3


def test_an_empty_register_says_what_belongs_there_and_offers_the_first_step(
    office: Office, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    page = ListPage(office, register_of("requests"))
    show(page, qtbot)
    page.enter()
    settle()
    assert page.lists.currentWidget() is page.empty
    assert page.empty.sentence.text()
    page.empty.step.click()
    settle()
    assert page.pane.is_new
    assert not page.pane.isHidden()


def test_down_goes_from_the_search_to_the_list_and_enter_opens(
    page: ListPage, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    page.search.setFocus()
    press(page.search, Qt.Key.Key_Down)
    settle()
    assert page.table.hasFocus()
    press(page.table, Qt.Key.Key_Return)
    settle()
    title = page.pane.form.row("title").editor.target
    qtbot.waitUntil(title.hasFocus)
    press(title, Qt.Key.Key_Escape)
    assert page.table.hasFocus()


def test_the_arrows_show_each_record(
    page: ListPage, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    page.table.go_to_row(0)
    settle()
    assert page.pane.values["title"] == "Laptop gestolen"
    press(page.table, Qt.Key.Key_Down)
    settle()
    assert page.pane.values["title"] == "Mail in cc"


def test_a_saved_record_is_refreshed_in_the_list(
    page: ListPage, office: Office, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    office.changed.connect(page.refresh)
    page.table.go_to_row(1)
    settle()
    line = page.pane.form.row("title").editor.target
    line.setFocus()
    press(line, Qt.Key.Key_A, CONTROL)
    type_text(line, "Nieuwsbrief in cc")
    press(line, Qt.Key.Key_S, CONTROL)
    settle()
    assert titles(page)[1] == "Nieuwsbrief in cc"
    assert page.table.current_id == page.pane.record_id


def test_the_id_stands_behind_each_row(page: ListPage) -> None:
    assert isinstance(page.model.index(0, 0).data(ID_ROLE), UUID)
    assert page.model.data(QModelIndex()) is None


def test_a_short_list_takes_the_room_of_its_rows_and_no_more(
    office: Office, save: Callable[..., Values], settle: Callable[[], None], qtbot: QtBot
) -> None:
    made = save("breaches", title="Mail in cc", aware_at=AT)
    page = ListPage(office, register_of("breaches"))
    show(page, qtbot)
    page.enter()
    settle()
    page.show_record(made["id"])
    settle()
    listed, recorded = page.splitter.sizes()
    assert listed <= max(page.table.whole_height, page.lists.minimumHeight())
    assert recorded > 3 * listed
    page.splitter.setSizes([300, 300])
    page.splitter.splitterMoved.emit(300, 1)
    chosen = page.splitter.sizes()
    page.show_record(made["id"])
    settle()
    assert page.splitter.sizes() == chosen


def test_a_record_that_was_added_is_chosen_and_in_sight_at_the_end_of_a_long_list(
    office: Office, save: Callable[..., Values], settle: Callable[[], None], qtbot: QtBot
) -> None:
    for number in range(30):
        save("groups", name=f"Groep {number:02}")
    page = ListPage(office, register_of("groups"))
    office.changed.connect(page.refresh)
    show(page, qtbot)
    page.enter()
    settle()
    press(page.table, Qt.Key.Key_N, CONTROL)
    settle()
    name = page.pane.form.row("name").editor.target
    type_text(name, "Zieke buren")
    press(name, Qt.Key.Key_S, CONTROL)
    settle()
    qtbot.waitUntil(lambda: page.table.current_id == page.pane.record_id is not None)
    row = page.table.visualRect(page.table.currentIndex())
    assert page.table.viewport().rect().contains(row.center())


def test_the_chosen_row_stays_in_sight_when_the_list_becomes_lower(
    office: Office, save: Callable[..., Values], settle: Callable[[], None], qtbot: QtBot
) -> None:
    made = [save("groups", name=f"Groep {number:02}")["id"] for number in range(12)]
    page = ListPage(office, register_of("groups"))
    show(page, qtbot)
    page.enter()
    settle()
    page.show_record(made[-1])
    settle()
    page.resize(1280, 600)
    settle()
    row = page.table.visualRect(page.table.currentIndex())
    assert page.table.viewport().rect().contains(row)


def test_the_splitter_is_remembered(page: ListPage, office: Office, tmp_path: Path) -> None:
    page.splitter.setSizes([500, 200])
    page.splitter.splitterMoved.emit(500, 1)
    assert not office.preferences.bytes_of("breaches/splitter").isEmpty()


def test_on_a_wide_window_the_record_stands_right_of_the_list_where_it_was_put(
    office: Office, qtbot: QtBot
) -> None:
    page = ListPage(office, register_of("groups"))
    show(page, qtbot)
    assert page.splitter.orientation() is Qt.Orientation.Vertical
    page.resize(1700, 900)
    assert page.splitter.orientation() is Qt.Orientation.Horizontal
    page.pane.show()
    QApplication.processEvents()
    page.splitter.moveSplitter(900, 1)
    placed = page.splitter.sizes()
    assert placed[0] == 900
    page.resize(1280, 800)
    assert page.splitter.orientation() is Qt.Orientation.Vertical
    page.resize(1700, 900)
    QApplication.processEvents()
    assert page.splitter.sizes() == placed


def test_a_column_is_as_wide_as_what_stands_in_it(
    office: Office, desk: Desk, settle: Callable[[], None], qtbot: QtBot
) -> None:
    draft = records.new(desk, "parties", name="Kabelkade", role="processor", country="NL")
    records.save(desk, "parties", draft)
    page = ListPage(office, register_of("parties"))
    show(page, qtbot)
    page.enter()
    settle()
    for place in range(page.model.columnCount()):
        words = str(page.model.index(0, place).data())
        assert page.table.columnWidth(place) >= page.table.fontMetrics().horizontalAdvance(words)


def test_a_number_is_never_cut_off_however_narrow_the_list(
    office: Office, save: Callable[..., Values], settle: Callable[[], None], qtbot: QtBot
) -> None:
    name = "Van den Heuvel-Rijnders Installatietechniek"
    save("customers", name=name, number="SV-0000034", email="administratie@heuvel-rijnders.example")
    page = ListPage(office, register_of("customers"))
    show(page, qtbot)
    page.enter()
    settle()
    page.resize(page.minimumSizeHint().width(), 700)
    QApplication.processEvents()
    names = [each.field for each in page.model.columns]
    widths = {each: page.table.columnWidth(place) for place, each in enumerate(names)}
    letters = page.table.fontMetrics()
    assert widths["name"] < letters.horizontalAdvance(name)
    assert widths["number"] >= letters.horizontalAdvance("SV-0000034") + CELL_EDGES
