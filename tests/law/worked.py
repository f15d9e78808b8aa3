"""The worked cases: what is typed after `privreg`, and what must come out of it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
GIVEN, COUNTED_BY_HAND, ODD = (
    HERE / f"{name}.tsv" for name in ("terms", "more_terms", "odd_terms")
)


@dataclass(frozen=True)
class Worked:
    """One case: its name, its command line and the values expected, by their key."""

    name: str
    command: str
    expected: dict[str, str]


def worked_in(*files: Path) -> list[Worked]:
    """Return the cases of some files."""
    return [
        Worked(
            row["case"],
            row["command"],
            dict(pair.split("=", 1) for pair in row["expected"].split()),
        )
        for file in files
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines(), delimiter="\t")
    ]
