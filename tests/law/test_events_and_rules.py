"""Which event starts a clock, and which rules govern an item."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privreg.law.events import CANCELLED_BY
from privreg.law.retention import (
    Bound,
    Condition,
    EventType,
    ItemFacts,
    RuleScope,
    conditions_met,
    governing,
    starting_day,
)
from tests.law.builders import CAMERA, DAY, INCIDENT, a_rule, happened, year_later
from tests.law.cases import random_cases


class TestEvents:
    def test_the_latest_of_a_type_counts(self) -> None:
        events = happened((EventType.LAST_CONTACT, year_later(1)), (EventType.LAST_CONTACT, DAY))
        assert starting_day(EventType.LAST_CONTACT, events) == year_later(1)

    def test_a_later_start_cancels_an_end(self) -> None:
        events = happened(
            (EventType.CONTRACT_ENDED, DAY), (EventType.CONTRACT_RESUMED, year_later(1))
        )
        assert starting_day(EventType.CONTRACT_ENDED, events) is None
        events += happened((EventType.CONTRACT_ENDED, year_later(2)))
        assert starting_day(EventType.CONTRACT_ENDED, events) == year_later(2)

    def test_an_end_entered_late_is_cancelled_all_the_same(self) -> None:
        events = happened(
            (EventType.CONTRACT_RESUMED, year_later(1)), (EventType.CONTRACT_ENDED, DAY)
        )
        assert starting_day(EventType.CONTRACT_ENDED, events) is None

    def test_on_one_day_what_was_entered_last_counts(self) -> None:
        ended, resumed = (EventType.CONTRACT_ENDED, DAY), (EventType.CONTRACT_RESUMED, DAY)
        assert starting_day(EventType.CONTRACT_ENDED, happened(ended, resumed)) is None
        assert starting_day(EventType.CONTRACT_ENDED, happened(resumed, ended)) == DAY

    def test_a_dispute_does_not_stop_the_years_after_the_contract(self) -> None:
        events = happened(
            (EventType.CONTRACT_ENDED, DAY), (EventType.DISPUTE_OPENED, year_later(1))
        )
        assert starting_day(EventType.CONTRACT_ENDED, events) == DAY

    def test_what_never_happened_starts_nothing(self) -> None:
        assert starting_day(EventType.INVOICE_PAID, []) is None

    def test_conditions_follow_from_events(self) -> None:
        events = happened((EventType.INCIDENT, DAY), (EventType.INVOICE_SENT, DAY))
        assert conditions_met(events) == {Condition.INCIDENT, Condition.UNPAID}
        events += happened((EventType.INVOICE_PAID, DAY), (EventType.DISPUTE_OPENED, DAY))
        assert conditions_met(events) == {Condition.INCIDENT, Condition.DISPUTE}
        events += happened((EventType.PAYMENT_REVERSED, year_later(1)))
        assert Condition.UNPAID in conditions_met(events)


event_types = st.sampled_from(EventType)
histories = st.lists(
    st.tuples(event_types, st.dates(date(2020, 1, 1), date(2020, 1, 20))), max_size=20
)


def played(event_type: EventType, history: list[tuple[EventType, date]]) -> date | None:
    """Live through the days one by one, starting and cancelling as events come."""
    started: date | None = None
    day = date(2020, 1, 1)
    while day <= date(2020, 1, 20):
        for happening, on in history:
            if on == day and happening is event_type:
                started = day
            if on == day and happening in CANCELLED_BY.get(event_type, ()):
                started = None
        day += timedelta(days=1)
    return started


@random_cases
@given(event_types, histories)
def test_a_clock_starts_as_living_through_the_days_says(
    event_type: EventType, history: list[tuple[EventType, date]]
) -> None:
    assert starting_day(event_type, happened(*history)) == played(event_type, history)


class TestGoverning:
    def test_a_rule_governs_its_controller_group_and_kind(self) -> None:
        rules = [
            a_rule("all"),
            a_rule("kind", kind="camera"),
            a_rule("group", group="visitor"),
            a_rule("country", country="NL"),
            a_rule("other kind", kind="invoice"),
            a_rule("other group", group="supplier"),
            a_rule("other controller", controller="shop"),
            a_rule("other country", country="DE"),
        ]
        found = [rule.key for rule in governing(rules, CAMERA)]
        assert found == ["all", "kind", "group", "country"]

    def test_a_rule_of_another_group_stays_beside_a_condition(self) -> None:
        rules = [
            a_rule("staff", kind="camera", group="staff"),
            a_rule("28 days", kind="camera", group="visitor", condition=Condition.INCIDENT),
        ]
        facts = replace(INCIDENT, groups=frozenset({"staff", "visitor"}))
        assert [rule.key for rule in governing(rules, facts)] == ["staff", "28 days"]

    @pytest.mark.parametrize("bound", [Bound.AT_LEAST, Bound.BOTH])
    def test_a_minimum_is_not_replaced_by_a_condition(self, bound: Bound) -> None:
        rules = [a_rule("statute", bound=bound), a_rule("28", condition=Condition.INCIDENT)]
        assert [rule.key for rule in governing(rules, INCIDENT)] == ["statute", "28"]

    def test_a_condition_that_only_demands_takes_no_place(self) -> None:
        rules = [
            a_rule("policy"),
            a_rule("dispute", condition=Condition.INCIDENT, bound=Bound.AT_LEAST),
        ]
        assert [rule.key for rule in governing(rules, INCIDENT)] == ["policy", "dispute"]


scopes = st.builds(
    a_rule,
    st.uuids().map(str),
    controller=st.sampled_from((None, "box", "shop")),
    group=st.sampled_from((None, "visitor", "staff")),
    kind=st.sampled_from((None, "camera", "invoice")),
    country=st.sampled_from((None, "NL", "DE")),
    condition=st.sampled_from((None, None, *Condition)),
    bound=st.sampled_from(Bound),
)
facts_of_items = st.builds(
    lambda groups, met: replace(CAMERA, groups=groups, conditions=met),
    st.frozensets(st.sampled_from(("visitor", "staff"))),
    st.frozensets(st.sampled_from(Condition)),
)


@random_cases
@given(st.lists(scopes, max_size=8), facts_of_items)
def test_what_governs_an_item_never_drops_a_minimum_nor_takes_another_items_rule(
    rules: list[RuleScope], facts: ItemFacts
) -> None:
    found = governing(rules, facts)
    assert list(found) == [rule for rule in rules if rule in found]
    meant = [
        rule
        for rule in rules
        if rule.controller != "shop"
        and rule.kind != "invoice"
        and rule.country != "DE"
        and (not rule.group or rule.group in facts.groups)
    ]
    assert set(found) <= set(meant)
    plain = {rule for rule in meant if not rule.condition}
    met = {rule for rule in meant if rule.condition in facts.conditions}
    assert met | {rule for rule in plain if rule.bound is not Bound.AT_MOST} <= set(found)
    if all(rule.bound is Bound.AT_LEAST for rule in met):
        assert set(found) == met | plain


@random_cases
@given(st.lists(scopes, max_size=8), scopes)
def test_a_rule_whose_condition_is_not_met_changes_nothing(
    rules: list[RuleScope], other: RuleScope
) -> None:
    unmet = replace(other, condition=Condition.UNPAID)
    assert governing([*rules, unmet], INCIDENT) == governing(rules, INCIDENT)
