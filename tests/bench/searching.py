"""Measures the customer search per letter, how long the window is held, and the memory."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.bench.figures import Figure, median, milliseconds, part
from tests.bench.thread_time import Spent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.figures import Bench

MEDIAN_WITHIN = 10.0
NEARLY_ALL_WITHIN = 30.0
HELD_AT_MOST = 16.0
MEMORY_MB = 300.0
NEARLY_ALL = 0.99
TEXTS = 40
LOGIN = ("demo", "demo")


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield the figures of the search, calm and busy, and of the memory after it."""
    folder = bench.register(bench.many)
    texts = 10 if bench.is_quick else TEXTS
    calm = bench.child("keystrokes", folder, texts, "QUIET")
    yield from _of(calm, f"search in {bench.many:,} customers")
    busy = bench.child("keystrokes", folder, texts, "BUSY")
    yield from _of(busy, "the same while a report prints and an import runs")
    yield _memory(calm["memory"], f"{bench.many:,} customers open, after the searches")
    whole = bench.child("real_window", folder, *LOGIN, "STAYS")
    yield _memory(whole["memory"], f"{bench.many:,} customers open, the whole window")


def _of(found: dict[str, Any], what: str) -> Iterator[Figure]:
    shown = found["letters"]
    beside = f"{len(shown)} letters; until shown on the page: median {median(shown) * 1000:.1f} ms"
    beside += f", p99 {part(shown, NEARLY_ALL) * 1000:.1f} ms"
    if found["imported"]:
        beside += f"; {found['imported']:,} lines imported and "
        beside += f"{found['printed']} reports printed meanwhile"
    queries = found["queries"]
    yield milliseconds(f"{what}: median", MEDIAN_WITHIN, median(queries), beside)
    yield milliseconds(f"{what}: p99", NEARLY_ALL_WITHIN, part(queries, NEARLY_ALL))
    looks = [Spent(*each) for each in found["looks"]]
    longest = max(looks)
    yield milliseconds(
        f"{what}: window held", HELD_AT_MOST, longest.lasted / 1000, _why_held(looks, longest)
    )


def _why_held(looks: Sequence[Spent], longest: Spent) -> str:
    """Say how often the window was held too long, and what held it."""
    over = [each for each in looks if each.lasted > HELD_AT_MOST]
    lasted = [each.lasted for each in looks]
    why = f"{len(over)} of {len(looks)} looks over; p99 {part(lasted, NEARLY_ALL):.1f} ms; "
    why += f"own work at most {max(each.worked for each in looks):.1f} ms; "
    return f"{why}the longest: {_shares([longest])}; all that are over: {_shares(over)}"


def _shares(looks: Sequence[Spent]) -> str:
    whole = sum(each.lasted for each in looks)
    if not whole:
        return "none"
    worked, queued = (sum(each[place] for each in looks) / whole for place in (1, 2))
    rest = sum(each.locked for each in looks) / whole
    return f"{worked:.0%} own work, {queued:.0%} no processor free, {rest:.0%} Python's lock"


def _memory(megabytes: float, what: str) -> Figure:
    over = f"{megabytes / MEMORY_MB - 1:.0%}" if megabytes > MEMORY_MB else ""
    return Figure(f"memory with {what}", f"{MEMORY_MB:g} MB", f"{megabytes:.0f} MB", not over, over)
