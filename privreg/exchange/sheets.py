"""What a file of records is read as, whatever its format: numbered lines of cells."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from privreg.errors import ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LARGEST_CELL = 1_000_000
"""Characters; what is longer fits in no field, and is refused before it fills the memory."""


class FileProblemError(ProblemError):
    """A file cannot be read as records; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file. `number` is where a person finds it; empty cells are None.

    A cell is a text, or what a spreadsheet or JSON holds: number, truth, day, moment, list.
    """

    number: int
    cells: tuple[Any, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no cell is filled in."""
        return all(cell is None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An opened file: its lines, once, and about how many there are.

    `names` are the columns where the format itself names them (JSON), else empty: the heads
    then stand in one of the first lines.
    """

    lines: Iterator[Line]
    about: int
    names: tuple[str, ...] = ()
    close: Callable[[], None] = lambda: None


def filled(cell: Any) -> Any:
    """Return a cell without blanks around it; None where nothing is left."""
    if not isinstance(cell, str):
        return cell
    return cell.strip() or None
