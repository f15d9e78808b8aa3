"""Grounds of processing: articles 6(1), 9(2) and 10 GDPR, and what each needs in writing."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.law.missing import Missing, is_blank, rows_of
from privreg.law.words import Worded
from privreg.translation import N_, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Ground(Worded):
    """The six grounds of article 6(1)."""

    CONSENT = "consent", N_("Consent"), "AVG 6(1)(a)"
    CONTRACT = "contract", N_("Performance of a contract"), "AVG 6(1)(b)"
    LEGAL_OBLIGATION = "legal_obligation", N_("Legal obligation"), "AVG 6(1)(c)"
    VITAL_INTERESTS = "vital_interests", N_("Vital interests"), "AVG 6(1)(d)"
    PUBLIC_TASK = "public_task", N_("Public interest or official authority"), "AVG 6(1)(e)"
    LEGITIMATE_INTEREST = "legitimate_interest", N_("Legitimate interest"), "AVG 6(1)(f)"


LEGITIMATE_INTEREST_NEEDS = {
    "interest": N_("'{purpose}' rests on a legitimate interest: say which interest."),
    "necessity": N_("'{purpose}' rests on a legitimate interest: say why it is necessary for it."),
    "balancing": N_(
        "'{purpose}' rests on a legitimate interest: weigh it against the interests of the people."
    ),
}


def missing_grounds(
    activity: Mapping[str, object], *, special: bool = False, criminal: bool = False
) -> tuple[Missing, ...]:
    """Return what the purposes of an activity lack in grounds.

    `activity["purposes"]` are rows with `purpose`, `ground`, `statute`, `interest`,
    `necessity`, `balancing` and `special_ground`. `special` and `criminal` say whether the
    activity holds data of article 9 or 10.
    """
    purposes = rows_of(activity, "purposes")
    found = [point for purpose in purposes for point in _of_purpose(purpose)]
    if special and purposes and all(is_blank(each.get("special_ground")) for each in purposes):
        found.append(
            Missing(
                article="AVG 9(2)",
                what=message(N_("Special categories of data without an exception that allows it.")),
                field="purposes",
            )
        )
    if criminal and not any(each.get("statute") for each in purposes):
        found.append(
            Missing(
                article="AVG 10",
                what=message(N_("Criminal data: name the statute that allows it (31-33 UAVG).")),
                field="purposes",
            )
        )
    return tuple(found)


def _of_purpose(purpose: Mapping[str, object]) -> Iterator[Missing]:
    name = purpose.get("purpose") or ""
    ground = purpose.get("ground")
    if is_blank(ground):
        yield Missing(
            article="AVG 6(1)",
            what=message(N_("'{purpose}' has no ground."), purpose=name),
            field="purposes",
        )
    if ground in (Ground.LEGAL_OBLIGATION.value, Ground.PUBLIC_TASK.value) and is_blank(
        purpose.get("statute")
    ):
        yield Missing(
            article="AVG 6(3)",
            what=message(N_("'{purpose}' rests on a statute: say which one."), purpose=name),
            field="purposes",
        )
    if ground == Ground.LEGITIMATE_INTEREST.value:
        for field, template in LEGITIMATE_INTEREST_NEEDS.items():
            if is_blank(purpose.get(field)):
                yield Missing(
                    article="AVG 6(1)(f)", what=message(template, purpose=name), field="purposes"
                )
