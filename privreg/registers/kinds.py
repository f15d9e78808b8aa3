"""Kinds of data (categorieën persoonsgegevens), art. 30(1)(c)."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from sqlmodel import Field

from privreg.registers import reviews
from privreg.registers.declaration import (
    Column,
    Register,
    Section,
    choice,
    choices,
    line,
    prose,
    yes_no,
)
from privreg.registers.tables import Record, codes
from privreg.registers.words import CUSTOMER_KINDS, SENSITIVITIES
from privreg.translation import N_

CUSTOMER_FIELDS = (
    ("birth_on", N_("Date of birth")),
    ("gender", N_("Gender")),
    ("identity_type", N_("Type of identity document")),
    ("identity_number", N_("Number of the identity document")),
    ("kvk", N_("KvK number")),
    ("vat", N_("VAT number")),
    ("company_type", N_("Type of company")),
    ("contact_name", N_("Contact person")),
    ("email", N_("E-mail")),
    ("phone", N_("Telephone")),
    ("mobile", N_("Mobile")),
    ("street", N_("Street and number")),
    ("postcode", N_("Postcode")),
    ("city", N_("Town")),
    ("delivery_address", N_("Delivery address")),
    ("invoice_address", N_("Invoice address")),
    ("iban", N_("IBAN")),
    ("payment", N_("Payment data")),
    ("account_name", N_("Account name")),
    ("ip_address", N_("IP address")),
    ("salary", N_("Last and wished salary")),
    ("notes", N_("Notes")),
)


class DataKind(Record, table=True):
    """A kind of data, with how sensitive it is and the customer fields that belong to it."""

    __tablename__ = "kinds"
    name: str = Field(index=True)
    description: str = ""
    sensitivity: str = "ordinary"
    special_categories: list[str] = codes()
    is_high_risk: bool | None = None
    risk_note: str = ""
    applies_to: str = "both"
    customer_fields: list[str] = codes()


REGISTER = Register(
    slug="kinds",
    model=DataKind,
    plural=N_("Kinds of data"),
    singular=N_("kind of data"),
    prefix="SG",
    icon="note",
    empty=N_("Kinds of data such as contact data, invoices or camera images stand here."),
    title=lambda values: str(values.get("name") or ""),
    findings=reviews.kind_findings,
    sort="name",
    sections=(
        Section(
            N_("Kind of data"),
            (
                line("name", N_("Name"), required=True, searched=True, article="AVG 30(1)(c)"),
                prose(
                    "description",
                    N_("Description"),
                    help=N_("What belongs to it, and what does not."),
                ),
                choice(
                    "sensitivity",
                    N_("Sensitivity"),
                    SENSITIVITIES,
                    required=True,
                    default="ordinary",
                    article="AVG 9, 10",
                ),
                choices(
                    "special_categories",
                    N_("Special categories"),
                    listed="special_categories",
                    article="AVG 9(1)",
                ),
                yes_no(
                    "is_high_risk",
                    N_("High risk"),
                    help=N_("For example a copy of an identity document."),
                ),
                prose(
                    "risk_note",
                    N_("Extra care taken"),
                    help=N_("For example: the national number on the copy is blanked."),
                ),
                choice(
                    "applies_to",
                    N_("Asked of"),
                    (*CUSTOMER_KINDS, ("both", N_("both"))),
                    required=True,
                    default="both",
                ),
                choices(
                    "customer_fields",
                    N_("Fields of a customer that belong to it"),
                    CUSTOMER_FIELDS,
                    help=N_("They are emptied when data of this kind are destroyed."),
                ),
            ),
        ),
    ),
    columns=(
        Column("number", 10),
        Column("name", 28),
        Column("sensitivity", 22),
        Column("is_high_risk", 10),
        Column("applies_to", 12, shown=False),
    ),
    filters=("sensitivity",),
)
