"""Heavy work in a process of its own, so that the window and its searches never wait for it.

All a child is given travels through a pipe, keys and records too: nothing of it stands among
its arguments, in its environment or in a file. A child whose parent is gone stops at its next
word, and a parent whose child is gone is told so. A child comes after the window: it runs at a
lower priority.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import ctypes
import multiprocessing
import os
import sys
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from privreg.errors import ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    Pipe = Connection[Any, Any]

LOOK_EVERY = 0.05  # seconds: how soon a cancelling user is heard
STOP = "stop"
LATER_THAN_THE_WINDOW = 10  # as `nice` counts
BELOW_NORMAL_PRIORITY_CLASS = 0x4000
Given = ParamSpec("Given")
T = TypeVar("T")


class StoppedError(Exception):
    """The child stopped because it was told to, or because its parent is gone."""


class ChildBrokenError(RuntimeError):
    """A bug in the child process; tells where it went wrong, not with what text."""


class ChildGoneError(ChildBrokenError):
    """The child ended without a word: it was killed, or the memory was full."""


class _Told(NamedTuple):
    news: Any


class _Asked(NamedTuple):
    question: Any


class _Done(NamedTuple):
    result: Any


class _Failed(NamedTuple):
    kind: type[Exception]
    args: tuple[Any, ...]
    state: dict[str, Any]


class _Broken(NamedTuple):
    where: str


class _Gone(NamedTuple):
    """What is heard of a child that is no more."""


class Parent:
    """The parent as the child meets it: who is told, asked and listened to."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe

    def tell(self, news: object) -> None:
        """Tell something; raises `StoppedError` when nobody is left to hear it."""
        self._send(_Told(news))

    def ask(self, question: object) -> Any:
        """Ask something and wait for the answer; what was said meanwhile is passed over.

        Raises `StoppedError` when the answer is to stop.
        """
        self._send(_Asked(question))
        while True:
            said = self._heard()
            if said == STOP:
                raise StoppedError
            if isinstance(said, _Told):
                return said.news

    def word(self) -> Any:
        """Return what the parent says unasked, None where it says nothing.

        Raises `StoppedError` when that is to stop.
        """
        said = self._heard() if self._pipe.poll() else None
        if said == STOP:
            raise StoppedError
        return said

    def _send(self, said: object) -> None:
        try:
            self._pipe.send(said)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise StoppedError from error

    def _heard(self) -> Any:
        try:
            return self._pipe.recv()
        except (EOFError, ConnectionResetError) as error:
            raise StoppedError from error


class Child:
    """A child at work, as its parent meets it. Call `run` once, off the GUI thread."""

    def __init__(
        self,
        *,
        told: Callable[[Any], object] | None = None,
        asked: Callable[[Any], object] | None = None,
        says: Callable[[], object] | None = None,
    ) -> None:
        """Make a child that is not yet started.

        `told` hears its news, `asked` answers its questions (`STOP` ends the child), `says`
        returns a word for the child, None for nothing, and is asked all the while.
        """
        self._told = told
        self._asked = asked
        self._says = says
        self._is_told_to_stop = False

    def run(
        self,
        work: Callable[Concatenate[Parent, Given], T],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> T:
        """Do `work(parent, …)` in a process of its own and return what it returned.

        Raises the `ProblemError` or `StoppedError` it raised, `ChildBrokenError` for a bug in it
        and `ChildGoneError` when it was killed.
        """
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # it is gone, as is heard below
                ours.send((work, given, named))
            last: T = self._followed(ours)
        finally:
            ours.close()
            process.join()
        return last

    def _followed(self, ours: Pipe) -> Any:
        while True:
            self._say(ours)
            if not ours.poll(LOOK_EVERY):
                continue
            news = _heard(ours)
            if isinstance(news, _Done):
                return news.result
            if isinstance(news, _Failed | _Broken | _Gone):
                raise _error(news)
            self._hear(ours, news)

    def _say(self, ours: Pipe) -> None:
        if self._says is None or self._is_told_to_stop:
            return
        word = self._says()
        self._is_told_to_stop = word == STOP
        if word is not None:
            with suppress(BrokenPipeError, ConnectionResetError):  # its last word is still to come
                ours.send(word)

    def _hear(self, ours: Pipe, news: _Told | _Asked) -> None:
        if isinstance(news, _Told):
            if self._told is not None:
                self._told(news.news)
            return
        answer = self._asked(news.question) if self._asked is not None else None
        with suppress(BrokenPipeError, ConnectionResetError):
            ours.send(STOP if answer == STOP else _Told(answer))


def _heard(ours: Pipe) -> Any:
    try:
        return ours.recv()
    except (EOFError, ConnectionResetError):
        return _Gone()


def _error(last: _Failed | _Broken | _Gone) -> Exception:
    if isinstance(last, _Gone):
        return ChildGoneError()
    if isinstance(last, _Broken):
        return ChildBrokenError(last.where)
    error = last.kind.__new__(last.kind)
    error.args = last.args
    error.__dict__.update(last.state)
    return error


def _work(theirs: Pipe) -> None:
    """Run in the child: step back before anything is imported, work, and have the last word."""
    _step_back()
    last = _result(theirs)
    with suppress(BrokenPipeError, ConnectionResetError):  # nobody is left to hear it
        theirs.send(last)


def _result(theirs: Pipe) -> _Done | _Failed | _Broken:
    try:
        work, given, named = theirs.recv()  # imports what the work needs
        return _Done(work(Parent(theirs), *given, **named))
    except (ProblemError, StoppedError) as error:
        return _Failed(type(error), error.args, error.__dict__)
    except Exception as error:  # noqa: BLE001  (a bug is told in the parent, without its text)
        where = "".join(traceback.format_tb(error.__traceback__))
        return _Broken(f"{type(error).__name__}\n{where}")


def _step_back() -> None:
    """Let the window go first where the two want the same processor."""
    if sys.platform == "win32":
        system = ctypes.windll.kernel32
        system.SetPriorityClass(system.GetCurrentProcess(), BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(LATER_THAN_THE_WINDOW)
