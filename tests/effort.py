"""How hard this run tries: `PRIVREG_LONG=1` asks for the long run, anything else for the short."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os

IS_LONG = os.environ.get("PRIVREG_LONG") == "1"
CASES = 10_000 if IS_LONG else 1_000
"""On how many random cases a property is tried."""
