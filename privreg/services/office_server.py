"""The office server as a person makes it known: its particulars checked, then tried."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from privreg.errors import FieldProblem, InvalidRecordError
from privreg.store.server import DEFAULT_PORT, ENCRYPTED, LOCAL_ONLY, SSL_MODES, USUAL
from privreg.store.server import ServerSettings as ServerSettings  # noqa: PLC0414  (for the doors)
from privreg.store.server_trial import try_server
from privreg.translation import N_, Message

__all__ = [
    "DEFAULT_PORT",
    "ENCRYPTED",
    "LOCAL_ONLY",
    "SSL_MODES",
    "USUAL",
    "ServerSettings",
    "particulars",
    "try_server",
]

HIGHEST_PORT = 65_535


def particulars(
    host: str,
    database: str,
    user: str,
    *,
    port: str | int = DEFAULT_PORT,
    ssl_mode: str = USUAL,
    root_certificate: str = "",
) -> ServerSettings:
    """Return the settings of a server from what was typed.

    Raises `InvalidRecordError` that names the fields `host`, `database`, `user` and `port`.
    """
    typed = {"host": host, "database": database, "user": user}
    missing = Message(N_("This must be filled in."))
    problems = [FieldProblem(name, missing) for name, value in typed.items() if not value.strip()]
    number = int(port) if str(port).strip().isdecimal() else 0
    if not 1 <= number <= HIGHEST_PORT:
        wrong = Message(N_("A port is a number between 1 and 65535; it is usually 5432."))
        problems.append(FieldProblem("port", wrong))
    if problems:
        raise InvalidRecordError(problems)
    return ServerSettings(
        host.strip(), database.strip(), user.strip(), number, ssl_mode, root_certificate.strip()
    )
