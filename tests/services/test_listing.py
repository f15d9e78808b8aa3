"""What a list shows for a text, a filter and an order together."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from privreg.registers.register_list import register_of
from privreg.services import records
from privreg.services.records import ListQuery
from privreg.store import few_left, listing, search
from tests.services.conftest import a_customer

if TYPE_CHECKING:
    from privreg.services.desk import Desk


def names(desk: Desk, query: ListQuery) -> list[str]:
    return [each["name"] for each in records.page(desk, "customers", query).rows]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jan@", ["Berk", "Cel"]),
        ("jan@ber", ["Berk"]),
        ("jan@berk.example", ["Berk"]),
        ("jan@exa", ["Berk", "Cel"]),
        ("@cel", ["Cel"]),
        ("jan@b%", ["Berk"]),
        ("jan@%", ["Berk", "Cel"]),
        ("piet@berk", []),
        ("jan@erk", []),
    ],
)
def test_an_address_is_found_by_both_its_sides(
    any_desk: Desk, typed: str, found: list[str]
) -> None:
    a_customer(any_desk, name="Cel", email="jan@cel.example")
    a_customer(any_desk, name="Berk", email="jan@berk.example")
    assert names(any_desk, ListQuery(text=typed)) == found


def test_a_text_and_a_filter_narrow_each_other(any_desk: Desk) -> None:
    a_customer(any_desk, name="Berk Oost", phase="lead")
    a_customer(any_desk, name="Berk West", phase="customer")
    a_customer(any_desk, name="Cel", phase="lead")
    query = ListQuery(text="berk", filters={"phase": "lead"})
    assert names(any_desk, query) == ["Berk Oost"]
    assert records.count(any_desk, "customers", query) == 1


def test_what_is_found_stands_in_the_order_asked(any_desk: Desk) -> None:
    for name, city in (("Berk B", "Assen"), ("Berk A", "Zeist"), ("Berk C", "Ede")):
        a_customer(any_desk, name=name, city=city)
    assert names(any_desk, ListQuery(text="berk")) == ["Berk A", "Berk B", "Berk C"]
    by_city = ListQuery(text="berk", sort="city", descending=True)
    assert names(any_desk, by_city) == ["Berk A", "Berk C", "Berk B"]


def test_a_filter_that_nobody_meets_asks_for_no_match(any_desk: Desk) -> None:
    a_customer(any_desk, name="Berk", country="NL")
    query = ListQuery(text="berk", filters={"country": "BE"})
    assert _asked(any_desk, query, "search_rows") == []
    a_customer(any_desk, name="Berk", country="BE")
    assert names(any_desk, query) == ["Berk"]


@pytest.mark.parametrize(
    ("typed", "few", "is_read"),
    [("ber", 2, True), ("ber", 1, False), ("oos", 2, False), ("cel", 2, False)],
)
def test_what_a_filter_leaves_is_read_where_a_text_finds_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, typed: str, few: int, *, is_read: bool
) -> None:
    monkeypatch.setattr(few_left, "FEW", few)
    a_customer(desk, name="Cel", country="BE")
    a_customer(desk, name="Berk West", country="BE")
    for each in ("Oost", "Zuid", "Noord"):
        a_customer(desk, name=f"Berk {each}", country="NL")
    query = ListQuery(text=typed, filters={"country": "BE"})
    asked = _asked(desk, query, " AS read_first")
    assert bool(asked) == is_read
    whole = names(desk, ListQuery(text=typed))
    assert names(desk, query) == [each for each in whole if each in ("Cel", "Berk West")]
    with desk.store.read() as connection:
        plan = _explained(connection, "EXPLAIN QUERY PLAN", asked, -1)
    assert [line for line in plan if line.startswith(("SCAN search", "SCAN customers"))] == []


def test_of_what_is_read_the_first_are_listed_that_the_index_gives(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "SORTED_AT_MOST", 2)
    for each in ("Zuid", "Oost", "Noord"):
        a_customer(desk, name=f"Berk {each}", country="BE")
    a_customer(desk, name="Berk West", country="NL")
    query = ListQuery(text="berk", filters={"country": "BE"})
    assert _asked(desk, query, " AS read_first") != []
    assert names(desk, query) == ["Berk Oost", "Berk Zuid"]
    monkeypatch.setattr(few_left, "FEW", 0)
    a_customer(desk, name="Cel")
    assert names(desk, query) == ["Berk Oost", "Berk Zuid"]


def test_names_sort_without_regard_to_capitals(any_desk: Desk) -> None:
    for name in ("berk", "Aker", "Cel"):
        a_customer(any_desk, name=name)
    assert names(any_desk, ListQuery(sort="name")) == ["Aker", "berk", "Cel"]


def test_the_count_of_a_text_stops_where_the_list_stops(
    any_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "SORTED_AT_MOST", 2)
    for name in ("Berk A", "Berk B", "Berk C"):
        a_customer(any_desk, name=name)
    assert records.count(any_desk, "customers", ListQuery(text="berk")) == 2
    assert len(names(any_desk, ListQuery(text="berk"))) == 2
    assert records.count(any_desk, "customers", ListQuery()) == 3


BY_STRETCH = {"kind", "phase", "country"}
"""In these orders a server sorts the first few of each stretch."""
COLUMNS = [each.field for each in register_of("customers").columns]
CHOSEN: tuple[dict[str, object], ...] = (
    {},
    {"phase": "lead"},
    {"kind": "company"},
    {"country": "NL"},
    {"kind": "person", "country": "NL", "phase": ["lead", "customer"]},
)


@pytest.mark.parametrize("name", COLUMNS)
def test_no_page_of_a_million_sorts_or_reads_what_it_does_not_show(
    any_desk: Desk, name: str
) -> None:
    """Every column, under every filter: the stretches of one index, merged in its order."""
    for each in range(4):
        more = {"kind": ("person", "company")[each % 2], "phase": ("lead", "customer")[each // 2]}
        a_customer(any_desk, name=f"Berk {each}", **more)
    for chosen in CHOSEN:
        for descending in (False, True):
            query = ListQuery(filters=chosen, sort=name, descending=descending)
            plan = _plan_of(any_desk, query)
            whole = [line for line in plan if "SCAN customers" in line or "Seq Scan" in line]
            assert whole == [], (query, plan)
            if name not in BY_STRETCH or not any_desk.store.is_server:
                sorted_whole = [line for line in plan if "TEMP B-TREE" in line or "Sort" in line]
                assert sorted_whole == [], plan
            assert any("ix_customers_listed_by_" in line for line in plan), plan


def _plan_of(desk: Desk, query: ListQuery) -> list[str]:
    """Return how the engine goes along a list; a server would sort so few rows, if it might."""
    asked = _asked(desk, query, " AS listed ")
    assert len(asked) == 1
    with desk.store.read() as connection:
        if not desk.store.is_server:
            return _explained(connection, "EXPLAIN QUERY PLAN", asked, -1)
        for way in ("seqscan", "bitmapscan", "sort"):
            connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        plan = _explained(connection, "EXPLAIN", asked, 0)
        return [line for line in plan if "Sort Key" not in line]


def _asked(desk: Desk, query: ListQuery, about: str) -> list[tuple[str, Any]]:
    """Return the statements of a page that hold some words, each with what was given to it."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if about in statement:
            asked.append((statement, parameters))

    sa.event.listen(desk.store.reader, "before_cursor_execute", note)
    records.page(desk, "customers", query)
    sa.event.remove(desk.store.reader, "before_cursor_execute", note)
    return asked


def _explained(
    connection: sa.Connection, words: str, asked: list[tuple[str, Any]], column: int
) -> list[str]:
    return [
        row[column]
        for statement, parameters in asked
        for row in connection.exec_driver_sql(f"{words} {statement}", parameters)
    ]


def test_a_change_that_leaves_the_words_alone_leaves_the_index_alone(desk: Desk) -> None:
    customer = a_customer(desk, name="Berk")
    rows = sa.select(search.ROWS.c.row).where(search.ROWS.c.record_id == customer["id"])
    with desk.store.read() as connection:
        before = connection.execute(rows).scalar_one()
    a_customer(desk, name="Cel")
    changed = records.save(desk, "customers", {**customer, "phase": "lead"}).after
    with desk.store.read() as connection:
        assert connection.execute(rows).scalar_one() == before
    assert changed is not None
    records.save(desk, "customers", {**changed, "name": "Es"})
    with desk.store.read() as connection:
        assert connection.execute(rows).scalar_one() > before
    assert names(desk, ListQuery(text="es")) == ["Es"]
    assert names(desk, ListQuery(text="berk")) == []
