"""What every page is given: the open register, the services, the worker and the notices."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from privreg import clock
from privreg.services.roles import Right, may

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from privreg.registers.declaration import FieldSpec, Register
    from privreg.services.changes import Changes
    from ui.contract import Agenda, Desk, Records
    from ui.notices import Notices
    from ui.preferences import Preferences
    from ui.worker import Worker

WRITES = frozenset({Right.CREATE, Right.EDIT, Right.DECIDE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The services a page may call; in tests some are fakes."""

    records: Records
    agenda: Agenda


class Office(QObject):
    """One open register on the screen.

    `changed` tells pages which records were touched; `opened` asks the shell to show a
    record (slug, id; None for a new one), `place_asked` a page by its slug.
    """

    changed = Signal(object)
    opened = Signal(str, object)
    place_asked = Signal(str)

    def __init__(
        self,
        desk: Desk,
        services: Services,
        worker: Worker,
        notices: Notices,
        preferences: Preferences,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.services = services
        self.worker = worker
        self.notices = notices
        self.preferences = preferences

    @property
    def records(self) -> Records:
        """Reading and saving records."""
        return self.services.records

    @property
    def today(self) -> date:
        """The office's day."""
        return clock.today(self.desk.clock)

    def may(self, action: str, slug: str) -> bool:
        """Say whether this user may do a thing of `privreg.services.roles.Right`."""
        if self.desk.read_only and action in WRITES:
            return False
        return may(self.desk.user.roles, action, slug)

    def fields(self, register: Register) -> tuple[FieldSpec, ...]:
        """Return the fields this user may see."""
        return self.records.visible_fields(self.desk, register)

    def open_record(self, slug: str, record_id: UUID | None = None) -> None:
        """Show a record, or an empty form for a new one."""
        self.opened.emit(slug, record_id)

    def announce(self, changes: Changes) -> None:
        """Let every page refresh what was touched."""
        self.changed.emit(changes)
