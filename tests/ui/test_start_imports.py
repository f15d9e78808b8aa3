"""What the window imports before it shows: no tables, no paper, no pages out of sight."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import subprocess
import sys

BY_NO_MEANS = ("PySide6.QtPdf", "PySide6.QtPrintSupport", "reportlab", "alembic", "openpyxl")
AHEAD = ("sqlalchemy", "sqlmodel", "pydantic", "cryptography", "argon2", "sqlcipher3")
LATER = (
    *("typer", "privreg.reports", "privreg.exchange", "privreg.services.users"),
    *("ui.list_page", "ui.make", "ui.form", "ui.pages.customers", "ui.pages.settings_page"),
)


def _imported(script: str, names: tuple[str, ...]) -> list[str]:
    """Return which of these a program has imported after a script."""
    telling = f"print(*[n for n in {names} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{script}\n{telling}"],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.split()


def test_the_first_screen_shows_before_the_tables_are_imported() -> None:
    script = "import ui.application"
    assert _imported(script, (*BY_NO_MEANS, *AHEAD, *LATER, "ui.shell", "ui.places")) == []


def test_what_is_imported_while_the_password_is_typed_leaves_other_pages_for_later() -> None:
    script = "from ui.ahead import import_ahead\nimport_ahead()"
    assert _imported(script, (*AHEAD, "ui.shell", "ui.pages.overview")) == [
        *(*AHEAD, "ui.shell", "ui.pages.overview"),
    ]
    assert _imported(script, (*BY_NO_MEANS, *LATER)) == []
