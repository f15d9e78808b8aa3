"""Who is at the desk, and when that was the last time: the officer sees what changed since."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from privreg.registers.users import User
from privreg.store.records import table_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID


def who(connection: sa.Connection, user_id: UUID) -> Mapping[str, Any] | None:
    """Return who a user is, read from the columns that were there from the first version on.

    It is asked before an older register is brought up to date.
    """
    table = table_of(User)
    columns = (table.c.id, table.c.login, table.c.name, table.c.roles, table.c.state)
    found = connection.execute(sa.select(*columns).where(table.c.id == user_id)).mappings().first()
    return dict(found) if found is not None else None


def visit(connection: sa.Connection, user_id: UUID, now: datetime) -> datetime | None:
    """Write down that a user is here, and return when that was the time before."""
    table = table_of(User)
    user = table.c.id == user_id
    before: datetime | None = connection.execute(
        sa.select(table.c.last_seen_at).where(user)
    ).scalar()
    connection.execute(sa.update(table).where(user).values(last_seen_at=now))
    return before
