"""Which value of a field rests on a dated list and was not checked against a second source."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg import lists
from privreg.law import sources

if TYPE_CHECKING:
    from privreg.registers.declaration import FieldSpec


def is_unchecked(field: FieldSpec, value: object) -> bool:
    """Whether a field's value names a rule of a dated list that no second source confirmed."""
    if field.names:
        return sources.is_unchecked(str(value or ""), lists.dated_list(field.names))
    if not field.listed or not value:
        return False
    codes = value if isinstance(value, list) else [value]
    return not lists.unverified(field.listed).isdisjoint(map(str, codes))
