"""Finds what may only be stored because the person restricted it (article 18).

What is kept only because a minimum still runs after the policy ended is in `kept_only`; what
a list may not tell by its order, in `untold`.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from privreg.registers.customer_entries import Event, Hold, HoldItem, Item
from privreg.store.holds import stands
from privreg.store.kept_only import kinds_with_fields
from privreg.store.records import parts, table_of
from privreg.store.search import InOrder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from privreg.registers.declaration import Register
    from privreg.store.kept_only import Kinds
    from privreg.store.remembered import Remembered

_ITEMS, _EVENTS = table_of(Item), table_of(Event)
_HOLDS, _HOLD_ITEMS = table_of(Hold), table_of(HoldItem)
RESTRICTION = "restriction"


@dataclass(frozen=True, slots=True)
class Sight:
    """Through whose eyes: the day, whether restricted data are read, which items were opened."""

    on: date
    sees_restricted: bool = False
    opened: frozenset[UUID] = frozenset()


def restricts(day: date) -> sa.ColumnElement[bool]:
    """Say that a hold is a restriction that stands on a day.

    The reason is written out: only so does the engine take the index of restrictions.
    """
    return sa.and_(_HOLDS.c.reason == sa.literal_column(f"'{RESTRICTION}'"), stands(day))


def any_restriction(connection: sa.Connection, day: date) -> bool:
    """Say whether anything is restricted on a day."""
    query = sa.select(_HOLDS.c.id).where(restricts(day)).limit(1)
    return connection.execute(query).first() is not None


def restricted_fields(
    connection: sa.Connection,
    customer_ids: Sequence[UUID],
    sight: Sight,
    remembered: Remembered,
) -> dict[UUID, frozenset[str]]:
    """Return, per customer, the fields whose kind of data is restricted.

    An item that was opened with a reason restricts nothing any more.
    """
    found: dict[UUID, frozenset[str]] = {}
    kinds = _restrictable(connection, sight.on, remembered)
    if not kinds:
        return found
    held = InOrder(
        InOrder(_ITEMS, _HOLD_ITEMS, _HOLD_ITEMS.c.target_id == _ITEMS.c.id),
        _HOLDS,
        _HOLDS.c.id == _HOLD_ITEMS.c.parent_id,
    )
    chosen = sa.select(_ITEMS.c.id, _ITEMS.c.customer_id, _ITEMS.c.kind_id).select_from(held)
    for some in parts(customer_ids):
        whose = _ITEMS.c.customer_id.in_(some) & _ITEMS.c.kind_id.in_(list(kinds))
        for item_id, key, kind_id in connection.execute(chosen.where(whose, restricts(sight.on))):
            if item_id not in sight.opened:
                found[key] = found.get(key, frozenset()) | kinds[kind_id]
    return found


def _restrictable(connection: sa.Connection, day: date, remembered: Remembered) -> Kinds:
    """Return the fields of each kind of data, none where nothing is restricted on a day."""
    known: Kinds | None = remembered.recall(connection, ("restrictable", day))
    if known is None:
        known = kinds_with_fields(connection) if any_restriction(connection, day) else {}
        remembered.keep(connection, ("restrictable", day), known)
    return known


def items_of_events(
    connection: sa.Connection, event_ids: Sequence[UUID]
) -> dict[UUID, UUID | None]:
    """Return the item each of these events is about; None for the customer as a whole."""
    found: dict[UUID, UUID | None] = {}
    for some in parts(event_ids):
        query = sa.select(_EVENTS.c.id, _EVENTS.c.item_id).where(_EVENTS.c.id.in_(some))
        found |= {key: item_id for key, item_id in connection.execute(query)}  # noqa: C416  (rows)
    return found


def there(connection: sa.Connection, register: Register, keys: Sequence[UUID]) -> set[UUID]:
    """Return which of these records are there still."""
    table = table_of(register.model)
    found: set[UUID] = set()
    for some in parts(keys):
        found.update(
            connection.execute(sa.select(table.c.id).where(table.c.id.in_(some))).scalars()
        )
    return found
