"""Measures opening: the real program against the least a program could do."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.figures import median, ratio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.figures import Bench, Figure

PAINTED_AT_MOST = 1.3
FILLED_AT_MOST = 2.0
TIMES = 5


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield the figures of opening, both counted from the start of the process.

    The bare script's imports are part of the goal, so the program's are part of its time.
    """
    folder = bench.register(bench.office)
    times = range(2 if bench.is_quick else TIMES)
    pairs = [
        (bench.child("bare_window", folder), bench.child("real_window", folder)) for _time in times
    ]
    bare = median([each["painted"] for each, _real in pairs])
    painted = median([each["painted"] for _bare, each in pairs])
    filled = median([each["filled"] for _bare, each in pairs])
    entered = median([each["painted"] - each["entered"] for _bare, each in pairs])
    beside = f"{painted:.2f} s against {bare:.2f} s, start and imports included"
    beside += f"; from the password alone {entered * 1000:.0f} ms"
    what = f"opening {bench.office:,} customers"
    yield ratio(f"{what}: to a painted window", PAINTED_AT_MOST, painted / bare, beside)
    yield ratio(f"{what}: to a filled agenda", FILLED_AT_MOST, filled / bare)
