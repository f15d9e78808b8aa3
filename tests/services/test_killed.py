"""Killed in the middle of saving: every acknowledged save is there, the journal verifies."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from privreg.services import records
from privreg.services.check import check
from privreg.services.desk import Desk, open_unlocked
from privreg.store.folder import RegisterFolder
from tests.effort import IS_LONG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.clock import FixedClock
    from tests.services.conftest import Template

CHECKOUT = Path(__file__).resolve().parents[2]
LIVES = 80 if IS_LONG else 8
KILLS_PER_LIFE = 25
LONGEST_LIFE = 0.25
SEED = 20260403

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of Unix")


@pytest.mark.parametrize("life", range(LIVES))
def test_what_was_acknowledged_survives_kill_9(
    life: int, template: Template, path: Path, clock: FixedClock
) -> None:
    chance = random.Random(SEED + life)
    with _nursery(template, path) as nursery:
        for _ in range(KILLS_PER_LIFE):
            acknowledged = _save_until_killed(nursery, chance.uniform(0, LONGEST_LIFE))
            desk = open_unlocked(RegisterFolder(path), template.ring, template.data_key, clock)
            try:
                _all_there(desk, acknowledged)
            finally:
                desk.close()


@contextmanager
def _nursery(template: Template, path: Path) -> Iterator[subprocess.Popen[str]]:
    key, user = template.data_key.key.hex(), str(template.data_key.user_id)
    command = [sys.executable, "-m", "tests.services.saver", str(path), key, user]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=CHECKOUT) as nursery:
        yield nursery
        assert nursery.stdin is not None
        nursery.stdin.close()


def _save_until_killed(nursery: subprocess.Popen[str], after: float) -> dict[str, int]:
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write("save\n")
    nursery.stdin.flush()
    word, pid = nursery.stdout.readline().split()
    assert word == "saver"
    time.sleep(after)  # the moment of the kill is the thing tried, not a wait
    os.kill(int(pid), signal.SIGKILL)
    acknowledged = {}
    while (line := nursery.stdout.readline()) != "dead\n":
        number, version = line.split()
        acknowledged[number] = int(version)
    return acknowledged


def _all_there(desk: Desk, acknowledged: dict[str, int]) -> None:
    for number, version in acknowledged.items():
        assert records.load_number(desk, "breaches", number)["version"] >= version
    assert check(desk).is_whole
    found = records.page(desk, "breaches", records.ListQuery(), 0, 10_000).rows
    for each in found:
        whole = records.load(desk, "breaches", each["id"])
        assert len(whole["measures"]) == (1 if whole["version"] == 1 else 0)
