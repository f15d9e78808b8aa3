"""${message}."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import privreg.registers.tables

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Bring the tables from ${down_revision or 'nothing'} to ${up_revision}."""
    ${upgrades if upgrades else "pass"}
