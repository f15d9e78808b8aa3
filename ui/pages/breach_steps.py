"""The seven steps of a breach and what each still lacks, from the fields and the findings.

Reads the declaration and the findings of the register; it compares no dates itself.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg import formats
from privreg.law.missing import is_blank
from privreg.registers.breach_checks import first_notified_at
from privreg.registers.breaches import REGISTER
from privreg.registers.reading import rows_of, text_of
from privreg.translation import N_, Message, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from privreg.registers.declaration import Finding, Values


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing a step still lacks: the field that holds it, and the words for it."""

    field: str
    what: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSpec:
    """One step: its name, what to do in it, its fields, and what else it asks.

    `role` limits it to the controller or the processor.
    """

    name: str
    task: str
    fields: tuple[str, ...]
    asks: Callable[[Values], Iterable[Lack]]
    role: str = ""


@dataclass(frozen=True, slots=True)
class BreachStep:
    """A step as it stands: its name, its task, where it begins on the form, what it lacks."""

    name: str
    task: str
    field: str
    lacks: tuple[Lack, ...]

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing."""
        return not self.lacks

    @property
    def begins_at(self) -> str:
        """The field at which to begin: the first that lacks, else the first of the step."""
        return self.lacks[0].field if self.lacks else self.field


def steps_of(values: Values, findings: Sequence[Finding] = ()) -> list[BreachStep]:
    """Return the steps of a breach in their order, each with what it lacks."""
    role = text_of(values, "role") or "controller"
    return [_stand(spec, values, findings) for spec in STEPS if spec.role in ("", role)]


def current(steps: Sequence[BreachStep]) -> BreachStep | None:
    """Return the step to do now: the first that lacks something; None when all is done."""
    return next((step for step in steps if not step.is_done), None)


def lacking_words(step: BreachStep) -> str:
    """Write what a step lacks on one line."""
    return "; ".join(dict.fromkeys(formats.text(each.what) for each in step.lacks))


def _stand(spec: StepSpec, values: Values, findings: Sequence[Finding]) -> BreachStep:
    lacks = [*_empty(spec.fields, values), *spec.asks(values)]
    known = {each.field for each in lacks}
    lacks += [
        Lack(each.field, each.what)
        for each in findings
        if each.field in spec.fields and each.field not in known
    ]
    return BreachStep(spec.name, spec.task, spec.fields[0], tuple(lacks))


def _empty(fields: Iterable[str], values: Values) -> Iterator[Lack]:
    for name in fields:
        field = REGISTER.field(name)
        is_asked = (field.wanted or field.required) and field.is_asked(values)
        if is_asked and is_blank(values.get(name)):
            yield Lack(name, Message(field.label))


def _nothing(_values: Values) -> tuple[()]:
    return ()


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
        yield Lack("authority_decision", Message(N_("Decide whether the authority is told")))
    elif decision == "yes" and first_notified_at(values) is None:
        yield Lack("notifications", Message(N_("Report it on the authority's form; note it here")))


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
        asks=_nothing,
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
        asks=_nothing,
        role="controller",
    ),
    StepSpec(
        name=N_("Authority"),
        task=N_("Decide on reporting to the authority"),
        fields=(
            *("authority_decision", "authority_reason_kind", "authority_reason"),
            *("notifications", "delay_reason"),
        ),
        asks=_authority,
        role="controller",
    ),
    StepSpec(
        name=N_("People"),
        task=N_("Decide on telling the people"),
        fields=("people_decision", "people_reason_kind", "people_reason", "people_told_at"),
        asks=_people,
        role="controller",
    ),
    StepSpec(
        name=N_("Tell"),
        task=N_("Tell the controller we work for"),
        fields=("client_told_at", "client_id"),
        asks=_client,
        role="processor",
    ),
    StepSpec(
        name=N_("Measures"),
        task=N_("Take measures and see them done"),
        fields=("measures",),
        asks=_prevented,
    ),
    StepSpec(
        name=N_("Close"),
        task=N_("Evaluate and close the file"),
        fields=("state", "evaluation", "closed_at"),
        asks=_closed,
    ),
)


def task_words(step: BreachStep | None) -> str:
    """'Nu te doen: weeg het risico voor de mensen. Ontbreekt: Ernst; Risico.'."""
    if step is None:
        return _("Nothing left to do: the file is complete.")
    return _("To do now: {task}. Missing: {missing}.").format(
        task=_(step.task), missing=lacking_words(step)
    )
