"""Makes the scheduled backup by itself: at opening, and every hour while the register is open."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from privreg.errors import ProblemError
from privreg.services import backups
from privreg.translation import N_, message
from ui.pages.desk_of import desk_of

if TYPE_CHECKING:
    from privreg.services.backups import Backup
    from ui.office import Office

EVERY_MILLISECONDS = 60 * 60 * 1_000
SOON_MILLISECONDS = 20_000
"""After the opening, when the first pages stand."""


class BackupSchedule(QObject):
    """Asks every hour whether a backup is due; `made` when one was. A failure is told."""

    made = Signal()

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self.office = office
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.look)
        if not office.desk.read_only:
            self.timer.start(EVERY_MILLISECONDS)
            QTimer.singleShot(SOON_MILLISECONDS, self, self.look)

    def look(self) -> None:
        """Make a backup in the background when its time has come."""
        desk = desk_of(self.office)
        self.office.worker.run(
            lambda: backups.make_when_due(desk), self._made, self._not_made, aside=True
        )

    def _made(self, made: Backup | None) -> None:
        if made is not None:
            self.made.emit()

    def _not_made(self, error: ProblemError) -> None:
        self.office.notices.problem(
            ProblemError(
                message(
                    N_("The backup of today was not made: {reason} It is tried again in an hour."),
                    reason=error.problem,
                )
            )
        )
