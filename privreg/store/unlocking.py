"""The two ways into a register: a password, and the recovery key when that is all there is."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg.errors import CannotOpenError, WrongPasswordError
from privreg.store.keys import KeyRing
from privreg.store.recovery_copy import RecoveryCopy
from privreg.translation import N_

if TYPE_CHECKING:
    from uuid import UUID

    from privreg.store.attempts import Doorstep
    from privreg.store.folder import RegisterFolder
    from privreg.store.key_format import DataKey


KEYS_OF_ANOTHER = N_(
    "The file keys.json is that of another register; put back the one that belongs here, "
    "or open the register with the recovery key."
)


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An opened data key and its ring; without a ring one must be made anew with `rebuild`."""

    data_key: DataKey
    ring: KeyRing | None


def with_password(
    folder: RegisterFolder, user_name: str | None, password: str, doorstep: Doorstep
) -> tuple[KeyRing, DataKey]:
    """Unlock with a password, after what is left of the pause; raises `CannotOpenError`."""
    folder.must_be_ready()
    ring = _ring_of(folder)
    with doorstep.attempt():
        return ring, ring.unlock(user_name, password)


def _ring_of(folder: RegisterFolder) -> KeyRing:
    ring = KeyRing.load(folder.path)
    if ring.register_id != folder.about().register_id:
        raise CannotOpenError(KEYS_OF_ANOTHER)
    return ring


def with_recovery_key(folder: RegisterFolder, text: str, doorstep: Doorstep) -> Unlocked:
    """Unlock with the recovery key, also where `keys.json` is gone, damaged or not ours."""
    folder.must_be_known()
    with doorstep.attempt():
        try:
            ring = _ring_of(folder)
            return Unlocked(ring.unlock_with_recovery(text), ring)
        except WrongPasswordError:
            raise
        except CannotOpenError:
            return Unlocked(RecoveryCopy.load(folder.path).unlock(text), None)


def rebuild(
    folder: RegisterFolder, text: str, *, user_id: UUID, user_name: str, password: str
) -> tuple[KeyRing, DataKey]:
    """Write `keys.json` anew with one user, from the recovery key; the others are added again."""
    copy = RecoveryCopy.load(folder.path)
    ring, data_key = KeyRing.rebuild(
        copy, text, user_id=user_id, user_name=user_name, password=password
    )
    ring.save(folder.path)
    return ring, data_key
