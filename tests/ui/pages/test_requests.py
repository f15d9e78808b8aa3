"""The page of requests: recorded in five answers, both terms in its panel, its steps."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from privreg.services import records
from privreg.translation import use_language
from tests.ui.conftest import first, show
from tests.ui.hands import click, press, type_text
from ui.pages.cases import CLOCK
from ui.pages.request_panel import RequestPanel
from ui.pages.request_steps import steps_of
from ui.pages.requests import RequestsPage
from ui.pages.steps import current

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from privreg.clock import FixedClock
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from tests.ui.conftest import Recorder
    from ui.office import Office
    from ui.pages.steps import Step

RECEIVED = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


@pytest.fixture
def page(office: Office, settle: Callable[[], None], qtbot: QtBot) -> RequestsPage:
    made = RequestsPage(office)
    office.changed.connect(made.refresh)
    show(made, qtbot)
    made.enter()
    settle()
    return made


@pytest.fixture
def promise(desk: Desk) -> Callable[[str], None]:
    def made(period: str) -> None:
        controller = first(desk, "controllers")
        records.save(desk, "controllers", {**controller, "promised_within": period})

    return made


@pytest.fixture
def shown(
    page: RequestsPage, save: Callable[..., Values], settle: Callable[[], None]
) -> Callable[..., RequestPanel]:
    """Return what saves a request and shows it."""

    def made(**values: object) -> RequestPanel:
        given = {"kinds": ["access"], "received_on": RECEIVED, **values}
        page.show_record(save("requests", **given)["id"])
        settle()
        return panel_of(page)

    return made


def panel_of(page: RequestsPage) -> RequestPanel:
    assert isinstance(page.pane.panel, RequestPanel)
    return page.pane.panel


def type_in_form(page: RequestsPage, name: str, text: str) -> None:
    target = page.pane.form.row(name).editor.target
    type_text(target, text)
    panel = panel_of(page)
    assert panel.later.isActive()
    panel.later.stop()
    panel.ask()


def test_a_request_is_recorded_by_answering_what_came_and_when(
    page: RequestsPage, desk: Desk, settle: Callable[[], None]
) -> None:
    page.show_record(None)
    settle()
    assert page.entry.isVisible()
    assert page.pane.isHidden()
    press(page.entry.rows["kinds"].editor.target, Qt.Key.Key_Space)
    about = page.entry.rows["about"].editor.target
    received = page.entry.rows["received_on"].editor.target
    assert isinstance(about, QLineEdit)
    assert isinstance(received, QLineEdit)
    type_text(about, "Inzage in de bestellingen")
    type_text(received, "1-4-2026")
    press(received, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    saved = first(desk, "requests")
    assert saved["kinds"] == ["access"]
    assert saved["about"] == "Inzage in de bestellingen"
    assert saved["received_on"] == RECEIVED
    assert saved["channel"] == "mail"
    settle()
    assert page.pane.record_id == saved["id"]
    assert not page.entry.isVisible()


def test_the_controller_of_the_customer_is_taken_over_where_none_is_chosen(
    page: RequestsPage, save: Callable[..., Values], desk: Desk, settle: Callable[[], None]
) -> None:
    save("controllers", name="Zusterbedrijf", email="privacy@zuster.example")
    owner = first(desk, "controllers")["id"]
    customer = save("customers", name="De Halm", kind="company", controller_id=owner)
    page.show_record(None)
    settle()
    editor = page.entry.rows["customer_id"].editor
    editor.show_value(customer["id"])
    editor.edited.emit()
    settle()
    assert page.entry.values["controller_id"] == owner


def test_today_is_taken_only_when_it_is_asked_for(
    page: RequestsPage, office: Office, settle: Callable[[], None]
) -> None:
    page.show_record(None)
    settle()
    row = page.entry.rows["received_on"]
    assert row.editor.value is None
    today = next(each for each in row.findChildren(QPushButton) if each.text() == "Today")
    assert today.accessibleName() == f"{row.field.label}: today"
    click(today)
    assert row.editor.value == office.today
    assert page.entry.is_begun


def test_an_objection_asks_whether_it_is_against_marketing_and_says_what_follows(
    page: RequestsPage,
    shown: Callable[..., RequestPanel],
    save: Callable[..., Values],
    desk: Desk,
    settle: Callable[[], None],
) -> None:
    page.show_record(None)
    settle()
    assert page.entry.rows["is_marketing"].isHidden()
    kinds = page.entry.rows["kinds"].editor
    kinds.show_value(["objection"])
    kinds.edited.emit()
    assert page.entry.rows["is_marketing"].isVisible()
    page.entry.clear()
    owner = first(desk, "controllers")["id"]
    customer = save("customers", name="De Halm", kind="company", controller_id=owner)
    panel = shown(kinds=["objection"], customer_id=customer["id"])
    assert "Is it against direct marketing?" in panel.at_once.text()
    panel = shown(kinds=["objection"], customer_id=customer["id"], is_marketing=True)
    assert "no advertising any more" in panel.at_once.text()
    panel = shown(kinds=["objection"], is_marketing=False)
    assert panel.at_once.isHidden()


def test_an_objection_to_marketing_needs_no_other_purpose() -> None:
    def lacks(**more: object) -> list[str]:
        step = steps_of(request(kinds=["objection"], customer_id=RECEIVED, **more))[0]
        return [each.field for each in step.lacks]

    assert "purpose" in lacks(is_marketing=False)
    assert "purpose" not in lacks(is_marketing=True)


def test_an_answered_request_has_no_clock_that_runs(
    shown: Callable[..., RequestPanel], promise: Callable[[str], None]
) -> None:
    promise("P4W")
    panel = shown(decision="granted", answered_on=RECEIVED)
    assert "The clock runs" not in panel.promised.text() + panel.statute.text()
    assert panel.reason.isHidden()


def test_leaving_the_page_asks_when_a_request_is_half_typed(
    page: RequestsPage, notices: Recorder, settle: Callable[[], None]
) -> None:
    page.show_record(None)
    settle()
    assert not page.entry.is_begun
    type_text(page.entry.rows["about"].editor.target, "Inzage")
    page.may_leave(lambda: None)
    assert notices.questions == ["The request is not recorded yet. Record it first?"]


def test_the_list_shows_the_days_left_and_turns_late_while_it_is_looked_at(
    page: RequestsPage,
    save: Callable[..., Values],
    clock: FixedClock,
    settle: Callable[[], None],
) -> None:
    save("requests", kinds=["access"], received_on=RECEIVED)
    told = {"decision": "granted", "answered_on": date(2026, 4, 2)}
    save("requests", kinds=["erasure"], received_on=RECEIVED, **told)
    page.ask()
    page.fetch_clocks()
    settle()
    column = [each.field for each in page.model.columns].index(CLOCK)
    rows = range(2)
    assert {page.model.index(row, column).data() for row in rows} == {"28 days left", "done"}
    clock.moment += timedelta(days=30)
    page.tick()
    assert {page.model.index(row, column).data() for row in rows} == {"2 days too late", "done"}


def test_the_promise_stands_beside_the_month_and_the_earlier_one_is_marked(
    shown: Callable[..., RequestPanel], promise: Callable[[str], None]
) -> None:
    promise("P4W")
    panel = shown()
    assert panel.face.digits.text() == "26 days"
    assert panel.promised.text() == (
        "● Promised: Wednesday 29 April 2026. The clock runs to this day."
    )
    assert panel.statute.text() == "○ By law (article 12(3)): Friday 1 May 2026."


def test_a_promise_after_the_month_leaves_the_month_to_count(
    shown: Callable[..., RequestPanel], promise: Callable[[str], None]
) -> None:
    promise("P6W")
    panel = shown()
    assert panel.face.digits.text() == "28 days"
    assert panel.promised.text() == "○ Promised: Wednesday 13 May 2026."
    assert panel.statute.text().startswith("● By law")


def test_without_a_promise_only_the_law_is_shown(shown: Callable[..., RequestPanel]) -> None:
    panel = shown()
    assert panel.promised.isHidden()
    assert panel.statute.text().startswith("● By law")


def test_the_legal_last_day_says_which_days_it_passes_over(
    shown: Callable[..., RequestPanel],
) -> None:
    panel = shown(received_on=date(2026, 3, 4))
    assert "04/04/2026 is a Saturday." in panel.statute.text()
    assert "05/04/2026" in panel.statute.text()
    assert "06/04/2026" in panel.statute.text()
    assert panel.statute.text().endswith("Legal last day: Tuesday 7 April 2026.")
    assert not panel.reasons.isVisible()
    click(panel.why)
    assert panel.reasons.isVisible()
    assert panel.reasons.text().startswith("→ Received on 04/03/2026")
    assert not panel.statute.isVisible()
    click(panel.why)
    assert not panel.reasons.isVisible()
    assert panel.statute.isVisible()


def test_in_a_low_window_words_and_steps_stay_whole_and_scroll_with_the_form(
    page: RequestsPage,
    shown: Callable[..., RequestPanel],
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    page.resize(816, 560)
    panel = shown(kinds=["objection", "erasure"], received_on=date(2026, 3, 4))
    settle()
    qtbot.waitUntil(lambda: panel.words.height() >= panel.words.needed)
    qtbot.waitUntil(lambda: panel.words.focusPolicy() is Qt.FocusPolicy.NoFocus)
    assert page.pane.form.isAncestorOf(panel)
    low = panel.strip.task.mapTo(panel, panel.strip.task.rect().bottomLeft()).y()
    assert low < panel.height()
    strip = panel.strip
    qtbot.waitUntil(lambda: strip.height() >= strip.heightForWidth(strip.width()))


def test_received_on_moves_the_terms_while_it_is_being_typed(
    page: RequestsPage, settle: Callable[[], None]
) -> None:
    page.add(kinds=["access"])
    settle()
    panel = panel_of(page)
    assert panel.face.word.text() == "The clock does not run yet"
    assert panel.face.until.text() == "Fill in on which day the request was received."
    type_in_form(page, "received_on", "1-4-2026")
    settle()
    assert panel.face.digits.text() == "28 days"
    assert "by 01/05/2026 at the latest" in panel.reason.text()


def test_an_extension_takes_the_place_of_promise_and_month_while_it_is_being_typed(
    page: RequestsPage,
    shown: Callable[..., RequestPanel],
    promise: Callable[[str], None],
    settle: Callable[[], None],
) -> None:
    promise("P4W")
    panel = shown()
    type_in_form(page, "extended_on", "3-4-2026")
    settle()
    assert panel.face.until.text() == "until Wednesday 1 July 2026"
    assert panel.promised.isHidden()
    assert panel.reason.text() == "Extended on 03/04/2026: three months from receipt in all."


def test_after_the_first_month_it_can_no_longer_be_extended(
    shown: Callable[..., RequestPanel], clock: FixedClock
) -> None:
    clock.moment += timedelta(days=29)
    panel = shown()
    assert panel.reason.text() == "Can no longer be extended: that was possible until 01/05/2026."
    assert panel.face.word.text() == "Too late"
    assert panel.face.digits.text() == "1 day"
    assert "1 day too late" in panel.face.accessibleName()


def test_an_objection_to_marketing_takes_effect_at_once(
    shown: Callable[..., RequestPanel],
) -> None:
    assert "takes effect at once" in shown(kinds=["objection"]).at_once.text()
    assert shown(kinds=["access"]).at_once.isHidden()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Identity: not checked yet. Look first at what is at hand."),
        (
            {"identity": "no_doubt", "identity_reason": "Belde van het bekende nummer."},
            "Identity: no doubt. Belde van het bekende nummer.",
        ),
        (
            {"identity": "asked", "identity_asked_on": date(2026, 4, 2)},
            "Identity: asked for more on 02/04/2026, no answer yet. The term runs on.",
        ),
        ({"identity": "checked"}, "Identity: checked; it is not said how."),
    ],
)
def test_the_identity_stands_there_in_words(
    shown: Callable[..., RequestPanel], given: Values, words: str
) -> None:
    assert shown(**given).identity.text() == words


def test_what_was_answered_late_is_said_and_no_step_asks_for_it_again(
    shown: Callable[..., RequestPanel], clock: FixedClock
) -> None:
    clock.moment += timedelta(days=60)
    late = {"answered_on": date(2026, 5, 20), "answered_how": "mail", "decision": "granted"}
    panel = shown(**late)
    assert panel.told.text() == ("Answered on 20/05/2026; the statutory term ended on 01/05/2026.")
    answer = next(each for each in panel.strip.buttons if each.step.name == "Answer")
    assert answer.step.is_done
    assert panel.face.digits.text() == "✓"


def test_a_step_goes_to_the_first_field_it_lacks(
    page: RequestsPage, shown: Callable[..., RequestPanel], qtbot: QtBot
) -> None:
    panel = shown(decision="granted", decided_on=date(2026, 4, 2))
    decide = next(each for each in panel.strip.buttons if each.step.name == "Decide")
    assert decide.accessibleName() == "4 Decide, missing: Decided by"
    click(decide)
    row = page.pane.form.row("decided_by")
    qtbot.waitUntil(lambda: row.isAncestorOf(page.focusWidget() or row.editor))


def request(**more: object) -> Values:
    return {
        "kinds": ["access"],
        "received_on": RECEIVED,
        "channel": "mail",
        "controller_id": "x",
        "person_name": "J. Jansen",
        "identity": "no_doubt",
        "identity_reason": "Bekend nummer",
        "steps": [{"step": "Gezocht", "done_on": RECEIVED}],
        "decision": "granted",
        "decided_on": RECEIVED,
        "decided_by": "M. de Wit",
        "answered_on": RECEIVED,
        "answered_how": "mail",
        "state": "closed",
        "closed_on": RECEIVED,
        **more,
    }


def to_do(**more: object) -> Step | None:
    return current(steps_of(request(**more)))


@pytest.mark.parametrize(
    ("name", "field", "undone"),
    [
        ("Receive", "customer_id", {"person_name": ""}),
        ("Receive", "purpose", {"kinds": ["objection"]}),
        ("Identity", "identity", {"identity": "not_yet"}),
        ("Identity", "identity", {"identity": "asked", "identity_asked_on": RECEIVED}),
        ("Identity", "identity_how", {"identity": "checked"}),
        ("Search and handle", "steps", {"steps": [{"step": "Zoeken"}]}),
        ("Decide", "decision", {"decision": "not_yet"}),
        ("Decide", "refusal_grounds", {"decision": "refused", "decision_reason": "Omdat"}),
        ("Answer", "answered_on", {"answered_on": None}),
        ("Tell recipients", "recipients", {"kinds": ["erasure"], "recipients": [{"id": 1}]}),
        ("Close the file", "state", {"state": "open"}),
    ],
)
def test_the_step_to_do_now_is_the_first_that_lacks_something(
    name: str, field: str, undone: Values
) -> None:
    step = to_do(**undone)
    assert step is not None
    assert (step.name, step.begins_at) == (name, field)


def test_a_request_with_nothing_lacking_has_nothing_to_do() -> None:
    assert to_do() is None


def test_a_withdrawn_request_needs_no_answer() -> None:
    emptied = {"decided_on": None, "decided_by": "", "answered_on": None, "answered_how": ""}
    assert to_do(decision="withdrawn", **emptied) is None


def test_recipients_are_told_only_of_what_was_corrected_erased_or_restricted() -> None:
    told = "Tell recipients"
    assert told not in [each.name for each in steps_of(request())]
    assert told in [each.name for each in steps_of(request(kinds=["rectification"]))]
    refused = request(kinds=["rectification"], decision="refused")
    assert told not in [each.name for each in steps_of(refused)]
