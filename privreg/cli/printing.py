"""What the commands print: JSON for programs, plain lines for people."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import sys
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import typer

from privreg import formats
from privreg.translation import N_, Message, message, messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from privreg.errors import ProblemError
    from privreg.services.check import Checked
    from privreg.services.lines import AgendaLine, DueWords
    from privreg.services.transfer import ImportResult, Reject

BROKEN = {
    "changed": N_("The journal was tampered with: entry {seq} is not what was written."),
    "removed": N_("The journal was tampered with: entries before entry {seq} are gone."),
    "inserted": N_("The journal was tampered with: entry {seq} was put in later."),
    "cut off": N_("The journal was tampered with: what came after entry {seq} is gone."),
}
MOST_FAULTS = 5
AGENDA_KEYS = ("register", "number", "title", "what", "due", "state", "because")


def say(sentence: Message | str) -> None:
    """Print one sentence in the language in use."""
    typer.echo(formats.text(sentence))


def note(sentence: Message | str) -> None:
    """Print one sentence beside the output, on standard error."""
    typer.echo(formats.text(sentence), err=True)


def progress() -> Callable[[int, int], None] | None:
    """Return what tells how far it is, on a screen only."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, total: int) -> None:
        typer.echo(f"\r{formats.percent(done / total if total else 1)} ", nl=False, err=True)

    return tell


