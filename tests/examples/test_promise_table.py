"""The table of promises is complete, and every test and page it names exists."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from ui.places import PAGES

CHECKOUT = Path(__file__).resolve().parents[2]
TABLE = CHECKOUT / "docs" / "promises.md"
LAST = {"B": 17, "C": 11, "V": 19, "X": 12, "K": 13}

_ROW = re.compile(r"^\| ([BCVXK]\d+) \|", re.MULTILINE)
_NAMED = re.compile(r"`(test_\w+)`")
_DEFINED = re.compile(r"^\s*def (test_\w+)", re.MULTILINE)
NO_PAGE = "the program itself"
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


def names_of_pages() -> tuple[str, ...]:
    return tuple(name for page in PAGES for name in (page.title, page.short) if name)


def test_every_place_of_the_table_begins_with_a_page_of_the_window() -> None:
    places = [line.split("|")[3].strip() for line in table().splitlines() if _ROW.match(line)]
    assert len(places) == 72
    for place in places:
        first, *further = (part.strip() for part in place.split(";"))
        assert first.startswith((*names_of_pages(), NO_PAGE)), place
        for part in further:
            is_a_page = "\u203a" in part or part[0].isupper()
            assert not is_a_page or part.startswith(names_of_pages()), place


def test_what_has_a_page_of_its_own_is_not_looked_for_under_another() -> None:
    pages = {page.slug for page in PAGES}
    parts = [part.strip() for part in table().replace("|", ";").split(";") if "\u203a" in part]
    for place, under, *_rest in (part.split(" \u203a ") for part in parts):
        assert place != "Settings" or under.split(",")[0] not in pages, place + under


def test_every_promise_says_how_far_it_is_and_what_shows_it() -> None:
    for line in table().splitlines():
        if _ROW.match(line):
            *_before, shown_by, state = (cell.strip() for cell in line.strip("|").split("|"))
            assert state.startswith(STATES), line
            assert _NAMED.search(shown_by), line
