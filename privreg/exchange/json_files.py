"""Reads JSON: a list of records, or an export of this program with a list per register."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from privreg.exchange.sheets import FileProblemError, Line, Sheet, filled
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RECORDS = "records"


def read_json(path: Path, slug: str) -> Sheet:
    """Open the records of one register; raises `FileProblemError`."""
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise FileProblemError(
            Message(N_("This file is no JSON; check where it comes from."))
        ) from error
    records = _records(content, slug)
    names = tuple(dict.fromkeys(name for each in records for name in each))
    return Sheet(_lines(records, names), len(records), names)


def _records(content: Any, slug: str) -> list[dict[str, Any]]:
    if isinstance(content, dict):
        registers = content.get(RECORDS, content)
        content = registers.get(slug) if isinstance(registers, dict) else registers
    if not isinstance(content, list) or not all(isinstance(each, dict) for each in content):
        raise FileProblemError(
            message(N_("This file holds no list of records under '{name}'."), name=slug)
        )
    return content


def _lines(records: list[dict[str, Any]], names: tuple[str, ...]) -> Iterator[Line]:
    for number, record in enumerate(records, 1):
        yield Line(number, tuple(filled(record.get(name)) for name in names))
