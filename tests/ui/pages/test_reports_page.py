"""Reports: chosen by clicks, read back from the real PDF, printed to a real device, saved."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from privreg.clock import OFFICE_ZONE
from privreg.services import records
from privreg.services.reports import KINDS
from privreg.translation import _
from tests.ui.conftest import show
from tests.ui.hands import type_text
from tests.ui.pages.spoken import unnamed
from ui.office import PaperAsked
from ui.pages.asks import Asks
from ui.pages.report_choice import Order
from ui.pages.reports_page import ReportsPage
from ui.printing import print_kind, print_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from privreg.registers.declaration import Values
    from tests.ui.conftest import Recorder
    from ui.office import Office


class Answers(Asks):
    """Answers the system's dialogs with a folder, writing down what was suggested."""

    def __init__(self, folder: Path) -> None:
        self.place = folder
        self.suggested: list[str] = []

    def pdf(self, _parent: QWidget, name: str) -> Path | None:
        self.suggested.append(name)
        return self.place / name

    def printer(self, _parent: QWidget) -> QPrinter | None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.place / "printed.pdf"))
        return printer


@pytest.fixture
def breach(save: Callable[..., Values]) -> Values:
    return save(
        "breaches",
        title="Laptop van de monteur gestolen",
        aware_at=datetime(2026, 4, 3, 13, 0, tzinfo=UTC),
    )


@pytest.fixture
def page(office: Office, qtbot: QtBot, tmp_path: Path) -> ReportsPage:
    made = ReportsPage(office)
    made.asks = Answers(tmp_path)
    show(made, qtbot)
    return made


def text_of(page: ReportsPage) -> str:
    document = page.view.document
    return "\n".join(document.getAllText(at).text() for at in range(document.pageCount()))


def made(page: ReportsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.paper is not None)


def test_the_first_report_is_made_and_can_be_read(page: ReportsPage, qtbot: QtBot) -> None:
    page.enter()
    made(page, qtbot)
    assert "Bonenhof BV" in text_of(page)
    assert page.bodies.currentWidget() is page.view
    assert page.printer.isEnabled()


def test_a_record_is_asked_for_and_its_report_made_once_it_is_chosen(
    page: ReportsPage, qtbot: QtBot, breach: Values
) -> None:
    page.choice.choose("breach")
    assert page.bodies.currentWidget() is page.empty
    assert not page.printer.isEnabled()
    search: Any = page.choice.rows["record"].editor
    search.input.setFocus()
    type_text(search.input, breach["number"])
    qtbot.waitUntil(lambda: bool(search.input.offered))
    search.input._pick(0)
    made(page, qtbot)
    assert "Laptop van de monteur gestolen" in text_of(page)
    assert breach["number"] in text_of(page)


def test_print_record_opens_the_page_with_the_record_chosen(
    page: ReportsPage, office: Office, qtbot: QtBot, breach: Values
) -> None:
    with qtbot.waitSignal(office.place_asked) as asked:
        print_record(office, "breaches", breach["id"])
    assert asked.args == ["reports"]
    page.enter()
    made(page, qtbot)
    assert page.choice.kind is not None
    assert page.choice.kind.code == "breach"
    assert breach["number"] in text_of(page)


def test_a_register_without_a_report_of_one_record_prints_the_one_it_stands_in(
    office: Office, notices: Recorder, breach: Values
) -> None:
    for slug, code in (("groups", "register"), ("rules", "retention"), ("parties", "processors")):
        print_record(office, slug, breach["id"])
        assert office.paper_asked == PaperAsked(code)
    assert notices.problems == []


def test_the_due_list_is_printed_for_the_day_that_stood_on_the_page(
    page: ReportsPage, office: Office, qtbot: QtBot
) -> None:
    day = datetime(2031, 1, 15, tzinfo=OFFICE_ZONE)
    print_kind(office, "due", at=day)
    page.enter()
    made(page, qtbot)
    assert "15-01-2031" in text_of(page)
    print_kind(office, "due")
    page.enter()
    made(page, qtbot)
    assert "15-01-2031" not in text_of(page)


def test_a_part_of_the_due_list_is_printed_alone_and_says_so(
    page: ReportsPage, office: Office, qtbot: QtBot, save: Callable[..., Values]
) -> None:
    kind = save("kinds", name="Facturen van toen")
    print_kind(office, "due", only={"kind_id": kind["id"]})
    page.enter()
    made(page, qtbot)
    assert "Dit is een deel van de lijst" in text_of(page)
    assert "soort gegevens: Facturen van toen" in " ".join(text_of(page).split())
    print_kind(office, "due")
    page.enter()
    made(page, qtbot)
    assert "Dit is een deel van de lijst" not in text_of(page)


def test_a_period_that_ends_before_it_begins_is_said_and_no_report_is_made(
    page: ReportsPage, qtbot: QtBot, breach: Values
) -> None:
    page.choice.choose("breaches")
    made(page, qtbot)
    assert breach["number"] in text_of(page)
    type_text(page.choice.rows["first"].editor.target, "1-5-2026")
    type_text(page.choice.rows["last"].editor.target, "1-4-2026")
    page.choice._settle()
    assert page.choice.rows["last"].error.isVisible()
    assert page.order is None
    page.choice.rows["first"].editor.show_value(date(2026, 3, 1))
    page.choice._settle()
    made(page, qtbot)
    assert "01-03-2026 t/m 01-04-2026" in text_of(page)
    assert breach["number"] not in text_of(page)


def test_a_list_without_a_report_asks_for_a_record(office: Office, notices: Recorder) -> None:
    print_record(office, "statements", None)
    assert len(notices.told) == 1
    assert office.paper_asked is None


