"""Counting the items of a whole register by state: seconds on millions, once per state of it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.services.roles import Right, must
from privreg.store import due, item_counts, regoverning

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    from privreg.services.desk import Desk


def counted(
    desk: Desk,
    on: date,
    *,
    so_far: Callable[[dict[UUID, int]], object] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> item_counts.ItemCounts:
    """Count what is due per rule and what is kept only on a day; in steps of a tenth of a second.

    `so_far` is told after each step how many were found due per rule until then; they can only
    grow. When `cancelled` says so between two steps, what was found so far is returned. What
    was counted whole is remembered until a record changes.
    """
    must(desk.user.roles, Right.READ, "items")
    question = ("items counted", on)
    with desk.store.read() as connection:
        found: item_counts.ItemCounts | None = desk.store.remembered.recall(connection, question)
    if found is not None:
        return found
    with desk.store.read_aside() as connection:
        found = item_counts.ItemCounts()
        for found in item_counts.count_items(connection, due.reaches(connection, on), on):
            if cancelled is not None and cancelled():
                return found
            if so_far is not None:
                so_far({key: max(0, count) for key, count in found.due.items()})
        if not regoverning.is_pending(connection):
            desk.store.remembered.keep(connection, question, found)
    return found
