"""A new data key: the file is encrypted anew, a crash at any step is finished later."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from privreg.errors import CannotOpenError, LockedElsewhereError, ProblemError, WrongPasswordError
from privreg.store import key_change, unlocking
from privreg.store.attempts import Doorstep
from privreg.store.engine import connect, opens
from privreg.store.folder import About, Kind, RegisterFolder
from privreg.store.keys import KeyRing
from privreg.store.recovery import fresh_recovery_key
from privreg.store.recovery_copy import RecoveryCopy
from privreg.store.server import ServerSettings
from tests.store.conftest import CHEAP, PASSWORD

if TYPE_CHECKING:
    from pathlib import Path

    from privreg.clock import FixedClock
    from privreg.store.key_format import DataKey
    from tests.store.conftest import Made

ANNE_ID = UUID("00000000-0000-4000-8000-00000000000b")
ANNE_PASSWORD = "lamp fiets wolk stoel"


class PowerCutError(Exception):
    """The test's own crash."""


def left(register: Made) -> tuple[KeyRing, DataKey]:
    """Add Anne and let her go: a ring with two data keys, not yet on disk."""
    ring = register.ring.add_user(
        register.data_key, user_id=ANNE_ID, name="anne", password=ANNE_PASSWORD, cost=CHEAP
    )
    ring.save(register.folder.path)
    return ring.remove_user(register.data_key, ANNE_ID)


def rows(register: Made, key: bytes) -> int:
    connection = connect(register.folder.database, key, read_only=True)
    try:
        count: int = connection.execute("SELECT count(*) FROM customers").fetchone()[0]
        return count
    finally:
        connection.close()


def test_after_a_leaver_only_the_new_key_opens_and_every_row_is_there(register: Made) -> None:
    database = register.folder.database
    before = connect(database, register.data_key.key)
    numbers = before.execute("SELECT rowid, name FROM customers").fetchall()
    before.close()
    _, opened = key_change.settle(register.folder, *left(register))
    assert not opens(database, register.data_key.key)
    after = connect(database, opened.key)
    assert after.execute("SELECT rowid, name FROM customers").fetchall() == numbers
    after.close()
    ring = KeyRing.load(register.folder.path)
    assert ring.unlock("jan", PASSWORD).all_keys == (opened.key,)
    assert ring.unlock_with_recovery(register.recovery_key).key == opened.key
    with pytest.raises(WrongPasswordError):
        ring.unlock("anne", ANNE_PASSWORD)


def test_what_the_leaver_took_along_opens_the_register_no_more(
    register: Made, tmp_path: Path
) -> None:
    ring, opened = left(register)
    shutil.copytree(register.folder.path, tmp_path / "stick")
    key_change.settle(register.folder, ring, opened)
    taken = KeyRing.load(tmp_path / "stick").unlock("anne", ANNE_PASSWORD)
    assert opens(tmp_path / "stick" / "register.db", taken.key)
    assert not opens(register.folder.database, taken.key)


def test_a_new_sheet_voids_the_old_one_everywhere(register: Made) -> None:
    old_copy = RecoveryCopy.load(register.folder.path)
    ring, opened, text = register.ring.renew_recovery(register.data_key)
    _, opened = key_change.settle(register.folder, ring, opened)
    for path in (register.folder.path, register.folder.backups):
        copy = RecoveryCopy.load(path)
        assert copy.unlock(text).key == opened.key
        with pytest.raises(WrongPasswordError):
            copy.unlock(register.recovery_key)
    assert not opens(register.folder.database, old_copy.unlock(register.recovery_key).key)


STEPS = [
    ("privreg.store.key_change._copy_alone", "before"),
    ("privreg.store.key_change._copy_alone", "after"),
    ("privreg.store.key_change._change_key", "after"),
    ("privreg.store.key_change._encrypt_anew", "after"),
    ("privreg.store.keys.KeyRing.with_newest_only", "after"),
]


