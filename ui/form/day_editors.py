"""Editors of days, moments, periods and days of the year: typed freely, read back in words.

Each keeps what was typed until the focus leaves, then writes it out; empty is 'unknown'.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QPushButton, QWidget, QWidgetAction

from privreg import formats
from privreg.law.period import Period, PeriodError
from privreg.reading import (
    ReadingError,
    WhichMomentError,
    read_day,
    read_moment,
    read_month_day,
    read_period,
)
from privreg.translation import Message, _
from ui.form.editor import Editor
from ui.theme import mark
from ui.widgets import button, icon_button, label, line

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from privreg.registers.declaration import FieldSpec
    from ui.office import Office

LEAP_YEAR = 2024


class TypedEditor(Editor):
    """A line that is read when left, with the value in words beside it."""

    line_width = 150
    hint = ""

    def __init__(self, field: FieldSpec, office: Office) -> None:
        super().__init__(field, office)
        self.input = QLineEdit()
        self.input.setFixedWidth(self.line_width)
        self.input.setPlaceholderText(_(self.hint) if self.hint else "")
        self.words = label("", "muted")
        self.read: Any = None
        self.wrong: Message | None = None
        self.input.textEdited.connect(self._typed)
        self.row = line(self.input, self.words, None, space=2)
        self.setLayout(self.row)

    @property
    def value(self) -> Any:
        """What was read, or the empty value."""
        return self.read

    @property
    def problem(self) -> Message | None:
        """Why what was typed cannot be read."""
        return self.wrong

    @property
    def target(self) -> QWidget:
        """The line itself."""
        return self.input

    def parsed(self, text: str) -> Any:
        """Read what was typed; raises `ReadingError` or `PeriodError`."""
        raise NotImplementedError

    def written(self, value: Any) -> tuple[str, str]:
        """Return how a value stands in the line, and the words beside it."""
        raise NotImplementedError

    def nothing(self) -> Any:
        """Return the empty value."""
        return None

    def _typed(self) -> None:
        self._read()
        self.words.setText(self.written(self.read)[1] if self.read else "")
        self.edited.emit()

    def _read(self) -> None:
        text = self.input.text().strip()
        self.wrong, self.read = None, self.nothing()
        if not text:
            return
        try:
            self.read = self.parsed(text)
        except (ReadingError, PeriodError) as error:
            self.wrong = error.problem

    def show_value(self, value: Any) -> None:
        """Show a value written out, with its words."""
        self.read, self.wrong = value or self.nothing(), None
        shown, words = self.written(value) if value else ("", "")
        self.input.setText(shown)
        self.words.setText(words)

    def show_wrong(self, *, is_wrong: bool) -> None:
        """Colour the border."""
        mark(self.input, is_wrong=is_wrong)

    def leave(self) -> None:
        """Write out what was read."""
        if self.read and self.wrong is None:
            self.show_value(self.read)

    def make_read_only(self, *, is_read_only: bool) -> None:
        """Let it be read and copied."""
        self.input.setReadOnly(is_read_only)


class DayEditor(TypedEditor):
    """A calendar day: '3-4', '3 apr 2026', 'gisteren'; a calendar opens on Alt+Down."""

    line_width = 130

    def __init__(self, field: FieldSpec, office: Office) -> None:
        super().__init__(field, office)
        self.opener = icon_button("calendar", _("Choose from the calendar"), self.open_calendar)
        self.opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.row.insertWidget(1, self.opener)

    def parsed(self, text: str) -> Any:
        """Read a day."""
        return read_day(text, self.office.today)

    def written(self, value: Any) -> tuple[str, str]:
        """'03-04-2026', 'vr 3 apr 2026'."""
        return formats.day(value), formats.short_day(value)

    def day_shown(self) -> date:
        """Return the day on which the calendar opens."""
        return self.read if isinstance(self.read, date) else self.office.today

    def open_calendar(self) -> None:
        """Show a month under the line."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        month = QCalendarWidget(menu)
        month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = self.day_shown()
        month.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        month.activated.connect(lambda picked: self._pick(picked, menu))
        month.clicked.connect(lambda picked: self._pick(picked, menu))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(month)
        menu.addAction(holder)
        menu.popup(self.input.mapToGlobal(QPoint(0, self.input.height())))
        month.setFocus()

    def _pick(self, picked: QDate, menu: QMenu) -> None:
        menu.close()
        self.take_day(date(picked.year(), picked.month(), picked.day()))
        self.input.setFocus()

    def take_day(self, picked: date) -> None:
        """Take a day from the calendar."""
        self.show_value(picked)
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the calendar on Alt+Down or F4."""
        is_alt_down = (
            event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        )
        if (is_alt_down or event.key() == Qt.Key.Key_F4) and not self.input.isReadOnly():
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def make_read_only(self, *, is_read_only: bool) -> None:
        """Let it be read and copied; no calendar."""
        super().make_read_only(is_read_only=is_read_only)
        self.opener.setVisible(not is_read_only)


class MomentEditor(DayEditor):
    """Day and time in the office's zone; at a clock change it asks which of two is meant."""

    line_width = 170

    def __init__(self, field: FieldSpec, office: Office) -> None:
        super().__init__(field, office)
        self.which: tuple[QPushButton, QPushButton] = (
            button("", lambda: self._choose(0)),
            button("", lambda: self._choose(1)),
        )
        self.meant: tuple[datetime, ...] = ()
        self.asks = QWidget()
        self.asks.setLayout(line(*self.which, None, space=1))
        self.asks.hide()
        self.row.insertWidget(2, self.asks)

    def parsed(self, text: str) -> Any:
        """Read a moment; at a clock change remember the two it may be."""
        self.meant = ()
        try:
            return read_moment(text, self.office.desk.clock.now())
        except WhichMomentError as error:
            self.meant = (error.earlier, error.later)
            raise

    def written(self, value: Any) -> tuple[str, str]:
        """'03-04-2026 17:30', 'vr 3 apr 2026'."""
        here = formats.local(value)
        shown, words = formats.moment(value), formats.short_day(here.date())
        if is_twice(value):
            words = _("{day}, {zone}").format(day=words, zone=zone_name(value))
        return shown, words

    def day_shown(self) -> date:
        """Return the day on which the calendar opens."""
        known = isinstance(self.read, datetime)
        return formats.local(self.read).date() if known else self.office.today

    def take_day(self, picked: date) -> None:
        """Take a day from the calendar and leave the time, or ask for it."""
        if isinstance(self.read, datetime):
            text = f"{formats.day(picked)} {formats.local(self.read):%H:%M}"
        else:
            text = f"{formats.day(picked)} "
        self.input.setText(text)
        self._typed()

    def _typed(self) -> None:
        super()._typed()
        self._show_which()

    def show_value(self, value: Any) -> None:
        """Show a moment."""
        super().show_value(value)
        self.meant = ()
        self._show_which()

    def _show_which(self) -> None:
        self.asks.setVisible(bool(self.meant))
        for ask, moment in zip(self.which, self.meant, strict=False):
            ask.setText(f"{formats.local(moment):%H:%M} ({zone_name(moment)})")

    def _choose(self, place: int) -> None:
        self.show_value(self.meant[place])
        self.edited.emit()
        self.input.setFocus()


