"""The folder: made whole or not at all, and whatever is wrong with it said in one sentence."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from privreg.errors import CannotOpenError, ProblemError
from privreg.formats import text
from privreg.store.folder import About, Condition, Kind, RegisterFolder, State
from privreg.store.server import ServerSettings
from tests.store.conftest import REGISTER_ID

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import Made


class PowerCutError(Exception):
    """The test's own crash."""


def state_of(folder: RegisterFolder) -> State:
    """Inspect, and see that what is not ready is told in a sentence with the folder in it."""
    condition = folder.inspect()
    assert (condition.problem is None) == (condition.state is State.READY)
    if condition.problem is not None:
        assert str(folder.path) in text(condition.problem)
    return condition.state


def test_a_register_is_ready_and_knows_what_it_is(register: Made) -> None:
    assert register.folder.inspect() == Condition(State.READY)
    assert register.folder.about() == About(REGISTER_ID)
    assert register.folder.name == "Bonenhof"


@pytest.mark.parametrize("named", ["Bonenhof", "Bonenhof.privreg", "Bonenhof.privreg/register.db"])
def test_it_is_found_however_it_is_named(register: Made, tmp_path: Path, named: str) -> None:
    assert RegisterFolder.named(tmp_path / named) == register.folder


def test_a_folder_given_another_name_is_still_a_register(register: Made, tmp_path: Path) -> None:
    register.folder.path.rename(tmp_path / "kopie")
    folder = RegisterFolder.named(tmp_path / "kopie")
    assert state_of(folder) is State.READY
    assert folder.name == "kopie"


def test_a_name_with_a_point_gets_the_suffix(tmp_path: Path) -> None:
    assert RegisterFolder.named(tmp_path / "De Halm B.V.").path.name == "De Halm B.V..privreg"


def test_what_is_not_there_or_not_a_register_is_told(tmp_path: Path) -> None:
    assert state_of(RegisterFolder(tmp_path / "weg.privreg")) is State.MISSING
    (tmp_path / "leeg.privreg").mkdir()
    assert state_of(RegisterFolder(tmp_path / "leeg.privreg")) is State.NOT_A_REGISTER
    (tmp_path / "brief.privreg").write_text("Geachte")
    assert state_of(RegisterFolder(tmp_path / "brief.privreg")) is State.NOT_A_REGISTER


@pytest.mark.parametrize("file", ["register.db", "register.json"])
def test_a_half_copied_folder_names_the_file_that_is_missing(register: Made, file: str) -> None:
    (register.folder.path / file).unlink()
    assert state_of(register.folder) is State.INCOMPLETE
    with pytest.raises(CannotOpenError) as caught:
        register.folder.must_be_ready()
    assert file in text(caught.value.problem)


def test_without_keys_the_recovery_key_is_named_while_it_can_help(register: Made) -> None:
    register.folder.keys.unlink()
    assert state_of(register.folder) is State.KEYS_MISSING
    register.folder.must_be_known()
    with pytest.raises(CannotOpenError):
        register.folder.must_be_ready()
    (register.folder.path / "recovery.json").unlink()
    assert state_of(register.folder) is State.KEYS_MISSING
    (register.folder.backups / "recovery.json").unlink()
    assert state_of(register.folder) is State.INCOMPLETE


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"format": 1}', '{"format": 1, "register": "x", "kind": "sqlite"}'],
)
def test_a_damaged_description_is_told(register: Made, content: str) -> None:
    register.folder.about_file.write_text(content)
    assert state_of(register.folder) is State.DAMAGED
    with pytest.raises(CannotOpenError):
        register.folder.about()


@pytest.mark.parametrize("size", [0, 4095, 4097])
def test_a_file_cut_short_is_told(register: Made, size: int) -> None:
    content = register.folder.database.read_bytes()
    register.folder.database.write_bytes(content[:size])
    assert state_of(register.folder) is State.DAMAGED


def test_a_register_of_a_newer_program_is_told(register: Made) -> None:
    content = json.loads(register.folder.about_file.read_text())
    register.folder.about_file.write_text(json.dumps({**content, "format": 2, "kind": "cloud"}))
    assert state_of(register.folder) is State.NEWER


def test_a_register_on_an_office_server_needs_no_file(register: Made) -> None:
    register.folder.database.unlink()
    server = ServerSettings("db.kantoor.example", "privreg", "privreg", port=5433)
    register.folder.save_about(About(REGISTER_ID, Kind.SERVER, server))
    assert state_of(register.folder) is State.READY
    assert register.folder.about() == About(REGISTER_ID, Kind.SERVER, server)


def test_nothing_personal_stands_in_the_description(register: Made) -> None:
    content = json.loads(register.folder.about_file.read_text())
    assert content == {"format": 1, "kind": "sqlite", "register": str(REGISTER_ID)}


def make_and_crash(folder: RegisterFolder) -> None:
    with folder.making() as draft:
        assert draft.about_file.exists()
        assert not folder.path.exists()
        raise PowerCutError


def test_a_making_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(PowerCutError):
        make_and_crash(RegisterFolder.named(tmp_path / "nieuw"))
    assert list(tmp_path.iterdir()) == []


def test_a_making_on_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    folder = RegisterFolder.named(tmp_path / "nieuw")
    with pytest.raises(ProblemError, match="disk is full"), folder.making():
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_what_stands_there_is_never_overwritten(register: Made, tmp_path: Path) -> None:
    before = register.folder.database.read_bytes()
    with pytest.raises(ProblemError, match="exists already"), register.folder.making():
        pytest.fail("the block must not run")
    assert register.folder.database.read_bytes() == before
    (tmp_path / "vol.privreg").mkdir()
    (tmp_path / "vol.privreg" / "brief.txt").write_text("Geachte")
    with pytest.raises(ProblemError), RegisterFolder(tmp_path / "vol.privreg").making():
        pytest.fail("the block must not run")
    assert (tmp_path / "vol.privreg" / "brief.txt").exists()


def test_an_empty_folder_may_become_a_register(tmp_path: Path) -> None:
    folder = RegisterFolder.named(tmp_path / "leeg")
    folder.path.mkdir()
    with folder.making():
        pass
    assert folder.about_file.exists()


def test_a_place_that_does_not_exist_is_told(tmp_path: Path) -> None:
    folder = RegisterFolder.named(tmp_path / "geen" / "nieuw")
    with pytest.raises(ProblemError, match="does not exist"), folder.making():
        pytest.fail("the block must not run")


def test_a_copied_register_is_as_ready_as_the_first(register: Made, tmp_path: Path) -> None:
    shutil.copytree(register.folder.path, tmp_path / "kopie.privreg")
    assert state_of(RegisterFolder(tmp_path / "kopie.privreg")) is State.READY
