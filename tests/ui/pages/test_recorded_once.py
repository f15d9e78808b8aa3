"""Pressing save twice in a hurry records one breach."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from privreg.services import records
from tests.ui.conftest import show
from tests.ui.hands import CONTROL, press, type_text
from ui.pages.breaches import BreachesPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLineEdit
    from pytestqt.qtbot import QtBot

    from privreg.services.desk import Desk
    from ui.office import Office

ANSWERS = {
    "title": "Laptop van een monteur gestolen",
    "detected_at": "3-4-2026 11:50",
    "aware_at": "3-4-2026 12:00",
}


def test_saving_twice_before_the_answer_came_records_one_breach(
    office: Office, desk: Desk, settle: Callable[[], None], qtbot: QtBot
) -> None:
    page = BreachesPage(office)
    show(page, qtbot)
    page.enter()
    settle()
    page.show_record(None)
    settle()
    lines: dict[str, QLineEdit] = {
        name: page.entry.rows[name].editor.target  # type: ignore[misc]
        for name in ANSWERS
    }
    before = records.count(desk, "breaches", records.ListQuery())
    for name, answer in ANSWERS.items():
        press(lines[name], Qt.Key.Key_A, CONTROL)
        type_text(lines[name], answer)
    for _twice in range(2):
        press(lines["aware_at"], Qt.Key.Key_S, CONTROL)
    settle()
    assert records.count(desk, "breaches", records.ListQuery()) == before + 1
