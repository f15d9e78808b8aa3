"""What the bar says of a draft that was refused: which field, and what is wrong with it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privreg.errors import InvalidRecordError, ProblemError
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from privreg.registers.declaration import FieldSpec, Register

ROW_FIELD = re.compile(r"(\w+)\[\d+\]\.(\w+)")


def naming_field(register: Register, error: ProblemError) -> ProblemError:
    """Return the error as the bar tells it: a sentence about a field begins with its label."""
    if not isinstance(error, InvalidRecordError) or not error.problems:
        return error
    first = error.problems[0]
    spec = _field(register, first.field)
    if spec is None:
        return error
    return ProblemError(
        message(N_("{field}: {problem}"), field=Message(spec.label), problem=first.problem)
    )


def _field(register: Register, name: str) -> FieldSpec | None:
    inside = ROW_FIELD.fullmatch(name)
    specs = register.fields
    if inside:
        rows = next((each for each in specs if each.name == inside[1]), None)
        specs = rows.fields if rows is not None else ()
    return next((each for each in specs if each.name == (inside[2] if inside else name)), None)
