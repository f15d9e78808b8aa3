"""What changed in a record, in words: a field from what to what, and each row of its tables."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from privreg.registers.declaration import Kind
from privreg.registers.options import register_of_options
from privreg.services.journal_words import BESIDE_FIELDS
from privreg.services.plain_values import restored
from privreg.translation import _
from ui.cells import cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from privreg.registers.declaration import FieldSpec, Linked, Register, Values

NOTHING = "—"
MOST_CELLS = 3


def field_of(register: Register | None, name: str) -> FieldSpec | None:
    """Return the field of that name, or None for what is kept beside the form."""
    fields = register.fields if register is not None else ()
    return next((field for field in fields if field.name == name), None)


def field_label(register: Register | None, name: str) -> str:
    """Return what a field is called where room is short."""
    field = field_of(register, name)
    if field is not None:
        return _(field.short or field.label)
    return _(BESIDE_FIELDS[name]) if name in BESIDE_FIELDS else name


def from_journal(field: FieldSpec | None, value: Any) -> Any:
    """Turn a value as the journal keeps it back into what a form holds."""
    return value if field is None else restored(field, value)


def change_words(field: FieldSpec | None, old: Any, new: Any, titles: Mapping[UUID, Linked]) -> str:
    """Say from what to what; of a table a line for each row that came, went or changed."""
    if field is not None and field.kind is Kind.ROWS:
        return "\n".join(row_changes(field, old or [], new or [], titles))
    return from_to(cell(field, old, titles), cell(field, new, titles))


def from_to(before: str, after: str) -> str:
    """Write '3 april → 4 april', or what came where nothing stood."""
    if not before:
        return after
    return _("{before} → {after}").format(before=before, after=after or NOTHING)


def row_changes(
    field: FieldSpec, old: Iterable[Values], new: Iterable[Values], titles: Mapping[UUID, Linked]
) -> Iterator[str]:
    """Yield what happened to the rows of a table; nothing where only their order changed."""
    before, after = _by_key(old), _by_key(new)
    for key, row in before.items():
        if key not in after:
            yield _("removed: {row}").format(row=row_words(field, row, titles))
    for key, row in after.items():
        if key not in before:
            words = row_words(field, row, titles)
            yield _("added: {row}").format(row=words) if before else words
        elif row != before[key]:
            yield from _row_change(field, before[key], row, titles)


def _row_change(
    field: FieldSpec, before: Values, after: Values, titles: Mapping[UUID, Linked]
) -> Iterator[str]:
    told = [
        _("{field}: {change}").format(
            field=_(each.short or each.label), change=from_to(*cells) or NOTHING
        )
        for each in field.fields
        if before.get(each.name) != after.get(each.name)
        and len(set(cells := [cell(each, row.get(each.name), titles) for row in (before, after)]))
        > 1
    ]
    if told:
        row = row_words(field, before, titles)
        yield _("{row} · {changes}").format(row=row, changes="; ".join(told))


def row_words(field: FieldSpec, row: Values, titles: Mapping[UUID, Linked]) -> str:
    """Name a row by what stands first in it."""
    cells = (cell(each, row.get(each.name), titles) for each in field.fields)
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
