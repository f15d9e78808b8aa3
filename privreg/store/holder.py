"""One user of a key ring: a login name and a key pair whose private half is under the password."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from privreg.store import sealing
from privreg.store.key_format import FORMAT, bytes_of, canonical, password_bytes, text_of
from privreg.store.sealing import CannotUnsealError, Cost

MOST = Cost(passes=64, memory_kib=1024 * 1024, lanes=64)


@dataclass(frozen=True, slots=True)
class Holder:
    """A user of the ring; `private_key` is wrapped under the password."""

    user_id: UUID
    name: str
    cost: Cost
    salt: bytes
    public_key: bytes
    private_key: bytes = field(repr=False)

    @classmethod
    def create(
        cls, register_id: UUID, user_id: UUID, name: str, password: str, cost: Cost
    ) -> Holder:
        """Make a key pair for a user and wrap its private half under the password."""
        private_key = sealing.fresh_secret()
        salt = sealing.fresh_secret()[: sealing.SALT_BYTES]
        user = cls(user_id, name, cost, salt, sealing.public_key_of(private_key), b"")
        wrapping = sealing.stretched(password_bytes(password), salt, cost)
        return replace(
            user, private_key=sealing.wrap(wrapping, private_key, user.context(register_id))
        )

    def open(self, register_id: UUID, password: str) -> bytes:
        """Return the private key; raises `CannotUnsealError`."""
        wrapping = sealing.stretched(password_bytes(password), self.salt, self.cost)
        return sealing.unwrap(wrapping, self.private_key, self.context(register_id))

    def refuse(self, password: str) -> bytes:
        """Take as long as `open` takes, for a name that nobody has; raises `CannotUnsealError`."""
        salt = hashlib.sha256(self.salt).digest()[: sealing.SALT_BYTES]
        sealing.stretched(password_bytes(password), salt, self.cost)
        raise CannotUnsealError

    def context(self, register_id: UUID) -> bytes:
        """Bind the private key to register, user, cost and public key."""
        cost = [self.cost.passes, self.cost.memory_kib, self.cost.lanes]
        who = [str(register_id), str(self.user_id), text_of(self.public_key)]
        return canonical(["privreg private key", FORMAT, *who, *cost])

    def content(self) -> dict[str, Any]:
        """Return what is written."""
        return {
            "id": str(self.user_id),
            "name": self.name,
            "argon2id": {
                "passes": self.cost.passes,
                "memory_kib": self.cost.memory_kib,
                "lanes": self.cost.lanes,
                "salt": text_of(self.salt),
            },
            "public_key": text_of(self.public_key),
            "private_key": text_of(self.private_key),
        }

    @classmethod
    def of(cls, content: dict[str, Any]) -> Holder:
        """Read what was written; raises `ValueError` for a cost no version of this program asks."""
        cost_read = content["argon2id"]
        cost = Cost(int(cost_read["passes"]), int(cost_read["memory_kib"]), int(cost_read["lanes"]))
        if not (
            1 <= cost.passes <= MOST.passes
            and 1 <= cost.lanes <= MOST.lanes
            and cost.lanes * 8 <= cost.memory_kib <= MOST.memory_kib
        ):
            raise ValueError(cost)
        return cls(
            user_id=UUID(content["id"]),
            name=str(content["name"]),
            cost=cost,
            salt=bytes_of(cost_read["salt"]),
            public_key=bytes_of(content["public_key"]),
            private_key=bytes_of(content["private_key"]),
        )
