"""The manual says what the program says: commands, settings, sentences, keys, links, files."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from privreg import lists
from privreg.paths import LISTS
from tools import manual
from tools.catalogue import CHECKOUT, PO_FILE, forms, translations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANUAL = CHECKOUT / "docs" / "handleiding"
TOP = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
PATH_IN_TEXT = re.compile(r"(?:privreg|ui|tests|tools|resources|docs)/[\w./-]*")
KEY_ROW = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
# Bold for weight and not because it stands on the screen.
EMPHASIS = {
    "Vastleggen is niet melden.",
    "van de dag van de back-up",
    "Is er een collega met de rol beheerder?",
    "Is er niemand?",
    "Ook het noodblad kwijt?",
    "Een lege database",
    "Versleutelde verbinding.",
    "Versleuteling op schijf.",
    "Back-ups.",
    "Certificaat.",
    "Kopieer de map niet naar elke pc.",
    "vet",
    "waarom?",
}
# What Qt's own widgets answer to, or where the code names the key otherwise.
KEYS_OF_QT = {"Tab", "Shift+Tab", "Enter", "Esc", "Alt+Down", "Ctrl+Up", "Ctrl+Down"}


def texts() -> list[Path]:
    """Return every page of documentation."""
    return sorted([*(CHECKOUT / name for name in TOP), *(CHECKOUT / "docs").rglob("*.md")])


def pages_of_the_manual() -> list[Path]:
    """Return the pages of the Dutch manual."""
    return sorted(MANUAL.glob("*.md"))


def name_of(path: Path) -> str:
    """Return a page's path in the project."""
    return path.relative_to(CHECKOUT).as_posix()


each_text = pytest.mark.parametrize("page", texts(), ids=name_of)


@each_text
def test_every_link_and_picture_exists(page: Path) -> None:
    missing = [
        target
        for target in LINK.findall(page.read_text("utf-8"))
        if "://" not in target and not (page.parent / target.partition("#")[0]).exists()
    ]
    assert missing == []


@each_text
def test_every_file_that_is_named_exists(page: Path) -> None:
    named = {
        found.rstrip(".")
        for code in CODE.findall(page.read_text("utf-8"))
        for found in PATH_IN_TEXT.findall(code)
        if code.startswith(found)
    }
    assert [each for each in sorted(named) if not (CHECKOUT / each).exists()] == []


@pytest.mark.parametrize("page", manual.pages(), ids=name_of)
def test_what_is_made_from_the_code_is_up_to_date(page: Path) -> None:
    assert manual.made_anew(page) == page.read_text("utf-8"), "run python -m tools.manual write"


def test_every_part_that_can_be_made_stands_in_a_page() -> None:
    used = {
        name
        for page in manual.pages()
        for _head, name, _end in manual.PART.findall(page.read_text("utf-8"))
    }
    assert used == set(manual.PARTS)


def test_every_page_is_in_the_table_of_contents() -> None:
    contents = (MANUAL / "README.md").read_text("utf-8")
    named = {target for target in LINK.findall(contents) if "/" not in target}
    assert named == {page.name for page in pages_of_the_manual()} - {"README.md"}


@pytest.mark.parametrize("page", pages_of_the_manual(), ids=name_of)
def test_what_is_bold_stands_on_the_screen(page: Path) -> None:
    bold = {" ".join(each.split()) for each in BOLD.findall(page.read_text("utf-8"))}
    unknown = {each for each in bold - EMPHASIS if not {each, each.removesuffix(".")} & said()}
    assert unknown == set()


@cache
def said() -> frozenset[str]:
    """Return every Dutch text of the screen: of the catalogue and of the dated lists."""
    catalogue = {form for dutch in translations(PO_FILE).values() for form in forms(dutch)}
    listed = {entry.nl for path in LISTS.glob("*.toml") for entry in lists.dated_list(path.stem)}
    return frozenset(catalogue | listed)


def test_every_shortcut_of_the_window_stands_in_the_manual() -> None:
    documented = set(KEY_ROW.findall((MANUAL / "sneltoetsen.md").read_text("utf-8")))
    assert shortcuts() - documented == set()


def test_every_key_of_the_manual_works_in_the_window() -> None:
    documented = set(KEY_ROW.findall((MANUAL / "sneltoetsen.md").read_text("utf-8")))
    assert documented - shortcuts() - plain_keys() - KEYS_OF_QT == set()


def shortcuts() -> set[str]:
    """Return the combinations the window listens to, as the code writes them."""
    combination = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+)+[A-Z][A-Za-z]*|F\d{1,2}")
    return {
        constant
        for tree in trees_of_the_window()
        for constant in constants_in(tree)
        if combination.fullmatch(constant)
    }


def plain_keys() -> set[str]:
    """Return the keys the window asks Qt about: `Key_Home`, `Key_F4`."""
    return {
        node.attr.removeprefix("Key_")
        for tree in trees_of_the_window()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr.startswith("Key_")
    }


def constants_in(tree: ast.Module) -> Iterator[str]:
    """Return the texts of a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def trees_of_the_window() -> Iterator[ast.Module]:
    """Parse every file of the window."""
    for path in sorted((CHECKOUT / "ui").rglob("*.py")):
        yield ast.parse(path.read_text("utf-8"))


def test_a_message_stands_once_under_what_happened_with_what_to_do_beside_it() -> None:
    told = manual.messages_by_occasion()
    assert next(iter(told)).what == "Een antwoord wordt niet aangenomen"
    assert [each.what for each in told] == [each.what for each in manual.SHOWN if each in told]
    rows = [row for found in told.values() for row in found]
    assert len(rows) == len(set(rows)) > 100
    assert all(says and does for says, does in rows)
    assert all(each.first.endswith(".") for each in told)


@pytest.mark.parametrize(
    ("message", "says", "does"),
    [
        ("De schijf is vol; maak ruimte vrij.", "De schijf is vol", "Maak ruimte vrij."),
        ("Het register is open. Sluit het daar.", "Het register is open", "Sluit het daar."),
        ("Dit is geen tekst.", "Dit is geen tekst", "zie hierboven"),
    ],
)
def test_a_message_is_shown_in_its_two_parts(message: str, says: str, does: str) -> None:
    assert manual.in_two(message) == (says, does)


def test_what_the_office_server_says_stands_with_the_server_wherever_it_is_said() -> None:
    server, first = manual.SERVER, manual.OTHERS[0]
    said = "The office server does not answer."
    assert manual.is_said_on(server, "privreg/store/engine.py", said)
    assert not manual.is_said_on(first, "privreg/store/engine.py", said)
    assert not manual.is_said_on(server, "privreg/cli/serving.py", said)
