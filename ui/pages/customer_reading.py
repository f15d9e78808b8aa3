"""What the page of one customer shows, read at once in the background."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg import formats
from privreg.law.events import EventType
from privreg.registers.customers import REGISTER as CUSTOMERS
from privreg.services import records, timers
from privreg.services.records import ListQuery
from privreg.translation import N_, Message, _, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from privreg.services.records import Page
    from privreg.services.timers import ItemView

AT_MOST = 500
PARTS = ("events", "holds", "consents")
BEGUN_BY: Mapping[str, frozenset[EventType]] = {
    "visitor": frozenset({EventType.VISIT, EventType.FIRST_CONTACT}),
    "lead": frozenset({EventType.FIRST_CONTACT, EventType.QUESTION_ASKED}),
    "customer": frozenset(
        {EventType.CONTRACT_STARTED, EventType.CONTRACT_RESUMED, EventType.ACCOUNT_OPENED}
    ),
    "former_customer": frozenset({EventType.CONTRACT_ENDED, EventType.ACCOUNT_CLOSED}),
    "supplier": frozenset({EventType.CONTRACT_STARTED}),
    "applicant": frozenset({EventType.APPLICATION_RECEIVED}),
    "marketing_contact": frozenset({EventType.CONSENT_GIVEN}),
}
ENDED_BY: Mapping[str, frozenset[EventType]] = {
    "customer": frozenset({EventType.CONTRACT_ENDED, EventType.ACCOUNT_CLOSED}),
    "supplier": frozenset({EventType.CONTRACT_ENDED}),
    "marketing_contact": frozenset({EventType.CONSENT_WITHDRAWN}),
}


@dataclass(frozen=True, slots=True)
class CustomerRead:
    """A customer's items with where they stand, and the pages of events, holds and consents."""

    customer_id: UUID
    on: date
    items: list[ItemView]
    parts: Mapping[str, Page]


def read(desk: Desk, customer_id: UUID, on: date) -> CustomerRead:
    """Read everything about a customer that is not on its form."""
    query = ListQuery(parent=customer_id, descending=True)
    parts = {slug: records.page(desk, slug, query, 0, AT_MOST) for slug in PARTS}
    return CustomerRead(customer_id, on, timers.customer_items(desk, customer_id, on), parts)


def phase_words(values: Values, events: Iterable[Values]) -> str:
    """'bedrijf · oud-klant sinds 29-02-2024 · geen reclame': sort, phase, since when if known."""
    kind, phase = str(values.get("kind") or ""), str(values.get("phase") or "")
    since = _since(phase, [each for each in events if not each["item_id"]])
    word = Message(CUSTOMERS.field("phase").label_of(phase))
    if since is None:
        words = formats.text(word)
    else:
        words = formats.text(message(N_("{phase} since {day}"), phase=word, day=since))
    stop = [_("no advertising")] if values.get("do_not_mail") else []
    return " · ".join((_(CUSTOMERS.field("kind").label_of(kind)), words, *stop))


def _since(phase: str, events: Iterable[Values]) -> date | None:
    """Return the day a phase began; a start or resumption that ended nothing begins nothing anew.

    What ends it, such as the end of the agreement, makes the next start count.
    """
    began = sorted(_days(events, BEGUN_BY.get(phase, frozenset())))
    if phase not in ENDED_BY or not began:
        return began[-1] if began else None
    ended = max(_days(events, ENDED_BY[phase]), default=began[0])
    return next((day for day in began if day >= ended), began[-1])


def _days(events: Iterable[Values], types: frozenset[EventType]) -> list[date]:
    wanted = {each.value for each in types}
    return [each["happened_on"] for each in events if each["type"] in wanted]
