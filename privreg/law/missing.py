"""What an obligation still lacks, as a value with its article."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from privreg.translation import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One missing point. `soft` marks what the law asks 'where applicable' or 'where possible'.

    `field` is the name of the field that would hold it, empty when there is none.
    """

    article: str
    what: Message
    soft: bool = False
    field: str = ""


def rows_of(values: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    """Return the child rows of a record's values; none when they are not there."""
    rows = values.get(name)
    return rows if isinstance(rows, list | tuple) else ()


def is_blank(value: object) -> bool:
    """Whether nothing was filled in; `False` and 0 are answers."""
    return value is None or value in ("", (), []) or (isinstance(value, str) and not value.strip())
