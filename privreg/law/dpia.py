"""When a data protection impact assessment (DPIA) is obligatory: article 35 GDPR.

The supervisory authority's own list (article 35(4)): one hit obliges. The nine criteria of
guideline WP 248 rev.01: two hits oblige in most cases, one may; who then does none says why.
Article 35(3) names three cases itself.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg.law.missing import Missing, is_blank
from privreg.law.words import Worded
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from privreg.law.lists import DatedEntry, DatedList

CRITERIA_THAT_OBLIGE = 2  # WP 248 rev.01, chapter III.B

STATUTE = "statute"
AUTHORITY = "authority"
CRITERION = "criterion"


class DpiaNeed(Worded):
    """Whether a DPIA must be done."""

    OBLIGATORY = "obligatory", N_("DPIA obligatory"), "AVG 35(1)"
    IN_MOST_CASES = "in_most_cases", N_("DPIA obligatory in most cases"), "AVG 35(1)"
    TO_BE_WEIGHED = "to_be_weighed", N_("DPIA to be weighed"), "AVG 35(1)"
    NOT_SHOWN = "not_shown", N_("nothing shows that a DPIA is needed"), "AVG 35(1)"


@dataclass(frozen=True, slots=True)
class DpiaAdvice:
    """What the triggers that apply lead to; a person decides and says why."""

    need: DpiaNeed
    because: tuple[Message, ...]


def dpia_advice(chosen: Collection[str], triggers: DatedList) -> DpiaAdvice:
    """Weigh the triggers that apply; `triggers` is the list `dpia_triggers`.

    Each of its entries says under `weight` whether statute, the authority's list or one of
    the criteria is speaking.
    """
    hits = [entry for entry in triggers if entry.code in chosen]
    obliging = [entry for entry in hits if entry.details["weight"] in (STATUTE, AUTHORITY)]
    criteria = [entry for entry in hits if entry.details["weight"] == CRITERION]
    if obliging:
        return DpiaAdvice(DpiaNeed.OBLIGATORY, tuple(_names(entry) for entry in obliging))
    if len(criteria) >= CRITERIA_THAT_OBLIGE:
        several = message(
            N_("Two or more of the nine criteria apply (WP 248): {criteria}."), criteria=criteria
        )
        return DpiaAdvice(DpiaNeed.IN_MOST_CASES, (several,))
    if criteria:
        one = message(
            N_("One of the nine criteria applies (WP 248), which may suffice: {criterion}."),
            criterion=criteria[0],
        )
        return DpiaAdvice(DpiaNeed.TO_BE_WEIGHED, (one,))
    return DpiaAdvice(DpiaNeed.NOT_SHOWN, (message(N_("None of the triggers applies.")),))


def _names(entry: DatedEntry) -> Message:
    if entry.details["weight"] == STATUTE:
        return message(
            N_("{trigger} ({article})."), trigger=entry, article=str(entry.details["article"])
        )
    return message(N_("On the list of the Dutch authority: {trigger}."), trigger=entry)


def missing_dpia(activity: Mapping[str, object], triggers: DatedList) -> tuple[Missing, ...]:
    """Return what an activity lacks in its DPIA.

    Reads `dpia_triggers` (codes), `dpia_outcome` ('', 'not_needed', 'planned', 'running',
    'done', 'prior_consultation') and `dpia_reason`.
    """
    chosen = activity.get("dpia_triggers")
    advice = dpia_advice(chosen if isinstance(chosen, list | tuple) else (), triggers)
    outcome, reason = activity.get("dpia_outcome"), activity.get("dpia_reason")
    if outcome == "not_needed" and is_blank(reason):
        return (_why_none(),)
    if advice.need is DpiaNeed.OBLIGATORY and (is_blank(outcome) or outcome == "not_needed"):
        what = message(N_("A DPIA is obligatory here, and none is done or planned."))
        return (Missing(article="AVG 35(1)", what=what, field="dpia_outcome"),)
    if advice.need is DpiaNeed.IN_MOST_CASES and is_blank(outcome):
        what = message(
            N_("Two of the nine criteria apply: do a DPIA, or say why none is needed here.")
        )
        return (Missing(article="AVG 35(1)", what=what, field="dpia_outcome"),)
    if is_blank(outcome):
        return (_why_none(),)
    return ()


def _why_none() -> Missing:
    what = message(N_("It is not said whether a DPIA was done, or why none is needed."))
    return Missing(article="AVG 35", what=what, soft=True, field="dpia_reason")
