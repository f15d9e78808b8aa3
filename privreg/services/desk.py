"""One opened register with the person at the desk: making, opening and closing it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID, uuid4

from privreg.errors import (
    AccessEndedError,
    CannotOpenError,
    LockedElsewhereError,
    NotAllowedError,
)
from privreg.registers import users
from privreg.registers.register_list import register_of
from privreg.registers.users import ROLES
from privreg.services.roles import SignedIn
from privreg.store import (
    backup,
    certificates,
    gate,
    identity,
    migrate,
    server_trial,
    shared_keys,
    tombstones,
    unlocking,
)
from privreg.store.attempts import Doorstep
from privreg.store.engine import postgres_engine, sqlcipher_engine
from privreg.store.folder import About, RegisterFolder
from privreg.store.folder import Kind as FolderKind
from privreg.store.gate import Saver
from privreg.store.key_change import database_key, settle
from privreg.store.key_change import server_password as password_of_server
from privreg.store.keys import KeyRing
from privreg.store.records import load_all
from privreg.store.store import Store
from privreg.store.visits import visit, who
from privreg.store.writer_lock import WriterLock
from privreg.translation import N_, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from privreg.clock import Clock
    from privreg.registers.declaration import Values
    from privreg.store.key_format import DataKey
    from privreg.store.server import ServerSettings
    from privreg.store.store import Connection, Engine

KEYS_RENEWED = N_(
    "The keys of this register were renewed on another PC; close the register, open it again "
    "and repeat this."
)
KEYS_MADE_ELSEWHERE = N_(
    "The keys of this register were made anew on another PC just now; ask there for a new password."
)
ACCESS_ENDED = N_(
    "An administrator ended your access to this register; what you typed stays on this screen, "
    "but nothing can be saved or looked up any more."
)
ROLES_CHANGED = N_(
    "An administrator changed your roles in this register just now; do this once more, "
    "if your role still allows it."
)
Done = TypeVar("Done")
ALL_ROLES = tuple(code for code, _label in ROLES)


@dataclass(slots=True)
class Desk:
    """An opened register and who opened it."""

    folder: RegisterFolder
    store: Store
    clock: Clock
    user: SignedIn
    ring: KeyRing | None
    data_key: DataKey
    lock: WriterLock | None
    opened: set[UUID] = field(default_factory=set)  # restricted items opened with a reason
    last_visit: datetime | None = None
    granted: frozenset[str] | None = None  # the roles as the register gave them

    def __post_init__(self) -> None:
        """Look in every transaction whether this user may still be here."""
        self.store.guard = self._must_still_be_in

    def _must_still_be_in(self, connection: Connection) -> None:
        """Refuse whose access was ended, or roles changed, at another desk meanwhile."""
        if self.data_key.user_id is None:
            return
        found = who(connection, self.user.id)
        if found is None or found["state"] != "active":
            raise AccessEndedError(Message(ACCESS_ENDED))
        roles = frozenset(found["roles"])
        granted, self.granted = self.granted, roles
        if granted not in (None, roles):
            self.user = replace(self.user, roles=roles)
            raise NotAllowedError(Message(ROLES_CHANGED))

    @property
    def read_only(self) -> bool:
        """Whether nothing can be saved."""
        return self.store.writer is None

    @property
    def name(self) -> str:
        """The name of the register, as its folder is called."""
        return self.folder.name

    def close(self) -> None:
        """Close the file, forget the key and give the writer's place to the next."""
        self.store.close()
        if self.lock is not None:
            self.lock.release()

    @contextmanager
    def changing_keys(self) -> Iterator[KeyRing]:
        """Give the ring as it is now, for one change of it that nobody else makes meanwhile.

        On an office server a colleague may have changed it since this desk was opened.
        """
        if self.ring is None or self.read_only:
            raise NotAllowedError(
                Message(N_("Open the register for writing first; it is now open for reading only."))
            )
        if not self.store.is_server:
            yield self.ring
            return
        with shared_keys.held(self.folder.path) as ring:
            if not ring.is_of(self.data_key):
                raise LockedElsewhereError(Message(KEYS_RENEWED))
            yield ring

    def take_keys(self, ring: KeyRing, data_key: DataKey) -> None:
        """Encrypt the register with a changed data key and open it anew.

        Raises `LockedElsewhereError` while a reader has it open; the change is then
        finished at the next opening, and the ring that was saved is the one to go on with.
        """
        ring.save(self.folder.path)
        self.ring, self.data_key = ring, data_key
        self.store.close()
        try:
            self.ring, self.data_key = settle(self.folder, ring, data_key)
        finally:
            reader, writer = _engines(self.folder, self.folder.about(), self.data_key)
            self.store = Store(reader, writer, self.clock)
            self.store.guard = self._must_still_be_in

    @contextmanager
    def saving(self) -> Iterator[Saver]:
        """Open one transaction in the user's name, for who begins anew by itself: an import."""
        with self.store.write() as connection:
            yield Saver(connection, self.user.id, self.clock.now())

    def saved(self, work: Callable[[Saver], Done]) -> Done:
        """Do something in one transaction in the user's name; see `Store.written`.

        `work` keeps nothing of its own, so that it can be done once more.
        """

        def once(connection: Connection) -> Done:
            return work(Saver(connection, self.user.id, self.clock.now()))

        return self.store.written(once)


