"""People and data of an activity: the matrix with its terms, and what is told per kind."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg import formats
from privreg.law.rules import Bound, ItemFacts, RuleScope, applies
from privreg.registers.reading import key_of, keys_of, rows_of, text_of
from privreg.registers.register_list import register_of
from privreg.reports import care
from privreg.reports.document import MARK, Column, Matrix, MatrixRow, Quiet, Strong
from privreg.reports.written import joined, period, used_columns, written
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from privreg.registers.declaration import FieldSpec, Values
    from privreg.reports.book import Book
    from privreg.reports.document import Table, Text

AT_ONCE = "P0D"
_ORDINARY = {"form": "full", "required_by": "not_required"}
_WHAT = ("kind_id", "group_id")


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
        words = dict.fromkeys(term(rule) for rule in self.found(kind, group))
        if words:
            return "\n".join(words)
        return MARK if self._is_processor else _("no term")

    def found(self, kind: object, group: object) -> list[Values]:
        """Return the rules that set a term for a kind of data about a group.

        What names the kind or the group goes before what holds for all; a system elsewhere
        that deletes everything sets no term for what is kept here.
        """
        every = [rule for rule in self.in_use if self.governs(rule, kind, group)]
        own = [rule for rule in every if _names_its_data(rule)]
        return own or [rule for rule in every if _is_general(rule)]

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


def _names_its_data(rule: Values) -> bool:
    on_items = text_of(rule, "runs_on") == "items"
    of_group = on_items and key_of(rule, "group_id") is not None
    return of_group or key_of(rule, "kind_id") is not None


def _is_general(rule: Values) -> bool:
    return text_of(rule, "runs_on") == "items" and not text_of(rule, "condition")


def term(rule: Values) -> str:
    """Return how long a rule keeps, as short as a cell of the matrix: '7 jaar', 'criterium'."""
    if text_of(rule, "measure") == "criterion":
        return _("criterion")
    spoken = lasting(rule)
    if text_of(rule, "bound") == Bound.AT_LEAST.value:
        spoken = _("at least {period}").format(period=spoken)
    if text_of(rule, "condition"):
        spoken = _("{period}, in some cases").format(period=spoken)
    return spoken


def lasting(rule: Values) -> str:
    """Return the period of a rule in words; no time at all is 'at the event'."""
    text = text_of(rule, "period")
    return _("at the event itself") if text == AT_ONCE else period(text)


def details(book: Book, activity: Values) -> Table:
    """Return what is told per kind of data: form, obligation, source, access, place."""
    columns = (
        Column(_("Kind of data, and whose"), 2.4),
        Column(_("In what form"), 1.2),
        Column(_("Required, and what if it is not given"), 2.4),
        Column(_("Source and moment"), 2.0),
        Column(_("Access and place"), 2.0),
    )
    fields = {spec.name: spec for spec in register_of("activities").field("data").fields}
    lines = [
        [_cell(book, fields, row, names) for names in _TOLD]
        for row in map(_told, rows_of(activity, "data"))
        if _says_more(row)
    ]
    return used_columns(columns, lines)


_TOLD = (
    ("kind_id", "group_id", "note"),
    ("form",),
    ("required_by", "consequence"),
    ("source", "collected"),
    ("access", "place"),
)


def _cell(book: Book, fields: Mapping[str, FieldSpec], row: Values, names: Iterable[str]) -> Text:
    first, *others = (written(book, fields[name], row.get(name)) for name in names)
    quiet = [(Quiet(each),) for each in others if each]
    return joined((first, *quiet))


def _told(row: Values) -> Values:
    """Leave out what is as it usually is, so that the table shows what is not."""
    return {name: value for name, value in row.items() if _ORDINARY.get(name) != value}


def _says_more(row: Values) -> bool:
    return any(row.get(name) for names in _TOLD for name in names if name not in _WHAT)


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
        and _names_its_data(rule)
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
            yield formats.capitalised(why.word), "; ".join(names)
    for values in book.several("kinds", kinds):
        note = text_of(values, "risk_note")
        if note:
            yield (
                _("Extra care taken"),
                _("{kind}: {care}").format(kind=text_of(values, "name"), care=note),
            )


def gaps(book: Book) -> list[tuple[str, str]]:
    """Return the data of running activities for which no term is set, and where they are kept."""
    found: dict[str, list[str]] = {}
    for activity in book.records("activities"):
        if text_of(activity, "state") == "ended" or text_of(activity, "role") == "processor":
            continue
        terms = _Terms(book, activity)
        for row in rows_of(activity, "data"):
            kind, group = row.get("kind_id"), row.get("group_id")
            if not terms.found(kind, group):
                data = _("{kind} of {group}").format(
                    kind=book.name("kinds", kind), group=book.name("groups", group)
                )
                found.setdefault(data, []).append(text_of(activity, "number"))
    return [(data, ", ".join(dict.fromkeys(numbers))) for data, numbers in found.items()]