def zone_name(moment: datetime) -> str:
    """Say whether a moment lies in summer time or in winter time."""
    is_summer = bool(formats.local(moment).dst())
    return _("summer time") if is_summer else _("winter time")


def is_twice(moment: datetime) -> bool:
    """Whether the wall clock of the office shows this moment's time twice that day."""
    here = formats.local(moment)
    return here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()


class PeriodEditor(TypedEditor):
    """A period: '7 jaar', 'P180D'; kept as ISO 8601, shown in words."""

    line_width = 150

    def parsed(self, text: str) -> Any:
        """Read a period and let the law judge it."""
        return str(Period.parse(read_period(text)))

    def written(self, value: Any) -> tuple[str, str]:
        """'P7Y', '7 jaar'; what the law does not know stays as it is."""
        try:
            return value, formats.text(Period.parse(value).message)
        except PeriodError:
            return value, ""

    def nothing(self) -> Any:
        """Return an empty text."""
        return ""


class MonthDayEditor(TypedEditor):
    """A day of every year: '31-12'; kept as month and day."""

    line_width = 90

    def parsed(self, text: str) -> Any:
        """Read a day of the year."""
        return read_month_day(text)

    def written(self, value: Any) -> tuple[str, str]:
        """'31-12', '31 december'."""
        month, _dash, day = str(value).partition("-")
        in_words = formats.day_in_words(date(LEAP_YEAR, int(month), int(day)))
        return f"{day}-{month}", " ".join(in_words.split()[1:3])

    def nothing(self) -> Any:
        """Return an empty text."""
        return ""
