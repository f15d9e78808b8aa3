"""What users wrote is shown as it was written: mark-up, emoji, other scripts, very long texts."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QTextEdit, QWidget

from privreg.errors import ProblemError
from privreg.registers.declaration import Kind
from privreg.registers.register_list import REGISTERS
from privreg.services import records
from privreg.translation import message, use_language
from tests.ui.conftest import AT, first, show
from tests.ui.hands import type_text
from ui.form.choice_editors import ChipsEditor
from ui.form.form import Form
from ui.list_page import ListPage
from ui.notices import BarNotices
from ui.places import PAGES
from ui.widgets import LONGEST_TIP, as_caption, as_tip, icon_button

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from privreg.registers.declaration import Register, Values
    from privreg.services.desk import Desk
    from tests.ui.conftest import Recorder
    from ui.office import Office

NASTY = "<b>vet</b> & <img src=x> \N{HOT BEVERAGE} שלום =cmd|x"
RICH = Qt.TextFormat.RichText
LISTED = [each for each in REGISTERS if not each.parent and each.slug not in ("users", "disposals")]

BESIDES: dict[str, Values] = {"requests": {"kinds": ["access"]}, "rules": {"event": "item_date"}}


def spoken(tip: str) -> str:
    """Return what a reader of a tip sees."""
    if "<" not in tip and "&lt;" not in tip:
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


def rich_labels(widget: QWidget) -> list[QLabel]:
    """Return the labels that would read mark-up in what they show."""
    plain = Qt.TextFormat.PlainText
    texts = (each for each in widget.findChildren(QLabel) if each.text())
    return [each for each in texts if each.textFormat() is not plain]


def tips_of(widget: QWidget) -> list[str]:
    """Return every tip: of the widgets, and of the first rows of lists."""
    found = [each.toolTip() for each in widget.findChildren(QWidget)]
    for view in widget.findChildren(QAbstractItemView):
        model = view.model()
        if model is None:
            continue
        for row in range(min(model.rowCount(), 5)):
            for place in range(model.columnCount()):
                tip = model.index(row, place).data(Qt.ItemDataRole.ToolTipRole)
                found.append(tip if isinstance(tip, str) else "")
    return [each for each in found if each]


def nasty(desk: Desk, register: Register) -> Values:
    """Return a draft with the nasty text in every free text, and what is asked besides."""
    draft = records.new(desk, register.slug, **BESIDES.get(register.slug, {}))
    for field in register.fields:
        if not field.is_asked(draft):
            continue
        if field.kind in (Kind.LINE, Kind.TEXT):
            draft[field.name] = NASTY[: field.max_length]
        elif field.required and not draft.get(field.name):
            draft[field.name] = _some(desk, field)
    return draft


def _some(desk: Desk, field: Any) -> Any:
    if field.kind is Kind.LINK:
        return first(desk, field.to)["id"]
    if field.kind is Kind.LINKS:
        return [first(desk, field.to)["id"]]
    if field.kind is Kind.DAY:
        return date(2026, 4, 1)
    if field.kind is Kind.MOMENT:
        return AT
    if field.kind is Kind.CHOICE:
        return field.choices[0].code
    return {Kind.COUNTRY: "NL", Kind.PERIOD: "P7Y", Kind.NUMBER: 1, Kind.YES_NO: True}.get(
        field.kind, NASTY
    )


@pytest.fixture(autouse=True)
def _in_dutch() -> None:
    use_language("nl")


@pytest.mark.parametrize("register", LISTED, ids=lambda each: each.slug)
def test_markup_in_any_text_is_shown_and_never_read(
    register: Register,
    office: Office,
    desk: Desk,
    notices: Recorder,
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    saved = records.save(desk, register.slug, nasty(desk, register)).after
    assert saved is not None
    spec = next(each for each in PAGES if each.slug == register.slug)
    page = spec.factory(office)
    assert isinstance(page, ListPage)
    show(page, qtbot)
    page.enter()
    settle()
    page.show_record(saved["id"])
    settle()
    page.pane.form.fill()
    QApplication.processEvents()
    assert notices.problems == []
    assert "<b>vet</b>" in page.pane.heading.text()
    assert rich_labels(page) == []
    assert not any(each.acceptRichText() for each in page.findChildren(QTextEdit))
    tips = tips_of(page)
    assert any("<b>vet</b>" in spoken(tip) for tip in tips)
    for tip in tips:
        assert "<img" not in tip
        assert "<b>" not in tip


@pytest.mark.parametrize("words", ["a < b", "<b>x</b>", "&lt;b&gt;", "R&D", "één\ntwee"])
def test_a_tip_says_what_was_written(words: str) -> None:
    assert spoken(as_tip(words)).split() == words.split()


def test_a_tip_of_a_very_long_text_can_be_read() -> None:
    assert len(as_tip("x" * 100_000)) == LONGEST_TIP + 1


def test_an_ampersand_on_a_button_is_no_shortcut() -> None:
    assert as_caption("R&D") == "R&&D"


def test_no_button_or_notice_reads_markup(qtbot: QtBot) -> None:
    made = icon_button("close", NASTY)
    qtbot.addWidget(made)
    assert spoken(made.toolTip()) == NASTY
    bar = BarNotices()
    qtbot.addWidget(bar)
    bar.tell(NASTY)
    bar.problem(ProblemError(message("{what}", what=NASTY)))
    bar.ask(NASTY, "Ja", lambda: None)
    assert [each.sentence.text() for each in bar.shown] == [NASTY] * 3
    assert rich_labels(bar) == []


def test_a_box_to_tick_shows_an_ampersand_and_is_found_by_it(office: Office) -> None:
    register = next(each for each in REGISTERS if each.slug == "activities")
    editor = ChipsEditor(register.field("dpia_triggers"), office)
    editor._add("rd", "R&D")
    editor.filter.setText("r&d")
    assert editor.boxes["rd"].text() == "R&&D"
    assert not editor.boxes["rd"].isHidden()


def test_an_end_before_its_start_is_refused_beside_the_field(
    office: Office, settle: Callable[[], None], qtbot: QtBot
) -> None:
    form = Form(office, next(each for each in REGISTERS if each.slug == "statements"))
    show(form, qtbot)
    form.show_values(records.new(office.desk, "statements", title="Verklaring"))
    settle()
    form.fill()
    days = [each for each in form.register.fields if each.kind is Kind.DAY][:2]
    for field, words in zip(days, ("3-4-2026", "2-4-2026"), strict=True):
        editor: Any = form.row(field.name).editor
        type_text(editor.target, words)
        form.leave(form.row(field.name))
    shown = [form.row(each.name).error.text() for each in days]
    assert any(shown)
