"""Keeps what is typed and not saved, encrypted on this PC, so that a crash does not lose it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from privreg.errors import ProblemError
from privreg.services import drafts
from privreg.translation import N_, _, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from privreg.services.drafts import Draft
    from ui.office import Office
    from ui.shell import Shell

EVERY_MILLISECONDS = 10_000
JOB = "kept drafts"


class KeptDrafts(QObject):
    """Writes drafts down every ten seconds while they change, and at once when one is saved.

    `offered` are those of a crash that wait for the user to say whether they are wanted.
    """

    def __init__(self, office: Office, shell: Shell) -> None:
        super().__init__(shell)
        self.office = office
        self.shell = shell
        self.offered: list[Draft] = []
        self.written: list[Draft] = []
        self.has_failed = False
        if office.desk.read_only:
            return
        office.changed.connect(self._look_soon)
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.look)
        self.timer.start(EVERY_MILLISECONDS)

    @property
    def unsaved(self) -> list[Draft]:
        """What is typed and not saved, and what still waits for an answer."""
        return [*self.offered, *self.shell.drafts()]

    def _look_soon(self, _changes: object) -> None:
        QTimer.singleShot(0, self, self.look)

    def look(self) -> None:
        """Write down in the background what is unsaved now, when it is not what was written."""
        found, desk = self.unsaved, self.office.desk
        if found == self.written:
            return
        self.written = found
        self.office.worker.run(
            lambda: drafts.keep(desk, found), _nothing, self._not_written, latest=JOB
        )

    def _not_written(self, error: ProblemError) -> None:
        if not self.has_failed:
            self.has_failed = True
            self.office.notices.problem(
                ProblemError(
                    message(
                        N_("What you type is not kept until you save it: {reason}"),
                        reason=error.problem,
                    )
                )
            )

    def offer(self) -> None:
        """Fetch what a crash kept from being saved, and ask whether it is wanted."""
        desk = self.office.desk
        if not desk.read_only:
            self.office.worker.run(lambda: drafts.kept(desk), self._offer)

    def _offer(self, found: list[Draft]) -> None:
        if not found:
            return
        self.offered = self.written = found
        self.office.notices.ask(
            message(
                N_(
                    "The program ended last time before everything was saved. Show what was "
                    "typed again?"
                )
            ),
            _("Show what was typed"),
            self._show,
            other=(_("Drop what was typed"), self._drop),
        )

    def _show(self) -> None:
        found, self.offered = self.offered, []
        self.shell.take_drafts(found)

    def _drop(self) -> None:
        self.offered = []
        self.look()

    def leave(self, typed: Sequence[Draft]) -> None:
        """Let only these lie as the register is closed: none once all was saved or dropped."""
        if self.office.desk.read_only:
            return
        try:
            drafts.keep(self.office.desk, typed)
        except ProblemError as error:
            self.office.worker.tell(error)


def _nothing(_result: object) -> None:
    """Take the end of what nobody waits for."""
