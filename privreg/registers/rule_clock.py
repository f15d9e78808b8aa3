"""Retention rules: what a rule must say, its review, the checks elsewhere, and its gaps."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from privreg import lists
from privreg.clock import day_of
from privreg.errors import FieldProblem
from privreg.law.deadline import Deadline
from privreg.law.period import Period, PeriodError, ends_on
from privreg.law.rules import ItemFacts, RuleScope, applies
from privreg.law.sources import is_unchecked
from privreg.registers.declaration import Finding, Surroundings, Values
from privreg.registers.raised import RISK, TIDY, Raiser, chosen, named
from privreg.registers.reading import date_of, key_of, moment_of, needed, rows_of, text_of
from privreg.translation import N_, Message, message


def check(values: Values) -> Iterator[FieldProblem]:
    """Yield what a rule lacks to run."""
    by_criterion = text_of(values, "measure") == "criterion"
    on_items = text_of(values, "runs_on") == "items"
    if by_criterion and date_of(values, "review_on") is None:
        yield needed("review_on", N_("A rule by criterion must have a review date."))
    if on_items and not by_criterion and not text_of(values, "event"):
        yield needed("event", N_("Choose the event from which the period counts."))
    if not on_items and _is_no_time(text_of(values, "check_every")):
        yield needed("check_every", N_("There must be a day at least between two checks."))


def _is_no_time(period: str) -> bool:
    try:
        return Period.parse(period) == Period()
    except PeriodError:
        return False


def deadlines(values: Values, _around: Surroundings) -> Iterator[Deadline]:
    """Yield the review of a rule, and the next check of a system elsewhere."""
    yield from (each for each in (review(values), next_check(values)) if each is not None)


def review(values: Values) -> Deadline | None:
    """Return the review of a rule in use; None where no day is set."""
    review_on = date_of(values, "review_on")
    if review_on is None or text_of(values, "state") == "ended":
        return None
    return named("rules", values).deadline(
        N_("Review the retention rule"),
        review_on,
        because=(
            message(
                N_(
                    "Data are kept no longer than needed, so the term is looked at again "
                    "(article 5(1)(e))."
                )
            ),
            *chosen(N_("Review on"), review_on),
        ),
    )


def next_check(values: Values) -> Deadline | None:
    """Return the next check of a system elsewhere by a rule in use; None where none can be due."""
    if text_of(values, "runs_on") != "system" or text_of(values, "state") == "ended":
        return None
    checked_on = last_checked_on(values)
    due_on = _check_due_on(values, checked_on)
    if due_on is None:
        return None
    return named("rules", values).deadline(
        message(N_("Check the setting of {system}"), system=text_of(values, "system")),
        due_on,
        because=tuple(_to_the_check(values, checked_on, due_on)),
        starts=checked_on,
    )


def last_checked_on(values: Values) -> date | None:
    """Return the day of the latest check, or None while there was none."""
    days = [date_of(row, "checked_on") for row in rows_of(values, "checks")]
    return max((each for each in days if each is not None), default=None)


def _check_due_on(values: Values, checked_on: date | None) -> date | None:
    first_on = date_of(values, "first_check_on")
    if checked_on is None and first_on is not None:
        return first_on
    start = checked_on or _entered_on(values)
    try:
        return ends_on(start, Period.parse(text_of(values, "check_every"))) if start else None
    except PeriodError:
        return None


def _entered_on(values: Values) -> date | None:
    created_at = moment_of(values, "created_at")
    return day_of(created_at) if created_at else None


def _to_the_check(values: Values, checked_on: date | None, due_on: date) -> Iterator[Message]:
    """Yield how the day of the next check was reached, and what is looked for."""
    first_on = date_of(values, "first_check_on")
    if checked_on is not None:
        yield message(N_("Last checked on {checked_on}."), checked_on=checked_on)
        yield _counted(values, due_on)
    elif first_on is not None:
        yield message(N_("No check is recorded yet."))
        yield from chosen(N_("First check on"), first_on)
    else:
        entered_on = _entered_on(values)
        yield message(
            N_("No check is recorded yet; the rule was entered on {day}."), day=entered_on
        )
        yield _counted(values, due_on)
    if text_of(values, "set_to"):
        yield message(N_("Should be set to: {set_to}"), set_to=text_of(values, "set_to"))


def _counted(values: Values, due_on: date) -> Message:
    return message(
        N_("At most {period} between two checks: the next is due on {due_on}."),
        period=Period.parse(text_of(values, "check_every")).message,
        due_on=due_on,
    )


def findings(values: Values, _around: Surroundings) -> Iterator[Finding]:
    """Yield what weakens a rule that is in use."""
    if text_of(values, "state") == "ended":
        return
    rule = named("rules", values)
    if text_of(values, "measure") == "criterion" and date_of(values, "review_on") is None:
        yield rule.finding(
            N_("A rule by criterion without a review date."), "AVG 5(1)(e)", field="review_on"
        )
    if text_of(values, "bound") in {"at_least", "both"} and not text_of(values, "source"):
        yield rule.finding(
            N_("A minimum term without the statute it rests on."), "AVG 5(1)(e)", field="source"
        )
    if is_unchecked(text_of(values, "source"), lists.dated_list("terms")):
        yield rule.finding(
            N_("The source of the term was not yet checked against a second source."),
            "AVG 5(2)",
            weight=TIDY,
            field="source",
        )
    if text_of(values, "runs_on") == "system":
        yield from _checks(rule)


def _checks(rule: Raiser) -> Iterator[Finding]:
    checks = rows_of(rule.values, "checks")
    if not checks:
        yield rule.finding(
            N_("Nobody has checked yet that the system really deletes."),
            "AVG 5(2)",
            weight=RISK,
            field="checks",
        )
        return
    latest = max(checks, key=lambda row: date_of(row, "checked_on") or date.min)
    if latest.get("is_right") is False:
        yield rule.finding(
            message(
                N_("At the last check the system was set to: {found}."),
                found=text_of(latest, "found"),
            ),
            "AVG 5(1)(e)",
            field="checks",
        )


def has_rule(
    kind: UUID,
    around: Surroundings,
    *,
    group: UUID | None = None,
    controllers: Sequence[UUID] = (),
) -> bool:
    """Say whether a rule in use sets a term for a kind of data, whatever the circumstances.

    A rule with a condition does not count: without the condition nothing would end. Nor does
    one that checks a system elsewhere and names no kind of data: it says nothing of this kind.
    Where no group or no controller is given, a rule for any of them counts.
    """
    return any(
        _governs(rule, kind, group, controller)
        for rule in around.records("rules")
        if _sets_a_term(rule)
        for controller in (controllers or (None,))
    )


def _sets_a_term(rule: Values) -> bool:
    is_of_no_kind = text_of(rule, "runs_on") == "system" and key_of(rule, "kind_id") is None
    is_in_use = text_of(rule, "state") != "ended"
    return is_in_use and not text_of(rule, "condition") and not is_of_no_kind


def _governs(rule: Values, kind: UUID, group: UUID | None, controller: UUID | None) -> bool:
    scope = RuleScope(
        key="",
        controller=key_of(rule, "controller_id") if controller else None,
        group=key_of(rule, "group_id") if group else None,
        kind=key_of(rule, "kind_id"),
    )
    groups = frozenset({group} if group else ())
    return applies(scope, ItemFacts(controller=controller, groups=groups, kind=kind))
