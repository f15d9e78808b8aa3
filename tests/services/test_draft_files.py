"""What a crash left unsaved goes by itself: after a month, or a week where its register is gone."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

import main
from privreg.clock import SystemClock
from privreg.services import draft_files, drafts
from privreg.services.drafts import Draft
from privreg.settings import settings_folder
from tests.services.conftest import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from privreg.services.desk import Desk

DAY = timedelta(days=1)
TYPED = [Draft("groups", None, 0, {"name": "Half getypt"})]


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of these tests apart."""
    monkeypatch.setenv("PRIVREG_SETTINGS", str(tmp_path / "settings"))


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """Return a register on a drive that holds something else as well."""
    (tmp_path / "stick" / "foto's").mkdir(parents=True)
    made = tmp_path / "stick" / "Bonenhof.privreg"
    made.mkdir()
    return made


def kept_at(moment: datetime, register: Path) -> Path:
    """Keep sealed edits as at a moment."""
    file = draft_files.folder() / "0.0.9" / "een.sealed"
    draft_files.keep(file, register, b"verzegeld")
    os.utime(file, (moment.timestamp(), moment.timestamp()))
    return file


def test_what_was_kept_is_read_back_and_names_its_register(desk: Desk) -> None:
    drafts.keep(desk, TYPED)
    assert drafts.kept(desk) == TYPED
    [file] = [each for each in settings_folder().rglob("*") if each.is_file()]
    assert str(desk.folder.path).encode() in file.read_bytes()
    assert b"Half" not in file.read_bytes()
    drafts.keep(desk, [])
    assert not file.exists()


def test_a_file_of_before_or_damaged_gives_nothing(desk: Desk) -> None:
    drafts.keep(desk, TYPED)
    [file] = [each for each in settings_folder().rglob("*") if each.is_file()]
    for content in (b"", b"verzegeld", b"\n", b'"/weg"\nx', bytes(200)):
        file.write_bytes(content)
        assert drafts.kept(desk) == []


def test_after_a_month_it_goes_and_the_folder_of_its_version_too(register: Path) -> None:
    file = kept_at(NOW - draft_files.KEPT_FOR, register)
    draft_files.clear_old(NOW)
    assert file.exists()
    draft_files.clear_old(NOW + timedelta(seconds=1))
    assert not file.exists()
    assert not file.parent.exists()


@pytest.mark.parametrize("days", [6, 8])
def test_of_a_register_that_is_gone_it_goes_after_a_week(register: Path, days: int) -> None:
    file = kept_at(NOW - days * DAY, register)
    register.rmdir()
    draft_files.clear_old(NOW)
    assert file.exists() is (days == 6)


def test_a_drive_that_is_away_is_no_register_that_is_gone(register: Path) -> None:
    file = kept_at(NOW - 20 * DAY, register)
    shutil.rmtree(register.parent)
    draft_files.clear_old(NOW)
    assert file.exists()
    register.parent.mkdir()  # where nothing is mounted
    draft_files.clear_old(NOW)
    assert file.exists()


def test_of_a_register_that_is_there_it_stays(register: Path) -> None:
    file = kept_at(NOW - 20 * DAY, register)
    draft_files.clear_old(NOW)
    assert draft_files.kept(file) == b"verzegeld"


def test_a_file_from_the_future_ages_from_now_on(register: Path) -> None:
    file = kept_at(NOW + 4000 * DAY, register)
    draft_files.clear_old(NOW)
    assert file.exists()
    draft_files.clear_old(NOW + 31 * DAY)
    assert not file.exists()


def test_where_nothing_was_ever_kept_there_is_nothing_to_clear() -> None:
    draft_files.clear_old(NOW)
    assert not settings_folder().exists()


@pytest.mark.parametrize("door", ["privreg.cli.run", "ui.application.open_program"])
def test_every_start_of_the_program_clears(
    register: Path, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    file = kept_at(SystemClock().now() - 31 * DAY, register)
    monkeypatch.setattr(door, lambda _arguments: 0)
    monkeypatch.setattr("gc.disable", lambda: None)
    assert main.main(["check"] if "cli" in door else []) == 0
    assert not file.exists()