@pytest.mark.parametrize(("step", "when"), STEPS)
def test_a_crash_at_any_step_is_finished_at_the_next_opening(
    register: Made, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    module, name = step.rsplit(".", 1)
    owner = KeyRing if module.endswith("KeyRing") else key_change
    original = getattr(owner, name)

    def crash(*arguments: object) -> None:
        if when == "after":
            original(*arguments)
        raise PowerCutError

    monkeypatch.setattr(owner, name, crash)
    monkeypatch.setattr(key_change, "_remove", lambda _path: None)
    with pytest.raises(PowerCutError):
        key_change.settle(register.folder, *left(register))
    monkeypatch.undo()

    ring = KeyRing.load(register.folder.path)
    opened = ring.unlock("jan", PASSWORD)
    assert rows(register, key_change.database_key(register.folder, opened)) == 500
    with pytest.raises(WrongPasswordError):
        ring.unlock("anne", ANNE_PASSWORD)
    ring, opened = key_change.settle(register.folder, ring, opened)
    assert opened.coming is None
    assert rows(register, opened.key) == 500
    assert ring == KeyRing.load(register.folder.path)
    assert not list(register.folder.path.glob("register.db.new*"))


def test_an_open_reader_stops_the_change_and_loses_nothing(register: Made) -> None:
    reader = connect(register.folder.database, register.data_key.key, read_only=True)
    reader.execute("SELECT count(*) FROM customers").fetchone()
    ring, opened = left(register)
    with pytest.raises(LockedElsewhereError):
        key_change.settle(register.folder, ring, opened)
    assert rows(register, register.data_key.key) == 500
    reader.close()
    _, opened = key_change.settle(register.folder, KeyRing.load(register.folder.path), opened)
    assert rows(register, opened.key) == 500


def test_a_full_disk_stops_the_change_and_loses_nothing(
    register: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_fresh: Path, _key: bytes, _new_key: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(key_change, "_change_key", full)
    ring, opened = left(register)
    with pytest.raises(ProblemError, match="disk is full"):
        key_change.settle(register.folder, ring, opened)
    assert rows(register, key_change.database_key(register.folder, opened)) == 500


def test_a_copy_of_the_recovery_that_fell_behind_is_put_right(register: Made) -> None:
    beside = register.folder.backups / "recovery.json"
    beside.unlink()
    (register.folder.path / "recovery.json").write_text("{}")
    key_change.settle(register.folder, register.ring, register.data_key)
    assert register.ring.recovery_copy().is_in(register.folder.path)
    assert beside.exists()


def test_a_file_that_neither_key_opens_is_told(register: Made) -> None:
    _, opened = left(register)
    register.folder.database.write_bytes(bytes(8192))
    with pytest.raises(CannotOpenError):
        key_change.database_key(register.folder, opened)


@pytest.mark.parametrize("damage", ["gone", "damaged", "changed"])
def test_without_its_keys_the_sheet_opens_the_register_and_makes_them_anew(
    register: Made, clock: FixedClock, damage: str
) -> None:
    keys = register.folder.keys
    if damage == "gone":
        keys.unlink()
    elif damage == "damaged":
        keys.write_text("{")
    else:
        keys.write_text(keys.read_text().replace('"jan"', '"eve"'))
    doorstep = Doorstep(register.folder.path, clock, lambda _seconds: None)
    found = unlocking.with_recovery_key(register.folder, register.recovery_key, doorstep)
    assert found.ring is None
    assert rows(register, found.data_key.key) == 500
    unlocking.rebuild(
        register.folder,
        register.recovery_key,
        user_id=ANNE_ID,
        user_name="anne",
        password=ANNE_PASSWORD,
    )
    _, opened = unlocking.with_password(register.folder, "anne", ANNE_PASSWORD, doorstep)
    assert opened.key == register.data_key.key


def test_the_sheet_opens_a_sound_register_with_its_users(register: Made, clock: FixedClock) -> None:
    doorstep = Doorstep(register.folder.path, clock, lambda _seconds: None)
    found = unlocking.with_recovery_key(register.folder, register.recovery_key, doorstep)
    assert found.ring == register.ring
    with pytest.raises(WrongPasswordError):
        unlocking.with_recovery_key(register.folder, fresh_recovery_key(), doorstep)


def test_on_an_office_server_the_password_of_the_connection_moves_to_the_new_key(
    tmp_path: Path,
) -> None:
    folder = RegisterFolder.named(tmp_path / "Kantoor")
    settings = ServerSettings("db.kantoor.example", "privreg", "privreg")
    about = About(ANNE_ID, Kind.SERVER, settings)
    with folder.making(about) as draft:
        ring, key, _ = KeyRing.create("jan", PASSWORD, register_id=ANNE_ID, cost=CHEAP)
        ring.save(draft.path)
        server = settings.with_password("open sesam", key.key)
        draft.save_about(About(ANNE_ID, Kind.SERVER, server))
    _, opened = key_change.settle(folder, *ring.with_new_data_key(key))
    kept = folder.about().server
    assert kept is not None
    assert kept.password(opened.key) == "open sesam"
    with pytest.raises(CannotOpenError):
        kept.password(key.key)
