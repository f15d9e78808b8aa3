"""Opens the encrypted file of a register, or the office server, as an SQLAlchemy engine.

Every connection is keyed with the raw data key, waits for no more than `BUSY_FOR`, keeps
foreign keys, wipes what it deletes, and begins its transactions itself, so that a change
of the schema is rolled back like any other change. A writing engine takes the write lock
when a transaction begins; a reading engine sees one unchanging state per transaction and
is never waited for.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from privreg.errors import (
    CannotOpenError,
    CertificateError,
    LockedElsewhereError,
    ProblemError,
    ReadOnlyError,
)
from privreg.translation import N_, Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from privreg.store.server import ServerSettings

KEY_BYTES = 32
BUSY_FOR = timedelta(seconds=5)
WRITER_CACHE_KIB = 24 * 1024
READER_CACHE_KIB = 48 * 1024
LOG_KEPT_BYTES = 16 * 1024 * 1024
FREE_CONNECTION_WITHIN = timedelta(seconds=15)
READERS = 3
SERVER_CONNECTIONS = 3
ANSWER_WITHIN_SECONDS = 10

DAMAGED = N_(
    "The register is damaged or was encrypted with another key; restore the latest backup."
)
LOCKED = N_("The register is busy with another change; try again in a moment.")
DISK_FULL = N_("The disk is full: the change was not saved; free some space and save again.")
DISK_FAILS = N_(
    "The disk could not be read or written: the change was not saved; "
    "check the disk or the network drive."
)
OPEN_FOR_READING = N_("The register is open for reading only; nothing was saved.")
SERVER_AWAY = N_(
    "The office server does not answer; check the network and whether the server is on."
)
LOST_WHILE_KEEPING = N_(
    "The connection to the office server was lost just as this was saved, so it may stand there "
    "or not; look before you do it again."
)
SERVER_FULL = N_(
    "The disk of the office server is full: the change was not saved; tell the administrator."
)
SERVER_LACKS = N_("The office server does not have this register; ask the administrator.")
SERVER_REFUSES = N_(
    "The office server does not accept this name or password; ask the administrator."
)
SERVER_NOT_TRUSTED = N_(
    "The office server cannot prove who it is or does not encrypt the connection; "
    "nothing was sent, ask the administrator for its certificate."
)
BEFORE_A_SESSION = {
    "root certificate file": SERVER_NOT_TRUSTED,
    "password authentication failed": SERVER_REFUSES,
    "no password supplied": SERVER_REFUSES,
    "does not exist": SERVER_LACKS,
    "does not support SSL": SERVER_NOT_TRUSTED,
    "certificate": SERVER_NOT_TRUSTED,
}


class BrokenOffError(LockedElsewhereError):
    """The server broke a transaction off in favour of another desk's: do it once more."""


class ConnectionLostError(CannotOpenError):
    """The connection was lost before the transaction was kept: nothing of it happened."""


NOT_KEPT = (BrokenOffError, ConnectionLostError)
"""After these nothing of a transaction stands, and it may be done once more."""


