"""What happens with a customer: events, items, holds and consents, saved one by one."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, datetime
from functools import partial
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from privreg.registers.customer_checks import (
    HOLD_REASONS,
    NO_NUMBER,
    check_consent,
    check_hold,
    event_title,
    hold_deadlines,
    hold_title,
    number_findings,
)
from privreg.registers.declaration import (
    Column,
    Register,
    Section,
    When,
    choice,
    day,
    line,
    link,
    links,
    moment,
    prose,
)
from privreg.registers.tables import (
    Entry,
    Row,
    Watched,
    at,
    optional_reference,
    parent,
    reference,
    watched,
)
from privreg.registers.words import CHANNELS
from privreg.translation import N_


class Event(Entry, Watched, table=True):
    """Something that happened with a customer, or with one item; it moves the clocks."""

    __tablename__ = "events"
    __table_args__ = (watched("events"),)
    customer_id: UUID = parent("customers")
    item_id: UUID | None = Field(
        default=None,
        foreign_key="items.id",
        index=True,
        ondelete="CASCADE",
        sa_type=reference("items").sa_type,
    )
    type: str
    happened_on: date
    note: str = ""


class Item(Entry, Watched, table=True):
    """Data of one kind about a customer, in one place; the timers run on it.

    Which items of which kinds a customer has stands in one index, so that no item is read to
    know whether a field of a customer in a list is hidden.
    """

    __tablename__ = "items"
    __table_args__ = (
        Index("ix_items_of_customer", "customer_id", "kind_id", "id"),
        watched("items"),
    )
    customer_id: UUID = parent("customers", index=False)
    group_id: UUID = reference("groups", index=False)
    kind_id: UUID = reference("kinds", index=False)
    label: str = ""
    place: str = ""
    dated_on: date | None = None
    content: str = ""


class Hold(Entry, Watched, table=True):
    """Disposal of named items suspended (vernietiging opgeschort), or their use restricted.

    Whether any restriction stands is asked for every list: an index holds the restrictions.
    """

    __tablename__ = "holds"
    __table_args__ = (
        Index(
            "ix_holds_restricting",
            "until_on",
            sqlite_where=text("reason = 'restriction'"),
            postgresql_where=text("reason = 'restriction'"),
        ),
        watched("holds"),
    )
    customer_id: UUID = parent("customers")
    reason: str
    explanation: str = ""
    since_on: date
    review_on: date | None = None
    until_on: date | None = None
    told_on: date | None = None
    held_by: str = ""


class HoldItem(Row, table=True):
    """An item a hold names."""

    __tablename__ = "hold_items"
    parent_id: UUID = parent("holds")
    target_id: UUID = Field(
        foreign_key="items.id",
        index=True,
        ondelete="CASCADE",
        sa_type=reference("items").sa_type,
    )


class Consent(Entry, Watched, table=True):
    """A consent or an objection for one purpose (art. 7 and 21)."""

    __tablename__ = "consents"
    __table_args__ = (watched("consents"),)
    customer_id: UUID = parent("customers")
    kind: str = "consent"
    purpose: str
    activity_id: UUID | None = optional_reference("activities")
    given_at: datetime | None = at()
    confirmed_at: datetime | None = at()
    how: str = ""
    text_version: str = ""
    withdrawn_at: datetime | None = at()
    withdrawn_how: str = ""
    evidence: str = ""


EVENTS = Register(
    slug="events",
    model=Event,
    plural=N_("Events"),
    singular=N_("event"),
    icon="event",
    parent="customers",
    parent_field="customer_id",
    large=True,
    sort="happened_on",
    title=event_title,
    findings=partial(number_findings, "events"),
    sections=(
        Section(
            N_("Event"),
            (
                choice(
                    "type",
                    N_("What"),
                    listed="event_types",
                    required=True,
                    help=N_("It starts, moves or ends the terms that count from it."),
                    article="AVG 5(1)(e)",
                ),
                day(
                    "happened_on",
                    N_("On"),
                    required=True,
                    past=True,
                    dated=True,
                    help=N_("The day it happened, not the day it is entered."),
                ),
                link(
                    "item_id",
                    N_("About the item"),
                    "items",
                    help=N_("Empty: about the customer as a whole."),
                ),
                prose("note", N_("Note"), personal=True),
                NO_NUMBER,
            ),
        ),
    ),
    columns=(
        Column("happened_on", 12),
        Column("type", 22),
        Column("item_id", 22),
        Column("note", 30),
    ),
)
ITEMS = Register(
    slug="items",
    model=Item,
    plural=N_("Items"),
    singular=N_("item"),
    icon="note",
    parent="customers",
    parent_field="customer_id",
    large=True,
    sort="label",
    title=lambda values: str(values.get("label") or ""),
    findings=partial(number_findings, "items"),
    sections=(
        Section(
            N_("Item"),
            (
                link(
                    "kind_id",
                    N_("Kind of data"),
                    "kinds",
                    required=True,
                    help=N_("The kind decides which retention rules run on it."),
                    article="AVG 5(1)(e)",
                ),
                link(
                    "group_id",
                    N_("Kept about this person as"),
                    "groups",
                    short=N_("Kept as"),
                    required=True,
                    help=N_("A lead's data follow other rules than a customer's."),
                    article="AVG 5(1)(e)",
                ),
                line("label", N_("Name"), personal=True, help=N_("For example 'invoice 118'.")),
                line(
                    "place",
                    N_("Where"),
                    help=N_("The system, folder or cabinet in which it really lies."),
                ),
                day(
                    "dated_on",
                    N_("Date"),
                    past=True,
                    dated=True,
                    help=N_("The date of the document, or the day it was collected."),
                ),
                prose(
                    "content",
                    N_("Content or note"),
                    personal=True,
                    help=N_("What it holds, in short; the document stays where it lies."),
                    article="AVG 5(1)(c)",
                ),
                NO_NUMBER,
            ),
        ),
    ),
    columns=(
        Column("label", 24),
        Column("kind_id", 20),
        Column("group_id", 16),
        Column("place", 18),
        Column("dated_on", 12),
    ),
)
HOLDS = Register(
    slug="holds",
    model=Hold,
    plural=N_("Holds"),
    singular=N_("hold"),
    icon="hold",
    parent="customers",
    parent_field="customer_id",
    sort="since_on",
    title=hold_title,
    check=check_hold,
    deadlines=hold_deadlines,
    findings=partial(number_findings, "holds"),
    sections=(
        Section(
            N_("Hold"),
            (
                choice(
                    "reason",
                    N_("Reason"),
                    HOLD_REASONS,
                    required=True,
                    article="AVG 17(3)(e), 18",
                ),
                prose(
                    "explanation",
                    N_("Explanation"),
                    personal=True,
                    help=N_(
                        "Which claim, dispute or inquiry, so that a colleague can judge it later."
                    ),
                    article="AVG 5(2)",
                ),
                links(
                    "items",
                    N_("Items"),
                    "items",
                    HoldItem,
                    required=True,
                    help=N_("Only what is named here is held, never the whole customer."),
                    article="AVG 17(3)(e), 18",
                ),
                day(
                    "since_on",
                    N_("Since"),
                    required=True,
                    past=True,
                    dated=True,
                    help=N_("From this day nothing named here is destroyed."),
                ),
                day(
                    "review_on",
                    N_("Review on"),
                    wanted=True,
                    help=N_("A hold does not last by itself: look again on this day."),
                ),
                day("until_on", N_("Ended on"), dated=True, help=N_("Empty while it lasts.")),
                day(
                    "told_on",
                    N_("Person told of the lifting on"),
                    past=True,
                    dated=True,
                    shown=When("reason", ("restriction",)),
                    article="AVG 18(3)",
                    help=N_(
                        "The person is told before a restriction ends; the coordinator ends it."
                    ),
                ),
                line("held_by", N_("Decided by"), help=N_("Who decided that the data stay.")),
                NO_NUMBER,
            ),
        ),
    ),
    columns=(
        Column("reason", 20),
        Column("since_on", 12),
        Column("review_on", 12),
        Column("until_on", 12),
        Column("held_by", 16),
    ),
)
CONSENTS = Register(
    slug="consents",
    model=Consent,
    plural=N_("Consents and objections"),
    singular=N_("consent or objection"),
    icon="consent",
    parent="customers",
    parent_field="customer_id",
    sort="purpose",
    title=lambda values: str(values.get("purpose") or ""),
    check=check_consent,
    findings=partial(number_findings, "consents"),
    sections=(
        Section(
            N_("Consent or objection"),
            (
                choice(
                    "kind",
                    N_("Sort"),
                    (("consent", N_("consent")), ("objection", N_("objection"))),
                    required=True,
                    default="consent",
                    article="AVG 7, 21",
                ),
                line(
                    "purpose",
                    N_("For which purpose"),
                    required=True,
                    help=N_("One purpose for each: advertising by mail, a photo on the site."),
                    article="AVG 6(1)(a)",
                ),
                link(
                    "activity_id",
                    N_("Processing activity"),
                    "activities",
                    help=N_("The processing that rests on it."),
                    article="AVG 6(1)(a)",
                ),
                moment(
                    "given_at",
                    N_("Given or made at"),
                    past=True,
                    dated=True,
                    help=N_("It must be shown when, so to the minute where that is known."),
                    article="AVG 7(1)",
                ),
                moment(
                    "confirmed_at",
                    N_("Confirmed at (double opt-in)"),
                    past=True,
                    dated=True,
                    help=N_("The moment the person followed the link in the mail."),
                ),
                choice(
                    "how",
                    N_("How"),
                    CHANNELS,
                    help=N_("By which way it was given or made."),
                    article="AVG 7(1)",
                ),
                line(
                    "text_version",
                    N_("Which text"),
                    help=N_("The version of the text the person agreed to."),
                ),
                moment(
                    "withdrawn_at", N_("Withdrawn at"), past=True, dated=True, article="AVG 7(3)"
                ),
                choice(
                    "withdrawn_how",
                    N_("Withdrawn how"),
                    CHANNELS,
                    help=N_("Withdrawing must be as easy as giving."),
                    article="AVG 7(3)",
                ),
                line("evidence", N_("Evidence"), article="AVG 7(1)"),
                NO_NUMBER,
            ),
        ),
    ),
    columns=(
        Column("kind", 12),
        Column("purpose", 26),
        Column("given_at", 16),
        Column("withdrawn_at", 16),
        Column("text_version", 14),
    ),
)
