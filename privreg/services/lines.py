"""The agenda and the due list as plain lines in words, for the command line and schedulers."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg import formats
from privreg.law import deadline as law
from privreg.services import timers
from privreg.services.agenda import agenda

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from privreg.law.deadline import Deadline
    from privreg.services.desk import Desk
    from privreg.services.timers import DueLine
    from privreg.store.due import Place

DUE_AT_ONCE = 500
LATE: str = law.DeadlineState.LATE.value


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One running clock in words; `due` is an aware moment, a day, or None while unknown.

    `state` is its code, `state_words` how a reader calls it.
    """

    register: str
    number: str
    title: str
    what: str
    due: datetime | date | None
    state: str
    state_words: str
    because: tuple[str, ...]

    @property
    def is_late(self) -> bool:
        """Whether its time is over."""
        return self.state == LATE


def agenda_lines(desk: Desk, at: datetime | None = None) -> list[AgendaLine]:
    """Return every running clock, the most urgent first, in the language in use."""
    now = at or desk.clock.now()
    return [_agenda_line(each, now) for each in agenda(desk, now)]


def _agenda_line(deadline: Deadline, now: datetime) -> AgendaLine:
    state = law.state(deadline, now)
    return AgendaLine(
        deadline.register,
        deadline.number,
        deadline.title,
        formats.text(deadline.what),
        deadline.due,
        state.value,
        formats.value(state),
        tuple(formats.text(step) for step in deadline.because),
    )


@dataclass(frozen=True, slots=True)
class DueWords:
    """One item that is due, in words; `keep_through` is the last day of keeping."""

    customer: str
    group: str
    kind: str
    rule: str
    keep_through: date
    dispose_from: date
    because: tuple[str, ...]


def due_lines(desk: Desk, on: date) -> Iterator[DueWords]:
    """Return what is due on a day, in pages, so that millions of lines take no memory."""
    after: Place | None = None
    while True:
        page = timers.due(desk, on, after=after, limit=DUE_AT_ONCE)
        yield from (_due_words(each) for each in page.lines)
        if page.next is None:
            return
        after = page.next


def _due_words(line: DueLine) -> DueWords:
    return DueWords(
        line.customer,
        line.group,
        line.kind,
        line.rule,
        line.keep_through,
        line.dispose_from,
        tuple(formats.text(step) for step in line.because),
    )