def create_register(
    path: Path,
    controller: Values,
    *,
    login: str,
    name: str,
    password: str,
    clock: Clock,
    server: ServerSettings | None = None,
    server_password: str = "",
) -> tuple[Desk, str]:
    """Make a register with its first controller and first user; also return the recovery key.

    The first user holds every role. With `server` the records are kept on an office server,
    in a database that is still empty, and the folder holds keys and connection settings only.
    Nothing is left behind when anything fails or is stopped; but once the records stand on a
    server, the folder stays: it alone opens them.
    """
    folder = RegisterFolder.named(path)
    user_id, about = uuid4(), About(uuid4())
    if server is not None:
        folder.must_be_free()
        server_trial.try_server(server, server_password)
    with folder.making(about) as draft:
        ring, data_key, recovery_key = KeyRing.create(
            login, password, register_id=about.register_id, user_id=user_id
        )
        ring.save(draft.path)
        if server is not None:
            kept = server.with_password(server_password, data_key.key)
            about = replace(about, kind=FolderKind.SERVER, server=kept)
            draft.save_about(about)
        reader, writer = _engines(draft, about, data_key)
        store = Store(reader, writer, clock)
        try:

            def work(connection: Connection) -> None:
                if store.is_server:
                    server_trial.must_be_empty(connection)
                _first_records(connection, controller, user_id, login, name, clock)
                identity.write(connection, about.register_id)
                if server is not None and server.root_certificate:
                    certificates.remember(about.register_id, Path(server.root_certificate))

            store.written(work)
        finally:
            store.close()
    try:
        return open_desk(folder.path, login, password, clock=clock), recovery_key
    except BaseException:  # nobody has seen the recovery key
        if server is None:
            shutil.rmtree(folder.path, ignore_errors=True)
        raise


def _first_records(
    connection: Connection,
    controller: Values,
    user_id: UUID,
    login: str,
    name: str,
    clock: Clock,
) -> None:
    migrate.upgrade(connection)
    tombstones.make_key(connection)
    saver = Saver(connection, user_id, clock.now())
    user = {"id": user_id, "login": login, "name": name, "roles": list(ALL_ROLES)}
    gate.save(saver, users.REGISTER, user)
    if controller:
        gate.save(saver, register_of("controllers"), controller)


def logins(path: Path) -> tuple[str, ...]:
    """Return the names one can log in with; raises `CannotOpenError`."""
    folder = RegisterFolder.named(path)
    folder.must_be_ready()
    return KeyRing.load(folder.path).names


