"""The real program, started as a scheduler starts it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import main

CHECKOUT = Path(__file__).resolve().parents[2]


def started(*words: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "PRIVREG_PASSWORD": "demo", "PYTHONIOENCODING": "ascii"}
    return subprocess.run(
        [sys.executable, str(CHECKOUT / "main.py"), *map(str, words)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        input=stdin,
        env=settings,
        cwd=CHECKOUT,
    )


def test_a_scheduler_reads_the_agenda(example: Path) -> None:
    found = started("agenda", example, "--json")
    assert found.returncode in (0, 1)
    assert json.loads(found.stdout)
    assert found.stderr == ""


def test_wrong_use_ends_with_two_and_one_sentence() -> None:
    found = started("nergens")
    assert (found.returncode, found.stdout) == (2, "")
    assert len(found.stderr.splitlines()) == 1


def test_the_cases_of_a_file_are_reckoned() -> None:
    found = started("term", "-", stdin="keep 2024-02-29 P160W\nwat\n")
    first, second = found.stdout.splitlines()
    assert json.loads(first)["keep_through"] == "2027-03-25"
    assert "error" in json.loads(second)


def test_reading_works_while_somebody_writes(own_example: Path) -> None:
    from privreg.clock import SystemClock  # noqa: PLC0415
    from privreg.services.desk import open_desk  # noqa: PLC0415

    desk = open_desk(own_example, None, "demo", clock=SystemClock())
    try:
        assert started("due", own_example, "--json").returncode in (0, 1)
        refused = started("export", own_example, "--out", own_example.parent / "x.json")
        assert refused.returncode == 1
        assert len(refused.stderr.splitlines()) == 1
    finally:
        desk.close()


def test_the_command_line_loads_no_qt() -> None:
    script = (
        "import sys, main; main.main(['term', 'keep', '2024-02-29', 'P1Y']); "
        "main.main(['report', '--help']); "
        "sys.exit(any(name.split('.')[0] in ('PySide6', 'ui') for name in sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", script], check=False, cwd=CHECKOUT)
    assert found.returncode == 0


def test_reckoning_a_term_loads_no_database() -> None:
    script = (
        "import sys, main; main.main(['term', 'keep', '2024-02-29', 'P1Y']); "
        "sys.exit(any(name in sys.modules for name in ('sqlalchemy', 'reportlab')))"
    )
    found = subprocess.run([sys.executable, "-c", script], check=False, cwd=CHECKOUT)
    assert found.returncode == 0


@pytest.mark.parametrize("words", [["agenda"], ["nergens"], ["--help"], ["term", "keep"]])
def test_a_word_that_is_no_register_is_for_the_command_line(words: list[str]) -> None:
    assert not main.opens_window(words)


def test_no_word_or_a_register_opens_the_window(example: Path) -> None:
    assert main.opens_window([])
    assert main.opens_window([str(example)])
    assert main.opens_window([str(example / "register.db")])
    assert not main.opens_window([str(example), "--help"])