def sqlcipher_engine(path: Path, key: bytes, *, read_only: bool = False) -> sa.Engine:
    """Make an engine on a register's file; the file itself is opened at the first use.

    `key` is the raw data key of 32 bytes. A writing engine creates the file where there is
    none and holds one connection; a reading engine holds up to `READERS`.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(len(key))
    engine = sa.create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: connect(path, key, read_only=read_only),
        poolclass=QueuePool,
        pool_size=READERS if read_only else 1,
        max_overflow=0,
        pool_use_lifo=True,  # the connection used last has its pages at hand
        pool_timeout=FREE_CONNECTION_WITHIN.total_seconds(),
    )
    sa.event.listen(engine, "begin", _begin_reading if read_only else _begin_writing)
    return engine


def _begin_reading(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def reading_beside(reader: sa.Engine) -> sa.Engine:
    """Make an engine that reads the same with connections of its own; the caller disposes of it."""
    engine = sa.Engine(reader.pool.recreate(), reader.dialect, reader.url)
    if reader.dialect.name == "sqlite":
        sa.event.listen(engine, "begin", _begin_reading)
    return engine


def postgres_engine(
    settings: ServerSettings, password: str | None, *, read_only: bool = False
) -> sa.Engine:
    """Make an engine on the office server; nothing is sent before the first use.

    Raises `ProblemError` for a connection that would not be encrypted beyond this machine.
    """
    settings.must_be_safe()
    reading = "on" if read_only else "off"
    arguments = {
        "sslmode": settings.ssl_mode,
        "connect_timeout": ANSWER_WITHIN_SECONDS,
        "application_name": "PrivReg",
        "options": f"-c timezone=UTC -c default_transaction_read_only={reading}",
    }
    if settings.root_certificate or settings.ssl_mode == "verify-full":
        arguments["sslrootcert"] = settings.root_certificate or "system"
    return sa.create_engine(
        sa.URL.create(
            "postgresql+psycopg",
            username=settings.user or None,
            password=password,
            database=settings.database,
            port=settings.port,
            query={"host": settings.host} if settings.host else {},
        ),
        connect_args=arguments,
        pool_size=SERVER_CONNECTIONS,
        max_overflow=0,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ" if read_only else "READ COMMITTED",
    )


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """Open one keyed connection outside any engine; the caller closes it.

    Raises sqlcipher's own `DatabaseError` where the key or the file is not right.
    """
    connection = sqlcipher.connect(
        _uri(path, read_only=read_only),
        uri=True,
        timeout=BUSY_FOR.total_seconds(),
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for pragma in _pragmas(key, read_only=read_only):
            connection.execute(f"PRAGMA {pragma}").close()
    except BaseException:
        connection.close()
        raise
    return connection


def _uri(path: Path, *, read_only: bool) -> str:
    location = path.absolute().as_uri()
    if not read_only:
        return f"{location}?mode=rwc"
    return f"{location}?mode=ro" + ("&immutable=1" if _nobody_can_write(path) else "")


def _nobody_can_write(path: Path) -> bool:
    """Say whether the folder is read-only for us and nothing stands in a write-ahead log there.

    SQLite then cannot make its index of the log, and refuses to read unless told that the
    file will not change. An empty log without an index was copied along; whoever writes has both.
    """
    if os.access(path.parent, os.W_OK):
        return False
    log, index = (path.with_name(f"{path.name}-{end}") for end in ("wal", "shm"))
    return not log.exists() or (log.stat().st_size == 0 and not index.exists())


def _pragmas(key: bytes, *, read_only: bool) -> Iterable[str]:
    yield "cipher_log_level = NONE"
    yield f"key = \"x'{key.hex()}'\""
    yield "temp_store = MEMORY"
    yield "foreign_keys = ON"
    if read_only:
        yield "query_only = ON"
        yield f"cache_size = -{READER_CACHE_KIB}"
        return
    yield "journal_mode = WAL"
    yield "synchronous = FULL"
    yield "secure_delete = ON"
    yield f"cache_size = -{WRITER_CACHE_KIB}"
    yield f"journal_size_limit = {LOG_KEPT_BYTES}"


def opens(path: Path, key: bytes) -> bool:
    """Say whether this key opens this file; neither is changed."""
    try:
        connection = connect(path, key, read_only=True)
    except sqlcipher.DatabaseError as error:
        return _as_opened(error)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").close()
    except sqlcipher.DatabaseError as error:
        return _as_opened(error)
    finally:
        connection.close()
    return True


def _as_opened(error: Exception) -> bool:
    if _sqlite_code(error) == sqlcipher.SQLITE_NOTADB:
        return False
    problem = problem_of(error)
    raise error if problem is None else problem


def check_integrity(engine: sa.Engine) -> tuple[str, ...]:
    """Look through the whole file; return what is wrong, in the engine's own words.

    Every page is authenticated (a changed byte shows), then the structure and the foreign
    keys are checked. On an office server the server does this itself: nothing is returned.
    """
    if engine.dialect.name != "sqlite":
        return ()
    found: list[str] = []
    try:
        with engine.connect() as connection:
            _forget_what_was_read(connection)
            for pragma in ("cipher_integrity_check", "integrity_check", "foreign_key_check"):
                rows = connection.exec_driver_sql(f"PRAGMA {pragma}")
                found += (line for row in rows for line in _fault(row).splitlines())
    except DBAPIError as error:  # so damaged that the engine stops looking
        problem = as_problem(error)
        if problem is None:
            raise
        found.append(str(error.orig))
    return tuple(each for each in found if each != "ok")


def _forget_what_was_read(connection: sa.Connection) -> None:
    """Let the text indexes read their structure again.

    A connection that searched before remembers it, and `integrity_check` alone among all
    questions does not ask whether it is still so: after a save it would see damage.
    """
    indexes = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%USING fts5(%'"
    for name in connection.exec_driver_sql(indexes).scalars().all():
        connection.execute(sa.select(sa.table(name, sa.column("rowid"))).limit(1)).all()


def _fault(row: Sequence[Any]) -> str:
    if len(row) == 1:
        return str(row[0])
    return f"{row[0]} -> {row[2]}: row {row[1]}"


def checkpoint(engine: sa.Engine) -> bool:
    """Bring the write-ahead log into the file and empty it; False where a reader stops it."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = cursor.fetchone()
        return row is not None and row[0] == 0
    finally:
        connection.close()


