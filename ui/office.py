"""What every page is given: the open register, the services, the worker and the notices."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from privreg import clock
from privreg.errors import NotAllowedError, ReadOnlyError
from privreg.registers.register_list import register_of
from privreg.services.roles import Right, may
from privreg.translation import N_, Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from privreg.errors import ProblemError
    from privreg.law.deadline import Deadline
    from privreg.registers.declaration import FieldSpec, Register
    from privreg.services.changes import Changes
    from privreg.services.desk import Desk
    from ui.contract import Agenda, Records
    from ui.notices import Notices
    from ui.preferences import Preferences
    from ui.worker import Job, Worker

FOR_READING = N_(
    "The register is open for reading only here; open it for writing to record something."
)
WRITES = frozenset({Right.CREATE, Right.EDIT, Right.DECIDE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The services a page may call; in tests some are fakes."""

    records: Records
    agenda: Agenda


class PaperAsked(NamedTuple):
    """A report that a page asks for: its kind, the record, the moment and the part it is about."""

    code: str
    record_id: UUID | None = None
    at: datetime | None = None
    only: Mapping[str, object] | None = None


class Office(QObject):
    """One open register on the screen.

    `changed` tells pages which records were touched, `agenda_fetched` gives every clock that
    is not done, once for the bars and the page; `opened` asks the shell to show a
    record (slug, id; None for a new one), `place_asked` a page by its slug. What the page
    should then show first, a field, a day or a report, waits in
    `field_asked`, `day_asked` and `paper_asked`. `settings_chosen` gives other
    settings of the program, to be in force at once.
    """

    changed = Signal(object)
    agenda_fetched = Signal(object)
    opened = Signal(str, object)
    place_asked = Signal(str)
    settings_chosen = Signal(object)

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
        self.field_asked: tuple[UUID, str] | None = None
        self.day_asked: date | None = None
        self.paper_asked: PaperAsked | None = None
        self._fetching: Job | None = None

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

    def refusal(self, action: str, slug: str) -> ProblemError | None:
        """Return why this user may not do a thing here and now, or None."""
        if self.may(action, slug):
            return None
        if self.desk.read_only and may(self.desk.user.roles, action, slug):
            return ReadOnlyError(Message(FOR_READING))
        return NotAllowedError(
            Message(N_("Your role does not allow this; ask the privacy coordinator."))
        )

    def fields(self, register: Register) -> tuple[FieldSpec, ...]:
        """Return the fields this user may see."""
        return self.records.visible_fields(self.desk, register)

    def open_record(self, slug: str, record_id: UUID | None = None) -> None:
        """Show a record, or an empty form for a new one; a part of a record on its page."""
        register = register_of(slug)
        if not register.parent or record_id is None:
            self.opened.emit(slug, record_id)
            return
        records, desk = self.records, self.desk
        self.worker.run(
            lambda: records.load(desk, slug, record_id),
            lambda found: self.opened.emit(register.parent, found[register.parent_field]),
        )

    def open_field(self, slug: str, record_id: UUID, field: str) -> None:
        """Show a record and put the cursor in one of its fields."""
        self.field_asked = (record_id, field) if field else None
        self.open_record(slug, record_id)

    def take_field(self, record_id: UUID | None) -> str:
        """Return the field asked for of this record, once; nothing when none was."""
        if self.field_asked is None or self.field_asked[0] != record_id:
            return ""
        field, self.field_asked = self.field_asked[1], None
        return field

    def open_due(self, day: date) -> None:
        """Show what is due for disposal on a day."""
        self.day_asked = day
        self.place_asked.emit("disposal")

    def fetch_agenda(self) -> None:
        """Fetch every clock anew, in place of what is under way."""
        agenda, desk = self.services.agenda, self.desk
        self._fetching = self.worker.run(
            lambda: agenda.agenda(desk), self._hand_out, latest="agenda"
        )

    def _hand_out(self, deadlines: Sequence[Deadline]) -> None:
        self.agenda_fetched.emit(deadlines)

    def want_agenda(self) -> None:
        """Fetch the clocks unless they are on their way already."""
        if self._fetching is None or self._fetching not in self.worker.pending:
            self.fetch_agenda()

    def announce(self, changes: Changes) -> None:
        """Let every page refresh what was touched."""
        self.changed.emit(changes)
