"""The model of the journal: entries fetched as one scrolls down, the newest first."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from privreg import formats
from privreg.registers.register_list import BY_SLUG
from privreg.services.records import journal_page, titles
from privreg.translation import N_, _
from ui.history_panel import ACTIONS
from ui.pages.desk_of import desk_of
from ui.widgets import as_tip

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from privreg.errors import ProblemError
    from privreg.registers.declaration import Linked
    from privreg.services.desk import Desk
    from privreg.services.records import HistoryEntry
    from ui.office import Office

AT_ONCE = 100
HEADINGS = (N_("Entry"), N_("When"), N_("Who"), N_("What happened"), N_("Register"), N_("Record"))
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is shown: one register, one user, one thing done, since a moment; empty is all."""

    slug: str = ""
    user_id: UUID | None = None
    action: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some entries, with what their records are called now, and whether there are older ones."""

    sieve: Sieve
    entries: list[HistoryEntry]
    titles: dict[UUID, Linked]
    has_more: bool


class JournalModel(QAbstractTableModel):
    """Entries of the journal. `arrived` is emitted when the first ones of a sieve stand."""

    arrived = Signal()
    failed = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.sieve = Sieve()
        self.entries: list[HistoryEntry] = []
        self.titles: dict[UUID, Linked] = {}
        self.has_more = False
        self.is_fetching = False

    def ask(self, sieve: Sieve) -> None:
        """Show another part of the journal; what stands stays until it arrives."""
        self.sieve = sieve
        self.is_fetching = True
        self._fetch(None, self._begin)

    def _fetch(self, before: int | None, then: Any) -> None:
        desk, sieve = desk_of(self.office), self.sieve
        self.office.worker.run(
            lambda: _stretch(desk, sieve, before), then, self._not_fetched, latest="journal"
        )

    def _begin(self, stretch: Stretch) -> None:
        self.beginResetModel()
        self.entries, self.titles = list(stretch.entries), dict(stretch.titles)
        self.has_more, self.is_fetching = stretch.has_more, False
        self.endResetModel()
        self.arrived.emit()

    def _not_fetched(self, error: ProblemError) -> None:
        self.is_fetching = self.has_more = False
        self.office.notices.problem(error)
        self.failed.emit()

    def canFetchMore(self, parent: Index) -> bool:
        """Say whether there are older entries."""
        return not parent.isValid() and self.has_more

    def fetchMore(self, _parent: Index) -> None:
        """Ask for older entries; they follow when they arrive."""
        if self.has_more and not self.is_fetching:
            self.is_fetching = True
            self._fetch(self.entries[-1].seq, self._go_on)

    def _go_on(self, stretch: Stretch) -> None:
        first = len(self.entries)
        if stretch.entries:
            self.beginInsertRows(QModelIndex(), first, first + len(stretch.entries) - 1)
            self.entries += stretch.entries
            self.titles.update(stretch.titles)
            self.endInsertRows()
        self.has_more, self.is_fetching = stretch.has_more, False

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self.entries, self.titles, self.has_more = [], {}, False
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many entries were fetched."""
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(HEADINGS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the heading of a column."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(HEADINGS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        words = self.words(self.entries[index.row()])[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(words)
        return words if role == Qt.ItemDataRole.DisplayRole else None

    def words(self, entry: HistoryEntry) -> tuple[str, ...]:
        """Return the cells of one entry."""
        register = BY_SLUG.get(entry.slug)
        return (
            str(entry.seq),
            formats.moment(entry.at),
            entry.user or _("unknown user"),
            _(ACTIONS.get(entry.action, entry.action)),
            _(register.plural) if register is not None else entry.slug,
            self.title(entry),
        )

    def title(self, entry: HistoryEntry) -> str:
        """Return what a record is called now, or its number in the entry itself."""
        linked = self.titles.get(entry.record_id)
        if linked is None:
            numbers = (old or new for name, old, new in entry.changes if name == "number")
            return str(next(numbers, ""))
        return " · ".join(part for part in (linked.number, linked.title) if part)


def _stretch(desk: Desk, sieve: Sieve, before: int | None) -> Stretch:
    found = journal_page(
        desk,
        before=before,
        limit=AT_ONCE,
        slug=sieve.slug,
        user_id=sieve.user_id,
        action=sieve.action,
        since=sieve.since,
    )
    wanted: dict[str, set[UUID]] = {}
    for entry in found:
        if entry.slug in BY_SLUG:
            wanted.setdefault(entry.slug, set()).add(entry.record_id)
    return Stretch(sieve, found, titles(desk, wanted), len(found) == AT_ONCE)
