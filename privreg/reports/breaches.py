"""The breach log (datalekregister), article 33(5): every breach, reported or not."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg import formats
from privreg.clock import day_of
from privreg.law.deadline import state
from privreg.registers.breach_checks import first_notified_at
from privreg.registers.breach_clock import decision_of
from privreg.registers.reading import moment_of, rows_of, text_of
from privreg.registers.register_list import register_of
from privreg.reports import care
from privreg.reports.breach import (
    SLUG,
    how_many,
    main_clock,
    notifications,
    timeliness,
    to_authority,
    to_people,
    was_late,
)
from privreg.reports.controllers import head_of
from privreg.reports.document import (
    CODE,
    DAY,
    Column,
    Heading,
    Link,
    Note,
    Pairs,
    Row,
    Strong,
    SummaryBox,
    Table,
)
from privreg.reports.missing import led_by_number, listed
from privreg.reports.period import ALWAYS
from privreg.reports.written import fact, joined, noted_fact, pair, pairs, written
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from privreg.registers.declaration import Values
    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document, Labelled, Text
    from privreg.reports.period import Span

KIND = "breaches"


def breaches(book: Book, span: Span = ALWAYS) -> Document:
    """Return the breaches known in a period, with what article 33(5) asks of each."""
    found = [each for each in book.records(SLUG) if span.holds(_known_on(each))]
    return book.paper(
        KIND,
        _("Breach log"),
        _blocks(book, found),
        controller=head_of(book),
        subtitle=_("Article 33(5) GDPR, as it stands on {day}").format(day=formats.day(book.today)),
        period=span.words,
    )


def _known_on(breach: Values) -> date | None:
    known = moment_of(breach, "aware_at") or moment_of(breach, "created_at")
    return day_of(known) if known else None


def _blocks(book: Book, found: list[Values]) -> Iterator[Block]:
    yield _summary(book, found)
    yield _overview(book, found)
    if found:
        yield Heading(1, _("Each breach"), "each")
    for values in found:
        yield from _entry(book, values)
    yield Note(_said_of_time(book, found))
    every = [finding for each in found for finding in book.findings(SLUG, each)]
    yield listed(led_by_number(every))


def _summary(book: Book, found: list[Values]) -> SummaryBox:
    notified = [each for each in found if first_notified_at(each) is not None]
    late = [each for each in notified if was_late(book, each)]
    not_reported = [each for each in found if decision_of(each, "authority_decision").value == "no"]
    as_processor = [each for each in found if text_of(each, "role") == "processor"]
    settled = (*notified, *not_reported, *as_processor)
    undecided = len(found) - len({each["id"] for each in settled})
    told = sum(moment_of(each, "people_told_at") is not None for each in found)
    rows: tuple[Labelled, ...] = (
        (_("Breaches"), formats.number(len(found))),
        (_("Reported within the term"), formats.number(len(notified) - len(late))),
        (_("Reported too late"), formats.number(len(late))),
        (_("Not to be reported"), formats.number(len(not_reported))),
        (_("Not reported or decided yet"), formats.number(undecided)),
        *_through_the_controller(as_processor),
        (_("People told"), formats.number(told)),
        *care.counts(care.of_breach(each) for each in found),
    )
    return SummaryBox(rows, _("In short"))


def _through_the_controller(as_processor: list[Values]) -> Iterator[Labelled]:
    """Yield how many breaches a processor tells its controller, where there are any."""
    if as_processor:
        yield _("As processor, through the controller"), formats.number(len(as_processor))


def _said_of_time(book: Book, found: list[Values]) -> str:
    """Explain what in time and too late mean, where one of them stands in the log."""
    if not any(timeliness(book, each) for each in found):
        return ""
    return _(
        "Within the term: the first notification was sent within 72 hours after the breach was "
        "known, as article 33(1) GDPR asks. Too late: after that; the reason for the delay "
        "stands beside it."
    )


def _overview(book: Book, found: list[Values]) -> Table:
    return Table(
        (
            Column(_("Number"), 1.5, CODE),
            Column(_("What"), 3.0),
            Column(_("Known since"), 1.5, DAY),
            Column(_("Authority"), 2.2),
            Column(_("People"), 2.2),
        ),
        tuple(_overview_row(book, each) for each in found),
        _("No breaches are recorded in this period."),
    )


def _overview_row(book: Book, values: Values) -> Row:
    number = text_of(values, "number")
    marked = care.marks(care.of_breach(values))
    what = joined(((Link(text_of(values, "title"), number),), (Strong(marked),) if marked else ""))
    since = noted_fact(book, SLUG, values, "aware_at")
    return Row((number, what, since, to_authority(book, values), to_people(book, values)))


def _entry(book: Book, values: Values) -> Iterator[Block]:
    number = text_of(values, "number")
    yield Heading(2, text_of(values, "title"), number, note=number)
    yield Pairs(tuple(_facts(book, values)))
    yield Heading(3, _("Consequences"))
    yield pairs(
        book,
        SLUG,
        values,
        *("consequences_data", "consequences_data_other"),
        *("consequences_people", "consequences_people_other"),
        *("severity", "severity_note", "risk", "risk_note"),
    )
    yield Heading(3, _("Measures"))
    yield Pairs(tuple(_measures(book, values)))
    yield Heading(3, _("Reported or not, and why"))
    yield Pairs(tuple(_decisions(book, values)))
    yield notifications(book, values)


def _term(book: Book, values: Values) -> Text:
    """Return until when the breach must be reported, and how that stands while it is open."""
    running = main_clock(book, values)
    if running is None or running.due is None:
        return ""
    open_word = formats.text(state(running, book.now).message) if not running.done else ""
    return joined((formats.value(running.due), open_word), ": ")


def _facts(book: Book, values: Values) -> Iterator[Labelled]:
    moments = ("happened_from_at", "happened_until_at", "happened_note", "detected_at", "aware_at")
    told = ("processor_id", "processor_told_at", "client_id", "client_told_at")
    facts = ("description", "natures", "incident", "incident_other", "cause")
    data = ("general_data", "financial_data", "special_data", "other_data")
    yield from pairs(book, SLUG, values, *facts, *moments, *told, *data).rows
    yield _("Number of data records"), how_many(values, "records")
    yield from pairs(book, SLUG, values, "people_groups", "people_description").rows
    yield _("Number of people"), how_many(values, "people")
    yield from pairs(book, SLUG, values, "protections", "protection_note").rows


def _measures(book: Book, values: Values) -> Iterator[Labelled]:
    for sort, label in (("corrective", _("Corrective")), ("preventive", _("Preventive"))):
        rows = [row for row in rows_of(values, "measures") if text_of(row, "sort") == sort]
        yield label, joined(_measure(book, row) for row in rows)


def _measure(book: Book, row: Values) -> Text:
    specs = {spec.name: spec for spec in register_of(SLUG).field("measures").fields}
    done, due = fact(book, specs["done_on"], row), written(book, specs["due_on"], row.get("due_on"))
    when: Text = ""
    if done:
        when = joined((_("done on"), done), " ")
    elif due:
        when = _("due on {day}").format(day=due)
    return joined((text_of(row, "measure"), text_of(row, "owner"), when), ", ")


def _decisions(book: Book, values: Values) -> Iterator[Labelled]:
    yield _("End of the term"), _term(book, values)
    yield _("Authority"), to_authority(book, values)
    yield from pairs(
        book,
        SLUG,
        values,
        *("authority_reason", "authority_decided_at", "authority_decided_by", "delay_reason"),
    ).rows
    yield (
        _("Officer"),
        joined(
            (
                pair(book, SLUG, values, name)[1]
                for name in ("officer_advice", "officer_advised_at")
            ),
        ),
    )
    yield _("People"), to_people(book, values)
    names = ("people_reason", "people_decided_at", "people_decided_by")
    yield from pairs(book, SLUG, values, *names).rows
