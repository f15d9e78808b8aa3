"""Processing activities (verwerkingsactiviteiten): the register of art. 30."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Field

from privreg.registers import activity_findings
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
    links,
    of,
    prose,
    rows,
    yes_no,
)
from privreg.registers.tables import (
    Record,
    Row,
    codes,
    optional_reference,
    parent,
    reference,
)
from privreg.registers.words import FORMS, GROUNDS
from privreg.translation import N_


class Activity(Record, table=True):
    """One processing activity, as controller (30(1)) or as processor (30(2))."""

    __tablename__ = "activities"
    name: str = Field(index=True)
    role: str = "controller"
    description: str = ""
    department: str = ""
    owner: str = ""
    state: str = "active"
    started_on: date | None = None
    ended_on: date | None = None
    review_on: date | None = None
    client_id: UUID | None = optional_reference("parties")
    processing_categories: str = ""
    source: str = "person"
    source_note: str = ""
    collected_at: list[str] = codes()
    collected_note: str = ""
    access: str = ""
    system: str = ""
    storage_place: str = ""
    storage_country: str = "NL"
    measures_note: str = ""
    has_automated_decisions: bool | None = None
    automated_logic: str = ""
    automated_consequences: str = ""
    has_profiling: bool | None = None
    profiling_note: str = ""
    dpia_triggers: list[str] = codes()
    dpia_outcome: str = ""
    dpia_done_on: date | None = None
    dpia_document: str = ""
    dpia_reason: str = ""
    has_no_recipients: bool | None = None
    transfer_note: str = ""
    version_label: str = ""
    signed_off_by: str = ""
    signed_off_on: date | None = None
    note: str = ""


class ActivityController(Row, table=True):
    """A controller of the activity."""

    __tablename__ = "activity_controllers"
    parent_id: UUID = parent("activities")
    target_id: UUID = reference("controllers")


class Purpose(Row, table=True):
    """A purpose (doel) with its ground (grondslag), art. 6(1)."""

    __tablename__ = "activity_purposes"
    parent_id: UUID = parent("activities")
    purpose: str
    ground: str = ""
    ground_note: str = ""
    statute: str = ""
    interest: str = ""
    necessity: str = ""
    balancing: str = ""
    special_ground: str = ""
    groups: list[str] = codes()
    is_publication: bool = False
    is_marketing: bool = False
    is_archive: bool = False


class ActivityData(Row, table=True):
    """A kind of data about a group of people in this activity."""

    __tablename__ = "activity_data"
    parent_id: UUID = parent("activities")
    group_id: UUID = reference("groups")
    kind_id: UUID = reference("kinds")
    form: str = "full"
    required_by: str = "not_required"
    consequence: str = ""
    source: str = ""
    collected: str = ""
    access: str = ""
    place: str = ""
    note: str = ""


class ActivityRecipient(Row, table=True):
    """A recipient (ontvanger) of the activity, per kind of data."""

    __tablename__ = "activity_recipients"
    parent_id: UUID = parent("activities")
    party_id: UUID = reference("parties")
    kinds: list[str] = codes()
    form: str = "full"
    purpose: str = ""


class ActivityRule(Row, table=True):
    """A retention rule the activity names."""

    __tablename__ = "activity_rules"
    parent_id: UUID = parent("activities")
    target_id: UUID = reference("rules")


class ActivityMeasure(Row, table=True):
    """A security measure the activity names."""

    __tablename__ = "activity_measures"
    parent_id: UUID = parent("activities")
    target_id: UUID = reference("measures")


_INTEREST = When("ground", ("legitimate_interest",))
_CONTROLLER = When("role", ("controller",))
_PROCESSOR = When("role", ("processor",))
_AUTOMATED = When("has_automated_decisions", (True,))

PURPOSE_FIELDS = (
    line("purpose", N_("Purpose"), required=True, article="AVG 30(1)(b)"),
    choice("ground", N_("Ground"), GROUNDS, wanted=True, article="AVG 6(1)"),
    line(
        "ground_note",
        N_("Explanation of the ground"),
        help=N_("Which contract, which duty, which consent makes the ground true."),
        article="AVG 6(1)",
    ),
    line(
        "statute",
        N_("Statute"),
        shown=When("ground", ("legal_obligation", "public_task")),
        article="AVG 6(3)",
    ),
    prose(
        "interest", N_("Legitimate interest"), shown=_INTEREST, wanted=True, article="AVG 6(1)(f)"
    ),
    prose(
        "necessity",
        N_("Why it is necessary"),
        shown=_INTEREST,
        wanted=True,
        help=N_("Why the aim cannot be reached with less data or in a milder way."),
        article="AVG 6(1)(f)",
    ),
    prose(
        "balancing",
        N_("Balancing with the person's interests"),
        shown=_INTEREST,
        wanted=True,
        help=N_("Why the person's interests do not weigh more, and what was done to spare them."),
        article="AVG 6(1)(f)",
    ),
    choice(
        "special_ground",
        N_("Exception for special categories"),
        listed="special_grounds",
        article="AVG 9(2)",
        help=N_("Special categories are forbidden unless one of these applies."),
    ),
    choices(
        "groups",
        N_("Groups of people"),
        listed="register:groups",
        help=N_("Only those for whom this purpose holds."),
        article="AVG 30(1)(c)",
    ),
    yes_no("is_marketing", N_("Direct marketing"), default=False, article="AVG 21(2)"),
    yes_no(
        "is_publication",
        N_("Publication"),
        default=False,
        help=N_("The data become public; that needs consent."),
    ),
    yes_no("is_archive", N_("Archive, history or statistics"), default=False, article="AVG 89"),
)
DATA_FIELDS = (
    link("group_id", N_("Group of people"), "groups", required=True, article="AVG 30(1)(c)"),
    link("kind_id", N_("Kind of data"), "kinds", required=True, article="AVG 30(1)(c)"),
    choice(
        "form",
        N_("Form"),
        FORMS,
        required=True,
        default="full",
        help=N_("As little as will do: anonymised where nobody need be known."),
        article="AVG 5(1)(c)",
    ),
    choice(
        "required_by",
        N_("Required"),
        (
            ("not_required", N_("not required")),
            ("law", N_("by law")),
            ("contract", N_("by contract")),
            ("to_contract", N_("to enter into a contract")),
        ),
        default="not_required",
        article="AVG 13(2)(e)",
    ),
    line(
        "consequence",
        N_("What happens if it is not given"),
        shown=When("required_by", ("law", "contract", "to_contract")),
        help=N_("What the person then misses: no delivery, no contract."),
        article="AVG 13(2)(e)",
    ),
    line("source", N_("Source"), article="AVG 14(2)(f)"),
    line(
        "collected",
        N_("Moment of collection"),
        help=N_("Only where it differs from the rest."),
        article="AVG 13",
    ),
    line(
        "access",
        N_("Who has access"),
        help=N_("Only where it differs from the rest."),
        article="AVG 25(2)",
    ),
    line("place", N_("Where it is kept"), help=N_("Only where it differs from the rest.")),
    prose("note", N_("Note")),
)
RECIPIENT_FIELDS = (
    link("party_id", N_("Party"), "parties", required=True, article="AVG 30(1)(d)"),
    choices(
        "kinds",
        N_("Which kinds of data"),
        listed="register:kinds",
        wanted=True,
        help=N_("As few as possible; not 'all'."),
    ),
    choice(
        "form",
        N_("In what form"),
        FORMS,
        required=True,
        default="full",
        help=N_("As little as will do: anonymised where nobody need be known."),
        article="AVG 5(1)(c)",
    ),
    line(
        "purpose",
        N_("For what"),
        help=N_("What the recipient does with it."),
        article="AVG 5(1)(b)",
    ),
)

REGISTER = Register(
    slug="activities",
    model=Activity,
    plural=N_("Processing activities"),
    singular=N_("processing activity"),
    prefix="VA",
    icon="activity",
    empty=N_("Every processing of personal data stands here: what for, whose, which, how long."),
    title=lambda values: str(values.get("name") or ""),
    check=activity_findings.check,
    deadlines=activity_findings.deadlines,
    findings=activity_findings.findings,
    sections=(
        Section(
            N_("Activity"),
            (
                line(
                    "name",
                    N_("Name"),
                    required=True,
                    searched=True,
                    help=N_("Name the activity, not the computer system."),
                ),
                choice(
                    "role",
                    N_("We are"),
                    (("controller", N_("controller")), ("processor", N_("processor"))),
                    short=N_("Role"),
                    required=True,
                    default="controller",
                    article="AVG 30(1), 30(2)",
                ),
                links(
                    "controllers",
                    N_("Controllers"),
                    "controllers",
                    ActivityController,
                    wanted=True,
                    article="AVG 30(1)(a)",
                ),
                link(
                    "client_id",
                    N_("On behalf of"),
                    "parties",
                    shown=_PROCESSOR,
                    wanted=True,
                    article="AVG 30(2)(a)",
                ),
                prose(
                    "processing_categories",
                    N_("Categories of processing"),
                    shown=_PROCESSOR,
                    wanted=True,
                    article="AVG 30(2)(b)",
                ),
                prose(
                    "description",
                    N_("Description"),
                    searched=True,
                    help=N_(
                        "What happens with the data, in a few sentences an outsider understands."
                    ),
                ),
                line(
                    "department",
                    N_("Department"),
                    help=N_("Which part of the organisation answers for it."),
                ),
                line(
                    "owner",
                    N_("Owner"),
                    wanted=True,
                    help=N_("Who knows this processing and keeps the description up to date."),
                ),
                choice(
                    "state",
                    N_("State"),
                    (("draft", N_("draft")), ("active", N_("active")), ("ended", N_("ended"))),
                    required=True,
                    default="active",
                    help=N_("What has ended stays here for the record."),
                ),
                day(
                    "started_on",
                    N_("Since"),
                    dated=True,
                    help=N_("Empty where that is no longer known."),
                ),
                day(
                    "ended_on",
                    N_("Until"),
                    shown=When("state", ("ended",)),
                    dated=True,
                    help=N_("From this day nothing is collected for it any more."),
                ),
                day(
                    "review_on",
                    N_("Review on"),
                    wanted=True,
                    article="AVG 5(2)",
                    help=N_("The register warns when the review is due."),
                ),
            ),
        ),
        Section(
            N_("Purposes and grounds"),
            (
                rows(
                    "purposes",
                    N_("Purposes"),
                    Purpose,
                    PURPOSE_FIELDS,
                    wanted=True,
                    shown=_CONTROLLER,
                    article="AVG 30(1)(b)",
                ),
            ),
        ),
        Section(
            N_("People and data"),
            (
                rows(
                    "data",
                    N_("People and data"),
                    ActivityData,
                    DATA_FIELDS,
                    wanted=True,
                    article="AVG 30(1)(c)",
                ),
                choice(
                    "source",
                    N_("Where the data come from"),
                    (
                        ("person", N_("from the person")),
                        ("organisation", N_("from the organisation the person represents")),
                        ("public", N_("from public sources")),
                        ("third", N_("from others")),
                    ),
                    default="person",
                    article="AVG 14(2)(f)",
                ),
                line(
                    "source_note",
                    N_("More about the source"),
                    help=N_("Which public register, which company."),
                    article="AVG 14(2)(f)",
                ),
                choices(
                    "collected_at",
                    N_("Moments of collection"),
                    listed="collection_moments",
                    article="AVG 13",
                ),
                line(
                    "collected_note",
                    N_("More about the collection"),
                    help=N_("What the list above does not say."),
                    article="AVG 13",
                ),
                line("access", N_("Who has access"), article="AVG 25(2)"),
            ),
        ),
        Section(
            N_("Recipients and transfers"),
            (
                rows(
                    "recipients",
                    N_("Recipients"),
                    ActivityRecipient,
                    RECIPIENT_FIELDS,
                    article="AVG 30(1)(d)",
                    help=N_(
                        "Everybody who gets the data, processors included, by name or by class."
                    ),
                ),
                yes_no(
                    "has_no_recipients",
                    N_("Nobody else gets these data"),
                    article="AVG 30(1)(d)",
                    help=N_("Say yes only where no recipient is named above."),
                ),
                prose(
                    "transfer_note",
                    N_("About transfers outside the EEA"),
                    article="AVG 30(1)(e)",
                    help=N_(
                        "The countries and safeguards stand with each party; say here what "
                        "is particular."
                    ),
                ),
            ),
        ),
        Section(
            N_("How long"),
            (
                links(
                    "rules",
                    N_("Retention rules"),
                    "rules",
                    ActivityRule,
                    wanted=True,
                    article="AVG 30(1)(f)",
                    help=N_("A kind of data without any rule is shown as a gap."),
                ),
            ),
        ),
        Section(
            N_("Security and place"),
            (
                links(
                    "measures",
                    N_("Measures"),
                    "measures",
                    ActivityMeasure,
                    wanted=True,
                    article="AVG 30(1)(g)",
                ),
                prose(
                    "measures_note",
                    N_("More about the security"),
                    help=N_("What is particular here, beside the measures named."),
                    article="AVG 32(1)",
                ),
                line(
                    "system",
                    N_("System"),
                    searched=True,
                    help=N_("The program, the service or the cabinet the data are in."),
                ),
                line(
                    "storage_place",
                    N_("Place of storage"),
                    help=N_("A town, a data centre or a room."),
                ),
                of(
                    Kind.COUNTRY,
                    "storage_country",
                    N_("Country of storage"),
                    default="NL",
                    help=N_("Outside the EEA it is a transfer."),
                ),
            ),
        ),
        Section(
            N_("Automated decisions and DPIA"),
            (
                yes_no(
                    "has_automated_decisions",
                    N_("Solely automated decisions"),
                    wanted=True,
                    article="AVG 22",
                    help=N_(
                        "A decision without a person, with legal effects or as serious: a "
                        "refusal by a score."
                    ),
                ),
                prose(
                    "automated_logic",
                    N_("The logic involved"),
                    shown=_AUTOMATED,
                    required=True,
                    article="AVG 13(2)(f)",
                    help=N_("In words the person understands: what is looked at, and how."),
                ),
                prose(
                    "automated_consequences",
                    N_("Consequences for the person"),
                    shown=_AUTOMATED,
                    required=True,
                    article="AVG 13(2)(f)",
                ),
                yes_no(
                    "has_profiling",
                    N_("Profiling"),
                    article="AVG 4(4)",
                    help=N_("Judging people by their data: interests, behaviour, ability to pay."),
                ),
                prose(
                    "profiling_note",
                    N_("About the profiling"),
                    shown=When("has_profiling", (True,)),
                    help=N_("What is predicted, from which data, and what is done with it."),
                    article="AVG 13(2)(f)",
                ),
                choices(
                    "dpia_triggers",
                    N_("DPIA triggers that apply"),
                    listed="dpia_triggers",
                    article="AVG 35",
                    help=N_(
                        "In particular required in the three cases of article 35(3), and "
                        "for what is on the authority's list. Two of the nine criteria make it "
                        "obligatory as a rule; one may suffice."
                    ),
                ),
                choice(
                    "dpia_outcome",
                    N_("DPIA"),
                    (
                        ("not_needed", N_("not needed")),
                        ("planned", N_("planned")),
                        ("running", N_("being done")),
                        ("done", N_("carried out")),
                        ("prior_consultation", N_("prior consultation of the authority")),
                    ),
                    wanted=True,
                    article="AVG 35",
                ),
                day(
                    "dpia_done_on",
                    N_("DPIA done on"),
                    shown=When("dpia_outcome", ("done", "prior_consultation")),
                    dated=True,
                    article="AVG 35(1)",
                ),
                line(
                    "dpia_document",
                    N_("Where the DPIA is kept"),
                    shown=When("dpia_outcome", ("done", "prior_consultation")),
                    help=N_("A folder, a system or a cabinet."),
                    article="AVG 35(7)",
                ),
                prose(
                    "dpia_reason",
                    N_("Outcome, or why none is needed"),
                    wanted=True,
                    help=N_("What came out of it, or why none of the triggers applies."),
                    article="AVG 35",
                ),
            ),
            short=N_("Decisions and DPIA"),
        ),
        Section(
            N_("Version"),
            (
                line("version_label", N_("Version"), help=N_("Such as 1.2, or the year.")),
                line(
                    "signed_off_by",
                    N_("Signed off by"),
                    help=N_("Who approved this description."),
                    article="AVG 5(2)",
                ),
                day("signed_off_on", N_("Signed off on"), dated=True, article="AVG 5(2)"),
                prose("note", N_("Note")),
            ),
            closed=True,
        ),
    ),
    columns=(
        Column("number", 10),
        Column("name", 34),
        Column("role", 12),
        Column("owner", 16),
        Column("state", 10),
        Column("review_on", 12),
        Column("dpia_outcome", 14, shown=False),
        Column("system", 18, shown=False),
        Column("department", 16, shown=False),
    ),
    filters=("role", "state", "dpia_outcome"),
)
