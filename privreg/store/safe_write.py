"""Replaces a small file so that after a power cut either the old or the new one is there."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import errno
import json
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from privreg.errors import ProblemError, ReadOnlyError, reason_of
from privreg.translation import N_, message

if TYPE_CHECKING:
    from pathlib import Path

NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` at `path`, whole or not at all, and on the disk before this returns."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(path)
        settle_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise as_problem(error, path) from error


def replace_json(path: Path, content: object) -> None:
    """Put `content` at `path` as readable JSON."""
    text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False)
    replace_file(path, f"{text}\n".encode())


def settle_folder(folder: Path) -> None:
    """Bring a folder's list of names to the disk, where the system has such a call."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def as_problem(error: OSError, path: Path) -> ProblemError:
    """Say what kept a file from being written."""
    if error.errno == errno.ENOSPC:
        return ProblemError(
            message(
                N_("The disk is full: {file} was not written; free some space and try again."),
                file=path.name,
            )
        )
    if error.errno in NOT_ALLOWED:
        return ReadOnlyError(
            message(
                N_("{folder} is read-only for you; choose another place or ask for access."),
                folder=str(path.parent),
            )
        )
    return ProblemError(
        message(
            N_("{file} could not be written ({reason}); check the disk or the network drive."),
            file=path.name,
            reason=reason_of(error),
        )
    )
