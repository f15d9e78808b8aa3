"""Personal data breaches: articles 33 and 34 GDPR, article 42 UAVG."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from privreg.law.moments import ZONE, after, day_of, twice
from privreg.law.words import Worded
from privreg.translation import N_, Message, message, messages

NOTIFY_AUTHORITY_WITHIN = timedelta(hours=72)  # Article 33(1)
ONE_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class AuthorityRule:
    """How long a controller has to notify the authority, for awareness from a day on."""

    valid_from: date
    within: timedelta
    only_high_risk: bool
    article: str


AUTHORITY_RULES = (
    AuthorityRule(
        date(2018, 5, 25), NOTIFY_AUTHORITY_WITHIN, only_high_risk=False, article="33(1)"
    ),
)


class Decision(Worded):
    """Whether something is told to the authority or to the people."""

    NOT_YET = "not_yet", N_("not decided yet")
    YES = "yes", N_("yes")
    NO = "no", N_("no, because")


class NotToAuthority(Worded):
    """Why a breach is not reported to the authority: an end state, with a reason in words."""

    NO_PERSONAL_DATA = "no_personal_data", N_("no personal data were breached"), "AVG 4(12)"
    RISK_UNLIKELY = "risk_unlikely", N_("a risk is unlikely (art. 33(1))"), "AVG 33(1)"
    OTHER_AUTHORITY = "other_authority", N_("another authority is competent"), "AVG 55, 56"


class NotToPeople(Worded):
    """Why the people are not told one by one: an end state, with a reason in words."""

    HIGH_RISK_UNLIKELY = (
        "high_risk_unlikely",
        N_("a high risk is unlikely (art. 34(1))"),
        "AVG 34(1)",
    )
    PROTECTED = "protected", N_("the data were unintelligible (art. 34(3)(a))"), "AVG 34(3)(a)"
    MEASURES = "measures", N_("measures took the high risk away (art. 34(3)(b))"), "AVG 34(3)(b)"
    EFFORT = "effort", N_("disproportionate effort; public notice (art. 34(3)(c))"), "AVG 34(3)(c)"
    FINANCIAL = "financial", N_("financial undertaking (art. 42 UAVG)"), "UAVG 42"


def ends_the_clock(decision: Decision, *, told: bool, reason: str) -> bool:
    """Whether nothing more need be told: it was told, or 'no' was decided with a reason."""
    return told or (decision is Decision.NO and bool(reason.strip()))


@dataclass(frozen=True, slots=True)
class BreachTerm:
    """A breach's clock: both moments aware, in Europe/Amsterdam."""

    aware_at: datetime
    due_at: datetime
    because: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class ProcessorTerm:
    """A processor's clock towards the controller; without agreed hours nothing counts down."""

    aware_at: datetime
    due_at: datetime | None
    because: tuple[Message, ...]


def authority_rule(aware_at: datetime) -> AuthorityRule:
    """Return the rule that held when the controller became aware; an old breach keeps its rule."""
    day = day_of(aware_at)
    held = [rule for rule in AUTHORITY_RULES if rule.valid_from <= day]
    return held[-1] if held else AUTHORITY_RULES[0]


def notify_authority_by(aware_at: datetime) -> BreachTerm:
    """Return by when the controller notifies the authority: elapsed hours, counted in UTC.

    The hours run through nights, weekends, holidays and clock changes and are never
    extended. Raises `MomentError` past the years that can be counted.
    """
    rule = authority_rule(aware_at)
    due_at = after(aware_at, rule.within)
    hours = rule.within // ONE_HOUR
    because = (
        message(
            N_("Known since {aware_at}: notify the authority within {hours} (article 33(1))."),
            aware_at=aware_at,
            hours=messages(N_("{count} hour"), N_("{count} hours"), hours),
        ),
        *twice(aware_at),
        message(N_("The hours run on at night, at weekends and on holidays.")),
        *_clock_change(aware_at.astimezone(ZONE), due_at),
        message(N_("Notify by {due_at}."), due_at=due_at),
        *twice(due_at),
    )
    return BreachTerm(aware_at.astimezone(ZONE), due_at, because)


def _clock_change(start: datetime, end: datetime) -> tuple[Message, ...]:
    before, later = start.utcoffset(), end.utcoffset()
    if before is None or later is None or before == later:
        return ()
    if later > before:
        return (message(N_("The clock goes forward in between, so it shows a later time.")),)
    return (message(N_("The clock goes back in between, so it shows an earlier time.")),)


def tell_controller_by(aware_at: datetime, agreed: timedelta | None = None) -> ProcessorTerm:
    """Return by when a processor tells the controller (article 33(2)): the agreed hours, if any."""
    here = aware_at.astimezone(ZONE)
    duty = message(N_("A processor tells the controller without undue delay (article 33(2))."))
    if agreed is None:
        return ProcessorTerm(here, None, (duty,))
    due_at = after(aware_at, agreed)
    step = message(
        N_("The processing agreement sets {hours} from {aware_at}: tell by {due_at}."),
        hours=messages(N_("{count} hour"), N_("{count} hours"), agreed // ONE_HOUR),
        aware_at=here,
        due_at=due_at,
    )
    return ProcessorTerm(here, due_at, (duty, step, *twice(due_at)))


def needs_delay_reason(
    notified_at: datetime, *, aware_at: datetime, detected_at: datetime | None = None
) -> bool:
    """Whether reasons for the delay go with the notification (article 33(1)).

    They are asked when awareness or, to be safe, detection lies more than the term before
    it. For a breach not yet notified, pass the present moment.
    """
    within = authority_rule(aware_at).within
    moments = [moment for moment in (aware_at, detected_at) if moment is not None]
    return any(notified_at.astimezone(UTC) - moment.astimezone(UTC) > within for moment in moments)


LONG_BEFORE_AWARE = timedelta(hours=24)


def awareness_lies_long_after(detected_at: datetime, aware_at: datetime) -> bool:
    """Whether more than a day lies between detection and awareness: the page then warns.

    A short investigation is allowed before one is 'aware', if it starts at once
    (EDPB Guidelines 9/2022); what is short is for a person to judge.
    """
    return aware_at.astimezone(UTC) - detected_at.astimezone(UTC) > LONG_BEFORE_AWARE
