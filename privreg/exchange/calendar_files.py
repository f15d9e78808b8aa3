"""Writes the agenda as a calendar (iCalendar, RFC 5545), for the calendar people look at.

A calendar leaves the encrypted register: it holds numbers and what must be done, no titles
of records and no steps, for those may name people.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_LINE = 75  # octets, RFC 5545 section 3.1
PRODUCT = "-//PrivReg//Agenda//NL"
WARNED_BEFORE = "-P1D"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One thing to do: `due` is an aware moment, or a day for the whole day.

    `key` is the same each time the calendar is made, so that it replaces its older self.
    """

    key: str
    summary: str
    due: datetime | date


def calendar(appointments: Iterable[Appointment], made_at: datetime) -> str:
    """Write a whole calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    for each in appointments:
        lines += _event(each, made_at)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(each: Appointment, made_at: datetime) -> list[str]:
    summary = _escaped(each.summary)
    return [
        "BEGIN:VEVENT",
        f"UID:{each.key}@privreg",
        f"DTSTAMP:{_moment(made_at)}",
        *_times(each.due),
        f"SUMMARY:{summary}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER:{WARNED_BEFORE}",
        f"DESCRIPTION:{summary}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _times(due: datetime | date) -> list[str]:
    if isinstance(due, datetime):
        return [f"DTSTART:{_moment(due)}"]
    after = due + timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{due:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]


def _moment(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _folded(line: str) -> Iterator[str]:
    """Break a line so that no part is longer than 75 octets and no letter is cut in two."""
    part, length = "", 0
    for letter in line:
        size = len(letter.encode())
        if length + size > LONGEST_LINE:
            yield part
            part, length = " ", 1
        part += letter
        length += size
    yield part
