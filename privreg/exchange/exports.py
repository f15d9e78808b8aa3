"""What an export holds of a record: exact values for JSON, words for a spreadsheet."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from privreg.registers.declaration import FieldSpec, Kind, Register, Values
from privreg.registers.options import register_of_options, word_of

if TYPE_CHECKING:
    from collections.abc import Iterable


class Names(Protocol):
    """Tells how a record is called in a file, so that an import finds it again."""

    def number_of(self, slug: str, key: UUID) -> str:
        """Return the record's number, or its key where that is not enough."""
        ...

    def title_of(self, slug: str, key: UUID) -> str:
        """Return what a reader calls the record, where that is clear; else its number."""
        ...


def exact(register: Register, fields: Iterable[FieldSpec], values: Values, names: Names) -> Values:
    """Return a record as JSON holds it; empty fields are left out."""
    written: Values = {"id": str(values["id"])}
    if values.get("number"):
        written["number"] = values["number"]
    if register.parent:
        owner = values[register.parent_field]
        written[register.parent_field] = names.number_of(register.parent, owner)
    for field in fields:
        value = values.get(field.name)
        if value not in (None, "", []):
            written[field.name] = _exact(field, value, names)
    return written


def _exact(field: FieldSpec, value: Any, names: Names) -> Any:
    if field.kind is Kind.ROWS:
        return [
            {
                each.name: _exact(each, row[each.name], names)
                for each in field.fields
                if row.get(each.name) not in (None, "", [])
            }
            for row in value
        ]
    if isinstance(value, list):
        return [_exact(field, each, names) for each in value]
    if isinstance(value, UUID):
        return names.number_of(field.to, value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    slug = register_of_options(field)
    return names.number_of(slug, UUID(value)) if slug else value


def in_words(field: FieldSpec, value: Any, names: Names) -> Any:
    """Return one value as a spreadsheet shows it: words, numbers, days and moments."""
    if isinstance(value, list):
        return "; ".join(str(in_words(field, each, names)) for each in value)
    if isinstance(value, UUID):
        return names.title_of(field.to, value)
    if not isinstance(value, str) or not value:
        return value
    slug = register_of_options(field)
    if slug:
        return names.title_of(slug, UUID(value))
    if field.kind in (Kind.CHOICE, Kind.CHOICES, Kind.COUNTRY):
        return word_of(field, value)
    return value
