"""The right to write, held by one of the program's threads at a time.

A save takes the pen as soon as it is free. Long work takes it patiently, after everybody who
waits for it, and can see that somebody does: it then takes back what it did and gives the
pen away, so that no save waits for minutes.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Pen:
    """One pen for all who write."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._is_held = False
        self._waiting = 0
        self._put_down_at = time.monotonic()

    @property
    def is_wanted(self) -> bool:
        """Whether somebody waits for the pen."""
        return self._waiting > 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the pen for one action."""
        self.take()
        try:
            yield
        finally:
            self.put_down()

    def take(self) -> None:
        """Wait for the pen and take it."""
        with self._turn:
            self._waiting += 1
            try:
                self._turn.wait_for(lambda: not self._is_held)
            finally:
                self._waiting -= 1
            self._is_held = True

    def take_patiently(self, rest: float = 0.0) -> None:
        """Take the pen when nobody else wants it and it has rested so many seconds."""
        with self._turn:
            while self._is_held or self._waiting or (left := self._rest_left(rest)) > 0:
                self._turn.wait(None if self._is_held or self._waiting else left)
            self._is_held = True

    def _rest_left(self, rest: float) -> float:
        return self._put_down_at + rest - time.monotonic()

    def put_down(self) -> None:
        """Give the pen to the next."""
        with self._turn:
            self._is_held = False
            self._put_down_at = time.monotonic()
            self._turn.notify_all()
