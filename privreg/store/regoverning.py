"""When a rule's scope changes: its items are governed anew, at once or in steps.

A few items are governed anew in the transaction that changes the rule. Of many, the change
leaves a mark, and the work is done in steps of its own that go on where they stopped, also
after a crash. While the mark stands, what is read of an item is worked out and not looked up.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa

from privreg.registers.customer_entries import Item
from privreg.registers.customers import Customer
from privreg.store import governed
from privreg.store.records import table_of
from privreg.store.tables import Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

MARK = "regoverning"
AT_ONCE = 2_000  # items that are governed anew in the transaction of the change itself
STEP = 500  # customers per step
_FIRST = UUID(int=0)
_SETTINGS: sa.Table = Setting.__table__  # type: ignore[attr-defined]
_CUSTOMERS, _ITEMS = table_of(Customer), table_of(Item)


@dataclass(frozen=True, slots=True)
class Settled:
    """How far the work has come: customers done in this step, and whether any are left."""

    customers: int
    is_done: bool


def after_change(
    connection: sa.Connection,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
) -> None:
    """Govern anew after a rule was added, deleted or changed in what it governs."""
    old, new = before or {}, after or {}
    if all(old.get(name) == new.get(name) for name in governed.GOVERNING_FIELDS):
        return
    some = sa.select(_ITEMS.c.id).limit(AT_ONCE + 1).subquery()
    count = connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one()
    if count > AT_ONCE:
        _mark(connection, _FIRST)
        return
    owners = connection.execute(sa.select(_ITEMS.c.customer_id).distinct()).scalars().all()
    governed.regovern(connection, list(owners))


def begin(connection: sa.Connection) -> None:
    """Have every item governed anew in steps, from the first customer on."""
    _mark(connection, _FIRST)


def is_pending(connection: sa.Connection) -> bool:
    """Say whether items are still to be governed anew."""
    return _reached(connection) is not None


def share_done(connection: sa.Connection) -> float:
    """Return how much of the customers is done, between 0 and 1; 1 where nothing is left."""
    reached = _reached(connection)
    if reached is None:
        return 1.0
    count = sa.select(sa.func.count()).select_from(_CUSTOMERS)
    whole = connection.execute(count).scalar_one()
    done = connection.execute(count.where(_CUSTOMERS.c.id <= reached)).scalar_one()
    return done / whole if whole else 1.0


def step(connection: sa.Connection) -> Settled:
    """Govern the items of the next customers anew, in the caller's transaction."""
    reached = _reached(connection)
    if reached is None:
        return Settled(0, is_done=True)
    keys = (
        connection.execute(
            sa.select(_CUSTOMERS.c.id)
            .where(_CUSTOMERS.c.id > reached)
            .order_by(_CUSTOMERS.c.id)
            .limit(STEP)
        )
        .scalars()
        .all()
    )
    governed.regovern(connection, keys)
    if len(keys) < STEP:
        connection.execute(sa.delete(_SETTINGS).where(_SETTINGS.c.name == MARK))
        return Settled(len(keys), is_done=True)
    _mark(connection, keys[-1])
    return Settled(len(keys), is_done=False)


def _reached(connection: sa.Connection) -> UUID | None:
    found = connection.execute(
        sa.select(_SETTINGS.c.value).where(_SETTINGS.c.name == MARK)
    ).scalar()
    return None if found is None else UUID(found)


def _mark(connection: sa.Connection, reached: UUID) -> None:
    connection.execute(sa.delete(_SETTINGS).where(_SETTINGS.c.name == MARK))
    connection.execute(sa.insert(_SETTINGS).values(name=MARK, value=str(reached)))
