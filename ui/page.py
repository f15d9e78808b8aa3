"""What every page of the window is: its base class, and how it is declared to the shell."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from privreg.services.changes import Changes
    from privreg.services.drafts import Draft
    from ui.office import Office


class Page(QWidget):
    """A page. The shell calls these; a page overrides what it needs."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.setProperty("look", "surface")

    def enter(self) -> None:
        """Refresh as the page comes into sight."""

    def take_focus(self) -> None:
        """Put the focus where work begins."""
        self.setFocus()

    def show_record(self, record_id: UUID | None) -> None:
        """Show one record, or an empty form for a new one."""

    @property
    def record_shown(self) -> UUID | None:
        """The key of the record in sight, to come back to after the lock."""
        return None

    def may_leave(self, then: Callable[[], object]) -> None:
        """Call `then` once nothing unsaved would be lost."""
        then()

    def refresh(self, changes: Changes) -> None:
        """Show anew what these changes touched."""

    def lock(self) -> None:
        """Put away what must not be seen, as the register locks."""

    def draft(self) -> Draft | None:
        """Return what was typed and not saved, to be put away while the register is locked."""
        return None

    def take_draft(self, draft: Draft) -> None:
        """Show again what was put away."""


def anyone(_office: Office) -> bool:
    """Let everybody see a page."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """One place in the sidebar: its title is marked, `is_seen` says for whom it is.

    `short` is the word in the sidebar where the title is too long for it.

    `group` 'work' stands above the line, 'basis' below it.
    """

    slug: str
    title: str
    short: str = ""
    icon: str
    factory: Callable[[Office], Page]
    is_seen: Callable[[Office], bool] = anyone
    group: str = "work"
