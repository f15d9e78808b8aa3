"""The requests of people about their data (verzoeken): the register, and one file."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg import formats
from privreg.formats import article
from privreg.law.deadline import is_late, left, state
from privreg.law.moments import end_of_day
from privreg.registers.reading import date_of, rows_of, text_of
from privreg.registers.register_list import register_of
from privreg.reports import care, meaning
from privreg.reports.controllers import head_of
from privreg.reports.document import (
    CODE,
    DAY,
    Column,
    Heading,
    Link,
    Note,
    Quiet,
    Row,
    Steps,
    Strong,
    SummaryBox,
    Table,
)
from privreg.reports.missing import led_by_number, listed, missing_in
from privreg.reports.period import ALWAYS
from privreg.reports.written import (
    entered_note,
    fact,
    joined,
    noted_fact,
    pairs,
    rows_table,
    written,
)
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from privreg.law.deadline import Deadline
    from privreg.registers.declaration import Values
    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document, Labelled, Text
    from privreg.reports.period import Span

SLUG = "requests"
ASKED = (
    *("kinds", "about", "purpose", "is_marketing"),
    *("received_on", "channel", "acknowledged_on"),
)
PERSON = (
    *("customer_id", "person_name", "person_email", "person_phone", "person_address"),
    *("person_country", "representative", "authority_proof"),
)
IDENTITY = (
    *("identity", "identity_reason", "identity_asked_on", "identity_answered_on"),
    *("identity_how", "identity_by"),
)
TERM = ("extended_on", "extension_reason")
DECISION = (
    *("decision", "refusal_grounds", "decision_reason", "decided_on", "decided_by"),
    *("officer_advice", "answered_on", "answered_how", "state", "closed_on"),
)
ROWS: tuple[tuple[str, Mapping[str, float]], ...] = (
    ("steps", {"step": 2.6, "due_on": 1.2, "done_on": 1.5, "done_by": 1.4, "result": 2.6}),
    ("recipients", {"party_id": 2.4, "told_on": 1.5, "not_told": 1.6, "reason": 2.4}),
    ("letters", {"kind": 2.0, "sent_on": 1.5, "text": 4.0}),
)


def requests(book: Book, span: Span = ALWAYS) -> Document:
    """Return the requests received in a period: terms, decisions, answers."""
    found = [each for each in book.records(SLUG) if span.holds(date_of(each, "received_on"))]
    return book.paper(
        "requests",
        _("Register of requests"),
        _blocks(book, found),
        controller=head_of(book),
        subtitle=_("Articles 12 and 15-22 GDPR, as it stands on {day}").format(
            day=formats.day(book.today)
        ),
        period=span.words,
    )


def request(book: Book, values: Values) -> Document:
    """Return the file of one request."""
    return book.paper(
        "request",
        text_of(values, "about") or written_kinds(book, values),
        (*_file(book, values, 1), *_meant(book, values), missing_in(book, SLUG, values)),
        controller=head_of(book, values),
        subtitle=_("{number} · request of a person (art. 12 GDPR)").format(
            number=text_of(values, "number")
        ),
    )


def _meant(book: Book, values: Values) -> Iterator[Block]:
    clock = answer_clock(book, values)
    if clock is not None:
        yield meaning.of_clocks([state(clock, book.now)])


def _blocks(book: Book, found: list[Values]) -> Iterator[Block]:
    yield _summary(book, found)
    yield _overview(book, found)
    if found:
        yield Heading(1, _("Each request"), "each")
    for values in found:
        number = text_of(values, "number")
        title = text_of(values, "about") or written_kinds(book, values)
        yield Heading(2, title, number, note=number)
        yield from _file(book, values, 3)
    clocks = (answer_clock(book, each) for each in found)
    yield meaning.of_clocks(state(each, book.now) for each in clocks if each is not None)
    every = [finding for each in found for finding in book.findings(SLUG, each)]
    yield listed(led_by_number(every))


def _summary(book: Book, found: list[Values]) -> SummaryBox:
    answered = [each for each in found if date_of(each, "answered_on")]
    in_time = sum(not _was_late(book, each) for each in answered)
    still_open = [each for each in found if text_of(each, "state") == "open"]
    late = sum(_is_late_now(book, each) for each in still_open)
    by_decision = ("granted", "partly", "refused")
    spec = register_of(SLUG).field("decision")
    rows: tuple[Labelled, ...] = (
        (_("Requests"), formats.number(len(found))),
        (_("Answered within the term"), formats.number(in_time)),
        (_("Answered too late"), formats.number(len(answered) - in_time)),
        (_("Still open"), formats.number(len(still_open))),
        (_("Open and too late"), formats.number(late)),
        *(
            (
                formats.capitalised(written(book, spec, code)),
                formats.number(sum(text_of(each, "decision") == code for each in found)),
            )
            for code in by_decision
        ),
        *care.counts(care.of_request(book, each) for each in found),
    )
    return SummaryBox(rows, _("In short"), columns=3)


def answer_clock(book: Book, values: Values) -> Deadline | None:
    """Return the clock of the answer."""
    clocks = list(register_of(SLUG).deadlines(values, book.around))
    return clocks[0] if clocks else None


def _was_late(book: Book, values: Values) -> bool:
    answered, clock = date_of(values, "answered_on"), answer_clock(book, values)
    if answered is None or clock is None or clock.due is None:
        return False
    due = clock.due
    return answered > due if type(due) is type(answered) else is_late(clock, end_of_day(answered))


def _is_late_now(book: Book, values: Values) -> bool:
    clock = answer_clock(book, values)
    return clock is not None and not clock.done and is_late(clock, book.now)


def _overview(book: Book, found: list[Values]) -> Table:
    return Table(
        (
            Column(_("Number"), 1.4, CODE),
            Column(_("Right"), 2.0),
            Column(_("About"), 2.4),
            Column(_("Received"), 1.2, DAY),
            Column(_("Answer before"), 1.2, DAY),
            Column(_("How it stands"), 2.2),
        ),
        tuple(_overview_row(book, each) for each in found),
        _("No requests are recorded in this period."),
    )


def written_kinds(book: Book, values: Values) -> str:
    """Return the rights a request invokes, in words."""
    return written(book, register_of(SLUG).field("kinds"), values.get("kinds"))


def _overview_row(book: Book, values: Values) -> Row:
    number, clock = text_of(values, "number"), answer_clock(book, values)
    marked = care.marks(care.of_request(book, values))
    about = joined(((Link(text_of(values, "about"), number),), (Strong(marked),) if marked else ""))
    due = formats.value(clock.due) if clock is not None and clock.due else ""
    cells = (number, written_kinds(book, values), about)
    received = noted_fact(book, SLUG, values, "received_on")
    return Row((*cells, received, due, _standing(book, values, clock)))


def _standing(book: Book, values: Values, clock: Deadline | None) -> Text:
    answered = date_of(values, "answered_on")
    decision = _fact(book, values, "decision")
    if answered is not None:
        late = (Strong(_("too late")),) if _was_late(book, values) else ""
        day = _("answered on {day}").format(day=formats.day(answered))
        spec = register_of(SLUG).field("answered_on")
        note = entered_note(spec, values)
        return joined((decision, joined((day, late), ", "), (Quiet(note),) if note else ""))
    if clock is None or clock.done:
        return decision
    word = formats.text(state(clock, book.now).message)
    return joined((decision, (Strong(word),) if is_late(clock, book.now) else word))


def _fact(book: Book, values: Values, name: str) -> Text:
    return fact(book, register_of(SLUG).field(name), values)


def _file(book: Book, values: Values, level: int) -> Iterator[Block]:
    yield pairs(book, SLUG, values, *ASKED)
    yield from _clock(book, values)
    yield Heading(level, _("The person"))
    yield pairs(book, SLUG, values, *PERSON)
    yield Heading(level, _("Identity"), note=article("AVG 12(6)"))
    yield pairs(book, SLUG, values, *IDENTITY)
    for name, shares in ROWS:
        spec = register_of(SLUG).field(name)
        yield Heading(level, _(spec.label), note=article(spec.article))
        yield rows_table(book, SLUG, name, rows_of(values, name), shares)
    yield Heading(level, _("Decision and answer"), note=article("AVG 12(3), 12(4)"))
    yield pairs(book, SLUG, values, *TERM, *DECISION)


def _clock(book: Book, values: Values) -> Iterator[Block]:
    clock = answer_clock(book, values)
    if clock is None:
        return
    word = formats.capitalised(formats.text(state(clock, book.now).message))
    if clock.done or clock.due is None:
        yield Note((Strong(word),))
    else:
        over = is_late(clock, book.now)
        time = formats.span(left(clock, book.now))
        said = (_("{time} over the term") if over else _("{time} left")).format(time=time)
        yield Note((Strong(word), f": {said}"))
    yield Steps(tuple(formats.text(each) for each in clock.because))
