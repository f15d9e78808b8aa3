"""Measures every goal of speed and prints how each is met: `python -m tests.bench`.

`--quick` takes small registers, to see that everything runs; its figures prove nothing.
`--only NAME` takes one row of opening, searching, due_list, paper, importing.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import due_list, importing, opening, paper, searching
from tests.bench.figures import Bench, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.figures import Figure

ROWS = (opening, searching, due_list, paper, importing)
NAMES = {each.__name__.rpartition(".")[2]: each for each in ROWS}
ROOM_GB = 12
GB = 10**9


def main(arguments: Sequence[str]) -> int:
    """Measure and print; return 1 when a goal is missed, 2 when the disk has no room."""
    options = _options(arguments)
    if shutil.disk_usage(tempfile.gettempdir()).free < ROOM_GB * GB and not options.quick:
        say(f"{ROOM_GB} GB must be free in {tempfile.gettempdir()}; --quick needs little.")
        return 2
    with tempfile.TemporaryDirectory(prefix="privreg-bench-") as place:
        bench = Bench(Path(place), options.quick)
        wanted = [NAMES[name] for name in options.only or NAMES]
        figures = [figure for each in wanted for figure in each.measure(bench)]
    say(_machine())
    for figure in figures:
        say(_line(figure))
    return 0 if all(each.is_met for each in figures) else 1


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    reader.add_argument("--quick", action="store_true", help="small registers; proves nothing")
    reader.add_argument("--only", action="append", choices=tuple(NAMES), help="one row")
    return reader.parse_args(arguments)


def _machine() -> str:
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"\n{platform.system()} {platform.machine()}, {os.cpu_count()} cores{load},"
        f" Python {platform.python_version()}"
    )


def _line(figure: Figure) -> str:
    met = "met" if figure.is_met else f"MISSED by {figure.missed_by}"
    why = f"  ({figure.why})" if figure.why else ""
    return f"{figure.what:<68} | {figure.goal:>7} | {figure.measured:>9} | {met}{why}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
