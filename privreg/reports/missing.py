"""The one list of what a record still misses, from what its register finds."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from privreg import formats
from privreg.formats import article
from privreg.reports.document import Missing, MissingItem
from privreg.translation import N_, _, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from privreg.registers.declaration import Finding, Values
    from privreg.reports.book import Book

_ORDER = {"law": 0, "risk": 1, "tidy": 2}


def missing_in(book: Book, slug: str, values: Values) -> Missing:
    """Return what a record misses, obligations first."""
    return listed(book.findings(slug, values))


def led_by_number(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings about several records, each sentence led by the number of its record."""
    for each in findings:
        what = message(N_("{number}: {what}"), number=each.number, what=each.what)
        yield replace(each, what=what)


def listed(findings: Iterable[Finding]) -> Missing:
    """Return findings as the list of what is missing, each sentence once."""
    ordered = sorted(findings, key=lambda each: _ORDER.get(each.weight, len(_ORDER)))
    said = dict.fromkeys((formats.text(each.what), article(each.article)) for each in ordered)
    return Missing(tuple(MissingItem(*each) for each in said), _("What is missing or contradicts"))
