"""The encrypted file: what it hides, what it survives, and what it says when it cannot."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from privreg.errors import CannotOpenError, LockedElsewhereError, ProblemError, ReadOnlyError
from privreg.store import engine as engines
from privreg.store.engine import as_problem, check_integrity, checkpoint, opens, sqlcipher_engine
from tests.effort import IS_LONG
from tests.store.conftest import CHECKOUT, MARKER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.store.conftest import Made

KILLS = 200 if IS_LONG else 5
INSERT = "INSERT INTO customers VALUES ('Nieuw', '')"
COUNT = "SELECT count(*) FROM customers"
IS_ROOT_ON_LINUX = sys.platform == "linux" and os.getuid() == 0


@pytest.fixture
def writer(register: Made) -> Iterator[sa.Engine]:
    engine = sqlcipher_engine(register.folder.database, register.data_key.key)
    yield engine
    engine.dispose()


@pytest.fixture
def reader(register: Made) -> Iterator[sa.Engine]:
    engine = sqlcipher_engine(register.folder.database, register.data_key.key, read_only=True)
    yield engine
    engine.dispose()


def problem_in(action: Callable[[], object]) -> ProblemError:
    with pytest.raises(DBAPIError) as caught:
        action()
    problem = as_problem(caught.value)
    assert problem is not None
    return problem


def execute(engine: sa.Engine, statement: str) -> Any:
    with engine.begin() as connection:
        result = connection.exec_driver_sql(statement)
        return result.scalar() if result.returns_rows else None


def test_nothing_readable_stands_in_the_file_or_its_log(register: Made, writer: sa.Engine) -> None:
    execute(writer, "INSERT INTO customers SELECT name, notes FROM customers LIMIT 1")
    files = [path for path in register.folder.path.rglob("*") if path.is_file()]
    assert register.folder.database.with_name("register.db-wal") in files
    for path in files:
        content = path.read_bytes()
        assert MARKER.encode() not in content
        assert b"CREATE TABLE" not in content
        assert b"SQLite format 3" not in content


def test_a_wrong_key_is_told_as_damage_and_nothing_is_logged(
    register: Made, capfd: pytest.CaptureFixture[str]
) -> None:
    engine = sqlcipher_engine(register.folder.database, bytes(32))
    problem = problem_in(engine.connect)
    assert isinstance(problem, CannotOpenError)
    assert problem.problem.template == engines.DAMAGED
    assert not opens(register.folder.database, bytes(32))
    assert opens(register.folder.database, register.data_key.key)
    assert capfd.readouterr() == ("", "")


def test_a_key_of_another_length_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="31"):
        sqlcipher_engine(tmp_path / "register.db", bytes(31))


def test_a_change_of_the_schema_is_rolled_back_with_the_rest(writer: sa.Engine) -> None:
    with writer.connect() as connection:
        transaction = connection.begin()
        connection.exec_driver_sql("CREATE TABLE parties (name TEXT)")
        connection.exec_driver_sql(INSERT)
        transaction.rollback()
    assert sa.inspect(writer).get_table_names() == ["customers"]
    assert execute(writer, COUNT) == 500


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("cache_size", -engines.WRITER_CACHE_KIB),
    ],
)
def test_every_connection_has_the_settings_that_keep_data_safe(
    writer: sa.Engine, pragma: str, value: object
) -> None:
    for _ in range(2):
        with writer.connect() as connection:
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value
        writer.dispose()


def test_a_reader_sees_the_last_saved_state_while_another_saves(
    writer: sa.Engine, reader: sa.Engine
) -> None:
    with writer.begin() as writing:
        writing.exec_driver_sql(INSERT)
        assert execute(reader, COUNT) == 500
    assert execute(reader, COUNT) == 501


def test_a_reading_transaction_keeps_seeing_one_state(writer: sa.Engine, reader: sa.Engine) -> None:
    with reader.connect() as reading:
        assert reading.exec_driver_sql(COUNT).scalar_one() == 500
        execute(writer, INSERT)
        assert reading.exec_driver_sql(COUNT).scalar_one() == 500


def test_a_reader_cannot_write(reader: sa.Engine) -> None:
    assert isinstance(problem_in(lambda: execute(reader, INSERT)), ReadOnlyError)


def test_a_second_writer_is_told_to_try_again(
    register: Made, writer: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_FOR", engines.BUSY_FOR / 100)
    second = sqlcipher_engine(register.folder.database, register.data_key.key)
    with writer.begin():
        problem = problem_in(lambda: execute(second, INSERT))
    assert isinstance(problem, LockedElsewhereError)
    execute(second, INSERT)
    second.dispose()


def test_a_full_disk_is_told_and_nothing_is_half_saved(writer: sa.Engine) -> None:
    with writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.rollback()
    grow = "INSERT INTO customers SELECT name, notes FROM customers"
    assert problem_in(lambda: execute(writer, grow)).problem.template == engines.DISK_FULL
    assert execute(writer, COUNT) == 500


@pytest.mark.skipif(not IS_ROOT_ON_LINUX, reason="only root can mount a small disk")
def test_a_disk_that_is_really_full_loses_nothing(register: Made, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this container may not mount a small disk")
    try:
        small = disk / "register.db"
        small.write_bytes(register.folder.database.read_bytes())
        engine = sqlcipher_engine(small, register.data_key.key)
        grow = "INSERT INTO customers SELECT name, notes FROM customers"
        problem = problem_in(lambda: [execute(engine, grow) for _ in range(10)])
        assert problem.problem.template in {engines.DISK_FULL, engines.DISK_FAILS}
        kept = execute(engine, COUNT)
        assert kept % 500 == 0
        assert check_integrity(engine) == ()
        engine.dispose()
    finally:
        subprocess.run(["umount", disk], check=True)


def test_one_changed_byte_is_found(register: Made) -> None:
    database = register.folder.database
    content = bytearray(database.read_bytes())
    content[5 * 4096 + 100] ^= 1
    database.write_bytes(content)
    engine = sqlcipher_engine(database, register.data_key.key)
    assert check_integrity(engine)
    engine.dispose()


def test_a_sound_file_has_nothing_wrong(writer: sa.Engine) -> None:
    assert check_integrity(writer) == ()


def test_a_row_that_refers_to_nothing_is_found(writer: sa.Engine) -> None:
    execute(writer, "CREATE TABLE parents (id INTEGER PRIMARY KEY)")
    execute(writer, "CREATE TABLE children (parent INTEGER REFERENCES parents (id))")
    assert as_problem_of_orphan(writer) is None
    raw = writer.raw_connection()
    raw.cursor().execute("PRAGMA foreign_keys = OFF")
    raw.cursor().execute("INSERT INTO children VALUES (7)")
    raw.close()
    assert check_integrity(writer) == ("children -> parents: row 1",)


def as_problem_of_orphan(writer: sa.Engine) -> ProblemError | None:
    """A broken reference is not a problem of the world but for the gate to explain."""
    with pytest.raises(sa.exc.IntegrityError) as caught:
        execute(writer, "INSERT INTO children VALUES (7)")
    return as_problem(caught.value)


def test_the_log_is_emptied_unless_somebody_is_reading(
    register: Made, writer: sa.Engine, reader: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = register.folder.database.with_name("register.db-wal")
    execute(writer, INSERT)
    assert log.stat().st_size > 0
    assert checkpoint(writer)
    assert log.stat().st_size == 0
    with reader.connect() as reading:
        reading.exec_driver_sql(COUNT)
        execute(writer, INSERT)
        raw = writer.raw_connection()
        raw.cursor().execute("PRAGMA busy_timeout = 10")
        raw.close()
        assert not checkpoint(writer)
    assert checkpoint(writer)


READ_AS_NOBODY = """
import os, sys
from pathlib import Path
from privreg.store.engine import sqlcipher_engine
os.setgid(65534); os.setuid(65534)
engine = sqlcipher_engine(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), read_only=True)
with engine.connect() as connection:
    print(connection.exec_driver_sql("SELECT count(*) FROM customers").scalar_one())
