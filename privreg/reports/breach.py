"""One breach file: four moments and two decisions first, then everything an inspector asks."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from privreg import formats
from privreg.formats import article
from privreg.law.breach import Decision
from privreg.law.deadline import is_late, left, state
from privreg.registers.breach_checks import first_notified_at
from privreg.registers.breach_clock import decision_of
from privreg.registers.raised import authority_for
from privreg.registers.reading import moment_of, number_of, rows_of, text_of
from privreg.registers.register_list import register_of
from privreg.reports import care, meaning
from privreg.reports.controllers import head_of
from privreg.reports.document import (
    DONE,
    LIMIT,
    NOW,
    START,
    ClockLine,
    ClockMark,
    Heading,
    Note,
    Pairs,
    Quiet,
    Steps,
    Strong,
    SummaryBox,
)
from privreg.reports.missing import missing_in
from privreg.reports.written import (
    BETWEEN,
    entered_note,
    is_later,
    joined,
    noted_fact,
    pairs,
    rows_table,
    written,
)
from privreg.translation import N_, _, messages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from privreg.law.deadline import Deadline
    from privreg.registers.declaration import FieldSpec, Values
    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document, Labelled, Table, Text

LinkedAt: TypeAlias = "Mapping[str, Mapping[UUID, datetime]]"
"""By field of links: when each record was linked."""

NOT_LINKED: LinkedAt = {}
KIND = "breach"
SLUG = "breaches"

FACTS = ("role", "client_id", "description", "natures", "incident", "incident_other", "cause")
MOMENTS = (
    *("happened_from_at", "happened_until_at", "is_ongoing", "happened_note"),
    *("detected_at", "detected_how", "detected_by"),
    *("processor_id", "processor_told_at", "aware_at", "aware_note"),
    *("client_told_at", "client_told_how"),
)
DATA = (
    *("general_data", "financial_data", "special_data", "other_data"),
    *("protections", "protection_note"),
)
PEOPLE = ("people_groups", "people_description")
TOUCHED = ("activities", "parties", "customers")
CONSEQUENCES = (
    *("consequences_data", "consequences_data_other"),
    *("consequences_people", "consequences_people_other"),
    *("severity", "severity_note", "risk", "risk_note"),
    *("enisa_context", "enisa_identification", "enisa_circumstances"),
)
AUTHORITY = (
    *("authority_decision", "authority_reason_kind", "authority_reason"),
    *("authority_decided_at", "authority_decided_by", "officer_advice", "officer_advised_at"),
    *("delay_reason", "legal_basis", "is_cross_border", "countries"),
    *("other_authorities", "other_authorities_note"),
)
REPORTER = ("reporter_name", "reporter_function", "reporter_email", "reporter_phone")
TOLD = (
    *("people_decision", "people_reason_kind", "people_reason"),
    *("people_decided_at", "people_decided_by"),
    *("people_told_at", "people_told_count", "people_told_channels", "people_message"),
    *("people_notice", "people_notice_at"),
)
FILE = ("evaluation", "state", "closed_at")


def breach(book: Book, values: Values, linked_at: LinkedAt = NOT_LINKED) -> Document:
    """Return the file of one breach (datalekdossier)."""
    return book.paper(
        KIND,
        text_of(values, "title"),
        _blocks(book, values, linked_at),
        controller=head_of(book, values),
        subtitle=_("{number} · breach file (art. 33 and 34 GDPR)").format(
            number=text_of(values, "number")
        ),
    )


def _blocks(book: Book, values: Values, linked_at: LinkedAt) -> Iterator[Block]:
    yield _summary(book, values)
    yield from clock(book, values)
    yield Heading(1, _("The facts"), "facts", note=article("AVG 33(3)(a), 33(5)"))
    yield pairs(book, SLUG, values, *FACTS)
    yield Heading(3, _("The moments"), note=article("AVG 33(1)"))
    yield pairs(book, SLUG, values, *MOMENTS)
    yield from _data_and_people(book, values, linked_at)
    yield Heading(1, _("Consequences and risk"), "consequences", note=article("AVG 33(3)(c)"))
    yield pairs(book, SLUG, values, *CONSEQUENCES)
    yield from _decisions(book, values)
    yield from measures(book, values)
    yield from _file(book, values)
    running = main_clock(book, values)
    if running is not None:
        yield meaning.of_clocks([state(running, book.now)])
    yield missing_in(book, SLUG, values)


def _summary(book: Book, values: Values) -> SummaryBox:
    rows: tuple[Labelled, ...] = (
        (_("Happened"), _happened(book, values)),
        (_("Report to the authority"), to_authority(book, values)),
        (_("Detected"), noted_fact(book, SLUG, values, "detected_at")),
        (_("Tell the people"), to_people(book, values)),
        (_("Told by the processor"), noted_fact(book, SLUG, values, "processor_told_at")),
        (_("Risk for the people"), _risk(book, values)),
        (_("Known since"), noted_fact(book, SLUG, values, "aware_at")),
        (_("Extra care"), _marked(values)),
    )
    return SummaryBox(_in_columns(rows))


def _in_columns(rows: tuple[Labelled, ...]) -> tuple[Labelled, ...]:
    """Keep moments at the left and decisions at the right where one of them is empty."""
    lefts = [row for row in rows[::2] if row[1]]
    rights = [row for row in rows[1::2] if row[1]]
    ordered: list[Labelled] = []
    for at in range(max(len(lefts), len(rights))):
        ordered += [*lefts[at : at + 1], *rights[at : at + 1]]
    return tuple(ordered)


def _risk(book: Book, values: Values) -> str:
    return written(book, register_of(SLUG).field("risk"), values.get("risk")) or _("not judged yet")


def _marked(values: Values) -> Text:
    found = care.marks(care.of_breach(values))
    return (Strong(found),) if found else ""


def _happened(book: Book, values: Values) -> Text:
    specs = [register_of(SLUG).field(f"happened_{side}_at") for side in ("from", "until")]
    span = " \u2013 ".join(
        text for spec in specs if (text := written(book, spec, values.get(spec.name)))
    )
    notes = dict.fromkeys(note for spec in specs if (note := entered_note(spec, values)))
    ongoing = _("still going on") if values.get("is_ongoing") else ""
    told = joined((span, ongoing, *((Quiet(note),) for note in notes)))
    return told or text_of(values, "happened_note") or _("unknown")


def to_authority(book: Book, values: Values) -> Text:
    """Return in words whether and when the authority was told, or why not."""
    sent = [row for row in rows_of(values, "notifications") if moment_of(row, "sent_at")]
    if sent:
        first = min(sent, key=lambda row: moment_of(row, "sent_at") or book.now)
        said = _("reported on {moment}").format(moment=formats.moment(first["sent_at"]))
        number = text_of(first, "number")
        note = entered_note(_sent_at(), first)
        return joined(
            (
                said,
                _("number {number}").format(number=number) if number else "",
                (Quiet(note),) if note else "",
                timeliness(book, values),
            )
        )
    return _decided(book, values, "authority", _("to be reported; not reported yet"))


def _sent_at() -> FieldSpec:
    fields = register_of(SLUG).field("notifications").fields
    return next(each for each in fields if each.name == "sent_at")


def timeliness(book: Book, values: Values) -> Text:
    """Return whether the authority was first told within the term; empty while it was not."""
    first = first_notified_at(values)
    if first is None or main_clock(book, values) is None:
        return ""
    return (Strong(_("too late")),) if was_late(book, values) else _("within the term")


def was_late(book: Book, values: Values) -> bool:
    """Say whether the authority was first told after the term."""
    first, running = first_notified_at(values), main_clock(book, values)
    return first is not None and running is not None and is_late(running, first)


def to_people(book: Book, values: Values) -> Text:
    """Return in words whether and when the people were told, or why not."""
    told = moment_of(values, "people_told_at")
    if told is not None:
        said = _("told on {moment}").format(moment=formats.moment(told))
        note = entered_note(register_of(SLUG).field("people_told_at"), values)
        count = _people(number_of(values, "people_told_count"))
        return joined((said, count, (Quiet(note),) if note else ""))
    return _decided(book, values, "people", _("to be told; not told yet"))


def _people(count: int | None) -> str:
    if count is None:
        return ""
    return formats.text(messages(N_("{count} person"), N_("{count} people"), count))


def _decided(book: Book, values: Values, what: str, open_words: str) -> Text:
    instead = register_of(SLUG).field(f"{what}_decision").said_instead(values)
    if instead:
        return joined((_(instead), (Quiet(_told_the_controller(values)),)))
    decision = decision_of(values, f"{what}_decision")
    if decision is Decision.YES:
        return open_words
    if decision is Decision.NOT_YET:
        return _("not decided yet")
    spec = register_of(SLUG).field(f"{what}_reason_kind")
    reason = written(book, spec, values.get(spec.name))
    return _("no, because {reason}").format(reason=reason) if reason else _("no")


def _told_the_controller(values: Values) -> str:
    told_at = moment_of(values, "client_told_at")
    if told_at is None:
        return _("the controller is not told yet")
    return _("the controller was told on {moment}").format(moment=formats.moment(told_at))


def clock(book: Book, values: Values) -> Iterator[Block]:
    """Return the clock as a line in time, how it stands, and the steps that led to it."""
    running = main_clock(book, values)
    if running is None:
        return
    limit = running.due
    if not isinstance(limit, datetime):
        yield Steps(tuple(formats.text(each) for each in running.because))
        return
    yield ClockLine(tuple(_marks(book, values, limit, running)))
    yield Note(_standing(book, running))
    yield Steps(tuple(formats.text(each) for each in running.because))


def main_clock(book: Book, values: Values) -> Deadline | None:
    """Return the clock of the breach itself: to the authority, or to the client."""
    clocks = list(register_of(SLUG).deadlines(values, book.around))
    return clocks[0] if clocks and moment_of(values, "aware_at") else None


def _marks(book: Book, values: Values, limit: datetime, running: Deadline) -> Iterator[ClockMark]:
    aware_at = moment_of(values, "aware_at")
    if aware_at is not None:
        yield ClockMark(aware_at, _("Known since"), START)
    for row in rows_of(values, "notifications"):
        sent_at = moment_of(row, "sent_at")
        if sent_at is not None:
            spec = register_of(SLUG).field("notifications").fields[0]
            phase = formats.capitalised(written(book, spec, row.get("phase")))
            yield ClockMark(sent_at, phase, DONE)
    told = moment_of(values, "client_told_at")
    if told is not None:
        yield ClockMark(told, _("Controller told"), DONE)
    hours = int((limit - aware_at).total_seconds() // 3600) if aware_at else 0
    term = formats.text(messages(N_("{count} hour"), N_("{count} hours"), hours))
    yield ClockMark(limit, term, LIMIT)
    if not running.done:
        yield ClockMark(book.now, _("Now"), NOW)


def _standing(book: Book, running: Deadline) -> Text:
    word = formats.capitalised(formats.text(state(running, book.now).message))
    if running.done:
        return (Strong(word),)
    time = formats.span(left(running, book.now))
    over = left(running, book.now).total_seconds() < 0
    said = _("{time} over the term") if over else _("{time} left")
    return (Strong(word), Quiet(f": {said.format(time=time)}"))


def _data_and_people(book: Book, values: Values, linked_at: LinkedAt) -> Iterator[Block]:
    """Return which data and which people are touched, exact or from a least to a most."""
    yield Heading(1, _("Which data and which people"), "data", note=article("AVG 33(3)(a)"))
    rows = (
        *pairs(book, SLUG, values, *DATA).rows,
        (_("Number of data records"), how_many(values, "records")),
        *pairs(book, SLUG, values, *PEOPLE).rows,
        (_("Number of people"), how_many(values, "people")),
        *(_touched(book, values, name, linked_at.get(name, {})) for name in TOUCHED),
        (_("Extra care"), _marked(values)),
    )
    yield Pairs(rows)


def _touched(book: Book, values: Values, name: str, at: Mapping[UUID, datetime]) -> Labelled:
    """Return what a breach touches; what was added after it was recorded says when."""
    spec = register_of(SLUG).field(name)
    recorded_at = moment_of(values, "created_at")
    told: list[Text] = []
    for key in values.get(name) or ():
        called, added_at = book.name(spec.to, key), at.get(key)
        if recorded_at is not None and is_later(added_at, recorded_at) and called:
            added = _("entered on {moment}").format(moment=formats.value(added_at))
            told.append((called, Quiet(f" ({added})")))
        else:
            told.append(called)
    return _(spec.label), joined(told, BETWEEN)


def how_many(values: Values, what: str) -> str:
    """Return a number as it is known: exact, or between a least and a most."""
    exact = number_of(values, f"{what}_exact")
    least, most = number_of(values, f"{what}_min"), number_of(values, f"{what}_max")
    said = []
    if exact is not None:
        said.append(formats.number(exact))
    if least is not None and most is not None:
        between = _("between {least} and {most}")
        said.append(between.format(least=formats.number(least), most=formats.number(most)))
    elif least is not None:
        said.append(_("at least {number}").format(number=formats.number(least)))
    elif most is not None:
        said.append(_("at most {number}").format(number=formats.number(most)))
    return "; ".join(said)


def _decisions(book: Book, values: Values) -> Iterator[Block]:
    yield Heading(1, _("Decision on the authority"), "authority", note=article("AVG 33(1), 33(5)"))
    yield pairs(book, SLUG, values, *AUTHORITY)
    yield Heading(3, _("Notifications, in phases"), note=article("AVG 33(4)"))
    yield notifications(book, values)
    yield Heading(3, _("Who reports"), note=article("AVG 33(3)(b)"))
    yield pairs(book, SLUG, values, *REPORTER, "contact_other")
    yield Heading(1, _("Decision on the people"), "people", note=article("AVG 34"))
    yield pairs(book, SLUG, values, *TOLD)


def notifications(book: Book, values: Values) -> Table:
    """Return what was sent to an authority, both moments where they differ."""
    shares = {"sent_at": 1.8, "phase": 1.5, "authority": 1.2, "number": 1.4, "sent_by": 1.4}
    own = formats.value(authority_for(values, book.around, is_short=True))
    rows = [
        {**row, "authority": text_of(row, "authority") or own}
        for row in rows_of(values, "notifications")
    ]
    return rows_table(book, SLUG, "notifications", rows, {**shares, "note": 2.4})


def measures(book: Book, values: Values) -> Iterator[Block]:
    """Return corrective and preventive measures apart."""
    yield Heading(1, _("Measures"), "measures", note=article("AVG 33(3)(d), 33(5)"))
    titles = (("corrective", _("Corrective measures")), ("preventive", _("Preventive measures")))
    for sort, title in titles:
        rows = [row for row in rows_of(values, "measures") if text_of(row, "sort") == sort]
        yield Heading(3, title)
        yield rows_table(
            book,
            SLUG,
            "measures",
            rows,
            {"measure": 4.0, "owner": 1.6, "due_on": 1.2, "done_on": 1.4},
        )


def _file(book: Book, values: Values) -> Iterator[Block]:
    yield Heading(1, _("Timeline"), "timeline")
    rows = sorted(rows_of(values, "timeline"), key=lambda row: row.get("happened_at") or book.now)
    yield rows_table(
        book, SLUG, "timeline", rows, {"happened_at": 1.9, "what": 4.4, "by_whom": 1.6}
    )
    yield Heading(1, _("Evidence"), "evidence")
    evidence = rows_of(values, "evidence")
    yield rows_table(book, SLUG, "evidence", evidence, {"title": 2.4, "place": 2.4, "sha256": 3.0})
    yield Heading(1, _("Evaluation and closing"), "closing")
    yield pairs(book, SLUG, values, *FILE)
