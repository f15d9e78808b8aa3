"""A hold stops disposal on its first day, on its last, and on no other."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from privreg.law.retention import ItemStatus
from privreg.registers.register_list import register_of
from privreg.services import timers
from privreg.services.agenda import agenda
from privreg.store import gate
from tests.services.conftest import first

if TYPE_CHECKING:
    from uuid import UUID

    from privreg.services.desk import Desk

SINCE = date(2026, 2, 10)
UNTIL = date(2026, 3, 20)
REVIEW = date(2026, 3, 1)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def held_item(any_desk: Desk) -> UUID:
    """One item that ran out long ago, and was held for some weeks since."""
    controller = first(any_desk, "controllers")["id"]
    with any_desk.saving() as saver:

        def saved(slug: str, **values: object) -> UUID:
            key: UUID = gate.save(saver, register_of(slug), values)["id"]
            return key

        group, kind = saved("groups", name="Klanten"), saved("kinds", name="Facturen")
        saved(
            "rules",
            name="Een jaar",
            kind_id=kind,
            runs_on="items",
            event="item_date",
            measure="period",
            counted_from="day",
            period="P1Y",
            bound="at_most",
            action="erase",
            source_kind="policy",
            state="active",
        )
        customer = saved("customers", name="De Halm", controller_id=controller, groups=[group])
        about = {"customer_id": customer, "kind_id": kind, "group_id": group}
        item = saved("items", **about, dated_on=date(2020, 1, 1))
        days = {"since_on": SINCE, "review_on": REVIEW, "until_on": UNTIL}
        saved("holds", customer_id=customer, reason="dispute", items=[item], **days)
    return item


@pytest.mark.parametrize(
    ("on", "is_due"),
    [(SINCE - ONE_DAY, True), (SINCE, False), (UNTIL, False), (UNTIL + ONE_DAY, True)],
)
def test_a_hold_stops_disposal_from_its_first_day_through_its_last(
    any_desk: Desk, held_item: UUID, on: date, is_due: bool
) -> None:
    page = timers.due(any_desk, on, limit=10)
    assert [line.item_id for line in page.lines] == ([held_item] if is_due else [])
    assert sum(timers.due_counts(any_desk, on).values()) == is_due


@pytest.mark.parametrize(
    ("on", "is_open"),
    [(SINCE - ONE_DAY, False), (SINCE, True), (UNTIL, True), (UNTIL + ONE_DAY, False)],
)
def test_a_hold_with_a_planned_end_is_open_and_reviewed_until_that_day(
    any_desk: Desk, held_item: UUID, on: date, is_open: bool
) -> None:
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    reviews = [each.due for each in agenda(any_desk, noon) if each.register == "holds"]
    assert reviews == ([REVIEW] if is_open else [])
    state = timers.item_states(any_desk, [held_item], on)[held_item].state
    assert (state is ItemStatus.HELD) == is_open
