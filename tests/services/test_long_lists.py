"""Pages of a long list against a naive list: every record read, judged by the law and sorted."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest

from privreg.law.retention import ItemStatus
from privreg.registers.register_list import register_of
from privreg.services import records
from privreg.services.item_states import state_of
from privreg.services.records import ListQuery
from privreg.services.restricted import sight_of
from privreg.services.roles import SignedIn
from privreg.store import few_left, long_lists, signposts
from privreg.store.item_reading import read_items
from privreg.store.records import load_all
from tests.effort import IS_LONG
from tests.services.conftest import add, first
from tests.services.test_restricted import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk

CUSTOMERS, CASES = (240, 2_000) if IS_LONG else (40, 24)
CHANGED_EVERY = 8
ROLES = ("coordinator", "staff", "officer", "reader")
ALL_ROLES = frozenset({"administrator", *ROLES})
SORTS = ["", *(column.field for column in register_of("customers").columns), "postcode"]
VALUES: Mapping[str, tuple[object, ...]] = {
    "phase": ("lead", "customer", "applicant", "supplier", ["lead", "applicant"]),
    "kind": ("person", "company"),
    "country": ("NL", "BE", "DE", ["BE", "DE"]),
}
TYPED = 0.4
TEXTS = ("cel", "b", "dorn 1", "c3", "as", "m1", "m2@po", "00", "zz")
SEARCHED = [each.name for each in register_of("customers").fields if each.searched]


@dataclass(frozen=True)
class Kept:
    """What stands in the register, and which fields its kinds of data hold."""

    desk: Desk
    kinds: Mapping[UUID, frozenset[str]]
    controllers: tuple[UUID, ...]


@pytest.fixture
def kept(any_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """Return a register of customers of whom some fields may only be stored; all is 'long'."""
    for module, name, size in (
        (signposts, "APART", 7),
        (long_lists, "STEPPED_TO", 10),
        (long_lists, "FEW", 12),
        (few_left, "FEW", 12),
        (long_lists, "STEP", 5),
        (long_lists, "LONGER_STEP", 9),
    ):
        monkeypatch.setattr(module, name, size)
    own = first(any_desk, "controllers")
    other = add(any_desk, "controllers", **{**_without_key(own), "name": "De Ander"})
    group = add(any_desk, "groups", name="Klanten")
    kinds = {
        add(any_desk, "kinds", name=name, customer_fields=fields)["id"]: frozenset(fields)
        for name, fields in (
            ("Adres", ["city", "postcode", "phone"]),
            ("Contact", ["email", "contact_name", "kvk", "phone"]),
            ("Rest", []),
        )
    }
    demanded = list(kinds)[1]
    of_kind = {"event": "item_date", "kind_id": demanded}
    for bound, period in (("at_most", "P5Y"), ("at_least", "P7Y")):
        named = {"name": bound, "source": "Verklaring", "bound": bound, "period": period}
        add(any_desk, "rules", **of_kind, **named)
    found = Kept(any_desk, kinds, (own["id"], other["id"]))
    random = Random(11)
    for number in range(CUSTOMERS):
        _a_customer(found, random, number, group["id"])
    return found


def _without_key(values: Values) -> Values:
    kept = {"id", "number", "version", "created_at", "created_by", "changed_at", "changed_by"}
    return {name: value for name, value in values.items() if name not in kept | {"entered"}}


def _a_customer(kept: Kept, random: Random, number: int, group_id: UUID) -> None:
    kind = random.choice(("person", "company"))
    of_company = {"kvk": f"{random.randrange(10**7, 10**8)}", "contact_name": f"c{number % 7}"}
    customer = records.save(
        kept.desk,
        "customers",
        records.new(
            kept.desk,
            "customers",
            controller_id=random.choice(kept.controllers),
            kind=kind,
            phase=random.choice(("lead", "customer", "supplier")),
            name=f"{random.choice(('berk', 'cel', 'dorn'))} {random.randrange(40):02}",
            country=random.choice(("NL", "NL", "BE", "DE")),
            city=random.choice(("", "assen", "breda", "delft")),
            email=random.choice(("", f"m{random.randrange(30):02}@post.example")),
            phone=random.choice(("", f"+31 6 {random.randrange(10**7, 10**8)}")),
            **(of_company if kind == "company" else {}),
        ),
    ).after
    assert customer is not None
    for kind_id in random.sample(list(kept.kinds), random.randrange(3)):
        _an_item(kept, random, customer, kind_id, group_id)


def _an_item(kept: Kept, random: Random, customer: Values, kind_id: UUID, group_id: UUID) -> None:
    whose = {"customer_id": customer["id"], "group_id": group_id, "kind_id": kind_id}
    dated_on = date(random.choice((2018, 2020, 2025)), 3, 1)
    item = add(kept.desk, "items", **whose, label="Brief", dated_on=dated_on)
    if random.random() < 0.3:
        held = {"items": [item["id"]], "review_on": date(2026, 6, 1), "since_on": TODAY}
        reason = random.choice(("restriction", "restriction", "claim"))
        add(kept.desk, "holds", customer_id=customer["id"], reason=reason, **held)


def _hidden(kept: Kept) -> Callable[[UUID, str], bool]:
    """Return whether a field of a customer is hidden, as the law judges each item."""
    sight = sight_of(kept.desk)
    found: set[tuple[UUID, str]] = set()
    with kept.desk.store.read() as connection:
        items = load_all(connection, register_of("items"))
        read = read_items(connection, [each["id"] for each in items])
        for item in items:
            state = state_of(read, item["id"], sight.on)
            is_restricted = state.state is ItemStatus.RESTRICTED and not sight.sees_restricted
            if is_restricted or state.underlying is ItemStatus.KEPT_ONLY:
                found |= {(item["customer_id"], name) for name in kept.kinds[item["kind_id"]]}
    return lambda key, name: (key, name) in found


def _naive(
    role: str, query: ListQuery, rows: list[Values], hidden: Callable[[UUID, str], bool]
) -> list[UUID]:
    """Return the keys of a list: all rows, filtered and sorted as anybody would."""
    by, within = query.sort or "sort_name", "sort_name"
    if role == "reader":
        by, within = (by if by in VALUES or by == "number" else "number"), "number"
    listed = [row for row in rows if _meets(row, query) and _finds(role, row, query, hidden)]
    told = [row for row in listed if not hidden(row["id"], by)]
    apart = [row for row in listed if hidden(row["id"], by)]
    column = "sort_name" if by == "name" else by
    if by not in VALUES:
        within = "id"
    told.sort(key=lambda row: (row[column], row[within], row["id"]), reverse=query.descending)
    whole = query.text or by == "postcode"  # short, or in the order of no index: sorted whole
    apart.sort(key=lambda row: row["id"], reverse=bool(whole) and query.descending)
    return [row["id"] for row in (*told, *apart)]


def _meets(row: Values, query: ListQuery) -> bool:
    asked = ((row[name], value) for name, value in query.filters.items())
    return all(here in value if isinstance(value, list) else here == value for here, value in asked)


def _finds(role: str, row: Values, query: ListQuery, hidden: Callable[[UUID, str], bool]) -> bool:
    """Say whether a record begins, somewhere this role may look, with each word typed."""
    seen = [] if role == "reader" else [name for name in SEARCHED if not hidden(row["id"], name)]
    held = _words(" ".join(str(row[name] or "") for name in ("number", *seen)))
    return all(any(each.startswith(word) for each in held) for word in _words(query.text))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _a_query(kept: Kept, random: Random) -> ListQuery:
    offered: dict[str, tuple[object, ...]] = {**VALUES, "controller_id": kept.controllers}
    names = random.sample(list(offered), random.choice((0, 0, 1, 1, 2, 4)))
    return ListQuery(
        text=random.choice(TEXTS) if random.random() < TYPED else "",
        filters={name: random.choice(offered[name]) for name in names},
        sort=random.choice(SORTS),
        descending=random.random() < 0.5,
    )


def _change(kept: Kept, random: Random, rows: list[Values]) -> None:
    """Move a customer elsewhere in every list."""
    row = records.load(kept.desk, "customers", random.choice(rows)["id"])
    moved = {"phase": "applicant", "name": "cel 99", "city": "zeist", "country": "BE"}
    records.save(kept.desk, "customers", {**row, **moved})


def test_every_page_is_that_of_a_naive_list(kept: Kept) -> None:
    random, found = Random(7), 0
    rows = _all(kept)
    judged: dict[str, Callable[[UUID, str], bool]] = {}
    for case in range(CASES):
        if case % CHANGED_EVERY == 0:
            kept.desk.user = _as(kept, *ALL_ROLES)
            _change(kept, random, rows)
            rows, judged = _all(kept), {}
        role = random.choice(ROLES)
        kept.desk.user = _as(kept, role)
        query = _a_query(kept, random)
        hidden = judged[role] = judged.get(role) or _hidden(kept)
        expected = _naive(role, query, rows, hidden)
        found += any(hidden(key, query.sort) for key in expected)
        assert records.count(kept.desk, "customers", query) == len(expected), (role, query)
        _pages_fit(kept, random, query, expected)
        records.signpost(kept.desk, "customers", query)
        _pages_fit(kept, random, query, expected)
    assert found > CASES / 20


def _all(kept: Kept) -> list[Values]:
    with kept.desk.store.read() as connection:
        return load_all(connection, register_of("customers"))


def _pages_fit(kept: Kept, random: Random, query: ListQuery, expected: list[UUID]) -> None:
    offset, limit = random.randrange(len(expected) + 3), random.choice((1, 4, 30, 500))
    for start in (0, offset, max(0, len(expected) - limit)):
        rows = records.page(kept.desk, "customers", query, start, limit).rows
        found = [row["id"] for row in rows]
        assert found == expected[start : start + limit], (kept.desk.user.roles, query, start, limit)


def _as(kept: Kept, *roles: str) -> SignedIn:
    return SignedIn(kept.desk.user.id, "anna", "Anna", frozenset(roles))
