"""The command line: a thin door to the services, without a screen."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from privreg.cli.door import run

__all__ = ["run"]
