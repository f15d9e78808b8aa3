"""What changed in a record, as the window writes it: a field from what to what, or row by row."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privreg.registers.declaration import Kind
from privreg.services.journal_words import BESIDE_FIELDS
from privreg.services.plain_values import restored
from privreg.services.row_changes import from_to, row_changes
from privreg.translation import _
from ui.cells import cell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from privreg.registers.declaration import FieldSpec, Linked, Register


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
        rows = row_changes(field, old or [], new or [], lambda spec, its: cell(spec, its, titles))
        return "\n".join(rows)
    return from_to(cell(field, old, titles), cell(field, new, titles))
