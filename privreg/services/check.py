"""Is the register whole? The file, the journal's chain, the records, and what they lack."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from privreg.registers.register_list import REGISTERS, register_of
from privreg.services.agenda import findings
from privreg.services.backups import past_term
from privreg.services.governing import settle
from privreg.services.roles import Right, must
from privreg.store import journal, regoverning, soundness
from privreg.store.engine import check_integrity
from privreg.store.soundness import Differs
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.registers.declaration import Finding
    from privreg.services.backups import PastTerm
    from privreg.services.desk import Desk
    from privreg.store.journal_chain import Broken
    from privreg.store.soundness import Difference
    from privreg.store.store import Connection

SHOWN = 100  # differences that are named; a file that has more is restored, not mended
DERIVED = frozenset({Differs.TIMERS, Differs.SEARCH})
"""What is worked out from the records, and can be worked out again."""

SAID = {
    Differs.CHANGED: N_("{what} {number}: '{field}' is not what the journal says was entered."),
    Differs.GONE: N_("{what} {number} is gone, and the journal knows of no deletion."),
    Differs.ADDED: N_("{what} {number} was put in outside the program: the journal lacks it."),
    Differs.TIMERS: N_("{what} {number}: the retention terms are not what the rules make them."),
    Differs.SEARCH: N_("{what} {number} is not found by what it holds."),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What `check` found; of the records that are not as they were written, the first hundred.

    `past_term` are the backups that still hold data past their own term.
    """

    faults: tuple[str, ...]
    broken: Broken | None
    differences: tuple[Difference, ...]
    findings: list[Finding]
    journal_hash: str
    entries: int
    past_term: tuple[PastTerm, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether file, journal and records are as they were written."""
        return not self.faults and self.broken is None and not self.differences

    @property
    def can_be_repaired(self) -> bool:
        """Whether all that is wrong follows from the records and can be worked out again."""
        only_derived = all(each.how in DERIVED for each in self.differences)
        return bool(self.differences) and only_derived and not self.faults and self.broken is None


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
        return CheckedJournal(broken, journal.length(connection), journal.latest_hash(connection))


def check(desk: Desk) -> Checked:
    """Look through the whole register; slow on a large one.

    In a damaged file, or beside a broken journal, the records have nothing to be compared
    with: then only that is told.
    """
    faults = check_integrity(desk.store.reader)
    if faults:
        return Checked(faults, None, (), [], "", 0)
    chain = check_journal(desk)
    differences: tuple[Difference, ...] = ()
    if chain.broken is None:
        with desk.store.read() as connection:
            differences = tuple(islice(_differences(connection), SHOWN))
    return Checked(
        faults,
        chain.broken,
        differences,
        findings(desk),
        chain.journal_hash,
        chain.entries,
        past_term(desk),
    )


def _differences(connection: Connection) -> Iterator[Difference]:
    for register in REGISTERS:
        yield from soundness.beside_journal(connection, register)
        yield from soundness.of_search(connection, register)
    if not regoverning.is_pending(connection):
        yield from soundness.of_timers(connection)


def said(found: Difference) -> Message:
    """Say of one record what is otherwise than it should be."""
    register = register_of(found.slug)
    labels = {each.name: Message(each.label) for each in register.fields}
    return message(
        SAID[found.how],
        what=Message(register.singular),
        number=found.number,
        field=labels.get(found.field, found.field),
    )


def repair(desk: Desk) -> None:
    """Work the timers and the search out again from the records, which stay as they are.

    `NotAllowedError` for who may not edit retention rules either.
    """
    must(desk.user.roles, Right.EDIT, "rules")

    def work(connection: Connection) -> None:
        soundness.find_anew(connection, REGISTERS)
        regoverning.begin(connection)

    desk.store.written(work)
    settle(desk)
