"""What a measurement gives, and where it makes its registers."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.generated import generate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CHECKOUT = Path(__file__).resolve().parents[2]
RUNS = "import sys; from tests.bench.{module} import main; main(*sys.argv[1:])"
"""How a module is run: children of its own then import no more than those of the program do."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; `why` says what misses the goal, or how it was measured."""

    what: str
    goal: str
    measured: str
    is_met: bool
    missed_by: str = ""
    why: str = ""


def ratio(what: str, goal: float, measured: float, why: str = "") -> Figure:
    """Return the line of a goal that is a number of times something else."""
    over = f"{measured / goal - 1:.0%}" if measured > goal else ""
    return Figure(what, f"{goal:g} x", f"{measured:.2f} x", not over, over, why)


def milliseconds(what: str, goal: float, seconds: float, why: str = "") -> Figure:
    """Return the line of a goal in milliseconds."""
    over = f"{seconds * 1000 / goal - 1:.0%}" if seconds * 1000 > goal else ""
    return Figure(what, f"{goal:g} ms", f"{seconds * 1000:.1f} ms", not over, over, why)


@dataclass(slots=True)
class Bench:
    """A run: its folder, its sizes, and the registers it has made so far."""

    place: Path
    is_quick: bool
    made: dict[int, Path] = field(default_factory=dict)

    @property
    def many(self) -> int:
        """Customers of the large register: a million, or some thousands for a quick look."""
        return 20_000 if self.is_quick else 1_000_000

    @property
    def office(self) -> int:
        """Customers of a busy office."""
        return 5_000 if self.is_quick else 100_000

    @property
    def few(self) -> int:
        """Customers of the small register, with about 30,000 items."""
        return 3_000 if self.is_quick else 10_000

    def register(self, customers: int) -> Path:
        """Return the folder of a register with so many customers, made once per run."""
        if customers not in self.made:
            say(f"making a register of {customers:,} customers …")
            started = time.perf_counter()
            self.made[customers] = generate(self.place / f"many-{customers}", customers)
            say(f"  made in {time.perf_counter() - started:.0f} s")
        return self.made[customers]

    def child(self, module: str, *arguments: object) -> dict[str, Any]:
        """Run a module of this folder in a process of its own; return the object it prints."""
        command = [sys.executable, "-c", RUNS.format(module=module), *map(str, arguments)]
        settings = {
            "QT_QPA_PLATFORM": "offscreen",
            "PRIVREG_SETTINGS": str(self.place / "settings"),
            "BENCH_STARTED": repr(time.monotonic()),
        }
        done = subprocess.run(
            command, check=True, cwd=CHECKOUT, env=os.environ | settings, stdout=subprocess.PIPE
        )
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found


def since_start() -> float:
    """Return the seconds since the parent began this process."""
    return time.monotonic() - float(os.environ["BENCH_STARTED"])


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds something takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return part(values, 0.5)


def part(values: Sequence[float], share: float) -> float:
    """Return the value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def say(line: str) -> None:
    """Say one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def tell(**values: Any) -> None:
    """Hand the parent what was measured."""
    say(json.dumps(values))
