"""The form: what is typed into real fields is what would be saved."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QToolButton

from privreg.errors import FieldProblem
from privreg.registers.register_list import REGISTERS, register_of
from privreg.services import records
from privreg.translation import LANGUAGES, Message, use_language
from tests.ui.conftest import first, show
from tests.ui.hands import CONTROL, click, press, type_text
from ui.form.choice_editors import (
    NARROWEST_CHIP,
    ButtonsEditor,
    ChipsEditor,
    SearchedEditor,
)
from ui.form.day_editors import DayEditor, MomentEditor, PeriodEditor, TypedEditor
from ui.form.editor import Editor
from ui.form.form import INDEX_WIDTH, Form
from ui.form.link_editors import LinkEditor, LinksEditor
from ui.form.rows_editor import RowsEditor
from ui.form.text_editors import LineEditor, NumberEditor, TextEditor
from ui.suggestions import popup_of
from ui.widgets import STEP

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from privreg.registers.declaration import Register, Values
    from privreg.services.desk import Desk
    from ui.office import Office

E_ = TypeVar("E_", bound=Editor)


@pytest.fixture
def a_form(office: Office, qtbot: QtBot) -> Callable[..., Form]:
    """Return what opens the form of a register on a new record."""

    def opened(slug: str, **preset: Any) -> Form:
        form = Form(office, register_of(slug))
        show(form, qtbot)
        form.show_values(records.new(office.desk, slug, **preset))
        form.fill()
        return form

    return opened


def editor(form: Form, name: str, kind: type[E_]) -> E_:
    """Return the editor of a field, which must be of that kind."""
    found = form.row(name).editor
    assert isinstance(found, kind)
    return found


def retype(qtbot: QtBot, editor: LineEditor | TypedEditor | SearchedEditor, text: str) -> None:
    """Type over what stands in a line."""
    editor.input.setFocus()
    editor.input.selectAll()
    type_text(editor.input, text)


def leave(form: Form, name: str) -> None:
    """Move the focus out of a field, as Tab would."""
    form.row(name).editor.target.setFocus()
    form.boxes[0].title.setFocus()


def test_a_line_is_saved_as_typed(a_form: Callable[..., Form], qtbot: QtBot) -> None:
    form = a_form("breaches")
    retype(qtbot, editor(form, "title", LineEditor), "Laptop van een monteur gestolen")
    assert form.values["title"] == "Laptop van een monteur gestolen"
    assert form.changed == {"title"}


def test_a_text_keeps_its_lines(a_form: Callable[..., Form], qtbot: QtBot) -> None:
    form = a_form("breaches")
    paper = editor(form, "description", TextEditor).input
    paper.setFocus()
    type_text(paper, "Eerste regel")
    press(paper, Qt.Key.Key_Return)
    type_text(paper, "tweede")
    assert form.values["description"] == "Eerste regel\ntweede"


def test_tab_leaves_a_text(a_form: Callable[..., Form], qtbot: QtBot) -> None:
    form = a_form("breaches")
    paper = editor(form, "description", TextEditor).input
    paper.setFocus()
    press(paper, Qt.Key.Key_Tab)
    assert not paper.hasFocus()
    assert form.values["description"] in (None, "")


@pytest.mark.parametrize(
    ("typed", "kept"), [("12", 12), ("1.200", 1200), ("", None), ("veel", None), ("0", 0)]
)
def test_a_number_may_be_empty_and_is_then_unknown(
    a_form: Callable[..., Form], qtbot: QtBot, typed: str, kept: int | None
) -> None:
    form = a_form("breaches", people_exact=5)
    number = editor(form, "people_exact", NumberEditor)
    number.input.selectAll()
    press(number.input, Qt.Key.Key_Delete)
    retype(qtbot, number, typed)
    assert form.values["people_exact"] == kept


def test_what_is_no_number_is_said_beside_the_field_and_keeps_the_form_from_saving(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("breaches")
    retype(qtbot, editor(form, "people_exact", NumberEditor), "veel")
    leave(form, "people_exact")
    assert form.row("people_exact").error.isVisibleTo(form)
    assert [each.field for each in form.unreadable()] == ["people_exact"]
    assert form.is_edited


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("3-4", date(2026, 4, 3)),
        ("3 apr 2026", date(2026, 4, 3)),
        ("gisteren", date(2026, 4, 2)),
        ("31-12-2026", date(2026, 12, 31)),
        ("2026-12-31", date(2026, 12, 31)),
    ],
)
def test_a_day_is_typed_freely_and_written_out(
    a_form: Callable[..., Form], qtbot: QtBot, typed: str, kept: date
) -> None:
    form = a_form("activities")
    day = editor(form, "review_on", DayEditor)
    retype(qtbot, day, typed)
    leave(form, "review_on")
    assert form.values["review_on"] == kept
    assert day.input.text() == f"{kept:%d-%m-%Y}"


def test_a_day_shows_its_weekday(a_form: Callable[..., Form], qtbot: QtBot) -> None:
    form = a_form("activities")
    day = editor(form, "review_on", DayEditor)
    retype(qtbot, day, "3-4")
    assert day.words.text() == "vr 3 apr 2026"


def test_an_impossible_day_is_refused_with_a_sentence(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("activities")
    retype(qtbot, editor(form, "review_on", DayEditor), "31-4")
    leave(form, "review_on")
    row = form.row("review_on")
    assert "30-04-2026" in row.error.text()
    assert row.editor.target.accessibleDescription().startswith(row.error.text())
    assert form.values["review_on"] is None


def test_a_day_can_be_made_unknown_again(a_form: Callable[..., Form], qtbot: QtBot) -> None:
    form = a_form("activities", review_on=date(2026, 4, 3))
    day = editor(form, "review_on", DayEditor)
    day.input.setFocus()
    day.input.selectAll()
    press(day.input, Qt.Key.Key_Backspace)
    leave(form, "review_on")
    assert form.values["review_on"] is None
    assert day.words.text() == ""


def test_a_day_is_picked_from_the_calendar(a_form: Callable[..., Form]) -> None:
    form = a_form("activities")
    day = editor(form, "review_on", DayEditor)
    day.take_day(date(2026, 5, 5))
    assert form.values["review_on"] == date(2026, 5, 5)


def test_a_moment_is_kept_in_utc(a_form: Callable[..., Form], qtbot: QtBot) -> None:
    form = a_form("breaches")
    retype(qtbot, editor(form, "aware_at", MomentEditor), "3-4 17:30")
    assert form.values["aware_at"] == datetime(2026, 4, 3, 15, 30, tzinfo=UTC)


def test_known_since_is_proposed_from_detected_and_never_over_what_was_typed(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("breaches")
    detected, aware = (editor(form, name, MomentEditor) for name in ("detected_at", "aware_at"))
    retype(qtbot, detected, "3-4-2026 11:50")
    assert form.values["aware_at"] == form.values["detected_at"]
    assert aware.value == datetime(2026, 4, 3, 9, 50, tzinfo=UTC)
    retype(qtbot, aware, "zodra we het wisten")
    retype(qtbot, detected, "3-4-2026 11:45")
    assert aware.input.text() == "zodra we het wisten"
    retype(qtbot, aware, "3-4-2026 12:00")
    retype(qtbot, detected, "3-4-2026 11:40")
    assert form.values["aware_at"] == datetime(2026, 4, 3, 10, 0, tzinfo=UTC)


def test_a_record_that_knows_since_when_keeps_it_when_the_detection_is_corrected(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    known = datetime(2026, 4, 3, 10, 0, tzinfo=UTC)
    form = a_form("breaches", aware_at=known)
    retype(qtbot, editor(form, "detected_at", MomentEditor), "3-4-2026 11:50")
    assert form.values["aware_at"] == known


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        (0, datetime(2025, 10, 26, 0, 30, tzinfo=UTC)),
        (1, datetime(2025, 10, 26, 1, 30, tzinfo=UTC)),
    ],
)
def test_an_hour_that_exists_twice_asks_which(
    a_form: Callable[..., Form], qtbot: QtBot, place: int, kept: datetime
) -> None:
    form = a_form("breaches")
    moment = editor(form, "aware_at", MomentEditor)
    retype(qtbot, moment, "26-10-2025 2:30")
    assert moment.asks.isVisibleTo(form)
    assert form.values["aware_at"] is None
    assert form.unreadable()
    click(moment.which[place])
    assert form.values["aware_at"] == kept
    assert not moment.asks.isVisibleTo(form)
    assert not form.unreadable()


def test_an_hour_that_does_not_exist_offers_the_hours_around_it(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("breaches")
    moment = editor(form, "aware_at", MomentEditor)
    retype(qtbot, moment, "29-3-2026 2:30")
    assert [each.text()[:5] for each in moment.which] == ["01:30", "03:30"]


def test_a_question_has_three_answers(a_form: Callable[..., Form], qtbot: QtBot) -> None:
    form = a_form("breaches")
    asked = editor(form, "is_ongoing", ButtonsEditor)
    assert form.values["is_ongoing"] is None
    for place, kept in ((0, True), (1, False), (2, None)):
        asked.group.button(place).setFocus()
        press(asked.group.button(place), Qt.Key.Key_Space)
        assert form.values["is_ongoing"] is kept


def test_a_few_choices_are_buttons_and_can_be_taken_back(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("breaches")
    risk = editor(form, "risk", ButtonsEditor)
    click(risk.group.button(2))
    assert form.values["risk"] == "high"
    press(risk.group.button(2), Qt.Key.Key_Delete)
    assert form.values["risk"] == ""


def test_a_required_choice_cannot_be_taken_back(a_form: Callable[..., Form], qtbot: QtBot) -> None:
    form = a_form("breaches")
    role = editor(form, "role", ButtonsEditor)
    press(role.group.button(0), Qt.Key.Key_Delete)
    assert form.values["role"] == "controller"


def test_many_choices_are_found_by_a_part_of_their_words(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("controllers")
    country = editor(form, "country", SearchedEditor)
    retype(qtbot, country, "luxemb")
    leave(form, "country")
    assert form.values["country"] == "LU"
    assert country.input.text() == "Luxemburg"


def test_words_that_are_no_choice_are_refused(a_form: Callable[..., Form], qtbot: QtBot) -> None:
    form = a_form("controllers")
    retype(qtbot, editor(form, "country", SearchedEditor), "Atlantis")
    leave(form, "country")
    assert form.row("country").error.text()
    assert form.unreadable()


def test_several_choices_are_ticked(a_form: Callable[..., Form], qtbot: QtBot) -> None:
    form = a_form("breaches")
    chips = editor(form, "natures", ChipsEditor)
    codes = list(chips.boxes)[:2]
    for code in codes:
        chips.boxes[code].setFocus()
        press(chips.boxes[code], Qt.Key.Key_Space)
    assert form.values["natures"] == codes


def test_a_long_list_of_choices_shows_what_is_searched_and_what_is_ticked(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("breaches", is_cross_border=True, countries=["DE"])
    chips = editor(form, "countries", ChipsEditor)
    assert [code for code, box in chips.boxes.items() if not box.isHidden()] == ["DE"]
    type_text(chips.filter, "belg")
    assert not chips.boxes["BE"].isHidden()
    assert chips.boxes["FR"].isHidden()


def test_a_link_is_found_by_name_and_saved_by_key(
    a_form: Callable[..., Form], office: Office, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    form = a_form("breaches")
    link = editor(form, "controller_id", LinkEditor)
    link.input.setFocus()
    type_text(link.input, "bonen")
    settle()
    assert link.input.suggestions.is_shown
    link.input.suggestions.pick_first()
    assert form.values["controller_id"] == first(office.desk, "controllers")["id"]
    assert "Bonenhof BV" in link.input.text()


def test_down_stays_on_the_only_suggestion_so_that_enter_picks_it(
    a_form: Callable[..., Form], office: Office, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    form = a_form("breaches")
    link = editor(form, "controller_id", LinkEditor)
    link.input.setFocus()
    type_text(link.input, "bonen")
    settle()
    popup = popup_of(link.input.suggestions.completer)
    press(popup, Qt.Key.Key_Down)
    press(popup, Qt.Key.Key_Return)
    assert form.values["controller_id"] == first(office.desk, "controllers")["id"]
    assert not link.input.suggestions.is_shown


def test_a_link_shows_the_title_of_its_record(
    a_form: Callable[..., Form], office: Office, settle: Callable[[], None]
) -> None:
    controller = first(office.desk, "controllers")
    form = a_form("breaches", controller_id=controller["id"])
    settle()
    link = editor(form, "controller_id", LinkEditor)
    assert link.input.text() == f"{controller['number']} · Bonenhof BV"
    with_signal: list[object] = []
    office.opened.connect(lambda slug, key: with_signal.append((slug, key)))
    link.opener.click()
    assert with_signal == [("controllers", controller["id"])]


def test_links_are_chips_that_can_be_taken_away(
    a_form: Callable[..., Form], office: Office, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    controller = first(office.desk, "controllers")
    form = a_form("activities")
    chips = editor(form, "controllers", LinksEditor)
    chips.input.setFocus()
    type_text(chips.input, "bonen")
    settle()
    chips.input.suggestions.pick_first()
    assert form.values["controllers"] == [controller["id"]]
    away = chips.shown[0].findChildren(QToolButton)[0]
    click(away)
    assert form.values["controllers"] == []


def test_a_period_is_typed_in_words_and_kept_as_the_standard_has_it(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("rules")
    period = editor(form, "period", TypedEditor)
    retype(qtbot, period, "7 jaar")
    leave(form, "period")
    assert form.values["period"] == "P7Y"
    assert period.words.text()


@pytest.mark.parametrize("typed", ["-P1Y", "P1H", "zeven jaar"])
def test_what_is_no_period_is_refused_with_a_sentence(
    a_form: Callable[..., Form], qtbot: QtBot, typed: str
) -> None:
    form = a_form("rules")
    retype(qtbot, editor(form, "period", TypedEditor), typed)
    leave(form, "period")
    assert form.row("period").error.text()
    assert not form.values["period"]


def test_a_field_is_asked_for_when_its_condition_holds(a_form: Callable[..., Form]) -> None:
    form = a_form("breaches")
    row = form.row("authority_reason_kind")
    QApplication.processEvents()
    assert not row.isVisible()
    editor(form, "authority_decision", ButtonsEditor).group.button(1).click()
    assert row.isVisible()


def test_a_section_folds_and_counts_what_is_missing(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("breaches")
    box = form.boxes[0]
    before = int(box.missing.text().split()[0])
    retype(qtbot, editor(form, "title", LineEditor), "Mail in cc")
    assert int(box.missing.text().split()[0]) == before - 1
    box.title.click()
    assert box.body.isHidden()
    box.title.click()
    assert not box.body.isHidden()


def test_a_closed_section_is_made_only_when_it_is_unfolded(
    office: Office, qtbot: QtBot, theme: object
) -> None:
    form = Form(office, register_of("activities"))
    show(form, qtbot)
    form.show_values(records.new(office.desk, "activities", version_label="2"))
    qtbot.waitUntil(lambda: all(box.rows for box in form.boxes if box.is_open))
    closed = form.boxes[-1]
    assert not closed.rows
    closed.title.click()
    assert closed.rows["version_label"].editor.value == "2"


def test_a_dot_marks_what_is_wanted_and_not_there(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("breaches")
    row = form.row("title")
    assert not row.dot.isHidden()
    retype(qtbot, editor(form, "title", LineEditor), "Mail in cc")
    assert row.dot.isHidden()


def test_under_a_source_that_no_second_one_confirmed_stands_a_quiet_note(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("rules")
    row, source = form.row("source"), editor(form, "source", LineEditor)
    assert row.note.isHidden()
    retype(qtbot, source, "Handboek Loonheffingen")
    assert not row.note.isHidden()
    assert row.note.text() == "Nog niet bij een tweede bron nagegaan."
    assert row.note.property("look") == "muted"
    retype(qtbot, source, "Artikel 52 lid 4 AWR")
    assert row.note.isHidden()


def test_the_check_of_the_register_speaks_when_a_field_is_left(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("controllers")
    retype(qtbot, editor(form, "email", LineEditor), "geen adres")
    assert not form.row("email").error.text()
    leave(form, "email")
    assert form.row("email").error.text()
    retype(qtbot, editor(form, "email", LineEditor), "privacy@bonenhof.example")
    leave(form, "email")
    assert not form.row("email").error.text()


def test_a_long_choice_never_makes_the_form_wider_than_its_pane(
    a_form: Callable[..., Form],
) -> None:
    use_language("nl")
    chips = editor(a_form("breaches"), "consequences_data", ChipsEditor)
    for box in chips.boxes.values():
        assert box.minimumSizeHint().width() <= NARROWEST_CHIP
        assert box.toolTip()
    assert chips.minimumSizeHint().width() <= NARROWEST_CHIP


def test_tab_stops_once_at_a_row_of_boxes_and_the_arrows_go_along_them(
    a_form: Callable[..., Form],
) -> None:
    form = a_form("requests")
    chips = editor(form, "kinds", ChipsEditor)
    boxes = list(chips.boxes.values())
    stops = [each for each in boxes if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [boxes[0]]
    boxes[0].setFocus()
    press(boxes[0], Qt.Key.Key_Right)
    press(boxes[1], Qt.Key.Key_Right)
    press(boxes[2], Qt.Key.Key_Left)
    assert boxes[1].hasFocus()
    press(boxes[1], Qt.Key.Key_Space)
    assert chips.value == [list(chips.boxes)[1]]
    stops = [each for each in boxes if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [boxes[1]]


def test_a_possible_national_number_is_still_said_when_the_record_is_opened_again(
    a_form: Callable[..., Form], save: Callable[..., Values], desk: Desk
) -> None:
    owner = first(desk, "controllers")["id"]
    given = {"name": "Anna", "controller_id": owner, "notes": "Belde met 111222333"}
    form = a_form("customers")
    form.show_values(save("customers", **given))
    form.fill()
    assert "BSN" in form.row("notes").error.text()
    reason = form.row("no_number_because")
    assert reason.isVisibleTo(form)
    type_text(reason.editor.target, "Een dossiernummer")
    leave(form, "notes")
    assert form.row("notes").error.isHidden()


def test_a_national_number_is_warned_of_and_can_be_saved_all_the_same(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("customers")
    row = form.row("notes")
    type_text(row.editor.target, "Belde met 111222333")
    leave(form, "notes")
    assert "BSN" in row.error.text()
    assert row.error.property("look") == "soon"
    assert form.unreadable() == []
    press(row.editor.target, Qt.Key.Key_Backspace)
    leave(form, "notes")
    assert row.error.isHidden()


def test_a_number_of_a_party_is_not_taken_for_one(a_form: Callable[..., Form]) -> None:
    form = a_form("parties")
    type_text(form.row("name").editor.target, "111222333 BV")
    leave(form, "name")
    assert form.row("name").error.isHidden()


def test_an_article_is_cited_as_the_reader_knows_it(a_form: Callable[..., Form]) -> None:
    use_language("nl")
    article = a_form("activities").row("name").article
    assert a_form("activities").row("controllers").article.text() == "AVG 30 lid 1 onder a"
    assert "(" not in article.text()


def test_awareness_in_the_future_is_refused_beside_the_field(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("breaches")
    retype(qtbot, editor(form, "aware_at", MomentEditor), "4-4-2026 9:00")
    leave(form, "aware_at")
    assert form.row("aware_at").error.text()


def test_problems_of_the_gate_unfold_their_section_and_take_the_focus(
    a_form: Callable[..., Form],
) -> None:
    form = a_form("breaches")
    form.boxes[1].fold(is_open=False)
    form.show_problems([FieldProblem("aware_at", Message("This must be filled in."))])
    assert form.boxes[1].is_open
    assert form.row("aware_at").editor.target.hasFocus()


def test_what_is_refused_stands_in_sight_from_its_label_on_also_in_a_low_form(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("requests", kinds=["access"], decision="refused")
    form.resize(900, 200)
    row = form.row("refusal_grounds")
    qtbot.waitUntil(lambda: row.isVisible() and form.area.verticalScrollBar().maximum() > 0)
    form.show_problems([FieldProblem("refusal_grounds", Message("This must be filled in."))])

    def top() -> int:
        return row.mapTo(form.area.viewport(), QPoint(0, 0)).y()

    qtbot.waitUntil(lambda: 0 <= top() < form.area.viewport().height() // 2)


def test_a_saved_line_of_the_timeline_is_read_and_a_new_one_typed(
    office: Office, a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    now = office.desk.clock.now()
    form = a_form("breaches", title="Weg", aware_at=now)
    line = {"what": "Gebeld", "happened_at": now}
    made = records.save(office.desk, "breaches", {**form.values, "timeline": [line]}).after
    assert made is not None
    form.show_values(made)
    form.fill()
    rows = editor(form, "timeline", RowsEditor)
    rows.lines[0].setFocus()
    press(rows.lines[0], Qt.Key.Key_Delete)
    assert rows.value == made["timeline"]
    press(rows.lines[0], Qt.Key.Key_Return)
    assert rows.open_form is not None
    assert not rows.open_form.isEnabled()
    click(rows.adder)
    assert rows.open_form is not None
    assert rows.open_form.isEnabled()
    assert all(tool.isHidden() for tool in rows.lines[0].changing)
    assert not any(tool.isHidden() for tool in rows.lines[1].changing)


def test_rows_are_added_typed_moved_and_removed(a_form: Callable[..., Form], qtbot: QtBot) -> None:
    form = a_form("breaches")
    rows = editor(form, "measures", RowsEditor)
    for words in ("Wachtwoorden gewijzigd", "Training gegeven"):
        click(rows.adder)
        assert rows.open_form is not None
        line = rows.open_form.rows["measure"].editor
        assert isinstance(line, LineEditor)
        type_text(line.input, words)
    assert [row["measure"] for row in form.values["measures"]] == [
        "Wachtwoorden gewijzigd",
        "Training gegeven",
    ]
    assert form.values["measures"][0]["sort"] == "corrective"
    rows.lines[1].setFocus()
    press(rows.lines[1], Qt.Key.Key_Up, CONTROL)
    assert form.values["measures"][0]["measure"] == "Training gegeven"
    rows.lines[0].setFocus()
    press(rows.lines[0], Qt.Key.Key_Delete)
    assert [row["measure"] for row in form.values["measures"]] == ["Wachtwoorden gewijzigd"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_help_of_a_period_names_can_be_typed_as_it_says(
    a_form: Callable[..., Form], qtbot: QtBot, language: str
) -> None:
    use_language(language)
    form = a_form("rules")
    period = editor(form, "period", PeriodEditor)
    for words in re.findall(r"\d+ \w+", form.row("period").help.text()):
        retype(qtbot, period, words)
        assert period.problem is None
    retype(qtbot, period, re.findall(r"\d+ \w+", form.row("period").help.text())[0])
    assert period.value == "P7Y"


def test_a_row_that_unfolds_below_the_edge_is_scrolled_into_sight(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("breaches")
    form.resize(900, 420)
    rows = editor(form, "notifications", RowsEditor)
    qtbot.waitUntil(lambda: form.area.verticalScrollBar().maximum() > 0)
    below = rows.adder.mapTo(form.content, QPoint(0, rows.adder.height())).y()
    form.area.verticalScrollBar().setValue(below - form.area.viewport().height())
    press(rows.adder, Qt.Key.Key_Space)
    assert rows.open_form is not None
    inside = rows.open_form

    def top() -> int:
        return inside.mapTo(form.area.viewport(), QPoint(0, 0)).y()

    room = form.area.viewport().height()
    qtbot.waitUntil(lambda: 0 < top() < room // 2 or 0 < top() <= room - inside.height())


def test_a_moment_in_a_row_is_written_in_full_when_left(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("breaches")
    rows = editor(form, "notifications", RowsEditor)
    click(rows.adder)
    assert rows.open_form is not None
    sent, by = (rows.open_form.rows[name].editor for name in ("sent_at", "number"))
    assert isinstance(sent, MomentEditor)
    sent.input.setFocus()
    type_text(sent.input, "3-4-2026 9:05")
    by.target.setFocus()
    assert sent.input.text() == "03-04-2026 09:05"


def test_the_cursor_stays_on_the_row_that_was_saved(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("breaches", measures=[{"measure": "een"}, {"measure": "twee"}])
    rows = editor(form, "measures", RowsEditor)
    rows.open_row(1)
    form.show_values(form.values)
    assert rows.lines[1].hasFocus()


def test_a_row_unfolds_on_enter_and_folds_on_escape(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("breaches", measures=[{"sort": "corrective", "measure": "Gebeld"}])
    rows = editor(form, "measures", RowsEditor)
    rows.lines[0].setFocus()
    press(rows.lines[0], Qt.Key.Key_Return)
    assert rows.open_at == 0
    inside = QApplication.focusWidget()
    assert inside is not None
    press(inside, Qt.Key.Key_Escape)
    assert rows.open_at == -1
    assert not form.changed


def test_a_row_keeps_the_key_it_came_with(a_form: Callable[..., Form], qtbot: QtBot) -> None:
    form = a_form("breaches", measures=[{"id": "key", "sort": "corrective", "measure": "Gebeld"}])
    rows = editor(form, "measures", RowsEditor)
    rows.open_row(0, "owner")
    assert rows.open_form is not None
    owner = rows.open_form.rows["owner"].editor
    assert isinstance(owner, LineEditor)
    type_text(owner.input, "Jansen")
    assert form.values["measures"][0]["id"] == "key"
    assert form.values["measures"][0]["owner"] == "Jansen"


def test_a_problem_in_a_row_unfolds_that_row(a_form: Callable[..., Form]) -> None:
    measures = [{"sort": "corrective", "measure": word} for word in ("een", "")]
    form = a_form("breaches", measures=measures)
    form.show_problems([FieldProblem("measures[1].measure", Message("This must be filled in."))])
    rows = editor(form, "measures", RowsEditor)
    assert rows.open_at == 1
    assert rows.open_form is not None
    assert rows.open_form.rows["measure"].error.text()


def test_a_form_that_may_only_be_read_takes_no_typing(
    a_form: Callable[..., Form], qtbot: QtBot
) -> None:
    form = a_form("breaches")
    form.make_read_only(is_read_only=True)
    retype(qtbot, editor(form, "title", LineEditor), "Laptop")
    editor(form, "risk", ButtonsEditor).group.button(0).click()
    assert not form.changed


TOP = [each for each in REGISTERS if each.slug != "users"]


@pytest.mark.parametrize("register", TOP, ids=lambda each: each.slug)
def test_every_register_has_a_form_that_gives_back_what_it_was_given(
    office: Office, register: Register, qtbot: QtBot
) -> None:
    form = Form(office, register)
    qtbot.addWidget(form)
    form.show_values(records.new(office.desk, register.slug))
    form.fill()
    for row in form.rows():
        row.editor.leave()
        form.draft[row.field.name] = row.editor.value
    assert not form.changed
    assert not form.unreadable()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("register", REGISTERS, ids=lambda each: each.slug)
def test_every_section_is_named_whole_in_the_index(
    a_form: Callable[..., Form], language: str, register: Register
) -> None:
    use_language(language)
    form = a_form(register.slug)
    form.resize(1100, 700)
    for entry in form.entries:
        entry.resize(INDEX_WIDTH - 3 * STEP, entry.height())
        entry.show_count(9, "9")
        assert entry.text() == entry.words


def test_what_may_only_be_stored_is_not_typed_over_and_says_why(
    a_form: Callable[..., Form],
) -> None:
    form = a_form("customers", email=None, unseen=["email"])
    row = form.row("email")
    assert isinstance(row.editor, LineEditor)
    assert row.editor.input.isReadOnly()
    assert "reason" in row.help.text() or "reden" in row.help.text()
    form.show_values({**form.before, "unseen": []})
    assert not row.editor.input.isReadOnly()
    assert row.help.isHidden() or "reden" not in row.help.text()
