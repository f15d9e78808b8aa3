"""The first page: every running clock at the left, what is counted at the right."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QStackedWidget, QWidget

from privreg import formats
from privreg.services import agenda as clocks
from privreg.services import forecast
from privreg.services.records import ListQuery
from privreg.translation import N_, _, message, messages
from ui.empty_state import EmptyState
from ui.later import is_made, later
from ui.page import Page
from ui.pages.agenda_list import AgendaList
from ui.pages.bar_chart import Bar, BarChart
from ui.pages.desk_of import desk_of
from ui.pages.findings_list import FindingsList
from ui.pages.tile import Tile
from ui.widgets import STEP, boxed, column, hairline, hidden_unless, label, line, scrolled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QHideEvent, QResizeEvent

    from privreg.law.deadline import Deadline
    from privreg.registers.declaration import Finding
    from privreg.services.agenda import Overview
    from privreg.services.changes import Changes
    from privreg.services.forecast import EndingMonth, ItemCounts
    from ui.office import Office

COUNTING = "overview:items"
RIGHT_SHARE = 0.34
NARROWEST_RIGHT, WIDEST_RIGHT = 312, 460
TICK_EVERY_MONTHS = 3
MOVES_TIMERS = {"customers", "items", "events", "holds", "rules", "controllers", "disposals"}
MOST_RULES_NAMED = 3
JANUARY, LAST_WITH_ROOM = 1, 9


class OverviewPage(Page):
    """Agenda, four tiles and the months ahead. Nothing here that cannot be clicked."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.counted_on: date | None = None
        self.is_counting = False
        self.agenda = AgendaList(office.desk.clock)
        self.agenda.opened.connect(self._open_deadline)
        self.empty = self._empty_state()
        self.loading = label(_("Fetching the clocks…"), "muted")
        self.loading.setContentsMargins(4 * STEP, 4 * STEP, 0, 0)
        self.left = QStackedWidget()
        for each in (self.loading, self.agenda, self.empty):
            self.left.addWidget(each)
        self.right = self._right()
        self.setLayout(line(self.left, hairline(upright=True), self.right, space=0))
        office.agenda_fetched.connect(self._show_agenda)

    @later
    def findings(self) -> FindingsList:
        """Make what the registers lack, out of sight until it is asked for."""
        findings = FindingsList()
        findings.opened.connect(self._open_finding)
        findings.left.connect(self.show_agenda)
        self.left.addWidget(findings)
        return findings

    @property
    def shows_findings(self) -> bool:
        """Whether the findings stand in place of the agenda."""
        return is_made(self, "findings") and self.left.currentWidget() is self.findings

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the clocks most of the room."""
        super().resizeEvent(event)
        share = round(self.width() * RIGHT_SHARE)
        self.right.setFixedWidth(min(max(share, NARROWEST_RIGHT), WIDEST_RIGHT))

    def _empty_state(self) -> EmptyState:
        empty = EmptyState()
        _say_that_none_runs(empty)
        return empty

    def _ask_for_first_step(self) -> None:
        """Look whether the register is new, and then say where to begin."""
        desk, records = self.office.desk, self.office.records
        if self.office.may("create", "activities"):
            self.office.worker.run(
                lambda: records.count(desk, "activities", ListQuery()),
                self._show_first_step,
                latest="overview:first",
            )

    def _show_first_step(self, activities: int) -> None:
        if activities:
            _say_that_none_runs(self.empty)
            return
        self.empty.show_words(
            _("Begin with your processing activities"),
            _(
                "Write down for what you use personal data; the register then says what the law "
                "asks next. Clocks start by themselves."
            ),
            _("Add the first processing activity"),
            lambda: self.office.open_record("activities"),
        )

    def _right(self) -> QWidget:
        self.tiles = self._tiles()
        grid = QGridLayout()
        grid.setSpacing(2 * STEP)
        for place, tile in enumerate(self.tiles.values()):
            grid.addWidget(tile, place // 2, place % 2)
            grid.setColumnStretch(place % 2, 1)
        self.chart = BarChart(_("Retention terms that end, per month"))
        self.chart.opened.connect(self.office.open_due)
        self.chart_note = label(_("counting…"), "muted", wraps=True)
        sees_items = self.office.may("read", "items")
        self.card = boxed(
            column(
                label(_("Retention terms that end, per month"), "strong"),
                self.chart_note,
                self.chart,
                space=1,
                edges=(3, 2, 3, 1),
            ),
            "card",
        )
        hidden_unless(sees_items, self.card)
        right = column(grid, self.card, space=2, edges=(3, 3, 3, 3))
        right.setStretch(1, 1000)
        right.addStretch(1)  # takes the room where there is no chart
        return scrolled(boxed(right), "ground")

    def _tiles(self) -> dict[str, Tile]:
        asked = self.office.place_asked.emit
        tiles = {
            "breaches": Tile(_("Breaches this year"), lambda: asked("breaches")),
            "requests": Tile(_("Open requests"), lambda: asked("requests")),
            "items": Tile(_("Due for disposal"), lambda: asked("disposal")),
            "findings": Tile(_("Findings"), self.show_findings),
        }
        for slug in ("breaches", "requests", "items"):
            hidden_unless(self.office.may("read", slug), tiles[slug])
        return tiles

    def enter(self) -> None:
        """Fetch the clocks, and then the counts, as the page comes into sight."""
        self.office.want_agenda()

    def _show_agenda(self, deadlines: Sequence[Deadline]) -> None:
        """Show the clocks; what is counted is asked only now, so that it never delays them."""
        if not self.isVisible():
            return
        self._show_deadlines(deadlines)
        if not deadlines:
            self._ask_for_first_step()
        desk = desk_of(self.office)
        self.office.worker.run(
            lambda: clocks.overview(desk),
            self._show_counts,
            latest="overview:counts",
            counts=True,
        )
        if self.shows_findings:
            self._fetch_findings()
        if self.counted_on != self.office.today and self.office.may("read", "items"):
            self._count()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop counting items for who left the page."""
        super().hideEvent(event)
        if self.is_counting and not event.spontaneous():
            self.office.worker.cancel(COUNTING)
            self.counted_on, self.is_counting = None, False

    def _count(self) -> None:
        """Count what may take seconds; what stood stays until the counts arrive."""
        desk, worker, today = desk_of(self.office), self.office.worker, self.office.today
        self.counted_on, self.is_counting = today, True
        worker.run(
            lambda: forecast.ending_by_month(desk, today),
            self._show_months,
            latest="overview:months",
            counts=True,
        )
        worker.run_long(
            lambda progress: forecast.item_counts(
                desk,
                today,
                so_far=lambda found: progress(sum(found.values()), 0),
                cancelled=lambda: progress.is_cancelled,
            ),
            self._show_items,
            self._show_items_so_far,
            latest=COUNTING,
            counts=True,
        )

    def take_focus(self) -> None:
        """Begin in the agenda."""
        (self.left.currentWidget() or self).setFocus()

    def refresh(self, changes: Changes) -> None:
        """Count anew what a change may have moved; nothing is fetched while out of sight."""
        if any(slug in MOVES_TIMERS for slug, _id in changes.touched):
            self.counted_on = None
        if self.isVisible():
            self.enter()

    def lock(self) -> None:
        """Put everything away."""
        self.agenda.deadlines = ()
        self.agenda.empty()
        if is_made(self, "findings"):
            self.findings.show_findings(())
        self.chart.show_bars(())
        self.counted_on = None
        self.left.setCurrentWidget(self.loading)

    def _show_deadlines(self, deadlines: Sequence[Deadline]) -> None:
        had_focus = self.left.currentWidget() is self.loading and self.isVisible()
        self.agenda.show_deadlines(deadlines)
        if not self.shows_findings:
            self.left.setCurrentWidget(self.agenda if deadlines else self.empty)
        if had_focus:
            self.take_focus()

    def _show_counts(self, found: Overview) -> None:
        self.tiles["breaches"].show_count(found.breaches_this_year, breach_words(found))
        late = messages(N_("{count} is late"), N_("{count} are late"), found.requests_late)
        words = formats.text(late) if found.requests_late else _("none is late")
        self.tiles["requests"].show_count(found.requests_open, words)
        by_weight = found.findings_by_weight
        self.tiles["findings"].show_count(sum(by_weight.values()), finding_words(by_weight))

    def _show_items_so_far(self, count: int, _total: int) -> None:
        tile = self.tiles["items"]
        if self.is_counting and not tile.has_count:
            words = messages(
                N_("at least {count}, counting…"), N_("at least {count}, counting…"), count
            )
            tile.note.setText(formats.text(words))

    def _show_items(self, found: ItemCounts) -> None:
        self.is_counting = False
        words = _("{held} held · {restricted} restricted · {kept} kept only").format(
            held=formats.number(found.held),
            restricted=formats.number(found.restricted),
            kept=formats.number(found.kept_only),
        )
        self.tiles["items"].show_count(found.due, words)

    def _show_months(self, months: Sequence[EndingMonth]) -> None:
        self.chart.show_bars([bar_of(each, place) for place, each in enumerate(months)])
        total = sum(each.count for each in months)
        self.chart.setVisible(total > 0)
        policy = QSizePolicy.Policy.Preferred if total else QSizePolicy.Policy.Maximum
        self.card.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        if not total:
            self.chart_note.setText(_("No term ends in the next two years."))
            return
        self.chart_note.setText(
            formats.text(
                messages(
                    N_("{count} in the next two years; a bar opens the list of that month."),
                    N_("{count} in the next two years; a bar opens the list of that month."),
                    total,
                )
            )
        )

    def show_agenda(self) -> None:
        """Show the clocks again."""
        self.left.setCurrentWidget(self.agenda if self.agenda.deadlines else self.empty)
        self.take_focus()

    def show_findings(self) -> None:
        """Show what the registers lack, in place of the agenda."""
        self._fetch_findings()

    def _fetch_findings(self) -> None:
        desk = desk_of(self.office)
        self.office.worker.run(
            lambda: clocks.findings(desk), self._show_findings, latest="overview:findings"
        )

    def _show_findings(self, findings: Sequence[Finding]) -> None:
        self.findings.show_findings(findings)
        self.left.setCurrentWidget(self.findings)
        self.findings.tree.setFocus()

    def _open_deadline(self, deadline: Deadline) -> None:
        self.office.open_record(deadline.register, deadline.record_id)

    def _open_finding(self, finding: Finding) -> None:
        if finding.record_id is None:
            self.office.place_asked.emit(finding.register)
        else:
            self.office.open_field(finding.register, finding.record_id, finding.field)


