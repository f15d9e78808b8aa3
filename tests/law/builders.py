"""Builders of timers, rules and events that read as a sentence."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import date

from dateutil.relativedelta import relativedelta

from privreg.law.period import Period
from privreg.law.retention import (
    Bound,
    Condition,
    EventType,
    ItemFacts,
    Occurrence,
    RuleScope,
    Timer,
)

DAY = date(2026, 6, 1)
ONE_YEAR = Period(years=1)


def a_timer(
    key: str = "rule",
    bound: Bound = Bound.AT_MOST,
    starts_on: date | None = DAY,
    period: Period | None = ONE_YEAR,
    **more: object,
) -> Timer:
    timer = Timer(
        rule_key=key,
        rule_label=key,
        bound=bound,
        starts_on=starts_on,
        period=period,
        event=EventType.ITEM_DATE.message,
    )
    return replace(timer, **more)  # type: ignore[arg-type]


def year_later(years: int, **days: int) -> date:
    return DAY + relativedelta(years=years, **days)  # type: ignore[arg-type]


def happened(*events: tuple[EventType, date]) -> list[Occurrence]:
    return [Occurrence(*event) for event in events]


def a_rule(key: str, **more: object) -> RuleScope:
    return replace(RuleScope(key=key), **more)  # type: ignore[arg-type]


CAMERA = ItemFacts(controller="box", groups=frozenset({"visitor"}), kind="camera", country="NL")
INCIDENT = replace(CAMERA, conditions=frozenset({Condition.INCIDENT}))
