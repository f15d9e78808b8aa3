"""Requests of data subjects (verzoeken van betrokkenen), art. 12 and 15-22."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Field

from privreg.registers import request_checks, request_clock
from privreg.registers.declaration import (
    Column,
    Kind,
    Register,
    Section,
    When,
    choice,
    choices,
    day,
    line,
    link,
    of,
    prose,
    rows,
    yes_no,
)
from privreg.registers.tables import Record, Row, codes, optional_reference, parent, reference
from privreg.registers.words import CHANNELS
from privreg.translation import N_


class Request(Record, table=True):
    """One request, with its terms, identity check and decision."""

    __tablename__ = "requests"
    kinds: list[str] = codes()
    controller_id: UUID | None = optional_reference("controllers")
    person_name: str = ""
    person_email: str = ""
    person_phone: str = ""
    person_address: str = ""
    person_country: str = "NL"
    representative: str = ""
    authority_proof: str = ""
    customer_id: UUID | None = Field(
        default=None,
        foreign_key="customers.id",
        index=True,
        ondelete="SET NULL",
        sa_type=reference("customers").sa_type,
    )
    received_on: date
    channel: str = "mail"
    about: str = ""
    purpose: str = ""
    is_marketing: bool | None = None
    acknowledged_on: date | None = None
    identity: str = "not_yet"
    identity_reason: str = ""
    identity_asked_on: date | None = None
    identity_answered_on: date | None = None
    identity_how: str = ""
    identity_by: str = ""
    extended_on: date | None = None
    extension_reason: str = ""
    decision: str = "not_yet"
    refusal_grounds: list[str] = codes()
    decision_reason: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    officer_advice: str = ""
    answered_on: date | None = None
    answered_how: str = ""
    state: str = "open"
    closed_on: date | None = None


class RequestStep(Row, table=True):
    """A step of handling the request."""

    __tablename__ = "request_steps"
    parent_id: UUID = parent("requests")
    step: str
    due_on: date | None = None
    done_on: date | None = None
    done_by: str = ""
    result: str = ""


class RequestRecipient(Row, table=True):
    """A recipient to tell (art. 19)."""

    __tablename__ = "request_recipients"
    parent_id: UUID = parent("requests")
    party_id: UUID = reference("parties")
    told_on: date | None = None
    not_told: str = ""
    reason: str = ""


class RequestLetter(Row, table=True):
    """A letter of the request, as it was sent."""

    __tablename__ = "request_letters"
    parent_id: UUID = parent("requests")
    kind: str = ""
    sent_on: date | None = None
    text: str = ""


_REFUSED = When("decision", ("partly", "refused"))

REGISTER = Register(
    slug="requests",
    model=Request,
    plural=N_("Requests"),
    singular=N_("request"),
    prefix="VZ",
    yearly=True,
    icon="request",
    empty=N_("Requests of people about their data stand here, each with its term."),
    title=request_clock.title_of,
    check=request_checks.check,
    deadlines=request_clock.deadlines,
    findings=request_clock.findings,
    sections=(
        Section(
            N_("Request"),
            (
                choices(
                    "kinds", N_("Right"), listed="request_kinds", required=True, article="AVG 15-22"
                ),
                line(
                    "about",
                    N_("About, in a few words"),
                    short=N_("Subject"),
                    searched=True,
                    help=N_("Without the name of the person."),
                ),
                day(
                    "received_on",
                    N_("Received on"),
                    required=True,
                    past=True,
                    dated=True,
                    article="AVG 12(3)",
                    help=N_("The month counts from this day."),
                ),
                choice(
                    "channel",
                    N_("Received by"),
                    CHANNELS,
                    required=True,
                    default="mail",
                    help=N_("A request may come in any way; the law asks for no form."),
                    article="AVG 12(2)",
                ),
                link(
                    "controller_id",
                    N_("Controller"),
                    "controllers",
                    wanted=True,
                    help=N_("To whom it was made; the promised term and the holidays go with it."),
                    article="AVG 4(7)",
                ),
                line(
                    "purpose",
                    N_("For which purpose"),
                    shown=When("kinds", ("objection", "consent_withdrawn")),
                    help=N_(
                        "Against which use of the data, or for which use consent is withdrawn."
                    ),
                    article="AVG 21, 7(3)",
                ),
                yes_no(
                    "is_marketing",
                    N_("Against direct marketing"),
                    shown=When("kinds", ("objection",)),
                    wanted=True,
                    article="AVG 21(3)",
                    help=N_(
                        "Then advertising stops at once: the customer is marked when this is saved."
                    ),
                ),
                day(
                    "acknowledged_on",
                    N_("Receipt confirmed on"),
                    past=True,
                    dated=True,
                    help=N_("Not obliged, but it shows the person that the term runs."),
                ),
            ),
        ),
        Section(
            N_("Person"),
            (
                link(
                    "customer_id",
                    N_("Customer"),
                    "customers",
                    help=N_("Empty when the person is not in the register."),
                ),
                line("person_name", N_("Name"), personal=True, searched=True),
                of(Kind.EMAIL, "person_email", N_("E-mail"), personal=True, searched=True),
                of(Kind.PHONE, "person_phone", N_("Telephone"), personal=True),
                line("person_address", N_("Address"), personal=True),
                of(
                    Kind.COUNTRY,
                    "person_country",
                    N_("Country"),
                    default="NL",
                    help=N_("The authority for a complaint follows the person's country."),
                ),
                line(
                    "representative",
                    N_("Representative"),
                    personal=True,
                    help=N_("Who asks on behalf of the person."),
                ),
                line(
                    "authority_proof",
                    N_("Proof of authority"),
                    help=N_("What was seen: a signed authorisation, a guardian's appointment."),
                ),
            ),
        ),
        Section(
            N_("Identity"),
            (
                choice(
                    "identity",
                    N_("Identity"),
                    (
                        ("not_yet", N_("not checked yet")),
                        ("no_doubt", N_("no doubt, because")),
                        ("asked", N_("asked for more")),
                        ("checked", N_("checked")),
                        ("not_needed", N_("not needed")),
                        ("failed", N_("could not be checked")),
                    ),
                    required=True,
                    default="not_yet",
                    article="AVG 12(6)",
                    help=N_(
                        "Ask for more only with a reasonable doubt, and start with what is at hand."
                    ),
                ),
                line(
                    "identity_reason",
                    N_("Because"),
                    shown=When("identity", ("no_doubt", "not_needed", "failed")),
                    required=True,
                    article="AVG 12(6)",
                ),
                day(
                    "identity_asked_on",
                    N_("Asked on"),
                    past=True,
                    dated=True,
                    help=N_("The day more was asked of the person."),
                    article="AVG 12(6)",
                ),
                day(
                    "identity_answered_on",
                    N_("Answered on"),
                    past=True,
                    dated=True,
                    help=N_("The day it was settled: checked, or what was asked came in."),
                    article="AVG 12(6)",
                ),
                choice(
                    "identity_how",
                    N_("How it was checked"),
                    listed="identity_checks",
                    help=N_("Never keep a copy of the document."),
                ),
                line("identity_by", N_("Checked by"), help=N_("Who saw or heard it.")),
            ),
        ),
        Section(
            N_("Term"),
            (
                day(
                    "extended_on",
                    N_("Extension told on"),
                    past=True,
                    dated=True,
                    article="AVG 12(3)",
                    help=N_("Only before the first term ends: two months more."),
                ),
                prose("extension_reason", N_("Reason for the extension"), article="AVG 12(3)"),
            ),
        ),
        Section(
            N_("Handling"),
            (
                rows(
                    "steps",
                    N_("Steps"),
                    RequestStep,
                    (
                        line(
                            "step",
                            N_("Step"),
                            required=True,
                            help=N_("For example: collect the data from the web shop."),
                        ),
                        day("due_on", N_("Due on"), help=N_("The agenda counts down to this day.")),
                        day(
                            "done_on",
                            N_("Done on"),
                            past=True,
                            dated=True,
                            help=N_("Empty while it is still to be done."),
                        ),
                        line("done_by", N_("Done by")),
                        line(
                            "result",
                            N_("Result"),
                            max_length=2000,
                            help=N_("What came of it: found, corrected, erased, nothing there."),
                        ),
                    ),
                    help=N_("What has to be done, by whom and before when."),
                    article="AVG 12(3)",
                ),
                rows(
                    "recipients",
                    N_("Recipients to tell"),
                    RequestRecipient,
                    (
                        link(
                            "party_id",
                            N_("Party"),
                            "parties",
                            required=True,
                            help=N_("Who was given the data before."),
                        ),
                        day("told_on", N_("Told on"), past=True, dated=True, article="AVG 19"),
                        choice(
                            "not_told",
                            N_("Not told, because"),
                            (
                                ("impossible", N_("impossible")),
                                ("disproportionate", N_("disproportionate effort")),
                            ),
                            help=N_("The only two reasons the law knows."),
                            article="AVG 19",
                        ),
                        line(
                            "reason",
                            N_("Reason"),
                            help=N_("Why it cannot be done, or what effort it would take."),
                        ),
                    ),
                    article="AVG 19",
                    help=N_("Who got the data that are corrected, erased or restricted."),
                ),
            ),
        ),
        Section(
            N_("Decision and answer"),
            (
                choice(
                    "decision",
                    N_("Decision"),
                    (
                        ("not_yet", N_("not decided yet")),
                        ("granted", N_("granted")),
                        ("partly", N_("partly granted")),
                        ("refused", N_("refused")),
                        ("withdrawn", N_("withdrawn by the person")),
                    ),
                    required=True,
                    default="not_yet",
                    help=N_(
                        "What is refused, whole or in part, needs a ground of the law and a reason."
                    ),
                    article="AVG 12(3)-(5)",
                ),
                choices(
                    "refusal_grounds",
                    N_("Grounds of refusal"),
                    listed="refusal_grounds",
                    shown=_REFUSED,
                    required=True,
                    article="AVG 12(4)",
                    help=N_(
                        "Only these grounds of the law bear a refusal; effort or cost is none."
                    ),
                ),
                prose(
                    "decision_reason",
                    N_("Reason"),
                    shown=_REFUSED,
                    required=True,
                    article="AVG 12(4)",
                ),
                day("decided_on", N_("Decided on"), past=True, dated=True, article="AVG 12(3)"),
                line(
                    "decided_by",
                    N_("Decided by"),
                    help=N_("Who is responsible for the decision; the officer advises only."),
                ),
                prose(
                    "officer_advice",
                    N_("Advice of the officer"),
                    help=N_("The officer advises and does not decide (article 38(6))."),
                ),
                day("answered_on", N_("Answered on"), past=True, dated=True, article="AVG 12(3)"),
                choice(
                    "answered_how",
                    N_("Answered by"),
                    CHANNELS,
                    help=N_(
                        "Electronically where the request was, unless the person asks otherwise."
                    ),
                    article="AVG 12(3)",
                ),
                rows(
                    "letters",
                    N_("Letters"),
                    RequestLetter,
                    (
                        choice("kind", N_("Letter"), listed="letter_kinds", required=True),
                        day("sent_on", N_("Sent on"), past=True, dated=True, article="AVG 12(3)"),
                        prose("text", N_("Text"), help=N_("As the person received it.")),
                    ),
                    help=N_("Each letter as it was sent."),
                    article="AVG 12",
                ),
                choice(
                    "state",
                    N_("State"),
                    (("open", N_("open")), ("closed", N_("closed"))),
                    required=True,
                    default="open",
                    help=N_("Close it when the answer is sent and the steps are done."),
                ),
                day(
                    "closed_on",
                    N_("Closed on"),
                    shown=When("state", ("closed",)),
                    past=True,
                    dated=True,
                    help=N_("When the last step was done."),
                ),
            ),
        ),
    ),
    columns=(
        Column("number", 14),
        Column("kinds", 20),
        Column("about", 26),
        Column("received_on", 12),
        Column("decision", 16),
        Column("state", 10),
        Column("person_name", 20, shown=False),
        Column("answered_on", 12, shown=False),
        Column("customer_id", 20, shown=False),
    ),
    filters=("state", "kinds", "decision", "controller_id"),
)
