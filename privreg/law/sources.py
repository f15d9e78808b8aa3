"""Which of the known terms a source names, however its article is written."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.law.lists import DatedEntry, DatedList

_WORD = re.compile(r"[^\W\d_]+|\d+")
_MEMBERS = re.compile(r"\(\w+\)")
_NEXT_ARTICLE = re.compile(r",\s*(?=\d)")
_NAMES_A_MEMBER = re.compile(r"\blid\b|\(\w+\)", re.IGNORECASE)
_SAYS_NOTHING = frozenset(("artikel", "art", "article", "lid", "onder", "van", "de", "het"))


def named_by(source: str, terms: DatedList) -> tuple[DatedEntry, ...]:
    """Return the entries whose source stands in `source`: 'AWR 52(4)' in 'artikel 52 lid 4 AWR'.

    An entry with several sources is named by any of them; 'artikel 52 AWR', without a
    paragraph, names what any of its paragraphs says.
    """
    said = _words(source)
    is_whole = _NAMES_A_MEMBER.search(source) is None
    return tuple(
        entry
        for entry in terms
        if any(
            _words(_MEMBERS.sub("", part) if is_whole else part) <= said
            for part in _articles(entry.source)
        )
    )


def is_unchecked(source: str, terms: DatedList) -> bool:
    """Whether `source` names terms of the list and a second source agrees with none of them."""
    found = named_by(source, terms)
    return bool(found) and not any(entry.verified for entry in found)


def _articles(source: str) -> Iterator[str]:
    """Return each article with its act: 'Wwft 33(3), 34a(3)' is 'Wwft 33(3)' and 'Wwft 34a(3)'."""
    for act in source.split(";"):
        first, *more = _NEXT_ARTICLE.split(act)
        yield first
        name = re.split(r"\d", first, maxsplit=1)[0]
        yield from (name + each for each in more)


def _words(source: str) -> frozenset[str]:
    return frozenset(_WORD.findall(source.casefold())) - _SAYS_NOTHING
