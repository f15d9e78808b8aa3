"""Customers: people and companies of one controller, in every phase of the relation."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from privreg.errors import FieldProblem
from privreg.registers.customer_checks import NO_NUMBER, number_findings, of_its_kind
from privreg.registers.declaration import (
    Column,
    Kind,
    Register,
    Section,
    Values,
    When,
    choice,
    choices,
    day,
    line,
    link,
    links,
    of,
    prose,
    yes_no,
)
from privreg.registers.tables import (
    NUMBER_LENGTH,
    Record,
    Row,
    Watched,
    codes,
    parent,
    reference,
    watched,
)
from privreg.registers.words import CHANNELS, CUSTOMER_KINDS, PHASES
from privreg.translation import N_

FILTERED_BY = ("controller_id", "kind", "phase", "country")


class Customer(Record, Watched, table=True):
    """One person or company; `number` is the customer code, unique per controller.

    An index per order of the list, within all it can be filtered by, holds all that a page of
    it is chosen by: among a million, no record is read that is not shown.
    """

    __tablename__ = "customers"
    __table_args__ = (
        UniqueConstraint("controller_id", "number"),
        Index("ix_customers_by_number", "number", "id"),
        *(
            Index(f"ix_customers_listed_by_{name}", *FILTERED_BY, name, "id")
            for name in (
                *("number", "sort_name", "city", "email", "phone"),
                *("kvk", "contact_name", "changed_at"),
            )
        ),
        watched("customers"),
    )
    number: str = Field(max_length=NUMBER_LENGTH)
    controller_id: UUID = reference("controllers", index=False)
    kind: str = "person"
    phase: str = "customer"
    name: str = ""
    sort_name: str = ""
    first_name: str = ""
    birth_on: date | None = None
    gender: str = ""
    identity_type: str = ""
    identity_number: str = ""
    company_type: str = ""
    kvk: str = ""
    vat: str = ""
    contact_name: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "NL"
    delivery_address: str = ""
    invoice_address: str = ""
    iban: str = ""
    payment: str = ""
    account_name: str = ""
    ip_address: str = ""
    salary: str = ""
    language: str = "nl"
    preferences: list[str] = codes()
    do_not_mail: bool = False
    no_anonymised: bool = False
    statement_accepted_on: date | None = None
    statement_accepted: str = ""
    notes: str = ""


class CustomerGroup(Row, table=True):
    """A group the customer belongs to."""

    __tablename__ = "customer_groups"
    parent_id: UUID = parent("customers")
    target_id: UUID = reference("groups")


_PERSON = When("kind", ("person",))
_COMPANY = When("kind", ("company",))


def name_of(values: Values) -> str:
    """Return the name as shown: first and last name, or the company's name."""
    first = str(values.get("first_name") or "")
    return f"{first} {values.get('name') or ''}".strip()


def sort_name(values: Values) -> str:
    """Return the name by which lists sort: last name first, without capitals."""
    first = str(values.get("first_name") or "")
    return f"{values.get('name') or ''} {first}".strip().casefold()[:200]


def check(values: Values) -> Iterator[FieldProblem]:
    """Yield fields that are not asked of a customer of this kind."""
    return of_its_kind(REGISTER.fields, values)


