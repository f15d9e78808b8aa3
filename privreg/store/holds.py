"""The holds that stand on a day: the one expression, and what is read with it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from privreg.registers.customer_entries import Hold
from privreg.registers.customers import Customer
from privreg.store.records import table_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from privreg.registers.declaration import Values

_HOLDS, _CUSTOMERS = table_of(Hold), table_of(Customer)


def stands(day: date) -> sa.ColumnElement[bool]:
    """Say that a hold stands on a day, its first and last day included.

    The same as `HoldSpan.covers` in `privreg.law.retention`, for the database to work out.
    """
    return sa.and_(
        _HOLDS.c.since_on <= day,
        sa.or_(_HOLDS.c.until_on.is_(None), _HOLDS.c.until_on >= day),
    )


def open_holds(connection: sa.Connection, day: date) -> list[Values]:
    """Return the holds of every customer that stand on a day, without the items they name."""
    query = sa.select(_HOLDS).where(stands(day)).order_by(_HOLDS.c.since_on)
    names = [each.name for each in _HOLDS.c]
    return [dict(zip(names, row, strict=True)) for row in connection.execute(query)]


def held_numbers(connection: sa.Connection, day: date) -> dict[UUID, str]:
    """Return the numbers of the customers with a hold that stands on a day, by their keys."""
    held = sa.select(_HOLDS.c.customer_id).where(stands(day))
    query = sa.select(_CUSTOMERS.c.id, _CUSTOMERS.c.number).where(_CUSTOMERS.c.id.in_(held))
    return {key: number for key, number in connection.execute(query)}  # noqa: C416  (rows)
