"""A customer with a rule on its invoices, and what adds items to it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from privreg.services import records
from privreg.services.changes import Changes
from privreg.services.records import ListQuery
from privreg.translation import message
from tests.ui.conftest import first

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk

RULE = {
    "name": "Facturen 7 jaar",
    "bound": "at_least",
    "measure": "period",
    "period": "P7Y",
    "event": "item_date",
    "counted_from": "day",
    "action": "erase",
    "runs_on": "items",
}


class Kept:
    """A customer whose invoices are kept for seven years from their date."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.kinds = self._names("kinds")
        self.group: UUID = first(desk, "groups")["id"]
        controller = first(desk, "controllers")["id"]
        self.rule = self.save("rules", **RULE, kind_id=self.kinds["Facturen"])
        self.customer = self.save(
            "customers",
            name="Bakkerij De Halm",
            kind="company",
            phase="former_customer",
            controller_id=controller,
        )

    def _names(self, slug: str) -> dict[str, UUID]:
        rows = records.page(self.desk, slug, ListQuery()).rows
        return {each["name"]: each["id"] for each in rows}

    def save(self, slug: str, **values: Any) -> Values:
        """Save a new record."""
        draft = records.new(self.desk, slug, **values)
        saved = records.save(self.desk, slug, draft).after
        assert saved is not None
        return saved

    def item(self, label: str, dated_on: date | None = None, *, kind: str = "Facturen") -> Values:
        """Save an item of the customer."""
        return self.save(
            "items",
            customer_id=self.customer["id"],
            kind_id=self.kinds[kind],
            group_id=self.group,
            label=label,
            dated_on=dated_on,
        )

    def changes(self, item: Values) -> Changes:
        """Return what a page hears when an item was saved."""
        touched = frozenset({("items", item["id"]), ("customers", self.customer["id"])})
        return Changes(message("saved"), touched)

    def parts(self, slug: str) -> list[Values]:
        """Return the customer's events, holds or items as they stand in the file."""
        return records.page(self.desk, slug, ListQuery(parent=self.customer["id"])).rows


@pytest.fixture
def kept(desk: Desk) -> Kept:
    """Return the customer."""
    return Kept(desk)
