"""Processors and other parties, with sub-processors, agreements and transfers (art. 28, 44-49)."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg import formats
from privreg.formats import article
from privreg.law.agreements import is_in_force
from privreg.registers.declaration import Kind
from privreg.registers.party_findings import countries_of, countries_outside, organisations_of
from privreg.registers.reading import codes_of, date_of, key_of, rows_of, text_of
from privreg.registers.register_list import register_of
from privreg.reports import care
from privreg.reports.activity import transfers
from privreg.reports.controllers import address, head_of
from privreg.reports.document import (
    DAY,
    Column,
    GroupRow,
    Heading,
    Link,
    Pairs,
    Quiet,
    Row,
    Strong,
    SummaryBox,
    Table,
)
from privreg.reports.missing import missing_in
from privreg.reports.written import country, joined, pair, pairs, row_pairs, word
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.registers.declaration import Values
    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document, Labelled, Text

KIND = "processors"
SLUG = "parties"
_DEEPEST = 12


def processors(book: Book) -> Document:
    """Return every party that gets data, as a tree of sub-processors, then one by one."""
    return book.paper(
        KIND,
        _("Processors and recipients"),
        _blocks(book),
        controller=head_of(book),
        subtitle=_("With agreements and transfers, as it stands on {day}").format(
            day=formats.day(book.today)
        ),
    )


def _blocks(book: Book) -> Iterator[Block]:
    parties = list(book.records(SLUG))
    yield _summary(book, parties)
    yield Heading(1, _("All parties at a glance"), "overview", note=article("AVG 28, 30(1)(d)"))
    by_role = _by_role(parties)
    yield _overview(book, by_role)
    yield Heading(1, _("Party by party"), "parties")
    for _role, lines in by_role:
        for _depth, values in lines:
            yield from _party(book, values)


def tree(parties: list[Values]) -> Iterator[tuple[int, Values]]:
    """Yield each party once with its depth, sub-processors under the party they work for."""
    by_parent: dict[object, list[Values]] = {}
    known = {each["id"] for each in parties}
    for each in parties:
        above = key_of(each, "under_id")
        by_parent.setdefault(above if above in known else None, []).append(each)
    seen: set[object] = set()
    for top in by_parent.get(None, []):
        yield from _branch(top, by_parent, 0, seen)
    for each in parties:
        if each["id"] not in seen:
            yield from _branch(each, by_parent, 0, seen)


def _branch(
    party: Values, by_parent: dict[object, list[Values]], depth: int, seen: set[object]
) -> Iterator[tuple[int, Values]]:
    if party["id"] in seen:
        return
    seen.add(party["id"])
    yield depth, party
    for each in by_parent.get(party["id"], []):
        yield from _branch(each, by_parent, min(depth + 1, _DEEPEST), seen)


def _is_processor(party: Values) -> bool:
    return text_of(party, "role") == "processor"


def _is_used(party: Values) -> bool:
    return text_of(party, "state") != "ended"


def _summary(book: Book, parties: list[Values]) -> SummaryBox:
    used = [each for each in parties if _is_used(each)]
    mine = [each for each in used if _is_processor(each) and key_of(each, "under_id") is None]
    agreed = sum(
        any(is_in_force(row, book.today) for row in rows_of(each, "agreements")) for each in mine
    )
    rows: tuple[Labelled, ...] = (
        (_("Processors"), formats.number(len(mine))),
        (_("With an agreement in force"), formats.number(agreed)),
        (_("Without one"), formats.number(len(mine) - agreed)),
        (_("Sub-processors"), formats.number(sum(bool(key_of(p, "under_id")) for p in used))),
        (_("Other parties"), formats.number(sum(not _is_processor(p) for p in used))),
        (
            _("Outside the EEA"),
            formats.number(sum(bool(_outside(book, p)) for p in used)),
        ),
        *care.counts(care.of_party(book, each) for each in used),
    )
    return SummaryBox(rows, _("In short"), columns=3)


def _by_role(parties: list[Values]) -> list[tuple[str, list[tuple[int, Values]]]]:
    """Return the parties under the role of those at the top, processors first."""
    spec = register_of(SLUG).field("role")
    everyone = list(tree(parties))
    found = []
    for choice in spec.choices:
        tops = {p["id"] for depth, p in everyone if not depth and text_of(p, "role") == choice.code}
        found.append((formats.capitalised(word(spec, choice.code)), _under(everyone, tops)))
    return [(role, lines) for role, lines in found if lines]


def _overview(book: Book, by_role: list[tuple[str, list[tuple[int, Values]]]]) -> Table:
    rows: list[Row | GroupRow] = []
    for role, lines in by_role:
        rows.append(GroupRow(role))
        rows += [_overview_row(book, *line) for line in lines]
    columns = (
        Column(_("Party"), 3.0),
        Column(_("What they do for us"), 2.6),
        Column(_("Country"), 1.7),
        Column(_("Agreement through"), 1.6, DAY),
        Column(_("Outside the EEA"), 1.8),
    )
    return Table(columns, tuple(rows), _("No parties are recorded."))


def _under(everyone: list[tuple[int, Values]], tops: set[object]) -> list[tuple[int, Values]]:
    """Return the parties at the top that are wanted, each followed by its sub-processors."""
    found: list[tuple[int, Values]] = []
    taken = False
    for depth, party in everyone:
        if depth == 0:
            taken = party["id"] in tops
        if taken:
            found.append((depth, party))
    return found


def _overview_row(book: Book, depth: int, party: Values) -> Row:
    number = text_of(party, "number")
    indent = "\u2003" * (depth - 1) + "\u2514 " if depth else ""
    marked = care.marks(care.of_party(book, party))
    ended = _("ended") if not _is_used(party) else ""
    name = joined(
        (
            (indent, Link(text_of(party, "name"), number)),
            (Strong(marked),) if marked else "",
            (Quiet(ended),) if ended else "",
        )
    )
    outside = "\n".join(_outside(book, party))
    where = "\n".join(country(code) for code in countries_of(party))
    agreed = _agreed_through(book, party)
    cells = (name, text_of(party, "service"), where, agreed, outside)
    return Row(cells, quiet=not _is_used(party))


def _outside(book: Book, party: Values) -> list[str]:
    return [
        *(country(code) for code in countries_outside(party, book.today)),
        *organisations_of(party),
    ]


def _agreed_through(book: Book, party: Values) -> Text:
    if not _is_processor(party) or key_of(party, "under_id") is not None:
        return ""
    running = [row for row in rows_of(party, "agreements") if is_in_force(row, book.today)]
    if not running:
        return (Strong(_("none in force")),)
    ends = [date_of(row, "ends_on") for row in running]
    last = None if None in ends else max(day for day in ends if day is not None)
    return formats.day(last) if last else _("until cancelled")


def _party(book: Book, party: Values) -> Iterator[Block]:
    number = text_of(party, "number")
    yield Heading(2, text_of(party, "name"), number, note=number)
    yield Pairs(tuple(_identity(book, party)))
    yield from _agreements(book, party)
    shown = list(transfers(book, party))
    if shown:
        yield Heading(3, _("Transfers outside the EEA"), note=article("AVG 44-49"))
        yield from shown
    yield missing_in(book, SLUG, party)


def _identity(book: Book, party: Values) -> Iterator[Labelled]:
    yield from pairs(book, SLUG, party, "role", "service").rows
    yield _("Address"), address(party)
    contact = ("email", "phone", "website", "kvk", "officer", "representative", "contact_breach")
    hosting = ("hosting", "hosting_countries", "under_id")
    yield from pairs(book, SLUG, party, *contact, *hosting).rows
    subs = [p for p in book.records(SLUG) if key_of(p, "under_id") == party["id"]]
    yield _("Sub-processors"), "; ".join(text_of(each, "name") for each in subs)
    yield _("Gets"), joined(_gets(book, party))
    marked = care.marks(care.of_party(book, party))
    yield _("Extra care"), (Strong(marked),) if marked else ""
    flags = ("fights_cybercrime",) if party.get("fights_cybercrime") else ()
    yield from pairs(book, SLUG, party, *flags, "note").rows
    if not _is_used(party):
        yield pair(book, SLUG, party, "state")


def _gets(book: Book, party: Values) -> Iterator[Text]:
    """Yield per activity which kinds of data the party gets, and in what form."""
    fields = {s.name: s for s in register_of("activities").field("recipients").fields}
    for activity in book.records("activities"):
        for row in rows_of(activity, "recipients"):
            if row.get("party_id") == party["id"]:
                kinds = set(codes_of(row, "kinds"))
                names = [text_of(k, "name") for k in book.records("kinds") if str(k["id"]) in kinds]
                form = word(fields["form"], text_of(row, "form"))
                what = _("{activity}: {kinds} ({form})").format(
                    activity=text_of(activity, "name"),
                    kinds="; ".join(names) or _("not said which data"),
                    form=form,
                )
                yield what


def _agreements(book: Book, party: Values) -> Iterator[Block]:
    rows = rows_of(party, "agreements")
    if rows:
        yield Heading(3, _("Processing agreements"), note=article("AVG 28(3)"))
    specs = [
        spec for spec in register_of(SLUG).field("agreements").fields if spec.kind is not Kind.ROWS
    ]
    for row in rows:
        standing = _("in force") if is_in_force(row, book.today) else _("not in force")
        title = (Strong(text_of(row, "title")), f" ({standing})")
        rest = row_pairs(book, specs, row, "title").rows
        yield Pairs(((_("Agreement"), title), *rest))
