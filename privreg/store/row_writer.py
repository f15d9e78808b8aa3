"""Writes many rows into one table: compiled once, each value converted as the column keeps it.

SQLAlchemy works out the same for every row again, which costs more than the writing.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from privreg.registers.tables import Key, Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from privreg.registers.declaration import Values


class RowWriter:
    """Writes rows, given as dicts with every column, into one table."""

    def __init__(self, connection: sa.Connection, table: sa.Table) -> None:
        self._connection = connection
        self._table = table
        self._values = itemgetter(*(column.name for column in table.columns))
        self._is_sqlite = connection.dialect.name == "sqlite"
        compiled = sa.insert(table).compile(dialect=connection.dialect)
        self._statement = str(compiled)
        made = (_converter(each, connection.dialect) for each in table.columns)
        self._converters = [(place, each) for place, each in enumerate(made) if each is not None]

    def write(self, rows: Sequence[Values]) -> None:
        """Write rows; each names every column."""
        if not rows:
            return
        if not self._is_sqlite:
            self._connection.execute(sa.insert(self._table), list(rows))
            return
        columns: list[Sequence[Any]] = list(zip(*map(self._values, rows), strict=True))
        for place, convert in self._converters:
            columns[place] = [None if each is None else convert(each) for each in columns[place]]
        self._connection.exec_driver_sql(self._statement, list(zip(*columns, strict=True)))


def _converter(column: sa.Column[Any], dialect: sa.Dialect) -> Callable[[Any], Any] | None:
    if isinstance(column.type, Key):
        return _key
    if isinstance(column.type, sa.JSON):
        return _json
    made: Callable[[Any], Any] | None = column.type.dialect_impl(dialect).bind_processor(dialect)
    if made is not None and isinstance(column.type, Moment):
        return lru_cache(maxsize=4)(made)
    return made


def _key(value: UUID) -> bytes:
    return value.bytes


def _json(value: Any) -> str:
    return "{}" if value == {} else json.dumps(value)
