"""The register of processing activities (verwerkingsregister), article 30(1) and 30(2)."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg import formats
from privreg.formats import article
from privreg.law.completeness import register_duty
from privreg.registers.reading import date_of, rows_of, text_of
from privreg.registers.register_list import register_of
from privreg.reports import care
from privreg.reports.activity import CONTROLLERS, SLUG, activity_blocks, transfers_of
from privreg.reports.controllers import head_of, particulars
from privreg.reports.document import (
    CODE,
    DAY,
    BulletList,
    Column,
    Heading,
    Link,
    Missing,
    Note,
    Row,
    Strong,
    SummaryBox,
    Table,
)
from privreg.reports.missing import led_by_number, listed
from privreg.reports.written import joined, written
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from privreg.registers.declaration import Finding, Values
    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document, Labelled

KIND = "register"
_CARRIED = {"controller": "AVG 30(1)", "processor": "AVG 30(2)"}


def register(book: Book) -> Document:
    """Return the whole register: controllers, an overview, and every activity in full."""
    return book.paper(
        KIND,
        _("Register of processing activities"),
        _blocks(book),
        controller=head_of(book),
        subtitle=_("Article 30 GDPR, as it stands on {day}").format(day=formats.day(book.today)),
    )


def _blocks(book: Book) -> Iterator[Block]:
    activities = list(book.records(SLUG))
    as_controller = [each for each in activities if text_of(each, "role") != "processor"]
    as_processor = [each for each in activities if text_of(each, "role") == "processor"]
    body = list(_body(book, as_controller, as_processor))
    missing = sum(len(each.items) for each in body if isinstance(each, Missing))
    yield _summary(book, as_controller, as_processor, missing)
    yield from _duty(book, activities)
    yield from body


def _body(book: Book, as_controller: list[Values], as_processor: list[Values]) -> Iterator[Block]:
    yield Heading(1, _("Who is responsible"), CONTROLLERS, note=article("AVG 30(1)(a), 26, 37"))
    yield from particulars(book, book.records("controllers"))
    yield listed(led_by_number(_about_controllers(book)))
    yield Heading(1, _("All activities at a glance"), "overview")
    yield _overview(book, book.records(SLUG))
    yield from _part(book, _("Activities as controller"), "as-controller", as_controller)
    yield from _part(book, _("Activities as processor"), "as-processor", as_processor)


def _about_controllers(book: Book) -> list[Finding]:
    return [
        finding
        for values in book.records("controllers")
        for finding in book.findings("controllers", values)
    ]


def _summary(
    book: Book, as_controller: list[Values], as_processor: list[Values], missing: int
) -> SummaryBox:
    """Return the box; `missing` counts the points that the lists below it print."""
    activities = [*as_controller, *as_processor]
    transferred = sum(transfers_of(book, each) for each in activities)
    reviewed = [date_of(each, "review_on") for each in activities if _is_running(each)]
    overdue = sum(day is not None and day < book.today for day in reviewed)
    rows: tuple[Labelled, ...] = (
        (_("As controller (art. 30(1))"), formats.number(len(as_controller))),
        (_("As processor (art. 30(2))"), formats.number(len(as_processor))),
        *care.counts(care.of_activity(book, each) for each in activities),
        (_("With recipients outside the EEA"), formats.number(transferred)),
        (_("Review overdue"), formats.number(overdue)),
        (_("Points still missing"), formats.number(missing)),
    )
    return SummaryBox(rows, _("In short"))


def _duty(book: Book, activities: list[Values]) -> Iterator[Block]:
    """Say why the register must be kept, by what it holds; what goes on is not occasional."""
    running = [each for each in activities if _is_running(each)]
    found = {mark for each in running for mark in care.of_activity(book, each)}
    duty = register_duty(
        risk=care.Care.HIGH_RISK in found,
        occasional=not running,
        special=not found.isdisjoint({care.Care.SPECIAL, care.Care.CRIMINAL}),
    )
    if duty.is_obligatory:
        yield Note(_("Whatever the number of staff, this register must be kept (article 30(5)):"))
        yield BulletList(tuple(formats.text(each) for each in duty.because))


def _is_running(activity: Values) -> bool:
    return text_of(activity, "state") != "ended"


def _overview(book: Book, activities: Sequence[Values]) -> Table:
    return Table(
        (
            Column(_("Number"), 1.2, CODE),
            Column(_("Activity"), 3.2),
            Column(_("Grounds"), 2.6),
            Column(_("Owner"), 1.6),
            Column(_("Review on"), 1.3, DAY),
        ),
        tuple(_overview_row(book, each) for each in activities),
        _("No processing activities are recorded."),
    )


def _overview_row(book: Book, values: Values) -> Row:
    review_on = date_of(values, "review_on")
    number = text_of(values, "number")
    marked = care.marks(care.of_activity(book, values))
    name = joined(((Link(text_of(values, "name"), number),), (Strong(marked),) if marked else ""))
    cells = (number, name, _grounds(book, values), text_of(values, "owner"))
    return Row((*cells, formats.day(review_on) if review_on else ""), quiet=not _is_running(values))


def _grounds(book: Book, values: Values) -> str:
    spec = next(
        each for each in register_of(SLUG).field("purposes").fields if each.name == "ground"
    )
    found = (written(book, spec, row.get("ground")) for row in rows_of(values, "purposes"))
    return "\n".join(sorted({each for each in found if each}))


def _part(book: Book, title: str, anchor: str, activities: list[Values]) -> Iterator[Block]:
    if not activities:
        return
    carried = _CARRIED["processor" if anchor == "as-processor" else "controller"]
    yield Heading(1, title, anchor, note=article(carried), new_page=True)
    for values in activities:
        number = text_of(values, "number")
        yield Heading(2, text_of(values, "name"), number, note=number)
        yield Note(_state(book, values))
        yield from activity_blocks(book, values, refers=True)


def _state(book: Book, values: Values) -> str:
    if _is_running(values) and text_of(values, "state") != "draft":
        return ""
    spec = register_of(SLUG).field("state")
    return _("State: {state}").format(state=written(book, spec, values.get("state")))
