"""The commands, each a thin door to one service."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from privreg import __version__, formats
from privreg.cli import printing
from privreg.cli.help_pages import Command, Commands, ReportCommand
from privreg.cli.opening import (
    PASSWORD_VARIABLE,
    AsJson,
    AtDay,
    AtMoment,
    DryRun,
    RegisterPath,
    User,
    asked,
    asked_day,
    check_free,
    clock_of,
    day_of,
    moment_of,
    opened,
    recovery_key,
)
from privreg.cli.opening import password as password_of_user
from privreg.cli.serving import (
    CERTIFICATE_HERE,
    DEFAULT_PORT,
    SERVER_KEEPS,
    USUAL_SSL_MODE,
    OtherPort,
    OtherSslMode,
    Server,
    ServerCertificate,
    ServerDatabase,
    ServerPort,
    ServerSslMode,
    ServerUser,
    server_of,
    server_password,
)
from privreg.clock import today
from privreg.errors import EXIT_DAMAGED, EXIT_FINE, EXIT_REFUSED, ProblemError, UsageError
from privreg.translation import N_, Message, _, language, message, messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from privreg.services.desk import Desk


F = TypeVar("F", bound="Callable[..., Any]")
PDF = ".pdf"

# ruff: noqa: PLC0415  (each command imports its own service: what is not used is not loaded)

app = typer.Typer(
    cls=Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    subcommand_metavar="COMMAND …",
    options_metavar="[--lang nl|en]",
    help=N_(
        "PrivReg keeps the privacy registers of a business and runs the clocks the law sets. "
        "Without a command, or with a register only, it opens its window; the commands below "
        "need no screen."
    ),
    epilog="\n\n".join(
        [
            N_(
                "Exit codes: 0 fine, 1 something is late or refused, 2 wrong use, 3 damaged or "
                "cannot be opened. Errors go to standard error as one sentence."
            ),
            N_(
                "Dates are written as 2026-12-31, moments as 2026-12-31T17:30. The password is "
                "asked for, or taken from PRIVREG_PASSWORD. --lang nl or --lang en chooses the "
                "language and may stand anywhere."
            ),
        ]
    ),
)


def _command(name: str, *paragraphs: str, cls: type[Command] = Command) -> Callable[[F], F]:
    """Register a command with its marked help; the first paragraph also stands in the list."""
    return app.command(
        name,
        cls=cls,
        short_help=paragraphs[0],
        help="\n\n".join(paragraphs),
        options_metavar="[…]",
        rich_help_panel=None,
        context_settings={"allow_interspersed_args": name != "term"},
    )


@app.callback(invoke_without_command=True)
def _program(
    context: typer.Context,
    *,
    version: Annotated[
        bool, typer.Option("--version", help=N_("Print the version of the program."))
    ] = False,
) -> None:
    if version:
        typer.echo(f"PrivReg {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


@_command(
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
        progress=_progress(),
    )
    printing.say(
        message(
            N_("The example stands in {path}; log in as {user} with password {password}."),
            path=str(made),
            user=USER,
            password=PASSWORD,
        )
    )


@_command(
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
            "--user", metavar="NAME", envvar="PRIVREG_USER", help=N_("The name you log in with.")
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
    password = _new_password()
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


def _new_password() -> str:
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given
    first = asked(_("New password"), hidden=True)
    if asked(_("The same password once more"), hidden=True) != first:
        raise UsageError(Message(N_("The two passwords are not the same; try again.")))
    return first


@_command(
    "agenda",
    N_("Show every running clock, the most urgent first."),
    N_("Exit code 1 when something is late."),
)
def agenda(
    context: typer.Context,
    register: RegisterPath,
    *,
    at: AtMoment = None,
    json: AsJson = False,
    user: User = None,
) -> int:
    from privreg.services.lines import agenda_lines

    moment = moment_of(at, clock_of(context))
    with opened(context, register, user) as desk:
        lines = agenda_lines(desk, moment)
    if json:
        printing.print_array(printing.record(each, printing.AGENDA_KEYS) for each in lines)
    else:
        printing.print_agenda(lines)
    return EXIT_REFUSED if any(each.is_late for each in lines) else EXIT_FINE


@_command(
    "due",
    N_("Show the items whose retention period is over, with the reasons."),
    N_("Exit code 1 when something should have gone before that day."),
)
def due(
    context: typer.Context,
    register: RegisterPath,
    *,
    at: AtDay = None,
    json: AsJson = False,
    user: User = None,
) -> int:
    from privreg.services.lines import due_lines

    day = day_of(at, clock_of(context))
    with opened(context, register, user) as desk:
        lines = printing.Watched(due_lines(desk, day))
        if json:
            printing.print_array(printing.record(each) for each in lines)
        else:
            printing.print_due(lines)
    return EXIT_REFUSED if lines.earliest is not None and lines.earliest < day else EXIT_FINE


@_command(
    "dispose",
    N_("Show what would be destroyed; destroying itself is not in this version."),
    N_("With a day later than today only a dry run is possible."),
)
def dispose(
    context: typer.Context,
    register: RegisterPath,
    *,
    at: AtDay = None,
    dry_run: DryRun = False,
    user: User = None,
) -> int:
    from privreg.services.lines import due_lines

    clock = clock_of(context)
    day = day_of(at, clock)
    if day > today(clock) and not dry_run:
        raise ProblemError(
            Message(N_("A day that still has to come can only be tried: add --dry-run."))
        )
    with opened(context, register, user) as desk:
        printing.print_due(printing.Watched(due_lines(desk, day)))
    if dry_run:
        printing.say(Message(N_("Nothing was destroyed: this was a dry run.")))
        return EXIT_FINE
    raise ProblemError(
        Message(
            N_("Nothing was destroyed: this version shows what is due, but cannot destroy it yet.")
        )
    )


@_command(
    "report",
    N_("Print a report as a PDF file."),
    N_(
        "A report of one record (activity, breach, request, customer, statement) needs --record, "
        "with the number of that record."
    ),
    N_(
        "A log (breaches, requests, journal) can be limited to a period with --from and --to, "
        "both days included; dates may also be written as 31-12-2026 or '3 apr 2026'."
    ),
    N_(
        "An earlier report of this program is replaced; any other file is left alone, unless "
        "--replace says to write over it."
    ),
    cls=ReportCommand,
)
def report(
    context: typer.Context,
    register: RegisterPath,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=N_("Which report; see below."))],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE.pdf", help=N_("The file to write."))],
    record: Annotated[
        str | None,
        typer.Option("--record", metavar="NUMBER", help=N_("The record, such as DL-2026-0001.")),
    ] = None,
    first: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DAY", help=N_("Of a log: from this day on, such as 2026-01-01.")
        ),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option("--to", metavar="DAY", help=N_("Of a log: through this day.")),
    ] = None,
    at: AtMoment = None,
    replace: Annotated[
        bool, typer.Option("--replace", help=N_("Write over the file if it is there already."))
    ] = False,
    user: User = None,
) -> None:
    from privreg.services.paper import is_report
    from privreg.services.reports import kind_of, print_report

    kind_of(kind)
    check_free(out, suffix=PDF, or_replaced=replace or is_report(out))
    clock = clock_of(context)
    moment = moment_of(at, clock)
    period = asked_day(first, clock), asked_day(last, clock)
    with opened(context, register, user, write=True, or_read=True) as desk:
        print_report(desk, kind, out, record=record, at=moment, language=language(), period=period)
    printing.say(message(N_("The report stands in {path}."), path=str(out)))


@_command(
    "import",
    N_("Take records over from a CSV, Excel or JSON file."),
    N_(
        "The columns are recognised by the labels of the form, in Dutch or English, or by a "
        'MAP.toml with lines such as [columns] "Klantnr" = "number". A customer whose number '
        "is there already is changed instead of added."
    ),
    N_(
        "A new record that names no controller gets the only one there is; with several "
        "controllers every customer must name one. A retention rule without one is for all."
    ),
    N_(
        "Lines that cannot be taken over are listed with the reason; exit code 1 when there are "
        "any. --all-or-nothing then takes over nothing at all."
    ),
)
def import_(
    context: typer.Context,
    register: RegisterPath,
    file: Annotated[
        Path, typer.Argument(metavar="FILE.csv|xlsx|json", help=N_("The file to read."))
    ],
    *,
    into: Annotated[
        str,
        typer.Option(
            "--into",
            metavar="customers|items|events|consents|activities|parties|rules",
            help=N_("Which register the lines belong to."),
        ),
    ],
    mapping: Annotated[
        Path | None,
        typer.Option("--map", metavar="MAP.toml", help=N_("Which column is which field.")),
    ] = None,
    dry_run: DryRun = False,
    all_or_nothing: Annotated[
        bool,
        typer.Option("--all-or-nothing", help=N_("Take over nothing when one line is wrong.")),
    ] = False,
    json: AsJson = False,
    user: User = None,
) -> int:
    from privreg.services import governing
    from privreg.services.transfer import import_file

    with opened(context, register, user, write=not dry_run) as desk:
        result = import_file(
            desk,
            into,
            file,
            mapping=mapping,
            dry_run=dry_run,
            all_or_nothing=all_or_nothing,
            progress=_progress(),
        )
        if not dry_run:
            governing.settle(desk)
    if json:
        printing.print_json(printing.import_record(result))
    else:
        printing.print_import(result, dry_run=dry_run)
    return EXIT_REFUSED if result.rejects else EXIT_FINE


@_command(
    "export",
    N_("Write all you may see to a JSON or Excel file."),
    N_("Only a privacy coordinator exports; the journal says who did and when."),
)
def export(
    context: typer.Context,
    register: RegisterPath,
    *,
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE.json|xlsx", help=N_("The file to write."))
    ],
    user: User = None,
) -> None:
    from privreg.services.transfer import export_file

    with opened(context, register, user, write=True) as desk:
        count = export_file(desk, out)
    printing.say(
        messages(
            N_("{count} record stands in {path}, not encrypted: keep that file safe."),
            N_("{count} records stand in {path}, not encrypted: keep that file safe."),
            count,
            path=str(out),
        )
    )


@_command(
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


@_command(
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


@_command("backup", N_("Make a backup and verify it; the register stays in use."))
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


@_command(
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


@_command(
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
        register, key, login=holder.login, password=_new_password(), clock=clock
    )
    desk.close()
    printing.say(
        message(N_("{user} has a new password and can open the register."), user=holder.login)
    )
    if way.is_anew and len(way.holders) > 1:
        printing.say(Message(recovering.ONE_OF_MANY))


@_command(
    "term",
    N_("Reckon a term without a register, as one JSON object."),
    N_(
        "keep START PERIOD [--book-year-end MM-DD]: until when data are kept. "
        "breach AWARE_AT: when a breach must be reported. "
        "request RECEIVED_ON [--extended] [--promised P4W]: when a request must be answered."
    ),
    N_(
        "With - it reads one case per line from standard input, and answers each on a line; exit "
        "code 1 when one of them could not be reckoned."
    ),
)
def term(
    words: Annotated[
        list[str],
        typer.Argument(metavar="keep|breach|request|- …", help=N_("The case, as above.")),
    ],
) -> int:
    from privreg.services.terms import term_case, words_of

    if words != ["-"]:
        printing.print_json(term_case(words))
        return EXIT_FINE
    code = EXIT_FINE
    for line in sys.stdin:
        try:
            printing.print_json(term_case(words_of(line)))
        except ProblemError as problem:
            printing.print_json(printing.error_record(problem))
            code = EXIT_REFUSED
    return code


def _progress() -> Callable[[int, int], None] | None:
    """Return what tells how far it is, on a screen only."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, total: int) -> None:
        typer.echo(f"\r{formats.percent(done / total if total else 1)} ", nl=False, err=True)

    return tell
