"""Backups: consistent while in use, proven by opening, and put back without trust."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from privreg.errors import CannotOpenError, LockedElsewhereError, ProblemError
from privreg.formats import text
from privreg.store import backup, key_change
from privreg.store.backup import backup_due, present, prune, restore, verify
from privreg.store.engine import connect, sqlcipher_engine
from privreg.store.folder import About, Kind, RegisterFolder
from privreg.store.keys import KeyRing
from privreg.store.server import ServerSettings
from tests.store.conftest import MARKER, PASSWORD, REGISTER_ID

if TYPE_CHECKING:
    from pathlib import Path

    from privreg.clock import FixedClock
    from privreg.store.backup import Backup
    from tests.store.conftest import Made

COUNT = "SELECT count(*) FROM customers"


@pytest.fixture
def made(register: Made, clock: FixedClock) -> Backup:
    """Back the register up."""
    return backup.make(register.folder, register.data_key.key, clock.now())


def rows(database: Path, key: bytes) -> int:
    connection = connect(database, key, read_only=True)
    try:
        count: int = connection.execute(COUNT).fetchone()[0]
        return count
    finally:
        connection.close()


def packed_anew(made: Backup, **changes: bytes | None) -> Path:
    """Write a backup again with other members; None leaves one out."""
    target = made.file.with_name(f"changed{backup.SUFFIX}")
    with zipfile.ZipFile(made.file) as old:
        members: dict[str, bytes | None] = {name: old.read(name) for name in old.namelist()}
    members.update({name.replace("__", "."): content for name, content in changes.items()})
    with zipfile.ZipFile(target, "w") as new:
        for name, content in members.items():
            if content is not None:
                new.writestr(name, content)
    return target


def test_it_opens_on_a_new_pc_with_the_password_and_with_the_sheet(
    register: Made, made: Backup, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    file = made.file.rename(stick / made.file.name)
    target = RegisterFolder.named(tmp_path / "nieuwe-pc")
    assert restore(file, target).register_id == REGISTER_ID
    assert target.inspect().is_ready
    ring = KeyRing.load(target.path)
    assert rows(target.database, ring.unlock("jan", PASSWORD).key) == 500
    assert rows(target.database, ring.unlock_with_recovery(register.recovery_key).key) == 500
    target.keys.unlink()
    (target.path / "recovery.json").unlink()
    target.must_be_known()


def test_what_it_says_of_itself(made: Backup, clock: FixedClock) -> None:
    assert made.file.name == "Bonenhof 2026-04-03 1730.privreg-backup"
    assert made.made_at == clock.now()
    assert made.register_id == REGISTER_ID
    assert set(made.digests) == {"register.db", "keys.json", "recovery.json", "register.json"}
    assert made.expires_at() == clock.now() + timedelta(days=35)


def test_nothing_readable_stands_in_it_and_nothing_is_left_beside_it(made: Backup) -> None:
    content = made.file.read_bytes()
    assert MARKER.encode() not in content
    assert b"CREATE TABLE" not in content
    beside = {path.name for path in made.file.parent.iterdir() if path.name != backup.LOCK}
    assert beside == {made.file.name, "recovery.json"}


def test_it_holds_one_saved_state_while_another_writes(
    register: Made, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PAGES_AT_ONCE", 5)
    key = register.data_key.key
    writer = sqlcipher_engine(register.folder.database, key)
    heard: list[float] = []

    def write_on(part: float) -> None:
        heard.append(part)
        with writer.begin() as connection:
            connection.exec_driver_sql("DELETE FROM customers WHERE rowid % 7 = 0")
            connection.exec_driver_sql("INSERT INTO customers SELECT name, notes FROM customers")

    with writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO customers VALUES ('in the log', '')")
    made = backup.make(
        register.folder,
        key,
        clock.now(),
        progress=lambda part: write_on(part) if len(heard) < 4 else heard.append(part),
    )
    writer.dispose()
    assert len(heard) > 4
    assert heard == sorted(heard)
    assert heard[-1] == 1
    target = RegisterFolder.named(tmp_path / "terug")
    restore(made.file, target)
    assert rows(target.database, key) == 501
    assert rows(register.folder.database, key) > 501


def test_stopping_it_leaves_nothing(register: Made, clock: FixedClock) -> None:
    class StopError(Exception):
        pass

    def stop(_part: float) -> None:
        raise StopError

    with pytest.raises(StopError):
        backup.make(register.folder, register.data_key.key, clock.now(), progress=stop)
    assert present(register.folder) == ()
    assert not (register.folder.backups / backup.WORKPLACE).exists()


def test_what_a_crash_left_is_cleared_by_the_next(register: Made, clock: FixedClock) -> None:
    work = register.folder.backups / backup.WORKPLACE
    work.mkdir()
    (work / "register.db").write_bytes(bytes(4096))
    backup.make(register.folder, register.data_key.key, clock.now())
    assert not work.exists()


def test_two_backups_at_once_are_told(register: Made, clock: FixedClock) -> None:
    told: list[ProblemError] = []

    def second(_part: float) -> None:
        with pytest.raises(LockedElsewhereError) as caught:
            backup.make(register.folder, register.data_key.key, clock.now())
        told.append(caught.value)

    backup.make(register.folder, register.data_key.key, clock.now(), progress=second)
    assert told


def test_two_in_one_minute_have_two_names(register: Made, made: Backup, clock: FixedClock) -> None:
    second = backup.make(register.folder, register.data_key.key, clock.now())
    assert second.file.name == "Bonenhof 2026-04-03 1730 (2).privreg-backup"
    assert made.file.exists()


def test_it_can_be_made_elsewhere(register: Made, clock: FixedClock, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    made = backup.make(register.folder, register.data_key.key, clock.now(), into=stick)
    assert made.file.parent == stick
    assert present(register.folder) == ()
    assert present(register.folder, beside=stick) == (made,)


def test_a_damaged_register_is_found_while_backing_up(register: Made, clock: FixedClock) -> None:
    content = bytearray(register.folder.database.read_bytes())
    content[6 * 4096 + 50] ^= 1
    register.folder.database.write_bytes(content)
    with pytest.raises(ProblemError):
        backup.make(register.folder, register.data_key.key, clock.now())
    assert present(register.folder) == ()


def test_a_full_disk_is_told_and_leaves_nothing(
    register: Made, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_pack", full)
    with pytest.raises(ProblemError, match="disk is full"):
        backup.make(register.folder, register.data_key.key, clock.now())
    assert present(register.folder) == ()


@pytest.mark.parametrize("place", [0.05, 0.3, 0.6, 0.95])
def test_one_changed_byte_is_found(
    register: Made, made: Backup, tmp_path: Path, place: float
) -> None:
    content = bytearray(made.file.read_bytes())
    content[int(len(content) * place)] ^= 1
    made.file.write_bytes(content)
    with pytest.raises(CannotOpenError):
        verify(made.file, register.data_key.key)
    with pytest.raises(CannotOpenError):
        restore(made.file, RegisterFolder.named(tmp_path / "terug"))
    assert not (tmp_path / "terug.privreg").exists()


def test_one_cut_short_is_found(register: Made, made: Backup) -> None:
    content = made.file.read_bytes()
    for size in (0, 10, len(content) // 2, len(content) - 1):
        made.file.write_bytes(content[:size])
        with pytest.raises(CannotOpenError):
            verify(made.file, register.data_key.key)


def test_the_wrong_key_does_not_verify(made: Backup) -> None:
    with pytest.raises(CannotOpenError, match="damaged"):
        verify(made.file, bytes(32))


def test_a_file_that_is_no_backup_is_told(tmp_path: Path) -> None:
    letter = tmp_path / "brief.txt"
    letter.write_text("Geachte")
    with pytest.raises(CannotOpenError, match="not a backup"):
        backup.read(letter)
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a", "b")
    with pytest.raises(CannotOpenError, match="not a backup"):
        backup.read(tmp_path / "x.zip")
    with pytest.raises(CannotOpenError, match="no backup"):
        backup.read(tmp_path / "weg.privreg-backup")


def test_one_of_a_newer_program_is_told(made: Backup) -> None:
    with zipfile.ZipFile(made.file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    newer = packed_anew(made, manifest__json=json.dumps({**manifest, "format": 2}).encode())
    with pytest.raises(CannotOpenError, match="newer version"):
        backup.read(newer)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format": 1, "register": "x"}'])
def test_a_damaged_manifest_is_told(made: Backup, content: bytes) -> None:
    with pytest.raises(CannotOpenError):
        backup.read(packed_anew(made, manifest__json=content))


def test_one_without_its_database_is_told(register: Made, made: Backup) -> None:
    with pytest.raises(CannotOpenError):
        verify(packed_anew(made, register__db=None), register.data_key.key)


def test_a_stranger_in_it_is_never_unpacked(register: Made, made: Backup, tmp_path: Path) -> None:
    changed = made.file.with_name(f"strange{backup.SUFFIX}")
    with zipfile.ZipFile(made.file) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        for name in ("../outside", "/tmp/outside", "extra.exe", "backups/../../outside"):
            new.writestr(name, b"x")
    target = RegisterFolder.named(tmp_path / "terug")
    restore(changed, target)
    assert {path.name for path in target.path.rglob("*")} == {
        *("register.db", "register.json", "keys.json", "recovery.json", "backups"),
    }
    assert not (tmp_path / "outside").exists()


def test_one_that_unpacks_to_more_than_it_weighs_is_refused(made: Backup) -> None:
    bomb = made.file.with_name(f"bomb{backup.SUFFIX}")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b" " * 20_000_000)
    with pytest.raises(CannotOpenError, match="not a backup"):
        backup.read(bomb)


def test_it_is_never_put_over_what_stands_there(register: Made, made: Backup) -> None:
    with pytest.raises(ProblemError, match="exists already"):
        restore(made.file, register.folder)
    assert register.folder.inspect().is_ready


def test_what_was_destroyed_since_travels_with_it(
    register: Made, made: Backup, tmp_path: Path
) -> None:
    register.folder.tombstones.write_text('{"key": "x"}\n')
    target = RegisterFolder.named(tmp_path / "terug")
    restore(made.file, target)
    assert target.tombstones.read_text() == '{"key": "x"}\n'


def test_an_old_backup_keeps_its_own_key_after_a_change(
    register: Made, made: Backup, tmp_path: Path
) -> None:
    ring, opened = register.ring.with_new_data_key(register.data_key)
    key_change.settle(register.folder, ring, opened)
    target = RegisterFolder.named(tmp_path / "terug")
    restore(made.file, target)
    old = KeyRing.load(target.path).unlock("jan", PASSWORD)
    assert old.key == register.data_key.key
    assert rows(target.database, old.key) == 500


def test_backups_go_at_the_end_of_their_term(
    register: Made, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "NEWEST_STAY", 1)
    first = backup.make(register.folder, register.data_key.key, clock.now())
    clock.moment += timedelta(days=20)
    second = backup.make(register.folder, register.data_key.key, clock.now())
    assert present(register.folder) == (second, first)
    assert prune(register.folder, first.expires_at() - timedelta(seconds=1)) == ()
    assert prune(register.folder, first.expires_at()) == (first,)
    assert present(register.folder) == (second,)
    assert prune(register.folder, clock.now(), timedelta(days=1)) == ()


def test_the_newest_stay_whatever_the_clock_says(register: Made, clock: FixedClock) -> None:
    made = []
    for _day in range(5):
        clock.moment += timedelta(days=1)
        made.append(backup.make(register.folder, register.data_key.key, clock.now()))
    far = clock.now() + timedelta(days=9000)
    removed = prune(register.folder, far)
    assert sorted(removed, key=lambda each: each.made_at) == made[:2]
    assert present(register.folder) == tuple(reversed(made[2:]))


def test_a_backup_of_another_register_is_left_alone(
    register: Made, made: Backup, clock: FixedClock
) -> None:
    register.folder.save_about(About(KeyRing.load(register.folder.path).users[0].user_id))
    assert present(register.folder) == ()
    assert prune(register.folder, clock.now() + timedelta(days=400)) == ()
    assert made.file.exists()


def test_a_backup_is_due_by_the_clock(clock: FixedClock) -> None:
    now, day = clock.now(), timedelta(days=1)
    assert backup_due([], now)
    assert backup_due([now - day], now)
    assert not backup_due([now - day + timedelta(seconds=1)], now)
    assert not backup_due([now - 9 * day, now], now)
    assert backup_due([now + day], now)
    assert backup_due([now - 2 * day], now, 2 * day)


def test_on_an_office_server_it_says_who_makes_the_backup(
    register: Made, clock: FixedClock
) -> None:
    server = ServerSettings("db.kantoor.example", "privreg", "privreg")
    register.folder.save_about(About(REGISTER_ID, Kind.SERVER, server))
    with pytest.raises(ProblemError) as caught:
        backup.make(register.folder, register.data_key.key, clock.now())
    told = text(caught.value.problem)
    assert "db.kantoor.example" in told
    assert "pg_dump" in told
