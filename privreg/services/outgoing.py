"""An export from register to file, in one view of the records: what each kind of file holds."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from io import TextIOWrapper
from typing import IO, TYPE_CHECKING
from zlib import crc32

from privreg import formats
from privreg.errors import UsageError
from privreg.exchange.calendar_files import Appointment, calendar
from privreg.services.agenda import agenda
from privreg.services.exporting import Export, write_json, write_xlsx
from privreg.services.roles import Right, must
from privreg.store.safe_write import as_problem
from privreg.translation import N_, AnyOf, message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from privreg.services.desk import Desk

    Reached = Callable[[int], None]


def kind_of(desk: Desk, path: Path) -> str:
    """Return the kind of file a path asks for, if this user may export.

    Raises `NotAllowedError` by role, `UsageError` for another kind of file.
    """
    must(desk.user.roles, Right.EXPORT, "activities")
    kind = path.suffix.casefold()
    if kind not in WRITERS:
        raise UsageError(
            message(N_("Give the file a name that ends in one of {kinds}."), kinds=AnyOf(WRITERS))
        )
    return kind


def written(desk: Desk, path: Path, reached: Reached) -> int:
    """Fill a file that stands there empty, in this process; return how many records.

    `reached` hears how many so far, and raises what should end it.
    """
    kind = kind_of(desk, path)
    try:
        with path.open("r+b") as stream:
            return WRITERS[kind](desk, stream, desk.clock.now(), reached)
    except OSError as error:
        raise as_problem(error, path) from error


def _json(desk: Desk, stream: IO[bytes], now: datetime, reached: Reached) -> int:
    about = {
        "register": desk.name,
        "made_at": now.isoformat(timespec="seconds"),
        "made_by": desk.user.login,
    }
    with desk.store.read() as connection:
        export = Export(desk, connection, reached)
        text = TextIOWrapper(stream, encoding="utf-8", newline="\n")
        write_json(export, text, about)
        text.detach()
    return export.count


def _xlsx(desk: Desk, stream: IO[bytes], _now: datetime, reached: Reached) -> int:
    with desk.store.read() as connection:
        export = Export(desk, connection, reached)
        write_xlsx(export, stream)
    return export.count


def _ics(desk: Desk, stream: IO[bytes], now: datetime, reached: Reached) -> int:
    found = [each for each in agenda(desk, now) if each.due is not None]
    reached(0)
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


WRITERS: Mapping[str, Callable[[Desk, IO[bytes], datetime, Reached], int]] = {
    ".json": _json,
    ".xlsx": _xlsx,
    ".ics": _ics,
}
