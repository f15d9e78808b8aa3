"""The data protection officer (FG): articles 37 and 38 GDPR."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.law.missing import Missing, is_blank
from privreg.translation import N_, message

if TYPE_CHECKING:
    from collections.abc import Mapping


def missing_officer(controller: Mapping[str, object]) -> tuple[Missing, ...]:
    """Return what is missing about the officer of a controller.

    Reads `has_officer` (None while not answered), `officer_name`, `officer_email`, `officer_phone`,
    `officer_number` and `no_officer_reason`.
    """
    has_officer = controller.get("has_officer")
    if has_officer is None:
        what = message(N_("It is not said whether there is a data protection officer."))
        return (Missing(article="AVG 37", what=what, field="has_officer"),)
    if not has_officer:
        return _no_officer(controller)
    found = []
    if is_blank(controller.get("officer_name")):
        what = message(N_("The officer's name is missing."))
        found.append(Missing(article="AVG 30(1)(a)", what=what, field="officer_name"))
    if is_blank(controller.get("officer_email")) and is_blank(controller.get("officer_phone")):
        what = message(N_("The officer's contact details are missing."))
        found.append(Missing(article="AVG 30(1)(a)", what=what, field="officer_email"))
    if is_blank(controller.get("officer_number")):
        what = message(N_("The officer is not registered with the authority, or without a number."))
        found.append(Missing(article="AVG 37(7)", what=what, soft=True, field="officer_number"))
    return tuple(found)


def _no_officer(controller: Mapping[str, object]) -> tuple[Missing, ...]:
    if not is_blank(controller.get("no_officer_reason")):
        return ()
    what = message(N_("There is no data protection officer and no reason why none is needed."))
    return (Missing(article="AVG 37(1)", what=what, soft=True, field="no_officer_reason"),)
