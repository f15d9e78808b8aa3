"""Prints registers of activities one after another until it is ended: work for a second core."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io

from privreg.reports.kit.pdf import paint
from tests.bench.pdf_kit import register


def main() -> None:
    """Print without end."""
    document = register(100)
    while True:
        paint(document, io.BytesIO())


if __name__ == "__main__":
    main()
