"""The commands that make a register: an example, or an empty one."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privreg.cli import printing
from privreg.cli.help_pages import command
from privreg.cli.opening import (
    PDF,
    USER_VARIABLE,
    asked,
    check_free,
    clock_of,
    new_password,
)
from privreg.cli.serving import (
    DEFAULT_PORT,
    SERVER_KEEPS,
    USUAL_SSL_MODE,
    Server,
    ServerCertificate,
    ServerDatabase,
    ServerPort,
    ServerSslMode,
    ServerUser,
    server_of,
    server_password,
)
from privreg.translation import N_, _, message

if TYPE_CHECKING:
    from privreg.services.desk import Desk

making = typer.Typer()

# ruff: noqa: PLC0415, TC003  (a command imports its own service; Typer reads annotations)


@command(
    making,
    "demo",
    N_("Make an example register with invented data."),
    N_("Log in as user demo with password demo."),
)
def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=N_("Where it will stand."))],
    *,
    example: Annotated[
        str,
        typer.Option(
            "--example",
            metavar="1box|clientbox|iv|connox|koffiemax",
            help=N_("Which business: storage, software, training, web shop or coffee."),
        ),
    ],
    customers: Annotated[
        int,
        typer.Option(
            "--customers",
            metavar="N",
            help=N_("How many invented customers: 200, or to a million."),
        ),
    ] = 200,
    seed: Annotated[
        int,
        typer.Option("--seed", metavar="N", help=N_("The same number invents the same people.")),
    ] = 1,
) -> None:
    from privreg.services.examples import PASSWORD, USER, make_example

    made = make_example(
        folder,
        example,
        customers=customers,
        seed=seed,
        clock=clock_of(context),
        progress=printing.progress(),
    )
    printing.say(
        message(
            N_("The example stands in {path}; log in as {user} with password {password}."),
            path=str(made),
            user=USER,
            password=PASSWORD,
        )
    )


@command(
    making,
    "new",
    N_("Make an empty register for an organisation."),
    N_(
        "Prints the recovery key once: write it down and keep it apart. With --sheet it stands "
        "on an emergency sheet instead, a PDF to print and then remove. What is not given as an "
        "option is asked for."
    ),
    N_(
        "With --server the records are kept in an empty PostgreSQL database, whose password is "
        "asked for or taken from PRIVREG_SERVER_PASSWORD. Put the folder on a share: other PCs "
        "open it there. Encryption on the server's disk and backups are then the server's."
    ),
)
def new(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=N_("Where it will stand."))],
    *,
    organisation: Annotated[
        str | None,
        typer.Option("--organisation", metavar="NAME", help=N_("The controller's name.")),
    ] = None,
    user: Annotated[
        str | None,
        typer.Option(
            "--user", metavar="NAME", envvar=USER_VARIABLE, help=N_("The name you log in with.")
        ),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help=N_("Your name in full."))
    ] = None,
    sheet: Annotated[
        Path | None,
        typer.Option(
            "--sheet", metavar="FILE.pdf", help=N_("Write the emergency sheet to this file.")
        ),
    ] = None,
    server: Server = None,
    port: ServerPort = DEFAULT_PORT,
    database: ServerDatabase = None,
    server_user: ServerUser = None,
    ssl_mode: ServerSslMode = USUAL_SSL_MODE,
    root_certificate: ServerCertificate = None,
) -> None:
    from privreg.services.desk import create_register
    from privreg.services.users import check_password

    office = server_of(server, port, database, server_user, ssl_mode, root_certificate)
    check_free(sheet, suffix=PDF)
    organisation = organisation or asked(_("Name of the organisation"))
    user = user or asked(_("Name to log in with"))
    password = new_password()
    check_password(password, user, name or "", organisation)
    server_secret = "" if office is None else server_password()
    desk, printed_key = create_register(
        folder,
        {"name": organisation},
        login=user,
        name=name or user,
        password=password,
        clock=clock_of(context),
        server=office,
        server_password=server_secret,
    )
    printing.say(message(N_("The register stands in {path}."), path=str(desk.folder.path)))
    if office is not None:
        printing.say(message(SERVER_KEEPS, host=office.host))
    try:
        _tell_key(desk, printed_key, sheet)
    finally:
        desk.close()


def _tell_key(desk: Desk, key: str, sheet: Path | None) -> None:
    """Put the recovery key on its sheet, or else on the screen: it is told once."""
    from privreg.services import paper

    if sheet is None:
        _say_key(key)
        return
    try:
        paper.write_sheet(desk, key, sheet)
    except BaseException:  # also Ctrl+C: nobody could ever tell it again
        _say_key(key)
        raise
    printing.say(
        message(
            N_(
                "The emergency sheet with the recovery key stands in {path}: print it, keep it "
                "apart, and remove that file."
            ),
            path=str(sheet),
        )
    )


def _say_key(key: str) -> None:
    printing.say(
        message(
            N_(
                "Recovery key: {key}. It opens the register when a password is lost, "
                "and is shown only this once."
            ),
            key=key,
        )
    )
