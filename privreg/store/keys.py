"""Who can open a register: the data key, sealed to every user and to the recovery key.

The design of `keys.json`, in which nothing secret stands in clear:

- The **data key** (32 random bytes) encrypts `register.db`, or on an office server the
  password of the connection.
- Every **user** has a key pair (X25519). The private key is wrapped (AES-256-GCM) under a
  key made from the password with Argon2id; parameters and salt stand beside it. The data
  key is sealed to the public key. Login names stand in clear, so that one password costs
  one guess and not one per user.
- The **recovery key** (`privreg.store.recovery`) gives a key pair of its own, and the data
  key is sealed to it as to a user, also in the two copies of `recovery.json`.
- Because sealing needs public keys only, a **new data key** can be given to everybody who
  stays without their passwords. So ending a leaver's access, or printing a new emergency
  sheet, really changes the key: old copies of `keys.json` (in backups, say) open only what
  was encrypted before. While the file is being encrypted anew both data keys are in the
  ring, the older one first; `privreg.store.key_change` does that and finishes what a crash
  interrupted.
- The ring as a whole carries an HMAC under a key derived from its newest data key, so that
  nobody without it can slip in a public key of his own and wait for the next data key.
- Every wrapped or sealed value is bound to the version of this format, the register, and
  the user (or 'recovery'), so that none can be moved to another place.
- The **register's own key pair** is derived from the data key; its public half lets
  something be sealed for the register while it is locked.

A ring is a value: every change returns another ring, and `save` puts it on disk whole. No
previous version is kept beside it: a user removed must not live on in a copy. The way back
from a lost `keys.json` is the recovery key.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from privreg.errors import CannotOpenError, ProblemError, UsageError, WrongPasswordError
from privreg.store import key_format, recovery, sealing
from privreg.store.holder import Holder
from privreg.store.key_format import (
    FORMAT,
    KEYS,
    RECOVERY_HOLDER,
    DataKey,
    bytes_of,
    canonical,
    folded,
    read_content,
    seal_context,
    text_of,
    unsealed,
)
from privreg.store.recovery_copy import RecoveryCopy
from privreg.store.safe_write import replace_json
from privreg.store.sealing import USUAL_COST, CannotUnsealError, Cost
from privreg.translation import N_, message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WRONG_PASSWORD = N_("The name or the password is not right.")
WRONG_PASSWORD_OF_ONE = N_("The password is not right.")  # where no name was asked
KEYS_MISSING = N_(
    "The file keys.json is missing; open the register with the recovery key "
    "or put the file back from a backup."
)
KEYS_CHANGED = N_(
    "The file keys.json was changed by something other than PrivReg; "
    "put it back from a backup or open the register with the recovery key."
)
NAME_TAKEN = N_("There is a user named {name} already; choose another name.")
SAY_WHO = N_("This register has several users; say who you are.")
NAME_NEEDED = N_("A user needs a name to log in with.")
LAST_USER = N_("The last user cannot be removed: nobody could open the register any more.")


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The content of `keys.json`.

    `data_keys` holds one mapping per data key, the older first: holder to sealed key.
    """

    register_id: UUID
    users: tuple[Holder, ...]
    recovery_public_key: bytes
    data_keys: tuple[Mapping[str, bytes], ...]
    generation: int  # of the first of `data_keys`
    register_public_key: bytes = b""
    authentic: bytes = b""

    @classmethod
    def create(
        cls,
        user_name: str,
        password: str,
        *,
        register_id: UUID,
        user_id: UUID | None = None,
        cost: Cost = USUAL_COST,
    ) -> tuple[KeyRing, DataKey, str]:
        """Make a ring with one user; also return its data key and the recovery key to print."""
        user_id = user_id or uuid4()
        key = DataKey(sealing.fresh_secret(), user_id=user_id)
        text = recovery.fresh_recovery_key()
        empty = cls._empty(key, text, register_id, 1)
        ring = empty.add_user(key, user_id=user_id, name=user_name, password=password, cost=cost)
        return ring, key, text

    @classmethod
    def rebuild(
        cls,
        copy: RecoveryCopy,
        recovery_text: str,
        *,
        user_id: UUID,
        user_name: str,
        password: str,
        cost: Cost = USUAL_COST,
    ) -> tuple[KeyRing, DataKey]:
        """Make a ring anew with one user, for a register whose `keys.json` is gone.

        The recovery key stays the same; the other users are added again.
        """
        key = replace(copy.unlock(recovery_text), user_id=user_id)
        empty = cls._empty(key, recovery_text, copy.register_id, copy.generation)
        ring = empty.add_user(key, user_id=user_id, name=user_name, password=password, cost=cost)
        return ring, key

    @classmethod
    def _empty(
        cls, key: DataKey, recovery_text: str, register_id: UUID, generation: int
    ) -> KeyRing:
        public_key = sealing.public_key_of(recovery.private_key_of(recovery_text))
        keys: tuple[dict[str, bytes], ...] = tuple({} for _ in key.all_keys)
        return cls(register_id, (), public_key, keys, generation)

    @classmethod
    def load(cls, folder: Path) -> KeyRing:
        """Read the ring of a register's folder; raises `CannotOpenError`."""
        try:
            content = (folder / KEYS).read_bytes()
        except FileNotFoundError as error:
            raise CannotOpenError(KEYS_MISSING) from error
        except OSError as error:
            raise CannotOpenError(message(key_format.DAMAGED, file=KEYS)) from error
        return read_content(content, KEYS, cls._of)

    @classmethod
    def _of(cls, content: dict[str, Any]) -> KeyRing:
        ring = cls(
            register_id=UUID(content["register"]),
            users=tuple(Holder.of(each) for each in content["users"]),
            recovery_public_key=bytes_of(content["recovery_public_key"]),
            data_keys=tuple(
                {holder: bytes_of(sealed) for holder, sealed in each.items()}
                for each in content["data_keys"]
            ),
            generation=int(content["generation"]),
            register_public_key=bytes_of(content["register_public_key"]),
            authentic=bytes_of(content["authentic"]),
        )
        if not ring.users or not ring.data_keys:
            raise ValueError(content["format"])
        return ring

    def save(self, folder: Path) -> None:
        """Write `keys.json`, then the two copies of what the recovery key opens."""
        replace_json(folder / KEYS, {**self._content(), "authentic": text_of(self.authentic)})
        self.recovery_copy().save(folder)

    def recovery_copy(self) -> RecoveryCopy:
        """Return the part of the ring that the recovery key opens."""
        sealed = tuple(each[RECOVERY_HOLDER] for each in self.data_keys)
        return RecoveryCopy(self.register_id, self.generation, sealed)

    @property
    def names(self) -> tuple[str, ...]:
        """The names to log in with."""
        return tuple(user.name for user in self.users)

    def user_named(self, name: str | None) -> Holder | None:
        """Find a user whatever the capitals; None finds the only user there is."""
        if name is None:
            if len(self.users) > 1:
                raise UsageError(SAY_WHO)
            return self.users[0]
        return next((user for user in self.users if folded(user.name) == folded(name)), None)

    def unlock(self, user_name: str | None, password: str) -> DataKey:
        """Open the data key; raises `WrongPasswordError`, as slowly for a name not known."""
        user = self.user_named(user_name)
        try:
            if user is None:
                self.users[0].refuse(password)
                raise WrongPasswordError(WRONG_PASSWORD)
            private_key = user.open(self.register_id, password)
        except CannotUnsealError as error:
            wrong = WRONG_PASSWORD_OF_ONE if user_name is None else WRONG_PASSWORD
            raise WrongPasswordError(wrong) from error
        opened = DataKey.of(self._unsealed(private_key, str(user.user_id)), user.user_id)
        self._must_be_authentic(opened)
        return opened

    def is_of(self, data_key: DataKey) -> bool:
        """Say whether a holder of this data key, still the newest, wrote the ring."""
        return hmac.compare_digest(self.code(data_key), self.authentic)

    def _must_be_authentic(self, opened: DataKey) -> None:
        if not self.is_of(opened):
            raise CannotOpenError(KEYS_CHANGED)

    def _unsealed(self, private_key: bytes, holder: str) -> list[bytes]:
        try:
            sealed = [each[holder] for each in self.data_keys]
            return unsealed(private_key, sealed, self.register_id, holder, self.generation)
        except (CannotUnsealError, KeyError) as error:
            raise CannotOpenError(KEYS_CHANGED) from error

    def unlock_with_recovery(self, text: str) -> DataKey:
        """Open the data key with the recovery key as typed; a slip is told, else refused."""
        opened = self.recovery_copy().unlock(text)
        self._must_be_authentic(opened)
        return opened

    def add_user(
        self,
        data_key: DataKey,
        *,
        user_id: UUID,
        name: str,
        password: str,
        cost: Cost = USUAL_COST,
    ) -> KeyRing:
        """Give a colleague access; the name must be new to this register."""
        name = self._free_name(name, user_id)
        user = Holder.create(self.register_id, user_id, name, password, cost)
        return replace(self, users=(*self.users, user)).sealed_anew(data_key)

    def change_password(
        self, user_name: str, password: str, new_password: str, *, cost: Cost = USUAL_COST
    ) -> KeyRing:
        """Let a user choose another password; raises `WrongPasswordError` for the old one."""
        opened = self.unlock(user_name, password)
        assert opened.user_id is not None  # noqa: S101  (a password was given, not a recovery key)
        return self.reset_password(opened, opened.user_id, new_password, cost=cost)

    def reset_password(
        self, data_key: DataKey, user_id: UUID, new_password: str, *, cost: Cost = USUAL_COST
    ) -> KeyRing:
        """Give a user another password without the old one, and a new key pair with it."""
        users = tuple(
            Holder.create(self.register_id, user_id, user.name, new_password, cost)
            if user.user_id == user_id
            else user
            for user in self.users
        )
        if users == self.users:
            raise KeyError(user_id)
        return replace(self, users=users).sealed_anew(data_key)

    def rename_user(self, data_key: DataKey, user_id: UUID, name: str) -> KeyRing:
        """Give a user another name to log in with."""
        name = self._free_name(name, user_id)
        users = tuple(
            replace(user, name=name) if user.user_id == user_id else user for user in self.users
        )
        return replace(self, users=users).authenticated(data_key)

    def _free_name(self, name: str, user_id: UUID) -> str:
        name = " ".join(name.split())
        if not name:
            raise ProblemError(NAME_NEEDED)
        if any(
            user.user_id != user_id and folded(user.name) == folded(name) for user in self.users
        ):
            raise ProblemError(message(NAME_TAKEN, name=name))
        return name

    def remove_user(self, data_key: DataKey, user_id: UUID) -> tuple[KeyRing, DataKey]:
        """End a leaver's access: the others and the recovery key get a new data key as well.

        The file must then be encrypted anew: `privreg.store.key_change.settle`.
        """
        users = tuple(user for user in self.users if user.user_id != user_id)
        if len(users) == len(self.users):
            raise KeyError(user_id)
        if not users:
            raise ProblemError(LAST_USER)
        return replace(self, users=users).with_new_data_key(data_key)

    def renew_recovery(self, data_key: DataKey) -> tuple[KeyRing, DataKey, str]:
        """Make a recovery key for a new emergency sheet; saved and settled, it voids the old.

        The data key is changed too, or the old sheet and an old copy of the ring would still
        open the register.
        """
        text = recovery.fresh_recovery_key()
        public_key = sealing.public_key_of(recovery.private_key_of(text))
        ring, opened = replace(self, recovery_public_key=public_key).with_new_data_key(data_key)
        return ring, opened, text

    def with_new_data_key(self, data_key: DataKey) -> tuple[KeyRing, DataKey]:
        """Add a second data key to the ring, for everybody in it."""
        if data_key.coming is not None:
            raise ValueError(self.generation)
        opened = replace(data_key, coming=sealing.fresh_secret())
        return replace(self, data_keys=(*self.data_keys, {})).sealed_anew(opened), opened

    def with_newest_only(self, data_key: DataKey) -> tuple[KeyRing, DataKey]:
        """Drop the older data key, once the file is encrypted with the newer one."""
        opened = replace(data_key, key=data_key.newest, coming=None)
        ring = replace(self, data_keys=self.data_keys[-1:], generation=self.newest_generation)
        return ring.authenticated(opened), opened

    @property
    def newest_generation(self) -> int:
        """Which data key since the register was made is the newest, counted from 1."""
        return self.generation + len(self.data_keys) - 1

    def sealed_anew(self, data_key: DataKey) -> KeyRing:
        """Seal the data key to everybody anew."""
        holders = {str(user.user_id): user.public_key for user in self.users}
        holders[RECOVERY_HOLDER] = self.recovery_public_key
        keys = tuple(
            {
                holder: sealing.seal(
                    public_key, key, seal_context(self.register_id, holder, number)
                )
                for holder, public_key in holders.items()
            }
            for number, key in enumerate(data_key.all_keys, start=self.generation)
        )
        return replace(self, data_keys=keys).authenticated(data_key)

    def authenticated(self, data_key: DataKey) -> KeyRing:
        """Put the code that only a holder of the data key can make on the ring as it is now."""
        public_key = sealing.public_key_of(register_private_key(data_key.newest))
        ring = replace(self, register_public_key=public_key)
        return replace(ring, authentic=ring.code(data_key))

    def code(self, data_key: DataKey) -> bytes:
        """Return the HMAC-SHA-256 of everything that is written, under the newest data key."""
        secret = sealing.derived(data_key.newest, "privreg keys.json 1")
        return hmac.digest(secret, canonical(self._content()), "sha256")

    def _content(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "register": str(self.register_id),
            "register_public_key": text_of(self.register_public_key),
            "recovery_public_key": text_of(self.recovery_public_key),
            "generation": self.generation,
            "data_keys": [
                {holder: text_of(sealed) for holder, sealed in each.items()}
                for each in self.data_keys
            ],
            "users": [user.content() for user in self.users],
        }


def register_private_key(data_key: bytes) -> bytes:
    """Derive the register's own private key, for what was sealed while it was locked."""
    return sealing.derived(data_key, "privreg register key pair 1")
