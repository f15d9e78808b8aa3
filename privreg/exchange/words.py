"""The words by which fields and choices are recognised in a file, in every language."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from privreg import lists
from privreg.registers.declaration import FieldSpec, Kind
from privreg.registers.options import list_of
from privreg.translation import in_every_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def plainly(text: str) -> str:
    """Return a word without capitals, accents, blanks and punctuation, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in decomposed if each.isalnum())


def names_of(field: FieldSpec) -> frozenset[str]:
    """Return every name a column of this field may have."""
    short = field.name.removesuffix("_id")
    return frozenset(plainly(each) for each in (field.name, short, *in_every_language(field.label)))


def codes_by_word(field: FieldSpec) -> Mapping[str, str]:
    """Return the code of each word a choice goes by: its code and its label."""
    found = {plainly(word): code for code, word in _words(field)}
    return {**found, **{plainly(code): code for code in set(found.values())}}


def _words(field: FieldSpec) -> Iterator[tuple[str, str]]:
    for choice in field.choices:
        yield from ((choice.code, word) for word in in_every_language(choice.label))
    if list_of(field):
        yield from lists.choices_in_every_language(list_of(field))


def is_choice(field: FieldSpec) -> bool:
    """Say whether a field's words stand in a list that does not depend on the records."""
    chooses = field.kind in (Kind.CHOICE, Kind.CHOICES, Kind.COUNTRY)
    return chooses and bool(field.choices or list_of(field))
