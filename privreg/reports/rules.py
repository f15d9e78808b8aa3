"""Retention rules as a table: what each governs, how long, since when and on what source."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.registers.reading import text_of
from privreg.registers.register_list import register_of
from privreg.registers.unchecked import is_unchecked
from privreg.reports import care
from privreg.reports.activity_data import lasting
from privreg.reports.document import CODE, Column, Quiet, Row, Strong, Table
from privreg.reports.written import country, joined, written
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from privreg.registers.declaration import Values
    from privreg.reports.book import Book
    from privreg.reports.document import Text

HOME = "NL"


def rules_table(book: Book, rules: Iterable[Values], *, empty: str = "") -> Table:
    """Return rules with what they govern, their term, their start and their source."""
    return Table(
        (
            Column(_("Number"), 1.0, CODE),
            Column(_("What it governs"), 2.5),
            Column(_("How long"), 2.5),
            Column(_("Then"), 1.0),
            Column(_("Source"), 2.6),
        ),
        tuple(rule_row(book, each) for each in rules),
        empty,
    )


def rule_row(book: Book, rule: Values) -> Row:
    """Return one rule as a row of the table."""
    number = text_of(rule, "number")
    parts = (how_long(book, rule), then(book, rule), source(book, rule))
    return Row((number, governs(book, rule), *parts), quiet=text_of(rule, "state") == "ended")


def governs(book: Book, rule: Values) -> Text:
    """Return a rule's name, and under it whose and which data it governs."""
    scope = [value(book, rule, name) for name in ("group_id", "kind_id", "controller_id")]
    limits = [value(book, rule, "condition")]
    marked = care.marks(care.of_rule(book, rule))
    where = _("in {system}").format(system=value(book, rule, "system")) if _elsewhere(rule) else ""
    ended = _("ended") if text_of(rule, "state") == "ended" else ""
    quiet = "; ".join(each for each in (*scope, *limits, where, ended) if each)
    return joined(
        (
            text_of(rule, "name"),
            (Strong(marked),) if marked else "",
            (Quiet(quiet),) if quiet else "",
        )
    )


def _elsewhere(rule: Values) -> bool:
    return text_of(rule, "runs_on") == "system"


def how_long(book: Book, rule: Values) -> Text:
    """Return the period or the criterion, its bound, and what it counts from."""
    if text_of(rule, "measure") == "criterion":
        return joined((text_of(rule, "criterion"), (Quiet(_reviewed(book, rule)),)))
    bound = value(book, rule, "bound")
    event, counted = value(book, rule, "event"), value(book, rule, "counted_from")
    since = _("from: {start}").format(start=f"{event}; {counted}") if event else ""
    said: Text = (Quiet(since),) if since else ""
    return joined(((Strong(lasting(rule)),), (Quiet(bound),), said))


def _reviewed(book: Book, rule: Values) -> str:
    review = value(book, rule, "review_on")
    return _("review on {day}").format(day=review) if review else _("no review date")


def then(book: Book, rule: Values) -> str:
    """Return what happens at the end."""
    return value(book, rule, "action")


def source(book: Book, rule: Values) -> Text:
    """Return what the term rests on, and where that is not the Netherlands, the country."""
    abroad = text_of(rule, "source_country")
    notes = [value(book, rule, "source_kind"), country(abroad) if abroad not in ("", HOME) else ""]
    opened = [value(book, rule, "opened_by"), value(book, rule, "opened_for")]
    kept = "; ".join(each for each in opened if each)
    note = ", ".join(each for each in notes if each)
    unsure = is_unchecked(register_of("rules").field("source"), text_of(rule, "source"))
    doubt = _("not yet checked against a second source") if unsure else ""
    said = _("kept only: {who}").format(who=kept) if kept else ""
    lines = (note, doubt, said)
    return joined((text_of(rule, "source"), *((Quiet(each),) if each else "" for each in lines)))


def value(book: Book, rule: Values, name: str) -> str:
    """Return one field of a rule in words."""
    return written(book, register_of("rules").field(name), rule.get(name))
