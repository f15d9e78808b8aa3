"""The files in which unsaved edits outlive a crash, on this PC, and when they go by themselves.

Only the user of the register can open one, so nobody else can judge what it holds: its age
decides. Each says on its first line where its register stands.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from privreg.settings import settings_folder
from privreg.store.safe_write import as_problem, replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "drafts"
KEPT_FOR = timedelta(days=30)
KEPT_WITHOUT_REGISTER = timedelta(days=7)
AHEAD = timedelta(days=1)
"""How far in the future a file may stem from before its day counts as a wrong clock's."""
LONGEST_LINE = 8_192


def folder() -> Path:
    """Return where they lie, beside the settings."""
    return settings_folder() / FOLDER


def keep(file: Path, register: Path, sealed: bytes) -> None:
    """Write sealed edits and where their register stands; with none, forget those of before.

    Raises `ProblemError` where nothing can be written.
    """
    try:
        if not sealed:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise as_problem(error, file) from error
    replace_file(file, json.dumps(str(register.absolute())).encode() + b"\n" + sealed)


def kept(file: Path) -> bytes:
    """Return the sealed edits; none where there is no file."""
    return file.read_bytes().partition(b"\n")[2] if file.is_file() else b""


def clear_old(now: datetime) -> None:
    """Remove what lies here longer than `KEPT_FOR`, of any user and any version of the program.

    Where the register is no longer at its place it is `KEPT_WITHOUT_REGISTER`. What cannot be
    removed is tried again at the next start.
    """
    for file in _files():
        with suppress(OSError):
            age = now - datetime.fromtimestamp(file.stat().st_mtime, UTC)
            if age < -AHEAD:  # written by a clock that was ahead: it ages from now on
                os.utime(file, (now.timestamp(), now.timestamp()))
            elif age > KEPT_FOR or (age > KEPT_WITHOUT_REGISTER and _is_without_register(file)):
                file.unlink()
    with suppress(OSError):
        for place in folder().iterdir():
            _remove_empty(place)


def _files() -> Iterator[Path]:
    try:
        yield from [each for each in folder().rglob("*") if each.is_file()]
    except OSError:  # beside settings that cannot be read there is nothing to clear
        return


def _is_without_register(file: Path) -> bool:
    """Say whether the register is gone from a drive that is there."""
    with file.open("rb") as stream:
        line = stream.readline(LONGEST_LINE)
    try:
        register = Path(json.loads(line))
    except (ValueError, TypeError):
        return False
    return not register.exists() and any(register.parent.iterdir())


def _remove_empty(place: Path) -> None:
    """Remove the folder of a version of the program, once nothing lies in it."""
    if place.is_dir() and not any(place.iterdir()):
        place.rmdir()
