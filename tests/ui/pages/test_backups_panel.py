"""Backups: made, proved, restored and opened again, and made by themselves when due."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QFrame, QLabel

from privreg.errors import ProblemError
from privreg.services import backups, records, users
from privreg.services import desk as desks
from privreg.services.records import ListQuery
from tests.effort import PATIENCE_SECONDS
from tests.ui.conftest import LOGIN, PASSWORD, show
from ui.pages.asks import Asks
from ui.pages.backup_schedule import BackupSchedule
from ui.pages.backups_panel import BackupsPanel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from privreg.clock import FixedClock
    from privreg.services.desk import Desk
    from tests.ui.conftest import Recorder
    from ui.office import Office


class Elsewhere(Asks):
    """Answers with a folder and a backup of one's own."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def folder(self, _parent: QWidget, _title: str) -> Path | None:
        self.place.mkdir(exist_ok=True)
        return self.place

    def backup(self, _parent: QWidget, _folder: Path) -> Path | None:
        return next(self.place.glob("*.privreg-backup"), None)


@pytest.fixture
def panel(office: Office, qtbot: QtBot, tmp_path: Path, settle: Callable[[], None]) -> BackupsPanel:
    made = BackupsPanel(office)
    made.asks = Elsewhere(tmp_path / "stick")
    show(made, qtbot)
    made.enter()
    settle()
    return made


def test_a_backup_made_by_a_click_stands_in_the_list_with_its_last_day(
    panel: BackupsPanel, desk: Desk, notices: Recorder, settle: Callable[[], None]
) -> None:
    assert panel.list.count() == 0
    panel.maker.click()
    settle()
    settle()
    assert len(notices.told) == 1
    assert len(backups.present(desk)) == 1
    [card] = [each for each in panel.findChildren(QFrame) if each.property("look") == "row"]
    assert "3 april 2026" in card.accessibleName()
    assert any("08-05-2026" in each.text() for each in card.findChildren(QLabel))


def test_a_backup_goes_into_another_folder_and_is_restored_from_there(
    panel: BackupsPanel,
    desk: Desk,
    clock: FixedClock,
    notices: Recorder,
    settle: Callable[[], None],
    tmp_path: Path,
) -> None:
    panel.elsewhere.click()
    settle()
    assert backups.present(desk) == ()
    panel.restorer.click()
    settle()
    assert notices.problems == []
    [folder] = (tmp_path / "stick").glob("*.privreg")
    opened = desks.open_desk(folder, LOGIN, PASSWORD, clock=clock)
    assert records.count(opened, "groups", ListQuery()) == records.count(
        desk, "groups", ListQuery()
    )
    opened.close()


def test_a_backup_is_proved_to_open(
    panel: BackupsPanel, desk: Desk, notices: Recorder, settle: Callable[[], None]
) -> None:
    made = backups.make(desk)
    panel.verify(made)
    settle()
    assert notices.problems == []
    assert made.file.name in notices.told[0]


def test_a_backup_with_one_byte_changed_is_told(
    panel: BackupsPanel, desk: Desk, notices: Recorder, settle: Callable[[], None]
) -> None:
    made = backups.make(desk)
    content = bytearray(made.file.read_bytes())
    content[len(content) // 2] ^= 1
    made.file.write_bytes(content)
    panel.verify(made)
    settle()
    assert notices.told == []
    assert made.file.name in notices.problems[0]


def test_a_backup_from_before_somebody_left_is_whole_though_the_key_is_another(
    desk: Desk,
) -> None:
    values = {"login": "fatima", "name": "Fatima", "roles": ["staff"]}
    changes = users.add_user(desk, values, "zeven groene emmers zand")
    made = backups.make(desk)
    assert backups.verify(desk, made.file)
    [(_slug, user_id)] = changes.touched
    users.end_access(desk, user_id)
    assert not backups.verify(desk, made.file)


def test_a_backup_is_stopped_and_leaves_nothing_behind(
    panel: BackupsPanel,
    desk: Desk,
    notices: Recorder,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make, is_stopped = backups.make, threading.Event()

    def make_once_stopped(*given: Any, **named: Any) -> backups.Backup:
        assert is_stopped.wait(PATIENCE_SECONDS)
        return make(*given, **named)

    monkeypatch.setattr(backups, "make", make_once_stopped)
    panel.make()
    panel.stop()
    is_stopped.set()
    settle()
    assert notices.problems == []
    assert backups.present(desk) == ()
    assert not panel.is_busy


def test_a_restore_never_writes_over_a_register_that_is_there(
    panel: BackupsPanel, desk: Desk, settle: Callable[[], None], tmp_path: Path
) -> None:
    made = backups.make(desk)
    for _time in range(2):
        panel.restore(made.file)
        settle()
    assert len(list((tmp_path / "stick").glob("*.privreg"))) == 2


def test_the_scheduled_backup_is_made_once_a_day_and_old_ones_go(
    office: Office, desk: Desk, clock: FixedClock, settle: Callable[[], None], qtbot: QtBot
) -> None:
    schedule = BackupSchedule(office, office)
    with qtbot.waitSignal(schedule.made):
        schedule.look()
    schedule.look()
    settle()
    assert len(backups.present(desk)) == 1
    begun = clock.moment
    for day in (1, 2, 20, 37):
        clock.moment = begun + timedelta(days=day)
        records.save(desk, "groups", {**records.new(desk, "groups"), "name": f"Dag {day}"})
        with qtbot.waitSignal(schedule.made):
            schedule.look()
    assert [(each.made_at - begun).days for each in backups.present(desk)] == [37, 20, 2]


def test_a_scheduled_backup_that_fails_is_told(
    office: Office,
    notices: Recorder,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_desk: Desk) -> None:
        raise ProblemError("De schijf is vol.")

    monkeypatch.setattr(backups, "make_when_due", full)
    BackupSchedule(office, office).look()
    settle()
    assert "De schijf is vol." in notices.problems[0]


def test_a_backup_past_its_term_says_since_when_and_why_it_is_still_there(
    panel: BackupsPanel, desk: Desk, clock: FixedClock, settle: Callable[[], None]
) -> None:
    for _day in range(4):
        records.save(desk, "groups", {**records.new(desk, "groups"), "name": f"{clock.moment}"})
        backups.make(desk)
        clock.moment += timedelta(days=1)
    clock.moment += timedelta(days=60)
    panel.enter()
    settle()
    told = [each.text() for each in panel.findChildren(QLabel) if each.property("look") == "late"]
    assert [each.split("; ")[1] for each in told] == [
        *["hij blijft als een van de nieuwste"] * 3,
        "het programma verwijdert hem als het de volgende maakt",
    ]
    assert "over de termijn sinds 11-05-2026" in told[0]
