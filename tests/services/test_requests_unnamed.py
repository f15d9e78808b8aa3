"""Who reads codes only never learns who asked: requests name nobody to a reader."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from privreg.reports.kit.plain import plain
from privreg.services import records, reports
from tests.services.conftest import add
from tests.services.test_restricted import with_role

if TYPE_CHECKING:
    from privreg.services.desk import Desk

NAME = "Quirijn Vossebelt"
ASKED = {"person_name": NAME, "person_email": "quirijn@vossebelt.example"}


def test_a_reader_never_learns_who_asked(any_desk: Desk) -> None:
    day = date(2026, 4, 1)
    saved = add(any_desk, "requests", title="Inzage", kinds=["access"], received_on=day, **ASKED)
    number = saved["number"]
    named = records.ListQuery(text="vossebelt")
    assert records.count(any_desk, "requests", named) == 1
    assert NAME in str(records.load(any_desk, "requests", saved["id"]))
    reader = with_role(any_desk, "reader")
    assert records.count(reader, "requests", named) == 0
    assert records.find_anything(reader, "vossebelt") == []
    rows = records.page(reader, "requests", records.ListQuery()).rows
    assert [row["number"] for row in rows] == [number]
    shown = [
        rows,
        records.load(reader, "requests", saved["id"]),
        records.history(reader, "requests", saved["id"]),
        plain(reports.build(reader, "request", record=number)),
        plain(reports.build(reader, "requests")),
    ]
    assert not any("ossebelt" in str(each) for each in shown)
