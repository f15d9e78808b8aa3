"""The registers opened last by this user of this PC, for the start screen."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from privreg.settings import Settings, settings_folder, write

FILE = "recent.json"


@dataclass(frozen=True, slots=True)
class Recent:
    """A register's folder and when it was opened last."""

    path: Path
    opened_at: datetime


def recent(folder: Path | None = None) -> tuple[Recent, ...]:
    """Return the registers opened last, the latest first; `folder` is where settings are kept.

    Registers that are away (a stick, a network drive) stay in the list.
    """
    try:
        content = json.loads(((folder or settings_folder()) / FILE).read_text("utf-8"))
        found = [
            Recent(Path(each["path"]), datetime.fromisoformat(each["opened_at"]))
            for each in content
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return tuple(found)


def remember(path: Path, now: datetime, folder: Path | None = None) -> None:
    """Put a register at the head of the list, as long as the setting says."""
    most: int = Settings.load(folder)["recent_registers"]
    others = [each for each in recent(folder) if each.path != path.absolute()]
    _save([Recent(path.absolute(), now), *others][:most], folder)


def forget(path: Path, folder: Path | None = None) -> None:
    """Take a register off the list; nothing on disk but the list changes."""
    _save([each for each in recent(folder) if each.path != path.absolute()], folder)


def _save(registers: list[Recent], folder: Path | None) -> None:
    content = [
        {"path": str(each.path), "opened_at": each.opened_at.isoformat(timespec="seconds")}
        for each in registers
    ]
    write((folder or settings_folder()) / FILE, content)
