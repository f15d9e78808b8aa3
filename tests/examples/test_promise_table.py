"""The table of promises is complete, and every test it names exists."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
TABLE = CHECKOUT / "docs" / "promises.md"
LAST = {"B": 17, "C": 11, "V": 19, "X": 12, "K": 13}

_ROW = re.compile(r"^\| ([BCVXK]\d+) \|", re.MULTILINE)
_NAMED = re.compile(r"`(test_\w+)`")
_DEFINED = re.compile(r"^\s*def (test_\w+)", re.MULTILINE)
STATES = ("kept", "partly", "not there yet")


@cache
def table() -> str:
    return TABLE.read_text("utf-8")


@cache
def defined_tests() -> frozenset[str]:
    files = (CHECKOUT / "tests").rglob("test_*.py")
    return frozenset(name for path in files for name in _DEFINED.findall(path.read_text("utf-8")))


def test_every_promise_stands_in_the_table_once() -> None:
    wanted = [f"{letter}{number}" for letter in LAST for number in range(1, LAST[letter] + 1)]
    assert len(wanted) == 72
    assert sorted(_ROW.findall(table())) == sorted(wanted)


def test_every_test_the_table_names_exists() -> None:
    named = set(_NAMED.findall(table()))
    assert len(named) >= 72
    assert not named - defined_tests()


def test_every_promise_says_how_far_it_is_and_what_shows_it() -> None:
    for line in table().splitlines():
        if _ROW.match(line):
            *_before, shown_by, state = (cell.strip() for cell in line.strip("|").split("|"))
            assert state.startswith(STATES), line
            assert _NAMED.search(shown_by), line
