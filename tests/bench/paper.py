"""Measures the register of processing on paper against bare ReportLab."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench import register_pdf
from tests.bench.figures import ratio
from tests.bench.pdf_kit import MOST_OF_BARE, MOST_OF_TENFOLD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.figures import Bench, Figure


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield the figures of the PDF; a quick run takes each time once."""
    taken = register_pdf.measure(1 if bench.is_quick else 2)
    whole, bare = taken["printed 100"], taken["bare 100"]
    yield ratio(
        "register of 100 activities to PDF, against bare ReportLab",
        MOST_OF_BARE,
        whole / bare,
        f"{whole:.1f} s against {bare:.1f} s of the processor",
    )
    yield ratio(
        "1,000 activities against 100",
        MOST_OF_TENFOLD,
        taken["printed 1000"] / whole,
        f"{taken['printed 1000']:.0f} s",
    )
