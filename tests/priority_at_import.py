"""Remembers how urgent a process was when it imported this; see `test_child.py`."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from privreg.child import Parent

AT_IMPORT = os.nice(0) if hasattr(os, "nice") else 0


def at_import(_parent: Parent) -> int:
    """Return it, in a child that imported this for its work."""
    return AT_IMPORT
