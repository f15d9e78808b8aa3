"""Brings a register's tables to the version this program knows, one step at a time.

A register made by a newer program is refused; an older one is backed up by the caller
before `upgrade`.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import SQLModel

from privreg.errors import CannotOpenError
from privreg.registers import register_list as _all_registers  # noqa: F401  (maps every table)
from privreg.store import tables as _own_tables  # noqa: F401  (maps the store's own)
from privreg.translation import N_, Message

if TYPE_CHECKING:
    from alembic.config import Config

METADATA = SQLModel.metadata
HEAD = "0004"
KNOWN = ("0001", "0002", "0003", "0004")
SCRIPTS = Path(__file__).parent / "migrations"


def version(connection: sa.Connection) -> str | None:
    """Return the version of the tables, or None where there are none yet."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def is_current(connection: sa.Connection) -> bool:
    """Say whether the tables are this program's; a newer register raises `CannotOpenError`."""
    found = version(connection)
    if found is not None and found not in KNOWN:
        raise CannotOpenError(
            Message(
                N_(
                    "This register was made by a newer version of PrivReg; "
                    "install that version to open it."
                )
            )
        )
    return found == HEAD


def upgrade(connection: sa.Connection) -> None:
    """Run every step that is missing, in the caller's transaction."""
    from alembic import command  # noqa: PLC0415  (slow to import, and seldom needed)

    command.upgrade(configuration(connection), "head")


def configuration(connection: sa.Connection) -> Config:
    """Return Alembic's configuration for one connection."""
    from alembic.config import Config  # noqa: PLC0415  (slow to import, and seldom needed)

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
