"""Records in from a file and out to one: import with its rejects, export by role."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING
from zlib import crc32

from privreg import formats
from privreg.errors import ProblemError, UsageError
from privreg.exchange.calendar_files import Appointment, calendar
from privreg.exchange.columns import OwnWords, find_columns, read_map
from privreg.exchange.files import open_sheet
from privreg.registers.register_list import register_of
from privreg.services.agenda import agenda
from privreg.services.exporting import Export, write_json, write_xlsx
from privreg.services.importing import Import, ImportResult, Reject
from privreg.services.restricted import NOTHING, hidden_fields
from privreg.services.roles import Right, must
from privreg.store import journal
from privreg.store.gate import Saver
from privreg.store.journal import Change
from privreg.store.safe_write import as_problem
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from privreg.exchange.columns import Columns
    from privreg.exchange.sheets import Line
    from privreg.registers.declaration import Register
    from privreg.services.desk import Desk
    from privreg.store.store import Connection

__all__ = ["INTO", "ImportResult", "Reject", "export_file", "import_file"]

INTO = ("customers", "items", "events", "consents", "activities", "parties", "rules")
ALSO_INTO = ("controllers", "groups", "kinds", "measures", "statements", "holds")
"""Registers one seldom fills from a file, but which an export holds and an import takes back."""
_BINARY = getattr(os, "O_BINARY", 0)  # Windows only


def import_file(
    desk: Desk,
    into: str,
    path: Path,
    *,
    mapping: Path | None = None,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Take the records of a file over in one transaction, and list the lines that are refused.

    A record whose number is there already is changed in the columns that are filled in; the
    same event, item or consent is not added twice. `progress` hears lines done and about how
    many there are; when `cancelled` says so, nothing is taken over and `ProblemError` is
    raised. Raises `UsageError` and `FileProblemError` for what concerns the whole file.
    """
    register = _register(desk, into)
    own = OwnWords() if mapping is None else read_map(mapping, register)
    sheet = open_sheet(path, register)
    watch = _Watch(progress, cancelled, sheet.about)
    try:
        columns, lines = find_columns(register, sheet, own)
        if dry_run:
            return _tried(desk, register, columns, own, lines, watch)
        return _taken_over(desk, register, columns, own, lines, watch, whole=all_or_nothing)
    finally:
        sheet.close()


def _register(desk: Desk, into: str) -> Register:
    if into not in (*INTO, *ALSO_INTO):
        raise UsageError(
            message(
                N_("Nothing can be imported into '{into}'; choose one of {choices}."),
                into=into,
                choices=list(INTO),
            )
        )
    must(desk.user.roles, Right.CREATE, into)
    must(desk.user.roles, Right.EDIT, into)
    return register_of(into)


@dataclass(frozen=True, slots=True)
class _Watch:
    """Tells how far it is, and hears that it must stop."""

    progress: Callable[[int, int], None] | None
    cancelled: Callable[[], bool] | None
    about: int

    def reached(self, line: int) -> None:
        """Tell how far the file is read; raises `ProblemError` when it must stop."""
        if self.cancelled is not None and self.cancelled():
            raise ProblemError(Message(N_("The import was cancelled; nothing was taken over.")))
        if self.progress is not None:
            self.progress(line, max(self.about, line))


class _NothingAtAllError(Exception):
    """Rolls back an import that may only be taken over as a whole."""


def _tried(
    desk: Desk,
    register: Register,
    columns: Columns,
    own: OwnWords,
    lines: Iterable[Line],
    watch: _Watch,
) -> ImportResult:
    with desk.store.read() as connection:
        saver = Saver(connection, desk.user.id, desk.clock.now())
        hidden = _hidden(desk, connection, register)
        trial = Import(saver, register, columns, own, write=False, hidden=hidden)
        return trial.run(lines, watch.reached)


def _hidden(
    desk: Desk, connection: Connection, register: Register
) -> Callable[[UUID], frozenset[str]]:
    return lambda key: hidden_fields(desk, connection, register, [key]).get(key, NOTHING)


def _taken_over(
    desk: Desk,
    register: Register,
    columns: Columns,
    own: OwnWords,
    lines: Iterable[Line],
    watch: _Watch,
    *,
    whole: bool,
) -> ImportResult:
    result = ImportResult()
    with suppress(_NothingAtAllError), desk.saving() as saver:
        hidden = _hidden(desk, saver.connection, register)
        taking = Import(saver, register, columns, own, write=True, hidden=hidden)
        result = taking.run(lines, watch.reached)
        if whole and result.rejects:
            raise _NothingAtAllError
    if whole and result.rejects:
        result.added = result.updated = result.unchanged = 0
    return result


def export_file(desk: Desk, path: Path) -> int:
    """Write all this user may export to a new JSON or Excel file; return how many records.

    A path that ends in `.ics` gets the agenda as a calendar, without names. Who exported what
    stands in the journal. What is restricted, or kept only for other roles, is left out.
    Raises `NotAllowedError` by role, `UsageError` for another kind of file.
    """
    must(desk.user.roles, Right.EXPORT, "activities")
    kind = path.suffix.casefold()
    if kind not in WRITERS:
        raise UsageError(
            message(N_("Give the file a name that ends in one of {kinds}."), kinds=list(WRITERS))
        )
    now = desk.clock.now()
    with _new_file(path) as stream, desk.saving() as saver:
        count = WRITERS[kind](desk, saver.connection, stream, now)
        exported = {"kind": (None, kind), "records": (None, count)}
        change = Change(action="export", slug="activities", record_id=desk.user.id, fields=exported)
        journal.append(saver.connection, now, desk.user.id, [change])
    return count


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """Write a file only its owner may read, whole or not at all; nothing is overwritten."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    except FileExistsError as error:
        raise ProblemError(
            message(N_("{path} exists already; choose another name."), path=str(path))
        ) from error
    except OSError as error:
        raise as_problem(error, path) from error
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
    except OSError as error:
        path.unlink(missing_ok=True)
        raise as_problem(error, path) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _json(desk: Desk, connection: Connection, stream: IO[bytes], now: datetime) -> int:
    export = Export(desk, connection)
    about = {
        "register": desk.name,
        "made_at": now.isoformat(timespec="seconds"),
        "made_by": desk.user.login,
    }
    text = TextIOWrapper(stream, encoding="utf-8", newline="\n")
    write_json(export, text, about)
    text.detach()
    return export.count


def _xlsx(desk: Desk, connection: Connection, stream: IO[bytes], _now: datetime) -> int:
    export = Export(desk, connection)
    write_xlsx(export, stream)
    return export.count


def _ics(desk: Desk, _connection: Connection, stream: IO[bytes], now: datetime) -> int:
    found = [each for each in agenda(desk, now) if each.due is not None]
    appointments = [
        Appointment(
            f"{each.record_id}-{crc32(each.what.template.encode()):08x}",
            f"{each.number}: {formats.text(each.what)}",
            each.due,
        )
        for each in found
        if each.due is not None
    ]
    stream.write(calendar(appointments, now).encode())
    return len(appointments)


WRITERS: Mapping[str, Callable[[Desk, Connection, IO[bytes], datetime], int]] = {
    ".json": _json,
    ".xlsx": _xlsx,
    ".ics": _ics,
}
