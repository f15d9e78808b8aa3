"""The commands that take records over from a file, and write them to one."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from privreg.cli import printing
from privreg.cli.help_pages import command
from privreg.cli.opening import (
    AsJson,
    DryRun,
    RegisterPath,
    User,
    opened,
)
from privreg.errors import EXIT_FINE, EXIT_REFUSED
from privreg.translation import N_, messages

moving = typer.Typer()

# ruff: noqa: PLC0415, TC003  (a command imports its own service; Typer reads annotations)


@command(
    moving,
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
            progress=printing.progress(),
        )
        if not dry_run:
            governing.settle(desk)
    if json:
        printing.print_json(printing.import_record(result))
    else:
        printing.print_import(result, dry_run=dry_run)
    return EXIT_REFUSED if result.rejects else EXIT_FINE


@command(
    moving,
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
