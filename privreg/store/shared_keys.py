"""The keys of a register that several PCs share: changed by one at a time, from what is there.

A register on an office server has no single writer, so each change of `keys.json` starts
from the file as it is now and holds `keys.lock` meanwhile: nobody's new colleague is lost.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
from filelock import FileLock, Timeout

from privreg.errors import LockedElsewhereError
from privreg.store.keys import KeyRing
from privreg.store.safe_write import as_problem
from privreg.translation import N_, Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

LOCK = "keys.lock"
WAIT_FOR = timedelta(seconds=10)
BEING_CHANGED = N_("Somebody else is changing users or passwords now; try again in a moment.")


def hold(connection: sa.Connection, register_id: UUID) -> None:
    """Keep other PCs from making the keys anew until this transaction ends.

    The server itself keeps them apart, where the file that `held` locks may lie on a share
    that locks nothing. Raises `LockedElsewhereError` when another PC is at it.
    """
    taken = sa.select(sa.func.pg_try_advisory_xact_lock(register_id.int % 2**63))
    if not connection.execute(taken).scalar():
        raise LockedElsewhereError(Message(BEING_CHANGED))


@contextmanager
def held(folder: Path) -> Iterator[KeyRing]:
    """Give the ring as it now is, and keep others from changing it until the block ends.

    Raises `LockedElsewhereError` when somebody else is still changing it, and `ReadOnlyError`
    in a folder where this user may only read.
    """
    lock = FileLock(
        folder / LOCK,
        timeout=WAIT_FOR.total_seconds(),
        thread_local=False,
        fallback_to_soft=False,
        preserve_lock_file=True,
    )
    try:
        lock.acquire()
    except Timeout as error:
        raise LockedElsewhereError(Message(BEING_CHANGED)) from error
    except OSError as error:
        raise as_problem(error, folder / LOCK) from error
    try:
        yield KeyRing.load(folder)
    finally:
        lock.release()
