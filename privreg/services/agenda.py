"""Every running clock of the register, what it lacks, and the counts of the overview."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg.clock import day_of
from privreg.law import deadline as law
from privreg.registers.declaration import Finding
from privreg.registers.raised import authority_for
from privreg.registers.register_list import REGISTERS, register_of
from privreg.registers.request_clock import term_of
from privreg.services import backups
from privreg.services.reading import Reading
from privreg.services.roles import Right, may, must

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from privreg.law.deadline import Deadline
    from privreg.law.requests import RequestTerm
    from privreg.registers.declaration import Values
    from privreg.registers.raised import AuthorityName
    from privreg.services.desk import Desk


def agenda(desk: Desk, at: datetime | None = None) -> list[Deadline]:
    """Return every clock that is not done, the most urgent first.

    `at` evaluates the records of today as of that moment (aware).
    """
    now = at or desk.clock.now()
    with desk.store.read() as connection:
        return _agenda(desk, Reading(connection, now))


def record_deadlines(desk: Desk, slug: str, values: Values) -> list[Deadline]:
    """Return the clocks of one record, done ones included."""
    must(desk.user.roles, Right.READ, slug)
    with desk.store.read() as connection:
        view = Reading(connection, desk.clock.now())
        return list(register_of(slug).deadlines(values, view.around))


def request_term(desk: Desk, values: Values) -> RequestTerm | None:
    """Return the terms of a request, saved or not; None without a day of receipt."""
    must(desk.user.roles, Right.READ, "requests")
    with desk.store.read() as connection:
        return term_of(values, Reading(connection, desk.clock.now()).around)


def breach_authority(desk: Desk, values: Values) -> AuthorityName:
    """Return the authority to which a breach, saved or not, would be reported."""
    must(desk.user.roles, Right.READ, "breaches")
    with desk.store.read() as connection:
        return authority_for(values, Reading(connection, desk.clock.now()).around)


def _agenda(desk: Desk, view: Reading) -> list[Deadline]:
    found = (each for each in _deadlines(desk, view) if not each.done)
    return sorted(found, key=law.sort_key)


def _deadlines(desk: Desk, view: Reading) -> Iterator[Deadline]:
    for register in REGISTERS:
        if may(desk.user.roles, Right.READ, register.slug):
            for values in view.running(register):
                yield from register.deadlines(values, view.around)


def findings(desk: Desk) -> list[Finding]:
    """Return what the registers lack or contradict, obligations first.

    Also that the clock of this PC may be wrong: of the register 'settings', of no record.
    """
    with desk.store.read() as connection:
        found = list(_findings(desk, Reading(connection, desk.clock.now())))
    order = {"law": 0, "risk": 1, "tidy": 2}
    return sorted(found, key=lambda each: (order.get(each.weight, 3), each.register, each.number))


def _findings(desk: Desk, view: Reading) -> Iterator[Finding]:
    for register in REGISTERS:
        if may(desk.user.roles, Right.READ, register.slug):
            for values in view.judged(register):
                yield from register.findings(values, view.around)
    doubt = backups.clock_doubt(desk)
    if doubt is not None:
        yield Finding(
            register="settings", record_id=None, number="", title="", what=doubt, weight="risk"
        )


def record_findings(desk: Desk, slug: str, values: Values) -> list[Finding]:
    """Return what one record lacks."""
    must(desk.user.roles, Right.READ, slug)
    with desk.store.read() as connection:
        view = Reading(connection, desk.clock.now())
        return list(register_of(slug).findings(values, view.around))


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of the first page.

    `breaches_in_time` counts those reported within the term this year; `ending_by_month`
    gives (first day of month, number of clocks of the agenda that end in it).
    """

    breaches_this_year: int
    breaches_in_time: int
    breaches_late: int
    breaches_open: int
    requests_open: int
    requests_late: int
    findings_by_weight: dict[str, int]
    todo: dict[str, int]


def overview(desk: Desk, at: datetime | None = None) -> Overview:
    """Count what the overview shows; cheap enough to be asked after every change."""
    now = at or desk.clock.now()
    this_year = day_of(now).year
    with desk.store.read() as connection:
        view = Reading(connection, now)
        clocks = _agenda(desk, view)
        weights = Counter(each.weight for each in _findings(desk, view))
        breaches = view.records("breaches") if _reads(desk, "breaches") else []
        requests = view.records("requests") if _reads(desk, "requests") else []
        judged = [_in_time(each, view) for each in breaches if _year(each) == this_year]
    late = [each for each in clocks if law.state(each, now) is law.DeadlineState.LATE]
    return Overview(
        breaches_this_year=len(judged),
        breaches_in_time=sum(1 for each in judged if each is True),
        breaches_late=sum(1 for each in judged if each is False),
        breaches_open=sum(1 for each in breaches if each["state"] == "open"),
        requests_open=sum(1 for each in requests if each["state"] == "open"),
        requests_late=len({each.record_id for each in late if each.register == "requests"}),
        findings_by_weight=dict(weights),
        todo=dict(Counter(each.register for each in clocks if _wants_doing(each, now))),
    )


def _reads(desk: Desk, slug: str) -> bool:
    return may(desk.user.roles, Right.READ, slug)


def _wants_doing(deadline: Deadline, now: datetime) -> bool:
    return law.state(deadline, now) in (law.DeadlineState.LATE, law.DeadlineState.SOON)


def _year(breach: Values) -> int | None:
    aware: datetime | None = breach["aware_at"]
    return day_of(aware).year if aware else None


def _in_time(breach: Values, view: Reading) -> bool | None:
    """Say whether the report was in time; None where none was needed or none is made yet."""
    sent = [row["sent_at"] for row in breach["notifications"] if row["sent_at"] is not None]
    if not sent:
        return None
    first: datetime = min(sent)
    clocks = register_of("breaches").deadlines(breach, view.around)
    due = [each for each in clocks if each.done and each.due is not None]
    return not any(law.is_late(each, first) for each in due[:1])


def months_ahead(first: date, count: int) -> list[date]:
    """Return the first days of `count` months, beginning with the month of `first`."""
    months = (first.year * 12 + first.month - 1 + n for n in range(count))
    return [first.replace(year=m // 12, month=m % 12 + 1, day=1) for m in months]
