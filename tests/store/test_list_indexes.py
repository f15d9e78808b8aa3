"""A register of an older program gets an index per order of its customer list, on each engine."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic import command
from sqlcipher3 import dbapi2 as sqlcipher

from privreg.registers.customers import Customer
from privreg.store import migrate
from privreg.store.engine import postgres_engine
from privreg.store.records import table_of

if TYPE_CHECKING:
    from collections.abc import Iterator

BEFORE = "0002"


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.postgres)])
def older(request: pytest.FixtureRequest) -> Iterator[sa.Connection]:
    """Give the tables as the program made them before."""
    if request.param == "file":
        engine = sa.create_engine("sqlite://", module=sqlcipher)
    else:
        engine = postgres_engine(request.getfixturevalue("postgres_settings"), None)
    with engine.begin() as connection:
        command.upgrade(migrate.configuration(connection), BEFORE)
        yield connection
    engine.dispose()


def indexes(connection: sa.Connection) -> dict[str, list[str | None]]:
    found = sa.inspect(connection).get_indexes("customers")
    named = {str(each["name"]): each["column_names"] for each in found}
    return {name: columns for name, columns in named.items() if name.startswith("ix_")}


def test_an_older_register_gets_the_indexes_that_are_declared(older: sa.Connection) -> None:
    declared = {
        str(index.name): [column.name for column in index.columns]
        for index in table_of(Customer).indexes
    }
    before = indexes(older)
    assert before != declared
    migrate.upgrade(older)
    assert indexes(older) == declared
    assert migrate.is_current(older)
