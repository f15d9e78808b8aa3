"""Backups: made by hand and by schedule, pruned by their term, restored elsewhere."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from privreg.clock import day_of
from privreg.errors import CannotOpenError, NotAllowedError
from privreg.services.roles import Right, may
from privreg.store import backup, journal, register_settings
from privreg.store.backup import Backup
from privreg.store.folder import RegisterFolder
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from privreg.services.desk import Desk
    from privreg.settings import Setting

    Told = Callable[[float], None] | None

CLOCKS_DIFFER_BY = timedelta(hours=1)
UNSEEN_FOR = timedelta(days=30)
CLOCK_IS_BEHIND = N_(
    "The clock of this PC is behind: something was entered in this register at {moment}. "
    "Set the clock right before you go on."
)
CLOCK_MAY_BE_AHEAD = N_(
    "Nothing was done in this register since {moment}. If that is not so, the clock of this PC "
    "is ahead: set it right. No backup is removed until something is entered again."
)

STAYS_PAST_TERM = N_(
    "The backup {file} is past its term since {since} and stays as one of the newest; it still "
    "holds what was in the register at {made}."
)
GOES_AT_THE_NEXT = N_(
    "The backup {file} is past its term since {since}, and the program removes it as it makes the "
    "next; until then it holds what was in the register at {made}."
)

__all__ = [
    "Backup",
    "PastTerm",
    "Told",
    "are_made_here",
    "change_settings",
    "clock_doubt",
    "made_by_server",
    "make",
    "make_when_due",
    "may_make",
    "past_term",
    "present",
    "restore",
    "setting_specs",
    "settings",
    "verify",
]


@dataclass(frozen=True, slots=True)
class PastTerm:
    """A backup that is still there after its term: since which day, and whether it stays.

    Whoever destroys data must reckon with it: a copy made before still holds them.
    """

    backup: Backup
    since: date
    stays: bool

    @property
    def said(self) -> Message:
        """Say it in one sentence."""
        return message(
            STAYS_PAST_TERM if self.stays else GOES_AT_THE_NEXT,
            file=self.backup.file.name,
            since=self.since,
            made=self.backup.made_at,
        )


def setting_specs(desk: Desk) -> tuple[Setting, ...]:
    """Return the settings this register has, as declared; a server makes its own backups."""
    return tuple(
        each
        for each in register_settings.SETTINGS
        if are_made_here(desk) or each.name not in register_settings.OF_BACKUPS
    )


def settings(desk: Desk) -> dict[str, str | int]:
    """Return the settings of this register."""
    with desk.store.read() as connection:
        return register_settings.read(connection)


def change_settings(desk: Desk, values: Mapping[str, Any]) -> None:
    """Change settings of this register; raises `InvalidRecordError`."""
    if "administrator" not in desk.user.roles:
        raise NotAllowedError(Message(N_("Only an administrator may do this.")))
    desk.store.written(lambda connection: register_settings.write(connection, values))


def make(desk: Desk, *, into: Path | None = None, progress: Told = None) -> Backup:
    """Make and verify a backup now; the register stays in use meanwhile.

    Raises `NotAllowedError` for who may write in no register.
    """
    if are_made_here(desk) and not may_make(desk):
        raise NotAllowedError(
            Message(N_("Your role makes no backups; ask the privacy coordinator or administrator."))
        )
    return _made(desk, into, progress)


def _made(desk: Desk, into: Path | None = None, progress: Told = None) -> Backup:
    return backup.make(
        desk.folder, desk.data_key.key, desk.clock.now(), into=into, progress=progress
    )


def make_when_due(desk: Desk) -> Backup | None:
    """Make the scheduled backup when its time has come, and remove those past their term.

    The program does this by itself, whoever is at the desk. Nothing is removed on the word of
    a clock that `clock_doubt` doubts.
    """
    if desk.read_only or not are_made_here(desk):
        return None
    chosen = settings(desk)
    made = backup.present(desk.folder)
    every = timedelta(days=int(chosen["backup_every_days"]))
    if not backup.backup_due((each.made_at for each in made), desk.clock.now(), every):
        return None
    doubt = clock_doubt(desk)
    fresh = _made(desk)
    if doubt is None:
        kept_for = timedelta(days=int(chosen["backup_kept_days"]))
        backup.prune(desk.folder, desk.clock.now(), kept_for)
    return fresh


def clock_doubt(desk: Desk) -> Message | None:
    """Say why the clock of this PC may be wrong; None where it agrees with the register."""
    now = desk.clock.now()
    with desk.store.read() as connection:
        last = journal.last_moment(connection)
    if last is None:
        return None
    if last > now + CLOCKS_DIFFER_BY:
        return message(CLOCK_IS_BEHIND, moment=last)
    seen = max(last, desk.last_visit or last)
    return message(CLOCK_MAY_BE_AHEAD, moment=seen) if now - seen > UNSEEN_FOR else None


def are_made_here(desk: Desk) -> bool:
    """Say whether PrivReg makes the backups; on an office server the server does."""
    return not desk.store.is_server


def made_by_server(desk: Desk) -> Message | None:
    """Return what to say where the office server makes the backups; None where PrivReg does."""
    return None if are_made_here(desk) else backup.server_sentence(desk.folder.about())


def present(desk: Desk) -> tuple[Backup, ...]:
    """Return the backups beside the register, the newest first."""
    return backup.present(desk.folder)


def past_term(desk: Desk) -> tuple[PastTerm, ...]:
    """Return the backups beside the register that are past their term, the newest first."""
    if not are_made_here(desk):
        return ()
    kept_for = timedelta(days=int(settings(desk)["backup_kept_days"]))
    made = present(desk)
    stay, now = backup.newest(made), desk.clock.now()
    ended = ((each, each.expires_at(kept_for)) for each in made)
    return tuple(
        PastTerm(each, day_of(ends_at), each in stay) for each, ends_at in ended if ends_at <= now
    )


def verify(desk: Desk, file: Path) -> bool:
    """Prove that a backup can be restored; raises `CannotOpenError` when it is damaged.

    False when every byte is right but it does not open with the key of today: it was made
    before somebody's access ended, and opens with a password or the emergency sheet of then.
    """
    try:
        backup.verify(file, desk.data_key.key)
    except CannotOpenError:
        backup.verify_bytes(file)
        return False
    return True


def restore(file: Path, path: Path) -> RegisterFolder:
    """Put a backup back as a register of its own; raises `ProblemError` where the name is taken."""
    folder = RegisterFolder.named(path)
    backup.restore(file, folder)
    return folder


def may_make(desk: Desk) -> bool:
    """Say whether this user may make backups: who may write in any register."""
    if not are_made_here(desk):
        return False
    return "administrator" in desk.user.roles or may(desk.user.roles, Right.EDIT, "breaches")
