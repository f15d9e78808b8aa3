"""The recovery key gives somebody a new password, with keys.json or without."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from privreg.errors import (
    InvalidRecordError,
    LockedElsewhereError,
    NotAllowedError,
    ProblemError,
    WrongPasswordError,
)
from privreg.services import recovering, users
from privreg.services.check import check
from privreg.services.desk import open_desk
from privreg.store import journal
from tests.services.conftest import PASSWORD

if TYPE_CHECKING:
    from pathlib import Path

    from privreg.clock import FixedClock
    from privreg.services.desk import Desk
    from tests.services.conftest import Template

NEW = "drie gele ganzen"
ANOTHER = "zeven stille vijvers"
PIA = {"login": "pia", "name": "Pia", "roles": ["staff"]}


@pytest.fixture
def with_pia(template: Template, path: Path, clock: FixedClock) -> tuple[Path, str]:
    """Return a register of jan and pia, closed, and its recovery key."""
    desk = open_desk(path, "jan", PASSWORD, clock=clock)
    users.add_user(desk, PIA, "een sleutelbos van pia")
    desk.close()
    return path, template.recovery_key


def last_actions(desk: Desk) -> list[str]:
    """Return what the newest entry of the journal says was done."""
    with desk.store.read() as connection:
        return [each["action"] for each in journal.latest(connection, limit=1)]


def kept_in(path: Path) -> dict[str, bytes]:
    """Return the files with keys as they are."""
    return {each.name: each.read_bytes() for each in path.glob("[kr]*.json")}


def test_a_forgotten_password_is_set_anew_and_the_journal_says_so(
    with_pia: tuple[Path, str], clock: FixedClock
) -> None:
    path, key = with_pia
    found = recovering.way_back(path, key.lower().replace("-", " "), clock=clock)
    assert [each.login for each in found.holders] == ["jan", "pia"]
    assert not found.is_anew
    desk = recovering.recover(path, key, login="PIA", password=NEW, clock=clock)
    assert desk.user.login == "pia"
    assert not desk.read_only
    assert last_actions(desk) == ["recover"]
    assert check(desk).is_whole
    desk.close()
    open_desk(path, "jan", PASSWORD, clock=clock).close()
    open_desk(path, "pia", NEW, clock=clock).close()


@pytest.mark.parametrize("content", [None, b"", b"{", b'{"format": 1}'])
def test_keys_that_are_gone_are_made_anew_and_a_colleague_gets_a_new_password(
    with_pia: tuple[Path, str], clock: FixedClock, content: bytes | None
) -> None:
    path, key = with_pia
    assert not recovering.is_needed(path)
    (path / "keys.json").unlink()
    if content is not None:
        (path / "keys.json").write_bytes(content)
    assert recovering.is_needed(path)
    assert recovering.way_back(path, key, clock=clock).is_anew
    desk = recovering.recover(path, key, login="jan", password=NEW, clock=clock)
    assert last_actions(desk) == ["recover"]
    pia = recovering.way_back(path, key, clock=clock).holder("pia")
    users.reset_password(desk, pia.user_id, ANOTHER)
    desk.close()
    assert not recovering.is_needed(path)
    open_desk(path, "pia", ANOTHER, clock=clock).close()
    with pytest.raises(WrongPasswordError):
        open_desk(path, "jan", PASSWORD, clock=clock)


def test_who_is_not_in_the_new_keys_comes_back_with_the_recovery_key_too(
    with_pia: tuple[Path, str], clock: FixedClock
) -> None:
    path, key = with_pia
    (path / "keys.json").unlink()
    recovering.recover(path, key, login="pia", password=NEW, clock=clock).close()
    desk = recovering.recover(path, key, login="jan", password=ANOTHER, clock=clock)
    assert "administrator" in desk.user.roles
    desk.close()


def test_who_is_not_in_the_new_keys_can_still_be_made_a_leaver(
    with_pia: tuple[Path, str], clock: FixedClock
) -> None:
    path, key = with_pia
    (path / "keys.json").unlink()
    desk = recovering.recover(path, key, login="jan", password=NEW, clock=clock)
    pia = recovering.way_back(path, key, clock=clock).holder("pia")
    users.end_access(desk, pia.user_id)
    desk.close()
    found = recovering.way_back(path, key, clock=clock)
    assert [each.login for each in found.holders] == ["jan"]


@pytest.mark.parametrize("is_gone", [True, False])
def test_nothing_changes_while_somebody_writes_or_for_a_poor_password_or_a_stranger(
    with_pia: tuple[Path, str], clock: FixedClock, *, is_gone: bool
) -> None:
    path, key = with_pia
    desk = open_desk(path, "jan", PASSWORD, clock=clock)
    if is_gone:
        (path / "keys.json").unlink()
    before = kept_in(path)
    with pytest.raises(LockedElsewhereError):
        recovering.recover(path, key, login="pia", password=NEW, clock=clock)
    desk.close()
    with pytest.raises(InvalidRecordError):
        recovering.recover(path, key, login="pia", password="pia", clock=clock)
    with pytest.raises(NotAllowedError):
        recovering.recover(path, key, login="niemand", password=NEW, clock=clock)
    assert kept_in(path) == before


def test_a_register_without_any_key_left_does_not_ask_for_the_recovery_key(
    with_pia: tuple[Path, str], clock: FixedClock
) -> None:
    path, key = with_pia
    for each in (path / "keys.json", path / "recovery.json", path / "backups" / "recovery.json"):
        each.unlink()
    assert not recovering.is_needed(path)
    with pytest.raises(ProblemError):
        recovering.way_back(path, key, clock=clock)
    shutil.rmtree(path)
    assert not recovering.is_needed(path)
