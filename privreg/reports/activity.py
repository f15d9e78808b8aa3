"""One processing activity: a page that a person can check, purpose and ground first."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg import formats, lists
from privreg.formats import article
from privreg.law.dpia import dpia_advice
from privreg.registers.party_findings import countries_outside, organisations_of
from privreg.registers.reading import codes_of, keys_of, rows_of, text_of
from privreg.registers.register_list import register_of
from privreg.reports import activity_data
from privreg.reports.controllers import address, arrangement, head_of
from privreg.reports.document import (
    BulletList,
    Column,
    Heading,
    KeepTogether,
    Link,
    Pairs,
    Paragraph,
    Quiet,
    Signature,
    SignOff,
    Strong,
    Table,
)
from privreg.reports.missing import missing_in
from privreg.reports.rules import rules_table
from privreg.reports.written import country, fact, joined, pair, pairs, row_pairs, used_columns
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.registers.declaration import Values
    from privreg.reports.book import Book
    from privreg.reports.document import Block, Document, Labelled, Text

CONTROLLERS = "controllers"
KIND = "activity"
SLUG = "activities"


def activity(book: Book, values: Values) -> Document:
    """Return one activity as a document of its own, with room to sign it off."""
    return book.paper(
        KIND,
        text_of(values, "name"),
        (*activity_blocks(book, values), _sign_off(values)),
        controller=head_of(book, values),
        subtitle=_("{number} · processing activity (art. 30 GDPR)").format(
            number=text_of(values, "number")
        ),
    )


def activity_blocks(book: Book, values: Values, *, refers: bool = False) -> Iterator[Block]:
    """Return the page of an activity under its own title: nothing that is empty is printed.

    With `refers`, what the register says of the controllers is not said again.
    """
    yield Paragraph(text_of(values, "description"))
    yield from _on_behalf(book, values)
    yield from _purposes(book, values)
    yield from _people_and_data(book, values)
    yield from _recipients(book, values)
    yield from _jointly(book, values, refers=refers)
    yield Heading(3, _("How long"), note=article("AVG 30(1)(f)"))
    yield rules_table(book, activity_data.rules_of(book, values))
    yield from _measures(book, values)
    yield from _decisions(book, values)
    yield Heading(3, _("Responsibility and version"))
    yield Pairs(tuple(_version(book, values)))
    yield missing_in(book, SLUG, values)


def _on_behalf(book: Book, values: Values) -> Iterator[Block]:
    if text_of(values, "role") == "processor":
        yield Heading(3, _("On whose behalf, and what is done"), note=article("AVG 30(2)(a), (b)"))
        yield Pairs(
            (
                pair(book, SLUG, values, "client_id"),
                *_client(book, book.record("parties", values.get("client_id"))),
                pair(book, SLUG, values, "processing_categories"),
            )
        )


def _client(book: Book, party: Values | None) -> Iterator[Labelled]:
    """Yield how the controller we work for is reached, with representative and officer."""
    if party is None:
        return
    yield _("Address"), address(party)
    yield from pairs(book, "parties", party, "email", "phone", "representative", "officer").rows


def _purposes(book: Book, values: Values) -> Iterator[Block]:
    rows = rows_of(values, "purposes")
    yield Heading(3, _("Purpose and ground"), note=article("AVG 30(1)(b), 6(1)"))
    for number, row in enumerate(rows, 1):
        label = _("Purpose {number}").format(number=number) if len(rows) > 1 else _("Purpose")
        yield KeepTogether(
            (Pairs(((label, (Strong(text_of(row, "purpose")),)), *_ground(book, row))),)
        )


def _ground(book: Book, row: Values) -> Iterator[Labelled]:
    specs = register_of(SLUG).field("purposes").fields
    flags = ("is_marketing", "is_publication", "is_archive")
    yield from row_pairs(book, specs, row, "purpose", *flags).rows
    marked = [_(spec.label) for spec in specs if spec.name in flags and row.get(spec.name)]
    yield _("Marked as"), "; ".join(marked)


def _people_and_data(book: Book, values: Values) -> Iterator[Block]:
    yield Heading(3, _("People and data, with terms"), note=article("AVG 30(1)(c), (f)"))
    yield activity_data.matrix(book, values)
    yield Pairs(tuple(activity_data.extra_care(book, values)))
    yield activity_data.details(book, values)
    yield Heading(3, _("Source and access"), note=article("AVG 13, 14, 25(2)"))
    yield pairs(
        book, SLUG, values, "source", "source_note", "collected_at", "collected_note", "access"
    )


def _recipients(book: Book, values: Values) -> Iterator[Block]:
    rows = rows_of(values, "recipients")
    yield Heading(3, _("Recipients"), note=article("AVG 30(1)(d)"))
    yield pairs(book, SLUG, values, "has_no_recipients")
    yield _recipients_table(book, rows)
    yield Heading(3, _("Transfers outside the EEA"), note=article("AVG 30(1)(e), 44-49"))
    yield pairs(book, SLUG, values, "transfer_note")
    for party in book.several("parties", dict.fromkeys(row.get("party_id") for row in rows)):
        yield from transfers(book, party)


def _recipients_table(book: Book, rows: list[Values]) -> Table:
    fields = {spec.name: spec for spec in register_of(SLUG).field("recipients").fields}
    columns = (
        Column(_("Recipient"), 2.2),
        Column(_("Kinds of data"), 2.6),
        Column(_("In what form"), 1.3),
        Column(_("For what"), 2.2),
    )
    lines = [
        (
            _party_cell(book, book.record("parties", row.get("party_id"))),
            *(fact(book, fields[name], row) for name in ("kinds", "form", "purpose")),
        )
        for row in rows
    ]
    return used_columns(columns, lines)


def _party_cell(book: Book, party: Values | None) -> Text:
    if party is None:
        return ""
    role = fact(book, register_of("parties").field("role"), party)
    where = country(text_of(party, "country"))
    said = ", ".join(str(part) for part in (role, where) if part)
    return (text_of(party, "name"), Quiet(f"\n{said}"))


def transfers(book: Book, party: Values) -> Iterator[Block]:
    """Return each transfer to a party with what it rests on, and countries without one."""
    rows = rows_of(party, "transfers")
    specs = register_of("parties").field("transfers").fields
    for row in rows:
        organisation, land = text_of(row, "organisation"), country(text_of(row, "country"))
        where = ", ".join(part for part in (organisation, land) if part)
        who = (Strong(text_of(party, "name")), f", {where}")
        rest = row_pairs(book, specs, row, "country", "organisation").rows
        label = _("Recipient and organisation") if organisation else _("Recipient and country")
        yield KeepTogether((Pairs(((label, who), *rest)),))
    told = {text_of(row, "country") for row in rows}
    for code in countries_outside(party, book.today):
        if code not in told:
            what = _("no mechanism, assessment or document recorded")
            who = (Strong(text_of(party, "name")), f", {country(code)}: {what}")
            yield Pairs(((_("Recipient and country"), who),))


def _jointly(book: Book, values: Values, *, refers: bool) -> Iterator[Block]:
    known = book.several("controllers", keys_of(values, "controllers"))
    joint = [each for each in known if text_of(each, "relation") == "joint"]
    yield Heading(3, _("Arrangement between joint controllers"), note=article("AVG 26"))
    if joint and refers:
        names = "; ".join(text_of(each, "name") for each in known)
        see = Link(_("Who is responsible"), CONTROLLERS)
        yield Pairs(((_("Joint controllers"), (names, Quiet(" \u2192 "), see)),))
        return
    for each in joint:
        yield Pairs(((_("Controller"), (Strong(text_of(each, "name")),)),))
        yield from arrangement(book, each)


def _version(book: Book, values: Values) -> Iterator[Labelled]:
    """Yield who answers for the activity and which version this is, on few lines."""
    owner = [text_of(values, name) for name in ("owner", "department")]
    yield _("Owner"), ", ".join(each for each in owner if each)
    told = {
        name: pair(book, SLUG, values, name)
        for name in ("state", "started_on", "ended_on", "review_on", "note")
    }
    days = [told[name] for name in ("started_on", "ended_on") if told[name][1]]
    since = joined((joined((label.lower(), text), " ") for label, text in days), ", ")
    yield told["state"][0], joined((told["state"][1], since), ", ")
    yield told["review_on"]
    signed = [pair(book, SLUG, values, n)[1] for n in ("signed_off_by", "signed_off_on")]
    yield _("Version"), text_of(values, "version_label")
    yield _("Signed off"), joined(signed, ", ")
    yield told["note"]


def _measures(book: Book, values: Values) -> Iterator[Block]:
    yield Heading(3, _("Security measures and place"), note=article("AVG 30(1)(g), 32(1)"))
    found = book.several("measures", keys_of(values, "measures"))
    yield BulletList(tuple(_measure(book, each) for each in found))
    yield pairs(book, SLUG, values, "measures_note", "system", "storage_place", "storage_country")


def _measure(book: Book, values: Values) -> Text:
    status = text_of(values, "status")
    said = fact(book, register_of("measures").field("status"), values)
    name: Text = (Strong(text_of(values, "name")), f" ({said})" if status != "in_place" else "")
    description = text_of(values, "description")
    return joined((name, (Quiet(description),) if description else ""), ": ")


def _decisions(book: Book, values: Values) -> Iterator[Block]:
    yield Heading(3, _("Automated decisions and DPIA"), note=article("AVG 22, 35"))
    names = ("has_automated_decisions", "automated_logic", "automated_consequences")
    profiling = ("has_profiling", "profiling_note")
    dpia = ("dpia_outcome", "dpia_done_on", "dpia_document", "dpia_reason", "dpia_triggers")
    yield Pairs(
        (
            *pairs(book, SLUG, values, *names, *profiling, *dpia).rows,
            (_("What the triggers lead to"), _advice(values)),
        )
    )


def _advice(values: Values) -> str:
    chosen = codes_of(values, "dpia_triggers")
    if not chosen:
        return ""
    advice = dpia_advice(chosen, lists.dated_list("dpia_triggers"))
    return formats.text(advice.need.message)


def _sign_off(values: Values) -> SignOff:
    return SignOff(
        (Signature(text_of(values, "owner")), Signature()),
        _("Read and found to be as we work."),
    )


def transfers_of(book: Book, values: Values) -> bool:
    """Say whether data of the activity go outside the EEA or to an international organisation."""
    parties = book.several(
        "parties", (row.get("party_id") for row in rows_of(values, "recipients"))
    )
    return any(countries_outside(party, book.today) or organisations_of(party) for party in parties)
