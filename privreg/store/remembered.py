"""What was worked out of all the records, kept for as long as no record changes."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privreg.store import journal

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sqlalchemy import Connection


class Remembered:
    """Answers by question; the journal's latest hash tells of which state they are.

    A colleague's change on an office server moves that hash as well. The lanes of the window
    ask and keep side by side, so what stands here is only ever put in its place whole.
    """

    def __init__(self) -> None:
        self._known: tuple[str, dict[Hashable, Any]] = ("", {})

    def recall(self, connection: Connection, question: Hashable) -> Any:
        """Return what was kept for this question, or None when anything changed since."""
        state, answers = self._known
        return answers.get(question) if state == journal.latest_hash(connection) else None

    def keep(self, connection: Connection, question: Hashable, answer: object) -> None:
        """Keep what was worked out on this connection's view; older states are let go."""
        now = journal.latest_hash(connection)
        state, answers = self._known
        self._known = (now, {**answers, question: answer} if state == now else {question: answer})
