"""Small registers: reviews to do, declarations and dates that are missing, disposals that wait."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterator

from privreg.errors import FieldProblem
from privreg.law.deadline import Deadline
from privreg.registers.declaration import Finding, Surroundings, Values
from privreg.registers.raised import TIDY, Raiser, chosen, named
from privreg.registers.reading import date_of, moment_of, out_of_order, rows_of, text_of
from privreg.registers.rule_clock import has_rule
from privreg.translation import N_, Message, message


def measure_deadlines(values: Values, _around: Surroundings) -> Iterator[Deadline]:
    """Yield the review of a measure that has not ended."""
    review_on = date_of(values, "review_on")
    if review_on is not None and text_of(values, "status") != "ended":
        yield named("measures", values).deadline(
            N_("Review the measure"),
            review_on,
            because=(
                message(N_("Whether a measure still works is looked at again (article 32(1)(d)).")),
                *chosen(N_("Review on"), review_on),
            ),
            owner=text_of(values, "owner"),
        )


def check_statement(values: Values) -> Iterator[FieldProblem]:
    """Yield days of a statement that are out of order."""
    begun, ended = ("in_force_on", N_("In force from")), ("ended_on", N_("In force until"))
    yield from out_of_order(values, begun, ended)


def statement_deadlines(values: Values, _around: Surroundings) -> Iterator[Deadline]:
    """Yield the review of a statement that has not ended."""
    review_on = date_of(values, "review_on")
    if review_on is not None and date_of(values, "ended_on") is None:
        yield named("statements", values).deadline(
            N_("Review the privacy statement"),
            review_on,
            because=(
                message(N_("The statement keeps telling what is really done (articles 13, 14).")),
                *chosen(N_("Review on"), review_on),
            ),
        )


def statement_findings(values: Values, _around: Surroundings) -> Iterator[Finding]:
    """Yield a statement of which nobody knows since when it holds."""
    if date_of(values, "in_force_on") is None:
        yield named("statements", values).finding(
            N_("The privacy statement has no date from which it is in force."),
            "AVG 12(1)",
            weight=TIDY,
            field="in_force_on",
        )


def user_findings(values: Values, _around: Surroundings) -> Iterator[Finding]:
    """Yield a user who may open the register without a declaration of secrecy."""
    is_active = text_of(values, "state") != "ended"
    if is_active and date_of(values, "secrecy_declared_on") is None:
        name = text_of(values, "name") or text_of(values, "login")
        yield Raiser("users", values, name).finding(
            N_("This user has not signed a declaration of secrecy."),
            "AVG 32(4)",
            field="secrecy_declared_on",
        )


def kind_findings(values: Values, around: Surroundings) -> Iterator[Finding]:
    """Yield a kind of data that asks for care but has no term, or no word on the care taken."""
    kind = named("kinds", values)
    is_risky = bool(values.get("is_high_risk"))
    if is_risky and not has_rule(values["id"], around):
        yield kind.finding(
            N_("Data with a high risk, and no retention rule says when they go."), "AVG 5(1)(e)"
        )
    if is_risky and not text_of(values, "risk_note"):
        yield kind.finding(
            N_("Data with a high risk: write down which extra care is taken."),
            "AVG 32(1)",
            weight=TIDY,
            field="risk_note",
        )
    if text_of(values, "sensitivity") == "special" and not values.get("special_categories"):
        yield kind.finding(
            N_("It is not said which special categories these data are."),
            "AVG 9(1)",
            weight=TIDY,
            field="special_categories",
        )


def check_disposal(values: Values) -> Iterator[FieldProblem]:
    """Yield moments of a disposal that are out of order."""
    proposed = ("proposed_at", N_("Proposed at"))
    approved = ("approved_at", N_("Approved at"))
    yield from out_of_order(values, proposed, approved)
    yield from out_of_order(values, approved, ("executed_at", N_("Executed at")))


def disposal_deadlines(values: Values, _around: Surroundings) -> Iterator[Deadline]:
    """Yield a disposal that waits for approval or execution, and places still to be done."""
    disposal = named("disposals", values)
    state = text_of(values, "state")
    due_on = date_of(values, "due_on")
    steps = (*_so_far(values), *chosen(N_("Due on"), due_on))
    if state == "proposed":
        yield disposal.deadline(N_("Approve the disposal"), due_on, because=steps)
    elif state == "approved":
        yield disposal.deadline(N_("Carry out the disposal"), due_on, because=steps)
    elif state == "executed":
        for row in rows_of(values, "places"):
            yield disposal.deadline(
                message(
                    N_("Delete the data outside the program: {place}"), place=text_of(row, "place")
                ),
                due_on,
                because=steps,
                done=date_of(row, "done_on") is not None,
                owner=text_of(row, "done_by"),
            )


def _so_far(values: Values) -> Iterator[Message]:
    """Yield the last step of a disposal that was taken, where its moment is known."""
    taken = (
        ("executed_at", N_("Carried out at {moment}.")),
        ("approved_at", N_("Approved at {moment}.")),
        ("proposed_at", N_("Proposed at {moment}.")),
    )
    for field, what in taken:
        moment = moment_of(values, field)
        if moment is not None:
            yield message(what, moment=moment)
            return
