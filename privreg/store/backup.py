"""Backups: one file each, consistent while the register is in use, and verified by opening it.

A backup is an uncompressed ZIP file `Name 2026-04-03 1730.privreg-backup` (the time
of the office) with `register.db` encrypted as the register is, `keys.json`, `recovery.json`,
`register.json` and a `manifest.json` of sizes and SHA-256 digests. So it opens anywhere with
a password of that day or with the emergency sheet of that day, and what was destroyed or
who has left since is still in it until it expires: backups are removed at the end of their
own term. Copies made elsewhere are not, and the program says so.

Nothing decrypted ever touches the disk: while a backup is made or verified the database
lies beside it as encrypted as always.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING
from uuid import UUID

from filelock import FileLock, Timeout
from sqlcipher3 import dbapi2 as sqlcipher

from privreg import __version__
from privreg.clock import OFFICE_ZONE
from privreg.errors import CannotOpenError, LockedElsewhereError, ProblemError, reason_of
from privreg.store.engine import connect, problem_of
from privreg.store.folder import ABOUT, DATABASE, FORMAT, About, Kind, RegisterFolder
from privreg.store.key_format import BACKUPS, KEYS, RECOVERY, UNREADABLE
from privreg.store.safe_write import as_problem, settle_folder
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SUFFIX = ".privreg-backup"
MANIFEST = "manifest.json"
WORKPLACE = ".backup-in-progress"
LOCK = ".backup.lock"
KEPT_FOR = timedelta(days=35)
MADE_EVERY = timedelta(days=1)
NEWEST_STAY = 3
MOST_BYTES = 64 * 1024**3
MOST_SMALL_BYTES = 16 * 1024**2  # of every file that is not the database
CHUNK_BYTES = 1024**2
PAGES_AT_ONCE = 2_000
ENCRYPTED_BIT = 1  # of the flags of a ZIP member
MEMBERS = (DATABASE, KEYS, RECOVERY, ABOUT)
NEEDED = (DATABASE, ABOUT)

DAMAGED = N_("The backup {file} is damaged and cannot be used; take an older one.")
NOT_A_BACKUP = N_("{file} is not a backup of PrivReg.")
NEWER = N_("The backup {file} was made by a newer version of PrivReg; install that version.")
SERVER_MAKES_IT = N_(
    "The records of this register are on the office server {host}, so the server makes the "
    "backup: for instance every night with pg_dump --format=custom --file=FILE {database}. "
    "An administrator enters another address or password of it with the command privreg server."
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup on disk and what its manifest says. `made_at` is a moment in UTC.

    `entries` is how far the journal was: a count that no clock of a PC can turn back.
    """

    file: Path
    register_id: UUID
    made_at: datetime
    digests: dict[str, str]
    entries: int = 0

    def expires_at(self, kept_for: timedelta = KEPT_FOR) -> datetime:
        """Return the moment from which this backup is removed."""
        return self.made_at + kept_for


def make(
    folder: RegisterFolder,
    key: bytes,
    now: datetime,
    *,
    into: Path | None = None,
    progress: Callable[[float], None] | None = None,
) -> Backup:
    """Back the register up and verify the result by opening it; writers go on meanwhile.

    `key` opens the file now; `into` is another folder than the register's own `backups`;
    `progress` hears the part done between 0 and 1, and may raise to stop. Raises
    `ProblemError` for a register on an office server.
    """
    about = folder.about()
    if about.kind is Kind.SERVER:
        raise ProblemError(server_sentence(about))
    place = into or folder.backups
    with _workplace(place) as work:
        target = _free_name(place, folder.name, now)
        copy = work / DATABASE
        _copy_database(folder.database, copy, key, progress)
        for name in (KEYS, RECOVERY, ABOUT):
            if (folder.path / name).exists():
                shutil.copyfile(folder.path / name, work / name)
        packed = work / target.name
        _pack(work, packed, about.register_id, now, _entries(copy, key))
        copy.unlink()
        verify(packed, key)
        packed.replace(target)
        settle_folder(place)
    return read(target)


def server_sentence(about: About) -> Message:
    """Say that the office server makes the backups, and how."""
    server = about.server
    return message(
        SERVER_MAKES_IT,
        host=server.host if server else "",
        database=server.database if server else "",
    )


def _free_name(place: Path, name: str, now: datetime) -> Path:
    stem = f"{name} {now.astimezone(OFFICE_ZONE):%Y-%m-%d %H%M}"
    names = (f"{stem}{extra}{SUFFIX}" for extra in ("", *(f" ({n})" for n in range(2, 1000))))
    return next(place / each for each in names if not (place / each).exists())


