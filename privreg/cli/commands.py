"""The program on the command line: its commands by subject, each a thin door to one service."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import Annotated

import typer

from privreg import __version__
from privreg.cli.help_pages import Commands
from privreg.cli.keeping import keeping
from privreg.cli.making import making
from privreg.cli.moving import moving
from privreg.cli.reckoning import reckoning
from privreg.cli.showing import showing
from privreg.translation import N_

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
for subject in (making, showing, moving, keeping, reckoning):  # as the help lists them
    app.add_typer(subject)


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
