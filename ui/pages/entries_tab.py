"""One sort of entries of a customer: a list, and in its place the one form when one is opened."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from privreg.translation import N_, _
from ui.cells import cell, column_label
from ui.empty_state import EmptyState
from ui.form.link_editors import RecordSearch
from ui.pages.own_keys import OwnKeys
from ui.pages.why_tree import WhyTree, cell_item
from ui.record_pane import RecordPane
from ui.widgets import button, column, hidden_unless, line

if TYPE_CHECKING:
    from uuid import UUID

    from privreg.registers.declaration import Register, Values
    from privreg.services.changes import Changes
    from privreg.services.drafts import Draft
    from ui.office import Office
    from ui.pages.customer_reading import CustomerRead

LETTER_WIDTH = 9
NARROWEST = 96
OF_THE_CUSTOMER = {"items"}


class EntriesTab(QWidget):
    """The entries of one register that belong to a customer.

    `opened` tells that the form of an entry stands in place of the list.
    """

    opened = Signal()

    def __init__(self, office: Office, register: Register) -> None:
        super().__init__()
        self.setProperty("look", "surface")
        self.office = office
        self.register = register
        self.customer_id: UUID | None = None
        self.entry: RecordPane | None = None
        self.tree = self.make_tree()
        self.tree.opened.connect(self.open)
        self.empty = EmptyState()
        self.adder = button(_("New"), self.add, icon="add", tip=self.add_words())
        self.adder.setAccessibleName(self.add_words())
        hidden_unless(office.may("create", register.slug), self.adder)
        self.lists = QStackedWidget()
        self.lists.addWidget(self.tree)
        self.lists.addWidget(self.empty)
        self.list = QWidget()
        self.list.setLayout(self.laid_out())
        self.tools = self.made_tools()
        self.bodies = QStackedWidget()
        self.bodies.addWidget(self.list)
        self.setLayout(column(self.bodies, space=0))

    def laid_out(self) -> Any:
        """Return the list with what stands above it."""
        return column(self.lists, space=0)

    def made_tools(self) -> QWidget:
        """Return what can be done here, to stand beside the tabs."""
        holder = QWidget()
        holder.setLayout(line(self.adder, space=2))
        return holder

    def add_words(self) -> str:
        """Return the words of the button that adds."""
        return _("New: {what}").format(what=_(self.register.singular))

    def make_tree(self) -> WhyTree:
        """Return the list, with the columns of the register."""
        shown = self.register.columns
        headings = [column_label(self.register, each.field, each.label) for each in shown]
        tree = WhyTree(_(self.register.plural), headings)
        widest = max(range(len(shown)), key=lambda place: shown[place].width)
        widths: list[float] = [
            max(each.width * LETTER_WIDTH, NARROWEST, len(heading) * LETTER_WIDTH)
            for each, heading in zip(shown, headings, strict=True)
        ]
        widths[widest] = 0.9
        tree.share_width(widths)
        return tree

    def show_customer(self, found: CustomerRead) -> None:
        """Show the entries of a customer."""
        if found.customer_id != self.customer_id:
            self.show_list()
        self.customer_id = found.customer_id
        current = self.tree.target
        self.tree.empty()
        self.fill(found)
        count = len(self.tree.targets())
        self.lists.setCurrentWidget(self.tree if count else self.empty)
        if not count:
            self._show_empty()
        if not self.tree.go_to(current):
            self.tree.go_to_first()

    def _show_empty(self) -> None:
        may_add = self.office.may("create", self.register.slug)
        self.empty.show_words(
            _("Nothing here yet"),
            _(EMPTY.get(self.register.slug, "")),
            self.add_words() if may_add else "",
            self.add,
        )

    def fill(self, found: CustomerRead) -> None:
        """Add the rows."""
        page = found.parts[self.register.slug]
        seen = {field.name: field for field in self.office.fields(self.register)}
        for values in page.rows:
            cells = [
                cell_item(
                    cell(seen.get(each.field), values.get(each.field), page.titles)
                    if each.field in seen
                    else "",
                    target=values["id"],
                )
                for each in self.register.columns
            ]
            self.tree.add_row(cells)

    def _made_entry(self) -> RecordPane:
        if self.entry is not None:
            return self.entry
        entry = RecordPane(self.office, self.register)
        for box in entry.form.boxes:
            box.filled.connect(self._limit_links)
        entry.gone.connect(self.show_list)
        entry.left.connect(self.leave_entry)
        back = button(
            _("Back to the list"), self.leave_entry, icon="chevron-left", tone="link", tip="Esc"
        )
        holder = QWidget()
        holder.setLayout(column(line(back, None, edges=(3, 1, 3, 0)), entry, space=0))
        OwnKeys(holder, {"Ctrl+S": entry.save, "Ctrl+Z": entry.undo})
        self.bodies.addWidget(holder)
        self.entry = entry
        return entry

    def _limit_links(self) -> None:
        """Offer only what belongs to this customer."""
        if self.entry is not None:
            for search in self.entry.findChildren(RecordSearch):
                if search.slug in OF_THE_CUSTOMER:
                    search.owner_id = self.customer_id

    def open(self, record_id: UUID) -> None:
        """Show one entry on the form."""
        entry = self._made_entry()
        entry.load(record_id, lambda: self._show_entry(entry))

    def add(self, **preset: Any) -> None:
        """Show an empty form, with what is known already."""
        records, desk, slug = self.office.records, self.office.desk, self.register.slug
        preset = {self.register.parent_field: self.customer_id, **self.preset(), **preset}
        self.office.worker.run(lambda: records.new(desk, slug, **preset), self._show_new)

    def preset(self) -> Values:
        """Return what a new entry begins with."""
        return {}

    def _show_new(self, values: Values) -> None:
        entry = self._made_entry()
        entry.show_values(values)
        self._show_entry(entry)

    def _show_entry(self, entry: RecordPane) -> None:
        self._limit_links()
        self.bodies.setCurrentIndex(1)
        self.opened.emit()
        entry.focus_form()

    def leave_entry(self) -> None:
        """Go back to the list, asking first when something is not saved."""
        if self.entry is not None:
            self.entry.may_leave(self.show_list)

    def show_list(self) -> None:
        """Show the list again."""
        had_focus = self.bodies.currentIndex() == 1 and self.isVisible()
        self.bodies.setCurrentIndex(0)
        if had_focus:
            self.tree.setFocus()

    def take_changes(self, changes: Changes) -> None:
        """Go back to the list once the entry on the form is saved."""
        if self.entry is not None and self.entry.last is changes:
            self.show_list()

    def draft(self) -> Draft | None:
        """Return what was typed in an entry and not saved, and whose entry it is."""
        found = self.edited_entry.draft() if self.edited_entry is not None else None
        if found is None:
            return None
        owner = {self.register.parent_field: self.customer_id}
        return replace(found, changed={**found.changed, **owner})

    def take_draft(self, draft: Draft) -> None:
        """Show again an entry that was put away."""
        self.customer_id = draft.changed[self.register.parent_field]
        entry = self._made_entry()
        entry.take_draft(draft)
        self._show_entry(entry)

    @property
    def edited_entry(self) -> RecordPane | None:
        """The entry with something typed that is not saved, or None."""
        is_open = self.entry is not None and self.bodies.currentIndex() == 1
        return self.entry if is_open and self.entry is not None and self.entry.is_edited else None

    def setFocus(self) -> None:  # type: ignore[override]
        """Begin in what is shown."""
        if self.bodies.currentIndex() == 1 and self.entry is not None:
            self.entry.focus_form()
        else:
            (self.lists.currentWidget() or self.tree).setFocus()


EMPTY = {
    "events": N_("What happens with a customer moves the clocks: a contract that ends, a payment."),
    "holds": N_("A claim, a dispute or a restriction suspends disposal of the items it names."),
    "consents": N_("What this person agreed or objected to, per purpose, with its evidence."),
    "items": N_("Each sort of data about this customer, in each place, is an item with a term."),
}
