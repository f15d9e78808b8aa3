"""Requests of data subjects: articles 12 and 15-22 GDPR, articles 35 and 41 UAVG."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from privreg.law import period as periods
from privreg.law.holidays import EQUATED_DAYS, knows_holidays_of, next_working_day, shift_steps
from privreg.law.period import Period, ends_on
from privreg.law.words import Worded
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from datetime import date

ANSWER_WITHIN = Period(months=1)  # Article 12(3)
EXTENDED_ANSWER_WITHIN = Period(months=3)  # Article 12(3): two further months, from receipt
PETITION_COURT_WITHIN = Period(weeks=6)  # Article 35(2) UAVG


class RequestKind(Worded):
    """What a person can ask, with the article that gives the right."""

    ACCESS = "access", N_("Access"), "AVG 15"
    RECTIFICATION = "rectification", N_("Rectification"), "AVG 16"
    ERASURE = "erasure", N_("Erasure"), "AVG 17"
    RESTRICTION = "restriction", N_("Restriction"), "AVG 18"
    PORTABILITY = "portability", N_("Portability"), "AVG 20"
    OBJECTION = "objection", N_("Objection"), "AVG 21"
    CONSENT_WITHDRAWN = "consent_withdrawn", N_("Withdrawal of consent"), "AVG 7(3)"
    AUTOMATED_DECISION = "automated_decision", N_("Automated decision"), "AVG 22"
    COMPLAINT = "complaint", N_("Complaint"), ""


class RefusalGround(Worded):
    """The only grounds on which a request may be refused, whole or in part."""

    NOT_IDENTIFIABLE = "not_identifiable", N_("The person cannot be identified"), "AVG 11(2)"
    EXCESSIVE = "excessive", N_("Manifestly unfounded or excessive"), "AVG 12(5)"
    RIGHTS_OF_OTHERS = "rights_of_others", N_("A copy would harm others"), "AVG 15(4)"
    ERASURE_EXPRESSION = (
        "erasure_expression",
        N_("Freedom of expression and information"),
        "AVG 17(3)(a)",
    )
    ERASURE_LEGAL_DUTY = "erasure_legal_duty", N_("Legal obligation or public task"), "AVG 17(3)(b)"
    ERASURE_HEALTH = "erasure_health", N_("Public health"), "AVG 17(3)(c)"
    ERASURE_ARCHIVE = "erasure_archive", N_("Archive, research or statistics"), "AVG 17(3)(d)"
    ERASURE_CLAIMS = "erasure_claims", N_("Legal claims"), "AVG 17(3)(e)"
    PORTABILITY_OTHERS = "portability_others", N_("Portability would harm others"), "AVG 20(4)"
    COMPELLING_GROUNDS = (
        "compelling_grounds",
        N_("Compelling legitimate grounds, or legal claims"),
        "AVG 21(1)",
    )
    UAVG_41 = "uavg_41", N_("Necessary and proportionate exception in Dutch law"), "UAVG 41"


REFUSABLE_ON: dict[RequestKind, frozenset[RefusalGround]] = {
    RequestKind.ACCESS: frozenset({RefusalGround.RIGHTS_OF_OTHERS}),
    RequestKind.ERASURE: frozenset(
        {
            RefusalGround.ERASURE_EXPRESSION,
            RefusalGround.ERASURE_LEGAL_DUTY,
            RefusalGround.ERASURE_HEALTH,
            RefusalGround.ERASURE_ARCHIVE,
            RefusalGround.ERASURE_CLAIMS,
        }
    ),
    RequestKind.PORTABILITY: frozenset({RefusalGround.PORTABILITY_OTHERS}),
    RequestKind.OBJECTION: frozenset({RefusalGround.COMPELLING_GROUNDS}),
}
ALWAYS_REFUSABLE_ON = frozenset(
    {RefusalGround.NOT_IDENTIFIABLE, RefusalGround.EXCESSIVE, RefusalGround.UAVG_41}
)
NEVER_REFUSABLE = frozenset({RequestKind.CONSENT_WITHDRAWN})


def refusal_grounds(kind: RequestKind) -> tuple[RefusalGround, ...]:
    """Return the statutory grounds that can bear a refusal of this kind of request."""
    if kind in NEVER_REFUSABLE:
        return ()
    allowed = ALWAYS_REFUSABLE_ON | REFUSABLE_ON.get(kind, frozenset())
    return tuple(ground for ground in RefusalGround if ground in allowed)


@dataclass(frozen=True, slots=True)
class RequestTerm:
    """The terms of one request.

    `promised_on` is the controller's own promise, None without one. `due_on` is the day
    the statutory term ends, from which the program calls it late; `last_day` is the legal
    last day when that is no working day, `shifts` says why.
    """

    received_on: date
    promised_on: date | None
    due_on: date
    last_day: date
    because: tuple[Message, ...]
    shifts: tuple[Message, ...] = ()

    @property
    def first_due_on(self) -> date:
        """The earlier of promise and statute: the day the alarms go by."""
        return min(self.due_on, self.promised_on or self.due_on)

    @property
    def is_promise_first(self) -> bool:
        """Whether the alarms go by the promise."""
        return self.first_due_on == self.promised_on


def answer_by(
    received_on: date,
    *,
    promised: Period | None = None,
    extended: bool = False,
    country: str = "NL",
) -> RequestTerm:
    """Return by when a request must be answered (article 12(3)); raises `PeriodError`.

    Month and three months are both counted from receipt. `country` (ISO 3166) is where the
    controller is established: its holidays move the legal last day.
    """
    within = EXTENDED_ANSWER_WITHIN if extended else ANSWER_WITHIN
    due_on = ends_on(received_on, within)
    last_day = next_working_day(due_on, country)
    promised_on = ends_on(received_on, promised) if promised is not None else None
    because = (
        _received(received_on, extended),
        *periods.steps(received_on, within, due_on),
        *_shifted(due_on, last_day, country),
        *_promise(received_on, promised, promised_on),
        *_promised_too_late(promised_on, due_on),
    )
    shifts = shift_steps(due_on, country)
    return RequestTerm(received_on, promised_on, due_on, last_day, because, shifts)


def _received(received_on: date, extended: bool) -> Message:
    if extended:
        return message(
            N_(
                "Received on {received_on} and extended: answer within three months of receipt "
                "(article 12(3))."
            ),
            received_on=received_on,
        )
    return message(
        N_("Received on {received_on}: answer within one month of receipt (article 12(3))."),
        received_on=received_on,
    )


def _shifted(due_on: date, last_day: date, country: str) -> tuple[Message, ...]:
    unknown = () if knows_holidays_of(country) else (_holidays_unknown(country),)
    ends = message(N_("The term ends on {due_on}."), due_on=due_on)
    if due_on == last_day:
        return (ends, *unknown)
    moved = message(
        N_(
            "The legal last day is therefore {last_day} (Regulation 1182/71, article 3(4)); "
            "it counts as late after {due_on} here."
        ),
        last_day=last_day,
        due_on=due_on,
    )
    return (ends, *shift_steps(due_on, country), moved, *unknown)


def _holidays_unknown(country: str) -> Message:
    return message(
        N_("The holidays of {country} are not known here; only weekends move the last day."),
        country=country,
    )


def _promise(
    received_on: date, promised: Period | None, promised_on: date | None
) -> tuple[Message, ...]:
    if promised is None:
        return ()
    return (
        message(
            N_("The controller promises an answer within {period}: {promised_on}."),
            period=promised.message,
            promised_on=promised_on,
            received_on=received_on,
        ),
    )


def _promised_too_late(promised_on: date | None, due_on: date) -> tuple[Message, ...]:
    if promised_on is None or promised_on <= due_on:
        return ()
    return (
        message(
            N_("A promise cannot lengthen the statutory term: {due_on} goes first."), due_on=due_on
        ),
    )


def extension_problem(
    received_on: date, day: date, *, already_extended: bool = False, reason: str = ""
) -> Message | None:
    """Say why a term cannot be extended on a day, or nothing when it can (article 12(3))."""
    if already_extended:
        return message(N_("The term was extended already; it can be done once."))
    first_term = extend_until(received_on)
    if day > first_term:
        return message(
            N_("The first term ended on {ended_on}; it can only be extended before its end."),
            ended_on=first_term,
        )
    if day < received_on:
        return message(N_("A request cannot be extended before it was received."))
    if not reason.strip():
        return message(N_("Give the reason for extending: how complex, or how many requests."))
    return None


def extend_until(received_on: date) -> date:
    """Return the last day on which a term can be extended: the end of the first month."""
    return ends_on(received_on, ANSWER_WITHIN)


def can_extend(received_on: date, day: date, *, already_extended: bool = False) -> bool:
    """Whether the term can still be extended on a day, a reason given."""
    problem = extension_problem(received_on, day, already_extended=already_extended, reason="given")
    return problem is None


def petition_by(answered_on: date) -> RequestTerm:
    """Return by when a person may petition the court after an answer (article 35(2) UAVG).

    The Algemene termijnenwet moves the end to the next working day, past the days that a
    decree equates with a holiday as well.
    """
    due_on = ends_on(answered_on, PETITION_COURT_WITHIN)
    last_day = next_working_day(due_on, equated=EQUATED_DAYS)
    because = (
        message(
            N_("Answered on {answered_on}: six weeks to petition the court (article 35(2) UAVG)."),
            answered_on=answered_on,
        ),
        *shift_steps(due_on, equated=EQUATED_DAYS),
        message(N_("The last day is {last_day}."), last_day=last_day),
    )
    return RequestTerm(answered_on, None, due_on, last_day, because)
