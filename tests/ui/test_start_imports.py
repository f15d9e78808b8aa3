"""What the window imports before it shows: no paper, no tables, no pages out of sight."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import subprocess
import sys

LATER = (
    *("PySide6.QtPdf", "PySide6.QtPrintSupport", "reportlab", "alembic", "openpyxl", "typer"),
    *("ui.list_page", "ui.pages.customers", "ui.pages.disposal", "ui.pages.reports_page"),
)


def test_the_window_shows_before_what_only_other_pages_need_is_imported() -> None:
    script = f"import sys, ui.application; print(*[n for n in {LATER} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == []
