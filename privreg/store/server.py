"""The settings of an office server, which never let anything cross the network in clear."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import ipaddress
from dataclasses import dataclass, replace
from typing import Any

from privreg.errors import CannotOpenError, ProblemError
from privreg.store import sealing
from privreg.store.key_format import bytes_of, canonical, text_of
from privreg.translation import N_, message

DEFAULT_PORT = 5432
ENCRYPTED = ("verify-full", "verify-ca", "require")
USUAL = "verify-full"
LOCAL_ONLY = ("disable", "allow", "prefer")
SSL_MODES = (*ENCRYPTED, *LOCAL_ONLY)
ON_EACH_PC = "on each PC"


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Where the office server is; the password stands in it only encrypted by the data key.

    `host` is a name, an address, or the folder of a local socket. `root_certificate` is the
    file, on this PC, of the authority that signed the server's certificate; empty means the
    system's. It is not written: `certificate` is, which says that every PC needs one. A register
    of an earlier version has the path itself there, and that is where the file is looked for.
    """

    host: str
    database: str
    user: str
    port: int = DEFAULT_PORT
    ssl_mode: str = USUAL
    root_certificate: str = ""
    certificate: str = ""
    sealed_password: str = ""

    @property
    def needs_certificate(self) -> bool:
        """Say whether the server is known by a certificate that every PC must have."""
        return bool(self.certificate)

    @property
    def is_local(self) -> bool:
        """Say whether the connection stays on this machine."""
        if self.host in {"", "localhost"} or self.host.startswith(("/", "@")):
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def must_be_safe(self) -> None:
        """Raise `ProblemError` where passwords and records would cross the network in clear."""
        if self.ssl_mode not in SSL_MODES:
            raise ProblemError(
                message(
                    N_("{mode} is not a way to encrypt the connection; choose verify-full."),
                    mode=self.ssl_mode,
                )
            )
        if not self.is_local and self.ssl_mode not in ENCRYPTED:
            raise ProblemError(
                message(
                    N_(
                        "The connection to {host} would not be encrypted; "
                        "choose verify-full, or require where the server has no certificate."
                    ),
                    host=self.host,
                )
            )

    def with_password(self, password: str, data_key: bytes) -> ServerSettings:
        """Keep the password of the connection, encrypted by the register's data key."""
        named = self.certificate or (ON_EACH_PC if self.root_certificate else "")
        bound = replace(self, certificate=named)
        sealed = sealing.wrap(_key(data_key), password.encode(), bound.context)
        return replace(bound, sealed_password=text_of(sealed))

    def password(self, data_key: bytes) -> str | None:
        """Return the password that was kept, or None; raises `CannotOpenError`."""
        if not self.sealed_password:
            return None
        try:
            sealed = bytes_of(self.sealed_password)
            return sealing.unwrap(_key(data_key), sealed, self.context).decode()
        except (sealing.CannotUnsealError, ValueError) as error:
            raise CannotOpenError(
                N_(
                    "The settings of the office server were changed by something other than "
                    "PrivReg; ask the administrator to enter them again."
                )
            ) from error

    @property
    def context(self) -> bytes:
        """Bind the password to where it is sent, so that it is sent nowhere else."""
        where = [self.host, self.port, self.database, self.user, self.ssl_mode]
        return canonical(["privreg server", *where, self.certificate])

    def content(self) -> dict[str, Any]:
        """Return what is written."""
        return {
            "host": self.host,
            "port": self.port,
            "database": self.database,
            "user": self.user,
            "ssl_mode": self.ssl_mode,
            "certificate": self.certificate,
            "sealed_password": self.sealed_password,
        }

    @classmethod
    def of(cls, content: dict[str, Any]) -> ServerSettings:
        """Read what was written; raises `ValueError`, `KeyError` or `TypeError`."""
        certificate = str(content.get("certificate", content.get("root_certificate", "")))
        return cls(
            host=str(content["host"]),
            database=str(content["database"]),
            user=str(content["user"]),
            port=int(content["port"]),
            ssl_mode=str(content["ssl_mode"]),
            root_certificate="" if certificate == ON_EACH_PC else certificate,
            certificate=certificate,
            sealed_password=str(content.get("sealed_password", "")),
        )


def _key(data_key: bytes) -> bytes:
    return sealing.derived(data_key, "privreg server password 1")
