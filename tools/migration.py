"""Writes the next migration from the difference between models and tables.

`python -m tools.migration 0003 0002 "what changed"` runs the known steps up to 0002 on an
empty file in memory, compares, and writes `privreg/store/migrations/versions/0003_*.py`;
read it before committing, and raise `HEAD` and `KNOWN` in `privreg/store/migrate.py`.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import sys

import sqlalchemy as sa
from alembic import command
from sqlcipher3 import dbapi2 as sqlcipher

from privreg.store import migrate


def main(revision: str, after: str, message: str) -> None:
    """Write one migration that follows `after` ('base' for the first)."""
    with sa.create_engine("sqlite://", module=sqlcipher).begin() as connection:
        config = migrate.configuration(connection)
        if after != "base":
            command.upgrade(config, after)
        command.revision(
            config, message, autogenerate=True, rev_id=revision, head=after, splice=True
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
