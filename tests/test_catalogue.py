"""The catalogue is whole: every text of the program has its Dutch, and the program reads it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from pathlib import Path

import pytest

from privreg.formats import text
from privreg.translation import Message
from tools import catalogue

CHECKOUT = Path(__file__).resolve().parents[1]


def test_every_text_has_its_dutch_and_the_compiled_file_is_up_to_date() -> None:
    problems = catalogue.problems()
    assert not problems, "\n".join(problems)


def test_the_program_speaks_the_dutch_of_the_catalogue() -> None:
    assert text(Message("This record cannot be saved as it is.")).startswith("Dit ")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('N_("one text")', {"one text"}),
        ('message(N_("{n} is in use"), n=1)', {"{n} is in use"}),
        ('messages(N_("one day"), N_("{count} days"), days)', {("one day", "{count} days")}),
        ('_n("one day", "{count} days", days)', {("one day", "{count} days")}),
        ('counted(2, N_("{count} row"), N_("{count} rows"))', {("{count} row", "{count} rows")}),
        ('Message(N_("{count} a"), {}, N_("{count} b"))', {("{count} a", "{count} b")}),
        ('_("two " "halves")', {"two halves"}),
        ("_(variable)", set()),
    ],
)
def test_marked_texts_are_found(source: str, expected: set[object], tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(source, "utf-8")
    assert set(catalogue.texts_in(module)) == expected


def test_no_module_gives_a_marker_another_name() -> None:
    sources = (each for top in ("privreg", "ui") for each in (CHECKOUT / top).rglob("*.py"))
    renamed = [
        str(each.relative_to(CHECKOUT))
        for each in sources
        if re.search(r"import .*\b(_|N_|_n|message|messages) as ", each.read_text("utf-8"))
    ]
    assert renamed == [], "texts behind another name are not found and stay English"


@pytest.mark.parametrize(
    ("english", "dutch", "is_wrong"),
    [
        (("{number} is late",), ("{number} is te laat",), False),
        (("{number} is late",), ("{nummer} is te laat",), True),
        (("{number} is late",), ("te laat",), True),
        (("one day", "{count} days"), ("één dag", "{count} dagen"), False),
        (("one day", "{count} days"), ("{count} dag", "{count} dagen"), False),
        (("{number}: one day", "{number}: {count} days"), ("één dag", "{count} dagen"), True),
    ],
)
def test_the_places_of_both_languages_are_the_same(
    english: tuple[str, ...], dutch: tuple[str, ...], *, is_wrong: bool
) -> None:
    assert bool(list(catalogue.place_problems(english, dutch))) is is_wrong


def test_merge_keeps_what_stands_and_takes_what_a_fragment_brings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "main.py").write_text('N_("old")\nmessages(N_("a"), N_("b"), 2)\n', "utf-8")
    (tmp_path / "pyproject.toml").write_bytes((catalogue.CHECKOUT / "pyproject.toml").read_bytes())
    (tmp_path / "old.po").write_text(
        'msgid "old"\nmsgstr "oud"\n\nmsgid "x"\nmsgstr "y"\n', "utf-8"
    )
    (tmp_path / "fragments").mkdir()
    (tmp_path / "fragments" / "part.po").write_text(
        'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "één"\nmsgstr[1] "meer"\n', "utf-8"
    )
    monkeypatch.setattr(catalogue, "CHECKOUT", tmp_path)
    monkeypatch.setattr(catalogue, "PO_FILE", tmp_path / "old.po")
    monkeypatch.setattr(catalogue, "MO_FILE", tmp_path / "old.mo")

    catalogue.merge([tmp_path / "fragments"])

    assert catalogue.translations(tmp_path / "old.po") == {"a": ("één", "meer"), "old": "oud"}
    assert catalogue.problems() == []
    (tmp_path / "main.py").write_text('N_("old")\nN_("new")\n', "utf-8")
    assert catalogue.problems() == ["no Dutch: 'new'", "no code says this any more: 'a'"]


def test_a_marker_inside_an_f_string_is_told(tmp_path: Path) -> None:
    code = tmp_path / "page.py"
    code.write_text('word = f"{_(\'Kinds\')}:"\nfine = f"{text(_)}"\n', "utf-8")
    assert list(catalogue.hidden_markers(code)) == [
        "a marked text inside an f-string: page.py, line 1"
    ]
