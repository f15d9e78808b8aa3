"""Ends the program as its window's own button does when Ctrl+C or the system asks for it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier

if TYPE_CHECKING:
    from collections.abc import Callable

ASKS = (signal.SIGINT, signal.SIGTERM)


class Ending(QObject):
    """Hears a signal while Qt's own loop runs, in which Python would not notice it.

    `end` is called on the GUI thread; it may still ask about what is not saved.
    """

    def __init__(self, end: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard, self._told = socket.socketpair()
        self._heard.setblocking(False)
        self._told.setblocking(False)
        self._waker = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._waker.activated.connect(self._wake)
        signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)
        for each in ASKS:
            signal.signal(each, lambda *_what: end())

    def _wake(self) -> None:
        """Take the byte of the signal: as Python runs again, it calls what hears the signal."""
        self._heard.recv(1024)
