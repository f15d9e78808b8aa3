"""Dated lists: what the law or an authority may change, as data with source and date.

This module knows their form; `privreg.lists` reads them from `resources/lists`.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

_OWN_KEYS = frozenset(
    (
        *("code", "nl", "en", "source", "valid_from", "valid_until"),
        *("verified", "note", "checked_in", "checked_on"),
    )
)
OURS = "PrivReg"
"""The source of what is this program's own choice: there is nothing to check it against."""


class ListError(ValueError):
    """A list in `resources/lists` that is not as it should be: a fault of the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedEntry:
    """One line of a list, in Dutch and English.

    `verified` says whether the passage was read in `source` itself or a second source agrees:
    `checked_in` then names where, `checked_on` the day. Where it is false, `note` says what is
    known. `details` holds what only this list has.
    """

    code: str
    nl: str
    en: str
    source: str
    valid_from: date | None
    valid_until: date | None
    verified: bool
    note: str = ""
    checked_in: str = ""
    checked_on: date | None = None
    details: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def in_language(self, language: str) -> str:
        """Return the entry's words in one of the two languages, `nl` or `en`."""
        return self.nl if language == "nl" else self.en

    def is_valid_on(self, day: date) -> bool:
        """Whether the entry holds on a day; a retired one stays readable where it was used."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class DatedList:
    """A list by its name, in the order it is shown."""

    name: str
    title: Mapping[str, str] = field(hash=False)
    entries: tuple[DatedEntry, ...]

    def __iter__(self) -> Iterator[DatedEntry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, code: object) -> bool:
        return any(entry.code == code for entry in self.entries)

    def entry(self, code: str, day: date | None = None) -> DatedEntry | None:
        """Return the entry of a code, on a day the one that holds then, otherwise the last."""
        found = [entry for entry in self.entries if entry.code == code]
        if day is not None:
            found = [entry for entry in found if entry.is_valid_on(day)]
        return found[-1] if found else None

    def on(self, day: date) -> tuple[DatedEntry, ...]:
        """Return the entries that hold on a day."""
        return tuple(entry for entry in self.entries if entry.is_valid_on(day))

    def where(self, **details: object) -> tuple[DatedEntry, ...]:
        """Return the entries with these details."""
        return tuple(
            entry
            for entry in self.entries
            if all(entry.details.get(key) == value for key, value in details.items())
        )


def load(text: str) -> DatedList:
    """Read a list from TOML: `name`, `title`, `defaults` and `entries`; raises `ListError`.

    What stands under `defaults` holds for every entry that does not say otherwise.
    """
    read = tomllib.loads(text)
    defaults = read.get("defaults", {})
    entries = tuple(_entry({**defaults, **row}) for row in read["entries"])
    _refuse_twins(read["name"], entries)
    return DatedList(read["name"], read["title"], entries)


def _entry(row: Mapping[str, Any]) -> DatedEntry:
    missing = {"code", "nl", "en", "source", "verified"} - row.keys()
    if missing or not all((row["code"], row["nl"], row["en"], row["source"])):
        raise ListError(f"{row.get('code')}: {sorted(missing)}")
    if not (row["verified"] or row.get("note")):
        raise ListError(f"{row['code']}: an unverified entry needs a note")
    is_checked = bool(row.get("checked_in") and row.get("checked_on"))
    if row["verified"] and not is_checked and row["source"] != OURS:
        raise ListError(f"{row['code']}: a verified entry names where and when it was checked")
    details = {key: value for key, value in row.items() if key not in _OWN_KEYS}
    return DatedEntry(
        code=row["code"],
        nl=row["nl"],
        en=row["en"],
        source=row["source"],
        valid_from=row.get("valid_from"),
        valid_until=row.get("valid_until"),
        verified=row["verified"],
        note=row.get("note", ""),
        checked_in=row.get("checked_in", "") if row["verified"] else "",
        checked_on=row.get("checked_on") if row["verified"] else None,
        details=details,
    )


def _refuse_twins(name: str, entries: tuple[DatedEntry, ...]) -> None:
    seen: dict[str, DatedEntry] = {}
    for entry in entries:
        earlier = seen.get(entry.code)
        if earlier and (
            earlier.valid_until is None
            or entry.valid_from is None
            or entry.valid_from <= earlier.valid_until
        ):
            raise ListError(f"{name}: {entry.code} stands twice for one day")
        seen[entry.code] = entry
