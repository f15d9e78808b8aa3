"""The breach log (datalekregister), art. 33(5), with everything the AP's form asks."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from privreg.law.breach import NotToPeople
from privreg.law.severity import HIGHEST_CONTEXT, LOWEST_CONTEXT
from privreg.registers import breach_checks, breach_clock, breach_findings
from privreg.registers.declaration import (
    Column,
    Instead,
    Kind,
    Register,
    Section,
    When,
    choice,
    choices,
    day,
    line,
    link,
    links,
    moment,
    number,
    of,
    prose,
    rows,
    yes_no,
)
from privreg.registers.tables import (
    Record,
    Row,
    at,
    codes,
    optional_reference,
    parent,
    reference,
)
from privreg.registers.words import YES_NO_NOT_YET
from privreg.translation import N_


class Breach(Record, table=True):
    """One breach of personal data; happened, detected and aware are moments apart."""

    __tablename__ = "breaches"
    title: str = Field(index=True)
    controller_id: UUID | None = optional_reference("controllers")
    role: str = "controller"
    state: str = "open"
    happened_from_at: datetime | None = at()
    happened_until_at: datetime | None = at()
    is_ongoing: bool | None = None
    happened_note: str = ""
    detected_at: datetime | None = at()
    detected_how: str = ""
    detected_by: str = ""
    processor_told_at: datetime | None = at()
    processor_id: UUID | None = optional_reference("parties")
    aware_at: datetime | None = at()
    aware_note: str = ""
    client_id: UUID | None = optional_reference("parties")
    client_told_at: datetime | None = at()
    client_told_how: str = ""
    natures: list[str] = codes()
    incident: str = ""
    incident_other: str = ""
    description: str = ""
    cause: str = ""
    general_data: list[str] = codes()
    financial_data: list[str] = codes()
    special_data: list[str] = codes()
    other_data: str = ""
    records_exact: int | None = None
    records_min: int | None = None
    records_max: int | None = None
    people_groups: list[str] = codes()
    people_description: str = ""
    people_exact: int | None = None
    people_min: int | None = None
    people_max: int | None = None
    protections: list[str] = codes()
    protection_note: str = ""
    consequences_data: list[str] = codes()
    consequences_data_other: str = ""
    consequences_people: list[str] = codes()
    consequences_people_other: str = ""
    severity: str = ""
    severity_note: str = ""
    risk: str = ""
    risk_note: str = ""
    enisa_context: int | None = None
    enisa_identification: str = ""
    enisa_circumstances: list[str] = codes()
    authority_decision: str = "not_yet"
    authority_reason_kind: str = ""
    authority_reason: str = ""
    authority_decided_at: datetime | None = at()
    authority_decided_by: str = ""
    delay_reason: str = ""
    people_decision: str = "not_yet"
    people_reason_kind: str = ""
    people_reason: str = ""
    people_decided_at: datetime | None = at()
    people_decided_by: str = ""
    people_told_at: datetime | None = at()
    people_told_count: int | None = None
    people_told_channels: list[str] = codes()
    people_message: str = ""
    people_notice: str = ""
    people_notice_at: datetime | None = at()
    officer_advice: str = ""
    officer_advised_at: datetime | None = at()
    is_cross_border: bool | None = None
    countries: list[str] = codes()
    other_authorities: list[str] = codes()
    other_authorities_note: str = ""
    legal_basis: str = "avg"
    reporter_name: str = ""
    reporter_function: str = ""
    reporter_email: str = ""
    reporter_phone: str = ""
    contact_other: str = ""
    evaluation: str = ""
    closed_at: datetime | None = at()


class BreachNotification(Row, table=True):
    """A notification to an authority, in phases (art. 33(4)), as it was sent."""

    __tablename__ = "breach_notifications"
    parent_id: UUID = parent("breaches")
    phase: str = "first"
    authority: str = ""
    sent_at: datetime | None = at()
    number: str = ""
    sent_by: str = ""
    note: str = ""


class BreachMeasure(Row, table=True):
    """A measure taken or planned, corrective or preventive."""

    __tablename__ = "breach_measures"
    parent_id: UUID = parent("breaches")
    sort: str = "corrective"
    measure: str
    owner: str = ""
    due_on: date | None = None
    done_on: date | None = None


class BreachTimeline(Row, table=True):
    """An entry of the timeline; entries are added, never changed."""

    __tablename__ = "breach_timeline"
    parent_id: UUID = parent("breaches")
    happened_at: datetime | None = at()
    what: str
    by_whom: str = ""


class BreachEvidence(Row, table=True):
    """A piece of evidence: where it lies and its hash."""

    __tablename__ = "breach_evidence"
    parent_id: UUID = parent("breaches")
    title: str
    place: str = ""
    sha256: str = ""


class BreachActivity(Row, table=True):
    """An activity the breach touches."""

    __tablename__ = "breach_activities"
    parent_id: UUID = parent("breaches")
    target_id: UUID = reference("activities")


class BreachParty(Row, table=True):
    """A party involved in the breach."""

    __tablename__ = "breach_parties"
    parent_id: UUID = parent("breaches")
    target_id: UUID = reference("parties")


class BreachCustomer(Row, table=True):
    """A customer touched by the breach; goes with the customer, the file stays."""

    __tablename__ = "breach_customers"
    parent_id: UUID = parent("breaches")
    target_id: UUID = Field(
        foreign_key="customers.id",
        index=True,
        ondelete="CASCADE",
        sa_type=reference("customers").sa_type,
    )


_CONTROLLER = When("role", ("controller",))
_PROCESSOR = When("role", ("processor",))
_BY_THE_CONTROLLER = Instead(_PROCESSOR, N_("through the controller (art. 33(2))"))
_TOLD_PEOPLE = When("people_decision", ("yes",))
_PUBLIC_NOTICE = When("people_reason_kind", (NotToPeople.EFFORT.value,))

REGISTER = Register(
    slug="breaches",
    model=Breach,
    plural=N_("Breaches"),
    singular=N_("breach"),
    prefix="DL",
    yearly=True,
    icon="breach",
    empty=N_("Every breach is recorded here, also one that need not be reported."),
    title=lambda values: str(values.get("title") or ""),
    check=breach_checks.check,
    deadlines=breach_clock.deadlines,
    findings=breach_findings.findings,
    sort="number",
    sections=(
        Section(
            N_("What happened"),
            (
                line(
                    "title",
                    N_("What, in a few words"),
                    short=N_("What"),
                    required=True,
                    searched=True,
                    help=N_("Without names of people: 'Laptop of a fitter stolen'."),
                ),
                link(
                    "controller_id",
                    N_("Controller"),
                    "controllers",
                    wanted=True,
                    help=N_("Whose data were breached; its authority goes with it."),
                    article="AVG 4(7)",
                ),
                choice(
                    "role",
                    N_("We are"),
                    (("controller", N_("controller")), ("processor", N_("processor"))),
                    short=N_("Role"),
                    required=True,
                    default="controller",
                    article="AVG 33(1), 33(2)",
                ),
                prose(
                    "description",
                    N_("Description of the incident"),
                    wanted=True,
                    searched=True,
                    article="AVG 33(3)(a)",
                ),
                choices(
                    "natures",
                    N_("Nature of the breach"),
                    listed="breach_natures",
                    wanted=True,
                    article="AVG 33(3)(a)",
                ),
                choice(
                    "incident",
                    N_("Nature of the incident"),
                    listed="breach_incidents",
                    wanted=True,
                    article="AVG 33(3)(a)",
                ),
                line(
                    "incident_other",
                    N_("Namely"),
                    shown=When("incident", ("other",)),
                    help=N_("In a few words, as the authority's form asks."),
                ),
                prose(
                    "cause",
                    N_("Cause"),
                    help=N_("What made it possible: a mistake, a measure that failed, an attack."),
                    article="AVG 33(5)",
                ),
            ),
        ),
        Section(
            N_("The moments"),
            (
                moment(
                    "happened_from_at",
                    N_("Happened from"),
                    past=True,
                    dated=True,
                    help=N_("When it began, as far as is known; it can be mended later."),
                    article="AVG 33(5)",
                ),
                moment(
                    "happened_until_at",
                    N_("Happened until"),
                    past=True,
                    dated=True,
                    help=N_("Empty while it goes on."),
                ),
                yes_no(
                    "is_ongoing",
                    N_("Still going on"),
                    help=N_("Is the leak still open, or are data still not available?"),
                ),
                line(
                    "happened_note",
                    N_("If the moment is unknown"),
                    help=N_("For example: some time in March, between two inspections."),
                ),
                moment(
                    "detected_at",
                    N_("Detected at"),
                    wanted=True,
                    past=True,
                    dated=True,
                    help=N_("The first signal, at us or at a processor."),
                ),
                line(
                    "detected_how",
                    N_("How it was detected"),
                    wanted=True,
                    help=N_("For example: a call of a customer, a message of a supplier, a log."),
                ),
                line(
                    "detected_by",
                    N_("Detected by"),
                    help=N_("A function is enough: the front desk, a customer, a supplier."),
                ),
                link(
                    "processor_id",
                    N_("Processor where it happened"),
                    "parties",
                    shown=_CONTROLLER,
                    help=N_("Its agreement says within how many hours it had to tell us."),
                    article="AVG 33(2)",
                ),
                moment(
                    "processor_told_at",
                    N_("The processor told us at"),
                    past=True,
                    dated=True,
                    shown=_CONTROLLER,
                    article="AVG 33(2)",
                    help=N_("As a rule the breach is known to us from this moment."),
                ),
                moment(
                    "aware_at",
                    N_("Known since"),
                    required=True,
                    past=True,
                    dated=True,
                    article="AVG 33(1)",
                    proposed_from="detected_at",
                    help=N_(
                        "From this moment the 72 hours run: when it was reasonably "
                        "certain that personal data were breached. Proposed is when it was "
                        "detected; change it if you knew later."
                    ),
                ),
                line(
                    "aware_note",
                    N_("Why known later than detected"),
                    help=N_(
                        "A short investigation is allowed if it began at once: say what was looked "
                        "into."
                    ),
                    article="AVG 33(1)",
                ),
                link(
                    "client_id",
                    N_("On behalf of"),
                    "parties",
                    shown=_PROCESSOR,
                    article="AVG 33(2)",
                ),
                moment(
                    "client_told_at",
                    N_("We told the controller at"),
                    shown=_PROCESSOR,
                    past=True,
                    dated=True,
                    article="AVG 33(2)",
                ),
                line(
                    "client_told_how",
                    N_("How we told"),
                    shown=_PROCESSOR,
                    help=N_("For example by telephone, confirmed by mail."),
                    article="AVG 33(2)",
                ),
            ),
        ),
        Section(
            N_("Which data and which people"),
            (
                choices(
                    "general_data",
                    N_("Personal data"),
                    listed="breach_general_data",
                    wanted=True,
                    article="AVG 33(3)(a)",
                ),
                choices(
                    "financial_data",
                    N_("Financial data"),
                    listed="breach_financial_data",
                    shown=When("general_data", ("financial",)),
                    help=N_("As the authority's form divides them."),
                ),
                choices(
                    "special_data",
                    N_("Special categories"),
                    listed="special_categories",
                    article="AVG 9",
                ),
                line(
                    "other_data",
                    N_("Other data"),
                    shown=When("general_data", ("other",)),
                    help=N_("In a few words; nothing from the data themselves."),
                ),
                number(
                    "records_exact",
                    N_("Number of data records"),
                    article="AVG 33(3)(a)",
                    help=N_("An estimate is fine; do not wait for the exact number."),
                ),
                number(
                    "records_min",
                    N_("Data records, at least"),
                    help=N_("When the number is not known: the fewest it can be."),
                ),
                number(
                    "records_max",
                    N_("Data records, at most"),
                    help=N_("When the number is not known: the most it can be."),
                ),
                choices(
                    "people_groups",
                    N_("Groups of people"),
                    listed="breach_people_groups",
                    wanted=True,
                    article="AVG 33(3)(a)",
                ),
                prose(
                    "people_description",
                    N_("Description of the people"),
                    help=N_("Who they are to us: customers of one branch, former staff."),
                    article="AVG 33(3)(a)",
                ),
                number(
                    "people_exact",
                    N_("Number of people"),
                    article="AVG 33(3)(a)",
                    help=N_("An estimate is fine; otherwise fill in at least and at most."),
                ),
                number(
                    "people_min",
                    N_("People, at least"),
                    help=N_("When the number is not known: the fewest it can be."),
                ),
                number(
                    "people_max",
                    N_("People, at most"),
                    help=N_("When the number is not known: the most it can be."),
                ),
                links(
                    "activities",
                    N_("Processing activities"),
                    "activities",
                    BreachActivity,
                    help=N_("The processing that was hit; the breach file names it."),
                    article="AVG 33(5)",
                ),
                links(
                    "parties",
                    N_("Parties involved"),
                    "parties",
                    BreachParty,
                    help=N_("Processors, recipients and others who have to do with it."),
                ),
                links(
                    "customers",
                    N_("Customers touched"),
                    "customers",
                    BreachCustomer,
                    help=N_("Only those in this register; their names never go to the authority."),
                ),
                choices(
                    "protections",
                    N_("Protection of the data beforehand"),
                    listed="breach_protections",
                    wanted=True,
                    article="AVG 34(3)(a)",
                    help=N_("Encryption by the attacker (ransomware) is no protection."),
                ),
                prose(
                    "protection_note",
                    N_("About the protection"),
                    help=N_("Which technique, and whether the key stayed safe."),
                    article="AVG 34(3)(a)",
                ),
            ),
            short=N_("Data and people"),
        ),
        Section(
            N_("Consequences and risk"),
            (
                choices(
                    "consequences_data",
                    N_("Consequences for the data"),
                    listed="breach_consequences_data",
                    wanted=True,
                    article="AVG 33(3)(c)",
                ),
                line(
                    "consequences_data_other",
                    N_("Other consequences for the data"),
                    shown=When("consequences_data", ("other",)),
                    help=N_("In a few words, as the authority's form asks."),
                ),
                choices(
                    "consequences_people",
                    N_("Consequences for the people"),
                    listed="breach_consequences_people",
                    wanted=True,
                    article="AVG 33(3)(c)",
                ),
                line(
                    "consequences_people_other",
                    N_("Other consequences for the people"),
                    shown=When("consequences_people", ("other",)),
                    help=N_("In a few words, as the authority's form asks."),
                ),
                choice(
                    "severity",
                    N_("Severity"),
                    listed="breach_severities",
                    wanted=True,
                    help=N_("The four words of the authority's form."),
                ),
                prose(
                    "severity_note",
                    N_("About the severity"),
                    help=N_(
                        "What makes it so: the kind of data, how many people, how easily they are "
                        "known."
                    ),
                ),
                choice(
                    "risk",
                    N_("Risk for the people"),
                    (
                        ("unlikely", N_("unlikely")),
                        ("risk", N_("a risk")),
                        ("high", N_("a high risk")),
                    ),
                    short=N_("Risk"),
                    wanted=True,
                    article="AVG 33(1), 34(1)",
                ),
                prose(
                    "risk_note",
                    N_("Why"),
                    wanted=True,
                    help=N_("How likely harm is, and how bad it would be."),
                    article="AVG 33(5)",
                ),
                number(
                    "enisa_context",
                    N_("ENISA: context of the data (1-4)"),
                    minimum=LOWEST_CONTEXT,
                    maximum=HIGHEST_CONTEXT,
                    help=N_("1 simple, 2 behaviour, 3 financial, 4 sensitive; then weighed."),
                ),
                choice(
                    "enisa_identification",
                    N_("ENISA: ease of identification"),
                    listed="enisa_identification",
                    help=N_("How easily the data point to one person."),
                ),
                choices(
                    "enisa_circumstances",
                    N_("ENISA: circumstances"),
                    listed="enisa_circumstances",
                    help=N_("Secrecy lost, data changed or gone, ill intent: tick what applies."),
                ),
            ),
        ),
        Section(
            N_("The authority"),
            (
                choice(
                    "authority_decision",
                    N_("Report to the authority"),
                    YES_NO_NOT_YET,
                    short=N_("Authority"),
                    required=True,
                    default="not_yet",
                    article="AVG 33(1)",
                    instead=_BY_THE_CONTROLLER,
                ),
                choice(
                    "authority_reason_kind",
                    N_("Not, because"),
                    listed="not_to_authority",
                    shown=When("authority_decision", ("no",)),
                    required=True,
                    article="AVG 33(1)",
                ),
                prose(
                    "authority_reason",
                    N_("Reason of the decision"),
                    wanted=True,
                    article="AVG 33(5)",
                    help=N_("An inspector reads this first: which risk, for whom, how likely."),
                ),
                moment(
                    "authority_decided_at",
                    N_("Decided at"),
                    past=True,
                    dated=True,
                    help=N_("When it was decided, not when it was reported."),
                    article="AVG 33(5)",
                ),
                line(
                    "authority_decided_by",
                    N_("Decided by"),
                    help=N_("Who is responsible for the decision; the officer advises only."),
                    article="AVG 33(5)",
                ),
                prose("officer_advice", N_("Advice of the officer"), article="AVG 39"),
                moment(
                    "officer_advised_at", N_("Advised at"), past=True, dated=True, article="AVG 39"
                ),
                rows(
                    "notifications",
                    N_("Notifications"),
                    BreachNotification,
                    (
                        choice(
                            "phase",
                            N_("Phase"),
                            (
                                ("first", N_("first notification")),
                                ("follow_up", N_("follow-up notification")),
                                ("withdrawal", N_("withdrawal")),
                            ),
                            required=True,
                            default="first",
                            help=N_(
                                "A first notification need not be complete; follow-ups complete it."
                            ),
                            article="AVG 33(4)",
                        ),
                        line(
                            "authority",
                            N_("Authority"),
                            help=N_("Empty: the authority of the controller."),
                        ),
                        moment(
                            "sent_at",
                            N_("Sent at"),
                            required=True,
                            past=True,
                            dated=True,
                            help=N_(
                                "When the form was sent off: a first notification stops the clock."
                            ),
                            article="AVG 33(1)",
                        ),
                        line(
                            "number",
                            N_("Notification number"),
                            help=N_(
                                "As the authority gives it on receipt; later letters quote it."
                            ),
                        ),
                        line("sent_by", N_("Sent by")),
                        prose("note", N_("Note")),
                    ),
                    article="AVG 33(4)",
                    help=N_(
                        "Nothing is sent from here: record what was filled in on the "
                        "authority's form."
                    ),
                ),
                prose(
                    "delay_reason",
                    N_("Reason for the delay"),
                    article="AVG 33(1)",
                    help=N_("Obligatory when reported later than 72 hours after it was known."),
                ),
                yes_no(
                    "is_cross_border",
                    N_("People in several countries"),
                    article="AVG 56",
                    help=N_("Then the authority of the main establishment leads."),
                ),
                choices(
                    "countries",
                    N_("Which countries"),
                    listed="countries",
                    shown=When("is_cross_border", (True,)),
                    help=N_("Where the people live."),
                    article="AVG 4(23)",
                ),
                choices(
                    "other_authorities",
                    N_("Reported to other supervisors"),
                    listed="breach_other_authorities",
                    help=N_("Supervisors of other laws, such as AFM or DNB."),
                ),
                line(
                    "other_authorities_note",
                    N_("More about other supervisors"),
                    help=N_("Which one, when, and under which number."),
                ),
                choice(
                    "legal_basis",
                    N_("Legal basis of the notification"),
                    listed="breach_legal_bases",
                    default="avg",
                    help=N_("Nearly always the GDPR."),
                ),
                line("reporter_name", N_("Reported by"), article="AVG 33(3)(b)"),
                line(
                    "reporter_function",
                    N_("Function"),
                    help=N_("The authority's form asks for it."),
                ),
                of(
                    Kind.EMAIL,
                    "reporter_email",
                    N_("E-mail"),
                    help=N_("The authority's form asks for it."),
                ),
                of(
                    Kind.PHONE,
                    "reporter_phone",
                    N_("Telephone"),
                    help=N_("The authority's form asks for it."),
                ),
                line(
                    "contact_other",
                    N_("Other contact person"),
                    help=N_("Whom the authority may call instead of who reported."),
                    article="AVG 33(3)(b)",
                ),
            ),
        ),
        Section(
            N_("The people"),
            (
                choice(
                    "people_decision",
                    N_("Tell the people"),
                    YES_NO_NOT_YET,
                    short=N_("People"),
                    required=True,
                    default="not_yet",
                    article="AVG 34(1)",
                    instead=_BY_THE_CONTROLLER,
                ),
                choice(
                    "people_reason_kind",
                    N_("Not, because"),
                    listed="not_to_people",
                    shown=When("people_decision", ("no",)),
                    required=True,
                    article="AVG 34(3)",
                ),
                prose(
                    "people_reason",
                    N_("Reason of the decision"),
                    wanted=True,
                    help=N_("Why they are told, or why that is not needed."),
                    article="AVG 34",
                ),
                line(
                    "people_notice",
                    N_("Public notice: where"),
                    shown=_PUBLIC_NOTICE,
                    wanted=True,
                    article="AVG 34(3)(c)",
                    max_length=2000,
                    help=N_("The paper, the website or another way that reaches them as well."),
                ),
                moment(
                    "people_notice_at",
                    N_("Public notice: since when"),
                    shown=_PUBLIC_NOTICE,
                    wanted=True,
                    past=True,
                    dated=True,
                    article="AVG 34(3)(c)",
                ),
                moment(
                    "people_decided_at",
                    N_("Decided at"),
                    past=True,
                    dated=True,
                    article="AVG 34(1)",
                ),
                line(
                    "people_decided_by",
                    N_("Decided by"),
                    help=N_("Who is responsible for the decision; the officer advises only."),
                ),
                moment(
                    "people_told_at",
                    N_("Told at"),
                    past=True,
                    dated=True,
                    shown=_TOLD_PEOPLE,
                    wanted=True,
                    help=N_("When the first of them was told."),
                    article="AVG 34(1)",
                ),
                number(
                    "people_told_count",
                    N_("How many were told"),
                    shown=_TOLD_PEOPLE,
                    help=N_("Fewer than were touched? Then the others need another way."),
                ),
                choices(
                    "people_told_channels",
                    N_("How they were told"),
                    listed="breach_channels",
                    shown=_TOLD_PEOPLE,
                    help=N_("The authority's form asks for it."),
                ),
                prose(
                    "people_message",
                    N_("Text of the message"),
                    shown=_TOLD_PEOPLE,
                    article="AVG 34(2)",
                    help=N_(
                        "In plain words: what happened, what it may lead to, what was done, "
                        "whom to ask."
                    ),
                ),
            ),
        ),
        Section(
            N_("Measures"),
            (
                rows(
                    "measures",
                    N_("Measures"),
                    BreachMeasure,
                    (
                        choice(
                            "sort",
                            N_("Sort"),
                            (("corrective", N_("corrective")), ("preventive", N_("preventive"))),
                            required=True,
                            default="corrective",
                            help=N_(
                                "Corrective: against this breach. Preventive: against the next one."
                            ),
                        ),
                        line(
                            "measure",
                            N_("Measure"),
                            required=True,
                            max_length=2000,
                            help=N_("What was done or will be, in words an outsider follows."),
                            article="AVG 33(3)(d)",
                        ),
                        line("owner", N_("Owner"), help=N_("Who sees to it.")),
                        day("due_on", N_("Due on"), help=N_("The agenda counts down to this day.")),
                        day(
                            "done_on",
                            N_("Done on"),
                            past=True,
                            dated=True,
                            help=N_("Empty while it is still to be done."),
                        ),
                    ),
                    wanted=True,
                    article="AVG 33(3)(d), 33(5)",
                    help=N_("Corrective: against this breach. Preventive: against the next one."),
                ),
            ),
        ),
        Section(
            N_("File"),
            (
                rows(
                    "timeline",
                    N_("Timeline"),
                    BreachTimeline,
                    (
                        moment(
                            "happened_at",
                            N_("When"),
                            required=True,
                            past=True,
                            dated=True,
                            help=N_("When it took place; when it was entered is kept beside it."),
                        ),
                        line(
                            "what",
                            N_("What"),
                            required=True,
                            max_length=2000,
                            help=N_("One fact for each entry; no names of the people touched."),
                        ),
                        line("by_whom", N_("By")),
                    ),
                    appended=True,
                    help=N_("Entries are added, never changed."),
                ),
                rows(
                    "evidence",
                    N_("Evidence"),
                    BreachEvidence,
                    (
                        line("title", N_("Title"), required=True),
                        line(
                            "place", N_("Where it is kept"), help=N_("The file itself stays there.")
                        ),
                        line(
                            "sha256",
                            N_("SHA-256"),
                            help=N_(
                                "The fingerprint of the file, 64 signs: it proves that nothing was "
                                "changed."
                            ),
                        ),
                    ),
                    help=N_(
                        "Screenshots, logs, mails: where they lie, and how it can be proved that "
                        "they are unchanged."
                    ),
                    article="AVG 33(5)",
                ),
                prose(
                    "evaluation",
                    N_("Evaluation"),
                    help=N_("What would have prevented it, and what is done with that."),
                ),
                choice(
                    "state",
                    N_("State"),
                    (("open", N_("open")), ("closed", N_("closed"))),
                    required=True,
                    default="open",
                    help=N_("Close it when all is told, done and evaluated."),
                ),
                moment(
                    "closed_at",
                    N_("Closed at"),
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
        Column("title", 34),
        Column("aware_at", 18),
        Column("authority_decision", 18),
        Column("state", 10),
        Column("risk", 12, shown=False),
        Column("detected_at", 16, shown=False),
        Column("people_decision", 16, shown=False),
        Column("people_exact", 10, shown=False),
    ),
    filters=("state", "authority_decision", "risk", "controller_id"),
)
