"""What may be done with an item on a day, rule by rule."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta

from privreg.law.period import Period
from privreg.law.retention import (
    Action,
    Bound,
    CountedFrom,
    HoldSpan,
    ItemStatus,
    resolve,
)
from tests.law.builders import DAY, a_timer, year_later


class TestSeveralRules:
    def test_the_earliest_of_several_at_most_ends_it(self) -> None:
        timers = [
            a_timer("call", period=Period(days=180)),
            a_timer("lead", period=Period(months=6)),
        ]
        state = resolve(timers, DAY)
        assert state.state is ItemStatus.RUNNING
        assert state.rule_key == "call"
        assert state.keep_through == DAY + timedelta(days=180)
        assert state.dispose_from == DAY + timedelta(days=181)

    def test_the_latest_of_several_at_least_keeps_it(self) -> None:
        timers = [
            a_timer("seven", Bound.AT_LEAST, period=Period(years=7)),
            a_timer("nine", Bound.AT_LEAST, period=Period(years=9)),
        ]
        state = resolve(timers, year_later(8))
        assert state.state is ItemStatus.RUNNING
        assert state.rule_key == "nine"
        assert resolve(timers, year_later(9, days=1)).state is ItemStatus.DUE

    def test_it_is_in_use_then_kept_only_then_due(self) -> None:
        timers = [
            a_timer("policy", period=Period(years=1)),
            a_timer("statute", Bound.AT_LEAST, period=Period(years=7)),
        ]
        states = [
            resolve(timers, day)
            for day in (year_later(1), year_later(1, days=1), year_later(7), year_later(7, days=1))
        ]
        assert [each.state for each in states] == [
            ItemStatus.RUNNING,
            ItemStatus.KEPT_ONLY,
            ItemStatus.KEPT_ONLY,
            ItemStatus.DUE,
        ]
        assert [each.is_in_use for each in states] == [True, False, False, False]
        assert {each.keep_through for each in states} == {year_later(7)}
        assert {each.in_use_through for each in states} == {year_later(1)}
        assert {each.rule_key for each in states} == {"statute"}

    def test_a_minimum_is_never_undercut_by_a_shorter_maximum(self) -> None:
        timers = [
            a_timer("policy", period=Period()),
            a_timer("statute", Bound.AT_LEAST, period=Period(years=7)),
        ]
        assert resolve(timers, year_later(1)).state is ItemStatus.KEPT_ONLY

    def test_a_rule_of_both_keeps_exactly_so_long(self) -> None:
        timers = [a_timer("wwft", Bound.BOTH, period=Period(years=5))]
        assert resolve(timers, year_later(5)).state is ItemStatus.RUNNING
        assert resolve(timers, year_later(5, days=1)).state is ItemStatus.DUE

    def test_without_a_rule_it_is_a_gap_and_never_kept_for_ever(self) -> None:
        state = resolve([], DAY)
        assert state.state is ItemStatus.GAP
        assert state.keep_through is None
        assert state.because


class TestWaiting:
    def test_an_event_that_has_not_happened_keeps_it_waiting(self) -> None:
        state = resolve([a_timer(starts_on=None)], DAY)
        assert state.state is ItemStatus.WAITING
        assert state.keep_through is None
        assert state.is_in_use

    def test_another_at_most_goes_on_while_one_waits(self) -> None:
        timers = [a_timer("waits", starts_on=None), a_timer("runs")]
        state = resolve(timers, DAY)
        assert (state.state, state.rule_key) == (ItemStatus.RUNNING, "runs")
        assert resolve(timers, year_later(2)).state is ItemStatus.DUE

    def test_an_at_least_that_waits_stops_disposal(self) -> None:
        timers = [a_timer("policy"), a_timer("paid", Bound.AT_LEAST, None, Period())]
        state = resolve(timers, year_later(3))
        assert (state.state, state.rule_key) == (ItemStatus.WAITING, "paid")

    def test_while_an_at_least_waits_it_is_in_use_no_longer_than_the_policy_allows(self) -> None:
        timers = [a_timer("policy"), a_timer("paid", Bound.AT_LEAST, None, Period())]
        states = [resolve(timers, day) for day in (year_later(1), year_later(1, days=1))]
        assert [each.state for each in states] == [ItemStatus.WAITING, ItemStatus.WAITING]
        assert [each.is_in_use for each in states] == [True, False]
        assert {each.in_use_through for each in states} == {year_later(1)}


class TestCriterion:
    def test_a_criterion_is_a_state_with_its_review(self) -> None:
        timers = [a_timer(period=None, starts_on=None, review_on=year_later(1))]
        state = resolve(timers, DAY)
        assert state.state is ItemStatus.CRITERION
        assert state.review_on == year_later(1)

    def test_a_period_goes_before_a_criterion(self) -> None:
        timers = [a_timer("judged", period=None), a_timer("counted")]
        assert resolve(timers, year_later(2)).state is ItemStatus.DUE

    def test_after_the_policy_an_archive_by_criterion_is_kept_only(self) -> None:
        timers = [a_timer("policy"), a_timer("archive", Bound.AT_LEAST, None, None)]
        assert resolve(timers, DAY).state is ItemStatus.RUNNING
        state = resolve(timers, year_later(2))
        assert (state.state, state.rule_key) == (ItemStatus.KEPT_ONLY, "archive")
        assert not state.is_in_use


class TestHoldsAndRestriction:
    HOLD = HoldSpan("geschil", DAY, until=year_later(3))

    def test_a_hold_suspends_disposal_and_says_why(self) -> None:
        state = resolve([a_timer()], year_later(2), holds=[self.HOLD])
        assert (state.state, state.underlying) == (ItemStatus.HELD, ItemStatus.DUE)
        assert any(step.args.get("reason") == "geschil" for step in state.because)

    def test_a_hold_stands_on_its_first_and_last_day_only(self) -> None:
        at = {
            day: resolve([a_timer()], day, holds=[self.HOLD]).state
            for day in (DAY, self.HOLD.until, year_later(3, days=1), DAY - timedelta(days=1))
            if day
        }
        assert list(at.values()) == [
            ItemStatus.HELD,
            ItemStatus.HELD,
            ItemStatus.DUE,
            ItemStatus.RUNNING,
        ]

    def test_a_hold_does_not_bring_what_is_kept_only_back_into_use(self) -> None:
        timers = [a_timer("policy"), a_timer("statute", Bound.AT_LEAST, period=Period(years=7))]
        state = resolve(timers, year_later(2), holds=[self.HOLD])
        assert state.state is ItemStatus.HELD
        assert not state.is_in_use

    def test_a_restriction_goes_before_everything_and_is_not_in_use(self) -> None:
        state = resolve([a_timer()], year_later(2), holds=[self.HOLD], restricted=True)
        assert (state.state, state.underlying) == (ItemStatus.RESTRICTED, ItemStatus.DUE)
        assert not state.is_in_use
        assert not resolve([a_timer()], DAY, restricted=True).is_in_use


class TestActions:
    def test_the_rule_that_ends_it_says_what_is_done(self) -> None:
        timers = [a_timer(action=Action.ANONYMISE)]
        assert resolve(timers, DAY).action is Action.ANONYMISE

    def test_of_policy_and_statute_the_one_that_ends_last_says_what_is_done(self) -> None:
        policy = a_timer("policy", action=Action.ANONYMISE)
        statute = a_timer("statute", Bound.AT_LEAST, period=Period(years=7), action=Action.REVIEW)
        shorter = a_timer("statute", Bound.AT_LEAST, period=Period(), action=Action.REVIEW)
        assert resolve([policy, statute], DAY).action is Action.REVIEW
        assert resolve([policy, shorter], DAY).action is Action.ANONYMISE


class TestWhatCannotBeReckoned:
    def test_a_term_beyond_the_calendar_is_judged_and_never_due(self) -> None:
        state = resolve([a_timer(period=Period(years=9000))], year_later(1))
        assert state.state is ItemStatus.CRITERION
        assert "9999" in state.because[0].template

    def test_a_book_year_that_is_not_known_is_said_and_the_other_rule_goes_on(self) -> None:
        timers = [
            a_timer("policy"),
            a_timer("fiscal", Bound.AT_LEAST, counted_from=CountedFrom.BOOK_YEAR),
        ]
        state = resolve(timers, year_later(2))
        assert (state.state, state.rule_key) == (ItemStatus.KEPT_ONLY, "fiscal")
        assert "book year" in state.because[0].template


def test_two_rules_that_end_on_one_day_leave_nothing_kept_only() -> None:
    timers = [a_timer("policy"), a_timer("statute", Bound.AT_LEAST)]
    state = resolve(timers, DAY)
    assert state.rule_key == "policy"
    assert not any("kept only" in step.template for step in state.because)
