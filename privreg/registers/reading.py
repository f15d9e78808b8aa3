"""Reads values out of a record by their type, and compares what fields say together.

A value of another type reads as not filled in: its own check says what is wrong with it.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from privreg.errors import FieldProblem
from privreg.registers.declaration import Values
from privreg.translation import N_, Message, message

Record = Mapping[str, Any]


def text_of(values: Record, name: str) -> str:
    """Return a text or a code; empty when not filled in."""
    found = values.get(name)
    return found.strip() if isinstance(found, str) else ""


def date_of(values: Record, name: str) -> date | None:
    """Return a calendar day."""
    found = values.get(name)
    return found if isinstance(found, date) and not isinstance(found, datetime) else None


def moment_of(values: Record, name: str) -> datetime | None:
    """Return an aware moment."""
    found = values.get(name)
    return found if isinstance(found, datetime) and found.tzinfo is not None else None


def number_of(values: Record, name: str) -> int | None:
    """Return a whole number."""
    found = values.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def key_of(values: Record, name: str) -> UUID | None:
    """Return the key of the record a link points at."""
    found = values.get(name)
    return found if isinstance(found, UUID) else None


def keys_of(values: Record, name: str) -> list[UUID]:
    """Return the keys of the records that links point at."""
    return [each for each in _list(values, name) if isinstance(each, UUID)]


def codes_of(values: Record, name: str) -> list[str]:
    """Return the codes of a choice of several."""
    return [each for each in _list(values, name) if isinstance(each, str)]


def rows_of(values: Record, name: str) -> list[Values]:
    """Return the rows of a child table."""
    return [each for each in _list(values, name) if isinstance(each, dict)]


def _list(values: Record, name: str) -> list[Any]:
    found = values.get(name)
    return found if isinstance(found, list) else []


def out_of_order(
    values: Record, earlier: tuple[str, str], later: tuple[str, str]
) -> Iterator[FieldProblem]:
    """Yield a problem on the later field when its day or moment lies before the earlier one.

    Both are given as the field's name and its marked label.
    """
    first = moment_of(values, earlier[0]) or date_of(values, earlier[0])
    second = moment_of(values, later[0]) or date_of(values, later[0])
    if first is None or second is None or not is_before(second, first):
        return
    yield FieldProblem(
        later[0],
        message(
            N_("'{later}' cannot lie before '{earlier}' ({moment})."),
            later=Message(later[1]),
            earlier=Message(earlier[1]),
            moment=first,
        ),
    )


def is_before(one: date, other: date) -> bool:
    """Say whether a day or moment lies before another one of the same type."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one.astimezone(UTC) < other.astimezone(UTC)
    if isinstance(one, datetime) or isinstance(other, datetime):
        return False
    return one < other


def needed(field: str, what: str) -> FieldProblem:
    """Return the problem that a field is empty; `what` is a marked sentence."""
    return FieldProblem(field, message(what))