"""


@pytest.mark.skipif(not IS_ROOT_ON_LINUX, reason="needs a second user of the system")
@pytest.mark.parametrize("copied_along", [(), ("register.db-wal",)])
def test_a_register_in_a_read_only_folder_can_be_read(
    register: Made, seen_by_all: Path, copied_along: tuple[str, ...]
) -> None:
    for name in copied_along:
        (seen_by_all / name).touch(0o644)
    read = subprocess.run(
        [
            *(sys.executable, "-c", READ_AS_NOBODY),
            *(seen_by_all / "register.db", register.data_key.key.hex()),
        ],
        check=True,
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
    )
    assert read.stdout.strip() == "500"


SAVE_FOR_EVER = """
import sys
from pathlib import Path
from privreg.store.engine import sqlcipher_engine
engine = sqlcipher_engine(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
for number in range(int(sys.argv[3]), 10_000_000):
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO saved VALUES (?, ?)", (number, "x" * 3000))
        connection.exec_driver_sql("INSERT INTO also_saved VALUES (?)", (number,))
    print(number, flush=True)
"""


def test_after_a_kill_every_acknowledged_save_is_there_and_whole(register: Made) -> None:
    database, key = register.folder.database, register.data_key.key
    engine = sqlcipher_engine(database, key)
    execute(engine, "CREATE TABLE saved (number INTEGER PRIMARY KEY, words TEXT)")
    execute(engine, "CREATE TABLE also_saved (number INTEGER PRIMARY KEY)")
    acknowledged = -1
    for kill in range(KILLS):
        engine.dispose()
        acknowledged = _killed_while_saving(database, key, acknowledged + 1, 3 + kill % 40)
        saved = execute(engine, "SELECT max(number) FROM saved")
        assert saved >= acknowledged
        assert saved == execute(engine, "SELECT max(number) FROM also_saved")
        assert execute(engine, "SELECT count(*) FROM saved") == saved + 1
        acknowledged = saved
    assert check_integrity(engine) == ()
    engine.dispose()


def _killed_while_saving(database: Path, key: bytes, first: int, lines: int) -> int:
    """Let another process save, kill it after so many saves, return the last acknowledged."""
    command = [sys.executable, "-c", SAVE_FOR_EVER, str(database), key.hex(), str(first)]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        for _ in range(lines):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        rest = process.stdout.read().split()
    return int(rest[-1]) if rest else first + lines - 1
