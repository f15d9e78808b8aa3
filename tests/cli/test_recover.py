"""A new password by the recovery key, from the command line."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privreg.clock import FixedClock
from privreg.services import users
from privreg.services.desk import create_register, open_desk
from tests.cli.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

OLD = "een lang genoeg wachtwoord"
NEW = "vier natte schapen op een dijk"
PIA = {"login": "pia", "name": "Pia", "roles": ["staff"]}
CLOCK = FixedClock(NOW)


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: Callable[..., Answer]) -> Path:
    """Return a register of jan and pia; its recovery key and a new password stand ready."""
    assert typed("--version").code == 0
    desk, recovery_key = create_register(
        tmp_path / "Eigen", {"name": "Bakkerij X"}, login="jan", name="", password=OLD, clock=CLOCK
    )
    users.add_user(desk, PIA, "een sleutelbos van pia")
    desk.close()
    monkeypatch.setenv("PRIVREG_RECOVERY_KEY", recovery_key.lower().replace("-", " "))
    monkeypatch.setenv("PRIVREG_PASSWORD", NEW)
    return desk.folder.path


def test_a_forgotten_password_is_set_anew(typed: Callable[..., Answer], register: Path) -> None:
    answer = typed("recover", register, "--login", "pia")
    assert answer.code == 0
    assert len(answer.out.splitlines()) == 1
    assert typed("agenda", register, "--user", "pia").err == ""
    open_desk(register, "jan", OLD, clock=CLOCK).close()


def test_keys_that_are_gone_are_made_anew_and_what_to_do_next_is_said(
    typed: Callable[..., Answer], register: Path
) -> None:
    (register / "keys.json").unlink()
    answer = typed("recover", register, "--login", "jan")
    assert answer.code == 0
    assert "administrator" in answer.out
    open_desk(register, "jan", NEW, clock=CLOCK).close()


def test_who_is_said_where_there_are_several(typed: Callable[..., Answer], register: Path) -> None:
    answer = typed("recover", register)
    assert answer.code == 2
    assert "jan" in answer.sentence
    assert "pia" in answer.sentence


@pytest.mark.parametrize(
    ("recovery_key", "code", "word"),
    [
        ("F3AJT-GJJ9K", 1, "40"),
        ("F3AJT-GJJ9K-PAWKB-C2E9N-RSPSV-2014Q-3YF8C-RXB0E", 3, "sheet"),
    ],
)
def test_another_key_opens_nothing_and_is_told(
    typed: Callable[..., Answer],
    register: Path,
    monkeypatch: pytest.MonkeyPatch,
    recovery_key: str,
    code: int,
    word: str,
) -> None:
    monkeypatch.setenv("PRIVREG_RECOVERY_KEY", recovery_key)
    answer = typed("recover", register, "--login", "jan")
    assert answer.code == code
    assert word in answer.sentence


def test_a_poor_password_changes_nothing(
    typed: Callable[..., Answer], register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIVREG_PASSWORD", "wachtwoord123")
    before = (register / "keys.json").read_bytes()
    answer = typed("recover", register, "--login", "jan")
    assert answer.code == 1
    assert answer.sentence
    assert (register / "keys.json").read_bytes() == before


def test_without_a_terminal_the_key_must_be_given(
    typed: Callable[..., Answer], register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PRIVREG_RECOVERY_KEY")
    answer = typed("recover", register, "--login", "jan")
    assert answer.code == 2
    assert "PRIVREG_RECOVERY_KEY" in answer.sentence
