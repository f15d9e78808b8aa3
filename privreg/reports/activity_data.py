"""People and data of an activity: the matrix with its terms, and what is told per kind."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.law.rules import Bound, ItemFacts, RuleScope, applies
from privreg.registers.reading import key_of, keys_of, rows_of, text_of
from privreg.registers.register_list import register_of
from privreg.reports import care
from privreg.reports.document import MARK, Matrix, MatrixRow, Strong
from privreg.reports.written import period, spec_table
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.registers.declaration import Values
    from privreg.reports.book import Book
    from privreg.reports.document import Table, Text

_ORDINARY = {"form": "full", "required_by": "not_required"}
_SHARES = {
    "kind_id": 2.0,
    "group_id": 1.6,
    "form": 1.3,
    "required_by": 1.4,
    "consequence": 2.0,
    "source": 1.6,
    "collected": 1.6,
    "access": 1.6,
    "place": 1.4,
    "note": 2.0,
}


def matrix(book: Book, activity: Values) -> Matrix:
    """Return kinds of data by groups of people, with the terms that apply to each."""
    rows = rows_of(activity, "data")
    groups = list(dict.fromkeys(row.get("group_id") for row in rows))
    kinds = list(dict.fromkeys(row.get("kind_id") for row in rows))
    pairs = {(row.get("kind_id"), row.get("group_id")) for row in rows}
    terms = _Terms(book, activity)
    return Matrix(
        _("Kind of data"),
        tuple(_group_head(book, group) for group in groups),
        tuple(
            MatrixRow(
                _kind_head(book, kind),
                tuple(terms.of(kind, group) if (kind, group) in pairs else "" for group in groups),
            )
            for kind in kinds
        ),
    )


def _group_head(book: Book, key: object) -> str:
    marked = care.marks(care.of_group(book.record("groups", key)))
    name = book.name("groups", key)
    return _("{name} ({marks})").format(name=name, marks=marked) if marked else name


def _kind_head(book: Book, key: object) -> Text:
    marked = care.marks(care.of_kind(book.record("kinds", key)))
    name = book.name("kinds", key)
    return (name, Strong(f"\n{marked}")) if marked else name


class _Terms:
    """The retention rules in use, asked per kind and group; each answer is kept."""

    def __init__(self, book: Book, activity: Values) -> None:
        self.in_use = [each for each in book.records("rules") if text_of(each, "state") != "ended"]
        self._controllers: list[object] = [*keys_of(activity, "controllers")] or [None]
        self._is_processor = text_of(activity, "role") == "processor"

    def of(self, kind: object, group: object) -> str:
        """Return the terms of a kind of data about a group; said in words where there is none."""
        found = [rule for rule in self.in_use if self.governs(rule, kind, group)]
        words = dict.fromkeys(term(rule) for rule in found)
        if words:
            return "\n".join(words)
        return MARK if self._is_processor else _("no term")

    def governs(self, rule: Values, kind: object, group: object) -> bool:
        """Say whether a rule applies to a kind of data about a group, its condition aside."""
        scope = RuleScope(
            key="",
            controller=key_of(rule, "controller_id"),
            group=key_of(rule, "group_id"),
            kind=key_of(rule, "kind_id"),
        )
        groups = frozenset({group})
        return any(
            applies(scope, ItemFacts(controller=controller, groups=groups, kind=kind))
            for controller in self._controllers
        )


def term(rule: Values) -> str:
    """Return how long a rule keeps, as short as a cell of the matrix: '7 jaar', 'criterium'."""
    if text_of(rule, "measure") == "criterion":
        return _("criterion")
    spoken = period(text_of(rule, "period"))
    if text_of(rule, "bound") == Bound.AT_LEAST.value:
        spoken = _("at least {period}").format(period=spoken)
    if text_of(rule, "condition"):
        spoken = _("{period}, in some cases").format(period=spoken)
    return spoken


def details(book: Book, activity: Values) -> Table:
    """Return what is told per kind of data: form, obligation, source, access, place."""
    fields = {spec.name: spec for spec in register_of("activities").field("data").fields}
    specs = [fields[name] for name in _SHARES]
    rows = [plain for row in rows_of(activity, "data") if _says_more(plain := _told(row))]
    return spec_table(book, specs, rows, _SHARES)


def _told(row: Values) -> Values:
    """Leave out what is as it usually is, so that the table shows what is not."""
    return {name: value for name, value in row.items() if _ORDINARY.get(name) != value}


def _says_more(row: Values) -> bool:
    return any(row.get(name) for name in _SHARES if name not in ("kind_id", "group_id"))


def rules_of(book: Book, activity: Values) -> list[Values]:
    """Return the retention rules of an activity: those it names, then the others that govern it."""
    named = book.several("rules", keys_of(activity, "rules"))
    seen = {rule["id"] for rule in named}
    terms = _Terms(book, activity)
    asked = {(row.get("kind_id"), row.get("group_id")) for row in rows_of(activity, "data")}
    others = [
        rule
        for rule in terms.in_use
        if rule["id"] not in seen
        and key_of(rule, "kind_id") is not None
        and any(terms.governs(rule, *each) for each in asked)
    ]
    return [*named, *others]


def extra_care(book: Book, activity: Values) -> Iterator[tuple[str, Text]]:
    """Return which groups and kinds ask for extra care, and what care is taken."""
    kinds = list(dict.fromkeys(row.get("kind_id") for row in rows_of(activity, "data")))
    groups = list(dict.fromkeys(row.get("group_id") for row in rows_of(activity, "data")))
    for why in care.Care:
        names = [
            book.name("kinds", k) for k in kinds if why in care.of_kind(book.record("kinds", k))
        ]
        names += [
            book.name("groups", g) for g in groups if why in care.of_group(book.record("groups", g))
        ]
        if names:
            yield why.word.capitalize(), "; ".join(names)
    for values in book.several("kinds", kinds):
        note = text_of(values, "risk_note")
        if note:
            yield (
                _("Extra care taken"),
                _("{kind}: {care}").format(kind=text_of(values, "name"), care=note),
            )
