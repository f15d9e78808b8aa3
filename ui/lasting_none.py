"""Keeps `None` alive on Python 3.11, where PySide6 6.12 gives it away without counting it.

Since Python 3.12 `None` is immortal, and PySide6 6.12 returns it as if it were so everywhere:
on 3.11 each call of a Qt method that returns nothing takes one reference too many, and after
some ten thousand calls the interpreter aborts with 'deallocating None'.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import ctypes
import sys

IMMORTAL_SINCE = (3, 12)
MANY = 1 << 60  # references: more than a computer takes away in a century


def make_none_last() -> None:
    """Count so many references to `None` that it is never destroyed; nothing from 3.12 on."""
    if sys.version_info < IMMORTAL_SINCE and sys.getrefcount(None) < MANY:
        ctypes.c_ssize_t.from_address(id(None)).value += MANY
