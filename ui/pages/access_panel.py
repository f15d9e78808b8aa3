"""One's own password, and a new emergency sheet: shown once, printed, confirmed, forgotten."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget

from privreg.errors import InvalidRecordError, ProblemError, WrongPasswordError
from privreg.services import users
from privreg.translation import N_, _, message
from ui.ask import Ask
from ui.pages.desk_of import desk_of
from ui.pages.settings_panels import Panel, busy_bar
from ui.password_pair import PasswordPair
from ui.recovery_sheet import RecoverySheet
from ui.widgets import button, column, hairline, label, line

if TYPE_CHECKING:
    from privreg.services.desk import Desk
    from ui.office import Office

WIDTH = 560


class AccessPanel(Panel):
    """The password of the user at the desk; for an administrator also the emergency sheet."""

    def __init__(self, office: Office) -> None:
        super().__init__(_("Password and emergency sheet"))
        self.office = office
        self.is_changing = False
        self.refusal: ProblemError | None = None
        self.old = Ask(_("Your password now"), is_secret=True)
        self.new = PasswordPair(
            _("New password"),
            _("At least twelve characters; a sentence is easy to remember and hard to guess."),
        )
        self.changer = button(_("Change the password"), self.change, icon="key", tone="primary")
        self.sheet = SheetBox(office)
        own = column(self.old, self.new, line(self.changer, None), space=3)
        held = QWidget()
        held.setMaximumWidth(WIDTH)
        held.setLayout(own)
        self.stack.addWidget(label(_("Your own password"), "strong"))
        self.stack.addWidget(held)
        self.stack.addWidget(hairline())
        self.stack.addWidget(self.sheet)
        self.stack.addStretch(1)
        may = not office.desk.read_only and office.desk.ring is not None
        held.setEnabled(may)
        self.sheet.setVisible(may and "administrator" in office.desk.user.roles)

    def change(self) -> None:
        """Choose another password for oneself."""
        if self.is_changing or not self.new.is_typed_twice():
            return
        desk, old, new = desk_of(self.office), self.old.text, self.new.text
        self.is_changing = True
        self.office.worker.run(
            lambda: users.change_password(desk, old, new),
            lambda _none: self._changed(),
            self._not_changed,
            writes=True,
        )

    def _changed(self) -> None:
        self.is_changing = False
        self.forget()
        self.office.notices.tell(message(N_("Your password is changed.")))

    def _not_changed(self, error: ProblemError) -> None:
        self.is_changing = False
        is_wrong_old = isinstance(error, WrongPasswordError)
        self.old.show_problem(error.problem if is_wrong_old else None)
        if isinstance(error, InvalidRecordError):
            self.new.first.show_problem(error.problem)
            self.new.first.input.setFocus()
        elif is_wrong_old:
            self.old.input.setFocus()
        else:
            self.refusal = error
            self.office.notices.problem(error)

    def forget(self) -> None:
        """Take every password off the screen, and what was said of them."""
        self.office.notices.solved(self.refusal)
        self.refusal = None
        self.old.input.clear()
        self.old.show_problem(None)
        self.new.clear()

    def leave(self) -> bool:
        """Stay while a new emergency sheet is not confirmed."""
        if self.sheet.is_open:
            self.office.notices.problem(
                ProblemError(
                    message(
                        N_(
                            "Print or save the emergency sheet first and say that you keep it: "
                            "its key is shown once, and the old sheet is void already."
                        )
                    )
                )
            )
            return False
        self.forget()
        return True


class SheetBox(QWidget):
    """Makes a new recovery key and puts it on paper; the key is forgotten when confirmed."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setMaximumWidth(WIDTH)
        self.office = office
        self.password = Ask(_("Your password"), is_secret=True)
        self.renewer = button(_("Make a new emergency sheet"), self.renew, icon="document")
        self.bar = busy_bar(_("Making the emergency sheet"))
        self.shown = RecoverySheet(office.worker, office.notices)
        self.shown.ready.connect(self.shown.printer.setFocus)
        self.kept = QCheckBox(_("I keep the new sheet on paper, away from this PC."))
        self.closer = button(_("Ready"), self.close_sheet)
        self.kept.toggled.connect(self.closer.setEnabled)
        self.bodies = QStackedWidget()
        for body in (self._before(), self._after()):
            self.bodies.addWidget(body)
        told = label(
            _(
                "With the key on the emergency sheet the register opens when every password is "
                "lost. A new sheet makes the old one void at once."
            ),
            "muted",
            wraps=True,
        )
        heading = label(_("Emergency sheet"), "strong")
        self.setLayout(column(heading, told, self.bodies, self.bar, space=3))

    def _before(self) -> QWidget:
        body = QWidget()
        body.setLayout(column(self.password, line(self.renewer, None), None, space=3))
        return body

    def _after(self) -> QWidget:
        body = QWidget()
        body.setLayout(column(self.shown, self.kept, line(self.closer, None), None, space=3))
        self.closer.setEnabled(False)
        return body

    @property
    def is_open(self) -> bool:
        """Whether a key stands on the screen that nobody confirmed yet."""
        return self.shown.is_open

    def renew(self) -> None:
        """Check who sits there, make another key, and show it once."""
        if not self.bar.isHidden():
            return
        desk, password = desk_of(self.office), self.password.text
        self.bar.show()
        self.office.worker.run(
            lambda: _renewed(desk, password),
            lambda key: self._show(desk, key),
            self._failed,
            writes=True,
        )

    def _show(self, desk: Desk, key: str) -> None:
        self._end()
        self.shown.show_key(desk, key)
        self.kept.setChecked(False)
        self.bodies.setCurrentIndex(1)

    def _failed(self, error: ProblemError) -> None:
        self._end()
        if isinstance(error, WrongPasswordError):
            self.password.show_problem(error.problem)
        else:
            self.office.notices.problem(error)

    def _end(self) -> None:
        self.bar.hide()
        self.password.input.clear()
        self.password.show_problem(None)

    def close_sheet(self) -> None:
        """Forget the key: it is on paper."""
        self.shown.forget()
        self.kept.setChecked(False)
        self.bodies.setCurrentIndex(0)


def _renewed(desk: Desk, password: str) -> str:
    users.confirm_password(desk, password)
    return users.renew_recovery_key(desk)
