"""The search index, which each engine has in its own way."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

SQLITE = (
    """CREATE VIRTUAL TABLE search_index USING fts5(codes, words, content='search_rows',
    content_rowid='row', prefix='1 2 3', tokenize='unicode61 remove_diacritics 0')""",
    "INSERT INTO search_index(search_index, rank) VALUES('secure-delete', 1)",
)
POSTGRES = (
    "CREATE INDEX ix_search_codes ON search_rows USING gin (to_tsvector('simple', codes))",
    """CREATE INDEX ix_search_all ON search_rows
    USING gin (to_tsvector('simple', codes || ' ' || words))""",
)


def upgrade() -> None:
    """Make records findable."""
    for statement in POSTGRES if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.get_bind().exec_driver_sql(statement)
