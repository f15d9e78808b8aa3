"""What both sides of the opening tell, and nothing that either would have to import for it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

KIB = 1024
OWN = {"privreg", "ui", "tests"}


def since_start() -> float:
    """Return the seconds since the parent began this process."""
    return time.monotonic() - float(os.environ["BENCH_STARTED"])


def libraries() -> list[str]:
    """Return which libraries have been imported, besides Python's own."""
    found = {name.partition(".")[0] for name in sys.modules}
    return sorted(
        name
        for name in found - OWN - sys.stdlib_module_names
        if getattr(sys.modules.get(name), "__path__", None)
    )


def memory_held() -> float:
    """Return the megabytes this process holds now, or its peak where that is not told."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB
    line = next(each for each in status.read_text().splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) / KIB


def tell(**values: Any) -> None:
    """Hand the parent what was measured."""
    sys.stdout.write(f"{json.dumps(values)}\n")
    sys.stdout.flush()
