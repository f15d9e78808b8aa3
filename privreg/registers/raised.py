"""What registers raise: a deadline or a finding about one record, with its number and title."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from privreg import lists
from privreg.law.deadline import Deadline
from privreg.law.missing import Missing
from privreg.registers.declaration import Finding, Surroundings, Values
from privreg.registers.reading import key_of, text_of
from privreg.registers.validation import COUNTRIES
from privreg.translation import N_, Message, _, message

LAW = "law"
RISK = "risk"
TIDY = "tidy"
_IN_BRACKETS = re.compile(r"\(([^)]+)\)$")


@dataclass(frozen=True, slots=True)
class Raiser:
    """Raises deadlines and findings about one record of a register.

    `title` is the line by which the record is known; it holds no name of a data subject,
    because agendas and lists show it to everyone.
    """

    slug: str
    values: Values
    title: str

    def deadline(self, what: str | Message, due: datetime | date | None, **more: Any) -> Deadline:
        """Raise a deadline; `what` is a marked sentence."""
        return Deadline(
            register=self.slug,
            record_id=self.values["id"],
            number=text_of(self.values, "number"),
            title=self.title,
            what=what if isinstance(what, Message) else message(what),
            due=due,
            **more,
        )

    def finding(
        self, what: str | Message, article: str = "", *, weight: str = LAW, field: str = ""
    ) -> Finding:
        """Raise a finding; `what` is a marked sentence."""
        return Finding(
            register=self.slug,
            record_id=self.values["id"],
            number=text_of(self.values, "number"),
            title=self.title,
            what=what if isinstance(what, Message) else message(what),
            article=article,
            weight=weight,
            field=field,
        )

    def missing(self, points: Iterable[Missing]) -> Iterable[Finding]:
        """Raise what the law misses; what it asks only where possible weighs less."""
        for each in points:
            weight = TIDY if each.soft else LAW
            yield self.finding(each.what, each.article, weight=weight, field=each.field)


def named(slug: str, values: Values) -> Raiser:
    """Return the raiser of a record that is known by its name or its title."""
    return Raiser(slug, values, text_of(values, "name") or text_of(values, "title"))


@dataclass(frozen=True, slots=True)
class CountryName:
    """A country in a message, by its name in the language of the reader."""

    code: str

    def in_language(self, _language: str) -> str:
        """Return the name in the language in use."""
        return lists.label(COUNTRIES, self.code)


@dataclass(frozen=True, slots=True)
class AuthorityName:
    """A supervisory authority in a sentence, by its name or by the short one in brackets.

    `code` is that of the list of authorities; one that is not listed is the competent one.
    """

    code: str = ""
    is_short: bool = False

    def in_language(self, _language: str) -> str:
        """Return the name in the language in use, as it stands after 'the'."""
        entry = lists.dated_list("authorities").entry(self.code)
        if entry is None:
            return _("competent authority")
        name = lists.label("authorities", self.code)
        short = _IN_BRACKETS.search(name) if self.is_short else None
        return short[1] if short else name


def chosen(label: str, day: date | None) -> tuple[Message, ...]:
    """Return the step that a day was chosen by a person; `label` is the marked one of its field."""
    if day is None:
        return ()
    return (message(N_("'{field}' was set to {day}."), field=message(label), day=day),)


COMPETENT = AuthorityName()
"""The authority of which no name is known."""


def authority_for(values: Values, around: Surroundings, *, is_short: bool = False) -> AuthorityName:
    """Return the authority of a record's controller: the one it chose, else of its country.

    Where no controller is named yet, the one authority that all of them have.
    """
    owner = controller_of(values, around)
    owners = [owner] if owner is not None else around.records("controllers")
    codes = {text_of(each, "authority") or text_of(each, "country") for each in owners}
    return AuthorityName(codes.pop() if len(codes) == 1 else "", is_short)


def controller_of(values: Values, around: Surroundings) -> Values | None:
    """Return a record's controller; where none is named, the only one there is."""
    key = key_of(values, "controller_id")
    if key is not None:
        return around.record("controllers", key)
    known = list(around.records("controllers"))
    return known[0] if len(known) == 1 else None
