"""What the fields of a breach say together: moments in order, numbers, decisions with reasons."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from privreg.errors import FieldProblem
from privreg.law.breach import needs_delay_reason
from privreg.registers.declaration import Values
from privreg.registers.reading import (
    is_before,
    moment_of,
    needed,
    number_of,
    out_of_order,
    rows_of,
    text_of,
)
from privreg.translation import N_, message

_HAPPENED = ("happened_from_at", N_("Happened from"))
_DETECTED = ("detected_at", N_("Detected at"))
_AWARE = ("aware_at", N_("Known since"))
IN_ORDER = (
    (_HAPPENED, ("happened_until_at", N_("Happened until"))),
    (_HAPPENED, _DETECTED),
    (_DETECTED, _AWARE),
    (_AWARE, ("client_told_at", N_("We told the controller at"))),
    (_AWARE, ("people_told_at", N_("Told at"))),
    (_AWARE, ("people_notice_at", N_("Public notice: since when"))),
    (_AWARE, ("closed_at", N_("Closed at"))),
)


def check(values: Values) -> Iterator[FieldProblem]:
    """Yield what contradicts itself in a breach."""
    for earlier, later in IN_ORDER:
        yield from out_of_order(values, earlier, later)
    yield from _notified_too_early(values)
    yield from _numbers(values, "records")
    yield from _numbers(values, "people")
    yield from _decisions(values)
    yield from _late_without_reason(values)


def first_notified_at(values: Values) -> datetime | None:
    """Return when the authority was first notified, or None while it was not."""
    sent = [
        moment_of(row, "sent_at")
        for row in rows_of(values, "notifications")
        if text_of(row, "phase") == "first"
    ]
    return min((moment for moment in sent if moment is not None), default=None)


def _notified_too_early(values: Values) -> Iterator[FieldProblem]:
    aware_at = moment_of(values, "aware_at")
    for position, row in enumerate(rows_of(values, "notifications")):
        sent_at = moment_of(row, "sent_at")
        if sent_at is not None and aware_at is not None and is_before(sent_at, aware_at):
            yield FieldProblem(
                f"notifications[{position}].sent_at",
                message(
                    N_("The notification cannot lie before 'Known since' ({aware_at})."),
                    aware_at=aware_at,
                ),
            )


def _numbers(values: Values, name: str) -> Iterator[FieldProblem]:
    least, most = number_of(values, f"{name}_min"), number_of(values, f"{name}_max")
    exact = number_of(values, f"{name}_exact")
    if least is not None and most is not None and least > most:
        yield needed(f"{name}_max", N_("'At most' cannot be less than 'at least'."))
        return
    if exact is None:
        return
    if (least is not None and exact < least) or (most is not None and exact > most):
        yield needed(
            f"{name}_exact", N_("This number does not lie between 'at least' and 'at most'.")
        )


def _decisions(values: Values) -> Iterator[FieldProblem]:
    not_reported = text_of(values, "authority_decision") == "no"
    if not_reported and not text_of(values, "authority_reason"):
        yield needed(
            "authority_reason",
            N_("Say why the breach is not reported; the authority can ask for it (article 33(5))."),
        )
    not_told = text_of(values, "people_decision") == "no"
    if not_told and not text_of(values, "people_reason"):
        yield needed("people_reason", N_("Say why the people are not told (article 34)."))
    told = moment_of(values, "people_told_at") is not None
    if told and text_of(values, "people_decision") != "yes":
        yield needed(
            "people_decision",
            N_("The people were told: choose 'yes', or empty the moment they were told."),
        )


def _late_without_reason(values: Values) -> Iterator[FieldProblem]:
    aware_at, notified_at = moment_of(values, "aware_at"), first_notified_at(values)
    if aware_at is None or notified_at is None or text_of(values, "delay_reason"):
        return
    if needs_delay_reason(notified_at, aware_at=aware_at):
        yield needed(
            "delay_reason",
            N_("The authority was notified after the term: give the reason (article 33(1))."),
        )
