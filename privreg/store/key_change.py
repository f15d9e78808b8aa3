"""Encrypts a register with its new data key, and finishes what a crash interrupted.

The encrypted file is copied page by page to a file beside it, the copy is encrypted with
the new key and checked, and takes the place of the old one in one step. Until that step
the ring holds both keys, so at every moment one of them opens the file.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as sqlcipher

from privreg.errors import CannotOpenError, LockedElsewhereError, ProblemError
from privreg.store.engine import DAMAGED, connect, opens, problem_of
from privreg.store.folder import Kind
from privreg.store.safe_write import as_problem, settle_folder
from privreg.translation import N_

if TYPE_CHECKING:
    from pathlib import Path

    from privreg.store.folder import RegisterFolder
    from privreg.store.key_format import DataKey
    from privreg.store.keys import KeyRing
    from privreg.store.server import ServerSettings

OPEN_ELSEWHERE = N_(
    "The register is still open in another window, so its key cannot be changed; "
    "close the other windows and try again."
)


def settle(folder: RegisterFolder, ring: KeyRing, data_key: DataKey) -> tuple[KeyRing, DataKey]:
    """Bring file and ring to the newest data key; nothing happens where they are there already.

    To be called by who holds the writer lock, after unlocking and after every change of
    the data key, while no engine has the file open. The ring with both keys is saved first.
    Raises `LockedElsewhereError` while a reader has the file open; both keys stay until a
    later call.
    """
    if data_key.coming is None:
        if not ring.recovery_copy().is_in(folder.path):
            ring.recovery_copy().save(folder.path)
        return ring, data_key
    ring.save(folder.path)
    about = folder.about()
    if about.kind is Kind.SERVER and about.server is not None:
        server = about.server
        password = server_password(server, data_key)
        if password is not None:
            server = server.with_password(password, data_key.coming)
        folder.save_about(replace(about, server=server))
    elif not opens(folder.database, data_key.coming):
        _encrypt_anew(folder.database, data_key.key, data_key.coming)
    settled, opened = ring.with_newest_only(data_key)
    settled.save(folder.path)
    return settled, opened


def database_key(folder: RegisterFolder, data_key: DataKey) -> bytes:
    """Return the key that opens the file now, for a reader while the key is being changed."""
    for key in data_key.all_keys:
        if opens(folder.database, key):
            return key
    raise CannotOpenError(DAMAGED)


def server_password(server: ServerSettings, data_key: DataKey) -> str | None:
    """Return the password of the office server, also while the data key is being changed."""
    if data_key.coming is None:
        return server.password(data_key.key)
    try:
        return server.password(data_key.coming)
    except CannotOpenError:
        return server.password(data_key.key)


def _encrypt_anew(database: Path, key: bytes, new_key: bytes) -> None:
    fresh = database.with_name(f"{database.name}.new")
    _remove(fresh)
    try:
        _copy_alone(database, key, fresh)
        _change_key(fresh, key, new_key)
        with fresh.open("rb+") as stream:
            os.fsync(stream.fileno())
        fresh.replace(database)
        settle_folder(database.parent)
    except sqlcipher.Error as error:
        problem = problem_of(error)
        if problem is None:
            raise
        raise problem from error
    except PermissionError as error:  # Windows replaces no file that somebody has open
        raise LockedElsewhereError(OPEN_ELSEWHERE) from error
    except OSError as error:
        raise as_problem(error, fresh) from error
    finally:
        _remove(fresh)


def _copy_alone(database: Path, key: bytes, fresh: Path) -> None:
    """Copy the file while nobody else has it open; its write-ahead log is gone after this."""
    source = connect(database, key)
    try:
        source.execute("PRAGMA busy_timeout = 1000").close()
        try:
            source.execute("PRAGMA journal_mode = DELETE").close()
        except sqlcipher.OperationalError as error:
            if isinstance(problem_of(error), LockedElsewhereError):
                raise LockedElsewhereError(OPEN_ELSEWHERE) from error
            raise
        copy = connect(fresh, key)
        try:
            source.backup(copy)
        finally:
            copy.close()
    finally:
        source.close()


def _change_key(fresh: Path, key: bytes, new_key: bytes) -> None:
    connection = connect(fresh, key)
    try:
        connection.execute("PRAGMA journal_mode = DELETE").close()
        connection.execute(f"PRAGMA rekey = \"x'{new_key.hex()}'\"").close()
    finally:
        connection.close()
    connection = connect(fresh, new_key)
    try:
        if connection.execute("PRAGMA cipher_integrity_check").fetchall():
            raise ProblemError(
                N_(
                    "The register could not be encrypted anew without a mistake of the disk; "
                    "nothing was changed, check the disk."
                )
            )
        connection.execute("PRAGMA journal_mode = DELETE").close()
    finally:
        connection.close()


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)
