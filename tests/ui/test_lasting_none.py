"""A program that runs all day calls Qt a million times, and goes on."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import subprocess
import sys

A_LONG_DAY = """
import ui
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(500_000):
    thing.setObjectName("x")
"""


def test_half_a_million_calls_of_qt_do_not_use_up_none() -> None:
    done = subprocess.run(
        [sys.executable, "-c", A_LONG_DAY], capture_output=True, check=False, text=True
    )
    assert done.stderr == ""
    assert done.returncode == 0
