"""A transfer may go to an international organisation, which is no country."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Give a transfer a place for the organisation's name; those there are have none."""
    named = sqlmodel.sql.sqltypes.AutoString()
    op.add_column(
        "party_transfers", sa.Column("organisation", named, nullable=False, server_default="")
    )
