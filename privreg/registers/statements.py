"""Versions of the published privacy statement (privacyverklaring), art. 13 and 14."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Field

from privreg.registers import reviews
from privreg.registers.declaration import (
    Column,
    Kind,
    Register,
    Section,
    choice,
    day,
    line,
    link,
    of,
    prose,
)
from privreg.registers.tables import Record, optional_reference
from privreg.translation import N_


class Statement(Record, table=True):
    """One version of the statement a controller publishes."""

    __tablename__ = "statements"
    title: str = Field(index=True)
    controller_id: UUID | None = optional_reference("controllers")
    version_label: str = ""
    in_force_on: date | None = None
    ended_on: date | None = None
    announced_on: date | None = None
    announced_how: str = ""
    address: str = ""
    language: str = "nl"
    text: str = ""
    review_on: date | None = None
    changes: str = ""


REGISTER = Register(
    slug="statements",
    model=Statement,
    plural=N_("Privacy statements"),
    singular=N_("privacy statement"),
    prefix="PV",
    icon="report",
    empty=N_("Versions of the published privacy statement stand here."),
    title=lambda values: str(values.get("title") or ""),
    check=reviews.check_statement,
    deadlines=reviews.statement_deadlines,
    findings=reviews.statement_findings,
    sections=(
        Section(
            N_("Statement"),
            (
                line("title", N_("Title"), required=True, searched=True),
                link(
                    "controller_id",
                    N_("Controller"),
                    "controllers",
                    help=N_("Empty: of all controllers together."),
                    article="AVG 13(1)(a)",
                ),
                line(
                    "version_label",
                    N_("Version"),
                    help=N_("As the statement calls itself, or its year."),
                ),
                day(
                    "in_force_on",
                    N_("In force from"),
                    dated=True,
                    help=N_("The date of last change that the statement itself names."),
                ),
                day(
                    "ended_on",
                    N_("In force until"),
                    dated=True,
                    help=N_("Empty while it is in force."),
                ),
                day(
                    "announced_on",
                    N_("Change announced on"),
                    dated=True,
                    help=N_("When people were told of the change."),
                ),
                line(
                    "announced_how",
                    N_("Announced how"),
                    help=N_("By mail, on the site, in the shop."),
                    article="AVG 12(1)",
                ),
                of(
                    Kind.WEBSITE,
                    "address",
                    N_("Where it is published"),
                    help=N_("The page where people find it."),
                    article="AVG 12(1)",
                ),
                choice(
                    "language",
                    N_("Language"),
                    (("nl", N_("Dutch")), ("en", N_("English"))),
                    default="nl",
                ),
                prose(
                    "text",
                    N_("Text"),
                    searched=True,
                    help=N_("The whole text: later it shows what was promised when."),
                    article="AVG 5(2)",
                ),
                prose(
                    "changes",
                    N_("What changed"),
                    help=N_("In a few words, against the version before."),
                ),
                day("review_on", N_("Review on"), help=N_("The agenda counts down to this day.")),
            ),
        ),
    ),
    columns=(
        Column("number", 10),
        Column("title", 30),
        Column("version_label", 12),
        Column("in_force_on", 12),
        Column("ended_on", 12),
    ),
    filters=("controller_id",),
)
