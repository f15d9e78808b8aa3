"""A register of an older program gets the tables of this one, and keeps what stands in it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlcipher3 import dbapi2 as sqlcipher

from privreg.store import migrate

KEY = UUID(int=7)
BEFORE_ORGANISATIONS = ("0001", "0002", "0003")


def table(connection: sa.Connection, name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=connection)


def filled(connection: sa.Connection, into: str, **values: object) -> None:
    """Put one row in a table as it is now; what is not given is empty, not absent."""
    found = table(connection, into)
    empty = {
        sa.Integer: 0,
        sa.Boolean: False,
        sa.JSON: [],
        sa.LargeBinary: b"",
        sa.DateTime: datetime(2026, 1, 1, tzinfo=UTC),
    }
    row = {
        column.name: next(
            (value for kind, value in empty.items() if isinstance(column.type, kind)), ""
        )
        for column in found.columns
        if not column.nullable
    }
    connection.execute(found.insert().values(row | values))


@pytest.fixture
def connection() -> sa.Connection:
    return sa.create_engine("sqlite://", module=sqlcipher).connect()


@pytest.mark.parametrize("version", BEFORE_ORGANISATIONS)
def test_the_transfers_of_an_older_register_stay_and_name_no_organisation(
    connection: sa.Connection, version: str
) -> None:
    command.upgrade(migrate.configuration(connection), version)
    assert not migrate.is_current(connection)
    filled(connection, "parties", id=KEY.bytes, name="Vrachtwerk")
    what = {"country": "US", "mechanism": "scc", "assessed_on": date(2025, 5, 1)}
    filled(connection, "party_transfers", id=KEY.bytes, parent_id=KEY.bytes, **what)

    migrate.upgrade(connection)

    assert migrate.is_current(connection)
    (row,) = connection.execute(sa.select(table(connection, "party_transfers"))).mappings()
    assert {name: row[name] for name in what} == what
    assert row["organisation"] == ""


def test_the_migrations_together_make_the_tables_the_program_declares(
    connection: sa.Connection,
) -> None:
    migrate.upgrade(connection)
    context = MigrationContext.configure(connection)
    missing = compare_metadata(context, migrate.METADATA)
    assert [each for each in missing if each[0] in {"add_table", "add_column"}] == []


def test_the_last_known_version_is_the_head() -> None:
    assert migrate.KNOWN[-1] == migrate.HEAD