@contextmanager
def _workplace(place: Path) -> Iterator[Path]:
    """Give a folder to work in, gone afterwards; what a crash left there goes first."""
    work = place / WORKPLACE
    try:
        if place.name == BACKUPS:  # a register's own; a drive that is not there is not made up
            place.mkdir(exist_ok=True)
        with FileLock(place / LOCK, timeout=0, fallback_to_soft=False):
            try:
                shutil.rmtree(work, ignore_errors=True)
                work.mkdir()
                yield work
            finally:
                shutil.rmtree(work, ignore_errors=True)
    except Timeout as error:
        raise LockedElsewhereError(
            N_("A backup is being made already; wait until it is ready.")
        ) from error
    except sqlcipher.Error as error:
        problem = problem_of(error)
        if problem is None:
            raise
        raise problem from error
    except OSError as error:
        raise as_problem(error, place / BACKUPS) from error


def _copy_database(
    source: Path, copy: Path, key: bytes, progress: Callable[[float], None] | None
) -> None:
    """Copy one unchanging state of the file: a reading transaction stays open over all pages."""
    reader = connect(source, key, read_only=True)
    try:
        writer = connect(copy, key)
        try:
            reader.execute("BEGIN").close()
            reader.execute("SELECT count(*) FROM sqlite_master").close()
            reader.backup(writer, pages=PAGES_AT_ONCE, progress=_told(progress))
            reader.execute("COMMIT").close()
            writer.execute("PRAGMA journal_mode = DELETE").close()
        finally:
            writer.close()
    finally:
        reader.close()


def _told(progress: Callable[[float], None] | None) -> Callable[[int, int, int], None] | None:
    if progress is None:
        return None
    tell = progress
    return lambda _status, left, total: tell(1 - left / total if total else 1.0)


def _entries(database: Path, key: bytes) -> int:
    """Return the number of the last entry of the journal; 0 where there is none."""
    connection = connect(database, key, read_only=True)
    try:
        tables = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'journal_head'")
        if tables.fetchone() is None:
            return 0
        head = connection.execute("SELECT seq FROM journal_head").fetchone()
        return 0 if head is None else int(head[0])
    finally:
        connection.close()


