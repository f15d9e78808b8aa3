"""What the five statements promise, at the level of the clocks."""

# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: N802  (a promise is called by its id)
from __future__ import annotations

from datetime import date, timedelta

import pytest

from privreg.law.period import MonthDay, Period
from privreg.law.retention import (
    Action,
    Bound,
    Condition,
    CountedFrom,
    EventType,
    ItemStatus,
    governing,
    resolve,
    starting_day,
)
from tests.law.builders import CAMERA, DAY, INCIDENT, a_rule, a_timer, happened, year_later


class TestPromises:
    """What the five statements promise, at the level of the clocks."""

    def test_1box_B7_a_leads_call_recording_falls_under_two_rules(self) -> None:
        recorded = date(2026, 3, 1)
        calls = a_timer("calls", starts_on=recorded, period=Period(days=180))
        lead = a_timer("lead", starts_on=recorded, period=Period(months=6))
        assert resolve([calls, lead], recorded).keep_through == date(2026, 8, 28)

    def test_1box_B7_a_lead_that_becomes_a_customer_waits_for_the_end(self) -> None:
        visits = a_timer("visits", starts_on=None, period=Period(weeks=160))
        assert resolve([visits], DAY).state is ItemStatus.WAITING

    def test_clientbox_C7_as_long_as_the_purpose_needs_has_a_review(self) -> None:
        rule = a_timer(period=None, starts_on=None, review_on=date(2027, 1, 1))
        assert resolve([rule], DAY).review_on == date(2027, 1, 1)

    def test_iv_V6_statutory_terms_go_first(self) -> None:
        rules = [
            a_timer("promise", period=Period(years=2), action=Action.ANONYMISE),
            a_timer("statute", Bound.AT_LEAST, period=Period(years=7)),
        ]
        assert resolve(rules, year_later(3)).state is ItemStatus.KEPT_ONLY

    def test_connox_X6_an_account_goes_at_the_event_itself(self) -> None:
        account = a_timer("account", starts_on=DAY, period=Period())
        assert resolve([account], DAY).state is ItemStatus.RUNNING
        assert resolve([account], DAY + timedelta(days=1)).state is ItemStatus.DUE

    def test_connox_X6_during_a_statutory_term_the_data_is_only_kept(self) -> None:
        rules = [
            a_timer("account", starts_on=DAY, period=Period()),
            a_timer("trade", Bound.AT_LEAST, DAY, Period(years=10)),
        ]
        assert resolve(rules, DAY + timedelta(days=1)).state is ItemStatus.KEPT_ONLY

    @pytest.mark.parametrize(
        ("paid_on", "day", "expected"),
        [
            (None, date(2035, 1, 1), ItemStatus.WAITING),
            (date(2023, 1, 1), date(2029, 12, 31), ItemStatus.RUNNING),
            (date(2023, 1, 1), date(2030, 1, 1), ItemStatus.DUE),
            (date(2034, 5, 5), date(2034, 5, 5), ItemStatus.KEPT_ONLY),
            (date(2034, 5, 5), date(2034, 5, 6), ItemStatus.DUE),
        ],
    )
    def test_koffiemax_K5_an_invoice_stays_until_paid_or_its_fiscal_date(
        self, paid_on: date | None, day: date, expected: ItemStatus
    ) -> None:
        fiscal = a_timer(
            "fiscal",
            Bound.BOTH,
            date(2022, 6, 15),
            Period(years=7),
            counted_from=CountedFrom.BOOK_YEAR,
            book_year_end=MonthDay(12, 31),
        )
        paid = a_timer("paid", Bound.AT_LEAST, paid_on, Period())
        assert resolve([fiscal, paid], day).state is expected

    def test_koffiemax_K5_dispute_data_stay_a_year_after_the_dispute(self) -> None:
        policy = a_timer("policy", period=Period(years=1))
        dispute = a_timer("dispute", Bound.AT_LEAST, year_later(2), Period(years=1))
        assert resolve([policy, dispute], year_later(3)).state is ItemStatus.KEPT_ONLY
        assert resolve([policy, dispute], year_later(3, days=1)).state is ItemStatus.DUE

    def test_koffiemax_K5_a_former_customer_who_returns_stops_the_five_years(self) -> None:
        events = happened(
            (EventType.CONTRACT_ENDED, date(2024, 2, 29)),
            (EventType.CONTRACT_STARTED, date(2027, 1, 1)),
        )
        starts_on = starting_day(EventType.CONTRACT_ENDED, events)
        timer = a_timer("five years", starts_on=starts_on, period=Period(years=5))
        assert resolve([timer], date(2035, 1, 1)).state is ItemStatus.WAITING

    def test_iv_V7_no_anonymised_copies_turns_anonymise_into_erase(self) -> None:
        timers = [a_timer(action=Action.ANONYMISE)]
        state = resolve(timers, DAY, no_anonymised_copies=True)
        assert state.action is Action.ERASE
        reviewed = [a_timer(action=Action.REVIEW)]
        assert resolve(reviewed, DAY, no_anonymised_copies=True).action is Action.REVIEW

    def test_1box_B7_an_incident_takes_the_place_of_the_seven_days(self) -> None:
        rules = [
            a_rule("seven days", kind="camera", group="visitor"),
            a_rule("28 days", kind="camera", group="visitor", condition=Condition.INCIDENT),
        ]
        assert [rule.key for rule in governing(rules, CAMERA)] == ["seven days"]
        assert [rule.key for rule in governing(rules, INCIDENT)] == ["28 days"]
