"""One customer: what is kept, under which rule, until when, and what happened."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from privreg import formats
from privreg.formats import article
from privreg.registers.reading import keys_of, rows_of, text_of
from privreg.registers.register_list import register_of
from privreg.reports import care, meaning
from privreg.reports.controllers import head_of
from privreg.reports.document import (
    DAY,
    Column,
    Heading,
    Quiet,
    Row,
    Strong,
    SummaryBox,
    Table,
)
from privreg.reports.written import joined, pairs, spec_table, written
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from privreg.registers.declaration import FieldSpec, Values
    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document, Text
    from privreg.translation import Message

KIND = "customer"
SLUG = "customers"
ENTRIES: tuple[tuple[str, Mapping[str, float]], ...] = (
    ("events", {"happened_on": 1.6, "type": 2.4, "item_id": 2.0, "note": 3.0}),
    ("holds", {"reason": 1.8, "items": 2.2, "since_on": 1.4, "review_on": 1.3, "until_on": 1.4}),
    ("consents", {"kind": 1.4, "purpose": 2.4, "given_at": 1.6, "how": 1.6, "withdrawn_at": 1.6}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedItem:
    """One item of a customer with where it stands, in words."""

    kind: str
    group: str
    label: str
    where: str
    rule: str
    state: Message
    is_due: bool
    keep_through: date | None
    dispose_from: date | None
    because: tuple[Message, ...] = ()
    cares: frozenset[care.Care] = field(default_factory=frozenset)


def customer(
    book: Book,
    values: Values,
    items: Sequence[TimedItem],
    entries: Mapping[str, Sequence[Values]],
    fields: Sequence[str],
) -> Document:
    """Return one customer with timers; `fields` are those the reader may see."""
    title = register_of(SLUG).title(values)
    number = text_of(values, "number")
    return book.paper(
        KIND,
        title or number,
        _blocks(book, values, items, entries, fields),
        controller=head_of(book, values),
        subtitle=_("{number} · what is kept and until when").format(number=number),
    )


def _blocks(
    book: Book,
    values: Values,
    items: Sequence[TimedItem],
    entries: Mapping[str, Sequence[Values]],
    fields: Sequence[str],
) -> Iterator[Block]:
    yield _summary(book, values, items)
    yield Heading(1, _("Items and their terms"), "items", note=article("AVG 5(1)(e)"))
    yield _items(items)
    yield meaning.of_items(each.state for each in items)
    for slug, shares in ENTRIES:
        register = register_of(slug)
        yield Heading(1, _(register.plural), slug)
        specs = [register.field(name) for name in shares if _may_show(name, fields, slug)]
        yield spec_table(book, specs, entries.get(slug, ()), shares)
    yield Heading(1, _("Purposes, origin and recipients"), "purposes", note=article("AVG 15(1)"))
    yield _purposes(book, values, items)
    yield Heading(1, _("Particulars"), "particulars")
    yield pairs(book, SLUG, values, *fields)


def _may_show(name: str, fields: Sequence[str], slug: str) -> bool:
    """Leave personal fields of entries out for a reader who sees codes only."""
    return not register_of(slug).field(name).personal or "name" in fields


def _summary(book: Book, values: Values, items: Sequence[TimedItem]) -> SummaryBox:
    groups = book.several("groups", keys_of(values, "groups"))
    of_groups = frozenset(c for each in groups for c in care.of_group(each))
    marked = care.marks({c for each in items for c in each.cares} | of_groups)
    rows = (
        (_("Items"), formats.number(len(items))),
        (_("Due for disposal"), formats.number(sum(each.is_due for each in items))),
        (_("Groups of people"), "; ".join(text_of(each, "name") for each in groups)),
        (_("Extra care"), marked),
        *care.counts(each.cares for each in items),
    )
    return SummaryBox(rows, _("In short"))


def _items(items: Sequence[TimedItem]) -> Table:
    columns = (
        Column(_("Item"), 2.4),
        Column(_("Rule, and why"), 4.4),
        Column(_("Keep through"), 1.2, DAY),
        Column(_("Dispose from"), 1.2, DAY),
        Column(_("State"), 1.2),
    )
    return Table(columns, tuple(_row(each) for each in items), _("No items are kept here."))


def _purposes(book: Book, values: Values, items: Sequence[TimedItem]) -> Table:
    """Return, for the activities that keep what this customer has, what for and who gets it."""
    kinds = {each.kind for each in items}
    groups = set(keys_of(values, "groups"))
    columns = (
        Column(_("Activity"), 2.0),
        Column(_("Purpose and ground"), 3.0),
        Column(_("Where the data come from"), 1.8),
        Column(_("Recipients"), 2.2),
    )
    rows = [
        Row(tuple(_activity_cells(book, activity)))
        for activity in book.records("activities")
        if _keeps(book, activity, kinds, groups)
    ]
    return Table(columns, tuple(rows))


def _keeps(book: Book, activity: Values, kinds: set[str], groups: set[UUID]) -> bool:
    return text_of(activity, "state") != "ended" and any(
        row.get("group_id") in groups and book.name("kinds", row.get("kind_id")) in kinds
        for row in rows_of(activity, "data")
    )


def _activity_cells(book: Book, activity: Values) -> Iterator[Text]:
    register = register_of("activities")
    ground = next(each for each in register.field("purposes").fields if each.name == "ground")
    yield text_of(activity, "name")
    yield joined(_purpose(book, ground, row) for row in rows_of(activity, "purposes"))
    source = written(book, register.field("source"), activity.get("source"))
    yield joined((source, text_of(activity, "source_note")))
    parties = (book.name("parties", row.get("party_id")) for row in rows_of(activity, "recipients"))
    yield joined(dict.fromkeys(parties))


def _purpose(book: Book, ground: FieldSpec, row: Values) -> Text:
    word = written(book, ground, row.get("ground"))
    return (text_of(row, "purpose"), Quiet(f" ({word})" if word else ""))


def _row(item: TimedItem) -> Row:
    days = [formats.day(day) if day else "" for day in (item.keep_through, item.dispose_from)]
    word = formats.text(item.state)
    state: Text = (Strong(word),) if item.is_due else word
    return Row((_what(item), _why(item), *days, state))


def _what(item: TimedItem) -> Text:
    marked = care.marks(item.cares)
    where = "; ".join(each for each in (item.group, item.where) if each)
    parts = (
        joined(dict.fromkeys((item.kind, item.label)), ": "),
        (Strong(marked),) if marked else "",
        (Quiet(where),) if where else "",
    )
    return joined(parts)


def _why(item: TimedItem) -> Text:
    steps = " \u2192 ".join(formats.text(each) for each in item.because)
    return joined((item.rule, (Quiet(steps),) if steps else ""))
