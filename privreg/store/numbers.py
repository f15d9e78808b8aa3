"""Human numbers: the next of each series, never given out twice."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from privreg.store.records import table_of

if TYPE_CHECKING:
    from datetime import date

    from privreg.registers.declaration import Register

DIGITS = 4


def next_number(connection: sa.Connection, register: Register, on: date) -> str:
    """Take the next number of a register: `DL-2026-0007` yearly, `VA-0012` otherwise.

    A number that came in with a file is passed over.
    """
    series = f"{register.prefix}-{on.year}" if register.yearly else register.prefix
    column = table_of(register.model).c.number
    while True:
        found = f"{series}-{take(connection, series):0{DIGITS}d}"
        if connection.execute(sa.select(column).where(column == found)).first() is None:
            return found


def take(connection: sa.Connection, series: str, count: int = 1) -> int:
    """Take `count` numbers of a series and return the first of them."""
    found = connection.execute(
        sa.text(
            "INSERT INTO counters (series, last) VALUES (:series, :count)"
            " ON CONFLICT (series) DO UPDATE SET last = counters.last + :count RETURNING last"
        ),
        {"series": series, "count": count},
    )
    return int(found.scalar_one()) - count + 1
