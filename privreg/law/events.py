"""Events that start the clocks of retention (article 5(1)(e) GDPR): the latest counts.

A later start cancels an end: a customer who comes back stops the years that ran since
the last contract.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg.law.words import Worded
from privreg.translation import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


class EventType(Worded):
    """What happened to a customer or to one item."""

    ITEM_DATE = "item_date", N_("Date of the item itself")
    COLLECTED = "collected", N_("Data collected")
    FIRST_CONTACT = "first_contact", N_("First contact")
    LAST_CONTACT = "last_contact", N_("Last contact")
    VISIT = "visit", N_("Visit")
    CONTRACT_STARTED = "contract_started", N_("Contract started")
    CONTRACT_ENDED = "contract_ended", N_("Contract ended")
    CONTRACT_RESUMED = "contract_resumed", N_("Contract resumed")
    ACCOUNT_OPENED = "account_opened", N_("Account opened")
    ACCOUNT_CLOSED = "account_closed", N_("Account closed")
    DELIVERED = "delivered", N_("Delivered")
    INVOICE_SENT = "invoice_sent", N_("Invoice sent")
    INVOICE_PAID = "invoice_paid", N_("Invoice paid")
    PAYMENT_REVERSED = "payment_reversed", N_("Payment reversed")
    DISPUTE_OPENED = "dispute_opened", N_("Dispute opened")
    DISPUTE_CLOSED = "dispute_closed", N_("Dispute closed")
    INCIDENT = "incident", N_("Incident")
    INCIDENT_HANDLED = "incident_handled", N_("Incident handled")
    QUESTION_ASKED = "question_asked", N_("Question asked")
    QUESTION_ANSWERED = "question_answered", N_("Question answered")
    CONSENT_GIVEN = "consent_given", N_("Consent given")
    CONSENT_WITHDRAWN = "consent_withdrawn", N_("Consent withdrawn")
    PURPOSE_STARTED = "purpose_started", N_("Purpose started")
    PURPOSE_LAPSED = "purpose_lapsed", N_("Purpose lapsed")
    APPLICATION_RECEIVED = "application_received", N_("Application received")
    APPLICATION_REJECTED = "application_rejected", N_("Application rejected")
    EMPLOYMENT_STARTED = "employment_started", N_("Employment started")
    EMPLOYMENT_ENDED = "employment_ended", N_("Employment ended")
    REINTEGRATION_STARTED = "reintegration_started", N_("Re-integration started")
    REINTEGRATION_ENDED = "reintegration_ended", N_("Re-integration ended")
    TAKEN_INTO_USE = "taken_into_use", N_("Taken into use")
    FILE_CHANGED = "file_changed", N_("File last changed")


CANCELLED_BY: Mapping[EventType, frozenset[EventType]] = {
    EventType.CONTRACT_ENDED: frozenset({EventType.CONTRACT_STARTED, EventType.CONTRACT_RESUMED}),
    EventType.ACCOUNT_CLOSED: frozenset({EventType.ACCOUNT_OPENED}),
    EventType.INVOICE_PAID: frozenset({EventType.PAYMENT_REVERSED}),
    EventType.DISPUTE_CLOSED: frozenset({EventType.DISPUTE_OPENED}),
    EventType.INCIDENT_HANDLED: frozenset({EventType.INCIDENT}),
    EventType.QUESTION_ANSWERED: frozenset({EventType.QUESTION_ASKED}),
    EventType.CONSENT_WITHDRAWN: frozenset({EventType.CONSENT_GIVEN}),
    EventType.PURPOSE_LAPSED: frozenset({EventType.PURPOSE_STARTED}),
    EventType.APPLICATION_REJECTED: frozenset({EventType.APPLICATION_RECEIVED}),
    EventType.EMPLOYMENT_ENDED: frozenset({EventType.EMPLOYMENT_STARTED}),
    EventType.REINTEGRATION_ENDED: frozenset({EventType.REINTEGRATION_STARTED}),
}


class Condition(Worded):
    """What must be so before a rule with a condition applies to an item."""

    INCIDENT = "incident", N_("Incident on the item")
    DISPUTE = "dispute", N_("Dispute on the item")
    UNPAID = "unpaid", N_("Invoice not yet paid")


MET_BY: Mapping[Condition, EventType] = {
    Condition.INCIDENT: EventType.INCIDENT,
    Condition.DISPUTE: EventType.DISPUTE_OPENED,
}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event of one type on one calendar day."""

    type: EventType
    day: date


def starting_day(event_type: EventType, events: Sequence[Occurrence]) -> date | None:
    """Return the day a rule starts to count from, or None while the event has not happened.

    `events` stand in the order they were entered, which decides between two of one day.
    """
    ends_and_starts = CANCELLED_BY.get(event_type, frozenset()) | {event_type}
    concerned = [event for event in events if event.type in ends_and_starts]
    if not concerned:
        return None
    latest = max(reversed(concerned), key=lambda event: event.day)
    return latest.day if latest.type is event_type else None


def conditions_met(events: Sequence[Occurrence]) -> frozenset[Condition]:
    """Return the conditions that the events on an item fulfil.

    An incident or a dispute stays a fact after it was closed; an invoice is unpaid while
    it was sent and no later payment stands.
    """
    happened = {event.type for event in events}
    met = {condition for condition, event_type in MET_BY.items() if event_type in happened}
    unpaid = starting_day(EventType.INVOICE_PAID, events) is None
    if EventType.INVOICE_SENT in happened and unpaid:
        met.add(Condition.UNPAID)
    return frozenset(met)
