"""Measures an import from CSV against a bare executemany of the same rows."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench import import_customers
from tests.bench.figures import ratio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.figures import Bench, Figure


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield the figure of the import."""
    place = bench.place / "import"
    place.mkdir()
    found = import_customers.measure(place, bench.office)
    what = f"import of {bench.office:,} customers with items from CSV, against executemany"
    yield ratio(what, import_customers.GOAL, found)
