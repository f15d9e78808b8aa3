"""Retention rules (bewaartermijnen): each drives a date on every item it governs."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Field

from privreg.registers import rule_clock
from privreg.registers.declaration import (
    Column,
    Kind,
    Register,
    Section,
    When,
    choice,
    choices,
    day,
    line,
    link,
    of,
    prose,
    rows,
    yes_no,
)
from privreg.registers.tables import Record, Row, codes, optional_reference, parent
from privreg.translation import N_


class Rule(Record, table=True):
    """One retention rule. Empty controller, group or kind means 'every'."""

    __tablename__ = "rules"
    name: str = Field(index=True)
    controller_id: UUID | None = optional_reference("controllers")
    group_id: UUID | None = optional_reference("groups")
    kind_id: UUID | None = optional_reference("kinds")
    runs_on: str = "items"
    event: str = ""
    counted_from: str = "day"
    measure: str = "period"
    period: str = ""
    criterion: str = ""
    review_on: date | None = None
    bound: str = "at_most"
    action: str = "erase"
    condition: str = ""
    source: str = ""
    source_country: str = "NL"
    source_kind: str = "policy"
    opened_by: list[str] = codes()
    opened_for: str = ""
    party_id: UUID | None = optional_reference("parties")
    system: str = ""
    set_to: str = ""
    check_every: str = ""
    first_check_on: date | None = None
    state: str = "active"
    note: str = ""


class RuleCheck(Row, table=True):
    """One check that a system elsewhere is set as the rule says."""

    __tablename__ = "rule_checks"
    parent_id: UUID = parent("rules")
    checked_on: date | None = None
    checked_by: str = ""
    found: str = ""
    is_right: bool | None = None
    evidence: str = ""


_ON_ITEMS = When("runs_on", ("items",))
_ELSEWHERE = When("runs_on", ("system",))
_BY_PERIOD = When("measure", ("period",))
_BY_CRITERION = When("measure", ("criterion",))

REGISTER = Register(
    slug="rules",
    model=Rule,
    plural=N_("Retention rules"),
    singular=N_("retention rule"),
    prefix="BT",
    icon="retention",
    empty=N_("How long each kind of data is kept stands here; each rule then runs by itself."),
    title=lambda values: str(values.get("name") or ""),
    check=rule_clock.check,
    deadlines=rule_clock.deadlines,
    findings=rule_clock.findings,
    sections=(
        Section(
            N_("What it governs"),
            (
                line(
                    "name",
                    N_("Name"),
                    required=True,
                    searched=True,
                    help=N_("As people call it: invoices, camera images."),
                ),
                link(
                    "controller_id",
                    N_("Controller"),
                    "controllers",
                    help=N_("Empty: every controller."),
                ),
                link(
                    "group_id",
                    N_("Group of people"),
                    "groups",
                    help=N_("Empty: every group."),
                    article="AVG 30(1)(f)",
                ),
                link(
                    "kind_id",
                    N_("Kind of data"),
                    "kinds",
                    help=N_("Empty: every kind."),
                    article="AVG 30(1)(f)",
                ),
                choice(
                    "condition",
                    N_("Only when"),
                    listed="rule_conditions",
                    help=N_(
                        "Where the condition is met, this rule takes the place of the "
                        "rules without a condition for the same group and kind."
                    ),
                ),
                choice(
                    "runs_on",
                    N_("Runs on"),
                    (("items", N_("items kept here")), ("system", N_("a system elsewhere"))),
                    required=True,
                    default="items",
                    help=N_(
                        "Items are counted by the program; a system elsewhere is looked at by a "
                        "person."
                    ),
                ),
            ),
        ),
        Section(
            N_("How long"),
            (
                choice(
                    "event",
                    N_("Counts from"),
                    listed="event_types",
                    shown=_ON_ITEMS,
                    wanted=True,
                    help=N_("The latest one counts; a later start cancels an end."),
                ),
                choice(
                    "counted_from",
                    N_("Counted from"),
                    (
                        ("day", N_("the day itself")),
                        ("calendar_year", N_("the end of the calendar year")),
                        ("book_year", N_("the end of the book year")),
                    ),
                    required=True,
                    default="day",
                    help=N_("Terms for tax records count from the end of the book year."),
                ),
                choice(
                    "measure",
                    N_("Measured by"),
                    (("period", N_("a period")), ("criterion", N_("a criterion"))),
                    required=True,
                    default="period",
                    help=N_("A period where it can be said in time; otherwise what decides."),
                    article="AVG 13(2)(a)",
                ),
                of(
                    Kind.PERIOD,
                    "period",
                    N_("Period"),
                    shown=_BY_PERIOD,
                    required=True,
                    help=N_(
                        "In words, such as 7 years, 6 months or 180 days, or as P7Y, P6M or P180D; "
                        "0 days is at the event itself."
                    ),
                ),
                prose(
                    "criterion",
                    N_("Criterion"),
                    shown=_BY_CRITERION,
                    required=True,
                    article="AVG 13(2)(a)",
                    help=N_("What decides when the data are no longer needed."),
                ),
                day(
                    "review_on",
                    N_("Review on"),
                    article="AVG 5(1)(e)",
                    help=N_("A rule by criterion must have a review date."),
                ),
                choice(
                    "bound",
                    N_("The period is"),
                    (
                        ("at_most", N_("at most (policy)")),
                        ("at_least", N_("at least (statute)")),
                        ("both", N_("at least and at most")),
                    ),
                    short=N_("At most or at least"),
                    required=True,
                    default="at_most",
                    help=N_(
                        "At most: then the data go. At least: until then they stay, kept only."
                    ),
                ),
                choice(
                    "action",
                    N_("Then"),
                    (
                        ("erase", N_("erase")),
                        ("anonymise", N_("anonymise")),
                        ("review", N_("review")),
                    ),
                    required=True,
                    default="erase",
                    help=N_("Anonymised data can never lead back to a person."),
                ),
            ),
        ),
        Section(
            N_("Source"),
            (
                line(
                    "source",
                    N_("Source"),
                    wanted=True,
                    searched=True,
                    names="terms",
                    help=N_("The statute with its article, the guideline or the statement."),
                ),
                of(
                    Kind.COUNTRY,
                    "source_country",
                    N_("Country of the source"),
                    default="NL",
                    help=N_("Whose statute it is."),
                ),
                choice(
                    "source_kind",
                    N_("Sort of source"),
                    (
                        ("statute", N_("statute")),
                        ("guideline", N_("guideline")),
                        ("policy", N_("own policy")),
                    ),
                    required=True,
                    default="policy",
                    help=N_("A statute goes before the own policy."),
                ),
                choices(
                    "opened_by",
                    N_("While kept only, opened by"),
                    listed="roles",
                    help=N_("Who may look into data that are kept for the statute only."),
                ),
                line(
                    "opened_for",
                    N_("While kept only, opened for"),
                    help=N_("For example a tax audit."),
                ),
            ),
        ),
        Section(
            N_("Check of the system elsewhere"),
            (
                line(
                    "system",
                    N_("System"),
                    shown=_ELSEWHERE,
                    required=True,
                    searched=True,
                    help=N_("What does the erasing: the recorder, the web server, the cookie."),
                ),
                link(
                    "party_id",
                    N_("Run by"),
                    "parties",
                    shown=_ELSEWHERE,
                    help=N_("The processor, if we do not run it ourselves."),
                    article="AVG 28",
                ),
                line(
                    "set_to",
                    N_("Should be set to"),
                    shown=_ELSEWHERE,
                    wanted=True,
                    help=N_("For example: overwrites after 7 days."),
                ),
                of(
                    Kind.PERIOD,
                    "check_every",
                    N_("Check every"),
                    shown=_ELSEWHERE,
                    required=True,
                    help=N_("For example P3M: every three months somebody looks at the setting."),
                ),
                day(
                    "first_check_on",
                    N_("First check on"),
                    shown=_ELSEWHERE,
                    help=N_("From this day the checks count."),
                ),
                rows(
                    "checks",
                    N_("Checks done"),
                    RuleCheck,
                    (
                        day(
                            "checked_on",
                            N_("Checked on"),
                            required=True,
                            past=True,
                            dated=True,
                            article="AVG 5(2)",
                        ),
                        line("checked_by", N_("Checked by"), required=True),
                        line("found", N_("Found set to"), help=N_("What it was really set to.")),
                        yes_no(
                            "is_right",
                            N_("As it should be"),
                            help=N_("Whether what was found is what the rule says."),
                        ),
                        line(
                            "evidence",
                            N_("Evidence"),
                            help=N_("A screenshot or a report, and where it lies."),
                            article="AVG 5(2)",
                        ),
                    ),
                    shown=_ELSEWHERE,
                    help=N_("Each time somebody looked: what was found, with proof."),
                    article="AVG 5(2)",
                ),
            ),
            short=N_("Check elsewhere"),
        ),
        Section(
            N_("State"),
            (
                choice(
                    "state",
                    N_("State"),
                    (("active", N_("active")), ("ended", N_("ended"))),
                    required=True,
                    default="active",
                    help=N_("A rule that has ended runs no more."),
                ),
                prose("note", N_("Note")),
            ),
            closed=True,
        ),
    ),
    columns=(
        Column("number", 10),
        Column("name", 32),
        Column("group_id", 16, shown=False),
        Column("kind_id", 18),
        Column("period", 12),
        Column("event", 20),
        Column("bound", 14, shown=False),
        Column("action", 12),
        Column("source", 22, shown=False),
        Column("runs_on", 14, shown=False),
        Column("review_on", 12, shown=False),
    ),
    filters=("runs_on", "bound", "action", "group_id", "kind_id"),
)
