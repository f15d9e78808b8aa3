"""A page stands before all of it is made, and nobody notices but who waits for it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from privreg.services import records
from tests.ui.conftest import show
from tests.ui.hands import CONTROL, press, type_text
from ui.later import LaterParts, is_made, later, make_next
from ui.list_page import ListPage
from ui.places import PAGES
from ui.widgets import SteadyLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from ui.office import Office
    from ui.shell import Shell

CONTROL_SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier
WITH_MORE = ("breaches", "requests", "customers", "activities")


class Leaf(QWidget):
    @later
    def twig(self) -> str:
        """Make a part of a part."""
        return "twig"


class Tree(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.order: list[str] = []

    @later
    def first(self) -> Leaf:
        """Make a part that has a part."""
        self.order.append("first")
        return Leaf(self)

    @later
    def second(self) -> None:
        """Make nothing, which is made as well."""
        self.order.append("second")


class Grown(Tree):
    @later
    def third(self) -> str:
        """Make what only this one has."""
        self.order.append("third")
        return "third"


def lacks_nothing(page: QWidget | None) -> bool:
    """Whether all of a page is made; looks without making."""

    def whole(part: object) -> bool:
        kinds = type(part).__mro__
        names = [name for kind in kinds for name, it in vars(kind).items() if type(it) is later]
        return all(is_made(part, name) and whole(getattr(part, name)) for name in names)

    return whole(page)


def test_parts_are_made_one_by_one_those_of_what_it_builds_on_first(qtbot: QtBot) -> None:
    tree = Grown()
    qtbot.addWidget(tree)
    assert tree.order == []
    assert make_next(tree)
    assert tree.order == ["first"]
    assert not is_made(tree.first, "twig")
    assert make_next(tree)
    assert is_made(tree.first, "twig")
    assert make_next(tree)
    assert make_next(tree)
    assert tree.order == ["first", "second", "third"]
    assert not make_next(tree)


def test_a_part_asked_for_sooner_is_made_then_and_once(qtbot: QtBot) -> None:
    tree = Grown()
    qtbot.addWidget(tree)
    leaf = tree.first
    while make_next(tree):
        pass
    assert tree.first is leaf
    assert tree.order.count("first") == 1


def test_a_page_that_is_gone_gets_no_more_parts(qtbot: QtBot) -> None:
    holder, gone, there = QWidget(), Grown(), Grown()
    for each in (holder, there):
        qtbot.addWidget(each)
    parts = LaterParts(holder)
    parts.of(there)
    parts.of(gone)
    delete(gone)
    qtbot.waitUntil(lambda: is_made(there, "third"))
    assert gone.order == []
    qtbot.waitUntil(lambda: not parts.timer.isActive())


@pytest.mark.parametrize("slug", WITH_MORE)
def test_a_page_stands_before_its_record_is_made_and_gets_it_unasked(
    shell: Shell, slug: str, qtbot: QtBot
) -> None:
    shell.go_to(slug)
    page = shell.page
    assert isinstance(page, ListPage)
    assert page.isVisible()
    assert not is_made(page, "pane")
    qtbot.waitUntil(lambda: lacks_nothing(page))
    assert page.pane.isHidden()
    assert not is_made(page, "entry") or page.entry.isHidden()  # type: ignore[attr-defined]


@pytest.mark.parametrize("slug", WITH_MORE)
def test_who_leaves_a_page_at_once_makes_nothing_of_it(office: Office, slug: str) -> None:
    spec = next(each for each in PAGES if each.slug == slug)
    page: Any = spec.factory(office)
    left = []
    page.may_leave(lambda: left.append(slug))
    assert left == [slug]
    assert page.draft() is None
    assert page.record_shown is None
    page.lock()
    assert not is_made(page, "pane")
    assert not is_made(page, "entry")
    page.deleteLater()


def test_letters_typed_right_after_going_to_a_page_stand_in_its_search(
    shell: Shell, qtbot: QtBot, wait: Callable[[], None]
) -> None:
    shell.go_to("customers")
    page = shell.page
    assert isinstance(page, ListPage)
    assert page.table.hasFocus()
    press(page.table, Qt.Key.Key_F, CONTROL)
    type_text(_focused(), "jan")
    qtbot.waitUntil(lambda: lacks_nothing(page))
    wait()
    type_text(_focused(), "sen")
    assert page.search.text() == "jansen"
    wait()
    assert page.search.hasFocus()
    assert page.query.text == page.model.query.text == "jansen"


def test_a_breach_is_asked_on_a_page_that_was_never_seen(
    shell: Shell, wait: Callable[[], None], qtbot: QtBot
) -> None:
    QTest.keyClick(shell, Qt.Key.Key_D, CONTROL_SHIFT)
    page: Any = shell.page
    qtbot.waitUntil(lambda: is_made(page, "entry") and page.entry.isVisible())
    wait()
    type_text(_focused(), "Laptop")
    assert page.entry.rows["title"].editor.value == "Laptop"


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


class Layings(QObject):
    """Counts how often a widget asks to be laid out anew."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.count += event.type() is QEvent.Type.LayoutRequest
        return super().eventFilter(watched, event)


def test_typing_in_the_search_does_not_lay_the_window_out_anew(
    shell: Shell, qtbot: QtBot, wait: Callable[[], None]
) -> None:
    desk = shell.office.desk
    for name in ("Janssen", "Jansma", "Jacobs"):
        records.save(desk, "groups", records.new(desk, "groups", name=name))
    shell.go_to("groups")
    page = shell.page
    assert isinstance(page, ListPage)
    qtbot.waitUntil(lambda: lacks_nothing(page))
    type_text(page.search, "J")
    wait()
    layings, smallest = Layings(), page.minimumSizeHint()
    page.installEventFilter(layings)
    for letter, left in (("a", "3"), ("n", "2"), ("s", "2"), ("m", "1")):
        type_text(page.search, letter)
        wait()
        assert page.count.text().startswith(left)
    assert layings.count == 0
    assert page.minimumSizeHint() == smallest


def test_a_steady_label_has_room_for_the_longest_of_its_words(qtbot: QtBot) -> None:
    words = ("1 record", "9,000,000 records", "counting…")
    made = SteadyLabel(words, "muted")
    show(made, qtbot)
    made.resize(made.minimumSize())
    for each in words:
        assert made.fontMetrics().horizontalAdvance(each) <= made.contentsRect().width()
    size = made.size()
    made.setText(words[1])
    assert made.size() == size