def open_desk(
    path: Path, login: str | None, password: str, *, clock: Clock, read_only: bool = False
) -> Desk:
    """Open a register with a password; `login` may be None where there is one user.

    Raises `CannotOpenError`, `WrongPasswordError` after a pause that grows, and
    `LockedElsewhereError` when somebody else writes in it (open it read-only then).
    """
    folder = RegisterFolder.named(path)
    ring, data_key = unlocking.with_password(folder, login, password, Doorstep(folder.path, clock))
    return open_unlocked(folder, ring, data_key, clock, read_only=read_only)


def open_with_recovery(path: Path, recovery_key: str, *, clock: Clock) -> Desk:
    """Open a register with the recovery key, read-only unless `keys.json` is whole.

    The desk is the administrator's: it can reset passwords and nothing else.
    """
    folder = RegisterFolder.named(path)
    unlocked = unlocking.with_recovery_key(folder, recovery_key, Doorstep(folder.path, clock))
    return open_unlocked(
        folder, unlocked.ring, unlocked.data_key, clock, read_only=unlocked.ring is None
    )


@contextmanager
def reading_with_recovery(
    path: Path, recovery_key: str, *, clock: Clock
) -> Iterator[tuple[list[Values], KeyRing | None]]:
    """Give the users and the ring, if that is whole, to the holder of the recovery key.

    Nothing is changed, so a register of an older program is read as it stands.
    """
    folder = RegisterFolder.named(path)
    unlocked = unlocking.with_recovery_key(folder, recovery_key, Doorstep(folder.path, clock))
    reader, _none = _engines(folder, folder.about(), unlocked.data_key, read_only=True)
    store = Store(reader, None, clock)
    try:
        with store.read() as connection:
            migrate.is_current(connection)  # refuses one of a newer program
            found = load_all(connection, users.REGISTER)
        yield found, unlocked.ring
    finally:
        store.close()


def renew_keys(path: Path, recovery_key: str, *, login: str, password: str, clock: Clock) -> Desk:
    """Make `keys.json` anew for one user, with the recovery key, and open the register.

    Raises `LockedElsewhereError` while somebody writes in it: that program would put its own
    keys back.
    """
    with reading_with_recovery(path, recovery_key, clock=clock) as (found, ring):
        user_id = _active_user(found, login)
    folder = RegisterFolder.named(path)
    with _alone(folder, recovery_key, clock):
        if (
            ring is None
            and unlocking.with_recovery_key(folder, recovery_key, Doorstep(folder.path, clock)).ring
        ):
            raise LockedElsewhereError(Message(KEYS_MADE_ELSEWHERE))
        unlocking.rebuild(folder, recovery_key, user_id=user_id, user_name=login, password=password)
    return open_desk(path, login, password, clock=clock)


@contextmanager
def _alone(folder: RegisterFolder, recovery_key: str, clock: Clock) -> Iterator[None]:
    """Hold the writer's place; on a server keep other PCs from making the keys anew."""
    about = folder.about()
    if about.kind is FolderKind.SERVER:
        unlocked = unlocking.with_recovery_key(folder, recovery_key, Doorstep(folder.path, clock))
        reader, _none = _engines(folder, about, unlocked.data_key, read_only=True)
        store = Store(reader, None, clock)
        try:
            with store.read() as connection:
                shared_keys.hold(connection, about.register_id)
                yield
        finally:
            store.close()
        return
    lock = WriterLock(folder.path, clock).take()
    try:
        yield
    finally:
        lock.release()


def _active_user(found: list[Values], login: str) -> UUID:
    for user in found:
        if user["login"].casefold() == login.casefold() and user["state"] == "active":
            user_id: UUID = user["id"]
            return user_id
    raise NotAllowedError(Message(N_("There is no user of that name in this register.")))


