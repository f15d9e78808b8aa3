"""How long an item is kept, and what may be done with it on a day.

Storage limitation is article 5(1)(e) GDPR, restriction article 18. The rest of retention,
periods in `keeping`, events in `events` and scopes in `rules`, is offered here as well.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from privreg.law.events import (
    CANCELLED_BY,
    Condition,
    EventType,
    Occurrence,
    conditions_met,
    starting_day,
)
from privreg.law.keeping import Kept, keep, latest_start_due
from privreg.law.period import PeriodError
from privreg.law.rules import (
    Action,
    Bound,
    CountedFrom,
    ItemFacts,
    RuleScope,
    Scoped,
    applies,
    governing,
)
from privreg.law.words import Worded
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from privreg.law.period import MonthDay, Period

__all__ = [
    "CANCELLED_BY",
    "Action",
    "Bound",
    "Condition",
    "CountedFrom",
    "EventType",
    "HoldSpan",
    "ItemFacts",
    "ItemState",
    "ItemStatus",
    "Kept",
    "Occurrence",
    "RuleScope",
    "Scoped",
    "Timer",
    "applies",
    "conditions_met",
    "governing",
    "keep",
    "latest_start_due",
    "resolve",
    "starting_day",
]


class ItemStatus(Worded):
    """Where an item stands on a day."""

    RUNNING = "running", N_("running")
    WAITING = "waiting", N_("waiting for an event")
    KEPT_ONLY = "kept_only", N_("kept only")
    DUE = "due", N_("due for disposal")
    HELD = "held", N_("held")
    RESTRICTED = "restricted", N_("restricted")
    CRITERION = "criterion", N_("by criterion")
    GAP = "gap", N_("no retention rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """One rule at work on one item.

    `starts_on` is None while the event has not happened, `period` None where the rule goes
    by a criterion that is looked at on `review_on`.
    """

    rule_key: str
    rule_label: Message | str
    bound: Bound
    starts_on: date | None
    period: Period | None
    event: Message
    counted_from: CountedFrom = CountedFrom.DAY
    book_year_end: MonthDay | None = None
    action: Action = Action.ERASE
    review_on: date | None = None

    @property
    def goes_by_criterion(self) -> bool:
        """Whether it ends by a decision and not by counting."""
        return self.period is None

    @property
    def is_waiting(self) -> bool:
        """Whether the event that starts it has not happened."""
        return self.period is not None and self.starts_on is None

    def kept(self) -> Kept | None:
        """Return the term, or None where there is none yet; raises `PeriodError`."""
        if self.period is None or self.starts_on is None:
            return None
        return keep(
            self.starts_on,
            self.period,
            counted_from=self.counted_from,
            book_year_end=self.book_year_end,
        )


@dataclass(frozen=True, slots=True)
class HoldSpan:
    """A reason not to dispose, from one day through another (None: until it is lifted)."""

    reason: Message | str
    since: date
    review_on: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the hold stands on a day, its first and last day included."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemState:
    """Where an item stands on a day, and which rule decides when it goes.

    `in_use_through` is the last day the policy allows it to be used, None while unknown;
    `use_has_ended` says whether that day is over. `underlying` is the state without hold or
    restriction.
    """

    state: ItemStatus
    underlying: ItemStatus
    keep_through: date | None = None
    dispose_from: date | None = None
    in_use_through: date | None = None
    use_has_ended: bool = False
    rule_key: str | None = None
    action: Action | None = None
    review_on: date | None = None
    because: tuple[Message, ...] = ()

    @property
    def is_in_use(self) -> bool:
        """Whether everyone with access to the customer may use it."""
        return self.state is not ItemStatus.RESTRICTED and not self.use_has_ended


def resolve(
    timers: Sequence[Timer],
    day: date,
    *,
    holds: Sequence[HoldSpan] = (),
    restricted: bool = False,
    no_anonymised_copies: bool = False,
) -> ItemState:
    """Return where an item stands on a day under all the rules that govern it.

    Several *at most*: the earliest end; several *at least*: the latest. In use until the
    policy ends, then kept only until the last minimum ends, then due. A minimum is never
    undercut, and one whose event has not happened keeps the item waiting. A hold or a
    restriction asked by the person (article 18) suspends disposal.
    """
    state = _under_rules(timers, day)
    if no_anonymised_copies and state.action is Action.ANONYMISE:
        state = replace(state, action=Action.ERASE, because=(*state.because, _no_copies_step()))
    standing = [hold for hold in holds if hold.covers(day)]
    if standing:
        steps = tuple(_hold_step(hold) for hold in standing)
        state = replace(state, state=ItemStatus.HELD, because=(*state.because, *steps))
    if restricted:
        because = (*state.because, _restricted_step())
        state = replace(state, state=ItemStatus.RESTRICTED, because=because)
    return state


def _no_copies_step() -> Message:
    return message(
        N_("The person does not want anonymised copies to be kept: erase instead of anonymise.")
    )


def _restricted_step() -> Message:
    return message(
        N_(
            "The person asked to restrict the processing (article 18): "
            "stored, but neither used nor disposed of."
        )
    )


@dataclass(frozen=True, slots=True)
class _Ended:
    timer: Timer
    kept: Kept


def _under_rules(timers: Sequence[Timer], day: date) -> ItemState:
    if not timers:
        gap = message(N_("No retention rule governs this kind of data: set a term."))
        return ItemState(state=ItemStatus.GAP, underlying=ItemStatus.GAP, because=(gap,))
    try:
        return _reckoned(timers, day)
    except PeriodError as error:
        state = _reckoned([_with_a_known_end(timer) for timer in timers], day)
        return replace(state, because=(error.problem, *state.because))


def _with_a_known_end(timer: Timer) -> Timer:
    """Let a term that cannot be reckoned go by judgement: nothing is disposed of by a guess."""
    try:
        timer.kept()
    except PeriodError:
        return replace(timer, period=None)
    return timer


def _reckoned(timers: Sequence[Timer], day: date) -> ItemState:
    limits = [timer for timer in timers if timer.bound.limits]
    demands = [timer for timer in timers if timer.bound.demands]
    policy = _choose(limits, min)
    statute = _choose(demands, max)
    open_demand = _first(demands, lambda timer: timer.is_waiting)
    open_limit = _first(limits, lambda timer: timer.is_waiting) if policy is None else None
    waiting = open_demand or open_limit
    if waiting:
        return _waiting(waiting, policy, statute, day)
    judged = _first(demands, lambda timer: timer.goes_by_criterion)
    if judged is None and policy is None:
        judged = _first(limits, lambda timer: timer.goes_by_criterion)
    if judged:
        return _by_criterion(judged, policy, statute, day)
    return _counted(policy, statute, day)


def _choose(timers: Sequence[Timer], which: Callable[..., _Ended]) -> _Ended | None:
    ended = [_Ended(timer, kept) for timer in timers if (kept := timer.kept()) is not None]
    return which(ended, key=lambda each: each.kept.keep_through) if ended else None


def _first(timers: Sequence[Timer], wanted: Callable[[Timer], bool]) -> Timer | None:
    return next((timer for timer in timers if wanted(timer)), None)


def _waiting(timer: Timer, policy: _Ended | None, statute: _Ended | None, day: date) -> ItemState:
    step = message(
        N_("{rule} starts with an event that has not happened: {event}."),
        rule=timer.rule_label,
        event=timer.event,
    )
    return ItemState(
        state=ItemStatus.WAITING,
        underlying=ItemStatus.WAITING,
        in_use_through=policy.kept.keep_through if policy else None,
        use_has_ended=_is_over(policy, day),
        rule_key=timer.rule_key,
        action=timer.action,
        because=(step, *_known(policy, statute)),
    )


def _is_over(ended: _Ended | None, day: date) -> bool:
    return ended is not None and day > ended.kept.keep_through


def _by_criterion(
    timer: Timer, policy: _Ended | None, statute: _Ended | None, day: date
) -> ItemState:
    status = ItemStatus.CRITERION
    if policy is not None:
        status = ItemStatus.KEPT_ONLY if _is_over(policy, day) else ItemStatus.RUNNING
    return ItemState(
        state=status,
        underlying=status,
        in_use_through=policy.kept.keep_through if policy else None,
        use_has_ended=_is_over(policy, day),
        rule_key=timer.rule_key,
        action=timer.action,
        review_on=timer.review_on,
        because=(_criterion_step(timer), *_known(policy, statute)),
    )


def _criterion_step(timer: Timer) -> Message:
    if timer.review_on is None:
        return message(
            N_("{rule} goes by a criterion, and no day is set to review it."),
            rule=timer.rule_label,
        )
    return message(
        N_("{rule} goes by a criterion, to be reviewed on {review_on}."),
        rule=timer.rule_label,
        review_on=timer.review_on,
    )


def _known(policy: _Ended | None, statute: _Ended | None) -> tuple[Message, ...]:
    steps = []
    if policy:
        steps.append(_end_step(policy, N_("{rule}: in use through {end}.")))
    if statute:
        steps.append(_end_step(statute, N_("{rule}: to be kept through {end} at least.")))
    return tuple(steps)


def _end_step(ended: _Ended, template: str) -> Message:
    return message(template, rule=ended.timer.rule_label, end=ended.kept.keep_through)


def _counted(policy: _Ended | None, statute: _Ended | None, day: date) -> ItemState:
    last = _last(policy, statute)
    use_ends = (policy or last).kept.keep_through
    if day <= use_ends:
        status = ItemStatus.RUNNING
    elif day <= last.kept.keep_through:
        status = ItemStatus.KEPT_ONLY
    else:
        status = ItemStatus.DUE
    return ItemState(
        state=status,
        underlying=status,
        keep_through=last.kept.keep_through,
        dispose_from=last.kept.dispose_from,
        in_use_through=use_ends,
        use_has_ended=day > use_ends,
        rule_key=last.timer.rule_key,
        action=last.timer.action,
        because=_explained(policy, statute, last),
    )


def _last(policy: _Ended | None, statute: _Ended | None) -> _Ended:
    ends = [ended for ended in (policy, statute) if ended is not None]
    return max(ends, key=lambda ended: ended.kept.keep_through)


def _explained(policy: _Ended | None, statute: _Ended | None, last: _Ended) -> tuple[Message, ...]:
    started = message(
        N_("{rule}: {event} on {start}."),
        rule=last.timer.rule_label,
        event=last.timer.event,
        start=last.kept.start,
    )
    steps = [started, *last.kept.because]
    if policy and policy.kept.keep_through < last.kept.keep_through:
        steps.append(_end_step(policy, N_("{rule}: in use through {end}.")))
        steps.append(message(N_("From then it is kept only, because a minimum still runs.")))
    if statute and statute.timer is not last.timer:
        steps.append(_end_step(statute, N_("{rule}: to be kept through {end} at least.")))
    return tuple(steps)


def _hold_step(hold: HoldSpan) -> Message:
    if hold.until is not None:
        return message(
            N_("Disposal is suspended from {since} through {until}: {reason}."),
            since=hold.since,
            until=hold.until,
            reason=hold.reason,
        )
    return message(
        N_("Disposal is suspended since {since}: {reason}."), since=hold.since, reason=hold.reason
    )
