"""The store's own tables: journal, numbers, settings, timers and search rows."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from privreg.registers.tables import Key, Moment

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class JournalEntry(SQLModel, table=True):
    """One change, chained to the one before it.

    `contents` holds per field its salt, old and new value, as texts of
    `journal_chain.canonical`. Of a struck field only the salted hash is left, in `struck`:
    the chain still verifies.
    """

    __tablename__ = "journal"
    seq: int = Field(primary_key=True, sa_type=BIG, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=Moment, index=True)
    user_id: UUID = Field(sa_type=Key)
    action: str
    slug: str
    record_id: UUID = Field(sa_type=Key, index=True)
    contents: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    struck: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)
    hash: str


class JournalHead(SQLModel, table=True):
    """The last link of the chain, so that a cut-off tail shows. One row."""

    __tablename__ = "journal_head"
    id: int = Field(default=1, primary_key=True)
    seq: int = Field(sa_type=BIG)
    hash: str


class Counter(SQLModel, table=True):
    """The last number given out per series (`DL-2026`)."""

    __tablename__ = "counters"
    series: str = Field(primary_key=True)
    last: int


class Setting(SQLModel, table=True):
    """A setting of the register, as JSON."""

    __tablename__ = "settings"
    name: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_type=sa.JSON)


class ItemTimer(SQLModel, table=True):
    """One rule at work on one item: the day it counts from, nothing that can go stale.

    `starts_on` is empty while the event has not happened. `drives` says that this rule's
    range finds the item when it is due: the minimums where there are any, else the maximums.
    """

    __tablename__ = "item_timers"
    __table_args__ = (
        sa.Index("ix_item_timers_due", "rule_id", "drives", "starts_on", "item_id"),
        {"sqlite_with_rowid": False},
    )
    item_id: UUID = Field(primary_key=True, foreign_key="items.id", ondelete="CASCADE", sa_type=Key)
    rule_id: UUID = Field(
        primary_key=True, foreign_key="rules.id", ondelete="RESTRICT", sa_type=Key
    )
    starts_on: date | None = None
    drives: bool = True


class SearchRow(SQLModel, table=True):
    """What of a record can be found: `codes` by everyone, `words` by who may see names."""

    __tablename__ = "search_rows"
    row: int | None = Field(default=None, primary_key=True, sa_type=BIG)
    slug: str = Field(index=True)
    record_id: UUID = Field(sa_type=Key, unique=True)
    codes: str = ""
    words: str = ""
