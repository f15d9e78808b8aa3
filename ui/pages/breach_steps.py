"""The seven steps of a breach and what each still lacks, from the fields and the findings.

Reads the declaration and the findings of the register; it compares no dates itself.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from privreg.law.missing import is_blank
from privreg.registers.breach_checks import first_notified_at
from privreg.registers.breaches import REGISTER
from privreg.registers.raised import COMPETENT, AuthorityName
from privreg.registers.reading import rows_of, text_of
from privreg.translation import N_, Message, message
from ui.pages.steps import Lack, Step, StepSpec, stand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from privreg.registers.declaration import Finding, Values

AUTHORITY = "{authority}"


def steps_of(
    values: Values,
    findings: Sequence[Finding] = (),
    authority: AuthorityName = COMPETENT,
) -> list[Step]:
    """Return the steps of a breach in their order, each with what it lacks."""
    steps = stand(REGISTER, STEPS, values, findings)
    return [_naming(each, authority) for each in steps]


def _naming(step: Step, authority: AuthorityName) -> Step:
    """Return a step whose sentences name the authority."""
    lacks = (
        replace(each, what=message(each.what.template, authority=authority))
        if AUTHORITY in each.what.template
        else each
        for each in step.lacks
    )
    return replace(step, lacks=tuple(lacks))


def _decides(values: Values) -> bool:
    return text_of(values, "role") != "processor"


def _is_told_on(values: Values) -> bool:
    return text_of(values, "role") == "processor"


def _contained(values: Values) -> Iterator[Lack]:
    if values.get("is_ongoing") is None:
        yield Lack("is_ongoing", Message(N_("Say whether it is still going on")))
    elif values["is_ongoing"]:
        yield Lack("is_ongoing", Message(N_("It is still going on: stop it first")))
    if not _measures(values, "corrective"):
        yield Lack("measures", Message(N_("A measure against this breach")))


def _measures(values: Values, sort: str) -> list[object]:
    return [row for row in rows_of(values, "measures") if text_of(row, "sort") == sort]


def _authority(values: Values) -> Iterator[Lack]:
    decision = text_of(values, "authority_decision")
    if decision in ("", "not_yet"):
        yield Lack(
            "authority_decision", Message(N_("Decide whether it is reported to the {authority}"))
        )
    elif decision == "yes" and first_notified_at(values) is None:
        yield Lack(
            "notifications", Message(N_("Report it on the form of the {authority}; note it here"))
        )


def _people(values: Values) -> Iterator[Lack]:
    if text_of(values, "people_decision") in ("", "not_yet"):
        yield Lack("people_decision", Message(N_("Decide whether the people are told")))


def _client(values: Values) -> Iterator[Lack]:
    if is_blank(values.get("client_id")):
        yield Lack("client_id", Message(N_("For which controller we work")))
    if is_blank(values.get("client_told_at")):
        yield Lack("client_told_at", Message(N_("Tell the controller; note when it was told")))


def _prevented(values: Values) -> Iterator[Lack]:
    if not _measures(values, "preventive"):
        yield Lack("measures", Message(N_("A measure against the next one")))
    undone = [
        row
        for row in rows_of(values, "measures")
        if not is_blank(row.get("due_on")) and is_blank(row.get("done_on"))
    ]
    if undone:
        yield Lack("measures", Message(N_("Measures that are still to be done")))


def _closed(values: Values) -> Iterator[Lack]:
    if is_blank(values.get("evaluation")):
        yield Lack("evaluation", Message(N_("The evaluation")))
    if text_of(values, "state") != "closed":
        yield Lack("state", Message(N_("Close the file")))


STEPS = (
    StepSpec(
        name=N_("Describe"),
        task=N_("Write down what happened"),
        fields=(
            *("title", "controller_id", "description", "natures", "incident"),
            *("detected_at", "detected_how", "aware_at", "aware_note"),
            *("general_data", "people_groups"),
        ),
    ),
    StepSpec(
        name=N_("Contain"),
        task=N_("Stop the leak"),
        fields=("is_ongoing",),
        asks=_contained,
    ),
    StepSpec(
        name=N_("Assess"),
        task=N_("Weigh the risk for the people"),
        fields=(
            *("protections", "consequences_data", "consequences_people"),
            *("severity", "risk", "risk_note"),
        ),
        applies=_decides,
    ),
    StepSpec(
        name=N_("Authority"),
        task=N_("Decide on reporting to the authority"),
        fields=(
            *("authority_decision", "authority_reason_kind", "authority_reason"),
            *("notifications", "delay_reason"),
        ),
        asks=_authority,
        applies=_decides,
    ),
    StepSpec(
        name=N_("People"),
        task=N_("Decide on telling the people"),
        fields=(
            "people_decision",
            "people_reason_kind",
            "people_reason",
            "people_notice",
            "people_told_at",
        ),
        asks=_people,
        applies=_decides,
    ),
    StepSpec(
        name=N_("Tell"),
        task=N_("Tell the controller we work for"),
        fields=("client_told_at", "client_id"),
        asks=_client,
        applies=_is_told_on,
    ),
    StepSpec(
        name=N_("Measures"),
        task=N_("Take measures and see them done"),
        fields=("measures",),
        asks=_prevented,
    ),
    StepSpec(
        name=N_("Close the file"),
        task=N_("Evaluate and close the file"),
        fields=("state", "evaluation", "closed_at"),
        asks=_closed,
    ),
)
