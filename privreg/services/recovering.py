"""Back into a register with the recovery key: a user gets a new password and opens it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg.errors import CannotOpenError, NotAllowedError
from privreg.services import users
from privreg.services.desk import (
    open_desk,
    open_with_recovery,
    reading_with_recovery,
    renew_keys,
)
from privreg.store import journal
from privreg.store.folder import RegisterFolder
from privreg.store.journal import Change
from privreg.store.keys import KeyRing
from privreg.store.recovery_copy import RecoveryCopy
from privreg.translation import N_, Message

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from privreg.clock import Clock
    from privreg.services.desk import Desk

ONE_OF_MANY = N_(
    "The keys of this register are made anew. Your colleagues can open it again once an "
    "administrator has given each of them a new password, under Settings, Users."
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who may be given a new password."""

    user_id: UUID
    login: str
    name: str
    is_administrator: bool


@dataclass(frozen=True, slots=True)
class WayBack:
    """What the recovery key can do: for whom, administrators first.

    Where `is_anew`, `keys.json` is missing or damaged and will be made anew for one user; the
    others are given a new password afterwards.
    """

    holders: tuple[Holder, ...]
    is_anew: bool

    def holder(self, login: str) -> Holder:
        """Find somebody whatever the capitals; raises `NotAllowedError`."""
        for each in self.holders:
            if each.login.casefold() == login.strip().casefold():
                return each
        raise NotAllowedError(Message(N_("There is no user of that name in this register.")))


def is_needed(path: Path) -> bool:
    """Say whether no password can open this register any more, but the recovery key may."""
    folder = RegisterFolder.named(path)
    try:
        folder.must_be_known()
        RecoveryCopy.load(folder.path)
    except CannotOpenError:
        return False
    try:
        KeyRing.load(folder.path)
    except CannotOpenError:
        return True
    return False


def way_back(path: Path, recovery_key: str, *, clock: Clock) -> WayBack:
    """Read who may be given a new password; nothing is changed.

    Raises `ProblemError` for a recovery key that is mistyped or not of this register.
    """
    with reading_with_recovery(path, recovery_key, clock=clock) as (found, ring):
        active = [
            Holder(each["id"], each["login"], each["name"], "administrator" in each["roles"])
            for each in found
            if each["state"] == "active"
        ]
    active.sort(key=lambda each: (not each.is_administrator, each.login.casefold()))
    return WayBack(tuple(active), ring is None)


def recover(path: Path, recovery_key: str, *, login: str, password: str, clock: Clock) -> Desk:
    """Give a user a new password with the recovery key and open the register as that user.

    Where `keys.json` is missing or damaged it is made anew for this user alone. The journal
    says that it was done. Raises `InvalidRecordError` for a password that will not do and
    `LockedElsewhereError` while somebody writes in the register.
    """
    found = way_back(path, recovery_key, clock=clock)
    holder = found.holder(login)
    users.check_password(password, holder.login, holder.name)
    if found.is_anew:
        desk = renew_keys(path, recovery_key, login=holder.login, password=password, clock=clock)
    else:
        _reset(path, recovery_key, holder, password, clock)
        desk = open_desk(path, holder.login, password, clock=clock)
    try:
        _write_down(desk)
    except BaseException:
        desk.close()
        raise
    return desk


def _reset(path: Path, recovery_key: str, holder: Holder, password: str, clock: Clock) -> None:
    with_key = open_with_recovery(path, recovery_key, clock=clock)
    try:
        users.reset_password(with_key, holder.user_id, password)
    finally:
        with_key.close()


def _write_down(desk: Desk) -> None:
    change = Change(action="recover", slug="users", record_id=desk.user.id)
    desk.saved(lambda saver: journal.append(saver.connection, saver.now, saver.user_id, [change]))
