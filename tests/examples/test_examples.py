"""Every example is whole: it links, it passes the register's own checks, and it lives."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from privreg.exchange.example_days import day_from, moment_from
from privreg.exchange.examples import (
    AFTER_CUSTOMERS,
    EXAMPLES,
    example_changes,
    example_customers,
    example_records,
)
from privreg.lists import choices
from privreg.registers.declaration import FieldSpec, Kind
from privreg.registers.register_list import register_of
from privreg.registers.validation import check, holds_national_number, normalised
from tests.examples.states import (
    NOW,
    TODAY,
    afternoon_of,
    counted,
    records,
    some_customers,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRIES = ("items", "events", "holds", "consents")

each_example = pytest.mark.parametrize("name", EXAMPLES)


def codes(listed: str) -> set[str]:
    return {code for code, _label in choices(listed)}


def entries(name: str, count: int = 200) -> Iterator[tuple[str, dict[str, Any]]]:
    for bundle in some_customers(name, count):
        yield "customers", bundle.customer
        for slug in ENTRIES:
            yield from ((slug, values) for values in getattr(bundle, slug))


def linked(fields: tuple[FieldSpec, ...], values: dict[str, Any]) -> Iterator[tuple[str, UUID]]:
    """Return what a record refers to: register and key."""
    for spec in fields:
        found = values.get(spec.name)
        if found is None:
            continue
        if spec.kind is Kind.LINK:
            yield spec.to, found
        elif spec.kind is Kind.LINKS:
            yield from ((spec.to, each) for each in found)
        elif spec.kind is Kind.ROWS:
            for row in found:
                yield from linked(spec.fields, row)
        elif spec.listed.startswith("register:"):
            yield from ((spec.listed.removeprefix("register:"), UUID(each)) for each in found)


@each_example
def test_every_link_points_at_a_record_that_stands_before_it(name: str) -> None:
    seen: dict[str, set[UUID]] = {}
    for slug, values in entries(name):
        seen.setdefault(slug, set()).add(values["id"])
    ahead: dict[str, set[UUID]] = {}
    for slug, values in example_records(name, today=TODAY, now=NOW):
        for to, key in linked(register_of(slug).fields, values):
            assert key in ahead.get(to, ()) or key in seen.get(to, ()), (slug, to)
        ahead.setdefault(slug, set()).add(values["id"])
    for slug, values in entries(name):
        for to, key in linked(register_of(slug).fields, values):
            assert key in ahead.get(to, ()) or key in seen.get(to, ()), (slug, to)


@each_example
def test_every_record_passes_the_checks_of_its_register(name: str) -> None:
    for slug, values in [*example_records(name, today=TODAY, now=NOW), *entries(name)]:
        register = register_of(slug)
        tidied = normalised(register, values)
        problems = check(register, tidied, now=NOW, lists=codes)
        assert not problems, (slug, values.get("name") or values.get("title"), problems)


@each_example
def test_every_record_stays_right_on_another_day(name: str) -> None:
    for later in (-800, 61, 700):
        now, today = NOW + timedelta(days=later), TODAY + timedelta(days=later)
        made = list(islice(example_customers(name, count=60, seed=3, today=today, now=now), 60))
        bundles = [(slug, each) for one in made for slug in ENTRIES for each in getattr(one, slug)]
        for slug, values in [*example_records(name, today=today, now=now), *bundles]:
            assert not check(register_of(slug), values, now=now, lists=codes), (slug, later)


@each_example
def test_what_is_filled_in_afterwards_passes_the_checks_too(name: str) -> None:
    made = {values["id"]: values for values in (each for _s, each in _all(name))}
    for slug, key, changes in example_changes(name, today=TODAY, now=NOW):
        whole = made[key] | changes
        assert not check(register_of(slug), whole, now=NOW, lists=codes)


def _all(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from example_records(name, today=TODAY, now=NOW)


@each_example
def test_only_declared_fields_are_filled(name: str) -> None:
    for slug, values in entries(name):
        register = register_of(slug)
        declared = {spec.name for spec in register.fields} | {"id", register.parent_field}
        assert values.keys() <= declared, slug


@each_example
def test_no_free_text_looks_like_a_national_number(name: str) -> None:
    for slug, values in [*_all(name), *entries(name)]:
        for spec in register_of(slug).fields:
            if spec.kind in {Kind.LINE, Kind.TEXT}:
                assert not holds_national_number(values.get(spec.name)), (slug, spec.name)


@each_example
def test_one_seed_gives_one_row_of_customers_whatever_the_count(name: str) -> None:
    again = tuple(example_customers(name, count=60, seed=1, today=TODAY, now=NOW))
    assert again == some_customers(name)[:60]
    other = next(example_customers(name, count=60, seed=2, today=TODAY, now=NOW))
    assert other.customer["name"] != again[0].customer["name"]
    assert other.customer["id"] == again[0].customer["id"]


@each_example
def test_keys_and_codes_are_all_different(name: str) -> None:
    for slug in ("customers", *ENTRIES):
        keys = [values["id"] for found, values in entries(name) if found == slug]
        assert len(keys) == len(set(keys)), slug
    numbers = [each.customer["number"] for each in some_customers(name)]
    assert len(numbers) == len(set(numbers))


@each_example
def test_a_personal_field_belongs_to_a_kind_of_data_the_customer_has(name: str) -> None:
    kinds = {kind["id"]: set(kind.get("customer_fields", ())) for kind in records(name)["kinds"]}
    owned = set().union(*kinds.values())
    for bundle in some_customers(name):
        has = set().union(*(kinds[item["kind_id"]] for item in bundle.items))
        assert bundle.customer.keys() & owned <= has


def some_days() -> list[date]:
    """Return twelve days of two years, the same each time, and the awkward ones."""
    by_chance = Random(5)
    days = [TODAY + timedelta(days=by_chance.randrange(2 * 365)) for _ in range(12)]
    return [*days, date(2028, 2, 29), date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31)]


@each_example
def test_on_any_day_timers_run_wait_and_are_held_kept_restricted_and_due(name: str) -> None:
    for seed, day in enumerate(some_days(), start=1):
        found = counted(name, 200, seed, day)
        for state in ("running", "waiting", "held", "restricted", "due", "kept_only"):
            assert found[state] >= 2, (day, seed, state, found)


@each_example
def test_what_the_statement_gives_no_term_for_shows_as_a_gap(name: str) -> None:
    if name == "clientbox":  # one criterion covers all it keeps
        assert counted(name)["criterion"] >= 100
    else:
        assert counted(name)["gap"] >= 3


@each_example
@pytest.mark.parametrize("day", [TODAY, date(2026, 3, 30), date(2026, 10, 26), date(2028, 2, 29)])
def test_a_breach_runs_with_forty_one_hours_left_and_others_were_late_or_not_reported(
    name: str, day: date
) -> None:
    breaches = records(name, day)["breaches"]
    running = [each for each in breaches if each["state"] == "open"]
    assert any(afternoon_of(day) - each["aware_at"] == timedelta(hours=31) for each in running)
    late = [each for each in breaches if each.get("delay_reason")]
    sent = [(each["notifications"][0]["sent_at"] - each["aware_at"]) for each in late]
    assert sent
    assert min(sent) > timedelta(hours=72)
    assert any(each["authority_decision"] == "no" and each["authority_reason"] for each in breaches)


@each_example
def test_requests_are_near_their_term_extended_refused_and_answered(name: str) -> None:
    requests = records(name)["requests"]
    waiting = [each for each in requests if each["decision"] == "not_yet"]
    assert any(24 <= (TODAY - each["received_on"]).days <= 28 for each in waiting)
    assert any(each.get("extended_on") and each["extension_reason"] for each in requests)
    assert any(each["decision"] == "refused" and each["refusal_grounds"] for each in requests)
    assert any(each["decision"] == "granted" and each.get("answered_on") for each in requests)


@each_example
def test_links_to_customers_who_are_not_made_are_left_out(name: str) -> None:
    few = example_records(name, today=TODAY, now=NOW, customers=1)
    kept = {slug: values for slug, values in few if slug in AFTER_CUSTOMERS}
    only = UUID(int=some_customers(name)[0].customer["id"].int)
    assert kept["requests"].get("customer_id") in {None, only}
    assert set(kept["breaches"].get("customers", ())) <= {only}


@each_example
def test_an_example_fills_every_register(name: str) -> None:
    found = records(name)
    for slug in ("controllers", "groups", "kinds", "measures", "parties", "rules", "activities"):
        assert found[slug], slug
    assert found["statements"]
    assert len(found["breaches"]) >= 2
    assert 3 <= len(found["requests"]) <= 5


@each_example
def test_customers_come_one_by_one(name: str) -> None:
    million = example_customers(name, count=1_000_000, seed=1, today=TODAY, now=NOW)
    assert len(list(islice(million, 500))) == 500


def test_an_unknown_example_is_refused() -> None:
    with pytest.raises(KeyError):
        list(example_records("nergens", today=TODAY, now=NOW))


def test_relative_days_end_on_the_last_day_of_a_month() -> None:
    leap_day = date(2028, 2, 29)
    assert day_from("-1m", leap_day) == date(2028, 1, 29)
    assert day_from("-3y", leap_day) == date(2025, 2, 28)
    assert day_from("-2y-3m+1d", leap_day) == date(2025, 11, 30)


@pytest.mark.parametrize("text", ["", "400", "-4x", "gisteren", "-3d 9:00"])
def test_what_is_no_relative_day_is_a_bug(text: str) -> None:
    with pytest.raises(ValueError, match=text or "^$"):
        day_from(text, TODAY)


def test_relative_moments_are_elapsed_hours_or_a_time_on_the_wall() -> None:
    assert moment_from("-31h30", TODAY, NOW) == NOW - timedelta(hours=31, minutes=30)
    winter = moment_from("-60d 09:10", TODAY, NOW)
    assert winter.isoformat() == "2026-02-02T08:10:00+00:00"
