"""Severity of a breach by ENISA's method (2013): SE = DPC x EI + CB, as advice only.

ENISA does not say when to notify. That its four bands stand for the four words of the
Dutch authority's form is this program's own choice.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg.law.words import Worded
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Collection

LOWEST_CONTEXT = 1
HIGHEST_CONTEXT = 4
MANY_PEOPLE = 100


class Identification(Worded):
    """How easily people can be recognised from the data (EI)."""

    NEGLIGIBLE = "negligible", N_("negligible")
    LIMITED = "limited", N_("limited")
    SIGNIFICANT = "significant", N_("significant")
    MAXIMUM = "maximum", N_("maximum")


IDENTIFICATION_SCORE = {
    Identification.NEGLIGIBLE: 0.25,
    Identification.LIMITED: 0.5,
    Identification.SIGNIFICANT: 0.75,
    Identification.MAXIMUM: 1.0,
}


class Circumstance(Worded):
    """What happened to the data (CB); of each aspect the worst counts."""

    SEEN_BY_KNOWN = "seen_by_known", N_("seen by a known number of recipients")
    SEEN_BY_UNKNOWN = "seen_by_unknown", N_("seen by an unknown number of recipients")
    CHANGED_RECOVERABLE = "changed_recoverable", N_("changed, can be restored")
    CHANGED_FOR_GOOD = "changed_for_good", N_("changed, cannot be restored")
    LOST_FOR_A_TIME = "lost_for_a_time", N_("not available for a time")
    LOST_FOR_GOOD = "lost_for_good", N_("lost for good")
    MALICIOUS = "malicious", N_("done on purpose")


ASPECTS = (
    {Circumstance.SEEN_BY_KNOWN: 0.25, Circumstance.SEEN_BY_UNKNOWN: 0.5},
    {Circumstance.CHANGED_RECOVERABLE: 0.25, Circumstance.CHANGED_FOR_GOOD: 0.5},
    {Circumstance.LOST_FOR_A_TIME: 0.25, Circumstance.LOST_FOR_GOOD: 0.5},
    {Circumstance.MALICIOUS: 0.5},
)


class SeverityBand(Worded):
    """The four words of the authority's form, from ENISA's low to very high."""

    NEGLIGIBLE = "negligible", N_("negligible")
    LIMITED = "limited", N_("limited")
    CONSIDERABLE = "considerable", N_("considerable")
    VERY_LARGE = "very_large", N_("very large")


BANDS = (
    (4.0, SeverityBand.VERY_LARGE),
    (3.0, SeverityBand.CONSIDERABLE),
    (2.0, SeverityBand.LIMITED),
)


@dataclass(frozen=True, slots=True)
class Severity:
    """A score between 0.25 and 6, its band, and the steps to it."""

    score: float
    band: SeverityBand
    because: tuple[Message, ...]


def severity(
    context: int,
    identification: Identification,
    circumstances: Collection[Circumstance] = (),
    *,
    people: int | None = None,
    unintelligible: bool = False,
) -> Severity:
    """Score a breach; `context` is 1-4 after weighing, `people` the number concerned.

    More than 100 people, and data that others cannot read, are told beside the score: they
    do not change it.
    """
    if not LOWEST_CONTEXT <= context <= HIGHEST_CONTEXT:
        raise ValueError(context)
    circumstance = sum(
        max((score for what, score in aspect.items() if what in circumstances), default=0.0)
        for aspect in ASPECTS
    )
    ease = IDENTIFICATION_SCORE[identification]
    score = context * ease + circumstance
    formula = message(
        N_("ENISA: {context} x {ease} + {circumstance} = {score}."),
        context=context,
        ease=ease,
        circumstance=circumstance,
        score=score,
    )
    return Severity(score, band_of(score), (formula, *_flags(people, unintelligible)))


def band_of(score: float) -> SeverityBand:
    """Return the band of a score: below 2, below 3, below 4, and 4 or more."""
    return next((band for lowest, band in BANDS if score >= lowest), SeverityBand.NEGLIGIBLE)


def _flags(people: int | None, unintelligible: bool) -> tuple[Message, ...]:
    flags = []
    if people is not None and people > MANY_PEOPLE:
        flags.append(message(N_("More than 100 people are concerned.")))
    if unintelligible:
        flags.append(message(N_("The data cannot be read by others.")))
    return tuple(flags)
