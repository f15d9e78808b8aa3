"""Groups of people (categorieën betrokkenen), art. 30(1)(c)."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from sqlmodel import Field

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
from privreg.registers.words import PHASES
from privreg.translation import N_


class Group(Record, table=True):
    """A group of people about whom data are kept."""

    __tablename__ = "groups"
    name: str = Field(index=True)
    description: str = ""
    kind: str = "both"
    phases: list[str] = codes()
    is_children: bool | None = None
    is_vulnerable: bool | None = None


REGISTER = Register(
    slug="groups",
    model=Group,
    plural=N_("Groups of people"),
    singular=N_("group of people"),
    prefix="GB",
    icon="group",
    empty=N_("Groups such as customers, leads or applicants stand here."),
    title=lambda values: str(values.get("name") or ""),
    sort="name",
    sections=(
        Section(
            N_("Group"),
            (
                line("name", N_("Name"), required=True, searched=True, article="AVG 30(1)(c)"),
                prose(
                    "description",
                    N_("Description"),
                    help=N_("Who belongs to it, and who does not."),
                ),
                choice(
                    "kind",
                    N_("Consists of"),
                    (("person", N_("persons")), ("company", N_("companies")), ("both", N_("both"))),
                    required=True,
                    default="both",
                ),
                choices(
                    "phases",
                    N_("Phases of the relation"),
                    PHASES,
                    help=N_("A customer in one of these phases belongs to this group."),
                ),
                yes_no(
                    "is_children",
                    N_("Children"),
                    article="AVG 8",
                    help=N_("Children get extra care; they are marked in every report."),
                ),
                yes_no(
                    "is_vulnerable",
                    N_("Otherwise vulnerable people"),
                    help=N_("Such as patients or staff; it weighs in a DPIA."),
                    article="AVG 35",
                ),
            ),
        ),
    ),
    columns=(
        Column("number", 10),
        Column("name", 28),
        Column("kind", 14),
        Column("is_children", 10),
        Column("phases", 24, shown=False),
    ),
    filters=("kind",),
)
