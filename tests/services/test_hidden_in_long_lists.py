"""A long list that hides values is walked, not sorted; its pages fit, and it tells nothing."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from privreg.law.retention import ItemStatus
from privreg.services import records
from privreg.services.item_states import state_of
from privreg.services.records import ListQuery
from privreg.store import long_lists, regoverning, signposts
from privreg.store.due import reaches_of
from privreg.store.item_reading import ItemsRead
from privreg.store.kept_only import out_of_use
from tests.services.conftest import a_customer, add
from tests.services.test_restricted import TODAY, an_item, with_role

if TYPE_CHECKING:
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk

COUNT = 11
SMALL = ("USING COVERING INDEX ix_customers_listed_by_number", "ix_holds_restricting")
"""What is begun at its first row only, and the index of the restrictions alone."""
GUARDED = ("items", "item_timers", "holds", "hold_items", "customers", "search_rows")


@pytest.fixture
def hiding(any_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return the desk of staff over such customers, with signposts three rows apart."""
    monkeypatch.setattr(signposts, "APART", 3)
    return with_hidden_towns(any_desk)


def with_hidden_towns(desk: Desk) -> Desk:
    """Return the desk of staff over customers of whom some towns may not be seen."""
    item = an_item(desk, restricted=True)
    kind = records.load(desk, "kinds", item["kind_id"])
    records.save(desk, "kinds", {**kind, "customer_fields": ["city", "email"]})
    for number in range(COUNT):
        customer = a_customer(desk, name=f"Berk {number}", city=f"Stad {number * 7 % COUNT}")
        if number % 4 == 1:
            whose = {"customer_id": customer["id"], "group_id": item["group_id"]}
            kept = {**whose, "kind_id": kind["id"], "dated_on": date(2020, 1, 1)}
            add(desk, "items", **kept, label=f"Brief {number}")
    return with_role(desk, "staff")


def towns(desk: Desk, query: ListQuery, offset: int, limit: int) -> list[tuple[UUID, str | None]]:
    rows = records.page(desk, "customers", query, offset, limit).rows
    return [(row["id"], row["city"]) for row in rows]


@pytest.mark.parametrize("descending", [False, True])
def test_the_pages_of_a_list_fit_and_what_is_hidden_stands_behind_them(
    hiding: Desk, *, descending: bool
) -> None:
    query = ListQuery(sort="city", descending=descending)
    count = records.count(hiding, "customers", query)
    whole = towns(hiding, query, 0, count + 9)
    told = [town for _key, town in whole if town is not None]
    assert count == len(whole) == len(set(whole)) == COUNT + 1
    assert [town for _key, town in whole[len(told) :]] == [None] * 4
    assert told == sorted(told, reverse=descending)
    for is_walked in (False, True):
        if is_walked:
            records.signpost(hiding, "customers", query)
        for offset in range(count + 2):
            assert towns(hiding, query, offset, 4) == whole[offset : offset + 4]