def as_problem(error: DBAPIError) -> ProblemError | None:
    """Say in one sentence what went wrong with file or server; None means a bug."""
    return problem_of(error.orig) if error.orig is not None else None


def problem_of(error: BaseException) -> ProblemError | None:
    """Say what a driver's own error means to the user; None means a bug."""
    if isinstance(error, sqlcipher.Error):
        return _file_problem(_sqlite_code(error), str(error))
    return _server_problem(error)


def _sqlite_code(error: BaseException) -> int:
    """Return the primary result code; the higher bits of an extended code tell nothing more."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def _file_problem(code: int, words: str) -> ProblemError | None:
    known: dict[int, tuple[type[ProblemError], str]] = {
        sqlcipher.SQLITE_NOTADB: (CannotOpenError, DAMAGED),
        sqlcipher.SQLITE_CORRUPT: (CannotOpenError, DAMAGED),
        sqlcipher.SQLITE_BUSY: (LockedElsewhereError, LOCKED),
        sqlcipher.SQLITE_LOCKED: (LockedElsewhereError, LOCKED),
        sqlcipher.SQLITE_FULL: (ProblemError, DISK_FULL),
        sqlcipher.SQLITE_IOERR: (ProblemError, DISK_FAILS),
        sqlcipher.SQLITE_READONLY: (ReadOnlyError, OPEN_FOR_READING),
        sqlcipher.SQLITE_CANTOPEN: (
            CannotOpenError,
            N_("The register's file cannot be opened; check that the folder can be reached."),
        ),
    }
    if code not in known and "file is not a database" in words:
        code = sqlcipher.SQLITE_NOTADB
    if code not in known:
        return None
    kind, template = known[code]
    return kind(Message(template))


def _server_problem(error: BaseException) -> ProblemError | None:
    state = getattr(error, "sqlstate", None)
    known: dict[str, tuple[type[ProblemError], str]] = {
        "3D000": (CannotOpenError, SERVER_LACKS),
        "25006": (ReadOnlyError, OPEN_FOR_READING),
        "53100": (ProblemError, SERVER_FULL),
        "55P03": (LockedElsewhereError, LOCKED),
        "40001": (BrokenOffError, LOCKED),
        "40P01": (BrokenOffError, LOCKED),
        "42501": (CannotOpenError, SERVER_REFUSES),
        "57P01": (CannotOpenError, SERVER_AWAY),
        "57P02": (CannotOpenError, SERVER_AWAY),
        "57P03": (CannotOpenError, SERVER_AWAY),
    }
    families = {"28": (CannotOpenError, SERVER_REFUSES), "08": (CannotOpenError, SERVER_AWAY)}
    if state is not None:
        found = known.get(state) or families.get(state[:2])
        return found[0](Message(found[1])) if found else None
    if type(error).__name__ not in {"OperationalError", "ConnectionTimeout"}:
        return None
    words = str(error)  # libpq gives no code for what goes wrong before there is a session
    for sign, template in BEFORE_A_SESSION.items():
        if sign in words:
            known_by = CertificateError if template == SERVER_NOT_TRUSTED else CannotOpenError
            return known_by(Message(template))
    return CannotOpenError(Message(SERVER_AWAY))
