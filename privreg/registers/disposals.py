"""Disposals (vernietigingen): proposal, lines, approvals, certificate; and tombstones."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from privreg.registers import reviews
from privreg.registers.declaration import (
    Column,
    Register,
    Section,
    choice,
    day,
    line,
    moment,
    prose,
    rows,
)
from privreg.registers.tables import Key, Record, Row, at, new_key, parent
from privreg.translation import N_


class Disposal(Record, table=True):
    """One disposal, from proposal to certificate; its lines hold no personal data."""

    __tablename__ = "disposals"
    title: str = ""
    due_on: date
    state: str = "proposed"
    proposed_at: datetime | None = at()
    proposed_by: str = ""
    approved_at: datetime | None = at()
    approved_by: str = ""
    executed_at: datetime | None = at()
    executed_by: str = ""
    backups_until_on: date | None = None
    journal_hash: str = ""
    note: str = ""


class DisposalLine(Row, table=True):
    """One item of the proposal, by its key; why it is due and what became of it."""

    __tablename__ = "disposal_lines"
    parent_id: UUID = parent("disposals")
    item_id: UUID = Field(sa_type=Key, index=True)
    rule_number: str = ""
    kind: str = ""
    action: str = ""
    outcome: str = ""
    reason: str = ""


class DisposalPlace(Row, table=True):
    """A place outside the program where the data must go as well."""

    __tablename__ = "disposal_places"
    parent_id: UUID = parent("disposals")
    place: str
    done_on: date | None = None
    done_by: str = ""


class Tombstone(SQLModel, table=True):
    """What outlives destroyed data: keyed hash of the customer code, day, action."""

    __tablename__ = "tombstones"
    id: UUID = Field(default_factory=new_key, primary_key=True, sa_type=Key)
    code_hash: str = Field(index=True, unique=True)
    disposed_on: date
    action: str
    disposal_number: str = ""


REGISTER = Register(
    slug="disposals",
    model=Disposal,
    plural=N_("Disposals"),
    singular=N_("disposal"),
    prefix="VN",
    yearly=True,
    icon="dispose",
    empty=N_("What was destroyed, when and by whom stands here."),
    title=lambda values: str(values.get("title") or ""),
    check=reviews.check_disposal,
    deadlines=reviews.disposal_deadlines,
    sections=(
        Section(
            N_("Disposal"),
            (
                line("title", N_("Title"), searched=True),
                day(
                    "due_on",
                    N_("Due on"),
                    required=True,
                    help=N_("All that is due through this day belongs to it."),
                    article="AVG 5(1)(e)",
                ),
                choice(
                    "state",
                    N_("State"),
                    (
                        ("proposed", N_("proposed")),
                        ("approved", N_("approved")),
                        ("executed", N_("executed")),
                        ("withdrawn", N_("withdrawn")),
                    ),
                    required=True,
                    default="proposed",
                ),
                moment("proposed_at", N_("Proposed at"), past=True, dated=True),
                line("proposed_by", N_("Proposed by")),
                moment("approved_at", N_("Approved at"), past=True, dated=True),
                line(
                    "approved_by",
                    N_("Approved by"),
                    help=N_("Another person than who proposed it."),
                    article="AVG 5(2)",
                ),
                moment("executed_at", N_("Executed at"), past=True, dated=True, article="AVG 5(2)"),
                line("executed_by", N_("Executed by")),
                day(
                    "backups_until_on",
                    N_("Last backup that holds the data expires on"),
                    help=N_("Until then a backup that is put back still holds the data."),
                    article="AVG 5(1)(e)",
                ),
                rows(
                    "places",
                    N_("Places outside the program"),
                    DisposalPlace,
                    (
                        line("place", N_("Place"), required=True),
                        day("done_on", N_("Done on"), past=True, dated=True),
                        line("done_by", N_("Done by")),
                    ),
                    help=N_("Other systems, paper and backups that hold the same data."),
                ),
                prose("note", N_("Note")),
            ),
        ),
    ),
    columns=(
        Column("number", 14),
        Column("title", 30),
        Column("due_on", 12),
        Column("state", 12),
        Column("executed_at", 16),
    ),
    filters=("state",),
)
