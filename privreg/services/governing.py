"""Bringing every item under the rules as they now are, after a rule's scope changed."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.store import regoverning

if TYPE_CHECKING:
    from collections.abc import Callable

    from privreg.services.desk import Desk


def is_pending(desk: Desk) -> bool:
    """Say whether items are still to be brought under changed rules."""
    with desk.store.read() as connection:
        return regoverning.is_pending(connection)


def settle(
    desk: Desk,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Bring the items under the rules step by step; return how many customers were done.

    Each step is a transaction of its own, so that saves go on meanwhile; what is not done
    when it is cancelled or cut off is done at the next call.
    """
    done = 0
    while not (cancelled is not None and cancelled()):
        settled = desk.store.written(regoverning.step)
        done += settled.customers
        if settled.is_done:
            break
        if progress is not None:
            with desk.store.read() as connection:
                progress(regoverning.share_done(connection))
    return done
