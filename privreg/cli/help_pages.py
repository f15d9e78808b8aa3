"""The commands as the parser knows them, with their help in the language in use."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, TypeVar

from typer.core import TyperCommand, TyperGroup

from privreg.errors import CannotOpenError, UsageError
from privreg.paths import REGISTER_SUFFIX
from privreg.translation import N_, _, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import typer

F = TypeVar("F", bound="Callable[..., Any]")

LONGEST_LINE = 96
LEFT_COLUMN = 26


class Command(TyperCommand):
    """A command whose help reads in the language in use."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """Return the whole page."""
        return help_page(self, ctx)


class ReportCommand(Command):
    """The report command, whose help names every report there is."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """Return the whole page, with the kinds of report."""
        from privreg.services.report_kinds import KINDS  # noqa: PLC0415  (for this page only)

        rows = [_row(kind.code, _(kind.title)) for kind in KINDS]
        return "\n".join([help_page(self, ctx), "", _("Kinds of report:"), *rows])


class Commands(TyperGroup):
    """The program's commands; a word that is none of them is told in one sentence."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """Return the whole page."""
        return help_page(self, ctx)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  (Typer's own signature)
        """Return the commands in the order in which they are declared."""
        return list(self.commands)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; raises `UsageError`, or `CannotOpenError` for a missing register."""
        word = args[0]
        if word in self.commands or word.startswith("-"):
            return super().resolve_command(ctx, args)
        if word.endswith(REGISTER_SUFFIX):
            raise CannotOpenError(
                message(
                    N_(
                        "There is no register at {path}; check the name, "
                        "or whether the drive is there."
                    ),
                    path=word,
                )
            )
        raise UsageError(message(N_("There is no command '{word}'; --help lists them."), word=word))


def command(
    subject: typer.Typer,
    name: str,
    *paragraphs: str,
    cls: type[Command] = Command,
    options_anywhere: bool = True,
) -> Callable[[F], F]:
    """Register a command with its marked help; the first paragraph also stands in the list.

    Without `options_anywhere` all that follows the first word is the command's own to read.
    """
    return subject.command(
        name,
        cls=cls,
        short_help=paragraphs[0],
        help="\n\n".join(paragraphs),
        options_metavar="[…]",
        rich_help_panel=None,
        context_settings={"allow_interspersed_args": options_anywhere},
    )


def help_page(command: Any, context: Any) -> str:
    """Write the help of a command or of the whole program."""
    shown = [each for each in command.get_params(context) if not each.hidden]
    parts = [_("Usage: {usage}").format(usage=_usage(command, context, shown))]
    parts += [_wrapped(_(each)) for each in (command.help or "").split("\n\n")]
    commands = getattr(command, "commands", {})
    lists = (
        (_("Arguments"), [_described(each) for each in shown if _is_argument(each)]),
        (_("Options"), [_described(each) for each in shown if not _is_argument(each)]),
        (_("Commands"), [(name, _(each.short_help)) for name, each in commands.items()]),
    )
    for title, rows in lists:
        if rows:
            parts.append("\n".join([f"{title}:", *(_row(*each) for each in rows)]))
    parts += [_wrapped(_(each)) for each in (command.epilog or "").split("\n\n") if each]
    return "\n\n".join(parts)


def _usage(command: Any, context: Any, shown: list[Any]) -> str:
    arguments = [each.metavar for each in shown if _is_argument(each)]
    needed = [_described(each)[0] for each in shown if each.required and not _is_argument(each)]
    after = getattr(command, "subcommand_metavar", "[…]")
    return " ".join([context.command_path, *arguments, *needed, after])


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _described(parameter: Any) -> tuple[str, str]:
    if parameter.name == "help":
        return "--help", _("Show this help.")
    value, words = parameter.metavar or "", parameter.help or ""
    if _is_argument(parameter):
        return str(value), _(words)
    return " ".join([*parameter.opts, *([value] if value else [])]), _(words)


def _wrapped(text: str) -> str:
    return textwrap.fill(text, LONGEST_LINE)


def _row(name: str, text: str) -> str:
    return "\n".join(_row_lines(name, text))


def _row_lines(name: str, text: str) -> Iterator[str]:
    indent = " " * (LEFT_COLUMN + 4)
    lines = textwrap.wrap(text, LONGEST_LINE - len(indent)) or [""]
    if len(name) > LEFT_COLUMN:
        yield f"  {name}"
    else:
        yield f"  {name:<{LEFT_COLUMN}}  {lines.pop(0)}".rstrip()
    yield from (indent + each for each in lines)
