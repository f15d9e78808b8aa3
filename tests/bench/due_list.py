"""Measures the first page of what is due, and a change of a rule's period, few against many."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.clock import FixedClock
from privreg.services import records, timers
from privreg.services.desk import open_desk
from privreg.services.examples import PASSWORD, USER
from tests.bench.figures import median, milliseconds, ratio, timed
from tests.bench.generated import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from privreg.services.desk import Desk
    from tests.bench.figures import Bench, Figure

DUE_WITHIN = 50.0
DUE_AT_MOST = 2.0
CHANGE_AT_MOST = 1.5
TIMES = 15
PERIODS = ("P4Y", "P5Y")


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield the figures of the due list and of changing a rule."""
    few, many = (_measured(bench.register(size)) for size in (bench.few, bench.many))
    size = f"{many['items']:,} items"
    cold = f"the very first page after opening: {many['cold'] * 1000:.0f} ms"
    yield milliseconds(f"first page of what is due, {size}", DUE_WITHIN, many["due"], cold)
    yield ratio(
        f"the same against {few['items']:,} items",
        DUE_AT_MOST,
        many["due"] / few["due"],
        f"{few['due'] * 1000:.1f} ms there",
    )
    yield ratio(
        f"changing a rule's period, {size} against {few['items']:,}",
        CHANGE_AT_MOST,
        many["change"] / few["change"],
        f"{many['change'] * 1000:.1f} ms against {few['change'] * 1000:.1f} ms",
    )


def _measured(folder: Path) -> dict[str, float]:
    desk = open_desk(folder, USER, PASSWORD, clock=FixedClock(NOW))
    try:
        return _of(desk)
    finally:
        desk.close()


def _of(desk: Desk) -> dict[str, float]:
    on = NOW.date()
    cold = timed(lambda: timers.due(desk, on))
    pages = [timed(lambda: timers.due(desk, on)) for _time in range(TIMES)]
    busiest = timers.due(desk, on).lines[0].rule
    changes = [timed(lambda: _change(desk, busiest)) for _time in range(TIMES)]
    with desk.store.read() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM items").scalar_one()
    return {"items": count, "cold": cold, "due": median(pages), "change": median(changes)}


def _change(desk: Desk, number: str) -> None:
    rule = records.load_number(desk, "rules", number)
    rule["period"] = PERIODS[rule["period"] == PERIODS[0]]
    records.save(desk, "rules", rule)
