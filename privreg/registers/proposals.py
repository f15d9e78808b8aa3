"""What a field proposes from another as long as nobody filled it in."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privreg.registers.validation import is_empty

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from privreg.registers.declaration import FieldSpec


class Proposals:
    """Proposes the value of one field for another, and follows it until a person answers."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def typed(self, name: str) -> None:
        """Leave a field alone from now on: a person answered it."""
        self._made.pop(name, None)

    def forget(self) -> None:
        """Begin anew with another record."""
        self._made.clear()

    def after(
        self, edited: str, values: Mapping[str, Any], fields: Iterable[FieldSpec]
    ) -> Iterator[tuple[str, Any]]:
        """Yield what to fill in now that a field was edited; never over what was typed."""
        for field in fields:
            if field.proposed_from != edited:
                continue
            if is_empty(values.get(field.name)) or field.name in self._made:
                self._made[field.name] = values.get(edited)
                yield field.name, values.get(edited)
