"""The window of an open register: sidebar, header, page, status bar, and the lock."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from privreg.law.deadline import DeadlineState, state
from privreg.registers.register_list import register_of
from privreg.translation import _
from ui.finder import Findable, Finder
from ui.kept_drafts import KeptDrafts
from ui.later import LaterParts
from ui.sidebar import Sidebar
from ui.status_bar import RUNNING, StatusBar
from ui.widgets import boxed, button, column, hidden_unless, label, line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from privreg.law.deadline import Deadline
    from privreg.services.changes import Changes
    from privreg.services.drafts import Draft
    from ui.notices import BarNotices
    from ui.office import Office
    from ui.page import Page, PageSpec

AGENDA_EVERY_MILLISECONDS = 5 * 60 * 1_000
WARN_OF_LOCK = timedelta(minutes=2)
PRESSING = {DeadlineState.LATE, DeadlineState.SOON}
RESTING_AFTER = timedelta(seconds=10)
ACTIVITY = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}
HEADER_HEIGHT = 52
ROOM_FOR_WORDS = 1_000


class Place(NamedTuple):
    """Where a user was in a register: the page, and the record on it."""

    folder: Path
    user_id: UUID
    slug: str
    record_id: UUID | None


class Shell(QWidget):
    """The pages of one office. `lock_asked` is emitted by the user and by idleness."""

    lock_asked = Signal()

    def __init__(
        self,
        office: Office,
        notices: BarNotices,
        specs: Sequence[PageSpec],
        *,
        idle_for: timedelta,
    ) -> None:
        super().__init__()
        self.setProperty("look", "ground")
        self.office = office
        self.notices = notices
        self.specs = [spec for spec in specs if spec.is_seen(office)]
        self.idle_for = idle_for
        self.active_at: datetime = office.desk.clock.now()
        self.made: dict[str, Page] = {}
        self.asked: dict[str, list[Callable[[Page], object]]] = {}
        self.at = ""
        self.pages = QStackedWidget()
        self.sidebar = Sidebar(office.desk.name, self.specs)
        self.status = StatusBar(office.desk.clock, is_read_only=office.desk.read_only)
        self.finder = Finder(office, self._findables())
        self.title = label("", "title")
        right = column(self._header(), notices, self.pages, space=0)
        right.setStretch(2, 1)
        middle = line(self.sidebar, right, space=0)
        self.setLayout(column(middle, self.status, space=0))
        self.kept = KeptDrafts(office, self)
        self.later = LaterParts(self)
        self._connect()
        self._shortcuts()
        self.fetch_agenda()

    def _header(self) -> QFrame:
        self.breach = button(
            _("Record a breach"), self.record_breach, icon="breach", tone="primary"
        )
        hidden_unless(self.office.may("create", "breaches"), self.breach)
        self.breach.setToolTip("Ctrl+Shift+D")
        row = line(self.title, None, self.finder, self.breach, edges=(4, 2, 4, 2), space=3)
        row.setStretch(2, 100)
        header = boxed(row, "header")
        header.setFixedHeight(HEADER_HEIGHT)
        return header

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self.go_to)
        self.office.opened.connect(self.open_record)
        self.office.place_asked.connect(self.go_to)
        self.office.changed.connect(self._changed)
        self.office.agenda_fetched.connect(self._show_agenda)
        self.status.opened.connect(self.office.open_record)
        self.status.lock_asked.connect(self.lock_asked)
        self.status.ticked.connect(self._watch_idleness)
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.fetch_agenda)
        self.timer.start(AGENDA_EVERY_MILLISECONDS)

    def _shortcuts(self) -> None:
        acts: dict[str, Callable[[], object]] = {
            "Ctrl+K": self._to_finder,
            "Ctrl+L": self.lock_asked.emit,
            "Ctrl+Shift+D": self.record_breach,
            "Ctrl+PgDown": lambda: self._go_on(1),
            "Ctrl+PgUp": lambda: self._go_on(-1),
            "F6": self._to_sidebar,
        }
        for keys, act in acts.items():
            QShortcut(QKeySequence(keys), self, lambda act=act: act())

    def _findables(self) -> list[Findable]:
        places = [
            Findable(_(each.title), each.icon, self._goer(each.slug), _(each.short or each.title))
            for each in self.specs
        ]
        lock = Findable(_("Lock"), "lock", self.lock_asked.emit)
        breach = Findable(_("Record a breach"), "breach", self.record_breach)
        return [*places, breach, lock]

    def _goer(self, slug: str) -> Callable[[], None]:
        return lambda: self.go_to(slug)

    def _to_finder(self) -> None:
        self.finder.setFocus()
        self.finder.selectAll()

    def _to_sidebar(self) -> None:
        self.sidebar.places[self.at].setFocus()

    def _go_on(self, steps: int) -> None:
        slugs = [spec.slug for spec in self.specs]
        self.go_to(slugs[(slugs.index(self.at) + steps) % len(slugs)])

    @property
    def page(self) -> Page | None:
        """The page in sight."""
        return self.made.get(self.at)

    def go_to(self, slug: str, then: Callable[[Page], object] | None = None) -> None:
        """Show a page, once the one in sight may be left; `then` follows when it stands."""
        self.sidebar.show_place(self.at)
        if self.page is None or slug == self.at:
            self._enter(slug, then)
        else:
            self.page.may_leave(lambda: self._enter(slug, then))

    def _enter(self, slug: str, then: Callable[[Page], object] | None) -> None:
        spec = next((spec for spec in self.specs if spec.slug == slug), None)
        if spec is None:
            return
        is_first = slug not in self.made
        if is_first:
            self.made[slug] = spec.factory(self.office)
            self.pages.addWidget(self.made[slug])
            self.later.of(self.made[slug])
        page = self.made[slug]
        if slug != self.at:
            self.notices.page_left()
        self.at = slug
        self.pages.setCurrentWidget(page)
        self.title.setText(_(spec.title))
        self.window().setWindowTitle(f"{_(spec.title)} · {self.office.desk.name}")
        self.sidebar.show_place(slug)
        page.enter()
        page.take_focus()
        if is_first:
            self.asked[slug] = []
            QTimer.singleShot(0, page, partial(self._do_asked, slug))
        if then is not None:
            self.asked[slug].append(then) if slug in self.asked else then(page)

    def _do_asked(self, slug: str) -> None:
        """Do what was asked of a new page before it stood, in that order."""
        for then in self.asked.pop(slug):
            then(self.made[slug])

    def open_record(self, slug: str, record_id: UUID | None) -> None:
        """Show a record on its page."""
        self.go_to(slug, lambda page: page.show_record(record_id))

    def record_breach(self) -> None:
        """Show the empty form of a breach, or say why none can be recorded."""
        refused = self.office.refusal("create", "breaches")
        if refused is not None:
            self.notices.problem(refused)
            return
        self.open_record("breaches", None)

    def fetch_agenda(self) -> None:
        """Fetch every running clock in the background."""
        self.office.fetch_agenda()

    def _show_agenda(self, deadlines: Sequence[Deadline]) -> None:
        now = self.office.desk.clock.now()
        self.status.show_deadlines(deadlines)
        found = Counter((each.register, state(each, now)) for each in deadlines)
        counts: Counter[str] = Counter()
        for (slug, how), count in found.items():
            counts[place_of(slug)] += count if how in RUNNING else 0
        late = {place_of(slug) for slug, how in found if how is DeadlineState.LATE}
        soon = sum(count for (_slug, how), count in found.items() if how in PRESSING)
        shown = {slug: (count, slug in late) for slug, count in counts.items()}
        self.sidebar.show_counts({**shown, "overview": (soon, bool(late))})

    def _changed(self, changes: Changes) -> None:
        self.fetch_agenda()
        for page in self.made.values():
            page.refresh(changes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the page more room in a narrow window."""
        super().resizeEvent(event)
        self.sidebar.fit(is_narrow=self.width() < ROOM_FOR_WORDS)

    def showEvent(self, event: QShowEvent) -> None:
        """Listen to what is typed and clicked in the window; to all events would cost time."""
        super().showEvent(event)
        handle = self.window().windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember when somebody last did something."""
        if event.type() in ACTIVITY:
            self.active_at = self.office.desk.clock.now()
        return super().eventFilter(watched, event)

    @property
    def is_resting(self) -> bool:
        """Whether nobody has touched anything for some seconds."""
        return self.office.desk.clock.now() - self.active_at > RESTING_AFTER

    def _watch_idleness(self) -> None:
        remaining = self.active_at + self.idle_for - self.office.desk.clock.now()
        if remaining <= timedelta(0):
            self.active_at = self.office.desk.clock.now()
            self.lock_asked.emit()
        self.status.show_lock(remaining if remaining < self.idle_for - WARN_OF_LOCK else None)

    def drafts(self) -> list[Draft]:
        """Return what was typed on any page and not saved."""
        found = (page.draft() for page in self.made.values())
        return [each for each in found if each is not None]

    @property
    def place(self) -> Place:
        """Where the user is: page and record."""
        return Place(
            self.office.desk.folder.path,
            self.office.desk.user.id,
            self.at,
            self.page.record_shown if self.page is not None else None,
        )

    def go_back_to(self, place: Place) -> None:
        """Show page and record again to the user who was there, in the register it is in."""
        desk = self.office.desk
        if (desk.folder.path, desk.user.id) != (place.folder, place.user_id):
            return
        if place.record_id is None:
            self.go_to(place.slug)
        else:
            self.open_record(place.slug, place.record_id)

    def lock(self) -> None:
        """Let every page put away what must not be seen."""
        for page in self.made.values():
            page.lock()

    def take_drafts(self, drafts: Sequence[Draft]) -> None:
        """Show again what was put away, each on its own page."""
        for draft in drafts:
            self.go_to(place_of(draft.slug), partial(_give, draft))

    def may_close(self, then: Callable[[], object]) -> None:
        """Call `then` once nothing unsaved would be lost."""
        if self.page is None:
            then()
        else:
            self.page.may_leave(then)


def place_of(slug: str) -> str:
    """Return the page on which a register stands: a part of a record, on that record's page."""
    return register_of(slug).parent or slug


def _give(draft: Draft, page: Page) -> None:
    page.take_draft(draft)
