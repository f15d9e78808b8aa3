"""Ctrl+C and the end of the session close the window as its own button does."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from ui.ending import ASKS, Ending

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def _signals() -> Iterator[None]:
    """Put back who hears the signals."""
    before = {each: signal.getsignal(each) for each in ASKS}
    fd = signal.set_wakeup_fd(-1)
    yield
    signal.set_wakeup_fd(fd)
    for each, heard_by in before.items():
        signal.signal(each, heard_by)


@pytest.mark.skipif(sys.platform == "win32", reason="os.kill ends a process of Windows at once")
@pytest.mark.parametrize("asked", ASKS)
@pytest.mark.usefixtures("_signals")
def test_a_signal_asks_the_window_to_close_while_nothing_else_happens(
    qtbot: QtBot, asked: signal.Signals
) -> None:
    closed: list[str] = []
    ending = Ending(lambda: closed.append("closed"))
    os.kill(os.getpid(), asked)
    qtbot.waitUntil(lambda: closed == ["closed"])
    os.kill(os.getpid(), asked)
    qtbot.waitUntil(lambda: closed == ["closed", "closed"])
    put_away(ending)


def put_away(ending: Ending) -> None:
    """Close what would otherwise be found open by whoever collects garbage next."""
    signal.set_wakeup_fd(-1)
    ending._waker.setEnabled(False)
    for each in (ending._heard, ending._told):
        each.close()
