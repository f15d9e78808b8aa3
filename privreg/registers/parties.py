"""Parties (verwerkers en ontvangers): processors, controllers and recipients."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Field

from privreg.registers import party_findings
from privreg.registers.declaration import (
    Column,
    Kind,
    Register,
    Section,
    choice,
    choices,
    day,
    line,
    link,
    number,
    of,
    prose,
    rows,
    yes_no,
)
from privreg.registers.tables import Record, Row, codes, optional_reference, parent
from privreg.translation import N_


class Party(Record, table=True):
    """One party that gets or handles data, by name or as a class of recipients."""

    __tablename__ = "parties"
    name: str = Field(index=True)
    is_class: bool = False
    role: str = "processor"
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "NL"
    email: str = ""
    phone: str = ""
    website: str = ""
    kvk: str = ""
    service: str = ""
    fights_cybercrime: bool | None = None
    hosting: str = ""
    hosting_countries: list[str] = codes()
    under_id: UUID | None = optional_reference("parties")
    officer: str = ""
    representative: str = ""
    contact_breach: str = ""
    state: str = "in_use"
    note: str = ""


class Agreement(Row, table=True):
    """A processing agreement (verwerkersovereenkomst), art. 28(3)."""

    __tablename__ = "party_agreements"
    parent_id: UUID = parent("parties")
    title: str = ""
    signed_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None
    points: list[str] = codes()
    breach_hours: int | None = None
    document: str = ""
    note: str = ""


class Transfer(Row, table=True):
    """A transfer outside the EEA (doorgifte), chapter V."""

    __tablename__ = "party_transfers"
    parent_id: UUID = parent("parties")
    country: str = ""
    organisation: str = ""
    mechanism: str = ""
    assessed_on: date | None = None
    assessment: str = ""
    supplementary: str = ""
    document: str = ""


REGISTER = Register(
    slug="parties",
    model=Party,
    plural=N_("Parties"),
    singular=N_("party"),
    prefix="PA",
    icon="parties",
    empty=N_("Processors and others who get data stand here, with agreements and transfers."),
    title=lambda values: str(values.get("name") or ""),
    check=party_findings.check,
    deadlines=party_findings.deadlines,
    findings=party_findings.findings,
    sort="name",
    sections=(
        Section(
            N_("Party"),
            (
                line("name", N_("Name"), required=True, searched=True, article="AVG 30(1)(d)"),
                yes_no(
                    "is_class",
                    N_("A class of recipients, not one party"),
                    default=False,
                    help=N_(
                        "For example 'debt collectors', where the names do not matter or change."
                    ),
                ),
                choice(
                    "role",
                    N_("Role"),
                    (
                        ("processor", N_("processor")),
                        ("joint_controller", N_("joint controller")),
                        ("controller", N_("separate controller")),
                        ("recipient", N_("other recipient")),
                        ("client", N_("controller we work for")),
                    ),
                    required=True,
                    default="processor",
                    article="AVG 4(7)-(9)",
                ),
                line(
                    "service",
                    N_("What they do for us"),
                    short=N_("Service"),
                    searched=True,
                    help=N_("In a few words: payroll, hosting, deliveries."),
                    article="AVG 28(3)",
                ),
                line("street", N_("Street and number")),
                line("postcode", N_("Postcode")),
                line("city", N_("Town")),
                of(
                    Kind.COUNTRY,
                    "country",
                    N_("Country"),
                    default="NL",
                    help=N_("Where it is established; outside the EEA it needs a transfer."),
                    article="AVG 30(1)(e)",
                ),
                of(Kind.EMAIL, "email", N_("E-mail"), searched=True),
                of(Kind.PHONE, "phone", N_("Telephone")),
                of(Kind.WEBSITE, "website", N_("Website")),
                line(
                    "kvk",
                    N_("Registration number"),
                    searched=True,
                    help=N_("The number in the trade register, here or abroad."),
                ),
                line(
                    "officer",
                    N_("Data protection officer"),
                    help=N_("Its contact for privacy, where it has one."),
                    article="AVG 30(2)(a)",
                ),
                line("representative", N_("Representative in the EU"), article="AVG 27"),
                line(
                    "contact_breach",
                    N_("Whom to call about a breach"),
                    help=N_("A name and a number that answers at night as well."),
                    article="AVG 33(2)",
                ),
                yes_no(
                    "fights_cybercrime",
                    N_("Gets data to fight cybercrime or fraud"),
                    help=N_("Such a party gets data only under an agreement."),
                ),
                choice(
                    "state",
                    N_("State"),
                    (("in_use", N_("in use")), ("ended", N_("ended"))),
                    required=True,
                    default="in_use",
                    help=N_("What has ended stays here for the record."),
                ),
            ),
        ),
        Section(
            N_("Hosting and sub-processors"),
            (
                line(
                    "hosting",
                    N_("Where the data are hosted"),
                    help=N_("The data centre or the cloud service, and the town."),
                    article="AVG 28(3)(a)",
                ),
                choices(
                    "hosting_countries",
                    N_("Countries of hosting"),
                    listed="countries",
                    help=N_("A country outside the EEA is a transfer."),
                ),
                link(
                    "under_id",
                    N_("Sub-processor of"),
                    "parties",
                    article="AVG 28(2)",
                    help=N_("The processor that engaged this party."),
                ),
            ),
        ),
        Section(
            N_("Processing agreements"),
            (
                rows(
                    "agreements",
                    N_("Processing agreements"),
                    Agreement,
                    (
                        line("title", N_("Title"), required=True),
                        day(
                            "signed_on",
                            N_("Signed on"),
                            wanted=True,
                            dated=True,
                            help=N_("Without a signature it is not in force."),
                            article="AVG 28(9)",
                        ),
                        day("ends_on", N_("Ends on"), help=N_("Empty where it runs on.")),
                        day(
                            "review_on",
                            N_("Review on"),
                            help=N_("The agenda counts down to this day."),
                        ),
                        choices(
                            "points",
                            N_("Points of art. 28(3)"),
                            listed="agreement_points",
                            article="AVG 28(3)",
                            help=N_(
                                "Tick what the agreement settles, the right to audit among it."
                            ),
                        ),
                        number(
                            "breach_hours",
                            N_("Reports a breach within (hours)"),
                            article="AVG 33(2)",
                            minimum=1,
                            help=N_("The clock of a breach counts with it."),
                        ),
                        line(
                            "document",
                            N_("Where the document is kept"),
                            help=N_("A folder, a system or a cabinet."),
                        ),
                        prose("note", N_("Note")),
                    ),
                    article="AVG 28(3)",
                ),
            ),
        ),
        Section(
            N_("Transfers outside the EEA"),
            (
                rows(
                    "transfers",
                    N_("Transfers"),
                    Transfer,
                    (
                        of(
                            Kind.COUNTRY,
                            "country",
                            N_("Country"),
                            wanted=True,
                            help=N_("Of an international organisation: its seat, if it has one."),
                            article="AVG 30(1)(e)",
                        ),
                        line(
                            "organisation",
                            N_("International organisation"),
                            help=N_(
                                "Only for a body under international law, such as the United "
                                "Nations: its name, wherever it has its seat."
                            ),
                            article="AVG 4(26), 30(1)(e)",
                        ),
                        choice(
                            "mechanism",
                            N_("Mechanism"),
                            listed="transfer_mechanisms",
                            wanted=True,
                            article="AVG 44-49",
                            help=N_(
                                "Empty is a finding: without a mechanism the transfer is not "
                                "allowed."
                            ),
                        ),
                        day(
                            "assessed_on",
                            N_("Assessed on"),
                            dated=True,
                            help=N_("The day law and practice there were looked at."),
                            article="AVG 46(1)",
                        ),
                        prose(
                            "assessment",
                            N_("Assessment of law and practice there"),
                            wanted=True,
                            help=N_("Can the authorities there get at the data, and what then?"),
                            article="AVG 46(1)",
                        ),
                        prose(
                            "supplementary",
                            N_("Supplementary measures"),
                            help=N_("Say so too when none are needed."),
                        ),
                        line(
                            "document",
                            N_("Where the document is kept"),
                            wanted=True,
                            help=N_("People may ask for a copy."),
                            article="AVG 13(1)(f)",
                        ),
                    ),
                    article="AVG 30(1)(e)",
                ),
                prose("note", N_("Note")),
            ),
        ),
    ),
    columns=(
        Column("number", 10),
        Column("name", 28),
        Column("role", 18),
        Column("country", 8),
        Column("service", 26),
        Column("state", 10),
        Column("city", 16, shown=False),
        Column("under_id", 20, shown=False),
        Column("email", 22, shown=False),
    ),
    filters=("role", "country", "state"),
)
