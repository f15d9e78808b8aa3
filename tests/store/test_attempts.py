"""The pause after a wrong password grows, has an end, and outlives the program."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from privreg.errors import UsageError, WrongPasswordError
from privreg.formats import text
from privreg.store import unlocking
from privreg.store.attempts import LONGEST_PAUSE, Doorstep, pause_after
from privreg.translation import use_language
from tests.store.conftest import CHECKOUT, PASSWORD

if TYPE_CHECKING:
    from pathlib import Path

    from privreg.clock import FixedClock
    from tests.store.conftest import Made


class Office:
    """A doorstep whose sleep moves the clock, and remembers how long it slept."""

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self.slept: list[float] = []
        self.clock = clock
        self.doorstep = Doorstep(folder, clock, self.sleep)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock.moment += timedelta(seconds=seconds)


def fail(register: Made, office: Office, times: int) -> None:
    for _ in range(times):
        with pytest.raises(WrongPasswordError):
            unlocking.with_password(register.folder, "jan", "fout", office.doorstep)


def test_the_pause_doubles_up_to_a_minute(register: Made, clock: FixedClock) -> None:
    office = Office(register.folder.path, clock)
    fail(register, office, 10)
    assert office.slept == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60]


def test_a_wrong_password_is_told_with_the_pause_before_the_next(
    register: Made, clock: FixedClock
) -> None:
    use_language("en")
    office = Office(register.folder.path, clock)
    told = []
    for _ in range(3):
        with pytest.raises(WrongPasswordError) as caught:
            unlocking.with_password(register.folder, None, "fout", office.doorstep)
        told.append(text(caught.value.problem))
    assert told == [
        "The password is not right.",
        "The password is not right. The next attempt waits 1 second.",
        "The password is not right. The next attempt waits 2 seconds.",
    ]


def test_the_right_password_wipes_the_count(register: Made, clock: FixedClock) -> None:
    office = Office(register.folder.path, clock)
    fail(register, office, 3)
    unlocking.with_password(register.folder, "jan", PASSWORD, office.doorstep)
    assert office.doorstep.wait_left() == timedelta(0)
    assert not (register.folder.path / "attempts.json").exists()


def test_a_restart_does_not_shorten_the_pause(register: Made, clock: FixedClock) -> None:
    fail(register, Office(register.folder.path, clock), 4)
    office = Office(register.folder.path, clock)
    assert office.doorstep.wait_left() == timedelta(seconds=4)
    clock.moment += timedelta(seconds=1)
    fail(register, office, 1)
    assert office.slept == [3]


def test_ending_the_program_while_a_password_is_tried_counts_as_a_failure(
    register: Made, clock: FixedClock
) -> None:
    doorstep = Doorstep(register.folder.path, clock, lambda _seconds: None)
    with pytest.raises(KeyboardInterrupt), doorstep.attempt():
        raise KeyboardInterrupt
    assert Doorstep(register.folder.path, clock)._failures().count == 1


def test_a_clock_set_back_makes_nobody_wait_longer_than_the_pause(
    register: Made, clock: FixedClock
) -> None:
    office = Office(register.folder.path, clock)
    fail(register, office, 3)
    clock.moment -= timedelta(days=400)
    assert office.doorstep.wait_left() == timedelta(seconds=2)


def test_another_mistake_than_the_password_does_not_count(
    register: Made, clock: FixedClock
) -> None:
    doorstep = Doorstep(register.folder.path, clock, lambda _seconds: None)
    with pytest.raises(UsageError), doorstep.attempt():
        raise UsageError("?")
    assert doorstep._failures().count == 0


@pytest.mark.parametrize("content", ["", "[]", '{"count": "x"}', '{"count": 1e999, "last_at": 1}'])
def test_a_damaged_count_shuts_nobody_out(register: Made, clock: FixedClock, content: str) -> None:
    (register.folder.path / "attempts.json").write_text(content)
    office = Office(register.folder.path, clock)
    unlocking.with_password(register.folder, "jan", PASSWORD, office.doorstep)
    assert office.slept == [0]


def test_the_pause_never_passes_its_longest() -> None:
    assert [pause_after(count) for count in (0, 1)] == [timedelta(0)] * 2
    assert pause_after(10**9) == LONGEST_PAUSE


FAIL_AS_NOBODY = """
import os, sys
from datetime import timedelta
from pathlib import Path
from privreg.clock import SystemClock
from privreg.errors import WrongPasswordError
from privreg.store.attempts import Doorstep
os.setgid(65534); os.setuid(65534)
slept = []
doorstep = Doorstep(Path(sys.argv[1]), SystemClock(), slept.append)
for _ in range(4):
    try:
        with doorstep.attempt():
            raise WrongPasswordError("?")
    except WrongPasswordError:
        pass
print(*(round(seconds) for seconds in slept))
"""


@pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0, reason="needs a second user of the system"
)
def test_in_a_read_only_folder_the_pause_lasts_as_long_as_the_program(
    seen_by_all: Path,
) -> None:
    told = subprocess.run(
        [sys.executable, "-c", FAIL_AS_NOBODY, seen_by_all],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
    )
    assert told.stdout.split() == ["0", "0", "1", "2"]
