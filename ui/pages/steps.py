"""The steps of a case that leads its reader: what each still lacks, and which to do now.

Reads the declaration and the findings of a register; it compares no dates itself.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg import formats
from privreg.law.missing import is_blank
from privreg.translation import Message, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from privreg.registers.declaration import Finding, Register, Values


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing a step still lacks: the field that holds it, and the words for it."""

    field: str
    what: Message


def nothing(_values: Values) -> tuple[()]:
    """Ask nothing besides the fields."""
    return ()


def always(_values: Values) -> bool:
    """Let every record have the step."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSpec:
    """One step: its name, what to do in it, its fields, what else it asks, and who has it."""

    name: str
    task: str
    fields: tuple[str, ...]
    asks: Callable[[Values], Iterable[Lack]] = nothing
    applies: Callable[[Values], bool] = always


@dataclass(frozen=True, slots=True)
class Step:
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


def stand(
    register: Register, specs: Sequence[StepSpec], values: Values, findings: Sequence[Finding]
) -> list[Step]:
    """Return the steps that a record has in their order, each with what it lacks."""
    return [_stand(register, spec, values, findings) for spec in specs if spec.applies(values)]


def _stand(register: Register, spec: StepSpec, values: Values, findings: Sequence[Finding]) -> Step:
    lacks = [*_empty(register, spec.fields, values), *spec.asks(values)]
    known = {each.field for each in lacks}
    lacks += [
        Lack(each.field, each.what)
        for each in findings
        if each.field in spec.fields and each.field not in known
    ]
    return Step(spec.name, spec.task, spec.fields[0], tuple(sorted(lacks, key=_place_in(spec))))


def _place_in(spec: StepSpec) -> Callable[[Lack], int]:
    """Order what lacks as the step names its fields; what stands elsewhere comes last."""
    places = {name: place for place, name in enumerate(spec.fields)}
    return lambda lack: places.get(lack.field, len(places))


def _empty(register: Register, fields: Iterable[str], values: Values) -> Iterator[Lack]:
    for name in fields:
        field = register.field(name)
        is_asked = (field.wanted or field.required) and field.is_asked(values)
        if is_asked and is_blank(values.get(name)):
            yield Lack(name, Message(field.label))


def current(steps: Sequence[Step]) -> Step | None:
    """Return the step to do now: the first that lacks something; None when all is done."""
    return next((step for step in steps if not step.is_done), None)


def lacking_words(step: Step) -> str:
    """Write what a step lacks on one line."""
    return "; ".join(dict.fromkeys(formats.text(each.what) for each in step.lacks))


def task_words(step: Step | None) -> str:
    """'Nu te doen: weeg het risico voor de mensen. Ontbreekt: Ernst; Risico.'."""
    if step is None:
        return _("Nothing left to do: the file is complete.")
    return _("To do now: {task}. Missing: {missing}.").format(
        task=_(step.task), missing=lacking_words(step)
    )
