"""What the words for a state mean, for who reads the paper without the program beside it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg import formats
from privreg.law.deadline import SOON_BEFORE_A_DAY, SOON_BEFORE_A_MOMENT, DeadlineState
from privreg.law.retention import ItemStatus
from privreg.reports.document import Note, Strong
from privreg.reports.written import joined
from privreg.translation import N_, _, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from privreg.reports.document import Span, Text
    from privreg.translation import Message

_HOUR = 3600
_CLOCKS: Mapping[Message, Message] = {
    DeadlineState.LATE.message: message(N_("the last moment is past and it was not done")),
    DeadlineState.SOON.message: message(
        N_("at most {hours} hours are left to a moment, or {days} days to a day"),
        hours=int(SOON_BEFORE_A_MOMENT.total_seconds()) // _HOUR,
        days=SOON_BEFORE_A_DAY.days,
    ),
    DeadlineState.CALM.message: message(N_("there is more time left than that")),
    DeadlineState.DONE.message: message(N_("nothing more has to be done for this clock")),
    DeadlineState.HELD.message: message(N_("it stands still while a hold lasts")),
    DeadlineState.WAITING.message: message(N_("no date yet: something must happen first")),
}
_ITEMS: Mapping[Message, Message] = {
    ItemStatus.RUNNING.message: message(N_("in use; the term still runs")),
    ItemStatus.WAITING.message: message(N_("the term starts with an event still to come")),
    ItemStatus.KEPT_ONLY.message: message(
        N_("no longer used, kept only because a law or archive asks for it")
    ),
    ItemStatus.DUE.message: message(N_("the term is over and the item is still there")),
    ItemStatus.HELD.message: message(N_("the term is over, but a hold forbids disposal")),
    ItemStatus.RESTRICTED.message: message(
        N_("kept but not used, because the person asked so (article 18 GDPR)")
    ),
    ItemStatus.CRITERION.message: message(N_("kept until a criterion is met, looked at again")),
    ItemStatus.GAP.message: message(N_("nobody has decided yet how long it is kept")),
}


def of_clocks(found: Iterable[DeadlineState]) -> Note:
    """Return what the states of clocks mean, those that stand in the report."""
    return _note(_CLOCKS, {each.message.template for each in found})


def of_items(found: Iterable[Message]) -> Note:
    """Return what the states of items mean, those that stand in the report."""
    return _note(_ITEMS, {each.template for each in found})


def _note(meanings: Mapping[Message, Message], found: set[str]) -> Note:
    lines: list[Text] = [
        (Strong(formats.text(word)), f": {formats.text(meaning)}.")
        for word, meaning in meanings.items()
        if word.template in found
    ]
    title: tuple[Span, ...] = (_("What the states mean"),)
    return Note(joined((title, *lines)) if lines else "")
