"""One opened register: a connection that writes, connections that read, and the clock."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from privreg.errors import LockedElsewhereError, ProblemError, ReadOnlyError
from privreg.store.engine import (
    LOCKED,
    LOST_WHILE_KEEPING,
    NOT_KEPT,
    OPEN_FOR_READING,
    SERVER_AWAY,
    ConnectionLostError,
    as_problem,
    reading_beside,
)
from privreg.store.pen import Pen
from privreg.store.remembered import Remembered
from privreg.translation import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from privreg.clock import Clock

__all__ = ["Connection", "Engine", "Store"]

Done = TypeVar("Done")
TIMES_BROKEN_OFF = 5
WAITING_FOR_THIS = text(
    "SELECT EXISTS (SELECT 1 FROM pg_stat_activity"
    " WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
)


class Store:
    """Where the records are: every read and every write goes through one of two doors.

    What writes goes through `written`, which repeats it where the server broke it off.

    `writer` is None for a register opened read-only. Errors of file or server come out as
    `ProblemError`; what was not committed is rolled back. Who holds `pen` may write. `guard`
    sees every transaction first, and may refuse it.
    """

    def __init__(self, reader: Engine, writer: Engine | None, clock: Clock) -> None:
        self.reader = reader
        self.writer = writer
        self.clock = clock
        self.pen = Pen()
        self.remembered = Remembered()
        self.guard: Callable[[Connection], None] | None = None
        self._view = threading.local()

    @property
    def is_server(self) -> bool:
        """Say whether the records are on an office server."""
        return self.reader.dialect.name == "postgresql"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open one unchanging view of the records; within it, the same one once more.

        So a report that asks other services reads one moment, and takes one connection.
        """
        with self._reading(self.reader) as connection:
            yield connection

    @contextmanager
    def read_aside(self) -> Iterator[Connection]:
        """Open such a view on a connection of its own, for what goes through a million rows.

        A connection keeps the pages it read last. One that counted would have those of the
        count, and the next letter typed would have to read its own from disk: so it is closed.
        """
        engine = reading_beside(self.reader)
        try:
            with self._reading(engine) as connection:
                yield connection
        finally:
            engine.dispose()

    @contextmanager
    def _reading(self, engine: Engine) -> Iterator[Connection]:
        known: Connection | None = getattr(self._view, "connection", None)
        if known is not None:
            yield known
            return
        with _told(), engine.connect() as connection:
            self._view.connection = connection
            try:
                self._ask_guard(connection)
                yield connection
            finally:
                self._view.connection = None

    def written(self, work: Callable[[Connection], Done]) -> Done:
        """Do something in one transaction; in a new one where nothing of the first was kept.

        An office server breaks off one of two desks that stand in each other's way, and a
        connection can be lost. `work` keeps nothing outside the transaction, so that it can be
        done again: what follows from it is done after this returns.
        """
        for _time in range(TIMES_BROKEN_OFF):
            with suppress(*NOT_KEPT), self.write() as connection:
                return work(connection)
        with self.write() as connection:
            return work(connection)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open one transaction; it is committed at the end, or nothing of it happens.

        It is not repeated: see `written`. Raises `ReadOnlyError` for a register opened
        read-only, and one of `NOT_KEPT` where the server broke it off.
        """
        if self.writer is None:
            raise ReadOnlyError(Message(OPEN_FOR_READING))
        is_done = False
        with self.pen.held(), _told():
            try:
                with self.writer.begin() as connection:
                    self._ask_guard(connection)
                    yield connection
                    is_done = True
            except DBAPIError as error:
                if error.connection_invalidated:
                    raise _lost(is_keeping=is_done) from error
                raise

    def _ask_guard(self, connection: Connection) -> None:
        if self.guard is not None:
            self.guard(connection)

    def holds_others_up(self, connection: Connection) -> bool:
        """Say whether another desk waits for this transaction; only a server can tell.

        On a file nobody else writes, and who waits in this program waits for `pen`.
        """
        return self.is_server and bool(connection.execute(WAITING_FOR_THIS).scalar())

    def close(self) -> None:
        """Close every connection; the key goes with them."""
        self.reader.dispose()
        if self.writer is not None:
            self.writer.dispose()


def _lost(*, is_keeping: bool) -> ProblemError:
    """Say that the connection was lost; while it is being kept nobody knows whether it was."""
    if is_keeping:
        return ProblemError(Message(LOST_WHILE_KEEPING))
    return ConnectionLostError(Message(SERVER_AWAY))


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except PoolTimeoutError as error:  # every connection is at work
        raise LockedElsewhereError(Message(LOCKED)) from error
    except DBAPIError as error:
        problem = as_problem(error)
        if problem is None:
            raise
        raise problem from error
