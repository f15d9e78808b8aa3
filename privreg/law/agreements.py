"""Processing agreements (verwerkersovereenkomsten), article 28 GDPR; arrangements, article 26."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from privreg.law.missing import Missing, is_blank
from privreg.translation import N_, message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from privreg.law.lists import DatedList

    Values = Mapping[str, object]


def is_in_force(agreement: Values, day: date) -> bool:
    """Whether an agreement was signed and has not ended on a day."""
    signed_on, ends_on = agreement.get("signed_on"), agreement.get("ends_on")
    signed = isinstance(signed_on, date) and signed_on <= day
    return signed and not (isinstance(ends_on, date) and ends_on < day)


def missing_for_processor(
    agreements: Sequence[Values], day: date, points: DatedList
) -> tuple[Missing, ...]:
    """Return what the processing agreements with a processor lack on a day.

    Each agreement holds `signed_on`, `ends_on`, `points` (the codes of article 28(3) it
    settles) and `document`. `points` is the list `agreement_points`.
    """
    in_force = [agreement for agreement in agreements if is_in_force(agreement, day)]
    if not in_force:
        return (_no_agreement(agreements, day),)
    return (*_unsettled(in_force, day, points), *_without_document(in_force))


def _no_agreement(agreements: Sequence[Values], day: date) -> Missing:
    ended = [
        ends_on
        for agreement in agreements
        if isinstance(ends_on := agreement.get("ends_on"), date) and ends_on < day
    ]
    what = (
        message(N_("The processing agreement ended on {ended_on}."), ended_on=max(ended))
        if ended
        else message(N_("There is no signed processing agreement with this processor."))
    )
    return Missing(article="AVG 28(3)", what=what, field="agreements")


def _unsettled(in_force: Sequence[Values], day: date, points: DatedList) -> tuple[Missing, ...]:
    settled = {code for agreement in in_force for code in _codes(agreement)}
    return tuple(
        Missing(
            article=str(point.details.get("article", "AVG 28(3)")),
            what=message(N_("The processing agreement does not settle: {point}."), point=point),
            soft=True,
            field="agreements",
        )
        for point in points.on(day)
        if point.code not in settled
    )


def _codes(agreement: Values) -> Sequence[str]:
    codes = agreement.get("points")
    return codes if isinstance(codes, list | tuple) else ()


def _without_document(in_force: Sequence[Values]) -> tuple[Missing, ...]:
    if not all(is_blank(agreement.get("document")) for agreement in in_force):
        return ()
    what = message(N_("It is not said where the signed processing agreement is kept."))
    return (Missing(article="AVG 28(9)", what=what, soft=True, field="agreements"),)


def missing_arrangement(controller: Values) -> tuple[Missing, ...]:
    """Return whether joint controllers lack their arrangement (article 26(1)).

    Reads `relation` ('alone', 'joint', 'apart') and `arrangement`.
    """
    if controller.get("relation") != "joint" or not is_blank(controller.get("arrangement")):
        return ()
    what = message(N_("The joint controllers have no arrangement on who does what."))
    return (Missing(article="AVG 26(1)", what=what, field="arrangement"),)
