"""The command that reckons a term without a register."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import sys
from typing import Annotated

import typer

from privreg.cli import printing
from privreg.cli.help_pages import command
from privreg.errors import EXIT_FINE, EXIT_REFUSED, ProblemError
from privreg.translation import N_

reckoning = typer.Typer()

# ruff: noqa: PLC0415  (a command imports its own service: what is not used is not loaded)


@command(
    reckoning,
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
    options_anywhere=False,
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
