"""An index per order of the customer list, within all it can be filtered by."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

FILTERED_BY = ("controller_id", "kind", "phase", "country")
ORDERS = ("number", "sort_name", "city", "email", "phone", "kvk", "contact_name", "changed_at")
BEFORE = ("by_sort_name", "by_city", *(f"of_{name}" for name in FILTERED_BY))


def upgrade() -> None:
    """Put one index in the place of one per order and one per filter."""
    for name in ORDERS:
        columns = [*FILTERED_BY, name, "id"]
        op.create_index(f"ix_customers_listed_by_{name}", "customers", columns)
    for name in BEFORE:
        op.drop_index(f"ix_customers_{name}", "customers")
