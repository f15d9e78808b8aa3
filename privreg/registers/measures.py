"""The library of measures (beveiligingsmaatregelen), art. 32(1)."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date

from sqlmodel import Field

from privreg.registers import reviews
from privreg.registers.declaration import Column, Register, Section, choice, day, line, prose
from privreg.registers.tables import Record
from privreg.translation import N_


class Measure(Record, table=True):
    """A technical or organisational measure that activities refer to."""

    __tablename__ = "measures"
    name: str = Field(index=True)
    kind: str = "technical"
    description: str = ""
    status: str = "in_place"
    owner: str = ""
    review_on: date | None = None


REGISTER = Register(
    slug="measures",
    model=Measure,
    plural=N_("Measures"),
    singular=N_("measure"),
    prefix="MA",
    icon="key",
    empty=N_("Security measures that activities refer to stand here."),
    title=lambda values: str(values.get("name") or ""),
    deadlines=reviews.measure_deadlines,
    sort="name",
    sections=(
        Section(
            N_("Measure"),
            (
                line("name", N_("Name"), required=True, searched=True, article="AVG 32(1)"),
                choice(
                    "kind",
                    N_("Kind of measure"),
                    (
                        ("technical", N_("technical")),
                        ("organisational", N_("organisational")),
                        ("physical", N_("physical")),
                    ),
                    required=True,
                    default="technical",
                    help=N_(
                        "Technical: in systems. Organisational: who may and must. Physical: doors "
                        "and cabinets."
                    ),
                    article="AVG 32(1)",
                ),
                prose(
                    "description",
                    N_("Description"),
                    searched=True,
                    help=N_("What it is, and where it holds."),
                    article="AVG 30(1)(g)",
                ),
                choice(
                    "status",
                    N_("State"),
                    (
                        ("in_place", N_("in place")),
                        ("planned", N_("planned")),
                        ("ended", N_("ended")),
                    ),
                    required=True,
                    default="in_place",
                    help=N_("Planned is not yet in place: only what is protects the data."),
                    article="AVG 32(1)",
                ),
                line("owner", N_("Owner"), help=N_("Who keeps it working.")),
                day(
                    "review_on",
                    N_("Review on"),
                    help=N_("The agenda counts down to this day."),
                    article="AVG 32(1)(d)",
                ),
            ),
        ),
    ),
    columns=(
        Column("number", 10),
        Column("name", 32),
        Column("kind", 14),
        Column("status", 12),
        Column("review_on", 12),
    ),
    filters=("kind", "status"),
)
