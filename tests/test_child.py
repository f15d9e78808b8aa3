"""A child process: what it returns, tells, asks; how it ends, and that it leaves no secret."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from privreg.child import (
    LATER_THAN_THE_WINDOW,
    STOP,
    Child,
    ChildBrokenError,
    ChildGoneError,
    StoppedError,
)
from privreg.errors import FieldProblem, InvalidRecordError
from privreg.translation import message
from tests import priority_at_import

if TYPE_CHECKING:
    from privreg.child import Parent

SECRET = b"a key of thirty-two bytes, random"
LAST_OF_ALL = 19  # as `nice` counts


def adds(parent: Parent, first: int, second: int) -> int:
    parent.tell("begun")
    return first + int(parent.ask("and?")) + second


def listens(parent: Parent) -> str:
    while (word := parent.word()) is None:
        parent.tell("listening")
    return str(word)


def refuses(_parent: Parent) -> None:
    raise InvalidRecordError([FieldProblem("name", message("Not {this}.", this="Jansen"))])


def breaks(_parent: Parent, name: str) -> None:
    raise KeyError(name)


def dies(_parent: Parent) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def looks_around(_parent: Parent, secret: bytes) -> tuple[bool, int]:
    """Say whether the secret stands where other programs can read it, and how urgent this is."""
    places = [Path("/proc/self/cmdline").read_bytes(), Path("/proc/self/environ").read_bytes()]
    return any(secret in each or secret.hex().encode() in each for each in places), os.nice(0)


def test_a_child_tells_asks_and_returns() -> None:
    heard: list[str] = []
    child = Child(told=heard.append, asked=lambda question: 10 if question == "and?" else 0)
    assert child.run(adds, 1, second=2) == 13
    assert heard == ["begun"]


def test_a_child_hears_what_is_said_unasked() -> None:
    assert Child(says=lambda: "go on").run(listens) == "go on"


def test_a_child_that_is_told_to_stop_stops() -> None:
    with pytest.raises(StoppedError):
        Child(says=lambda: STOP).run(listens)
    with pytest.raises(StoppedError):
        Child(asked=lambda _question: STOP).run(adds, 1, 2)


def test_what_the_child_refuses_comes_out_whole() -> None:
    with pytest.raises(InvalidRecordError) as told:
        Child().run(refuses)
    (problem,) = told.value.problems
    assert (problem.field, problem.problem.args) == ("name", {"this": "Jansen"})
    assert told.value.problem == problem.problem


def test_a_bug_comes_out_without_the_text_that_caused_it() -> None:
    with pytest.raises(ChildBrokenError) as told:
        Child().run(breaks, "Jansen")
    assert "KeyError" in str(told.value)
    assert "Jansen" not in str(told.value)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of Unix")
def test_a_child_that_is_killed_is_missed() -> None:
    with pytest.raises(ChildGoneError):
        Child().run(dies)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="read from Linux's /proc")
def test_a_child_is_given_its_key_unseen_and_goes_after_the_window() -> None:
    is_seen, niceness = Child().run(looks_around, SECRET)
    assert not is_seen
    assert niceness == min(os.nice(0) + LATER_THAN_THE_WINDOW, LAST_OF_ALL)


@pytest.mark.skipif(not hasattr(os, "nice"), reason="read as Unix counts")
def test_a_child_steps_back_before_it_imports_what_its_work_needs() -> None:
    niceness = Child().run(priority_at_import.at_import)
    assert niceness == min(os.nice(0) + LATER_THAN_THE_WINDOW, LAST_OF_ALL)
