"""The clocks of a breach: the authority, the client, the people, and the measures."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from privreg.clock import day_of
from privreg.law.agreements import is_in_force
from privreg.law.breach import (
    Decision,
    NotToPeople,
    ends_the_clock,
    needs_delay_reason,
    notify_authority_by,
    tell_controller_by,
)
from privreg.law.deadline import Deadline
from privreg.registers.breach_checks import first_notified_at
from privreg.registers.declaration import Surroundings, Values
from privreg.registers.raised import Raiser, authority_for, chosen, named
from privreg.registers.reading import date_of, key_of, moment_of, number_of, rows_of, text_of
from privreg.translation import N_, Message, message


def deadlines(values: Values, around: Surroundings) -> Iterator[Deadline]:
    """Yield what a breach demands, what is done included."""
    breach = named("breaches", values)
    aware_at = moment_of(values, "aware_at")
    if aware_at is not None and text_of(values, "role") == "processor":
        yield _to_client(breach, aware_at, around)
    elif aware_at is not None:
        yield _to_authority(breach, aware_at, around)
        yield from _to_people(breach, aware_at)
    yield from _measures(breach)


def decision_of(values: Values, name: str) -> Decision:
    """Return a decision of a breach; 'not yet' while nothing was chosen."""
    code = text_of(values, name)
    known = {each.value for each in Decision}
    return Decision(code) if code in known else Decision.NOT_YET


def _to_authority(breach: Raiser, aware_at: datetime, around: Surroundings) -> Deadline:
    values, term = breach.values, notify_authority_by(aware_at)
    notified_at = first_notified_at(values)
    done = ends_the_clock(
        decision_of(values, "authority_decision"),
        told=notified_at is not None,
        reason=text_of(values, "authority_reason"),
    )
    return breach.deadline(
        message(
            N_("Notify the {authority}"),
            authority=authority_for(values, around, is_short=True),
        ),
        term.due_at,
        because=(*term.because, *_how_it_ended(values, aware_at, notified_at, done=done)),
        starts=term.aware_at,
        done=done,
    )


def _how_it_ended(
    values: Values, aware_at: datetime, notified_at: datetime | None, *, done: bool
) -> Iterator[Message]:
    if notified_at is None:
        if done:
            yield message(
                N_("Decided not to report: {reason}"), reason=text_of(values, "authority_reason")
            )
        return
    if not needs_delay_reason(notified_at, aware_at=aware_at):
        yield message(N_("Notified at {notified_at}, within the term."), notified_at=notified_at)
        return
    yield message(N_("Notified at {notified_at}, after the term."), notified_at=notified_at)
    reason = text_of(values, "delay_reason")
    if reason:
        yield message(N_("Reason for the delay: {reason}"), reason=reason)


def _to_client(breach: Raiser, aware_at: datetime, around: Surroundings) -> Deadline:
    term = tell_controller_by(aware_at, _agreed(breach.values, aware_at, around))
    return breach.deadline(
        N_("Tell the controller we work for"),
        term.due_at,
        because=term.because,
        starts=term.aware_at,
        done=moment_of(breach.values, "client_told_at") is not None,
    )


def _agreed(values: Values, aware_at: datetime, around: Surroundings) -> timedelta | None:
    """Return the hours agreed with the client, the shortest of the agreements in force."""
    key = key_of(values, "client_id")
    client = around.record("parties", key) if key is not None else None
    if client is None:
        return None
    hours = [
        number_of(row, "breach_hours")
        for row in rows_of(client, "agreements")
        if is_in_force(row, day_of(aware_at))
    ]
    agreed = [each for each in hours if each is not None]
    return timedelta(hours=min(agreed)) if agreed else None


def _to_people(breach: Raiser, aware_at: datetime) -> Iterator[Deadline]:
    values = breach.values
    decision = decision_of(values, "people_decision")
    duty = message(
        N_("A high risk: tell the people without undue delay; no hours are set (article 34(1)).")
    )
    if decision is Decision.YES:
        yield breach.deadline(
            N_("Tell the people"),
            None,
            because=(duty,),
            starts=aware_at,
            waiting=True,
            done=moment_of(values, "people_told_at") is not None,
        )
    elif (
        decision is Decision.NO
        and text_of(values, "people_reason_kind") == NotToPeople.EFFORT.value
    ):
        yield breach.deadline(
            N_("Tell the people in public"),
            None,
            because=(duty, message(N_("A public notice takes the place of telling each person."))),
            starts=aware_at,
            waiting=True,
            done=moment_of(values, "people_notice_at") is not None,
        )
    elif decision is Decision.NOT_YET and text_of(values, "risk") == "high":
        yield breach.deadline(
            N_("Decide whether the people are told"),
            None,
            because=(duty,),
            starts=aware_at,
            waiting=True,
        )


def _measures(breach: Raiser) -> Iterator[Deadline]:
    for row in rows_of(breach.values, "measures"):
        due_on = date_of(row, "due_on")
        if due_on is not None:
            yield breach.deadline(
                message(N_("Measure: {measure}"), measure=text_of(row, "measure")),
                due_on,
                because=(
                    message(N_("A measure agreed on after this breach (article 33(5)).")),
                    *chosen(N_("Due on"), due_on),
                ),
                done=date_of(row, "done_on") is not None,
                owner=text_of(row, "owner"),
            )
