"""Every report as plain text, kept beside the test; PRIVREG_SNAPSHOTS=write writes them anew."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
from pathlib import Path

import pytest

from privreg.reports.kit.pdf import in_language
from privreg.reports.kit.plain import plain
from tests.reports.books import Office
from tests.reports.papers import PAPERS

SNAPSHOTS = Path(__file__).parent / "snapshots"
WRITES = os.environ.get("PRIVREG_SNAPSHOTS") == "write"


def said(name: str) -> str:
    """Return what a report says, in English, at the moment at which the office stands still."""
    office = Office()
    with in_language("en"):
        return plain(PAPERS[name](office, office.book()))


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_a_report_says_what_its_snapshot_says(name: str) -> None:
    path = SNAPSHOTS / f"{name}.txt"
    text = said(name)
    if WRITES:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def test_no_snapshot_is_without_its_report() -> None:
    kept = {path.stem for path in SNAPSHOTS.iterdir()}
    assert kept - set(PAPERS) == set()