def test_a_preview_has_no_number_and_a_saved_pdf_has(
    page: ReportsPage, qtbot: QtBot, breach: Values, notices: Recorder, tmp_path: Path
) -> None:
    page.choice.choose("breach", breach["id"])
    made(page, qtbot)
    assert "RP-2026-0001" not in text_of(page)
    page.saver.click()
    qtbot.waitUntil(lambda: bool(notices.told))
    [file] = tmp_path.glob("*.pdf")
    assert "RP-2026-0001" in "".join(each.extract_text() for each in PdfReader(file).pages)
    assert page.bodies.currentWidget() is page.view


def test_the_name_suggested_for_a_pdf_holds_the_number_and_no_personal_data(
    page: ReportsPage, qtbot: QtBot, save: Callable[..., Values], office: Office
) -> None:
    controller = records.options(office.desk, "controllers")[0].id
    customer = save(
        "customers", controller_id=controller, kind="person", name="Geheimnaam", first_name="Jan"
    )
    page.choice.choose("customer", customer["id"])
    made(page, qtbot)
    assert "Geheimnaam" in text_of(page)
    assert customer["number"] in page.file_name()
    assert "Geheimnaam" not in page.file_name()


def test_printing_sends_every_page_to_the_printer_and_sets_no_date(
    page: ReportsPage, qtbot: QtBot, breach: Values, notices: Recorder, tmp_path: Path
) -> None:
    page.choice.choose("breach", breach["id"])
    made(page, qtbot)
    pages = page.view.document.pageCount()
    page.printer.click()
    qtbot.waitUntil(lambda: bool(notices.told))
    assert "RP-2026-0001" in notices.told[0]
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == pages
    after = records.load(page.office.desk, "breaches", breach["id"])
    assert after["version"] == breach["version"]


def test_words_are_found_in_the_report_and_gone_through(
    page: ReportsPage, qtbot: QtBot, breach: Values
) -> None:
    page.choice.choose("breach", breach["id"])
    made(page, qtbot)
    page.view.search.setFocus()
    type_text(page.view.search, "monteur")
    qtbot.waitUntil(page.view.later.isEnabled)
    page.view.later.click()
    assert page.view.view.currentSearchResultIndex() == 0
    assert page.view.hits.text() != ""


def test_pages_are_turned_and_the_paper_grows_and_shrinks(
    page: ReportsPage, qtbot: QtBot, breach: Values
) -> None:
    page.choice.choose("breach", breach["id"])
    made(page, qtbot)
    last = page.view.document.pageCount()
    page.view.go_to(last)
    assert page.view.at == last
    page.view.go_to(999)
    assert page.view.at == last
    before = page.view.view.zoomFactor()
    page.view.zoom(4.0)
    assert page.view.view.zoomFactor() > before
    page.view.fit_width()
    assert page.view.view.zoomMode() is page.view.view.ZoomMode.FitToWidth


def test_a_report_in_english_leaves_the_window_dutch(page: ReportsPage, qtbot: QtBot) -> None:
    page.choice.choose("breaches")
    made(page, qtbot)
    assert "Breach log" not in text_of(page)
    language: Any = page.choice.rows["language"].editor
    language.group.button(1).click()
    page.choice._settle()
    made(page, qtbot)
    assert "Breach log" in text_of(page)
    assert page.saver.text() == _("Save as PDF…")
    assert page.choice.heading.text() == "Waarover"


def test_a_period_that_cannot_be_read_is_said_beside_it(page: ReportsPage, qtbot: QtBot) -> None:
    page.choice.choose("breaches")
    first: Any = page.choice.rows["first"].editor
    first.input.setFocus()
    type_text(first.input, "ooit")
    page.choice._settle()
    assert page.choice.rows["first"].error.text() != ""
    assert page.order is None
    assert page.bodies.currentWidget() is page.empty


def test_what_is_being_made_can_be_stopped_and_made_again(page: ReportsPage, qtbot: QtBot) -> None:
    page.choice.choose("register")
    assert page.making is not None
    page.stopper.click()
    assert page.making is None
    assert page.bodies.currentWidget() is page.empty
    page.empty.step.click()
    made(page, qtbot)


def test_a_newer_choice_is_not_overtaken_by_an_older_one(page: ReportsPage, qtbot: QtBot) -> None:
    page.choice.choose("register")
    page.choice.choose("agenda")
    made(page, qtbot)
    assert isinstance(page.order, Order)
    assert page.order.kind.code == "agenda"
    assert "Agenda" in text_of(page)


def test_who_may_not_print_a_register_is_not_offered_its_reports(
    office: Office, qtbot: QtBot
) -> None:
    office.desk.user = replace(office.desk.user, roles=frozenset({"administrator"}))
    made = ReportsPage(office)
    qtbot.addWidget(made)
    codes = {kind.code for kind in made.choice.offered}
    assert "breaches" not in codes
    assert "users" in codes
    assert codes < {kind.code for kind in KINDS}


def test_locking_lets_go_of_the_paper(page: ReportsPage, qtbot: QtBot, breach: Values) -> None:
    page.choice.choose("breach", breach["id"])
    made(page, qtbot)
    page.lock()
    assert page.paper is None
    assert page.view.document.status() is not QPdfDocument.Status.Ready
    assert page.view.document.pageCount() == 0


def test_every_control_has_a_name_for_a_screen_reader(page: ReportsPage, qtbot: QtBot) -> None:
    page.enter()
    made(page, qtbot)
    assert unnamed(page) == []
