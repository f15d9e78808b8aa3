"""How hard this run tries and how long it waits: `PRIVREG_LONG=1` asks for the long run."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os

IS_LONG = os.environ.get("PRIVREG_LONG") == "1"
CASES = 10_000 if IS_LONG else 1_000
"""On how many random cases a property is tried."""
PATIENCE_SECONDS = 60.0
"""How long a test waits for what must come: as long as a slow, busy machine may take."""
