"""Is the register whole? The file, the journal's chain, and what the registers lack."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg.services.agenda import findings
from privreg.store import journal
from privreg.store.engine import check_integrity

if TYPE_CHECKING:
    from privreg.registers.declaration import Finding
    from privreg.services.desk import Desk
    from privreg.store.journal_chain import Broken


@dataclass(frozen=True, slots=True)
class Checked:
    """What `check` found: faults of the file, the first broken entry, findings, last hash."""

    faults: tuple[str, ...]
    broken: Broken | None
    findings: list[Finding]
    journal_hash: str
    entries: int

    @property
    def is_whole(self) -> bool:
        """Whether file and journal are as they were written."""
        return not self.faults and self.broken is None


@dataclass(frozen=True, slots=True)
class CheckedJournal:
    """What `check_journal` found: the first broken entry, the number of the last, its hash."""

    broken: Broken | None
    entries: int
    journal_hash: str


def check_journal(desk: Desk) -> CheckedJournal:
    """Walk the chain of the journal from the first entry to the last."""
    with desk.store.read() as connection:
        broken = journal.verify(connection)
        last = journal.latest(connection, limit=1)
        digest = journal.latest_hash(connection)
    return CheckedJournal(broken, last[0]["seq"] if last else 0, digest)


def check(desk: Desk) -> Checked:
    """Look through the whole register; slow on a large one."""
    faults = check_integrity(desk.store.reader)
    chain = check_journal(desk)
    return Checked(faults, chain.broken, findings(desk), chain.journal_hash, chain.entries)
