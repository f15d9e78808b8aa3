"""The steps of a request and what each still lacks, from the fields and the findings.

Reads the declaration and the findings of the register; it compares no dates itself.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.law.missing import is_blank
from privreg.registers.reading import codes_of, rows_of, text_of
from privreg.registers.request_clock import TO_PASS_ON, is_answered
from privreg.registers.requests import REGISTER
from privreg.translation import N_, Message
from ui.pages.steps import Lack, Step, StepSpec, stand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from privreg.registers.declaration import Finding, Values

FOR_A_PURPOSE = {"objection", "consent_withdrawn"}
UNDECIDED = {"", "not_yet"}


def steps_of(values: Values, findings: Sequence[Finding] = ()) -> list[Step]:
    """Return the steps of a request in their order, each with what it lacks.

    A finding about what is filled in already (an answer that was late) cannot be mended by a
    step: it is said elsewhere.
    """
    to_fill = [each for each in findings if is_blank(values.get(each.field))]
    return stand(REGISTER, STEPS, values, to_fill)


def _blank(values: Values, *names: str) -> Iterator[Lack]:
    for name in names:
        if is_blank(values.get(name)):
            yield Lack(name, Message(REGISTER.field(name).label))


def _decision(values: Values) -> str:
    return text_of(values, "decision")


def _is_withdrawn(values: Values) -> bool:
    return _decision(values) == "withdrawn"


def _received(values: Values) -> Iterator[Lack]:
    if is_blank(values.get("customer_id")) and not text_of(values, "person_name"):
        yield Lack("customer_id", Message(N_("Who asks: a customer, or a name")))
    is_known = values.get("is_marketing") is True
    if FOR_A_PURPOSE & set(codes_of(values, "kinds")) and not is_known:
        yield from _blank(values, "purpose")


def _identified(values: Values) -> Iterator[Lack]:
    identity = text_of(values, "identity")
    if identity in UNDECIDED:
        yield Lack("identity", Message(N_("Say whether it is certain who asks")))
    elif identity == "asked" and is_blank(values.get("identity_asked_on")):
        yield from _blank(values, "identity_asked_on")
    elif identity == "asked":
        yield Lack("identity", Message(N_("Wait for what was asked, then say what came of it")))
    elif identity == "checked":
        yield from _blank(values, "identity_how")


def _handled(values: Values) -> Iterator[Lack]:
    steps = rows_of(values, "steps")
    if any(is_blank(row.get("done_on")) for row in steps):
        yield Lack("steps", Message(N_("Steps that are still to be done")))
    elif not steps and _decision(values) in {*UNDECIDED, "granted", "partly"}:
        yield Lack("steps", Message(N_("What was searched and done, as steps")))
    if not is_blank(values.get("extended_on")):
        yield from _blank(values, "extension_reason")


def _decided(values: Values) -> Iterator[Lack]:
    if _decision(values) in UNDECIDED:
        yield Lack("decision", Message(N_("Decide what is granted")))
    elif not _is_withdrawn(values):
        yield from _blank(values, "decided_on", "decided_by")


def _answered(values: Values) -> Iterator[Lack]:
    if not is_answered(values):
        yield Lack("answered_on", Message(N_("Answer the person; note the day here")))
    elif not _is_withdrawn(values):
        yield from _blank(values, "answered_how")


def _is_passed_on(values: Values) -> bool:
    is_possible = _decision(values) not in {"refused", "withdrawn"}
    return is_possible and bool(TO_PASS_ON & set(codes_of(values, "kinds")))


def _passed_on(values: Values) -> Iterator[Lack]:
    untold = [
        row
        for row in rows_of(values, "recipients")
        if is_blank(row.get("told_on")) and is_blank(row.get("not_told"))
    ]
    if _decision(values) in UNDECIDED:
        yield Lack("recipients", Message(N_("Once it is granted: who received the data")))
    elif untold:
        yield Lack("recipients", Message(N_("Recipients that are not told yet")))


def _closed(values: Values) -> Iterator[Lack]:
    if text_of(values, "state") != "closed":
        yield Lack("state", Message(N_("Close the file")))
    else:
        yield from _blank(values, "closed_on")


STEPS = (
    StepSpec(
        name=N_("Receive"),
        task=N_("Note what is asked, by whom and since when"),
        fields=("kinds", "received_on", "channel", "controller_id"),
        asks=_received,
    ),
    StepSpec(
        name=N_("Identity"),
        task=N_("Make sure who asks, with what is at hand"),
        fields=("identity", "identity_reason", "identity_how"),
        asks=_identified,
    ),
    StepSpec(
        name=N_("Search and handle"),
        task=N_("Search, and do what is asked"),
        fields=("steps", "extended_on", "extension_reason"),
        asks=_handled,
    ),
    StepSpec(
        name=N_("Decide"),
        task=N_("Decide, with the reason"),
        fields=("decision", "refusal_grounds", "decision_reason", "decided_on"),
        asks=_decided,
    ),
    StepSpec(
        name=N_("Answer"),
        task=N_("Answer the person"),
        fields=("answered_on", "answered_how"),
        asks=_answered,
    ),
    StepSpec(
        name=N_("Tell recipients"),
        task=N_("Tell who received the data"),
        fields=("recipients",),
        asks=_passed_on,
        applies=_is_passed_on,
    ),
    StepSpec(
        name=N_("Close the file"),
        task=N_("Close the file"),
        fields=("state",),
        asks=_closed,
    ),
)
