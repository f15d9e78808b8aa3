"""Editors of choices: buttons up to five, a searchable list beyond; yes, no or not said yet."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QCompleter,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from privreg.registers.options import options_of
from privreg.translation import N_, Message, _, message
from ui import icons
from ui.cells import words_of
from ui.flow_layout import FlowLayout
from ui.form.editor import Editor
from ui.suggestions import dress_popup, popup_of
from ui.theme import mark
from ui.widgets import as_caption, as_tip, column, line

if TYPE_CHECKING:
    from privreg.registers.declaration import FieldSpec
    from ui.office import Office

MOST_BUTTONS = 5
MOST_CHIPS = 24
POPUP_ROWS = 12
STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}
NARROWEST_CHIP = 240
CLEARS = {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}


class ButtonsEditor(Editor):
    """A choice of a few, all in sight. What is chosen can be taken back where it may be empty."""

    def __init__(self, field: FieldSpec, office: Office) -> None:
        super().__init__(field, office)
        self.group = QButtonGroup(self)
        self.codes: list[Any] = []
        self.row = FlowLayout()
        self.setLayout(self.row)
        self._chosen: Any = self.nothing()
        for code, word in self.offered():
            self._add(code, word)
        self.group.buttonClicked.connect(self._clicked)

    def offered(self) -> tuple[tuple[Any, str], ...]:
        """Return the values and words on the buttons."""
        return options_of(self.field)

    def nothing(self) -> Any:
        """Return the empty value."""
        return ""

    @property
    def may_be_empty(self) -> bool:
        """Whether a choice can be taken back."""
        return not self.field.required

    def _add(self, code: Any, word: str) -> None:
        made = QRadioButton(word)
        made.installEventFilter(self)
        self.group.addButton(made, len(self.codes))
        self.codes.append(code)
        self.row.addWidget(made)

    @property
    def value(self) -> Any:
        """The code chosen, or the empty value."""
        return self._chosen

    @property
    def target(self) -> QWidget:
        """The button chosen, or the first."""
        checked = self.group.checkedButton()
        return checked or self.group.buttons()[0]

    def name(self, spoken: str, description: str) -> None:
        """Name each button after the field and its word."""
        self.setAccessibleName(spoken)
        for each in self.group.buttons():
            each.setAccessibleName(f"{spoken}: {each.text()}")
            each.setAccessibleDescription(description)

    def show_value(self, value: Any) -> None:
        """Check one button, or none."""
        self._chosen = self.nothing() if value is None else value
        self.group.setExclusive(False)
        for place, code in enumerate(self.codes):
            self.group.button(place).setChecked(code == value)
        self.group.setExclusive(True)
        self._keep_old_code(value)

    def _keep_old_code(self, value: Any) -> None:
        if value in self.codes or value in (None, ""):
            return
        self._add(value, words_of(self.field, str(value)))
        self.group.button(len(self.codes) - 1).setChecked(True)

    def _clicked(self) -> None:
        code = self.codes[self.group.checkedId()]
        if code == self._chosen and self.may_be_empty:
            self.show_value(self.nothing())
        self._chosen = self.codes[self.group.checkedId()] if self._is_checked() else self.nothing()
        self.edited.emit()

    def _is_checked(self) -> bool:
        return self.group.checkedButton() is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the choice back on Backspace or Delete."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in CLEARS
            and self.may_be_empty
            and self._is_checked()
        ):
            self.show_value(self.nothing())
            self.edited.emit()
            return True
        return super().eventFilter(watched, event)


class YesNoEditor(ButtonsEditor):
    """Yes, no, or not said yet: three buttons, so that 'no' is never what nobody said."""

    def offered(self) -> tuple[tuple[Any, str], ...]:
        """Yes, no, unknown."""
        return ((True, _("Yes")), (False, _("No")), (None, _("Not said yet")))

    def nothing(self) -> Any:
        """Nothing was said."""
        return None

    @property
    def may_be_empty(self) -> bool:
        """The third button says so already."""
        return False

    def _keep_old_code(self, value: Any) -> None:
        """There are no other answers."""


class SearchBox(QLineEdit):
    """A line that finds among many words by any part of them; its list opens on Down."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[str, str] = {}
        self.words = QStringListModel(self)
        finder = QCompleter(self.words, self)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setMaxVisibleItems(POPUP_ROWS)
        self.finder = finder
        self.setCompleter(finder)
        opener = self.addAction(icons.icon("chevron-down", "muted"), self.ActionPosition(1))
        opener.setProperty("icon_name", "chevron-down")
        opener.setProperty("icon_tone", "muted")
        opener.triggered.connect(self.open_all)
        self.setPlaceholderText(_("Search…"))

    def offer(self, pairs: tuple[tuple[str, str], ...]) -> None:
        """Offer these codes and words."""
        self.codes = {word: code for code, word in pairs}
        self.words.setStringList(list(self.codes))

    def open_all(self) -> None:
        """Show the whole list."""
        self.finder.setCompletionPrefix("")
        self.setFocus()
        self.finder.complete()
        dress_popup(self.finder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list on Down."""
        if event.key() == Qt.Key.Key_Down and not popup_of(self.finder).isVisible():
            self.open_all()
        else:
            super().keyPressEvent(event)

    def code_of(self, text: str) -> str | None:
        """Return the code whose words were typed, letter case aside."""
        wanted = text.strip().casefold()
        return next((code for word, code in self.codes.items() if word.casefold() == wanted), None)


class SearchedEditor(Editor):
    """A choice of one out of many: type a part of its words."""

    def __init__(self, field: FieldSpec, office: Office) -> None:
        super().__init__(field, office)
        self.input = SearchBox()
        self.input.setMaximumWidth(420)
        self.input.offer(options_of(field))
        self._code = ""
        self.input.textEdited.connect(self._typed)
        self.input.finder.activated.connect(self._picked)
        row = line(self.input, None, space=0)
        row.setStretch(0, 100)
        self.setLayout(row)

    @property
    def value(self) -> Any:
        """The code chosen, or '' when none."""
        return self._code

    @property
    def problem(self) -> Message | None:
        """That the words are not in the list."""
        if self.input.text().strip() and not self._code:
            return message(N_("Choose one from the list, or leave it empty."))
        return None

    @property
    def target(self) -> QWidget:
        """The line itself."""
        return self.input

    def _typed(self) -> None:
        self._code = self.input.code_of(self.input.text()) or ""
        self.edited.emit()

    def _picked(self, words: str) -> None:
        self._code = self.input.codes.get(words, "")
        self.edited.emit()

    def show_value(self, value: Any) -> None:
        """Show the words of a code, also of one no longer offered."""
        self._code = str(value or "")
        self.input.setText(words_of(self.field, self._code) if self._code else "")
        self.input.setCursorPosition(0)

    def leave(self) -> None:
        """Take the only word that fits what was typed."""
        text = self.input.text().strip().casefold()
        fitting = [word for word in self.input.codes if text and text in word.casefold()]
        if not self._code and len(fitting) == 1:
            self._picked(fitting[0])
        if self._code:
            self.show_value(self._code)

    def show_wrong(self, *, is_wrong: bool) -> None:
        """Colour the border."""
        mark(self.input, is_wrong=is_wrong)

    def make_read_only(self, *, is_read_only: bool) -> None:
        """Let it be read."""
        self.input.setReadOnly(is_read_only)
        self.input.setCompleter(None if is_read_only else self.input.finder)  # type: ignore[arg-type]


class Chip(QCheckBox):
    """One box of several; the arrows go from box to box, Tab goes past all of them.

    Its words are cut off where the form is narrow; the tip says them whole.
    """

    entered = Signal()
    passed = Signal(int)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more than a narrow form has."""
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), NARROWEST_CHIP), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the box with the words there is room for."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        contents = QStyle.SubElement.SE_CheckBoxContents
        room = self.style().subElementRect(contents, option, self).width()
        option.text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room, int(Qt.TextFlag.TextShowMnemonic)
        )
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_CheckBox, option)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Become the box at which Tab stops."""
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the box before or after this one."""
        if event.key() in STEPS:
            self.passed.emit(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class ChipsEditor(Editor):
    """A choice of several, each a box to tick; a long list is filtered by typing."""

    is_wide = True

    def __init__(self, field: FieldSpec, office: Office) -> None:
        super().__init__(field, office)
        self.boxes: dict[str, Chip] = {}
        self.flow = FlowLayout()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Search…"))
        self.filter.setMaximumWidth(280)
        self.filter.textChanged.connect(self._sift)
        chips = QWidget()
        chips.setLayout(self.flow)
        row = line(self.filter, None, space=0)
        row.setStretch(0, 100)
        self.setLayout(column(row, chips, space=1))
        for code, word in options_of(field):
            self._add(code, word)
        self.filter.setVisible(len(self.boxes) > MOST_CHIPS)
        self._sift()

    def _add(self, code: str, word: str) -> None:
        box = Chip(as_caption(word))
        box.setToolTip(as_tip(word))
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        box.setProperty("words", word)
        box.toggled.connect(lambda _on: self.edited.emit())
        box.entered.connect(lambda: self._stop_at(box))
        box.passed.connect(lambda by: self._pass(box, by))
        self.boxes[code] = box
        self.flow.addWidget(box)

    def _stop_at(self, stop: Chip) -> None:
        """Let Tab stop at one box only: the one the cursor is at, or was at last."""
        for box in self.boxes.values():
            policy = Qt.FocusPolicy.StrongFocus if box is stop else Qt.FocusPolicy.ClickFocus
            box.setFocusPolicy(policy)

    def _pass(self, box: Chip, by: int) -> None:
        seen = [each for each in self.boxes.values() if not each.isHidden()]
        place = seen.index(box) + by
        if 0 <= place < len(seen):
            seen[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _sift(self) -> None:
        wanted = self.filter.text().strip().casefold()
        is_long = len(self.boxes) > MOST_CHIPS
        for box in self.boxes.values():
            word = str(box.property("words"))
            fits = wanted in word.casefold() if wanted else not is_long
            box.setVisible(fits or box.isChecked())
        seen = [box for box in self.boxes.values() if not box.isHidden()]
        stops = [box for box in seen if box.focusPolicy() & Qt.FocusPolicy.TabFocus]
        if len(stops) != 1 and seen:
            self._stop_at(stops[0] if stops else seen[0])

    @property
    def value(self) -> Any:
        """The codes ticked, in the order of the list."""
        return [code for code, box in self.boxes.items() if box.isChecked()]

    @property
    def target(self) -> QWidget:
        """The filter, or the first box."""
        if len(self.boxes) > MOST_CHIPS or not self.boxes:
            return self.filter
        return next(iter(self.boxes.values()))

    def name(self, spoken: str, description: str) -> None:
        """Name each box after the field and its word."""
        self.setAccessibleName(spoken)
        self.filter.setAccessibleName(_("Search in {name}").format(name=spoken))
        for box in self.boxes.values():
            box.setAccessibleName(f"{spoken}: {box.property('words')}")
            box.setAccessibleDescription(description)

    def show_value(self, value: Any) -> None:
        """Tick these codes, also those no longer offered."""
        codes = list(value or [])
        for code in codes:
            if code not in self.boxes:
                self._add(code, words_of(self.field, code))
        for code, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(code in codes)
            box.blockSignals(False)
        self.filter.clear()
        self._sift()