def _say_that_none_runs(empty: EmptyState) -> None:
    empty.show_words(
        _("No clock is running"),
        _("Clocks start by themselves with a breach, a request, a review or a customer."),
    )


def breach_words(found: Overview) -> str:
    """'1 op tijd gemeld · 1 te laat · 1 open'."""
    parts = [
        message(N_("{count} reported in time"), count=found.breaches_in_time),
        message(N_("{count} late"), count=found.breaches_late),
        message(N_("{count} open"), count=found.breaches_open),
    ]
    return " · ".join(formats.text(each) for each in parts)


def finding_words(by_weight: dict[str, int]) -> str:
    """'8 verplicht · 2 risico · 4 op te ruimen', or that nothing is missing."""
    parts = [
        message(N_("{count} by law"), count=by_weight.get("law", 0)),
        message(N_("{count} risk"), count=by_weight.get("risk", 0)),
        message(N_("{count} to tidy"), count=by_weight.get("tidy", 0)),
    ]
    shown = [formats.text(each) for each in parts if each.args["count"]]
    return " · ".join(shown) or _("Nothing is missing")


def bar_of(month: EndingMonth, place: int) -> Bar:
    """Return the bar of a month; its line names the rules that end most."""
    name = formats.month(month.first_on)
    rules = ", ".join(
        _("{count} by: {rule}").format(count=formats.number(n), rule=rule)
        for rule, n in month.by_rule[:MOST_RULES_NAMED]
    )
    words = formats.text(messages(N_("{count} term"), N_("{count} terms"), month.count))
    spoken = f"{name}: {words}" + (f" ({rules})" if rules else "")
    is_january = month.first_on.month == JANUARY
    is_first = place == 0 and month.first_on.month <= LAST_WITH_ROOM
    return Bar(
        month.count,
        formats.short_month(month.first_on) if place % TICK_EVERY_MONTHS == 0 else "",
        str(month.first_on.year) if is_january or is_first else "",
        spoken,
        month.last_on,
    )
