"""The registers opened last by this user of this PC, for the start screen."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from privreg.store.recent import Recent, forget, recent, remember

__all__ = ["Recent", "forget", "recent", "remember"]
