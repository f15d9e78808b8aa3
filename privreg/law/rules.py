"""Which retention rules govern an item, and what a rule may say (article 5(1)(e) GDPR)."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from privreg.law.words import Worded
from privreg.translation import N_

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable


class CountedFrom(Worded):
    """From which day a period is counted."""

    DAY = "day", N_("the day itself")
    CALENDAR_YEAR = "calendar_year", N_("the end of the calendar year")
    BOOK_YEAR = "book_year", N_("the end of the book year")


class Bound(Worded):
    """Whether a rule limits keeping (policy), demands it (statute), or both."""

    AT_MOST = "at_most", N_("at most")
    AT_LEAST = "at_least", N_("at least")
    BOTH = "both", N_("exactly: at least and at most")

    @property
    def limits(self) -> bool:
        """Whether data must go when the rule ends."""
        return self is not Bound.AT_LEAST

    @property
    def demands(self) -> bool:
        """Whether data must stay until the rule ends."""
        return self is not Bound.AT_MOST


class Action(Worded):
    """What is to be done when the keeping ends."""

    ERASE = "erase", N_("erase")
    ANONYMISE = "anonymise", N_("anonymise")
    REVIEW = "review", N_("review")


class Scoped(Protocol):
    """A rule's scope: what it governs; None stands for all."""

    @property
    def controller(self) -> Hashable | None: ...
    @property
    def group(self) -> Hashable | None: ...
    @property
    def kind(self) -> Hashable | None: ...
    @property
    def country(self) -> str | None: ...
    @property
    def condition(self) -> Hashable | None: ...
    @property
    def bound(self) -> Bound: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleScope:
    """A plain `Scoped` rule, known by its key."""

    key: str
    controller: Hashable | None = None
    group: Hashable | None = None
    kind: Hashable | None = None
    country: str | None = None
    condition: Hashable | None = None
    bound: Bound = Bound.AT_MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """What a rule's scope is compared with: one item of one customer."""

    controller: Hashable
    groups: frozenset[Hashable] = frozenset()
    kind: Hashable
    country: str | None = None
    conditions: frozenset[Hashable] = frozenset()


R = TypeVar("R", bound=Scoped)


def governing(rules: Iterable[R], facts: ItemFacts) -> tuple[R, ...]:
    """Return the rules that govern an item, in their own order.

    A rule whose condition is met takes the place of the unconditional *at most* rules of
    the same controller, group and kind. What demands keeping is never replaced: a minimum
    is not undercut.
    """
    applying = [rule for rule in rules if applies(rule, facts)]
    special = [rule for rule in applying if rule.condition is not None and rule.bound.limits]
    return tuple(rule for rule in applying if not any(_replaces(new, rule) for new in special))


def applies(rule: Scoped, facts: ItemFacts) -> bool:
    """Whether an item falls in the scope of a rule and the rule's condition is met."""
    return (
        rule.controller in (None, facts.controller)
        and (rule.group is None or rule.group in facts.groups)
        and rule.kind in (None, facts.kind)
        and rule.country in (None, facts.country)
        and (rule.condition is None or rule.condition in facts.conditions)
    )


def _replaces(new: Scoped, old: Scoped) -> bool:
    # Both apply to the item, so only the group can differ: a customer may be in several.
    return (
        old.condition is None
        and old.bound is Bound.AT_MOST
        and (None in (new.group, old.group) or new.group == old.group)
    )
