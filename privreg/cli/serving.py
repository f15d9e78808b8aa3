"""The options of an office server, and its settings from them."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privreg.cli.opening import asked
from privreg.errors import InvalidRecordError, UsageError
from privreg.translation import N_, Message, _

if TYPE_CHECKING:
    from privreg.services.office_server import ServerSettings

SERVER_PASSWORD_VARIABLE = "PRIVREG_SERVER_PASSWORD"  # noqa: S105  (a name, no password)
DEFAULT_PORT = 5432
USUAL_SSL_MODE = "verify-full"
SERVER_KEEPS = N_(
    "The records are on the server {host}: its disk must be encrypted and backed up there, "
    "PrivReg does neither."
)
CERTIFICATE_HERE = N_("This PC knows the office server by the certificate in {path} from now on.")

_PORT = typer.Option("--port", metavar="N", help=N_("The server's port; usually 5432."))
_SSL_MODE = typer.Option(
    "--ssl-mode",
    metavar="verify-full|verify-ca|require",
    help=N_("How the connection is encrypted; verify-full also proves who the server is."),
)

Server = Annotated[
    str | None,
    typer.Option(
        "--server", metavar="HOST", help=N_("Keep the records on this PostgreSQL server.")
    ),
]
ServerPort = Annotated[int, _PORT]
OtherPort = Annotated[int | None, _PORT]
ServerDatabase = Annotated[
    str | None,
    typer.Option("--database", metavar="NAME", help=N_("An empty database on the server.")),
]
ServerUser = Annotated[
    str | None,
    typer.Option(
        "--server-user", metavar="NAME", help=N_("The database's user, who owns the database.")
    ),
]
ServerSslMode = Annotated[str, _SSL_MODE]
OtherSslMode = Annotated[str | None, _SSL_MODE]
ServerCertificate = Annotated[
    Path | None,
    typer.Option(
        "--root-certificate",
        metavar="FILE",
        help=N_("Who signed the server's certificate: the file on this PC."),
    ),
]


def server_of(
    host: str | None,
    port: int,
    database: str | None,
    user: str | None,
    ssl_mode: str,
    root_certificate: Path | None,
) -> ServerSettings | None:
    """Return the settings of the server, or None where none is named; raises `UsageError`."""
    if host is None:
        if database or user or root_certificate:
            raise UsageError(Message(N_("Name the server too: add --server.")))
        return None
    from privreg.services.office_server import particulars  # noqa: PLC0415  (slow, seldom needed)

    try:
        settings = particulars(
            host,
            database or "",
            user or "",
            port=port,
            ssl_mode=ssl_mode,
            root_certificate=str(root_certificate.absolute()) if root_certificate else "",
        )
    except InvalidRecordError as error:
        if any(each.field == "port" for each in error.problems):
            raise UsageError(error.problem) from error
        raise UsageError(
            Message(N_("A server needs --server, --database and --server-user."))
        ) from error
    settings.must_be_safe()
    return settings


def server_password() -> str:
    """Return the password of the server: from the environment, or asked for unseen."""
    given = os.environ.get(SERVER_PASSWORD_VARIABLE)
    return asked(_("Password of the server"), hidden=True) if given is None else given
