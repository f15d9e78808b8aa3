"""Counting goes in steps that can be left, and what was counted holds until a record changes."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from privreg.clock import FixedClock, today
from privreg.services import forecast, records, timers
from privreg.store import item_counts
from tests.services.conftest import a_customer, add

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk

TODAY = date(2026, 4, 3)
ITEMS = 7


@pytest.fixture
def rule(any_desk: Desk) -> Values:
    """Give customers one due invoice each, and a rule of seven years; counted in small steps."""
    group, kind = add(any_desk, "groups", name="Klanten"), add(any_desk, "kinds", name="Facturen")
    for number in range(ITEMS):
        customer = a_customer(any_desk, name=f"Klant {number}", groups=[group["id"]])
        whose = {"customer_id": customer["id"], "group_id": group["id"], "kind_id": kind["id"]}
        add(any_desk, "items", **whose, label=f"factuur {number}", dated_on=date(2019, 4, 2))
    given = {"name": "Facturen", "event": "item_date", "period": "P7Y", "bound": "at_least"}
    return add(any_desk, "rules", **given, kind_id=kind["id"], source="AWR 52")


@pytest.fixture(autouse=True)
def _in_small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(item_counts, "STEP", 2)


class Reads:
    """Counts the queries that read timers."""

    def __init__(self, desk: Desk) -> None:
        self.count = 0
        self.pooled = 0
        self.reader = desk.store.reader
        sa.event.listen(sa.Engine, "before_cursor_execute", self.note)

    def note(self, connection: sa.Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        """Note one, and whether it was asked on a connection that others take over."""
        self.count += "item_timers" in statement
        self.pooled += "item_timers" in statement and connection.engine is self.reader

    def stop(self) -> None:
        """Count no more."""
        sa.event.remove(sa.Engine, "before_cursor_execute", self.note)


@pytest.fixture
def reads(any_desk: Desk) -> Iterator[Reads]:
    """Count what is read of the timers of this register."""
    found = Reads(any_desk)
    yield found
    found.stop()


def test_what_is_told_meanwhile_only_grows_to_what_there_is(any_desk: Desk, rule: Values) -> None:
    told: list[int] = []
    whole = timers.due_counts(any_desk, TODAY, so_far=lambda found: told.append(found[rule["id"]]))
    assert whole == {rule["id"]: ITEMS}
    assert told == sorted(told)
    assert len(told) > 1
    assert told[0] < told[-1] == ITEMS


def test_a_count_that_is_left_stops_after_the_step_and_is_not_remembered(
    any_desk: Desk, rule: Values
) -> None:
    told: list[dict[Any, int]] = []
    left = timers.due_counts(any_desk, TODAY, so_far=told.append, cancelled=lambda: bool(told))
    assert len(told) == 1
    assert left[rule["id"]] < ITEMS
    assert timers.due_counts(any_desk, TODAY) == {rule["id"]: ITEMS}


def test_a_count_leaves_the_connections_of_the_lists_as_they_were(
    any_desk: Desk, rule: Values, reads: Reads
) -> None:
    assert timers.due_counts(any_desk, TODAY) == {rule["id"]: ITEMS}
    forecast.ending_by_month(any_desk, TODAY)
    assert (reads.count > ITEMS // 2, reads.pooled) == (True, 0)
    with any_desk.store.read_aside() as connection:
        raw = connection.connection.dbapi_connection
    assert raw is not None
    with pytest.raises(Exception, match="closed"):
        raw.execute("SELECT 1")


def test_what_was_counted_is_not_counted_again(any_desk: Desk, rule: Values, reads: Reads) -> None:
    first = timers.due_counts(any_desk, TODAY)
    reads.count = 0
    assert timers.due_counts(any_desk, TODAY) == first == {rule["id"]: ITEMS}
    assert forecast.item_counts(any_desk, TODAY).due == ITEMS
    assert reads.count == 0
    assert timers.due_counts(any_desk, date(2026, 4, 2)) == {rule["id"]: 0}


def test_a_rule_changed_in_the_middle_of_the_day_counts_at_once(
    any_desk: Desk, rule: Values
) -> None:
    assert timers.due_counts(any_desk, TODAY) == {rule["id"]: ITEMS}
    changed = records.save(any_desk, "rules", {**rule, "period": "P8Y"})
    assert timers.due_counts(any_desk, TODAY) == {rule["id"]: 0}
    assert timers.due(any_desk, TODAY).lines == []
    records.undo(any_desk, changed)
    assert timers.due_counts(any_desk, TODAY) == {rule["id"]: ITEMS}
    assert len(timers.due(any_desk, TODAY).lines) == ITEMS


def test_a_day_begins_at_midnight_in_amsterdam(any_desk: Desk, rule: Values) -> None:
    evening = FixedClock(datetime(2026, 4, 2, 21, 59, 59, tzinfo=UTC))
    midnight = FixedClock(datetime(2026, 4, 2, 22, 0, tzinfo=UTC))
    assert timers.due(any_desk, today(evening)).lines == []
    lines = timers.due(any_desk, today(midnight)).lines
    assert [each.dispose_from for each in lines] == [date(2026, 4, 3)] * ITEMS
    assert {each.place.rule_id for each in lines} == {rule["id"]}
