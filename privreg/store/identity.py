"""Which register a database holds: its id stands in it, and must be that of the folder."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa

from privreg.errors import CannotOpenError
from privreg.store import migrate
from privreg.store.engine import SERVER_LACKS
from privreg.store.tables import Setting
from privreg.translation import N_, Message

if TYPE_CHECKING:
    from privreg.store.store import Connection

NAME = "register_id"
OF_ANOTHER = N_(
    "This folder and the database on the office server belong to two different registers; "
    "ask the administrator to check the address of the database."
)
_SETTINGS: sa.Table = Setting.__table__  # type: ignore[attr-defined]


def written(connection: Connection) -> UUID | None:
    """Return which register this database holds; None where that was never written."""
    found = connection.execute(sa.select(_SETTINGS.c.value).where(_SETTINGS.c.name == NAME))
    text = found.scalar()
    return None if text is None else UUID(text)


def write(connection: Connection, register_id: UUID) -> None:
    """Write once which register this database holds."""
    if written(connection) is None:
        connection.execute(sa.insert(_SETTINGS).values(name=NAME, value=str(register_id)))


def must_be(connection: Connection, register_id: UUID) -> None:
    """Raise `CannotOpenError` where this database holds no register, or another one."""
    if migrate.version(connection) is None:
        raise CannotOpenError(Message(SERVER_LACKS))
    if written(connection) not in (None, register_id):
        raise CannotOpenError(Message(OF_ANOTHER))
