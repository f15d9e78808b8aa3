"""When a user was last here: so that the officer sees what changed since."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from privreg.registers.users import User
from privreg.store.records import table_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


def visit(connection: sa.Connection, user_id: UUID, now: datetime) -> datetime | None:
    """Write down that a user is here, and return when that was the time before."""
    table = table_of(User)
    user = table.c.id == user_id
    before: datetime | None = connection.execute(
        sa.select(table.c.last_seen_at).where(user)
    ).scalar()
    connection.execute(sa.update(table).where(user).values(last_seen_at=now))
    return before
