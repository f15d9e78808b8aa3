"""What reports ask of the store besides records: paper numbers given out, timers per rule."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from privreg.store import numbers
from privreg.store.governed import TIMERS
from privreg.store.tables import Setting

if TYPE_CHECKING:
    from uuid import UUID

_KEPT: sa.Table = Setting.__table__  # type: ignore[attr-defined]
_SERIES = "RP"
_PREFIX = "printed/"


@dataclass(frozen=True, slots=True)
class Given:
    """A number that was given to a paper, and whether it came out."""

    number: str
    is_printed: bool


def given(connection: sa.Connection, digest: str) -> Given | None:
    """Return the number that a paper with this content was given before."""
    query = sa.select(_KEPT.c.value).where(_KEPT.c.name == f"{_PREFIX}{digest}")
    found = connection.execute(query).scalar()
    return None if found is None else Given(found["number"], found["printed"])


def give_number(connection: sa.Connection, digest: str, year: int) -> str:
    """Give a paper the next number of a year, `RP-2026-0001`, and remember its content.

    One that was given a number meanwhile, at another desk or in another window, keeps that.
    """
    series = f"{_SERIES}-{year}"
    number = f"{series}-{numbers.take(connection, series):0{numbers.DIGITS}d}"
    known = given(connection, digest)
    if known is not None:
        return known.number
    value = {"number": number, "printed": False}
    connection.execute(sa.insert(_KEPT).values(name=f"{_PREFIX}{digest}", value=value))
    return number


def came_out(connection: sa.Connection, digest: str, number: str) -> None:
    """Remember that a paper was printed: the next one with this content is a copy."""
    kept = sa.update(_KEPT).where(_KEPT.c.name == f"{_PREFIX}{digest}")
    connection.execute(kept.values(value={"number": number, "printed": True}))


def timers_per_rule(connection: sa.Connection) -> dict[UUID, int]:
    """Count the items each rule governs; slow where millions are."""
    query = sa.select(TIMERS.c.rule_id, sa.func.count()).group_by(TIMERS.c.rule_id)
    return dict(connection.execute(query).all())
