"""What filters leave of a long list: where it is little, a search reads that and not its matches.

Half of a register may begin with a letter while a filter leaves ten records. To walk all that
begin so would cost the letter; which side is the shorter one, a count that stops soon tells.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from privreg.store import search, stretches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privreg.store.stretches import Order, Stretch

FEW = 2_000
"""So many records are read one by one: some tens of milliseconds, as walking past so many is."""


@dataclass(frozen=True, slots=True)
class Left:
    """The stretches of the index that meet the filters, and how many records are in them.

    No more than `FEW` and one are counted.
    """

    order: Order
    found: tuple[Stretch, ...]
    count: int

    @property
    def keys(self) -> sa.Subquery:
        """Select the keys of the records."""
        return stretches.keys(self.order, self.found).subquery("few")


def left(connection: sa.Connection, order: Order, filters: Mapping[str, object]) -> Left:
    """Find out what some filters leave; of too many stretches, that it is much."""
    found = stretches.stretches(connection, order, filters)
    if not 0 < len(found) <= stretches.AT_MOST:
        return Left(order, found, FEW + 1 if found else 0)
    some = stretches.keys(order, found).limit(FEW + 1).subquery()
    query = sa.select(sa.func.count()).select_from(some)
    return Left(order, found, connection.execute(query).scalar_one())


def is_read(connection: sa.Connection, known: Left, text: str, *, codes_only: bool) -> bool:
    """Say whether a search reads what is left: where that is little, and less than it matches.

    A server chooses by itself.
    """
    if connection.dialect.name == "postgresql" or known.count > FEW:
        return False
    return search.is_common(connection, text, known.count, codes_only=codes_only)
