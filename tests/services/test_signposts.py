"""A page far down a long list begins at a signpost, and shows the same rows as without."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from privreg.services import records
from privreg.services.records import ListQuery
from privreg.store import signposts
from tests.services.conftest import a_customer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from privreg.services.desk import Desk

COUNT = 17
QUERIES = (
    ListQuery(),
    ListQuery(descending=True),
    ListQuery(sort="number"),
    ListQuery(sort="number", descending=True),
    ListQuery(filters={"phase": "lead"}),
    ListQuery(filters={"phase": "lead"}, descending=True),
)


@pytest.fixture
def long(any_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a register whose list is long for signposts three rows apart; names come twice."""
    monkeypatch.setattr(signposts, "APART", 3)
    for number in range(COUNT):
        a_customer(any_desk, name=f"Berk {number // 2}", phase=("lead", "customer")[number % 5 > 3])
    return any_desk


def pages(desk: Desk, query: ListQuery) -> list[list[UUID]]:
    return [
        [each["id"] for each in records.page(desk, "customers", query, offset, 4).rows]
        for offset in range(records.count(desk, "customers", query))
    ]


@contextmanager
def rows_passed(desk: Desk) -> Iterator[list[int]]:
    """Note by how many rows each query passes over."""
    found: list[int] = []

    def note(
        _connection: Any, _cursor: Any, statement: str, _parameters: Any, context: Any, _many: Any
    ) -> None:
        if "OFFSET" in statement:
            given = context.compiled_parameters[0]
            found.append(given["skip"] if "skip" in given else given["param_2"])

    sa.event.listen(desk.store.reader, "before_cursor_execute", note)
    yield found
    sa.event.remove(desk.store.reader, "before_cursor_execute", note)


@pytest.mark.parametrize("query", QUERIES)
def test_the_rows_are_those_that_stand_there(long: Desk, query: ListQuery) -> None:
    before = pages(long, query)
    records.signpost(long, "customers", query)
    with rows_passed(long) as passed:
        assert pages(long, query) == before
    assert max(passed) < signposts.APART


def test_after_a_change_the_rows_are_those_that_stand_there_now(long: Desk) -> None:
    records.signpost(long, "customers", ListQuery())
    a_customer(long, name="Aker")
    rows = pages(long, ListQuery())
    assert rows[1][:3] == rows[0][1:]
    assert len(rows) == COUNT + 1
    records.signpost(long, "customers", ListQuery())
    assert pages(long, ListQuery()) == rows


def test_a_list_that_no_index_puts_in_order_is_not_walked(long: Desk) -> None:
    for query in (ListQuery(sort="postcode"), ListQuery(text="berk")):
        records.signpost(long, "customers", query)
    with rows_passed(long) as passed:
        records.page(long, "customers", ListQuery(sort="postcode"), 9, 4)
    assert max(passed) == 9
