"""Turns the lines of a file into drafts of records, and names what is wrong with a line."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from privreg.errors import FieldProblem
from privreg.exchange.columns import CUSTOMER, fields_for
from privreg.exchange.sheets import LARGEST_CELL
from privreg.exchange.words import plainly
from privreg.reading import ReadingError
from privreg.translation import N_, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privreg.exchange.cells import CellReader
    from privreg.exchange.columns import Columns, OwnWords
    from privreg.exchange.sheets import Line
    from privreg.registers.declaration import FieldSpec, Register, Values

READ_FIRST = ("controller_id", CUSTOMER.name)
"""Fields that say in which company or customer the others are looked up."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A line as read: its values, filled cells only, and what was wrong with the others."""

    line: int
    values: Values
    problems: tuple[FieldProblem, ...] = ()


class DraftReader:
    """Reads lines of one file, its columns and own words known."""

    def __init__(
        self, register: Register, columns: Columns, own: OwnWords, cells: CellReader
    ) -> None:
        self._cells = cells
        self._values = {
            name: {plainly(word): code for word, code in words.items()}
            for name, words in own.values.items()
        }
        by_name = {each.name: each for each in fields_for(register)}
        given: list[tuple[int | None, FieldSpec]] = list(columns.fields.items())
        named = {each.name for each in columns.fields.values()}
        fixed = [(None, by_name[name]) for name in own.fixed if name not in named]
        self._fixed = own.fixed
        self._order = sorted([*given, *fixed], key=lambda each: each[1].name not in READ_FIRST)
        self._width = max(columns.heads, default=0) + 1

    def draft(self, line: Line) -> Draft:
        """Read one line."""
        values: Values = {}
        problems = list(self._too_wide(line))
        for place, field in self._order:
            cell = self._cell(line, place, field)
            if cell is None:
                continue
            try:
                values[field.name] = self._read(field, cell, values)
            except ReadingError as error:
                problems.append(FieldProblem(field.name, error.problem))
        return Draft(line.number, values, tuple(problems))

    def _cell(self, line: Line, place: int | None, field: FieldSpec) -> Any:
        found = line.cells[place] if place is not None and place < len(line.cells) else None
        return self._fixed.get(field.name) if found is None else found

    def _too_wide(self, line: Line) -> list[FieldProblem]:
        if all(cell is None for cell in line.cells[self._width :]):
            return []
        return [FieldProblem("", message(N_("This line has more cells than there are columns.")))]

    def _read(self, field: FieldSpec, cell: Any, beside: Mapping[str, Any]) -> Any:
        if isinstance(cell, str):
            if len(cell) > LARGEST_CELL:
                raise ReadingError(message(N_("This text is too long for any field.")))
            cell = (
                self._values.get(field.name, {}).get(plainly(cell), cell) if self._values else cell
            )
        if field.name == "id":
            return _key(cell)
        return self._cells.read(field, cell, beside)


def _key(cell: Any) -> UUID:
    try:
        return UUID(str(cell))
    except ValueError as error:
        raise ReadingError(message(N_("This is no key of a record; leave it empty."))) from error
