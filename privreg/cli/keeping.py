"""The commands that keep a register whole, and bring it back."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from privreg.cli import printing
from privreg.cli.help_pages import command
from privreg.cli.opening import (
    AsJson,
    RegisterPath,
    User,
    check_free,
    clock_of,
    new_password,
    opened,
    recovery_key,
)
from privreg.cli.opening import password as password_of_user
from privreg.cli.serving import (
    CERTIFICATE_HERE,
    SERVER_KEEPS,
    OtherPort,
    OtherSslMode,
    Server,
    ServerCertificate,
    ServerDatabase,
    ServerUser,
    server_of,
    server_password,
)
from privreg.errors import EXIT_DAMAGED, EXIT_FINE, UsageError
from privreg.translation import N_, Message, message

keeping = typer.Typer()

# ruff: noqa: PLC0415  (a command imports its own service: what is not used is not loaded)


@command(
    keeping,
    "check",
    N_("Check the file, the journal's chain and every record, and list what the registers lack."),
    N_("Exit code 3 when the file, the journal or a record is not as it was written."),
)
def check(
    context: typer.Context,
    register: RegisterPath,
    *,
    again: Annotated[
        bool,
        typer.Option(
            "--repair", help=N_("Work terms and search out again from the records, and check.")
        ),
    ] = False,
    json: AsJson = False,
    user: User = None,
) -> int:
    from privreg.services.check import check as check_register
    from privreg.services.check import repair

    with opened(context, register, user, write=again) as desk:
        if again:
            repair(desk)
        found = check_register(desk)
    if json:
        printing.print_json(printing.check_record(found))
    else:
        printing.print_check(found)
    return EXIT_FINE if found.is_whole else EXIT_DAMAGED


@command(
    keeping,
    "server",
    N_("Change the address or the password of the office server of a register."),
    N_(
        "What is not given stays as it was. The password of the server is asked for, or taken "
        "from PRIVREG_SERVER_PASSWORD, and tried before anything is changed. Only an "
        "administrator may do this."
    ),
    N_(
        "With --root-certificate alone it only says where this PC has the certificate of the "
        "server. Everybody may do this, without a password; each PC has its own."
    ),
)
def server(
    context: typer.Context,
    register: RegisterPath,
    *,
    host: Server = None,
    port: OtherPort = None,
    database: ServerDatabase = None,
    server_user: ServerUser = None,
    ssl_mode: OtherSslMode = None,
    root_certificate: ServerCertificate = None,
    user: User = None,
) -> None:
    from privreg.services.server_change import change_server, point_at_certificate, server_now

    others = (host, port, database, server_user, ssl_mode)
    if root_certificate is not None and all(each is None for each in others):
        point_at_certificate(register, root_certificate)
        printing.say(message(CERTIFICATE_HERE, path=str(root_certificate.absolute())))
        return
    now = server_now(register, root_certificate)
    office = server_of(
        host or now.host,
        now.port if port is None else port,
        database or now.database,
        server_user or now.user,
        ssl_mode or now.ssl_mode,
        Path(now.root_certificate) if now.root_certificate else None,
    )
    if office is not None:
        secret = password_of_user()
        change_server(register, user, secret, office, server_password(), clock=clock_of(context))
        printing.say(message(SERVER_KEEPS, host=office.host))


@command(keeping, "backup", N_("Make a backup and verify it; the register stays in use."))
def backup(
    context: typer.Context,
    register: RegisterPath,
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help=N_("The file to write; else beside the register.")
        ),
    ] = None,
    user: User = None,
) -> None:
    from privreg.services import backups

    check_free(out)
    with opened(context, register, user) as desk:
        made = backups.make(desk, into=None if out is None else out.absolute().parent).file
    if out is not None:
        made = made.replace(out)
    printing.say(
        message(N_("The backup stands in {path}; it was opened to verify it."), path=str(made))
    )


@command(
    keeping,
    "restore",
    N_("Put a backup back as a register in a new folder."),
    N_("It opens with a password or the emergency sheet of the day of the backup."),
)
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The backup."))],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=N_("Where it will stand."))],
) -> None:
    from privreg.services import backups

    restored = backups.restore(file, folder)
    printing.say(message(N_("The register stands in {path}."), path=str(restored.path)))


@command(
    keeping,
    "recover",
    N_("Give a user a new password with the recovery key."),
    N_(
        "For a forgotten password, and for keys.json that is missing or damaged: it is then made "
        "anew for this user, and an administrator gives each of the others a new password. The "
        "recovery key and the new password are asked for, or taken from PRIVREG_RECOVERY_KEY and "
        "PRIVREG_PASSWORD."
    ),
)
def recover(
    context: typer.Context,
    register: RegisterPath,
    *,
    login: Annotated[
        str | None,
        typer.Option(
            "--login",
            metavar="NAME",
            help=N_("Who gets the new password; not needed where there is one user."),
        ),
    ] = None,
) -> None:
    from privreg.services import recovering

    clock = clock_of(context)
    key = recovery_key()
    way = recovering.way_back(register, key, clock=clock)
    if login is None and len(way.holders) > 1:
        names = [each.login for each in way.holders]
        raise UsageError(
            message(
                N_("This register has several users; add --login and one of these names: {names}."),
                names=names,
            )
        )
    holder = way.holders[0] if login is None else way.holder(login)
    desk = recovering.recover(
        register, key, login=holder.login, password=new_password(), clock=clock
    )
    desk.close()
    printing.say(
        message(N_("{user} has a new password and can open the register."), user=holder.login)
    )
    if way.is_anew and len(way.holders) > 1:
        printing.say(Message(recovering.ONE_OF_MANY))
