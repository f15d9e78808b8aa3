"""Every kind of report that is named can be made, and only when it is wanted."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import subprocess
import sys

from privreg.services.report_kinds import KINDS
from privreg.services.report_making import MAKERS


def test_every_kind_has_its_maker_and_every_maker_its_kind() -> None:
    assert list(MAKERS) == [kind.code for kind in KINDS]


def test_naming_the_kinds_imports_no_report() -> None:
    script = (
        "import sys, privreg.services.report_kinds;"
        "print(*[n for n in sys.modules if n.startswith('privreg.reports')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == []
