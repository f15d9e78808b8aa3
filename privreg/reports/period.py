"""The period a report is about: a year, or from one day through another."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from privreg import formats
from privreg.translation import _

if TYPE_CHECKING:
    from typing import Self


@dataclass(frozen=True, slots=True)
class Span:
    """From a day through a day, both included; None leaves that side open."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def of_year(cls, year: int) -> Self:
        """Return a calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    def holds(self, day: date | None) -> bool:
        """Say whether a day lies in the period; an unknown day only in the open one."""
        if day is None:
            return self.first is None and self.last is None
        after_first = self.first is None or day >= self.first
        return after_first and (self.last is None or day <= self.last)

    @property
    def words(self) -> str:
        """The period in the language in use; empty when it is open on both sides."""
        if self.first and self.last:
            return _("{first} through {last}").format(
                first=formats.day(self.first), last=formats.day(self.last)
            )
        if self.first:
            return _("from {first}").format(first=formats.day(self.first))
        return _("through {last}").format(last=formats.day(self.last)) if self.last else ""


ALWAYS = Span()