def as_json(value: Any) -> str:
    """Write a value as JSON on one line, days and moments as ISO 8601."""
    return json.dumps(value, ensure_ascii=False, default=_written)


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return formats.local(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def print_json(value: Any) -> None:
    """Print one JSON value."""
    typer.echo(as_json(value))


def print_array(values: Iterable[Any]) -> int:
    """Print a JSON array, one element per line, as the values come; return how many."""
    count = 0
    for value in values:
        typer.echo(("[\n" if count == 0 else ",\n") + as_json(value), nl=False)
        count += 1
    typer.echo("\n]" if count else "[]")
    return count


def record(line: AgendaLine | DueWords, keys: Sequence[str] = ()) -> dict[str, Any]:
    """Return a line as an object, all of its parts or those named."""
    return {name: getattr(line, name) for name in keys or [each.name for each in fields(line)]}


def print_agenda(lines: Sequence[AgendaLine]) -> None:
    """Print the running clocks with the steps that led there."""
    for line in lines:
        due = formats.value(line.due)
        typer.echo(f"{line.state_words:<9} {due:<16}  {line.number:<13} {line.what}  {line.title}")
        _print_because(line.because)
    late = sum(1 for each in lines if each.is_late)
    say(messages(N_("{count} clock runs."), N_("{count} clocks run."), len(lines)))
    if late:
        say(messages(N_("{count} is late."), N_("{count} are late."), late))


class Watched:
    """Lines of the due list as they pass, with how many there were and the earliest day."""

    def __init__(self, lines: Iterable[DueWords]) -> None:
        self._lines = lines
        self.count = 0
        self.earliest: date | None = None

    def __iter__(self) -> Iterator[DueWords]:
        for line in self._lines:
            self.count += 1
            self.earliest = min(self.earliest or line.dispose_from, line.dispose_from)
            yield line


def print_due(lines: Watched) -> None:
    """Print what is due, each line with the steps that led there."""
    for line in lines:
        typer.echo(
            f"{formats.day(line.dispose_from)}  {line.customer:<13} {line.group}  "
            f"{line.kind}  {line.rule}"
        )
        _print_because(line.because)
    say(messages(N_("{count} item is due."), N_("{count} items are due."), lines.count))


def _print_because(because: Iterable[str]) -> None:
    for step in because:
        typer.echo(f"    {step}")


def print_check(found: Checked) -> None:
    """Print whether the register is whole, and what it lacks."""
    from privreg.services.check import said  # noqa: PLC0415  (slow, not for `term`)

    if found.faults:
        say(Message(N_("The file is damaged; restore the latest backup.")))
        for fault in found.faults[:MOST_FAULTS]:
            typer.echo(f"    {fault}")
        return
    say(Message(N_("The file is whole.")))
    say(_journal(found))
    for each in found.differences:
        typer.echo(formats.text(said(each)))
    if found.can_be_repaired:
        say(Message(N_("This can be worked out again from the records: privreg check --repair.")))
    for past in found.past_term:
        say(past.said)
    for line in _findings(found):
        typer.echo(line)
    say(messages(N_("{count} finding."), N_("{count} findings."), len(found.findings)))


def _findings(found: Checked) -> Iterator[str]:
    for each in found.findings:
        what = formats.text(each.what)
        is_of_all = each.record_id is None
        yield what if is_of_all else f"{each.number:<13} {each.title}: {what} {each.article}"


def _journal(found: Checked) -> Message:
    if found.broken is None:
        return message(
            N_("The journal is whole: {count} entries, the last one {hash}."),
            count=found.entries,
            hash=found.journal_hash[:16],
        )
    return message(BROKEN[found.broken.how.value], seq=found.broken.seq)


def check_record(found: Checked) -> dict[str, Any]:
    """Return what `check` found as an object."""
    broken = found.broken
    return {
        "faults": list(found.faults),
        "journal": {
            "entries": found.entries,
            "hash": found.journal_hash,
            "broken": None if broken is None else {"entry": broken.seq, "how": broken.how.value},
        },
        "differences": [
            {
                "how": each.how.value,
                "register": each.slug,
                "number": each.number,
                "field": each.field,
            }
            for each in found.differences
        ],
        "findings": [
            {
                "register": each.register,
                "number": each.number,
                "title": each.title,
                "what": formats.text(each.what),
                "article": each.article,
                "weight": each.weight,
            }
            for each in found.findings
        ],
        "backups_past_term": [
            {
                "file": each.backup.file.name,
                "made_at": each.backup.made_at,
                "past_term_since": each.since,
                "stays": each.stays,
            }
            for each in found.past_term
        ],
    }


def print_import(result: ImportResult, *, dry_run: bool) -> None:
    """Print what an import did, and every line it refused with the reason."""
    for reject in result.rejects:
        typer.echo(_rejected(reject), err=True)
    if dry_run:
        say(Message(N_("This was a dry run: nothing was changed.")))
    say(messages(N_("{count} record added."), N_("{count} records added."), result.added))
    if result.took_controller:
        told = messages(
            N_("{count} of them names no controller and got the only one in the register."),
            N_("{count} of them name no controller and got the only one in the register."),
            result.took_controller,
        )
        say(told)
    if result.updated:
        say(messages(N_("{count} record changed."), N_("{count} records changed."), result.updated))
    if result.unchanged:
        told = messages(
            N_("{count} was as it is."), N_("{count} were as they are."), result.unchanged
        )
        say(told)
    if result.ignored:
        say(
            message(
                N_("These columns are no field here and were left out: {heads}."),
                heads=list(result.ignored),
            )
        )
    if result.rejects:
        refused = len(result.rejected_lines)
        say(messages(N_("{count} line refused."), N_("{count} lines refused."), refused))


def _rejected(reject: Reject) -> str:
    place = (
        message(N_("line {line}, {field}"), line=str(reject.line), field=reject.field)
        if reject.field
        else message(N_("line {line}"), line=str(reject.line))
    )
    return f"{formats.text(place)}: {formats.text(reject.problem)}"


def import_record(result: ImportResult) -> dict[str, Any]:
    """Return what an import did as an object."""
    return {
        "added": result.added,
        "took_controller": result.took_controller,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "ignored": list(result.ignored),
        "rejects": [
            {"line": each.line, "field": each.field, "problem": formats.text(each.problem)}
            for each in result.rejects
        ],
    }


def error_record(problem: ProblemError) -> dict[str, str]:
    """Return a problem as an object."""
    return {"error": formats.text(problem.problem)}
