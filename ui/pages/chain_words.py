"""Says in words whether the journal's chain is whole, and where it is not."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from privreg.services.check import Checked, CheckedJournal

BROKEN = {
    "changed": N_(
        "The journal is broken at entry {seq}: what stands there is not what was written. Keep "
        "this file as it is, and compare it with a backup from before."
    ),
    "removed": N_(
        "The journal is broken before entry {seq}: one or more entries are gone there. Keep "
        "this file as it is, and compare it with a backup from before."
    ),
    "inserted": N_(
        "The journal is broken at entry {seq}: an entry was put in between. Keep this file as it "
        "is, and compare it with a backup from before."
    ),
    "cut off": N_(
        "The journal was cut off after entry {seq}: newer entries are gone. Keep this file as it "
        "is, and compare it with a backup from before."
    ),
}


def verdict(found: Checked | CheckedJournal) -> Message:
    """Return one sentence about the chain."""
    if found.broken is not None:
        return message(BROKEN[found.broken.how.value], seq=str(found.broken.seq))
    if not found.entries:
        return message(N_("The journal is still empty."))
    return Message(
        N_("The journal is whole: {count} entry, chained from the first to the last ({hash})."),
        {"count": found.entries, "hash": found.journal_hash[:12]},
        N_("The journal is whole: {count} entries, chained from the first to the last ({hash})."),
    )
