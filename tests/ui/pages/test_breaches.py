"""The page of breaches: recorded in four answers, its clock in list and panel, its steps."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from privreg.formats import text
from privreg.services import records
from privreg.services.records import ListQuery
from privreg.translation import use_language
from tests.ui.conftest import first, show
from tests.ui.hands import CONTROL, click, press, type_text
from ui.pages.breach_entry import BreachEntry
from ui.pages.breach_panel import BreachPanel
from ui.pages.breach_steps import steps_of
from ui.pages.breaches import BreachesPage
from ui.pages.cases import CLOCK
from ui.pages.steps import current

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLineEdit
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
def page(office: Office, settle: Callable[[], None], qtbot: QtBot) -> BreachesPage:
    made = BreachesPage(office)
    office.changed.connect(made.refresh)
    show(made, qtbot)
    made.enter()
    settle()
    return made


def panel_of(page: BreachesPage) -> BreachPanel:
    assert isinstance(page.pane.panel, BreachPanel)
    return page.pane.panel


def line_of(page: BreachesPage, name: str) -> QLineEdit:
    found: QLineEdit = page.entry.rows[name].editor.target  # type: ignore[assignment]
    return found


def test_a_breach_is_recorded_by_typing_three_answers(
    page: BreachesPage, desk: Desk, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page.show_record(None)
    settle()
    assert page.entry.isVisible()
    assert page.pane.isHidden()
    type_text(line_of(page, "title"), "Laptop van een monteur gestolen")
    type_text(line_of(page, "detected_at"), "3-4-2026 11:50")
    press(line_of(page, "aware_at"), Qt.Key.Key_A, CONTROL)
    type_text(line_of(page, "aware_at"), "3-4-2026 12:00")
    control = Qt.KeyboardModifier.ControlModifier
    press(line_of(page, "aware_at"), Qt.Key.Key_S, control)
    settle()
    saved = first(desk, "breaches")
    assert saved["title"] == "Laptop van een monteur gestolen"
    assert saved["detected_at"] == datetime(2026, 4, 3, 9, 50, tzinfo=UTC)
    assert saved["aware_at"] == AWARE
    assert saved["authority_decision"] == "not_yet"
    settle()
    assert page.pane.record_id == saved["id"]
    assert not page.entry.isVisible()
    assert page.table.hasFocus()


def test_known_since_is_proposed_from_detected_until_a_person_says_otherwise(
    page: BreachesPage, settle: Callable[[], None]
) -> None:
    page.show_record(None)
    settle()
    detected, aware = line_of(page, "detected_at"), line_of(page, "aware_at")
    type_text(detected, "3-4-2026 11:50")
    assert page.entry.values["aware_at"] == datetime(2026, 4, 3, 9, 50, tzinfo=UTC)
    press(detected, Qt.Key.Key_A, CONTROL)
    type_text(detected, "3-4-2026 11:40")
    assert page.entry.values["aware_at"] == datetime(2026, 4, 3, 9, 40, tzinfo=UTC)
    press(aware, Qt.Key.Key_A, CONTROL)
    type_text(aware, "3-4-2026 12:00")
    press(detected, Qt.Key.Key_A, CONTROL)
    type_text(detected, "3-4-2026 11:30")
    assert page.entry.values["aware_at"] == AWARE


def test_now_is_taken_only_when_it_is_asked_for(
    page: BreachesPage, clock: FixedClock, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page.show_record(None)
    settle()
    assert page.entry.values["aware_at"] is None
    assert isinstance(page.entry, BreachEntry)
    page.entry._take_now("aware_at")
    assert page.entry.values["aware_at"] == clock.now()


def test_what_is_missing_is_said_beside_the_question_and_nothing_is_saved(
    page: BreachesPage, desk: Desk, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page.show_record(None)
    settle()
    type_text(line_of(page, "title"), "Mail in cc")
    press(line_of(page, "title"), Qt.Key.Key_Return)
    settle()
    row = page.entry.rows["aware_at"]
    assert row.error.text()
    assert row.error.geometry().top() >= row.editor.geometry().bottom()
    assert row.error.width() > row.width() // 2
    assert page.entry.isVisible()
    assert records.page(desk, "breaches", ListQuery()).rows == []


def test_what_cannot_be_read_is_said_under_the_question_when_the_cursor_leaves_it(
    page: BreachesPage, settle: Callable[[], None]
) -> None:
    page.show_record(None)
    settle()
    row = page.entry.rows["detected_at"]
    row.editor.target.setFocus()
    type_text(row.editor.target, "gistermiddag of zo")
    assert row.error.isHidden()
    page.entry.rows["aware_at"].editor.target.setFocus()
    assert row.error.isVisible()
    assert row.error.text() in row.editor.target.accessibleDescription()
    row.editor.target.setFocus()
    press(row.editor.target, Qt.Key.Key_A, CONTROL)
    type_text(row.editor.target, "3-4-2026 11:50")
    page.entry.rows["aware_at"].editor.target.setFocus()
    assert row.error.isHidden()


def test_leaving_the_page_asks_when_a_breach_is_half_typed(
    page: BreachesPage, notices: Recorder, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page.show_record(None)
    settle()
    type_text(line_of(page, "title"), "Mail")
    gone: list[bool] = []
    page.may_leave(lambda: gone.append(True))
    assert len(notices.questions) == 1
    assert gone == []
    assert notices.other is not None
    notices.other()
    assert gone == [True]
    assert not page.entry.isVisible()


def test_a_half_typed_breach_outlives_the_lock(
    page: BreachesPage, settle: Callable[[], None]
) -> None:
    page.show_record(None)
    settle()
    type_text(line_of(page, "title"), "Mail in cc")
    draft = page.draft()
    page.lock()
    assert not page.entry.is_begun
    assert draft is not None
    page.take_draft(draft)
    settle()
    assert page.pane.values["title"] == "Mail in cc"
    assert page.pane.is_edited


def test_the_list_shows_the_clock_of_an_open_breach_live(
    page: BreachesPage,
    save: Callable[..., Values],
    clock: FixedClock,
    settle: Callable[[], None],
) -> None:
    save("breaches", title="Laptop", aware_at=AWARE)
    save(
        "breaches",
        title="Oude mail",
        aware_at=AWARE,
        authority_decision="no",
        authority_reason_kind="risk_unlikely",
        authority_reason="Niemand heeft het gezien",
    )
    page.ask()
    page.fetch_clocks()
    settle()
    column = [each.field for each in page.model.columns].index(CLOCK)
    shown = [page.model.index(row, column).data() for row in range(2)]
    assert shown == ["66:30:00", "done"]
    clock.moment += timedelta(hours=8)
    page.tick()
    assert page.model.index(0, column).data() == "58:30:00"


def test_the_panel_says_that_nothing_is_reported_until_a_notification_is_entered(
    page: BreachesPage, save: Callable[..., Values], desk: Desk, settle: Callable[[], None]
) -> None:
    breach = save("breaches", title="Laptop", aware_at=AWARE)
    page.show_record(breach["id"])
    settle()
    panel = panel_of(page)
    assert panel.told.text() == "Not reported to the Autoriteit Persoonsgegevens (AP) yet."
    assert panel.face.digits.text() == "66:30:00"
    assert "72" in panel.reasons.text()
    sent = {"phase": "first", "authority": "AP", "sent_at": AWARE + timedelta(hours=2)}
    told = {**breach, "authority_decision": "yes", "notifications": [sent]}
    changes = records.save(desk, "breaches", told)
    assert changes.after is not None
    page.pane.show_values(changes.after)
    settle()
    assert panel.told.text() == (
        "Reported to the Autoriteit Persoonsgegevens (AP) at 03/04/2026 14:00."
    )
    assert panel.face.digits.text() == "✓"


def test_the_clock_starts_while_known_since_is_being_typed(
    page: BreachesPage, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page.add(title="Laptop")
    settle()
    panel = panel_of(page)
    assert panel.face.word.text() == "The clock does not run yet"
    row = page.pane.form.row("aware_at")
    type_text(row.editor.target, "3-4-2026 12:00")
    panel.later.stop()
    panel.ask()
    settle()
    assert panel.face.digits.text() == "66:30:00"


def test_a_step_goes_to_the_first_field_it_lacks(
    page: BreachesPage, save: Callable[..., Values], settle: Callable[[], None], qtbot: QtBot
) -> None:
    breach = save("breaches", title="Laptop", aware_at=AWARE, protections=["none"])
    page.show_record(breach["id"])
    settle()
    panel = panel_of(page)
    assess = next(each for each in panel.strip.buttons if each.step.name == "Assess")
    click(assess)
    settle()
    row = page.pane.form.row("consequences_data")
    qtbot.waitUntil(lambda: row.isAncestorOf(page.focusWidget() or row.editor))
    assert "Consequences for the data" in assess.toolTip()
    assert "Protection of the data" not in assess.toolTip()


def test_the_step_of_the_authority_begins_at_the_decision_and_then_at_its_reason() -> None:
    steps = {each.name: each for each in steps_of(whole())}
    assert steps["Authority"].begins_at == "authority_decision"
    assert steps["People"].begins_at == "people_decision"
    decided = {each.name: each for each in steps_of(whole(authority_decision="yes"))}
    assert decided["Authority"].begins_at == "authority_reason"


def whole(**more: object) -> Values:
    return {
        "role": "controller",
        "title": "Laptop",
        "controller_id": "x",
        "description": "Gestolen",
        "natures": ["confidentiality"],
        "incident": "stolen",
        "detected_at": AWARE,
        "detected_how": "gebeld",
        "aware_at": AWARE,
        "general_data": ["name"],
        "people_groups": ["customers"],
        **more,
    }


def test_the_step_to_do_now_is_the_first_that_lacks_something() -> None:
    step = current(steps_of(whole()))
    assert step is not None
    assert step.name == "Contain"
    contained = whole(is_ongoing=False, measures=[{"sort": "corrective", "measure": "Gewist"}])
    step = current(steps_of(contained))
    assert step is not None
    assert (step.name, step.begins_at) == ("Assess", "protections")


def test_a_processor_tells_the_controller_and_decides_nothing_else() -> None:
    names = [each.name for each in steps_of(whole(role="processor"))]
    assert names == ["Describe", "Contain", "Tell", "Measures", "Close the file"]


@pytest.mark.parametrize(
    ("country", "named"),
    [
        ("NL", "Autoriteit Persoonsgegevens (AP)"),
        ("FR", "Commission nationale de l'informatique et des libertés (CNIL)"),
        ("BR", "competent authority"),
    ],
)
def test_the_authority_is_named_by_the_country_of_the_controller(
    page: BreachesPage,
    save: Callable[..., Values],
    settle: Callable[[], None],
    country: str,
    named: str,
) -> None:
    controller = save(
        "controllers", name="Bonenhof", email="privacy@bonenhof.example", country=country
    )
    breach = save("breaches", title="Laptop", aware_at=AWARE, controller_id=controller["id"])
    page.show_record(breach["id"])
    settle()
    panel = panel_of(page)
    assert panel.told.text() == f"Not reported to the {named} yet."
    lacks = [each.what for step in panel.strip.buttons for each in step.step.lacks]
    assert f"Decide whether it is reported to the {named}" in [text(each) for each in lacks]


def test_a_decision_to_report_is_not_done_before_it_is_reported() -> None:
    decided = whole(authority_decision="yes", authority_reason="Risico", notifications=[])
    step = next(each for each in steps_of(decided) if each.name == "Authority")
    assert [each.field for each in step.lacks] == ["notifications"]
