"""No report shows a role that sees codes only whom they stand for, nor does any list or search."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from privreg.clock import FixedClock
from privreg.errors import ProblemError
from privreg.registers.register_list import REGISTERS, register_of
from privreg.reports.kit.plain import plain
from privreg.services import records, reports
from privreg.services.desk import Desk, open_desk
from privreg.services.examples import PASSWORD, USER, make_example
from privreg.services.records import ListQuery
from privreg.services.roles import SignedIn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from privreg.registers.declaration import Register

NOW = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)
OF_PEOPLE = ("customers", "requests")
TELLING = 8
"""Shorter values may stand in a word of the report itself."""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an example once, to look at."""
    folder = tmp_path_factory.mktemp("paper") / "Opslag"
    return make_example(folder, "1box", customers=12, clock=FixedClock(NOW))


@pytest.fixture
def desk(example: Path) -> Iterator[Desk]:
    """Open the example as one who may do everything."""
    opened = open_desk(example, USER, PASSWORD, clock=FixedClock(NOW), read_only=True)
    yield opened
    opened.close()


def as_reader(desk: Desk) -> Desk:
    desk.user = SignedIn(desk.user.id, "anna", "Anna", frozenset({"reader"}))
    return desk


def personal_values(desk: Desk) -> set[str]:
    """Return what the personal fields of customers and requests hold, in whole values."""
    found: set[str] = set()
    for slug in OF_PEOPLE:
        fields = [each.name for each in register_of(slug).fields if each.personal]
        for row in records.page(desk, slug, ListQuery(), 0, 100).rows:
            record = records.load(desk, slug, row["id"])
            found |= {str(record[name]) for name in fields if record.get(name)}
    return {each for each in found if len(each) >= TELLING}


def said_by(desk: Desk, kind: reports.ReportKind) -> str:
    """Return what a report says, about each record where it is about one."""
    if not kind.needs_record:
        return plain(reports.build(desk, kind.code))
    rows = records.page(desk, kind.slug, ListQuery(), 0, 12).rows
    made = [reports.build(desk, kind.code, record=row["number"]) for row in rows]
    return "\n".join(plain(each) for each in made)


@pytest.mark.parametrize("kind", reports.KINDS, ids=lambda each: each.code)
def test_no_report_tells_a_reader_who_somebody_is(kind: reports.ReportKind, desk: Desk) -> None:
    hidden = personal_values(desk)
    assert len(hidden) > 20
    try:
        said = said_by(as_reader(desk), kind)
    except ProblemError:
        return  # this role may not print it at all
    assert {each for each in hidden if each in said} == set()


def test_what_is_looked_for_does_stand_on_the_paper_of_who_may_see_it(desk: Desk) -> None:
    said = said_by(desk, reports.kind_of("customer")) + said_by(desk, reports.kind_of("requests"))
    assert len({each for each in personal_values(desk) if each in said}) > 20


@pytest.mark.parametrize("register", REGISTERS, ids=lambda each: each.slug)
def test_no_list_and_no_record_tells_a_reader_who_somebody_is(
    register: Register, desk: Desk
) -> None:
    hidden = personal_values(desk)
    slug = register.slug
    customer = records.page(desk, "customers", ListQuery(), 0, 1).rows[0]["id"]
    parent = customer if register_of(slug).parent else None
    reader = as_reader(desk)
    try:
        rows = records.page(reader, slug, ListQuery(parent=parent), 0, 100).rows
        said = str(rows) + str([records.load(reader, slug, row["id"]) for row in rows])
    except ProblemError:
        return  # this role may not see it at all
    assert {each for each in hidden if each in said} == set()
