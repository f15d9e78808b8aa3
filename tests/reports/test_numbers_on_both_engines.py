"""Numbers and counts of reports, on the encrypted file and on the office server."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.reports.kit.plain import plain
from privreg.services import reports
from tests.services.conftest import (
    add,
    any_desk,
    clock,
    desk,
    path,
    postgres_server,
    postgres_settings,
    postgres_url,
    template,
)

if TYPE_CHECKING:
    from privreg.services.desk import Desk

__all__ = [
    "any_desk",
    "clock",
    "desk",
    "path",
    "postgres_server",
    "postgres_settings",
    "postgres_url",
    "template",
]


def test_papers_are_numbered_and_known_again(any_desk: Desk) -> None:
    numbers = []
    for kind in ("agenda", "findings", "agenda"):
        numbers.append(reports.numbered(any_desk, reports.build(any_desk, kind)))
        reports.came_out(any_desk, numbers[-1])
    assert [each.number[-4:] for each in numbers] == ["0001", "0002", "0001"]
    assert [each.copy for each in numbers] == [False, False, True]


def test_every_report_without_a_record_is_made(any_desk: Desk) -> None:
    add(any_desk, "groups", name="Customers")
    for kind in reports.KINDS:
        if not kind.needs_record:
            assert plain(reports.build(any_desk, kind.code)), kind.code
