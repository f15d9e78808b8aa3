"""A new password by the recovery key: who it is for, and the password twice."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from privreg.errors import InvalidRecordError
from privreg.translation import N_, Message, _
from ui.ask import Ask
from ui.flow_layout import FlowLayout
from ui.password_pair import PasswordPair
from ui.widgets import column, label

if TYPE_CHECKING:
    from privreg.services.recovering import Holder, WayBack
    from ui.start import Start

MOST_BUTTONS = 8


class RescueForm(QWidget):
    """Asks for whom the new password is; `asked` is Enter in the last line."""

    asked = Signal()

    def __init__(self, start: Start) -> None:
        super().__init__()
        self.start = start
        self.way: WayBack | None = None
        self.told = label("", wraps=True)
        self.who = QWidget()
        self.whos = FlowLayout()
        self.who.setLayout(self.whos)
        self.names = QButtonGroup(self)
        self.login = Ask(_("User name"))
        self.password = PasswordPair(
            _("New password"),
            _("At least twelve characters; a sentence is easy to remember and hard to guess."),
        )
        self.setLayout(column(self.told, self.who, self.login, self.password, space=4))
        self.login.input.returnPressed.connect(self.password.first.input.setFocus)
        self.password.first.input.returnPressed.connect(self.password.again.input.setFocus)
        self.password.again.input.returnPressed.connect(self.asked)

    def begin(self, way: WayBack) -> None:
        """Offer the users; the first is chosen."""
        self.way = way
        self.told.setText(_told(way))
        self._offer(way)
        self.password.clear()
        first = self.names.checkedButton() or self.login.input
        (first if len(way.holders) > 1 else self.password.first.input).setFocus()

    def _offer(self, way: WayBack) -> None:
        for old in self.names.buttons():
            self.names.removeButton(old)
            old.deleteLater()
        few = len(way.holders) <= MOST_BUTTONS
        for each in way.holders if few else ():
            made = QRadioButton(_words(each))
            made.setProperty("login", each.login)
            made.setAccessibleName(_("User: {name}").format(name=_words(each)))
            made.setChecked(not self.names.buttons())
            self.names.addButton(made)
            self.whos.addWidget(made)
        self.who.setVisible(few)
        self.login.setVisible(not few)
        self.login.input.clear()

    @property
    def chosen(self) -> str:
        """The login of whom the password is for."""
        checked = self.names.checkedButton()
        return str(checked.property("login")) if checked is not None else self.login.text

    @property
    def is_ready(self) -> bool:
        """Whether all is filled in well; says beside the line what is not."""
        if self.way is None or not self._is_known():
            return False
        return self.password.is_typed_twice() and self._is_strong()

    def _is_known(self) -> bool:
        is_known = any(each.login.casefold() == self.chosen.casefold() for each in self._holders)
        wrong = Message(N_("There is no user of that name in this register."))
        self.login.show_problem(None if is_known else wrong)
        return is_known

    @property
    def _holders(self) -> tuple[Holder, ...]:
        return self.way.holders if self.way is not None else ()

    def _is_strong(self) -> bool:
        names = [each.name for each in self._holders if each.login == self.chosen]
        try:
            self.start.check_password(self.password.text, self.chosen, *names)
        except InvalidRecordError as error:
            self.password.first.show_problem(error.problem)
            self.password.first.input.setFocus()
            return False
        return True

    def forget(self) -> None:
        """Take names and passwords off the screen."""
        self.way = None
        self.password.clear()


def _words(holder: Holder) -> str:
    if holder.is_administrator:
        return _("{name} (administrator)").format(name=holder.login)
    return holder.login


def _told(way: WayBack) -> str:
    if way.is_anew and len(way.holders) == 1:
        return _("The keys of this register are gone or damaged. They are made anew for you.")
    if way.is_anew:
        return _(
            "The keys of this register are gone or damaged. They are made anew, for one user: "
            "choose an administrator, who then gives each of the others a new password under "
            "Settings, Users. Until then the others cannot open the register."
        )
    return _("Choose who gets a new password. The old one no longer opens the register.")
