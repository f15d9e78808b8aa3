"""What stands once a register is open: its office, its shell, and what runs beside them."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.services import agenda, records
from ui.notices import BarNotices
from ui.office import Office, Services
from ui.pages.backup_schedule import BackupSchedule
from ui.pages.rules_applied import RulesApplied
from ui.places import PAGES
from ui.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from privreg.services.desk import Desk
    from ui.page import PageSpec
    from ui.preferences import Preferences
    from ui.worker import Worker


def shell_of(
    desk: Desk,
    services: Services | None,
    specs: Sequence[PageSpec] | None,
    worker: Worker,
    preferences: Preferences,
    idle_for: timedelta,
) -> Shell:
    """Return the shell of an opened register; None stands for the real services, every page."""
    notices = BarNotices()
    chosen = services or Services(records=records, agenda=agenda)
    office = Office(desk, chosen, worker, notices, preferences)
    shell = Shell(office, notices, PAGES if specs is None else specs, idle_for=idle_for)
    BackupSchedule(office, shell)
    RulesApplied(office, shell)
    return shell
