"""What stands above one customer: phase and since when, the tabs, events in one click."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from privreg import formats
from privreg.law.events import EventType
from privreg.registers.customer_entries import CONSENTS, EVENTS, HOLDS
from privreg.translation import N_, _, message
from ui.later import is_made, later
from ui.pages.customer_reading import CustomerRead, phase_words, read
from ui.pages.desk_of import desk_of
from ui.pages.entries_tab import EntriesTab
from ui.pages.items_tab import ItemsTab
from ui.widgets import as_caption, column, hairline, line, menu_button

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from privreg.registers.declaration import Values
    from privreg.services.changes import Changes
    from privreg.services.drafts import Draft
    from ui.record_pane import RecordPane

Tab = TypeVar("Tab", bound=EntriesTab)
FORM = "form"
TABS = (
    ("items", N_("Terms")),
    ("events", N_("Events")),
    ("holds", N_("Holds")),
    ("consents", N_("Consents")),
    (FORM, N_("The form")),
)
OF_THE_CUSTOMER = (
    EventType.CONTRACT_STARTED,
    EventType.CONTRACT_ENDED,
    EventType.CONTRACT_RESUMED,
    EventType.LAST_CONTACT,
    EventType.CONSENT_WITHDRAWN,
)
OF_AN_ITEM = (
    EventType.INVOICE_SENT,
    EventType.INVOICE_PAID,
    EventType.DELIVERED,
    EventType.DISPUTE_OPENED,
    EventType.DISPUTE_CLOSED,
)


class CustomerHead(QWidget):
    """The head of a customer; it adds its tabs to the bodies of the record's pane."""

    def __init__(self, pane: RecordPane) -> None:
        super().__init__()
        self.pane = pane
        self.office = pane.office
        self.customer_id: UUID | None = None
        self.at = "items"
        self.happened: list[Values] = []
        self.buttons = {name: self._tab_button(name, words) for name, words in TABS}
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._offer_events)
        self.adder = menu_button(_("Event today"), self.menu)
        self.row = line(*self.buttons.values(), None, space=0, edges=(2, 0, 4, 1))
        self.setLayout(column(self.row, hairline(), space=0))
        pane.shown.connect(self._show_values)
        pane.bodies.currentChanged.connect(lambda _place: self._follow())

    @later
    def items(self) -> ItemsTab:
        """Make the tab of the items and their terms."""
        items = ItemsTab(self.office)
        items.event_opened.connect(self._open_event)
        items.hold_asked.connect(self._hold)
        items.shown_anew.connect(self.fetch)
        return self._placed(items)

    @later
    def events(self) -> EntriesTab:
        """Make the tab of what happened."""
        return self._placed(EntriesTab(self.office, EVENTS))

    @later
    def holds(self) -> EntriesTab:
        """Make the tab of what suspends disposal."""
        return self._placed(EntriesTab(self.office, HOLDS))

    @later
    def consents(self) -> EntriesTab:
        """Make the tab of what was agreed or objected to."""
        return self._placed(EntriesTab(self.office, CONSENTS))

    def _placed(self, tab: Tab) -> Tab:
        tab.tools.hide()
        self.row.addWidget(tab.tools)
        self.pane.bodies.addWidget(tab)
        return tab

    @property
    def tabs(self) -> dict[str, EntriesTab]:
        """Every tab but the form's."""
        return {name: getattr(self, name) for name, _words in TABS if name != FORM}

    @property
    def made_tabs(self) -> dict[str, EntriesTab]:
        """The tabs that are there already."""
        names = (name for name, _words in TABS if name != FORM)
        return {name: getattr(self, name) for name in names if is_made(self, name)}

    def _tab_button(self, name: str, words: str) -> QPushButton:
        made = QPushButton(_(words))
        made.setProperty("look", "tab")
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.clicked.connect(lambda: self.go_to(name))
        return made

    def go_to(self, name: str) -> None:
        """Show a tab and put the cursor in it."""
        self.at = name
        if name == FORM:
            self.pane.focus_form()
        else:
            self.pane.bodies.setCurrentWidget(self.tabs[name])
            self.tabs[name].setFocus()
        self._follow()

    def _follow(self) -> None:
        """Point out the tab that is in sight."""
        current = self.pane.bodies.currentWidget()
        bodies: dict[str, QWidget] = {**self.made_tabs, FORM: self.pane.form}
        for name, each in self.buttons.items():
            each.setChecked(name in bodies and bodies[name] is current)
        for tab in self.made_tabs.values():
            tab.tools.setVisible(tab is current)

    def _show_values(self, values: Values) -> None:
        is_saved = bool(values.get("version"))
        self._put_adder()
        self.setVisible(is_saved)
        self.adder.setVisible(is_saved and self.office.may("create", "events"))
        if not is_saved:
            self.customer_id = None
            return
        if values["id"] != self.customer_id:
            self.customer_id, self.happened = values["id"], []
            self.pane.undo_part = None
            self.at = "items"
        self._show_heading(values)
        if self.at != FORM:
            self.pane.bodies.setCurrentWidget(getattr(self, self.at))
        self._follow()
        self.fetch()

    def _put_adder(self) -> None:
        """Stand beside the heading, once the pane is laid out."""
        holder = self.pane.more.parentWidget()
        heading = holder.layout() if holder is not None else None
        if self.adder.parentWidget() is None and isinstance(heading, QHBoxLayout):
            heading.insertWidget(1, self.adder)

    def _show_heading(self, values: Values) -> None:
        """'ZG-000030 · Kaasmakerij De Korenaar · bedrijf · oud-klant sinds 12-02-2021'."""
        title, phase = self.pane.register.title(values), phase_words(values, self.happened)
        self.items.time_line.show_caption(phase)
        parts = (str(values.get("number") or ""), title, phase)
        self.pane.heading.setText(" · ".join(part for part in parts if part))

    def fetch(self) -> None:
        """Fetch the items and entries in the background; what stands stays until they arrive."""
        desk, customer_id, on = desk_of(self.office), self.customer_id, self.office.today
        if customer_id is not None and self.office.may("read", "items"):
            self.office.worker.run(
                lambda: read(desk, customer_id, on), self._show, latest="customer"
            )

    def _show(self, found: CustomerRead) -> None:
        if found.customer_id != self.customer_id:
            return
        self.happened = found.parts["events"].rows
        self._show_heading(self.pane.form.before)
        for tab in self.tabs.values():
            tab.show_customer(found)
        for name, words in TABS:
            if name != FORM:
                count = len(self.tabs[name].tree.targets())
                self.buttons[name].setText(f"{_(words)}  {formats.number(count)}")

    def _offer_events(self) -> None:
        """Offer what happened today: with the customer, and with the item that is chosen."""
        self.menu.clear()
        for event in OF_THE_CUSTOMER:
            self._offer(event, None, "")
        view = self.items.views.get(self.items.tree.target)
        if view is not None:
            self.menu.addSeparator()
            label = view.kind if view.is_hidden else view.item["label"] or view.kind
            for event in OF_AN_ITEM:
                self._offer(event, view.item["id"], str(label))
        self.menu.addSeparator()
        self.menu.addAction(_("Another event or another day…"), self._add_event)

    def _offer(self, event: EventType, item_id: UUID | None, label: str) -> None:
        words = message(N_("{event} today"), event=event.message)
        if label:
            words = message(N_("{event} today: {item}"), event=event.message, item=label)
        self.menu.addAction(as_caption(formats.text(words)), self._recorder(event, item_id))

    def _recorder(self, event: EventType, item_id: UUID | None) -> Callable[[], None]:
        return lambda: self.record(event, item_id)

    def record(self, event: EventType, item_id: UUID | None = None) -> None:
        """Record that something happened today, at once; it can be undone."""
        records, desk = self.office.records, self.office.desk
        preset: dict[str, Any] = {
            "customer_id": self.customer_id,
            "type": event.value,
            "happened_on": self.office.today,
            "item_id": item_id,
        }
        self.office.worker.run(
            lambda: records.save(desk, "events", records.new(desk, "events", **preset)),
            self._recorded,
            writes=True,
        )

    def _recorded(self, changes: Changes) -> None:
        records, desk = self.office.records, self.office.desk

        def undone(back: Changes) -> None:
            self.office.announce(back)
            self.office.notices.tell(message(N_("Undone: {action}."), action=changes.action))

        def undo() -> None:
            self.office.worker.run(lambda: records.undo(desk, changes), undone, writes=True)

        self.office.announce(changes)
        self.pane.part_changed(undo)
        self.office.notices.offer(changes.action, _("Undo"), self.pane.undo)

    def _add_event(self) -> None:
        self.go_to("events")
        self.tabs["events"].add()

    def _open_event(self, event_id: UUID) -> None:
        self.go_to("events")
        self.tabs["events"].open(event_id)

    def _hold(self, item_id: UUID) -> None:
        self.go_to("holds")
        self.tabs["holds"].add(items=[item_id], since_on=self.office.today)

    @property
    def edited_entry(self) -> RecordPane | None:
        """An entry with something typed that is not saved, or None."""
        found = (tab.edited_entry for tab in self.made_tabs.values())
        return next((each for each in found if each is not None), None)

    def draft(self) -> Draft | None:
        """Return what was typed in an entry and not saved."""
        found = (tab.draft() for tab in self.made_tabs.values())
        return next((each for each in found if each is not None), None)

    def take_draft(self, draft: Draft) -> None:
        """Show again an entry that was put away."""
        self.at = draft.slug
        self.pane.bodies.setCurrentWidget(self.tabs[draft.slug])
        self.tabs[draft.slug].take_draft(draft)
        self._follow()

    def refresh(self, changes: Changes) -> None:
        """Fetch anew when this customer, or what governs it, was touched."""
        for tab in self.made_tabs.values():
            tab.take_changes(changes)
            if tab.entry is not None and tab.entry.last is changes:
                self.pane.part_changed(tab.entry.undo)
        slugs = {slug for slug, _id in changes.touched}
        ours = ("customers", self.customer_id) in changes.touched
        if ours or slugs & {"rules", "kinds", "groups", "controllers"}:
            self.fetch()

    def clear(self) -> None:
        """Put everything away."""
        self.customer_id, self.happened = None, []
        for tab in self.made_tabs.values():
            tab.tree.empty()
            tab.show_list()
        if is_made(self, "items"):
            self.items.views = {}
            self.items.time_line.show_marks((), self.office.today)
            self.items.time_line.show_caption("")
