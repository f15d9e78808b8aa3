"""The controllers (verwerkingsverantwoordelijken): whose registers these are."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Field

from privreg.registers import controller_findings
from privreg.registers.declaration import (
    Column,
    Kind,
    Register,
    Section,
    When,
    choice,
    day,
    line,
    links,
    of,
    prose,
    yes_no,
)
from privreg.registers.tables import Record, Row, parent, reference
from privreg.translation import N_


class Controller(Record, table=True):
    """One controller, with its officer and its supervisory authority (art. 30(1)(a))."""

    __tablename__ = "controllers"
    name: str = Field(index=True)
    trade_name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "NL"
    email: str = ""
    phone: str = ""
    website: str = ""
    kvk: str = ""
    vat: str = ""
    sector: str = ""
    is_financial: bool | None = None
    relation: str = "alone"
    arrangement: str = ""
    arrangement_on: date | None = None
    arrangement_document: str = ""
    has_officer: bool | None = None
    officer_name: str = ""
    officer_email: str = ""
    officer_phone: str = ""
    officer_number: str = ""
    officer_since_on: date | None = None
    no_officer_reason: str = ""
    contact_name: str = ""
    representative: str = ""
    authority: str = ""
    book_year_end: str = "12-31"
    promised_within: str = ""
    court: str = ""


class ControllerPartner(Row, table=True):
    """A controller with whom this one acts jointly (art. 26)."""

    __tablename__ = "controller_partners"
    parent_id: UUID = parent("controllers")
    target_id: UUID = reference("controllers")


_WITH_OFFICER = When("has_officer", (True,))
_JOINTLY = When("relation", ("joint",))

REGISTER = Register(
    slug="controllers",
    model=Controller,
    plural=N_("Controllers"),
    singular=N_("controller"),
    prefix="VV",
    icon="building",
    empty=N_("The organisation whose register this is stands here; add it first."),
    title=lambda values: str(values.get("name") or ""),
    check=controller_findings.check,
    findings=controller_findings.findings,
    sections=(
        Section(
            N_("Organisation"),
            (
                line(
                    "name",
                    N_("Name"),
                    required=True,
                    searched=True,
                    article="AVG 30(1)(a)",
                    help=N_("The legal name, as it stands in the trade register."),
                ),
                line(
                    "trade_name",
                    N_("Trade name"),
                    searched=True,
                    help=N_("The name people know, if it is another one."),
                ),
                line("street", N_("Street and number"), wanted=True, article="AVG 30(1)(a)"),
                of(Kind.POSTCODE, "postcode", N_("Postcode"), wanted=True, article="AVG 30(1)(a)"),
                line("city", N_("Town"), wanted=True, article="AVG 30(1)(a)"),
                of(
                    Kind.COUNTRY,
                    "country",
                    N_("Country of establishment"),
                    short=N_("Country"),
                    required=True,
                    default="NL",
                    help=N_("The supervisory authority, its form and the holidays follow it."),
                ),
                of(Kind.EMAIL, "email", N_("Privacy mailbox"), wanted=True, article="AVG 30(1)(a)"),
                of(Kind.PHONE, "phone", N_("Telephone"), wanted=True, article="AVG 30(1)(a)"),
                of(
                    Kind.WEBSITE,
                    "website",
                    N_("Website"),
                    help=N_("Where the privacy statement can be found."),
                    article="AVG 13",
                ),
                of(
                    Kind.KVK,
                    "kvk",
                    N_("KvK number"),
                    searched=True,
                    help=N_("Eight digits; abroad the number of the register there."),
                ),
                of(Kind.VAT, "vat", N_("VAT number")),
                line("sector", N_("Sector"), help=N_("The AP's breach form asks for it.")),
                yes_no(
                    "is_financial",
                    N_("Financial undertaking under the Wft"),
                    article="UAVG 42",
                    help=N_("Then art. 34 on telling the people does not apply."),
                ),
                line("contact_name", N_("Contact person for privacy"), article="AVG 33(3)(b)"),
            ),
        ),
        Section(
            N_("Acting together"),
            (
                choice(
                    "relation",
                    N_("Responsible"),
                    (
                        ("alone", N_("alone")),
                        ("joint", N_("jointly with others")),
                        ("apart", N_("apart, under one statement")),
                    ),
                    required=True,
                    default="alone",
                    article="AVG 26",
                    help=N_("Jointly: together they decide why and how."),
                ),
                links(
                    "partners",
                    N_("Together with"),
                    "controllers",
                    ControllerPartner,
                    shown=_JOINTLY,
                    required=True,
                    article="AVG 26",
                ),
                prose(
                    "arrangement",
                    N_("Arrangement between the joint controllers"),
                    shown=_JOINTLY,
                    wanted=True,
                    article="AVG 26(1)",
                    help=N_("Who answers requests, who informs people, who reports a breach."),
                ),
                day(
                    "arrangement_on",
                    N_("Arrangement agreed on"),
                    shown=_JOINTLY,
                    dated=True,
                    help=N_("As it stands on the document."),
                    article="AVG 26(1)",
                ),
                line(
                    "arrangement_document",
                    N_("Where the arrangement is kept"),
                    shown=_JOINTLY,
                    help=N_("Its essence must be open to people."),
                    article="AVG 26(2)",
                ),
                line(
                    "representative",
                    N_("Representative in the EU"),
                    article="AVG 27",
                    help=N_("Only for a controller established outside the EU."),
                ),
            ),
        ),
        Section(
            N_("Data protection officer"),
            (
                yes_no(
                    "has_officer",
                    N_("Is there a data protection officer?"),
                    short=N_("Officer"),
                    wanted=True,
                    article="AVG 37",
                ),
                line(
                    "officer_name",
                    N_("Name of the officer"),
                    shown=_WITH_OFFICER,
                    article="AVG 30(1)(a)",
                ),
                of(
                    Kind.EMAIL,
                    "officer_email",
                    N_("E-mail of the officer"),
                    shown=_WITH_OFFICER,
                    wanted=True,
                    article="AVG 30(1)(a)",
                ),
                of(
                    Kind.PHONE,
                    "officer_phone",
                    N_("Telephone of the officer"),
                    shown=_WITH_OFFICER,
                    article="AVG 30(1)(a)",
                ),
                line(
                    "officer_number",
                    N_("Registration number at the authority"),
                    shown=_WITH_OFFICER,
                    article="AVG 37(7)",
                ),
                day(
                    "officer_since_on",
                    N_("Officer since"),
                    shown=_WITH_OFFICER,
                    dated=True,
                    article="AVG 37(1)",
                ),
                prose(
                    "no_officer_reason",
                    N_("Why there is none"),
                    shown=When("has_officer", (False,)),
                    wanted=True,
                    article="AVG 37(1)",
                    help=N_("The authority expects this reasoning in writing."),
                ),
            ),
            short=N_("Officer"),
        ),
        Section(
            N_("Terms and authority"),
            (
                choice(
                    "authority",
                    N_("Supervisory authority"),
                    listed="authorities",
                    help=N_("Empty: the authority of the country of establishment."),
                ),
                of(
                    Kind.MONTH_DAY,
                    "book_year_end",
                    N_("Last day of the book year"),
                    required=True,
                    default="12-31",
                    help=N_("Month and day; fiscal terms count from it."),
                ),
                of(
                    Kind.PERIOD,
                    "promised_within",
                    N_("Answer promised within"),
                    help=N_("As the privacy statement promises it, beside the month of the law."),
                    article="AVG 12(3)",
                ),
                line("court", N_("Competent court"), article="UAVG 35"),
            ),
        ),
    ),
    columns=(
        Column("number", 10),
        Column("name", 32),
        Column("city", 18),
        Column("country", 8),
        Column("relation", 16),
        Column("has_officer", 10),
        Column("kvk", 12, shown=False),
        Column("email", 24, shown=False),
    ),
    filters=("country", "relation"),
)
