"""One typeface in three sizes, rows of one height: the look of a well-kept ledger."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.conftest import show
from ui.places import PAGES
from ui.record_table import RecordTable
from ui.theme import FAMILY

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from ui.office import Office
    from ui.page import PageSpec
    from ui.theme import Theme

BODY, SECTION, TITLE = 10.0, 12.0, 16.0
ROW_PIXELS = 32


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.slug)
def test_a_page_is_set_in_one_typeface_and_three_sizes(
    office: Office, spec: PageSpec, theme: Theme, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    """A running clock alone is larger: it is to be read across the room."""
    assert theme is not None
    page = spec.factory(office)
    show(page, qtbot)
    page.enter()
    settle()
    plain = [each for each in page.findChildren(QWidget) if each.property("look") != "clock"]
    assert {each.font().family() for each in plain} == {FAMILY}
    assert {each.font().pointSizeF() for each in plain} <= {BODY, SECTION, TITLE}
    sections = [each for each in page.findChildren(QLabel) if each.property("look") == "section"]
    assert {each.font().pointSizeF() for each in sections} <= {SECTION}
    for table in page.findChildren(RecordTable):
        assert table.verticalHeader().defaultSectionSize() == ROW_PIXELS
