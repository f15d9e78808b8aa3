"""One's own password, and a new emergency sheet: shown once, printed, confirmed, forgotten."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget

from privreg.errors import InvalidRecordError, ProblemError, WrongPasswordError
from privreg.services import paper as papers
from privreg.services import users
from privreg.translation import N_, _, message
from ui.ask import Ask
from ui.pages.asks import Asks
from ui.pages.desk_of import desk_of
from ui.pages.page_printer import PagePrinter
from ui.pages.settings_panels import Panel, busy_bar
from ui.pages.users_panel import PasswordPair
from ui.widgets import boxed, button, column, hairline, label, line

if TYPE_CHECKING:
    from pathlib import Path

    from privreg.services.desk import Desk
    from privreg.services.paper import Paper
    from ui.office import Office

WIDTH = 560


class AccessPanel(Panel):
    """The password of the user at the desk; for an administrator also the emergency sheet."""

    def __init__(self, office: Office) -> None:
        super().__init__(_("Password and emergency sheet"))
        self.office = office
        self.is_changing = False
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
        elif not is_wrong_old:
            self.office.notices.problem(error)

    def forget(self) -> None:
        """Take every password off the screen."""
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
        self.asks = Asks()
        self.paper: Paper | None = None
        self.password = Ask(_("Your password"), is_secret=True)
        self.renewer = button(_("Make a new emergency sheet"), self.renew, icon="document")
        self.bar = busy_bar(_("Making the emergency sheet"))
        self.key = label("", "section", wraps=True)
        self.key.setAccessibleName(_("Recovery key"))
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.printer = button(_("Print…"), self.print, icon="print", tone="primary")
        self.saver = button(_("Save as PDF…"), self.save, icon="save")
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
        box = boxed(column(self.key, edges=(4, 4, 4, 4)), "box")
        buttons = line(self.printer, self.saver, None)
        body.setLayout(column(box, buttons, self.kept, line(self.closer, None), None, space=3))
        self.closer.setEnabled(False)
        return body

    @property
    def is_open(self) -> bool:
        """Whether a key stands on the screen that nobody confirmed yet."""
        return bool(self.key.text())

    def renew(self) -> None:
        """Check who sits there, make another key, and show it once."""
        if not self.bar.isHidden():
            return
        desk, password = desk_of(self.office), self.password.text
        self.bar.show()
        self.office.worker.run(
            lambda: _renewed(desk, password), self._show, self._failed, writes=True
        )

    def _show(self, made: tuple[str, Paper | None]) -> None:
        self._end()
        key, self.paper = made
        self.key.setText(key)
        self.kept.setChecked(False)
        self.bodies.setCurrentIndex(1)
        self.printer.setFocus()

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

    def print(self) -> None:
        """Print the sheet on a printer the user chooses."""
        printer = self.asks.printer(self)
        if printer is not None and self.paper is not None:
            printing = PagePrinter(self, self.paper.pdf, printer)
            printing.finished.connect(self._printed)
            printing.start()

    def _printed(self, pages: int) -> None:
        if not pages:
            self.office.notices.problem(
                ProblemError(message(N_("Nothing was printed; look whether the printer is on.")))
            )
            return
        self.office.notices.tell(message(N_("The emergency sheet went to the printer.")))

    def save(self) -> None:
        """Save the sheet as a PDF where the user says."""
        path = self.asks.pdf(self, f"{_('Emergency sheet')}.pdf")
        if path is not None and self.paper is not None:
            pdf = self.paper.pdf
            self.office.worker.run(
                lambda: papers.write(pdf, path), lambda _none: self._saved(path), aside=True
            )

    def _saved(self, path: Path) -> None:
        self.office.notices.tell(
            message(
                N_("Saved as {file}. Print it, and remove the file from this PC."), file=path.name
            )
        )

    def close_sheet(self) -> None:
        """Forget the key: it is on paper."""
        self.key.clear()
        self.paper = None
        self.kept.setChecked(False)
        self.bodies.setCurrentIndex(0)


def _renewed(desk: Desk, password: str) -> tuple[str, Paper | None]:
    users.confirm_password(desk, password)
    key = users.renew_recovery_key(desk)
    return key, papers.preview_sheet(desk, key)
