"""Backups: made by hand and by schedule, pruned by their term, restored elsewhere."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from privreg.errors import CannotOpenError, NotAllowedError
from privreg.services.roles import Right, may
from privreg.store import backup, register_settings
from privreg.store.backup import Backup
from privreg.store.folder import RegisterFolder
from privreg.translation import N_, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from privreg.services.desk import Desk
    from privreg.settings import Setting

    Told = Callable[[float], None] | None

__all__ = [
    "Backup",
    "Told",
    "are_made_here",
    "change_settings",
    "made_by_server",
    "make",
    "make_when_due",
    "may_make",
    "present",
    "restore",
    "setting_specs",
    "settings",
    "verify",
]


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
    with desk.store.write() as connection:
        register_settings.write(connection, values)


def make(desk: Desk, *, into: Path | None = None, progress: Told = None) -> Backup:
    """Make and verify a backup now; the register stays in use meanwhile."""
    return backup.make(
        desk.folder, desk.data_key.key, desk.clock.now(), into=into, progress=progress
    )


def make_when_due(desk: Desk) -> Backup | None:
    """Make the scheduled backup when its time has come, and remove those past their term."""
    if desk.read_only or not are_made_here(desk):
        return None
    chosen = settings(desk)
    made = backup.present(desk.folder)
    every = timedelta(days=int(chosen["backup_every_days"]))
    if not backup.backup_due((each.made_at for each in made), desk.clock.now(), every):
        return None
    fresh = make(desk)
    backup.prune(desk.folder, desk.clock.now(), timedelta(days=int(chosen["backup_kept_days"])))
    return fresh


def are_made_here(desk: Desk) -> bool:
    """Say whether PrivReg makes the backups; on an office server the server does."""
    return not desk.store.is_server


def made_by_server(desk: Desk) -> Message | None:
    """Return what to say where the office server makes the backups; None where PrivReg does."""
    return None if are_made_here(desk) else backup.server_sentence(desk.folder.about())


def present(desk: Desk) -> tuple[Backup, ...]:
    """Return the backups beside the register, the newest first."""
    return backup.present(desk.folder)


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