def open_unlocked(
    folder: RegisterFolder,
    ring: KeyRing | None,
    data_key: DataKey,
    clock: Clock,
    *,
    read_only: bool = False,
) -> Desk:
    """Open a register whose key is known; takes the writer's place unless `read_only`."""
    is_shared = folder.about().kind is FolderKind.SERVER
    read_only = read_only or (folder.inspect().is_read_only and not is_shared)
    lock = None if read_only or is_shared else WriterLock(folder.path, clock).take()
    try:
        if ring is not None and not read_only:
            ring, data_key = _settled(folder, ring, data_key, is_shared=is_shared)
        reader, writer = _engines(folder, folder.about(), data_key, read_only=read_only)
        store = Store(reader, writer, clock)
        try:
            with store.read() as connection:
                identity.must_be(connection, folder.about().register_id)
            user = _signed_in(store, data_key)
            _bring_up_to_date(store, user, lambda: backup.make(folder, data_key.key, clock.now()))
            last_visit = _visit(store, user, clock.now(), folder.about().register_id)
        except BaseException:
            store.close()
            raise
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    return Desk(folder, store, clock, user, ring, data_key, lock, last_visit=last_visit)


def open_beside(
    path: Path, data_key: DataKey, user: SignedIn, clock: Clock, *, read_only: bool
) -> Desk:
    """Open a register in a child process of the desk that holds the writer's place.

    The user may here what the roles given and those in the register both allow. Who writes
    asks the parent for the pen first. Raises `CannotOpenError` when the access has ended.
    """
    folder = RegisterFolder.named(path)
    reader, writer = _engines(folder, folder.about(), data_key, read_only=read_only)
    store = Store(reader, writer, clock)
    try:
        known = _signed_in(store, data_key)
    except BaseException:
        store.close()
        raise
    user = replace(user, roles=user.roles & known.roles)
    return Desk(folder, store, clock, user, None, data_key, None)


def _settled(
    folder: RegisterFolder, ring: KeyRing, data_key: DataKey, *, is_shared: bool
) -> tuple[KeyRing, DataKey]:
    """Finish a change of the data key that was interrupted."""
    if not is_shared:
        return settle(folder, ring, data_key)
    if data_key.coming is None:
        return ring, data_key
    with shared_keys.held(folder.path) as now:
        if now != ring:
            raise LockedElsewhereError(Message(shared_keys.BEING_CHANGED))
        return settle(folder, ring, data_key)


def _visit(store: Store, user: SignedIn, now: datetime, register_id: UUID) -> datetime | None:
    """Return when the user was last here to write; a reader leaves no trace."""
    if store.writer is None:
        return None

    def work(connection: Connection) -> datetime | None:
        identity.write(connection, register_id)
        return visit(connection, user.id, now)

    return store.written(work)


def _engines(
    folder: RegisterFolder, about: About, data_key: DataKey, *, read_only: bool = False
) -> tuple[Engine, Engine | None]:
    if about.kind is FolderKind.SERVER and about.server is not None:
        server = certificates.here(about.register_id, about.server)
        password = password_of_server(server, data_key)
        reader = postgres_engine(server, password, read_only=True)
        return reader, None if read_only else postgres_engine(server, password)
    is_changing = read_only or data_key.coming is not None
    key = database_key(folder, data_key) if is_changing else data_key.key
    reader = sqlcipher_engine(folder.database, key, read_only=True)
    return reader, None if read_only else sqlcipher_engine(folder.database, key)


def _bring_up_to_date(store: Store, user: SignedIn, back_up: Callable[[], object]) -> None:
    """Run the migrations an older register lacks, after a backup of it."""
    with store.read() as connection:
        if migrate.is_current(connection):
            return
    if store.writer is None:
        raise LockedElsewhereError(
            Message(N_("This register must be brought up to date first; open it for writing."))
        )
    if store.is_server and "administrator" not in user.roles:
        raise NotAllowedError(
            Message(
                N_("This register must be brought up to date first; only an administrator may.")
            )
        )
    if not store.is_server:
        back_up()
    store.written(migrate.upgrade)


def _signed_in(store: Store, data_key: DataKey) -> SignedIn:
    if data_key.user_id is None:
        return SignedIn(UUID(int=0), "", "", frozenset({"administrator"}))
    with store.read() as connection:
        migrate.is_current(connection)
        found = who(connection, data_key.user_id)
    if found is None or found["state"] != "active":
        raise CannotOpenError(Message(N_("This user's access has ended; ask the administrator.")))
    return SignedIn(found["id"], found["login"], found["name"], frozenset(found["roles"]))
