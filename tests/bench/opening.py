"""Measures opening: the real program against the least a program could do."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.bench.figures import median, ratio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.figures import Bench, Figure

PAINTED_AT_MOST = 1.3
FILLED_AT_MOST = 2.0
TIMES = 5
LOGIN = ("demo", "demo")


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield the figures of opening, both counted from the start of the process.

    The bare script's imports are part of the goal, so the program's are part of its time: the
    password is entered as soon as the window takes it. Beside it stands what a person sees who
    takes a second to type: then the libraries are there already, on both sides.
    """
    folder = bench.register(bench.office)
    bare, at_once, typed = [], [], []
    for _time in range(2 if bench.is_quick else TIMES):
        bare.append(bench.child("bare_window", folder, *LOGIN))
        at_once.append(bench.child("real_window", folder, *LOGIN, "AT_ONCE"))
        typed.append(bench.child("real_window", folder, *LOGIN, "TYPED"))
    _must_import_the_same(bare[0], at_once[0])
    what = f"opening {bench.office:,} customers"
    for end, goal in (("painted", PAINTED_AT_MOST), ("filled", FILLED_AT_MOST)):
        least, took = _from(bare, "painted"), _from(at_once, end)
        beside = f"{took:.2f} s against {least:.2f} s, start and imports included; in processor"
        beside += f" time {_from(at_once, f'{end}_cpu') / _from(bare, 'painted_cpu'):.2f} x;"
        beside += f" from a typed password {_from(typed, end, 'entered') * 1000:.0f} ms against"
        beside += f" {_from(bare, 'painted', 'entered') * 1000:.0f} ms"
        named = "a painted window" if end == "painted" else "a filled agenda"
        yield ratio(f"{what}: to {named}", goal, took / least, beside)


def _from(found: list[dict[str, Any]], end: str, begin: str = "") -> float:
    """Return the usual seconds to a moment, since another or since the start."""
    return median([each[end] - (each[begin] if begin else 0.0) for each in found])


def _must_import_the_same(bare: dict[str, Any], real: dict[str, Any]) -> None:
    more = set(bare["libraries"]) ^ set(real["libraries"])
    if more:
        raise SystemExit(f"the two sides of the opening import other libraries: {sorted(more)}")
