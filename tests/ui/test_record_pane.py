"""One record: saving, what the gate refuses, two people at once, undo, copy, delete, history."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QLabel

from privreg.registers.register_list import register_of
from privreg.services import records
from privreg.services.records import ListQuery
from privreg.translation import _
from tests.ui.conftest import show
from tests.ui.hands import type_text
from ui.conflict_panel import MINE, THEIRS
from ui.form.text_editors import LineEditor
from ui.record_pane import RecordPane

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from tests.ui.conftest import Recorder
    from ui.office import Office


@pytest.fixture
def breach(save: Callable[..., Values], office: Office) -> Values:
    """Return a saved breach."""
    return save("breaches", title="Laptop gestolen", aware_at=office.desk.clock.now())


@pytest.fixture
def pane(office: Office, breach: Values, qtbot: QtBot, settle: Callable[[], None]) -> RecordPane:
    """Return the pane with that breach on it."""
    opened = RecordPane(office, register_of("breaches"))
    show(opened, qtbot)
    opened.load(breach["id"])
    settle()
    opened.form.fill()
    return opened


def type_title(pane: RecordPane, qtbot: QtBot, text: str) -> None:
    """Type over the title."""
    editor = pane.form.row("title").editor
    assert isinstance(editor, LineEditor)
    editor.input.setFocus()
    editor.input.selectAll()
    type_text(editor.input, text)


def stored(desk: Desk, breach: Values) -> Values:
    """Return the breach as it stands in the file."""
    return records.load(desk, "breaches", breach["id"])


def test_what_is_typed_is_saved_and_can_be_undone(
    pane: RecordPane,
    breach: Values,
    desk: Desk,
    notices: Recorder,
    qtbot: QtBot,
    settle: Callable[[], None],
) -> None:
    type_title(pane, qtbot, "Telefoon gestolen")
    assert pane.unsaved.isVisible()
    pane.saver.click()
    settle()
    assert stored(desk, breach)["title"] == "Telefoon gestolen"
    assert not pane.unsaved.isVisible()
    assert breach["number"] in notices.told[-1]
    assert notices.yes is not None
    saved = notices.told[-1]
    notices.yes()
    settle()
    assert notices.told[-1] == _("Undone: {action}.").format(action=saved)
    assert stored(desk, breach)["title"] == "Laptop gestolen"
    assert pane.values["title"] == "Laptop gestolen"


def test_saving_what_was_not_touched_changes_nothing(
    pane: RecordPane, office: Office, settle: Callable[[], None], notices: Recorder
) -> None:
    key = pane.record_id
    assert key is not None
    before = records.load(office.desk, pane.register.slug, key)["version"]
    pane.save()
    settle()
    assert notices.told == []
    assert records.load(office.desk, pane.register.slug, key)["version"] == before
    followed: list[str] = []
    pane.save(lambda: followed.append("went on"))
    assert followed == ["went on"]


def test_saving_tells_every_page_what_was_touched(
    pane: RecordPane, breach: Values, office: Office, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    touched: list[Any] = []
    office.changed.connect(lambda changes: touched.append(changes.touched))
    type_title(pane, qtbot, "Telefoon gestolen")
    pane.save()
    settle()
    assert touched == [frozenset({("breaches", breach["id"])})]


def test_what_the_gate_refuses_is_said_beside_its_field_and_nothing_is_lost(
    pane: RecordPane, notices: Recorder, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    type_title(pane, qtbot, " ")
    pane.save()
    settle()
    row = pane.form.row("title")
    assert row.error.text()
    assert row.editor.target.hasFocus()
    assert notices.problems == [f"{row.label.text()}: {row.error.text()}"]
    assert pane.is_edited


def test_what_cannot_be_read_is_not_sent_to_the_gate(
    pane: RecordPane, breach: Values, desk: Desk, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    people = pane.form.row("people_exact").editor
    people.target.setFocus()
    type_text(people.target, "veel")
    type_title(pane, qtbot, "Telefoon gestolen")
    pane.save()
    settle()
    assert stored(desk, breach)["title"] == "Laptop gestolen"
    assert pane.form.row("people_exact").error.text()


def change_elsewhere(desk: Desk, breach: Values, **values: Any) -> None:
    """Let a colleague save the breach first."""
    records.save(desk, "breaches", {**stored(desk, breach), **values})


def test_two_people_at_once_are_shown_both_versions_and_nothing_is_lost(
    pane: RecordPane,
    breach: Values,
    desk: Desk,
    qtbot: QtBot,
    settle: Callable[[], None],
) -> None:
    type_title(pane, qtbot, "Telefoon gestolen")
    change_elsewhere(desk, breach, cause="Raam stond open")
    pane.save()
    settle()
    assert pane.conflict is not None
    shown = pane.conflict.groups
    assert set(shown) == {"title", "cause"}
    assert shown["title"].checkedId() == MINE
    assert shown["cause"].checkedId() == THEIRS
    pane.conflict.settle()
    settle()
    after = stored(desk, breach)
    assert (after["title"], after["cause"]) == ("Telefoon gestolen", "Raam stond open")
    assert pane.conflict is None


def test_a_conflict_names_the_records_that_are_linked_and_the_rows_that_differ(
    pane: RecordPane,
    breach: Values,
    desk: Desk,
    save: Callable[..., Values],
    qtbot: QtBot,
    settle: Callable[[], None],
) -> None:
    party = save("parties", name="Belkolom Telefonie", role="processor")
    type_title(pane, qtbot, "Telefoon gestolen")
    wiped = {"sort": "corrective", "measure": "Op afstand gewist"}
    change_elsewhere(desk, breach, parties=[party["id"]], measures=[wiped])
    pane.save()
    settle()
    assert pane.conflict is not None
    said = {name: group.button(THEIRS).text() for name, group in pane.conflict.groups.items()}
    assert said["parties"] == "Belkolom Telefonie"
    assert "Op afstand gewist" in said["measures"]


def test_in_a_conflict_one_may_drop_ones_own_version(
    pane: RecordPane, breach: Values, desk: Desk, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    type_title(pane, qtbot, "Telefoon gestolen")
    change_elsewhere(desk, breach, title="Tas gestolen")
    pane.save()
    settle()
    assert pane.conflict is not None
    pane.conflict.dropped.emit()
    assert pane.values["title"] == "Tas gestolen"
    assert not pane.is_edited


def test_leaving_unsaved_changes_asks_first(
    pane: RecordPane,
    breach: Values,
    desk: Desk,
    notices: Recorder,
    qtbot: QtBot,
    settle: Callable[[], None],
) -> None:
    left: list[str] = []
    pane.may_leave(lambda: left.append("clean"))
    type_title(pane, qtbot, "Telefoon gestolen")
    pane.may_leave(lambda: left.append("saved"))
    assert left == ["clean"]
    assert len(notices.questions) == 1
    assert notices.yes is not None
    notices.yes()
    settle()
    assert left == ["clean", "saved"]
    assert stored(desk, breach)["title"] == "Telefoon gestolen"


def test_unsaved_changes_may_be_dropped(
    pane: RecordPane, breach: Values, desk: Desk, notices: Recorder, qtbot: QtBot
) -> None:
    left: list[str] = []
    type_title(pane, qtbot, "Telefoon gestolen")
    pane.may_leave(lambda: left.append("dropped"))
    assert notices.other is not None
    notices.other()
    assert left == ["dropped"]
    assert stored(desk, breach)["title"] == "Laptop gestolen"
    assert not pane.is_edited


def test_putting_back_shows_what_was_saved(pane: RecordPane, qtbot: QtBot) -> None:
    type_title(pane, qtbot, "Telefoon gestolen")
    pane.put_back()
    assert pane.values["title"] == "Laptop gestolen"
    assert not pane.unsaved.isVisible()


def test_a_copy_is_a_new_record(
    pane: RecordPane, desk: Desk, breach: Values, settle: Callable[[], None]
) -> None:
    pane.duplicate()
    settle()
    assert pane.is_new
    assert pane.values["title"] == "Laptop gestolen"
    pane.save()
    settle()
    assert records.count(desk, "breaches", ListQuery()) == 2
    assert pane.form.before["number"] != breach["number"]


def test_deleting_asks_once_with_the_count_and_can_be_undone(
    pane: RecordPane, breach: Values, desk: Desk, notices: Recorder, settle: Callable[[], None]
) -> None:
    pane.ask_delete()
    assert "1" in notices.questions[0]
    assert breach["number"] in notices.questions[0]
    assert records.count(desk, "breaches", ListQuery()) == 1
    assert notices.yes is not None
    notices.yes()
    settle()
    assert records.count(desk, "breaches", ListQuery()) == 0
    deleted = notices.told[-1]
    notices.yes()
    settle()
    assert records.count(desk, "breaches", ListQuery()) == 1
    assert stored(desk, breach)["number"] == breach["number"]
    assert notices.told[-1] == _("Undone: {action}.").format(action=deleted)


def test_what_something_refers_to_is_not_deleted_and_says_so(
    office: Office, notices: Recorder, qtbot: QtBot, settle: Callable[[], None], breach: Values
) -> None:
    controllers = records.page(office.desk, "controllers", ListQuery())
    controller = controllers.rows[0]["id"]
    records.save(
        office.desk,
        "breaches",
        {**records.load(office.desk, "breaches", breach["id"]), "controller_id": controller},
    )
    pane = RecordPane(office, register_of("controllers"))
    qtbot.addWidget(pane)
    pane.load(controller)
    settle()
    pane.delete()
    settle()
    assert len(notices.problems) == 1


def test_the_history_says_who_changed_what(
    pane: RecordPane, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    type_title(pane, qtbot, "Telefoon gestolen")
    pane.save()
    settle()
    pane.show_history()
    settle()
    words = [each.text() for each in pane.history.findChildren(QLabel)]
    assert any("M. de Wit" in each for each in words)
    assert "Laptop gestolen → Telefoon gestolen" in words
    pane.show_form()
    assert pane.bodies.currentWidget() is pane.form
