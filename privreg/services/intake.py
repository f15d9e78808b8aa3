"""An import from file to register: one transaction, that gives way to who waits to save."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from privreg.errors import ProblemError, UsageError
from privreg.exchange.columns import OwnWords, find_columns, read_map
from privreg.exchange.files import open_sheet
from privreg.registers.register_list import register_of
from privreg.services.importing import Import, ImportResult
from privreg.services.restricted import hidden_fields, must_not_lift
from privreg.services.roles import Right, must
from privreg.store.engine import NOT_KEPT
from privreg.store.gate import Saver
from privreg.translation import N_, AnyOf, message, messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from uuid import UUID

    from privreg.exchange.columns import Columns
    from privreg.exchange.sheets import Line
    from privreg.registers.declaration import Register, Values
    from privreg.services.desk import Desk
    from privreg.store.store import Connection

INTO = ("customers", "items", "events", "consents", "activities", "parties", "rules")
ALSO_INTO = ("controllers", "groups", "kinds", "measures", "statements", "holds")
"""Registers one seldom fills from a file, but which an export holds and an import takes back."""
GIVES_WAY = 5  # times; whoever saves goes first, and this often an import begins anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which file is to be taken over into which register, and how."""

    into: str
    path: Path
    mapping: Path | None = None
    dry_run: bool = False
    all_or_nothing: bool = False


class GaveWayError(Exception):
    """Somebody waits to save: what was done so far is taken back, and done again later."""


class Watch(Protocol):
    """Who follows an import and can end it, by raising what should come of it."""

    def begin(self) -> None:
        """Wait for the right to write."""
        ...

    def look(self) -> None:
        """Hear whether to stop or to give way."""
        ...

    def reached(self, line: int, about: int) -> None:
        """Hear how far the file is read, of about how many lines."""
        ...

    def complete(self) -> None:
        """Hear that all is written and will be kept; the last moment to stop."""
        ...


class _NothingAtAllError(Exception):
    """Rolls back an import that may only be taken over as a whole."""


def taken_over(desk: Desk, wanted: Wanted, watch: Watch) -> ImportResult:
    """Take a file over in one transaction, in this process.

    Somebody who waits to save goes first, and an office server may break it off: the import
    then begins anew, `GIVES_WAY` times at most. Raises `UsageError` and `FileProblemError` for
    what concerns the whole file.
    """
    register = allowed(desk, wanted.into)
    own = OwnWords() if wanted.mapping is None else read_map(wanted.mapping, register)
    if wanted.dry_run:
        return _tried(desk, register, own, wanted, watch)
    for _time in range(GIVES_WAY + 1):
        with suppress(GaveWayError, *NOT_KEPT):
            return _written(desk, register, own, wanted, watch)
    raise ProblemError(
        messages(
            N_(
                "Somebody saved in this register while the file was imported, and that goes first. "
                "Nothing was taken over; import the file again when nobody else is at work."
            ),
            N_(
                "The register was saved in {count} times while the file was imported, and that "
                "goes first. Nothing was taken over; import the file again when nobody else is "
                "at work."
            ),
            GIVES_WAY + 1,
        )
    )


def allowed(desk: Desk, into: str) -> Register:
    """Return the register, if this user may import into it.

    Raises `UsageError` where nobody can, and `NotAllowedError`.
    """
    if into not in (*INTO, *ALSO_INTO):
        raise UsageError(
            message(
                N_("Nothing can be imported into '{into}'; choose one of {choices}."),
                into=into,
                choices=AnyOf(INTO),
            )
        )
    must(desk.user.roles, Right.CREATE, into)
    must(desk.user.roles, Right.EDIT, into)
    return register_of(into)


@contextmanager
def _opened(
    wanted: Wanted, register: Register, own: OwnWords, watch: Watch
) -> Iterator[tuple[Columns, Iterable[Line], Callable[[int], None]]]:
    """Open the file; give its columns, its lines, and who hears how far they are read."""
    sheet = open_sheet(wanted.path, register)

    def reached(line: int) -> None:
        watch.reached(line, max(sheet.about, line))

    try:
        yield (*find_columns(register, sheet, own), reached)
    finally:
        sheet.close()


def _tried(
    desk: Desk, register: Register, own: OwnWords, wanted: Wanted, watch: Watch
) -> ImportResult:
    with (
        _opened(wanted, register, own, watch) as (columns, lines, reached),
        desk.store.read() as connection,
    ):
        saver = Saver(connection, desk.user.id, desk.clock.now())
        guard = _AtDesk(desk, connection, register)
        trial = Import(saver, register, columns, own, write=False, guard=guard, look=watch.look)
        return trial.run(lines, reached)


def _written(
    desk: Desk, register: Register, own: OwnWords, wanted: Wanted, watch: Watch
) -> ImportResult:
    result = ImportResult()
    with _opened(wanted, register, own, watch) as (columns, lines, reached):
        watch.begin()
        with suppress(_NothingAtAllError), desk.saving() as saver:
            guard = _AtDesk(desk, saver.connection, register)
            taking = Import(saver, register, columns, own, write=True, guard=guard, look=watch.look)
            result = taking.run(lines, _yielding(desk, saver.connection, reached))
            if wanted.all_or_nothing and result.rejects:
                raise _NothingAtAllError
            watch.complete()
    if wanted.all_or_nothing and result.rejects:
        result.added = result.took_controller = result.updated = result.unchanged = 0
    return result


def _yielding(
    desk: Desk, connection: Connection, reached: Callable[[int], None]
) -> Callable[[int], None]:
    """Give way to other desks too, where the records are on an office server."""

    def heard(line: int) -> None:
        reached(line)
        if desk.store.holds_others_up(connection):
            raise GaveWayError

    return heard


@dataclass(frozen=True, slots=True)
class _AtDesk:
    """What the user at the desk may not do by a file either."""

    desk: Desk
    connection: Connection
    register: Register

    def hidden(self, keys: Sequence[UUID]) -> Mapping[UUID, frozenset[str]]:
        return hidden_fields(self.desk, self.connection, self.register, keys)

    def must_not_lift(self, before: Values, after: Values) -> None:
        must_not_lift(self.desk, self.register, before, after)
