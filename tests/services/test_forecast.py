"""The forecast agrees with the law's answer for every single item of an example."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from privreg.law.retention import ItemStatus
from privreg.services import records, timers
from privreg.services.desk import Desk, open_desk
from privreg.services.examples import make_example
from privreg.services.forecast import ending_by_month, item_counts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from privreg.clock import FixedClock

ON = date(2026, 4, 3)


@pytest.fixture
def example(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    make_example(tmp_path / "Koffie", "koffiemax", customers=120, seed=3, clock=clock)
    desk = open_desk(tmp_path / "Koffie", "demo", "demo", clock=clock)
    yield desk
    desk.close()


def all_items(desk: Desk, on: date) -> list[timers.ItemView]:
    found = []
    rows = records.page(desk, "customers", records.ListQuery(), 0, 1_000).rows
    for customer in rows:
        found += timers.customer_items(desk, customer["id"], on)
    return found


def test_the_counts_are_those_of_every_item_by_itself(example: Desk) -> None:
    counts = item_counts(example, ON)
    states = Counter(each.state.state for each in all_items(example, ON))
    assert counts.due == states[ItemStatus.DUE]
    assert counts.held == states[ItemStatus.HELD]
    assert counts.restricted == states[ItemStatus.RESTRICTED]
    assert counts.kept_only == states[ItemStatus.KEPT_ONLY]
    assert min(counts.due, counts.held, counts.restricted, counts.kept_only) > 0


def test_the_forecast_begins_tomorrow_and_goes_by_whole_months(example: Desk) -> None:
    months = ending_by_month(example, ON)
    assert len(months) == 24
    assert (months[0].first_on, months[0].last_on) == (date(2026, 4, 1), date(2026, 4, 30))
    assert months[-1].last_on == date(2028, 3, 31)


def test_what_ends_in_a_month_is_what_has_its_first_day_of_disposal_in_it(example: Desk) -> None:
    expected: Counter[tuple[int, int]] = Counter()
    for each in all_items(example, ON):
        day = each.state.dispose_from
        if day is not None and ON < day <= date(2028, 3, 31):
            expected[day.year, day.month] += 1
    months = ending_by_month(example, ON)
    found = {(each.first_on.year, each.first_on.month): each.count for each in months}
    assert sum(expected.values()) > 0
    assert all(found[month] >= count for month, count in expected.items())
    assert sum(found.values()) >= sum(expected.values())


def test_a_bar_of_the_first_month_becomes_due_by_its_last_day(example: Desk) -> None:
    first = ending_by_month(example, ON)[0]
    now_due = sum(timers.due_counts(example, ON).values())
    then_due = sum(timers.due_counts(example, first.last_on).values())
    assert then_due - now_due <= first.count
    assert then_due >= now_due
    assert first.last_on - first.first_on == timedelta(days=29)
