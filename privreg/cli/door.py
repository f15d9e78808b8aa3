"""Runs one command: its language, its exit code, and every problem told in one sentence."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from io import TextIOWrapper
from typing import TYPE_CHECKING

import typer

from privreg import crash, formats, settings
from privreg.cli.commands import app
from privreg.clock import Clock, SystemClock
from privreg.errors import EXIT_FINE, EXIT_REFUSED, ProblemError, UsageError, reason_of
from privreg.translation import LANGUAGES, N_, AnyOf, Message, _, message, use_language

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAM = "privreg"
EXIT_BUG = 70  # as sysexits.h has it; a crash report was written
EXIT_STOPPED = 130
OUTPUT_FAILS = frozenset({errno.ENOSPC, errno.EIO, errno.EDQUOT})


def run(argv: Sequence[str], *, clock: Clock | None = None) -> int:
    """Run one command and return its exit code.

    0 fine, 1 something is late or refused, 2 wrong use, 3 damaged or cannot be opened; 70
    is a bug of the program, 130 stopped by the user.
    """
    _speak_utf8()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # tidied up as after Ctrl+C
    clock = clock or SystemClock()
    try:
        return _run(_choose_language(argv), clock)
    except ProblemError as problem:
        typer.echo(formats.text(problem.problem), err=True)
        return problem.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return EXIT_STOPPED
    except BrokenPipeError:  # the reader has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FINE
    except OSError as error:
        return _tell_output(error) if error.errno in OUTPUT_FAILS else _tell_bug(error, clock)
    except Exception as bug:  # noqa: BLE001  (the outermost door: a bug becomes a crash report)
        return _tell_bug(bug, clock)


def _tell_output(error: OSError) -> int:
    sentence = message(
        N_("What the command said could not be written: {reason}."), reason=reason_of(error)
    )
    typer.echo(formats.text(sentence), err=True)
    return EXIT_REFUSED


def _run(words: list[str], clock: Clock) -> int:
    command = typer.main.get_command(app)
    try:
        code = command.main(words, prog_name=PROGRAM, standalone_mode=False, obj=clock)
    except typer.TyperException as error:
        raise UsageError(_misused(error)) from error
    return int(code or EXIT_FINE)


def _speak_utf8() -> None:
    """Write UTF-8 where the output is no screen: machine-readable means the same everywhere."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="replace")
    if isinstance(sys.stdin, TextIOWrapper) and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def _choose_language(argv: Sequence[str]) -> list[str]:
    """Take `--lang` out of the words, wherever it stands, and use that language."""
    chosen = settings.Settings.load()["language"]
    words: list[str] = []
    rest = iter(argv)
    for word in rest:
        if word == "--lang":
            chosen = next(rest, "")
        elif word.startswith("--lang="):
            chosen = word.removeprefix("--lang=")
        else:
            words.append(word)
    if chosen not in LANGUAGES:
        raise UsageError(
            message(N_("--lang takes one of {languages}."), languages=AnyOf(LANGUAGES))
        )
    use_language(chosen)
    return words


def _tell_bug(bug: Exception, clock: Clock) -> int:
    path = crash.keep(bug, clock.now())
    if path is None:
        typer.echo(_("The program made a mistake; what was saved before is safe."), err=True)
        typer.echo(crash.report_of(bug), err=True)
        return EXIT_BUG
    sentence = message(
        N_(
            "The program made a mistake; what was saved before is safe. "
            "A report without personal data stands in {path}."
        ),
        path=str(path),
    )
    typer.echo(formats.text(sentence), err=True)
    return EXIT_BUG


def _misused(error: typer.TyperException) -> Message:
    """Say in one sentence, in the language in use, what the parser did not understand."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        option = getattr(error, "option_name", "")
        return message(N_("There is no option {option}; --help lists them."), option=option)
    if kind == "MissingParameter":
        return message(N_("{name} is missing; --help shows what to write."), name=_name(error))
    if kind == "BadOptionUsage":
        option = getattr(error, "option_name", "")
        return message(N_("'{option}' needs a value."), option=option)
    if kind == "BadParameter":
        return message(
            N_("This is no value for {name}; --help shows what to write."), name=_name(error)
        )
    return message(N_("There is a word too many or too few; --help shows what to write."))


def _name(error: typer.TyperException) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    first: str = parameter.opts[0]
    return first if first.startswith("-") else str(parameter.metavar or first.upper())
