"""Measures the first page of what is due, and a change of a rule's period, few against many."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gc
import threading
from functools import partial
from typing import TYPE_CHECKING

from privreg.clock import FixedClock
from privreg.services import records, timers
from privreg.services.desk import open_desk
from privreg.services.examples import PASSWORD, USER
from tests.bench.figures import median, milliseconds, part, ratio, timed
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
COUNTED_WITHIN = 5_000.0
LETTER_WITHIN = 30.0
NEARLY_ALL = 0.99
ROWS = 50
LETTERS = "abdehjklmprsvwz"


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield the figures of the due list and of changing a rule."""
    few, many = (_measured(bench.register(size)) for size in (bench.few, bench.many))
    size = f"{many['items']:,} items"
    pages = f"of {timers.PAGE} lines, the middle of {TIMES}"
    yield milliseconds(f"first page of what is due, {size}", DUE_WITHIN, many["due"], pages)
    opened = f"nothing read or prepared before; {few['cold'] * 1000:.1f} ms there"
    yield milliseconds("the same, the very first after opening", DUE_WITHIN, many["cold"], opened)
    yield ratio(
        f"the same against {few['items']:,} items",
        DUE_AT_MOST,
        many["due"] / few["due"],
        f"{few['due'] * 1000:.1f} ms there",
    )
    yield milliseconds(
        f"all that is due counted, {size}, in the background",
        COUNTED_WITHIN,
        many["counted"],
        f"told in steps, can be left; again {many['again'] * 1000:.1f} ms",
    )
    yield milliseconds(
        "search for a letter while it is counted: p99",
        LETTER_WITHIN,
        many["letter"],
        f"alone {many['alone'] * 1000:.1f} ms",
    )
    yield ratio(
        f"changing a rule's period, {size} against {few['items']:,}",
        CHANGE_AT_MOST,
        many["change"] / few["change"],
        f"{many['change'] * 1000:.1f} ms against {few['change'] * 1000:.1f} ms",
    )


def _measured(folder: Path) -> dict[str, float]:
    gc.disable()  # as `main.py` does for the window: see ui/sweeping.py
    desk = open_desk(folder, USER, PASSWORD, clock=FixedClock(NOW))
    try:
        return _of(desk)
    finally:
        desk.close()
        gc.enable()


def _of(desk: Desk) -> dict[str, float]:
    on = NOW.date()
    cold = timed(lambda: timers.due(desk, on))
    pages = [timed(lambda: timers.due(desk, on)) for _time in range(TIMES)]
    busiest = timers.due(desk, on).lines[0].rule
    changes = [timed(lambda: _change(desk, busiest)) for _time in range(TIMES)]
    counting = _counting(desk)
    with desk.store.read() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM items").scalar_one()
    found = {"items": count, "cold": cold, "due": median(pages), "change": median(changes)}
    return found | counting


def _counting(desk: Desk) -> dict[str, float]:
    """Count all that is due, and meanwhile search as somebody in the window would."""
    alone = [timed(partial(_search, desk, at)) for at in LETTERS * 2][len(LETTERS) :]
    taken: list[float] = []
    counter = threading.Thread(
        target=lambda: taken.append(timed(lambda: timers.due_counts(desk, NOW.date())))
    )
    counter.start()
    letters = []
    while counter.is_alive():
        letters += [timed(partial(_search, desk, at)) for at in LETTERS]
    counter.join()
    again = timed(lambda: timers.due_counts(desk, NOW.date()))
    slowest = part(letters, NEARLY_ALL)
    return {"counted": taken[0], "again": again, "letter": slowest, "alone": max(alone)}


def _search(desk: Desk, text: str) -> None:
    records.page(desk, "customers", records.ListQuery(text=text), 0, ROWS)


def _change(desk: Desk, number: str) -> None:
    rule = records.load_number(desk, "rules", number)
    rule["period"] = PERIODS[rule["period"] == PERIODS[0]]
    records.save(desk, "rules", rule)
