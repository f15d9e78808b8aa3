"""The page of customers: the list, and of one customer its items, terms, events and consents."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.registers.customers import REGISTER
from ui.later import is_made
from ui.list_page import ListPage
from ui.pages.customer_head import CustomerHead

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from privreg.services.changes import Changes
    from privreg.services.drafts import Draft
    from ui.office import Office
    from ui.record_pane import RecordPane

LIST_SHARE, CUSTOMER_SHARE = 1, 3


class CustomersPage(ListPage):
    """The customers; the record below shows first what is kept and until when."""

    shares = (LIST_SHARE, CUSTOMER_SHARE)

    def __init__(self, office: Office) -> None:
        super().__init__(office, REGISTER, CustomerHead)

    @property
    def has_head(self) -> bool:
        """Whether what stands above a customer is made."""
        return is_made(self, "pane") and is_made(self.pane, "panel")

    @property
    def edited_entry(self) -> RecordPane | None:
        """An entry of the customer with something typed that is not saved, or None."""
        return self.head.edited_entry if self.has_head else None

    @property
    def head(self) -> CustomerHead:
        """What stands above one customer."""
        assert isinstance(self.pane.panel, CustomerHead)  # noqa: S101  (made so above)
        return self.pane.panel

    def _chosen(self, record_id: UUID | None) -> None:
        entry = self.edited_entry
        if entry is None or record_id in (None, self.pane.record_id):
            super()._chosen(record_id)
            return
        self.table.go_to(self.pane.record_id)
        entry.may_leave(lambda: self._go_on(record_id))

    def _go_on(self, record_id: UUID | None) -> None:
        super()._chosen(record_id)

    def may_leave(self, then: Callable[[], object]) -> None:
        """Ask first when the form, or an entry, has something that is not saved."""
        entry = self.edited_entry
        if entry is None:
            super().may_leave(then)
        else:
            entry.may_leave(then)

    def draft(self) -> Draft | None:
        """Return what was typed in an entry or the form and not saved."""
        return self.head.draft() if self.edited_entry is not None else super().draft()

    def take_draft(self, draft: Draft) -> None:
        """Show again what was typed, an entry under its customer."""
        if draft.slug == REGISTER.slug:
            super().take_draft(draft)
            return
        self.enter()
        self.wanted_id = draft.changed["customer_id"]
        self.pane.load(self.wanted_id, lambda: self.head.take_draft(draft))

    def refresh(self, changes: Changes) -> None:
        """Fetch anew what was touched."""
        super().refresh(changes)
        if self.has_head:
            self.head.refresh(changes)

    def lock(self) -> None:
        """Put everything away."""
        super().lock()
        if self.has_head:
            self.head.clear()
