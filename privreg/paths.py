"""Where things stand on disk: the program's resources and the files beside a register."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import sys
from pathlib import Path

RESOURCES = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent)) / "resources"
FONTS = RESOURCES / "fonts"
LISTS = RESOURCES / "lists"
EXAMPLES = RESOURCES / "examples"
ICONS = RESOURCES / "icons"
TICKS = RESOURCES / "ticks"
"""The mark in a ticked box, one file for each colour a palette writes on its accent."""

REGISTER_SUFFIX = ".privreg"
