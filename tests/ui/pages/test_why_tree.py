"""The list of rows in groups: what Qt deletes is gone for Python too."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from shiboken6 import isValid

from ui.pages.why_tree import WhyTree, cell_item, group_item, put_row, why_item

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_row_taken_away_is_gone_for_python_too(qtbot: QtBot) -> None:
    tree = WhyTree("Clocks")
    qtbot.addWidget(tree)
    group, cell = group_item("Late"), cell_item("Breach")
    put_row(group, (cell, why_item()), ("72 hours",))
    tree.take_group(group)
    assert isValid(cell)
    tree.empty()
    assert not isValid(cell)
    assert not isValid(group)
