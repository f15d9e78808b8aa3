"""What asks for extra care: children, special categories, national number, high risk."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING

from privreg import formats
from privreg.registers.reading import codes_of, key_of, rows_of, text_of
from privreg.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from privreg.registers.declaration import Values
    from privreg.reports.book import Book
    from privreg.reports.document import Labelled


class Care(Enum):
    """A reason for extra care, with the word by which it is marked and the one it is counted by."""

    CHILDREN = N_("children"), N_("With data of children")
    VULNERABLE = N_("vulnerable people"), N_("With data of vulnerable people")
    SPECIAL = N_("special categories"), N_("With special categories (art. 9)")
    CRIMINAL = N_("criminal data"), N_("With criminal data (art. 10)")
    NATIONAL_NUMBER = N_("national number"), N_("With the national number (art. 46 UAVG)")
    HIGH_RISK = N_("high risk"), N_("With data of high risk")

    @property
    def word(self) -> str:
        """The mark in the language in use."""
        return _(self.value[0])

    @property
    def counted(self) -> str:
        """The label of the count in the language in use."""
        return _(self.value[1])


_SENSITIVE = {
    "special": Care.SPECIAL,
    "criminal": Care.CRIMINAL,
    "national_number": Care.NATIONAL_NUMBER,
}
_BREACHED_DATA = {
    "bsn": Care.NATIONAL_NUMBER,
    "criminal": Care.CRIMINAL,
    "identity_documents": Care.HIGH_RISK,
}
_BREACHED_PEOPLE = {"minors": Care.CHILDREN, "vulnerable": Care.VULNERABLE}


def of_kind(kind: Values | None) -> frozenset[Care]:
    """Return why a kind of data asks for extra care."""
    if kind is None:
        return frozenset()
    found = {_SENSITIVE[code] for code in [text_of(kind, "sensitivity")] if code in _SENSITIVE}
    if codes_of(kind, "special_categories"):
        found.add(Care.SPECIAL)
    if kind.get("is_high_risk"):
        found.add(Care.HIGH_RISK)
    return frozenset(found)


def of_group(group: Values | None) -> frozenset[Care]:
    """Return why a group of people asks for extra care."""
    if group is None:
        return frozenset()
    marks = (("is_children", Care.CHILDREN), ("is_vulnerable", Care.VULNERABLE))
    return frozenset(care for name, care in marks if group.get(name))


def of_activity(book: Book, activity: Values) -> frozenset[Care]:
    """Return why an activity asks for extra care, from its people and its data."""
    found: set[Care] = set()
    for row in rows_of(activity, "data"):
        found |= of_kind(book.record("kinds", row.get("kind_id")))
        found |= of_group(book.record("groups", row.get("group_id")))
    return frozenset(found)


def of_rule(book: Book, rule: Values) -> frozenset[Care]:
    """Return why the data a retention rule governs ask for extra care."""
    kind = of_kind(book.record("kinds", rule.get("kind_id")))
    return kind | of_group(book.record("groups", rule.get("group_id")))


def of_request(book: Book, request: Values) -> frozenset[Care]:
    """Return why the person of a request asks for extra care, by the groups of the customer."""
    customer = key_of(request, "customer_id")
    groups = book.groups_of.get(customer, ()) if customer is not None else ()
    return frozenset(found for key in groups for found in of_group(book.record("groups", key)))


def of_party(book: Book, party: Values) -> frozenset[Care]:
    """Return why the kinds of data a party receives ask for extra care."""
    found: set[Care] = set()
    for activity in book.records("activities"):
        for row in rows_of(activity, "recipients"):
            if row.get("party_id") == party["id"]:
                kinds = set(codes_of(row, "kinds"))
                found |= _of_kinds(book, kinds)
    return frozenset(found)


def _of_kinds(book: Book, keys: set[str]) -> set[Care]:
    kinds = (each for each in book.records("kinds") if str(each["id"]) in keys)
    return {care for kind in kinds for care in of_kind(kind)}


def of_breach(breach: Values) -> frozenset[Care]:
    """Return why the data and people of a breach ask for extra care."""
    found = {_BREACHED_DATA[c] for c in codes_of(breach, "general_data") if c in _BREACHED_DATA}
    found |= {
        _BREACHED_PEOPLE[c] for c in codes_of(breach, "people_groups") if c in _BREACHED_PEOPLE
    }
    if codes_of(breach, "special_data"):
        found.add(Care.SPECIAL)
    if text_of(breach, "risk") == "high":
        found.add(Care.HIGH_RISK)
    return frozenset(found)


def marks(found: Iterable[Care]) -> str:
    """Return the marks in words, in the order of `Care`; nothing when there are none."""
    held = set(found)
    return ", ".join(care.word for care in Care if care in held)


def counts(each: Iterable[Iterable[Care]]) -> tuple[Labelled, ...]:
    """Return how many records have each mark, as labels with numbers; none where it is nought."""
    counted = Counter(care for found in each for care in found)
    return tuple((care.counted, formats.number(counted[care])) for care in Care if counted[care])
