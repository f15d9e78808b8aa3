"""The due list (vernietigingslijst): items whose term is over, per rule, with the reasons."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from privreg import formats
from privreg.registers.register_list import register_of
from privreg.reports import care
from privreg.reports.controllers import head_of
from privreg.reports.document import (
    DAY,
    Column,
    GroupRow,
    Note,
    Quiet,
    Row,
    Strong,
    SummaryBox,
    Table,
)
from privreg.reports.written import joined
from privreg.translation import N_, _, messages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document, Text
    from privreg.translation import Message

KIND = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """One item that is due, in words; `name` is empty for who sees codes only."""

    customer: str
    name: str
    group: str
    kind: str
    label: str
    where: str
    rule: str
    rule_name: str
    keep_through: date
    dispose_from: date
    action: Message
    because: tuple[Message, ...] = ()
    cares: frozenset[care.Care] = field(default_factory=frozenset)


def due(
    book: Book,
    items: Sequence[DueItem],
    *,
    more: bool = False,
    part: Sequence[tuple[str, str]] = (),
) -> Document:
    """Return what is due; `more` says that the list goes on beyond these lines.

    `part` is what the list was limited to: the register and what the record is called.
    """
    return book.paper(
        KIND,
        _("Due for disposal"),
        _blocks(items, more=more, part=part),
        controller=head_of(book),
        subtitle=_("Items whose term is over on {day}; nothing was destroyed").format(
            day=formats.day(book.today)
        ),
    )


def _blocks(
    items: Sequence[DueItem], *, more: bool, part: Sequence[tuple[str, str]]
) -> Iterator[Block]:
    customers = len({each.customer for each in items})
    counts = (
        (_("Items"), formats.number(len(items))),
        (_("Customers"), formats.number(customers)),
        *care.counts(each.cares for each in items),
    )
    yield SummaryBox(counts, _("In short"), columns=3)
    if part:
        named = "; ".join(f"{_(register_of(slug).singular)}: {name}" for slug, name in part)
        limited = _("This is a part of the list, limited to {part}. What else is due is left out.")
        yield Note(limited.format(part=named))
    if more:
        count = len(items)
        words = messages(
            N_("Only the first item is listed; there are more."),
            N_("Only the first {count} items are listed; there are more."),
            count,
        )
        yield Note(formats.text(words))
    yield Table(_columns(), tuple(_rows(items)), _("Nothing is due."))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Customer"), 1.6),
        Column(_("What, and where"), 4.4),
        Column(_("Keep through"), 1.2, DAY),
        Column(_("Dispose from"), 1.2, DAY),
        Column(_("Then"), 1.1),
    )


def _rows(items: Sequence[DueItem]) -> Iterator[Row | GroupRow]:
    rule = ""
    for each in items:
        if each.rule != rule:
            rule = each.rule
            yield GroupRow(each.rule_name, note=each.rule, is_section=True)
        yield _row(each)


def _row(item: DueItem) -> Row:
    days = (formats.day(item.keep_through), formats.day(item.dispose_from))
    who = joined((item.customer, item.name))
    return Row((who, _what(item), *days, formats.text(item.action)))


def _what(item: DueItem) -> Text:
    marked = care.marks(item.cares)
    label = joined(dict.fromkeys((item.kind, item.label)), ": ")
    where = ", ".join(each for each in (item.group, item.where) if each)
    steps = " \u2192 ".join(formats.text(each) for each in item.because)
    return joined(
        (label, (Strong(marked),) if marked else "", where, (Quiet(steps),) if steps else "")
    )