REGISTER = Register(
    slug="customers",
    model=Customer,
    plural=N_("Customers"),
    singular=N_("customer"),
    prefix="K",
    icon="customers",
    large=True,
    empty=N_("Customers, leads, applicants and others whose data are kept stand here."),
    title=name_of,
    check=check,
    findings=partial(number_findings, "customers"),
    sort="sort_name",
    sections=(
        Section(
            N_("Who"),
            (
                line(
                    "number",
                    N_("Code"),
                    required=False,
                    searched=True,
                    max_length=NUMBER_LENGTH,
                    help=N_("The customer or contract number; empty: the next one."),
                ),
                link(
                    "controller_id",
                    N_("Controller"),
                    "controllers",
                    required=True,
                    help=N_("Whose customer this is: the rules of that controller run on it."),
                    article="AVG 4(7)",
                ),
                choice(
                    "kind",
                    N_("Kind of customer"),
                    CUSTOMER_KINDS,
                    required=True,
                    default="person",
                    help=N_("The form asks only what belongs to a person or to a company."),
                ),
                choice(
                    "phase",
                    N_("Phase"),
                    PHASES,
                    required=True,
                    default="customer",
                    help=N_("Where the relation stands now."),
                ),
                links(
                    "groups",
                    N_("Groups of people"),
                    "groups",
                    CustomerGroup,
                    wanted=True,
                    help=N_("They decide which retention rules apply."),
                ),
                line("first_name", N_("First name"), shown=_PERSON, personal=True, searched=True),
                line("name", N_("Name"), required=True, personal=True, searched=True),
                day(
                    "birth_on",
                    N_("Date of birth"),
                    shown=_PERSON,
                    personal=True,
                    past=True,
                    help=N_("Only where it is needed, such as for an age limit."),
                    article="AVG 5(1)(c)",
                ),
                line(
                    "gender",
                    N_("Gender"),
                    shown=_PERSON,
                    personal=True,
                    help=N_("Only where it is needed."),
                    article="AVG 5(1)(c)",
                ),
                line(
                    "identity_type",
                    N_("Type of identity document"),
                    shown=_PERSON,
                    personal=True,
                    help=N_("Such as passport or driving licence; never a copy of it."),
                    article="AVG 5(1)(c)",
                ),
                line(
                    "identity_number",
                    N_("Number of the identity document"),
                    shown=_PERSON,
                    personal=True,
                    help=N_("The document's own number; never the national number (BSN)."),
                    article="UAVG 46",
                ),
                line(
                    "company_type",
                    N_("Type of company"),
                    shown=_COMPANY,
                    personal=True,
                    help=N_("Such as a B.V., a V.O.F. or a sole trader."),
                ),
                of(
                    Kind.KVK,
                    "kvk",
                    N_("KvK number"),
                    shown=_COMPANY,
                    personal=True,
                    searched=True,
                    help=N_("Eight digits; abroad the number of the register there."),
                ),
                of(
                    Kind.VAT,
                    "vat",
                    N_("VAT number"),
                    shown=_COMPANY,
                    personal=True,
                    help=N_(
                        "As it stands on invoices; never the old number of a sole trader, which "
                        "holds the national number."
                    ),
                    article="UAVG 46",
                ),
                line(
                    "contact_name",
                    N_("Contact person"),
                    shown=_COMPANY,
                    personal=True,
                    searched=True,
                    help=N_("Who speaks for the company."),
                ),
            ),
        ),
        Section(
            N_("Address and contact"),
            (
                of(Kind.EMAIL, "email", N_("E-mail"), personal=True, searched=True),
                of(Kind.PHONE, "phone", N_("Telephone"), personal=True, searched=True),
                of(Kind.PHONE, "mobile", N_("Mobile"), personal=True, searched=True),
                line("street", N_("Street and number"), personal=True),
                of(Kind.POSTCODE, "postcode", N_("Postcode"), personal=True),
                line("city", N_("Town"), personal=True),
                of(
                    Kind.COUNTRY,
                    "country",
                    N_("Country"),
                    default="NL",
                    help=N_("The authority named in letters follows the country of the person."),
                ),
                line(
                    "delivery_address",
                    N_("Delivery address"),
                    personal=True,
                    help=N_("Where it is another one."),
                ),
                line(
                    "invoice_address",
                    N_("Invoice address"),
                    personal=True,
                    help=N_("Where it is another one."),
                ),
                choice(
                    "language",
                    N_("Language of letters"),
                    (("nl", N_("Dutch")), ("en", N_("English"))),
                    default="nl",
                    help=N_("In which letters and answers are written."),
                    article="AVG 12(1)",
                ),
            ),
        ),
        Section(
            N_("Account and payment"),
            (
                of(
                    Kind.IBAN,
                    "iban",
                    N_("IBAN"),
                    personal=True,
                    help=N_("Checked by its control digits."),
                ),
                line(
                    "payment",
                    N_("Payment data"),
                    personal=True,
                    help=N_(
                        "Such as the way of paying or the number of a mandate; no card numbers."
                    ),
                ),
                line(
                    "account_name",
                    N_("Account name"),
                    personal=True,
                    help=N_("The name of an account in a shop or portal; never a password."),
                ),
                line(
                    "ip_address",
                    N_("IP address"),
                    personal=True,
                    help=N_("Shortened where the whole address is not needed."),
                    article="AVG 5(1)(c)",
                ),
                line(
                    "salary",
                    N_("Last and wished salary"),
                    personal=True,
                    shown=When("phase", ("applicant",)),
                    help=N_("As the applicant gave it."),
                ),
            ),
            closed=True,
        ),
        Section(
            N_("Preferences"),
            (
                choices(
                    "preferences",
                    N_("May be approached by"),
                    CHANNELS,
                    help=N_("Advertising goes these ways only."),
                    article="AVG 21(2)",
                ),
                yes_no(
                    "do_not_mail", N_("Never send advertising"), default=False, article="AVG 21(3)"
                ),
                yes_no(
                    "no_anonymised",
                    N_("No anonymised copies either"),
                    default=False,
                    help=N_("Then data are erased where they would be anonymised."),
                ),
                day(
                    "statement_accepted_on",
                    N_("Accepted the statement on"),
                    past=True,
                    dated=True,
                    help=N_("This is no consent to a purpose."),
                ),
                line(
                    "statement_accepted",
                    N_("Which version"),
                    help=N_("The version of the privacy statement that was accepted."),
                ),
                prose(
                    "notes",
                    N_("Notes"),
                    personal=True,
                    searched=True,
                    help=N_("Facts only; no opinions, nothing about health, no national number."),
                    article="AVG 5(1)(c)",
                ),
                NO_NUMBER,
            ),
        ),
    ),
    columns=(
        Column("number", 12),
        Column("name", 28),
        Column("kind", 10),
        Column("phase", 16),
        Column("city", 16),
        Column("email", 26),
        Column("phone", 16, shown=False),
        Column("country", 8, shown=False),
        Column("kvk", 12, shown=False),
        Column("contact_name", 20, shown=False),
        Column("changed_at", 16, shown=False),
    ),
    filters=("phase", "kind", "controller_id", "country"),
)
