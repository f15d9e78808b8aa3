"""An import without a child process, for the tests of what it makes of a file."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privreg.services.intake import Wanted, taken_over

if TYPE_CHECKING:
    from pathlib import Path

    from privreg.services.desk import Desk
    from privreg.services.importing import ImportResult


class Onlooker:
    """Watches an import and lets it be."""

    def begin(self) -> None:
        """Lend nothing: nobody else writes."""

    def look(self) -> None:
        """Want nothing."""

    def reached(self, line: int, about: int) -> None:
        """Take no note."""

    def complete(self) -> None:
        """Let it be kept."""


def imported_here(desk: Desk, into: str, path: Path, **more: Any) -> ImportResult:
    """Import a file in this process."""
    return taken_over(desk, Wanted(into=into, path=path, **more), Onlooker())
