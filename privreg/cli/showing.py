"""The commands that show and print what is in a register."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from privreg.cli import printing
from privreg.cli.help_pages import ReportCommand, command
from privreg.cli.opening import (
    PDF,
    AsJson,
    AtDay,
    AtMoment,
    DryRun,
    RegisterPath,
    User,
    asked_day,
    check_free,
    clock_of,
    day_of,
    moment_of,
    opened,
)
from privreg.clock import today
from privreg.errors import EXIT_FINE, EXIT_REFUSED, ProblemError
from privreg.translation import N_, Message, language, message

showing = typer.Typer()

# ruff: noqa: PLC0415, TC003  (a command imports its own service; Typer reads annotations)


@command(
    showing,
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


@command(
    showing,
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


@command(
    showing,
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


@command(
    showing,
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
