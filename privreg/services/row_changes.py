"""What changed in a table of a record, in words: each row that came, went or changed."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

from privreg.registers.declaration import FieldSpec, Kind
from privreg.registers.options import register_of_options
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from privreg.registers.declaration import Values

NOTHING = "—"
MOST_CELLS = 3

Writing: TypeAlias = Callable[[FieldSpec, Any], str]
"""How a value reads where the words are for: a cell of the window, a line on paper."""


def from_to(before: str, after: str) -> str:
    """Write '3 april → 4 april', or what came where nothing stood."""
    if not before:
        return after
    return _("{before} → {after}").format(before=before, after=after or NOTHING)


def row_changes(
    field: FieldSpec, old: Iterable[Values], new: Iterable[Values], write: Writing
) -> Iterator[str]:
    """Yield what happened to the rows of a table; nothing where only their order changed."""
    before, after = _by_key(old), _by_key(new)
    for key, row in before.items():
        if key not in after:
            yield _("removed: {row}").format(row=row_words(field, row, write))
    for key, row in after.items():
        if key not in before:
            words = row_words(field, row, write)
            yield _("added: {row}").format(row=words) if before else words
        elif row != before[key]:
            yield from _row_change(field, before[key], row, write)


def _row_change(field: FieldSpec, before: Values, after: Values, write: Writing) -> Iterator[str]:
    told = [
        _("{field}: {change}").format(
            field=_(each.short or each.label), change=from_to(*cells) or NOTHING
        )
        for each in field.fields
        if before.get(each.name) != after.get(each.name)
        and len(set(cells := [write(each, row.get(each.name)) for row in (before, after)])) > 1
    ]
    if told:
        row = row_words(field, before, write)
        yield _("{row} · {changes}").format(row=row, changes="; ".join(told))


def row_words(field: FieldSpec, row: Values, write: Writing) -> str:
    """Name a row by what stands first in it."""
    cells = (write(each, row.get(each.name)) for each in field.fields)
    return " · ".join([each for each in cells if each][:MOST_CELLS]) or _("Empty row")


def _by_key(rows: Iterable[Values]) -> dict[str, Values]:
    return {str(row.get("id") or f"new {place}"): row for place, row in enumerate(rows)}


def linked_in(field: FieldSpec, value: Any) -> Iterator[tuple[str, UUID]]:
    """Yield the records a value points at, also from within rows: register and key."""
    if field.kind is Kind.ROWS:
        for row in value or ():
            for each in field.fields:
                yield from linked_in(each, row.get(each.name))
        return
    slug = field.to or register_of_options(field)
    for each in value if isinstance(value, list) else [value]:
        if slug and each:
            yield slug, each if isinstance(each, UUID) else UUID(each)


def linked_by_register(pairs: Iterable[tuple[str, UUID]]) -> dict[str, set[UUID]]:
    """Gather the records that values point at, to ask all their titles at once."""
    wanted: dict[str, set[UUID]] = {}
    for slug, key in pairs:
        wanted.setdefault(slug, set()).add(key)
    return wanted
