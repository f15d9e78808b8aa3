"""What the register of processing must hold: article 30(1), (2) and (5) GDPR."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg.law.missing import Missing, is_blank, rows_of
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of article 30: which letter, whether it is there, and what to say when not."""

    article: str
    field: str
    is_there: Callable[[Values], bool]
    what: str
    soft: bool = False


def _has(*fields: str) -> Callable[[Values], bool]:
    return lambda values: any(not is_blank(values.get(field)) for field in fields)


def _every_row_has(rows: str, field: str) -> Callable[[Values], bool]:
    return lambda values: not any(is_blank(row.get(field)) for row in rows_of(values, rows))


def _transfers_documented(values: Values) -> bool:
    return not values.get("has_transfers") or not is_blank(values.get("transfer_note"))


CONTROLLER_POINTS = (
    Point("AVG 30(1)(a)", "controllers", _has("controllers"), N_("No controller is named.")),
    Point("AVG 30(1)(b)", "purposes", _has("purposes"), N_("No purpose is named.")),
    Point(
        "AVG 30(1)(c)",
        "data",
        _has("data"),
        N_("No groups of people and no kinds of data are named."),
    ),
    Point(
        "AVG 30(1)(c)",
        "data",
        _every_row_has("data", "group_id"),
        N_("A kind of data has no group of people."),
    ),
    Point(
        "AVG 30(1)(c)",
        "data",
        _every_row_has("data", "kind_id"),
        N_("A group of people has no kind of data."),
    ),
    Point(
        "AVG 30(1)(d)",
        "recipients",
        lambda values: bool(values.get("has_no_recipients")) or _has("recipients")(values),
        N_("No recipients are named; say so if there are none."),
        soft=True,
    ),
    Point(
        "AVG 30(1)(e)",
        "transfer_note",
        _transfers_documented,
        N_("Data go outside the EEA: say to which country and on what safeguards."),
        soft=True,
    ),
    Point(
        "AVG 30(1)(f)",
        "rules",
        _has("rules"),
        N_("No retention rule says when the data are erased."),
        soft=True,
    ),
    Point(
        "AVG 30(1)(g)",
        "measures",
        _has("measures", "measures_note"),
        N_("No security measures are described."),
        soft=True,
    ),
)

PROCESSOR_POINTS = (
    Point("AVG 30(2)(a)", "controllers", _has("controllers"), N_("No processor is named.")),
    Point(
        "AVG 30(2)(a)",
        "client_id",
        _has("client_id"),
        N_("The controller for whom this is done is not named."),
    ),
    Point(
        "AVG 30(2)(b)",
        "processing_categories",
        _has("processing_categories"),
        N_("The categories of processing are not named."),
    ),
    Point(
        "AVG 30(2)(c)",
        "transfer_note",
        _transfers_documented,
        N_("Data go outside the EEA: say to which country and on what safeguards."),
        soft=True,
    ),
    Point(
        "AVG 30(2)(d)",
        "measures",
        _has("measures", "measures_note"),
        N_("No security measures are described."),
        soft=True,
    ),
)

PARTICULARS = (
    Point("AVG 30(1)(a)", "name", _has("name"), N_("The controller has no name.")),
    Point(
        "AVG 30(1)(a)",
        "email",
        _has("email", "phone", "street"),
        N_("The controller has no contact details."),
    ),
)


REPRESENTATIVE = Point(
    "AVG 27, 30(1)(a)",
    "representative",
    _has("representative"),
    N_("The controller is established outside the EEA and names no representative in it."),
    soft=True,
)


def missing_in_activity(activity: Values) -> tuple[Missing, ...]:
    """Return what article 30 still misses in one activity.

    `activity` holds values under the names of the register: `role` ('controller' or
    'processor'), `controllers`, `purposes`, `data` (rows with `group_id`, `kind_id`),
    `recipients`, `rules`, `measures`, `measures_note`, `transfer_note`, `client_id`,
    `processing_categories`; besides, `has_transfers` says whether data leave the EEA and
    `has_no_recipients` that nobody gets them.
    """
    is_processor = activity.get("role") == "processor"
    return _missing(PROCESSOR_POINTS if is_processor else CONTROLLER_POINTS, activity)


def missing_in_particulars(
    controller: Values, *, is_outside_eea: bool = False
) -> tuple[Missing, ...]:
    """Return what article 30(1)(a) still misses of a controller's name and contact details.

    Reads `name`, `email`, `phone`, `street` and `representative`; the last is asked of a
    controller established outside the EEA only (article 27).
    """
    missing = _missing(PARTICULARS, controller)
    if not is_outside_eea:
        return missing
    return (*missing, *_missing((REPRESENTATIVE,), controller))


def _missing(points: tuple[Point, ...], values: Values) -> tuple[Missing, ...]:
    return tuple(
        Missing(article=point.article, what=Message(point.what), soft=point.soft, field=point.field)
        for point in points
        if not point.is_there(values)
    )


SMALL_BELOW_STAFF = 250  # Article 30(5)


@dataclass(frozen=True, slots=True)
class RegisterDuty:
    """Whether a register must be kept, with the reasons."""

    is_obligatory: bool
    because: tuple[Message, ...]


def register_duty(
    *, staff: int | None = None, risk: bool = True, occasional: bool = False, special: bool = False
) -> RegisterDuty:
    """Say whether article 30(5) exempts an organisation; each condition stands alone.

    `staff` is None while their number is not known; `special` means data of article 9(1) or 10.
    """
    reasons = (
        (staff is not None and staff >= SMALL_BELOW_STAFF, N_("It employs 250 people or more.")),
        (risk, N_("The processing is likely to be a risk to people.")),
        (not occasional, N_("The processing is not occasional.")),
        (special, N_("It holds special categories or criminal data.")),
    )
    because = tuple(message(reason) for holds, reason in reasons if holds)
    if because:
        return RegisterDuty(is_obligatory=True, because=because)
    exempt = message(N_("Fewer than 250 staff, and only occasional processing without a risk."))
    return RegisterDuty(is_obligatory=False, because=(exempt,))
