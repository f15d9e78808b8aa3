"""What every table shares: keys, moments, and the two bases `Record` and `Row`."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import JSON, DateTime, Index, LargeBinary, Uuid, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine

NUMBER_LENGTH = 40
LINE_LENGTH = 200
TEXT_LENGTH = 200_000
LARGEST_NUMBER = 2_000_000_000
"""What a whole number of PostgreSQL holds, rounded down."""


def new_key() -> UUID:
    """Make a key for a new record: keys made after each other lie beside each other on disk."""
    return uuid7()


class Key(TypeDecorator[UUID]):
    """A UUID: sixteen bytes on SQLite, the engine's own type on PostgreSQL."""

    impl = Uuid
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the engine."""
        return dialect.type_descriptor(LargeBinary(16) if dialect.name == "sqlite" else Uuid())

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        """Write the key as the engine keeps it."""
        return value.bytes if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:  # noqa: ARG002
        """Read the key back."""
        return UUID(bytes=value) if isinstance(value, bytes) else value


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite forgets zones, so it is given back here."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the engine."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name != "sqlite"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write the moment in UTC; a naive one is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(value)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read the moment back, aware, in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Entry(SQLModel):
    """A record without a number of its own: one event, item, hold or consent of a customer.

    `entered` says, for each dated fact that was filled in, the moment it was entered
    (ISO 8601, UTC): the moment something happened stands in the field itself.
    """

    id: UUID = Field(default_factory=new_key, primary_key=True, sa_type=Key)
    version: int = 1
    created_at: datetime = Field(sa_type=Moment)
    created_by: UUID = Field(sa_type=Key)
    changed_at: datetime = Field(sa_type=Moment)
    changed_by: UUID = Field(sa_type=Key)
    entered: dict[str, str] = Field(default_factory=dict, sa_type=JSON)


class Record(Entry):
    """A record with its human number (`DL-2026-0007`), unique within its register."""

    number: str = Field(max_length=NUMBER_LENGTH, unique=True)


class Watched(SQLModel):
    """What a record with free text about a customer keeps besides (article 46 UAVG).

    `may_hold_number` is written by the gate at each save: nine digits in a text pass the test
    of a national number. `no_number_because` says what they are instead.
    """

    may_hold_number: bool = False
    no_number_because: str = ""


def watched(table: str) -> Index:
    """Declare the index by which the few records with such a text are found among a million."""
    return Index(
        f"ix_{table}_may_hold_number",
        "id",
        sqlite_where=text("may_hold_number = 1"),
        postgresql_where=text("may_hold_number"),
    )


class Row(SQLModel):
    """A row of a form: part of its record, saved and undone with it.

    Each table adds `parent_id`, a foreign key to its record that deletes with it.
    """

    id: UUID = Field(default_factory=new_key, primary_key=True, sa_type=Key)
    position: int = 0
    entered_at: datetime = Field(sa_type=Moment)


def parent(table: str, *, index: bool = True) -> Any:
    """Declare the foreign key of a row to its record in `table`.

    Without `index` where another index begins with it.
    """
    return Field(foreign_key=f"{table}.id", index=index, ondelete="CASCADE", sa_type=Key)


def reference(table: str, *, index: bool = True) -> Any:
    """Declare a required foreign key to another record, which then cannot be deleted.

    Without `index` where nobody asks for the records that refer to one, and they are many.
    """
    return Field(foreign_key=f"{table}.id", index=index, ondelete="RESTRICT", sa_type=Key)


def optional_reference(table: str) -> Any:
    """Declare an optional foreign key to another record, which then cannot be deleted."""
    return Field(
        default=None, foreign_key=f"{table}.id", index=True, ondelete="RESTRICT", sa_type=Key
    )


def codes() -> Any:
    """Declare a column that holds a list of codes."""
    return Field(default_factory=list, sa_type=JSON)


def at() -> Any:
    """Declare an optional moment."""
    return Field(default=None, sa_type=Moment)
