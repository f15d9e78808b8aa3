"""The retention schedule (bewaartermijnen): rules, what runs on them, what is overdue."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg import formats
from privreg.formats import article
from privreg.law.deadline import is_late
from privreg.registers.reading import date_of, key_of, rows_of, text_of
from privreg.registers.register_list import register_of
from privreg.registers.rule_clock import last_checked_on, next_check, review
from privreg.reports import care
from privreg.reports.activity_data import gaps
from privreg.reports.controllers import head_of
from privreg.reports.document import (
    CODE,
    DAY,
    NUMBER,
    Column,
    GroupRow,
    Heading,
    Missing,
    MissingItem,
    Note,
    Quiet,
    Row,
    Strong,
    SummaryBox,
    Table,
)
from privreg.reports.missing import led_by_number, listed
from privreg.reports.rules import governs, how_long, source, then, value
from privreg.reports.written import fact, joined
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from uuid import UUID

    from privreg.law.deadline import Deadline
    from privreg.registers.declaration import Values
    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document, Labelled, Text

KIND = "retention"
SLUG = "rules"


def retention(
    book: Book, running: Mapping[UUID, int] | None, overdue: Mapping[UUID, int] | None
) -> Document:
    """Return the schedule; `running` and `overdue` count items per rule, None when not known."""
    return book.paper(
        KIND,
        _("Retention schedule"),
        _blocks(book, running, overdue),
        controller=head_of(book),
        subtitle=_("How long data are kept and why, as it stands on {day}").format(
            day=formats.day(book.today)
        ),
    )


def _blocks(
    book: Book, running: Mapping[UUID, int] | None, overdue: Mapping[UUID, int] | None
) -> Iterator[Block]:
    rules = list(book.records(SLUG))
    found_gaps = gaps(book)
    yield _summary(book, rules, running, overdue, len(found_gaps))
    yield Heading(
        1, _("Terms per group and kind of data"), "terms", note=article("AVG 5(1)(e), 30(1)(f)")
    )
    yield _schedule(book, rules, running, overdue)
    yield Note(_said_of_counts(running))
    yield Heading(1, _("Systems elsewhere and their checks"), "checks", note=article("AVG 5(2)"))
    yield _checks(book, rules)
    yield _missing(book, rules, found_gaps)


def _said_of_counts(running: Mapping[UUID, int] | None) -> str:
    if running is None:
        return ""
    return _(
        "Runs on: how many items the rule sets a term for. Overdue: how many of them are still "
        "here although that term is over and nothing holds them back."
    )


def _summary(
    book: Book,
    rules: list[Values],
    running: Mapping[UUID, int] | None,
    overdue: Mapping[UUID, int] | None,
    gap_count: int,
) -> SummaryBox:
    active = [each for each in rules if text_of(each, "state") != "ended"]
    elsewhere = sum(text_of(each, "runs_on") == "system" for each in active)
    rows: tuple[Labelled, ...] = (
        (_("Rules in use"), formats.number(len(active))),
        (_("On systems elsewhere"), formats.number(elsewhere)),
        (_("Timers running on items"), _total(running)),
        (_("Items overdue"), _total(overdue)),
        (_("Reviews overdue"), _late(book, map(review, active))),
        (_("Checks overdue"), _late(book, map(next_check, active))),
        (_("Gaps: data without a term"), formats.number(gap_count)),
        *care.counts(care.of_rule(book, each) for each in active),
    )
    return SummaryBox(rows, _("In short"), columns=3)


def _late(book: Book, clocks: Iterable[Deadline | None]) -> str:
    running = (each for each in clocks if each is not None)
    return formats.number(sum(is_late(each, book.now) for each in running))


def _total(counts: Mapping[UUID, int] | None) -> str:
    return "" if counts is None else formats.number(sum(counts.values()))


def _schedule(
    book: Book,
    rules: list[Values],
    running: Mapping[UUID, int] | None,
    overdue: Mapping[UUID, int] | None,
) -> Table:
    rows: list[Row | GroupRow] = []
    for group in [*(each["id"] for each in book.records("groups")), None]:
        of_group = [each for each in rules if key_of(each, "group_id") == group]
        if of_group:
            rows.append(GroupRow(book.name("groups", group) if group else _("Every group")))
            rows += [_row(book, each, running, overdue) for each in _by_kind(book, of_group)]
    columns = (
        Column(_("Number"), 1.0, CODE),
        Column(_("What it governs"), 2.5),
        Column(_("How long"), 2.2),
        Column(_("Then"), 1.0),
        Column(_("Source"), 2.0),
        Column(_("Runs on"), 0.9, NUMBER),
        Column(_("Overdue"), 0.9, NUMBER),
    )
    return Table(columns, tuple(rows), _("No retention rules are recorded."))


def _by_kind(book: Book, rules: list[Values]) -> list[Values]:
    return sorted(rules, key=lambda each: book.name("kinds", each.get("kind_id")).casefold())


def _row(
    book: Book,
    rule: Values,
    running: Mapping[UUID, int] | None,
    overdue: Mapping[UUID, int] | None,
) -> Row:
    number = text_of(rule, "number")
    parts = (governs(book, rule), how_long(book, rule), then(book, rule), source(book, rule))
    late = _count(overdue, rule)
    counted: tuple[Text, ...] = (
        _count(running, rule),
        (Strong(late),) if late not in ("", "0") else late,
    )
    return Row((number, *parts, *counted), quiet=text_of(rule, "state") == "ended")


def _count(counts: Mapping[UUID, int] | None, rule: Values) -> str:
    if counts is None or text_of(rule, "runs_on") == "system":
        return ""
    return formats.number(counts.get(rule["id"], 0))


def _checks(book: Book, rules: list[Values]) -> Table:
    lines = [
        _check_row(book, each)
        for each in rules
        if text_of(each, "runs_on") == "system" and text_of(each, "state") != "ended"
    ]
    columns = (
        Column(_("Number"), 1.0, CODE),
        Column(_("System"), 2.2),
        Column(_("Should be set to"), 1.8),
        Column(_("Last checked"), 2.2),
        Column(_("Found set to"), 1.8),
        Column(_("Check before"), 1.3, DAY),
    )
    return Table(columns, tuple(lines))


def _check_row(book: Book, rule: Values) -> Row:
    latest = _latest_check(rule)
    system = joined((text_of(rule, "system"), _quiet(value(book, rule, "party_id"))))
    every = value(book, rule, "check_every")
    return Row(
        (
            text_of(rule, "number"),
            system,
            text_of(rule, "set_to"),
            _last(book, latest),
            _found(latest),
            joined(
                (
                    *_before(book, rule),
                    _quiet(_("every {period}").format(period=every)) if every else "",
                )
            ),
        )
    )


def _before(book: Book, rule: Values) -> tuple[Text, ...]:
    """Return the day of the next check, and in words that it is past."""
    check = next_check(rule)
    if check is None or check.due is None:
        return ()
    day = formats.value(check.due)
    return (day, (Strong(_("too late")),)) if is_late(check, book.now) else (day,)


def _quiet(text: str) -> Text:
    return (Quiet(text),) if text else ""


def _latest_check(rule: Values) -> Values | None:
    wanted = last_checked_on(rule)
    found = [row for row in rows_of(rule, "checks") if date_of(row, "checked_on") == wanted]
    return found[-1] if found else None


def _last(book: Book, check: Values | None) -> Text:
    if check is None:
        return (Strong(_("never checked")),)
    spec = register_of(SLUG).field("checks").fields[0]
    return joined((fact(book, spec, check), _quiet(text_of(check, "checked_by"))))


def _found(check: Values | None) -> Text:
    if check is None:
        return ""
    wrong, right = check.get("is_right") is False, check.get("is_right") is True
    said = _("not as it should be") if wrong else _("as it should be") if right else ""
    evidence = text_of(check, "evidence")
    return joined((text_of(check, "found"), (Strong(said),) if wrong else said, _quiet(evidence)))


def _missing(book: Book, rules: list[Values], found_gaps: list[tuple[str, str]]) -> Missing:
    items = [
        MissingItem(
            _("No term is set for {data} ({where}).").format(data=data, where=where),
            article("AVG 5(1)(e)"),
        )
        for data, where in found_gaps
    ]
    every = [finding for rule in rules for finding in book.findings(SLUG, rule)]
    told = listed(led_by_number(every))
    return Missing((*items, *told.items), told.title)
