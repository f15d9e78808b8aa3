"""Another address or password of the office server, entered by an administrator."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from privreg.errors import NotAllowedError, ProblemError
from privreg.registers import users
from privreg.store import certificates, identity, shared_keys, unlocking
from privreg.store.attempts import Doorstep
from privreg.store.engine import SERVER_LACKS, postgres_engine
from privreg.store.folder import RegisterFolder
from privreg.store.records import load
from privreg.store.server_trial import try_certificate
from privreg.store.store import Store
from privreg.translation import N_, Message

if TYPE_CHECKING:
    from uuid import UUID

    from privreg.clock import Clock
    from privreg.registers.declaration import Values
    from privreg.store.key_format import DataKey
    from privreg.store.server import ServerSettings


def server_now(path: Path, root_certificate: Path | None = None) -> ServerSettings:
    """Return where the records of a register are, with its certificate on this PC or another.

    Raises `ProblemError` for one in its folder, `CertificateError` where a certificate lacks.
    """
    register_id, server = _on_a_server(RegisterFolder.named(path))
    if root_certificate is None:
        return certificates.here(register_id, server)
    return replace(server, root_certificate=str(root_certificate.absolute()))


def _on_a_server(folder: RegisterFolder) -> tuple[UUID, ServerSettings]:
    about = folder.about()
    if about.server is None:
        raise ProblemError(
            Message(N_("The records of this register are in its folder and not on a server."))
        )
    return about.register_id, about.server


def point_at_certificate(path: Path, root_certificate: Path) -> None:
    """Keep where this PC has the certificate of the office server; nobody need log in for that.

    Raises `CertificateError` and keeps what was, where the server is not known by it.
    """
    register_id, _server = _on_a_server(RegisterFolder.named(path))
    try_certificate(server_now(path, root_certificate))
    certificates.remember(register_id, root_certificate)


def change_server(
    path: Path,
    login: str | None,
    password: str,
    server: ServerSettings,
    server_password: str,
    *,
    clock: Clock,
) -> None:
    """Keep other settings of the office server, once this register is found with them.

    `login` must be an administrator there. Raises `ProblemError` and keeps what was.
    """
    folder = RegisterFolder.named(path)
    register_id, _server = _on_a_server(folder)
    doorstep = Doorstep(folder.path, clock)
    _ring, data_key = unlocking.with_password(folder, login, password, doorstep)
    reader = postgres_engine(server, server_password, read_only=True)
    user = _user_there(Store(reader, None, clock), data_key, register_id)
    if user is None or user["state"] != "active":
        raise ProblemError(Message(SERVER_LACKS))
    if "administrator" not in user["roles"]:
        raise NotAllowedError(Message(N_("Only an administrator may do this.")))
    named = replace(server, certificate="", sealed_password="")
    kept = named.with_password(server_password, data_key.newest)
    with shared_keys.held(folder.path):
        folder.save_about(replace(folder.about(), server=kept))
    if server.root_certificate:
        certificates.remember(register_id, Path(server.root_certificate))


def _user_there(store: Store, data_key: DataKey, register_id: UUID) -> Values | None:
    """Return who opened the register as the server knows them; None where it is another's."""
    try:
        with store.read() as connection:
            if data_key.user_id is None:
                return None
            identity.must_be(connection, register_id)
            return load(connection, users.REGISTER, data_key.user_id)
    finally:
        store.close()
