"""Opens the program: its window, or with a command word the command line."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gc
import sys
from multiprocessing import freeze_support
from pathlib import Path

from privreg.clock import SystemClock
from privreg.paths import REGISTER_SUFFIX
from privreg.services.draft_files import clear_old

ABOUT_A_REGISTER = "register.json"


def main(arguments: list[str]) -> int:
    """Run one door, importing the other not at all, and return the exit code."""
    clear_old(SystemClock().now())
    if opens_window(arguments):
        gc.disable()  # see ui/sweeping.py
        from ui.application import open_program  # noqa: PLC0415  (Qt, only for the window)

        return open_program(arguments)
    from privreg.cli import run  # noqa: PLC0415  (needs no Qt)

    return run(arguments)


def opens_window(arguments: list[str]) -> bool:
    """Say whether these arguments ask for the window: none, or one register."""
    return not arguments or (len(arguments) == 1 and is_register(Path(arguments[0])))


def is_register(path: Path) -> bool:
    """Say whether a path is a register, or a file in one, as a double-click gives it."""
    if path.is_file():
        return path.parent.suffix == REGISTER_SUFFIX
    return path.is_dir() and (path.suffix == REGISTER_SUFFIX or (path / ABOUT_A_REGISTER).exists())


if __name__ == "__main__":
    freeze_support()
    sys.exit(main(sys.argv[1:]))
