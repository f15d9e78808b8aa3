"""What several commands share: their arguments, opening the register, moments and days."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from datetime import date, datetime, time
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privreg import formats
from privreg.clock import Clock, today
from privreg.errors import LockedElsewhereError, ProblemError, UsageError
from privreg.reading import ReadingError, WhichMomentError, placed, read_day, read_moment
from privreg.translation import N_, Message, _, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.services.desk import Desk

PASSWORD_VARIABLE = "PRIVREG_PASSWORD"  # noqa: S105  (a name, no password)
RECOVERY_KEY_VARIABLE = "PRIVREG_RECOVERY_KEY"
USER_VARIABLE = "PRIVREG_USER"
PDF = ".pdf"

RegisterPath = Annotated[
    Path,
    typer.Argument(metavar="REGISTER", help=N_("The folder of the register, Name.privreg.")),
]
User = Annotated[
    str | None,
    typer.Option(
        "--user",
        metavar="NAME",
        envvar=USER_VARIABLE,
        help=N_("Who you are, or PRIVREG_USER; not needed where there is one user."),
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help=N_("Print JSON, for programs to read."))]
AtMoment = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="MOMENT",
        help=N_("Evaluate today's records as of this moment, such as 2026-12-31T17:30."),
    ),
]
AtDay = Annotated[
    str | None,
    typer.Option("--at", metavar="DAY", help=N_("As of this day, such as 2026-12-31.")),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=N_("Only show what would happen; nothing changes."))
]


def clock_of(context: typer.Context) -> Clock:
    """Return the clock this run goes by."""
    clock: Clock = context.obj
    return clock


@contextmanager
def opened(
    context: typer.Context,
    register: Path,
    user: str | None,
    *,
    write: bool = False,
    or_read: bool = False,
) -> Iterator[Desk]:
    """Open a register for one command; reading works while somebody else writes in it.

    With `or_read` it is opened for writing where that can be, and else for reading.
    """
    from privreg.services.desk import logins, open_desk  # noqa: PLC0415  (slow, not for `term`)

    if user is None and len(logins(register)) > 1:
        raise UsageError(message(N_("This register has several users; add --user and your name.")))
    secret, clock = password(), clock_of(context)
    try:
        desk = open_desk(register, user, secret, clock=clock, read_only=not write)
    except LockedElsewhereError:
        if not or_read:
            raise
        desk = open_desk(register, user, secret, clock=clock, read_only=True)
    try:
        yield desk
    finally:
        desk.close()


def password() -> str:
    """Return the password: from the environment, or asked for without showing it."""
    given = os.environ.get(PASSWORD_VARIABLE)
    return asked(_("Password"), hidden=True) if given is None else given


def new_password() -> str:
    """Return a password to set: from the environment, or asked for twice."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given
    first = asked(_("New password"), hidden=True)
    if asked(_("The same password once more"), hidden=True) != first:
        raise UsageError(Message(N_("The two passwords are not the same; try again.")))
    return first


def recovery_key() -> str:
    """Return the recovery key: from the environment, or as it is typed from the sheet."""
    given = os.environ.get(RECOVERY_KEY_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise UsageError(
            Message(
                N_("Give the recovery key in PRIVREG_RECOVERY_KEY, or start this at a terminal.")
            )
        )
    return asked(_("Recovery key"))


def asked(question: str, *, hidden: bool = False) -> str:
    """Ask at the terminal; raises `UsageError` where there is nobody to ask."""
    if not sys.stdin.isatty():
        raise UsageError(
            Message(
                N_(
                    "There is no terminal to ask at; give every option, "
                    "and the password in PRIVREG_PASSWORD."
                )
            )
        )
    if hidden:
        return getpass(f"{question}: ", sys.stderr)
    return str(typer.prompt(question, err=True))


def moment_of(text: str | None, clock: Clock) -> datetime | None:
    """Read `--at` as a moment; a day alone means its beginning."""
    if text is None:
        return None
    try:
        if ":" not in text:
            return placed(datetime.combine(read_day(text, today(clock)), time()))
        return read_moment(text, clock.now())
    except WhichMomentError as error:
        raise UsageError(_which(error)) from error
    except ReadingError as error:
        raise UsageError(error.problem) from error


def _which(error: WhichMomentError) -> Message:
    return message(
        N_("The clock changes in that hour; write {earlier} or {later}."),
        earlier=formats.local(error.earlier).isoformat(timespec="minutes"),
        later=formats.local(error.later).isoformat(timespec="minutes"),
    )


def day_of(text: str | None, clock: Clock) -> date:
    """Read `--at` as a day; today where it is not given."""
    return asked_day(text, clock) or today(clock)


def asked_day(text: str | None, clock: Clock) -> date | None:
    """Read a day as a person writes it; None where it is not given."""
    if text is None:
        return None
    try:
        return read_day(text, today(clock))
    except ReadingError as error:
        raise UsageError(error.problem) from error


def check_free(out: Path | None, *, suffix: str = "", or_replaced: bool = False) -> None:
    """Refuse a place where a file to be written cannot or may not stand.

    `suffix` is the ending its name must have. What stands there already is kept unless it is
    `or_replaced`, or empty. Raises `UsageError` and `ProblemError`.
    """
    if out is None:
        return
    if suffix and out.suffix.casefold() != suffix:
        raise UsageError(message(N_("Give the file a name that ends in {suffix}."), suffix=suffix))
    if not or_replaced and _holds_something(out):
        raise ProblemError(
            message(N_("{path} exists already; choose another name."), path=str(out))
        )
    if not out.absolute().parent.is_dir():
        raise ProblemError(
            message(
                N_("There is no folder {folder}; make it, or choose another place."),
                folder=str(out.absolute().parent),
            )
        )


def _holds_something(path: Path) -> bool:
    return path.exists() and (not path.is_file() or path.stat().st_size > 0)