def _pack(work: Path, packed: Path, register_id: UUID, now: datetime, entries: int) -> None:
    present = [name for name in MEMBERS if (work / name).exists()]
    manifest = {
        "format": FORMAT,
        "register": str(register_id),
        "made_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "entries": entries,
        "program": __version__,
        "files": {
            name: {"bytes": (work / name).stat().st_size, "sha256": _digest_of(work / name)}
            for name in present
        },
    }
    with packed.open("xb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest, indent=2))
            for name in present:
                archive.write(work / name, name)
        stream.flush()
        os.fsync(stream.fileno())


def _digest_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read(file: Path) -> Backup:
    """Read what a backup says of itself; raises `CannotOpenError`."""
    with _opened(file) as archive:
        return _manifest(file, archive)


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            if not all(_is_plain(each) for each in archive.infolist()):
                raise CannotOpenError(message(NOT_A_BACKUP, file=file.name))
            yield archive
    except FileNotFoundError as error:
        raise CannotOpenError(
            message(N_("There is no backup {file}; choose another one."), file=str(file))
        ) from error
    except zipfile.BadZipFile as error:
        template = DAMAGED if file.suffix == SUFFIX else NOT_A_BACKUP
        raise CannotOpenError(message(template, file=file.name)) from error
    except OSError as error:
        if file.is_dir():
            raise CannotOpenError(message(NOT_A_BACKUP, file=file.name)) from error
        raise CannotOpenError(
            message(
                N_("{path} cannot be read ({reason}); check the drive and your access."),
                path=str(file),
                reason=reason_of(error),
            )
        ) from error


def _is_plain(member: zipfile.ZipInfo) -> bool:
    """Say whether a member is stored as it is, and as large as it may be."""
    is_stored = member.compress_type == zipfile.ZIP_STORED and not member.flag_bits & ENCRYPTED_BIT
    most = MOST_BYTES if member.filename == DATABASE else MOST_SMALL_BYTES
    return is_stored and member.file_size == member.compress_size <= most


def _manifest(file: Path, archive: zipfile.ZipFile) -> Backup:
    try:
        content = json.loads(archive.read(MANIFEST))
    except UNREADABLE as error:
        raise CannotOpenError(message(NOT_A_BACKUP, file=file.name)) from error
    try:
        if int(content["format"]) <= FORMAT:
            return Backup(
                file,
                UUID(content["register"]),
                datetime.fromisoformat(content["made_at"]).astimezone(UTC),
                {name: str(each["sha256"]) for name, each in content["files"].items()},
                int(content.get("entries", 0)),
            )
    except UNREADABLE as error:
        raise CannotOpenError(message(DAMAGED, file=file.name)) from error
    raise CannotOpenError(message(NEWER, file=file.name))


def verify(file: Path, key: bytes) -> Backup:
    """Prove that a backup can be restored: every byte, and that the key opens its database.

    Raises `CannotOpenError`. The encrypted database is unpacked beside the backup meanwhile.
    """
    with _beside(file) as work:
        found = _unpack(file, work)
        _must_open(work / DATABASE, key, file)
        return found


def verify_bytes(file: Path) -> Backup:
    """Prove that every byte is as it was written; whether a key opens it is not looked at."""
    with _beside(file) as work:
        return _unpack(file, work)


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """Give a folder to unpack in; a stick that may only be read is told."""
    try:
        with TemporaryDirectory(prefix=".verify-", dir=file.parent) as work:
            yield Path(work)
    except OSError as error:
        raise as_problem(error, file) from error


def _must_open(database: Path, key: bytes, file: Path) -> None:
    try:
        connection = connect(database, key, read_only=True)
        try:
            broken = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            lines = connection.execute("PRAGMA quick_check").fetchall()
        finally:
            connection.close()
    except sqlcipher.DatabaseError as error:
        raise CannotOpenError(message(DAMAGED, file=file.name)) from error
    if broken or lines != [("ok",)]:
        raise CannotOpenError(message(DAMAGED, file=file.name))


def _unpack(file: Path, into: Path) -> Backup:
    """Unpack the files that belong in a register, and no others, each checked to the byte."""
    with _opened(file) as archive:
        found = _manifest(file, archive)
        names = archive.namelist()
        wanted = [name for name in MEMBERS if name in found.digests]
        if not set(NEEDED) <= set(wanted) or not set(wanted) <= set(names):
            raise CannotOpenError(message(DAMAGED, file=file.name))
        for name in wanted:
            with archive.open(name) as packed, (into / name).open("xb") as stream:
                digest = _copied(packed, stream)
            if digest != found.digests[name]:
                raise CannotOpenError(message(DAMAGED, file=file.name))
    return found


def _copied(packed: IO[bytes], stream: IO[bytes]) -> str:
    """Copy to the disk and return the digest."""
    digest = hashlib.sha256()
    while chunk := packed.read(CHUNK_BYTES):
        digest.update(chunk)
        stream.write(chunk)
    stream.flush()
    os.fsync(stream.fileno())
    return digest.hexdigest()


def restore(file: Path, target: RegisterFolder) -> Backup:
    """Put a backup back as a register in a folder of its own, also on a new PC.

    Refuses a name that is taken. Every byte is checked; whether the key opens it shows at
    the first unlocking. What was destroyed after the backup was made must be replayed from
    the tombstones before anyone sees it: `tombstones.jsonl` is taken over from beside the
    backup, where there is one.
    """
    with _opened(file) as archive:
        found = _manifest(file, archive)
    with target.making(About(found.register_id)) as draft:
        draft.about_file.unlink()
        _unpack(file, draft.path)
        draft.about()
        beside = file.with_name(target.tombstones.name)
        if beside.is_file():
            shutil.copyfile(beside, draft.tombstones)
        if (draft.path / RECOVERY).exists():
            shutil.copyfile(draft.path / RECOVERY, draft.backups / RECOVERY)
    return found


def present(folder: RegisterFolder, *, beside: Path | None = None) -> tuple[Backup, ...]:
    """Return the readable backups of this register, the newest first."""
    place = beside or folder.backups
    register_id = folder.about().register_id
    found = (_readable(file) for file in place.glob(f"*{SUFFIX}"))
    mine = (each for each in found if each is not None and each.register_id == register_id)
    return tuple(sorted(mine, key=lambda each: each.made_at, reverse=True))


def _readable(file: Path) -> Backup | None:
    try:
        return read(file)
    except ProblemError:
        return None


def backup_due(made_at: Iterable[datetime], now: datetime, every: timedelta = MADE_EVERY) -> bool:
    """Say whether it is time for a backup; one 'made' later than now counts as none."""
    past = [moment for moment in made_at if moment <= now]
    return not past or now - max(past) >= every


def newest(made: Iterable[Backup]) -> tuple[Backup, ...]:
    """Return the backups that hold most of the journal, which stay also past their term."""
    found = sorted(made, key=lambda each: (each.entries, each.made_at), reverse=True)
    return tuple(found[:NEWEST_STAY])


def prune(
    folder: RegisterFolder, now: datetime, kept_for: timedelta = KEPT_FOR
) -> tuple[Backup, ...]:
    """Remove the backups whose term has ended, and return them; to be called after `make`.

    The `NEWEST_STAY` that hold most of the journal stay whatever the clock says: one that
    stands years ahead would otherwise remove every older backup at once.
    """
    made = present(folder)
    stay = newest(made)
    expired = tuple(each for each in made if each not in stay and each.expires_at(kept_for) <= now)
    for each in expired:
        try:
            each.file.unlink(missing_ok=True)
        except OSError as error:
            raise as_problem(error, each.file) from error
    return expired
