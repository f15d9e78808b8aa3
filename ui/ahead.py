"""What is imported ahead, while the start screens stand: all that an open register shows first.

Importing the tables and the libraries under them takes most of the time of an opening, so it
is done in the background while the password is typed. Whoever types faster waits for the rest
of it, and never for more. What the other pages need follows once the first page stands.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from importlib import import_module

OPENS = ("privreg.services.desk",)
SHOWS = ("ui.opened", "ui.pages.overview")
LATER = (
    *("ui.list_page", "ui.pages.breaches", "ui.pages.requests", "ui.pages.customers"),
    *("ui.pages.disposal", "ui.pages.reports_page", "ui.pages.journal_page"),
    *("ui.pages.settings_page",),
)


def import_ahead() -> None:
    """Import what opens a register, then what shows it; any thread."""
    for name in (*OPENS, *SHOWS):
        import_module(name)


def import_later() -> None:
    """Import what the other pages need; any thread."""
    for name in LATER:
        import_module(name)
