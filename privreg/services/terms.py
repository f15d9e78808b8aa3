"""The term calculator: one case in words, as typed, to one case as plain values."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
import shlex
from datetime import date, datetime
from typing import TYPE_CHECKING

from privreg import formats
from privreg.errors import UsageError
from privreg.law.breach import notify_authority_by
from privreg.law.moments import MomentError, placed
from privreg.law.period import MonthDay, Period, PeriodError, shortened
from privreg.law.requests import answer_by
from privreg.law.retention import CountedFrom, keep
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

_A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_A_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:.*", re.ASCII)

USAGE = N_(
    "Write one of: keep START PERIOD [--book-year-end MM-DD], breach AWARE_AT, "
    "request RECEIVED_ON [--extended] [--promised PERIOD]."
)


def term_case(words: Sequence[str]) -> dict[str, object]:
    """Reckon one case: `keep START PERIOD`, `breach AWARE_AT` or `request RECEIVED_ON`.

    Returns values that JSON can carry, days and moments as ISO 8601 and `because` as a
    list of sentences in the language in use. Raises `UsageError` with one sentence.
    """
    case = CASES.get(words[0]) if words else None
    if case is None:
        raise UsageError(message(USAGE))
    try:
        return case(words[1:])
    except (PeriodError, MomentError) as error:
        raise UsageError(error.problem) from error


def words_of(line: str) -> list[str]:
    """Return the words of a case written on one line, as a shell would part them.

    A byte order mark and a leading `term` are left out. Raises `UsageError` where a quotation
    mark is not closed.
    """
    try:
        words = shlex.split(line.removeprefix("\ufeff"))
    except ValueError as error:
        raise UsageError(message(N_("A quotation mark on this line is not closed."))) from error
    return words[1:] if words[:1] == ["term"] else words


def _keep(words: Sequence[str]) -> dict[str, object]:
    (start, period), options = _sorted_out(words, 2, valued={"--book-year-end"})
    book_year_end = options.get("--book-year-end")
    kept = keep(
        _day(start),
        Period.parse(period),
        counted_from=CountedFrom.DAY if book_year_end is None else CountedFrom.BOOK_YEAR,
        book_year_end=None if book_year_end is None else MonthDay.parse(book_year_end),
    )
    return {
        "start": kept.start.isoformat(),
        "keep_through": kept.keep_through.isoformat(),
        "dispose_from": kept.dispose_from.isoformat(),
        "because": _sentences(kept.because),
    }


def _breach(words: Sequence[str]) -> dict[str, object]:
    (aware_at,), _options = _sorted_out(words, 1)
    term = notify_authority_by(_moment(aware_at))
    return {
        "aware_at": term.aware_at.isoformat(),
        "due_at": term.due_at.isoformat(),
        "because": _sentences(term.because),
    }


def _request(words: Sequence[str]) -> dict[str, object]:
    (received_on,), options = _sorted_out(words, 1, valued={"--promised"}, bare={"--extended"})
    promised = options.get("--promised")
    term = answer_by(
        _day(received_on),
        promised=None if promised is None else Period.parse(promised),
        extended="--extended" in options,
    )
    return {
        "received_on": term.received_on.isoformat(),
        "promised_on": None if term.promised_on is None else term.promised_on.isoformat(),
        "due_on": term.due_on.isoformat(),
        "last_day": term.last_day.isoformat(),
        "because": _sentences(term.because),
    }


CASES: dict[str, Callable[[Sequence[str]], dict[str, object]]] = {
    "keep": _keep,
    "breach": _breach,
    "request": _request,
}


def _sorted_out(
    words: Sequence[str],
    count: int,
    *,
    valued: Collection[str] = (),
    bare: Collection[str] = (),
) -> tuple[list[str], dict[str, str]]:
    """Tell arguments from options; an option may be written `--name value` or `--name=value`."""
    arguments: list[str] = []
    options: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        name, given, value = word.partition("=")
        if not word.startswith("--"):
            arguments.append(word)
        elif name in options or name not in {*valued, *bare} or (given and name in bare):
            raise UsageError(_not_understood(word))
        elif name in bare:
            options[name] = ""
        else:
            options[name] = value if given else _next(rest, name)
    if len(arguments) != count:
        raise UsageError(message(USAGE))
    return arguments, options


def _next(rest: Iterator[str], name: str) -> str:
    word = next(rest, None)
    if word is None:
        raise UsageError(message(N_("'{option}' needs a value."), option=name))
    return word


def _not_understood(word: str) -> Message:
    return message(N_("'{word}' is not understood here, or is given twice."), word=shortened(word))


def _day(text: str) -> date:
    try:
        if _A_DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(_no_such_day(text)) from error
    raise UsageError(
        message(
            N_("'{text}' is no date as year-month-day; write for example 2026-12-31."),
            text=shortened(text),
        )
    )


def _no_such_day(text: str) -> Message:
    return message(N_("The date {text} does not exist."), text=text)


def _moment(text: str) -> datetime:
    try:
        if _A_MOMENT.fullmatch(text):
            return placed(datetime.fromisoformat(text))
    except MomentError:
        raise
    except ValueError as error:
        raise UsageError(_no_moment(text)) from error
    raise UsageError(_no_moment(text))


def _no_moment(text: str) -> Message:
    return message(
        N_(
            "'{text}' is no moment with a date and a time; "
            "write for example 2026-04-03T17:30 or 2026-04-03T17:30:00+02:00."
        ),
        text=shortened(text),
    )


def _sentences(because: Sequence[Message]) -> list[str]:
    return [formats.text(step) for step in because]
