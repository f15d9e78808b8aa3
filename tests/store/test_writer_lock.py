"""One writer: told who it is, and a crash frees the place at once."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from privreg.errors import LockedElsewhereError, ProblemError
from privreg.formats import text
from privreg.store.writer_lock import WriterLock, writer_of
from privreg.translation import use_language
from tests.store.conftest import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from privreg.clock import FixedClock
    from tests.store.conftest import Made

HOLD = """
import sys
from datetime import datetime
from pathlib import Path
from privreg.clock import FixedClock
from privreg.store.writer_lock import WriterLock
lock = WriterLock(Path(sys.argv[1]), FixedClock(datetime.fromisoformat(sys.argv[2]))).take()
print("taken", flush=True)
sys.stdin.read()
lock.release()
"""


@contextmanager
def another_program(folder: Path, since: str) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the lock; it gives it up when its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, folder, since],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "taken\n"
        yield process


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("2026-04-03T07:12:00+00:00", "since 09:12."),
        ("2026-04-02T07:12:00+00:00", "since 02/04/2026 09:12."),
    ],
)
def test_a_second_writer_hears_where_and_since_when(
    register: Made, clock: FixedClock, since: str, words: str
) -> None:
    use_language("en")
    with another_program(register.folder.path, since):
        with pytest.raises(LockedElsewhereError) as caught:
            WriterLock(register.folder.path, clock).take()
        told = text(caught.value.problem)
        assert f"on {socket.gethostname()} {words}" in told
        assert "Close it there, or open it read-only." in told


def test_when_the_other_closes_the_place_is_free(register: Made, clock: FixedClock) -> None:
    with another_program(register.folder.path, "2026-04-03T07:12:00+00:00"):
        pass
    with WriterLock(register.folder.path, clock) as lock:
        assert lock.is_held


def test_a_killed_writer_frees_the_place_and_what_it_left_means_nothing(
    register: Made, clock: FixedClock
) -> None:
    with another_program(register.folder.path, "2026-04-03T07:12:00+00:00") as process:
        process.kill()
        process.wait()
    left = writer_of(register.folder.path)
    assert left is not None
    assert left.process == process.pid
    with WriterLock(register.folder.path, clock):
        now = writer_of(register.folder.path)
        assert now is not None
        assert now.process == os.getpid()
        assert now.since == clock.now()
    assert writer_of(register.folder.path) is None


def test_taking_it_twice_is_taking_it_once(register: Made, clock: FixedClock) -> None:
    lock = WriterLock(register.folder.path, clock).take().take()
    with pytest.raises(LockedElsewhereError):
        WriterLock(register.folder.path, clock).take()
    lock.release()
    lock.release()
    WriterLock(register.folder.path, clock).take().release()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"host": 1, "process": "x", "since": "?"}'])
def test_who_cannot_be_read_is_told_as_elsewhere(
    register: Made, clock: FixedClock, content: str
) -> None:
    with WriterLock(register.folder.path, clock):
        (register.folder.path / "writer.json").write_text(content)
        with pytest.raises(LockedElsewhereError, match="already open elsewhere"):
            WriterLock(register.folder.path, clock).take()


def test_a_disk_too_full_to_say_who_leaves_the_place_free(
    register: Made, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    lock = WriterLock(register.folder.path, clock)
    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.replace", full)
        with pytest.raises(ProblemError, match="disk is full"):
            lock.take()
    assert not lock.is_held
    WriterLock(register.folder.path, clock).take().release()


def test_since_is_the_moment_it_was_taken(register: Made, clock: FixedClock) -> None:
    lock = WriterLock(register.folder.path, clock)
    clock.moment += timedelta(hours=2)
    with lock:
        writer = writer_of(register.folder.path)
        assert writer is not None
        assert writer.since == clock.now()
