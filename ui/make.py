"""Making a register in four steps: organisation, place, password, emergency sheet."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QProgressBar,
    QRadioButton,
    QStackedWidget,
    QWidget,
)

from privreg.errors import InvalidRecordError
from privreg.lists import codes_of
from privreg.paths import REGISTER_SUFFIX
from privreg.registers.controllers import REGISTER as CONTROLLERS
from privreg.registers.validation import check, normalised
from privreg.translation import N_, _, message
from ui.ask import Ask
from ui.notices import BarNotices
from ui.pages.words_area import WordsArea
from ui.recovery_sheet import RecoverySheet
from ui.server_fields import ServerFields
from ui.start import documents
from ui.widgets import ENTER, STEP, button, column, frame, label, line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from privreg.errors import ProblemError
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from privreg.translation import Message
    from ui.start import Start
    from ui.worker import Worker

    Problems = dict[Ask, Message]

CARD_WIDTH = 560
EDGE = 3  # the scroll bar of a step stands in the edge of the card
ORGANISATION = ("name", "kvk", "street", "postcode", "city", "email", "phone")
STEPS = (N_("Organisation"), N_("Place"), N_("Password"), N_("Emergency sheet"))
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]+')


class MakePage(QWidget):
    """`made` gives the desk of the new register, `left` asks for the start screen."""

    made = Signal(object)
    left = Signal()

    def __init__(self, start: Start, worker: Worker) -> None:
        super().__init__()
        self.setProperty("look", "ground")
        self.start = start
        self.worker = worker
        self.desk: Desk | None = None
        self.place: Path = documents()
        self.notices = BarNotices()
        self.steps = QStackedWidget()
        self.title = label("", "title")
        self.count = label("", "muted")
        self.fields = {name: self._asked(name) for name in ORGANISATION}
        self.folder = Ask(_("Name of the register"), _("It becomes a folder of this name."))
        self.place_words = label(str(self.place), "muted", wraps=True)
        self.here = QRadioButton(_("The records are on this PC"))
        self.shared = QRadioButton(_("The records are on an office server"))
        self.where = QButtonGroup(self)
        for choice in (self.here, self.shared):
            self.where.addButton(choice)
        self.server = ServerFields(start, worker)
        self.server.hide()
        self.server.fits.connect(lambda: self.show_step(2))
        self.server.said.connect(lambda: self._show(self.server.told))
        self.shared.toggled.connect(self.server.setVisible)
        self.user = Ask(_("Your name"))
        self.login = Ask(_("User name"), _("Short; you type or choose it when you open."))
        self.password = Ask(
            _("Password"),
            _("At least twelve characters; a sentence is easy to remember and hard to guess."),
            is_secret=True,
        )
        self.again = Ask(_("The same password again"), is_secret=True)
        self.sheet = RecoverySheet(worker, self.notices)
        self.kept = QCheckBox(_("I keep the emergency sheet on paper, away from this PC."))
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("Making the register"))
        self.back = button(_("Back"), self.go_back)
        self.onward = button(_("Next"), self.go_on, tone="primary")
        self.kept.toggled.connect(self.onward.setEnabled)
        self._check_when_left()
        self.here.setChecked(True)
        self._lay_out()
        self.show_step(0)

    def _asked(self, name: str) -> Ask:
        field = CONTROLLERS.field(name)
        return Ask(_(field.label), _(field.help))

    def _lay_out(self) -> None:
        chooser = button(_("Another place…"), self.ask_place, icon="folder")
        steps = (
            column(*self._paired(), None, space=3),
            column(
                self.folder,
                line(self.place_words, None, chooser),
                line(self.here, self.shared, None),
                self.server,
                None,
                space=3,
            ),
            column(self.user, self.login, self.password, self.again, None, space=3),
            column(self._told(), self.sheet, self.kept, None, space=3),
        )
        for step, title in zip(steps, STEPS, strict=True):
            step.setContentsMargins(0, 0, EDGE * STEP, 0)
            self.steps.addWidget(WordsArea(step, _(title), is_stop=False))
        card = frame("card")
        card.setFixedWidth(CARD_WIDTH)
        card.setLayout(
            column(
                column(self.count, self.title, space=0),
                self.steps,
                self.busy,
                line(self.back, None, self.onward, edges=(0, 0, EDGE, 0)),
                space=4,
                edges=(6, 5, 6 - EDGE, 4),
            )
        )
        stack = column(self.notices, None, space=0)
        stack.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addStretch(2)
        self.setLayout(stack)

    def _told(self) -> QWidget:
        return label(
            _(
                "Who loses every password opens the register with this key alone. It is shown "
                "once: print it or save it, and keep it where you keep the deed of the house."
            ),
            wraps=True,
        )

    def _show(self, wanted: QWidget) -> None:
        """Scroll the step in sight to a part of it, once it is laid out."""
        area = self.steps.currentWidget()
        if isinstance(area, WordsArea):
            QTimer.singleShot(0, area, lambda: area.ensureWidgetVisible(wanted))

    def _paired(self) -> list[QWidget]:
        pairs = {"postcode": "city", "email": "phone"}
        rows: list[QWidget] = []
        for name, ask in self.fields.items():
            if name in pairs.values():
                continue
            holder = QWidget()
            mate = self.fields.get(pairs.get(name, ""))
            holder.setLayout(line(ask, *([mate] if mate else []), space=3))
            rows.append(holder)
        return rows

    def _check_when_left(self) -> None:
        checks = {
            self._organisation_problems: tuple(self.fields.values()),
            self._account_problems: (self.password, self.again),
            self._place_problems: (self.folder,),
        }
        for problems, asks in checks.items():
            for ask in asks:
                ask.input.editingFinished.connect(partial(self._left, ask, problems))

    def _left(self, ask: Ask, problems: Callable[[], Problems]) -> None:
        """Say what is wrong with a field as the cursor leaves it; an empty one may come later."""
        ask.show_problem(problems().get(ask) if ask.text else None)

    def begin(self) -> None:
        """Go on with what was typed before, or start anew after a register was made."""
        if self.desk is not None:
            self._clear()
        self.show_step(0)

    def _clear(self) -> None:
        self.desk = None
        for ask in (*self.fields.values(), self.folder, self.user, self.login):
            ask.input.clear()
            ask.show_problem(None)
        self._forget_passwords()
        self.server.begin()
        self.here.setChecked(True)
        self.kept.setChecked(False)

    def _forget_passwords(self) -> None:
        for ask in (self.password, self.again, self.server.password):
            ask.input.clear()
            ask.show_problem(None)

    @property
    def step(self) -> int:
        """Which step is in sight, from 0."""
        return self.steps.currentIndex()

    def show_step(self, step: int) -> None:
        """Show a step and put the cursor in it."""
        self.steps.setCurrentIndex(step)
        self.title.setText(_(STEPS[step]))
        self.count.setText(_("Step {step} of {total}").format(step=step + 1, total=len(STEPS)))
        is_last = step == len(STEPS) - 1
        self.back.setVisible(not is_last)
        self.onward.setText(_("Open the register") if is_last else _("Next"))
        self.onward.setEnabled(not is_last)
        self.busy.hide()
        firsts = (self.fields["name"].input, self.folder.input, self.user.input, self.kept)
        firsts[step].setFocus()

    def go_back(self) -> None:
        """Go to the step before, or leave."""
        if self.step == 0:
            self._forget_passwords()
            self.left.emit()
        else:
            self.show_step(self.step - 1)

    def go_on(self) -> None:
        """Check this step and go to the next; the third makes the register."""
        (self._leave_organisation, self._leave_place, self._make, self._finish)[self.step]()

    @property
    def controller(self) -> Values:
        """The organisation as it will be kept."""
        typed = {name: ask.text for name, ask in self.fields.items()}
        defaults = {field.name: field.default for field in CONTROLLERS.fields}
        return normalised(CONTROLLERS, {**defaults, **typed})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, from any field."""
        if event.key() in ENTER and self.onward.isEnabled():
            self.go_on()
        else:
            super().keyPressEvent(event)

    def _is_right(self, asks: Iterable[Ask], problems: Problems) -> bool:
        """Say beside each field what is wrong and go to the first; whether nothing is."""
        wrong = [ask for ask in asks if ask in problems]
        for ask in asks:
            ask.show_problem(problems.get(ask))
        if wrong:
            wrong[0].input.setFocus()
            self._show(wrong[0])
        return not wrong

    def _organisation_problems(self) -> Problems:
        now = self.start.clock.now()
        found = check(CONTROLLERS, self.controller, now=now, lists=codes_of)
        return {
            self.fields[each.field]: each.problem for each in found if each.field in self.fields
        }

    def _leave_organisation(self) -> None:
        if self._is_right(tuple(self.fields.values()), self._organisation_problems()):
            if not self.folder.text:
                self.folder.input.setText(NOT_IN_NAMES.sub(" ", self.fields["name"].text))
            self.show_step(1)

    def ask_place(self) -> None:
        """Let the user choose where the folder is made."""
        found = self.start.ask_place(self)
        if found is not None:
            self.place = found
            self.place_words.setText(str(found))

    @property
    def path(self) -> Path:
        """The folder that will be made."""
        return self.place / f"{self.folder.text.removesuffix(REGISTER_SUFFIX)}{REGISTER_SUFFIX}"

    def _place_problems(self) -> Problems:
        if not self.folder.text or NOT_IN_NAMES.search(self.folder.text):
            return {self.folder: message(N_('Write a name without \\ / : * ? " < > or |.'))}
        if self.path.exists():
            there = N_("{path} exists already; choose another name or open it.")
            return {self.folder: message(there, path=str(self.path))}
        return {}

    def _leave_place(self) -> None:
        if not self._is_right((self.folder,), self._place_problems()):
            return
        if self.shared.isChecked():
            self.server.try_and_go_on()
        else:
            self.show_step(2)

    def _account_problems(self) -> Problems:
        found: Problems = {}
        if not self.login.text:
            found[self.login] = message(N_("This must be filled in."))
        try:
            self.start.check_password(self.password.text, self.login.text, self.user.text)
        except InvalidRecordError as error:
            found[self.password] = error.problem
        if self.again.text != self.password.text:
            found[self.again] = message(N_("This is not the same as above."))
        return found

    def _make(self) -> None:
        asks = (self.user, self.login, self.password, self.again)
        if self._is_right(asks, self._account_problems()):
            self._create()

    def _create(self) -> None:
        self.busy.show()
        self.onward.setEnabled(False)
        path, controller = self.path, self.controller
        login, name, password = self.login.text, self.user.text, self.password.text
        server = self.server.settings() if self.shared.isChecked() else None
        secret = self.server.password.text if server is not None else ""
        self.worker.run(
            lambda: self.start.create(path, controller, login, name, password, server, secret),
            self._created,
            self._not_created,
            writes=True,
        )

    def _created(self, answer: tuple[Desk, str]) -> None:
        self.desk, recovery_key = answer
        self.password.input.clear()
        self.again.input.clear()
        self.server.password.input.clear()
        self.sheet.show_key(self.desk, recovery_key)
        self.show_step(3)

    def _not_created(self, error: ProblemError) -> None:
        self.busy.hide()
        self.onward.setEnabled(True)
        self.notices.problem(error)

    def _finish(self) -> None:
        self.sheet.forget()
        desk = self.desk
        if desk is not None:
            self._clear()
            self.made.emit(desk)
