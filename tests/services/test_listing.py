"""What a list shows for a text, a filter and an order together."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from privreg.registers.register_list import register_of
from privreg.services import records
from privreg.services.records import ListQuery
from privreg.store import listing, search
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


def test_no_page_of_a_million_reads_records_it_does_not_show(desk: Desk) -> None:
    """Every order and filter of the customer list goes by an index that holds all it needs."""
    queries = [ListQuery(sort=name) for name in ("", "name", "number", "city")]
    queries += [ListQuery(filters={name: "x"}) for name in ("phase", "kind", "country")]
    with desk.store.read() as connection:
        for query in queries:
            wanted = records._wanted(desk, connection, register_of("customers"), query)
            asked = listing._ordered(listing._chosen(connection, wanted), wanted)
            words = asked.compile(connection.engine, compile_kwargs={"literal_binds": True})
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}").all()
            assert all("USING COVERING INDEX" in step[3] for step in plan), (query, plan)


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
