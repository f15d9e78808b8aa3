"""What outlives destroyed data: a keyed hash of the customer code, to know it when it returns.

The key is random and lies in the register itself, so it is encrypted as everything else, is
in every backup, and stays the same when the data key is changed for a leaver. Without it
nobody can try customer codes against the hashes beside the backups.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

import sqlalchemy as sa

from privreg.registers.disposals import Tombstone
from privreg.store.sealing import fresh_secret
from privreg.store.tables import Setting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

KEY = "tombstone_key"
_SETTINGS: sa.Table = Setting.__table__  # type: ignore[attr-defined]
_TOMBSTONES: sa.Table = Tombstone.__table__  # type: ignore[attr-defined]


def make_key(connection: sa.Connection) -> bytes:
    """Return the key, made at the first call: when the register is made."""
    found = key(connection)
    if found is None:
        found = fresh_secret()
        connection.execute(sa.insert(_SETTINGS).values(name=KEY, value=found.hex()))
    return found


def key(connection: sa.Connection) -> bytes | None:
    """Return the key; None in a register that never had one, and so no tombstones either."""
    written = connection.execute(sa.select(_SETTINGS.c.value).where(_SETTINGS.c.name == KEY))
    found = written.scalar()
    return None if found is None else bytes.fromhex(found)


def code_hash(secret: bytes, controller_id: UUID, code: str) -> str:
    """Hash a customer code of one controller; capitals and blanks around it do not matter."""
    about = f"{controller_id}:{code.strip().casefold()}"
    return hmac.digest(secret, about.encode(), "sha256").hex()


def known(
    connection: sa.Connection, codes: Iterable[tuple[UUID, str]]
) -> frozenset[tuple[UUID, str]]:
    """Return which of these (controller, code) were destroyed before."""
    secret = key(connection)
    if secret is None:
        return frozenset()
    hashes = {code_hash(secret, *each): each for each in codes}
    column = _TOMBSTONES.c.code_hash
    found = connection.execute(sa.select(column).where(column.in_(list(hashes)))).scalars()
    return frozenset(hashes[each] for each in found)
