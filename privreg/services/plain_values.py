"""Values read back from JSON, as the journal and a draft put away keep them."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from privreg.registers.declaration import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from privreg.registers.declaration import FieldSpec, Values

BY_KIND: dict[Kind, Callable[[str], Any]] = {
    Kind.DAY: date.fromisoformat,
    Kind.MOMENT: datetime.fromisoformat,
    Kind.LINK: UUID,
    Kind.LINKS: UUID,
}


def restored(field: FieldSpec, value: Any) -> Any:
    """Turn a plain value of a field back into what a record holds."""
    if isinstance(value, list):
        return [restored(field, each) for each in value]
    if isinstance(value, dict):
        return _row(field, value)
    reader = BY_KIND.get(field.kind)
    return reader(value) if reader is not None and isinstance(value, str) and value else value


def _row(field: FieldSpec, row: Values) -> Values:
    fields = {each.name: each for each in field.fields}
    found = {
        name: restored(fields[name], value) if name in fields else value
        for name, value in row.items()
    }
    if isinstance(found.get("id"), str):
        found["id"] = UUID(found["id"])
    return found
