"""Bad input gives one clear sentence, the right exit code, and loses nothing."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("2026-02-30", "does not exist"),
        ("31-02-2026", "does not exist"),
        ("2026-13-01", "no month"),
        ("soon", "no date"),
        ("2026-03-29T02:30", "clock changes"),
        ("2026-10-25T02:30", "clock changes"),
        ("2026-12-31T25:00", "does not exist"),
        ("0001-01-01", "year between"),
    ],
)
def test_a_moment_that_cannot_be_is_wrong_use(
    typed: Callable[..., Answer], example: Path, at: str, says: str
) -> None:
    answer = typed("agenda", example, "--at", at)
    assert answer.code == 2
    assert says in answer.sentence


def test_an_hour_that_exists_twice_can_be_said_with_its_offset(
    typed: Callable[..., Answer], example: Path
) -> None:
    offered = typed("agenda", example, "--at", "2026-10-25T02:30").sentence
    for moment in ("2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00"):
        assert moment in offered
        assert typed("agenda", example, "--at", moment, "--json").code in (0, 1)


@pytest.mark.parametrize(
    "words",
    [
        ("agenda",),
        ("agenda", "x", "--strange"),
        ("nothing",),
        ("demo", "x"),
        ("demo", "x", "--example", "koffiemax", "--customers", "many"),
        ("demo", "x", "--example", "koffiemax", "--customers", "-1"),
        ("term",),
        ("term", "keep"),
        ("agenda", "x", "y"),
        ("agenda", "x", "--at"),
        ("restore", "x"),
    ],
)
def test_wrong_use_is_one_sentence(typed: Callable[..., Answer], words: tuple[str, ...]) -> None:
    answer = typed(*words)
    assert answer.code == 2
    assert answer.sentence
    assert answer.out == ""


def test_an_unknown_language_is_wrong_use(typed: Callable[..., Answer]) -> None:
    assert typed("term", "keep", language="fr").code == 2


def test_a_wrong_password_gives_no_hint(
    typed: Callable[..., Answer], own_example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIVREG_PASSWORD", "verkeerd")
    wrong = typed("agenda", own_example)
    assert wrong.code == 3
    assert wrong.sentence == "The password is not right."
    named = typed("agenda", own_example, "--user", "wie dan ook")
    assert named.sentence.startswith("The name or the password is not right.")


def test_a_missing_folder_is_told(typed: Callable[..., Answer], tmp_path: Path) -> None:
    answer = typed("agenda", tmp_path / "Weg")
    assert answer.code == 3
    assert "There is no register" in answer.sentence
    assert typed(tmp_path / "Weg.privreg").code == 3


def damaged(folder: Path) -> None:
    (folder / "register.db").write_bytes(b"\0" * 4096)


def half_copied(folder: Path) -> None:
    (folder / "register.db").unlink()


def newer(folder: Path) -> None:
    about = json.loads((folder / "register.json").read_text("utf-8"))
    (folder / "register.json").write_text(json.dumps({**about, "format": 99}), "utf-8")


def keys_gone(folder: Path) -> None:
    (folder / "keys.json").unlink()


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (damaged, "damaged"),
        (half_copied, "not complete"),
        (newer, "newer version"),
        (keys_gone, "recovery key"),
    ],
)
def test_a_register_that_is_not_whole_is_told_and_left_as_it_is(
    typed: Callable[..., Answer],
    example: Path,
    tmp_path: Path,
    harm: Callable[[Path], None],
    says: str,
) -> None:
    copy = tmp_path / "Kopie.privreg"
    shutil.copytree(example, copy)
    harm(copy)
    before = {each.name: each.read_bytes() for each in copy.iterdir() if each.is_file()}
    answer = typed("agenda", copy)
    assert answer.code == 3
    assert says in answer.sentence
    assert {each.name: each.read_bytes() for each in copy.iterdir() if each.is_file()} == before


def test_nobody_to_ask_is_wrong_use(
    typed: Callable[..., Answer], example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PRIVREG_PASSWORD")
    answer = typed("agenda", example)
    assert answer.code == 2
    assert "PRIVREG_PASSWORD" in answer.sentence
