"""Customers and what happens with them: fields of their kind, order of days, open holds."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterable, Iterator

from privreg.errors import FieldProblem
from privreg.law.deadline import Deadline
from privreg.law.events import EventType
from privreg.law.missing import is_blank
from privreg.law.retention import HoldSpan
from privreg.registers.declaration import FieldSpec, Finding, Surroundings, Values, When, line
from privreg.registers.raised import Raiser, chosen
from privreg.registers.reading import date_of, key_of, out_of_order, text_of
from privreg.translation import N_, Message, _, message

_GIVEN = ("given_at", N_("Given or made at"))
_SINCE = ("since_on", N_("Since"))
HOLD_REASONS = (
    ("claim", N_("claim")),
    ("dispute", N_("dispute")),
    ("restriction", N_("restriction asked by the person")),
    ("investigation", N_("investigation")),
)


NO_NUMBER = line(
    "no_number_because",
    N_("Why these digits are no national number"),
    shown=When("may_hold_number", (True,)),
    wanted=True,
    article="UAVG 46",
    help=N_("A text here holds nine digits: take them out, or say what they are."),
)


def of_its_kind(fields: Iterable[FieldSpec], values: Values) -> Iterator[FieldProblem]:
    """Yield one problem when a person holds a company's fields, or the other way round."""
    strange = [
        Message(field.label)
        for field in fields
        if field.shown is not None
        and field.shown.field == "kind"
        and not field.is_asked(values)
        and not is_blank(values.get(field.name))
    ]
    if not strange:
        return
    if text_of(values, "kind") == "company":
        what = N_("These are asked of a person only, so empty them first: {fields}.")
    else:
        what = N_("These are asked of a company only, so empty them first: {fields}.")
    yield FieldProblem("kind", message(what, fields=strange))


def check_hold(values: Values) -> Iterator[FieldProblem]:
    """Yield days of a hold that are out of order."""
    yield from out_of_order(values, _SINCE, ("review_on", N_("Review on")))
    yield from out_of_order(values, _SINCE, ("until_on", N_("Ended on")))
    if text_of(values, "reason") == "restriction" and date_of(values, "until_on") is not None:
        yield from _told_first(values)


def _told_first(values: Values) -> Iterator[FieldProblem]:
    """Yield that the person was not told before a restriction ended (article 18(3))."""
    if date_of(values, "told_on") is None:
        told = N_("Tell the person first that the restriction will end, and enter that day.")
        yield FieldProblem("told_on", Message(told))
    yield from out_of_order(
        values, ("told_on", N_("Person told of the lifting on")), ("until_on", N_("Ended on"))
    )


def check_consent(values: Values) -> Iterator[FieldProblem]:
    """Yield moments of a consent that are out of order."""
    yield from out_of_order(values, _GIVEN, ("confirmed_at", N_("Confirmed at (double opt-in)")))
    yield from out_of_order(values, _GIVEN, ("withdrawn_at", N_("Withdrawn at")))


def number_findings(slug: str, values: Values, around: Surroundings) -> Iterator[Finding]:
    """Yield that a text may hold a national number, until it is gone or said to be none."""
    if not values.get("may_hold_number") or text_of(values, "no_number_because"):
        return
    key = key_of(values, "customer_id")
    number = around.customer_number(key) if key is not None else text_of(values, "number")
    yield Raiser(slug, {"id": values["id"], "number": number}, "").finding(
        N_("A text may hold a national number (BSN): take it out, or say what it is."),
        "UAVG 46",
        field=NO_NUMBER.name,
    )


def hold_title(values: Values) -> str:
    """Return the line by which a hold is known: its reason, in the language in use."""
    return _(dict(HOLD_REASONS).get(text_of(values, "reason"), ""))


def event_title(values: Values) -> str:
    """Return the line by which an event is known: what it was, in the language in use."""
    code = text_of(values, "type")
    labels = {each.value: each.label for each in EventType}
    return _(labels[code]) if code in labels else code


def hold_deadlines(values: Values, around: Surroundings) -> Iterator[Deadline]:
    """Yield the review of a hold that stands today; without that date or an end it waits for one.

    An end that is still to come is part of why: until then the hold stands.
    """
    since_on, until_on = date_of(values, "since_on"), date_of(values, "until_on")
    today = around.today
    if not HoldSpan("", since_on or today, until=until_on).covers(today):
        return
    key = key_of(values, "customer_id")
    hold = Raiser(
        "holds",
        {"id": values["id"], "number": around.customer_number(key) if key else ""},
        hold_title(values),
    )
    review_on = date_of(values, "review_on")
    why = (
        *chosen(N_("Since"), since_on),
        message(N_("Disposal of these items is suspended until the hold ends.")),
        *chosen(N_("Ended on"), until_on),
    )
    if review_on is None and until_on is not None:
        return
    if review_on is None:
        yield hold.deadline(N_("Set a date to review the hold"), None, because=why, waiting=True)
    else:
        yield hold.deadline(
            N_("Review whether the hold is still needed"),
            review_on,
            because=(*why, *chosen(N_("Review on"), review_on)),
            starts=since_on,
            owner=text_of(values, "held_by"),
        )