def test_a_list_that_would_begin_with_hidden_values_only_stands_in_its_own_order(
    hiding: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_name = [key for key, _town in towns(hiding, ListQuery(), 0, 99)]
    monkeypatch.setattr(long_lists, "TOO_MANY_HIDDEN", 1)
    query = ListQuery(sort="city", descending=True)
    for is_walked in (False, True):
        if is_walked:
            records.signpost(hiding, "customers", query)
        assert [key for key, _town in towns(hiding, query, 0, 99)] == by_name[::-1]
        assert [key for key, _town in towns(hiding, query, 5, 3)] == by_name[::-1][5:8]


def test_what_one_may_see_is_not_remembered_for_another(hiding: Desk) -> None:
    query = ListQuery(sort="city")
    records.signpost(hiding, "customers", query)
    assert [town for _key, town in towns(hiding, query, 0, 99)].count(None) == 4
    officer = with_role(hiding, "officer")
    assert [town for _key, town in towns(officer, query, 0, 99)].count(None) == 3


@pytest.mark.parametrize("query", [ListQuery(sort="city"), ListQuery(), ListQuery(text="berk")])
def test_no_page_goes_through_a_table_or_sorts_a_register(desk: Desk, query: ListQuery) -> None:
    plans = plans_of(with_hidden_towns(desk), query)
    scanned = [
        line
        for line in plans
        for table in GUARDED
        if line.startswith(f"SCAN {table}") and not line.endswith(SMALL)
    ]
    assert scanned == [], plans
    if not query.text:
        assert [line for line in plans if "TEMP B-TREE" in line] == []
        walked = f"SEARCH customers USING COVERING INDEX ix_customers_listed_by_{query.sort}"
        assert [line for line in plans if line.startswith(walked)] != [], plans


def plans_of(desk: Desk, query: ListQuery) -> list[str]:
    """Return how SQLite answers each of the questions for a page."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        asked.append((statement, parameters))

    sa.event.listen(desk.store.reader, "before_cursor_execute", note)
    assert len(records.page(desk, "customers", query, 0, 4).rows) == 4
    sa.event.remove(desk.store.reader, "before_cursor_execute", note)
    with desk.store.read() as connection:
        return [
            row[3]
            for statement, parameters in asked
            if statement.startswith("SELECT")
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]


def test_a_letter_reads_what_governs_only_where_a_record_changed(hiding: Desk) -> None:
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    def letters(text: str) -> list[str | None]:
        asked.clear()
        return [town for _key, town in towns(hiding, ListQuery(text=text), 0, 99)]

    letters("b")
    sa.event.listen(hiding.store.reader, "before_cursor_execute", note)
    assert None in letters("be")
    governing = [each for each in asked if "FROM rules" in each or "FROM kinds" in each]
    assert governing == []
    for kind in records.page(hiding, "kinds", ListQuery(), 0, 99).rows:
        if kind["customer_fields"]:
            coordinator = with_role(hiding, "coordinator")
            records.save(coordinator, "kinds", {**kind, "customer_fields": ["email"]})
    with_role(hiding, "staff")
    assert None not in letters("ber")
    sa.event.remove(hiding.store.reader, "before_cursor_execute", note)


def test_while_rules_are_applied_anew_no_list_stands_in_the_order_of_what_may_be_hidden(
    hiding: Desk,
) -> None:
    with hiding.store.write() as connection:
        regoverning.begin(connection)
    by_name = [key for key, _town in towns(hiding, ListQuery(), 0, 99)]
    by_town = towns(hiding, ListQuery(sort="city"), 0, 99)
    assert [key for key, _town in by_town] == by_name
    assert [town for _key, town in by_town].count(None) == 4
    guess = ListQuery(filters={"city": "Stad 7"})
    assert records.count(hiding, "customers", guess) == 0


WHOSE, ITEM = UUID(int=98), UUID(int=99)
PERIODS = ("", "P0D", "P6M", "P2Y", "P5Y", "P7Y", "P9000Y")
ENDS = ("", "12-31", "06-30", "02-28")
DAYS = (None, *(date(year, 4, day) for year in (2016, 2019, 2021, 2024, 2026) for day in (1, 3)))


def a_rule(random: Random, number: int) -> Values:
    period = random.choice(PERIODS)
    return {
        "id": UUID(int=number + 1),
        "number": f"BT-{number}",
        "name": f"Regel {number}",
        "state": "active",
        "runs_on": "items",
        "controller_id": None,
        "bound": random.choice(("at_most", "at_least", "both")),
        "measure": "period" if period else "criterion",
        "period": period,
        "counted_from": random.choice(("day", "calendar_year", "book_year")),
        "event": "item_date",
        "action": "erase",
        "review_on": None,
    }


def test_out_of_use_is_what_the_law_says() -> None:
    random, found = Random(3), set()
    for _case in range(4_000):
        rules = [a_rule(random, number) for number in range(random.randrange(5))]
        read = ItemsRead({each["id"]: each for each in rules}, {}, {}, {})
        read.book_years[WHOSE] = random.choice(ENDS)
        read.customers[WHOSE] = {"controller_id": WHOSE, "no_anonymised": False}
        timers = [{"rule_id": each["id"], "starts_on": random.choice(DAYS)} for each in rules]
        reached = {each.rule_id: each for each in reaches_of(rules, read.book_years, TODAY)}
        counted = {each["id"] for each in rules if each["period"]}
        read.items[ITEM], read.timers[ITEM] = {"customer_id": WHOSE}, timers
        law = state_of(read, ITEM, TODAY).underlying
        said = out_of_use(timers, reached, counted)
        assert said is (law if law in {ItemStatus.KEPT_ONLY, ItemStatus.DUE} else None), timers
        found.add(law)
    assert found >= {ItemStatus.KEPT_ONLY, ItemStatus.DUE, ItemStatus.RUNNING, ItemStatus.WAITING}
