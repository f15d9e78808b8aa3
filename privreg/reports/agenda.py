"""The agenda: every running clock, most urgent first, each with why it ends when it ends."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from privreg import formats
from privreg.clock import day_of
from privreg.law.deadline import Deadline, DeadlineState, groups, is_late, left, state
from privreg.registers.register_list import register_of
from privreg.reports import care, meaning
from privreg.reports.controllers import head_of
from privreg.reports.document import (
    CODE,
    DAY,
    Column,
    GroupRow,
    Quiet,
    Row,
    Strong,
    SummaryBox,
    Table,
)
from privreg.reports.written import joined
from privreg.translation import N_, _, messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from privreg.registers.declaration import Values
    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document, Text

KIND = "agenda"
_CARES: Mapping[str, Callable[[Book, Values], frozenset[care.Care]]] = {
    "breaches": lambda _book, values: care.of_breach(values),
    "requests": care.of_request,
    "activities": care.of_activity,
    "rules": care.of_rule,
    "parties": care.of_party,
}


def agenda(book: Book, deadlines: Sequence[Deadline]) -> Document:
    """Return what must be done before when; what is done is left out."""
    return book.paper(
        KIND,
        _("Agenda"),
        _blocks(book, deadlines),
        controller=head_of(book),
        subtitle=_("Every running clock on {moment}").format(moment=formats.moment(book.now)),
    )


def _blocks(book: Book, deadlines: Sequence[Deadline]) -> Iterator[Block]:
    grouped = groups(deadlines, book.now)
    counts = tuple(
        (formats.text(heading.message), formats.number(len(each))) for heading, each in grouped
    )
    cares = care.counts(_cares(book, each) for each in deadlines)
    yield SummaryBox((*counts, *cares), _("In short"), columns=3)
    rows: list[Row | GroupRow] = []
    for heading, each in grouped:
        rows.append(GroupRow(formats.text(heading.message), is_section=True))
        rows += [_row(book, deadline) for deadline in each]
    yield Table(_columns(), tuple(rows), _("No clock is running."))
    yield meaning.of_clocks(state(each, book.now) for each in deadlines)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Before"), 1.5, DAY),
        Column(_("Number"), 1.3, CODE),
        Column(_("What"), 4.6),
        Column(_("State"), 1.5),
    )


def _row(book: Book, deadline: Deadline) -> Row:
    return Row((_due(deadline), deadline.number, _what(book, deadline), standing(book, deadline)))


def _due(deadline: Deadline) -> Text:
    if deadline.due is None:
        return ""
    return (Strong(formats.value(deadline.due)),)


def _what(book: Book, deadline: Deadline) -> Text:
    marked = care.marks(_cares(book, deadline))
    title = deadline.title or formats.text(_register_name(deadline))
    head: Text = (Strong(formats.text(deadline.what)), f": {title}")
    owner = _("for {owner}").format(owner=deadline.owner) if deadline.owner else ""
    steps = " \u2192 ".join(formats.text(each) for each in deadline.because)
    return joined((head, marked, owner, (Quiet(steps),) if steps else ""))


def _register_name(deadline: Deadline) -> str:
    return _(register_of(deadline.register).singular)


def _cares(book: Book, deadline: Deadline) -> frozenset[care.Care]:
    """Return why what a clock is about asks for extra care."""
    values = book.record(deadline.register, deadline.record_id)
    asked = _CARES.get(deadline.register)
    return frozenset() if values is None or asked is None else asked(book, values)


def standing(book: Book, deadline: Deadline) -> Text:
    """Return how a deadline stands in words, with the time left or over."""
    how = state(deadline, book.now)
    word = formats.text(how.message)
    if deadline.due is None or how in (DeadlineState.HELD, DeadlineState.WAITING):
        return word
    strong = how in (DeadlineState.LATE, DeadlineState.SOON)
    time = _time_left(book, deadline)
    return ((Strong(word) if strong else word), f"\n{time}")


def _time_left(book: Book, deadline: Deadline) -> str:
    late = is_late(deadline, book.now)
    if isinstance(deadline.due, datetime):
        span = formats.span(left(deadline, book.now))
    else:
        due = deadline.due or day_of(book.now)
        days = abs((due - book.today).days)
        if not days:
            return _("today")
        span = formats.text(messages(N_("{count} day"), N_("{count} days"), days))
    return (_("{time} too late") if late else _("{time} left")).format(time=span)
