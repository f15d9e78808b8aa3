"""Reads the dated lists of `resources/lists`, once each."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from babel import Locale

from privreg.law.breach import NotToAuthority, NotToPeople
from privreg.law.events import Condition, EventType
from privreg.law.lists import DatedList, load
from privreg.law.requests import RefusalGround, RequestKind
from privreg.law.severity import Circumstance, Identification
from privreg.law.transfers import TransferLists
from privreg.paths import LISTS
from privreg.translation import LANGUAGES, _, in_every_language, language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from privreg.law.words import Worded

WORDED: Mapping[str, type[Worded]] = {
    "event_types": EventType,
    "rule_conditions": Condition,
    "request_kinds": RequestKind,
    "refusal_grounds": RefusalGround,
    "not_to_authority": NotToAuthority,
    "not_to_people": NotToPeople,
    "enisa_identification": Identification,
    "enisa_circumstances": Circumstance,
}
COUNTRIES = "countries"


@cache
def dated_list(name: str) -> DatedList:
    """Return a list by its name, such as 'terms'; `FileNotFoundError` when there is none."""
    return load((LISTS / f"{name}.toml").read_text(encoding="utf-8"))


def transfer_lists() -> TransferLists:
    """Return the lists that judge a transfer outside the EEA."""
    return TransferLists(
        eea=dated_list("eea"),
        adequacy=dated_list("adequacy"),
        mechanisms=dated_list("transfer_mechanisms"),
        countries=dated_list(COUNTRIES),
    )


def choices(listed: str, on: date | None = None) -> tuple[tuple[str, str], ...]:
    """Return the codes and words a field offers by its `listed` name, in the language in use.

    The words come from a dated list, from an enumeration of the law, or for `countries`
    (ISO 3166, sorted by name) from the locale. With `on`, what does not hold on that day is
    left out; without it everything is there, so that an old value can still be read.
    """
    return _choices(listed, language(), on)


@lru_cache(maxsize=256)
def _choices(listed: str, in_language: str, on: date | None) -> tuple[tuple[str, str], ...]:
    if listed == COUNTRIES:
        return _countries(in_language)
    if listed in WORDED:
        return tuple((member.value, _(member.label)) for member in WORDED[listed])
    found = dated_list(listed)
    entries = found.entries if on is None else found.on(on)
    return tuple((entry.code, entry.in_language(in_language)) for entry in entries)


def choices_in_every_language(listed: str) -> tuple[tuple[str, str], ...]:
    """Return the codes of a list with their words in each language, to recognise them in a file."""
    if listed == COUNTRIES:
        return tuple(each for language in LANGUAGES for each in _countries(language))
    if listed in WORDED:
        found = ((each.value, in_every_language(each.label)) for each in WORDED[listed])
        return tuple((code, word) for code, words in found for word in words)
    entries = dated_list(listed).entries
    return tuple((each.code, each.in_language(name)) for name in LANGUAGES for each in entries)


def _countries(in_language: str) -> tuple[tuple[str, str], ...]:
    names = Locale(in_language).territories
    codes = (entry.code for entry in dated_list(COUNTRIES))
    return tuple(sorted(((code, names[code]) for code in codes), key=_by_name))


def _by_name(choice: tuple[str, str]) -> str:
    return normalize("NFKD", choice[1]).casefold()


@cache
def unverified(listed: str) -> frozenset[str]:
    """Return the codes of a field's `listed` name that no second source confirmed; often none.

    Entries that are only the wording of an authority's form name its question; they are no law.
    """
    if listed in WORDED or not (LISTS / f"{listed}.toml").exists():
        return frozenset()
    found = (each for each in dated_list(listed) if "question" not in each.details)
    return frozenset(each.code for each in found if not each.verified)


@cache
def codes_of(listed: str) -> frozenset[str]:
    """Return the codes of a list, those that no longer hold included."""
    return frozenset(code for code, _words in choices(listed))


def label(listed: str, code: str) -> str:
    """Return the words of one code, or the code itself where the list does not have it."""
    return dict(choices(listed)).get(code, code)
