"""Colleagues: giving access, changing particulars, new passwords, ending access."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from privreg import formats
from privreg.errors import FieldProblem, InvalidRecordError
from privreg.registers.register_list import register_of
from privreg.services import users
from privreg.services.records import ListQuery
from privreg.translation import N_, _, message
from ui.cells import cell
from ui.field_words import naming_field
from ui.flow_layout import FlowLayout
from ui.form.editors import editor_for
from ui.form.field_row import FieldRow
from ui.pages.desk_of import desk_of
from ui.pages.settings_panels import Panel, busy_bar, empty
from ui.password_pair import PasswordPair
from ui.widgets import STEP, boxed, button, column, label, line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from privreg.errors import ProblemError
    from privreg.registers.declaration import Values
    from privreg.services.changes import Changes
    from privreg.services.records import Page as Rows
    from ui.office import Office

USERS = register_of("users")
ASKED = ("name", "login", "function", "email", "roles", "secrecy_declared_on", "secrecy_note")
MOST_USERS = 500
FORM_WIDTH = 560


class UserForm(QWidget):
    """The particulars of one colleague, with a first password for a new one.

    `saved` gives the values and the password; `left` goes back to the list; `edited` says that
    something was typed.
    """

    saved = Signal(dict, str)
    left = Signal()
    edited = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setMaximumWidth(FORM_WIDTH)
        self.values: Values = {}
        self.title = label("", "section")
        self.rows = {name: FieldRow(editor_for(USERS.field(name), office)) for name in ASKED}
        self.password = PasswordPair(
            _("First password"),
            _("Tell it in person; your colleague then chooses another one here."),
        )
        self.saver = button(_("Save"), self._save, icon="save", tone="primary")
        back = button(_("Back to the list"), self.left.emit, icon="chevron-left")
        self.setLayout(
            column(
                self.title,
                *self.rows.values(),
                self.password,
                line(self.saver, back, None),
                None,
                space=4,
            )
        )
        for row in self.rows.values():
            row.editor.edited.connect(partial(self._edited, row))
        self.password.edited.connect(self.edited)

    def _edited(self, row: FieldRow) -> None:
        """Take away what was said of a field that is being corrected."""
        row.show_missing()
        if row.editor.problem is None:
            row.show_problem(None)
        self.edited.emit()

    def show_values(self, values: Values) -> None:
        """Show a colleague, or an empty form for a new one."""
        self.values = dict(values)
        is_new = not values.get("version")
        self.title.setText(_("A new colleague") if is_new else _("Particulars and roles"))
        self.password.setVisible(is_new)
        self.password.clear()
        for name, row in self.rows.items():
            row.editor.show_value(values.get(name))
            row.show_problem(None)
            row.show_missing()
        self.rows["name"].editor.target.setFocus()

    def _save(self) -> None:
        problems = [
            FieldProblem(name, row.editor.problem)
            for name, row in self.rows.items()
            if row.editor.problem is not None
        ]
        self.show_problems(problems)
        is_new = not self.values.get("version")
        if problems or (is_new and not self.password.is_typed_twice()):
            return
        typed = {name: row.editor.value for name, row in self.rows.items()}
        self.saved.emit({**self.values, **typed}, self.password.text if is_new else "")

    def show_problems(self, problems: Iterable[FieldProblem]) -> None:
        """Say beside each field what is wrong with it, and go to the first."""
        found = {each.field: each.problem for each in problems}
        for name, row in self.rows.items():
            row.show_problem(found.get(name))
        self.password.first.show_problem(found.get("password"))
        wrong = [row.editor.target for name, row in self.rows.items() if name in found]
        if wrong or "password" in found:
            (wrong or [self.password.first.input])[0].setFocus()


class UsersPanel(Panel):
    """The list of colleagues, and the form of one of them in its place."""

    def __init__(self, office: Office) -> None:
        super().__init__(
            _("Users"),
            _("Who opens this register, and what each of them may do. Only an administrator."),
        )
        self.office = office
        self.users: list[Values] = []
        self.cards: dict[str, QFrame] = {}
        self.adder = button(_("Add a colleague"), self.add, icon="add", tone="primary")
        self.bar = busy_bar(_("Working"))
        self.list = QVBoxLayout()
        self.list.setSpacing(0)
        self.form = UserForm(office)
        self.reset = ResetForm()
        listed = QWidget()
        listed.setLayout(column(line(self.adder, None), self.list, None, space=3))
        self.stack.addWidget(self.bar)
        self.listed = listed
        self.bodies = (listed, self.form, self.reset)
        for body in self.bodies:
            self.stack.addWidget(body)
        self.stack.addStretch(1)
        self._show_body(listed)
        self.refusal: ProblemError | None = None
        self.form.edited.connect(self._forget_refusal)
        self.reset.password.edited.connect(self._forget_refusal)
        self.form.left.connect(self.show_list)
        self.form.saved.connect(self._save)
        self.reset.left.connect(self.show_list)
        self.reset.chosen.connect(self._reset)

    def enter(self) -> None:
        """Fetch the colleagues."""
        records, desk = self.office.records, self.office.desk
        self.office.worker.run(
            lambda: records.page(desk, "users", ListQuery(sort="login"), 0, MOST_USERS),
            self._show,
            latest="users",
        )

    def _show(self, found: Rows) -> None:
        self.users = sorted(found.rows, key=lambda user: user["state"] != "active")
        empty(self.list)
        self.cards = {user["login"]: self._card(user) for user in self.users}
        for card in self.cards.values():
            self.list.addWidget(card)

    def _show_body(self, wanted: QWidget) -> None:
        for body in self.bodies:
            body.setVisible(body is wanted)

    def show_list(self) -> None:
        """Go back to the list."""
        self._forget_refusal()
        self.form.password.clear()
        self.reset.password.clear()
        self._show_body(self.listed)
        self.adder.setFocus()

    def _card(self, user: Values) -> QFrame:
        name = user["name"] or user["login"]
        roles = cell(USERS.field("roles"), user["roles"], {})
        acts = QWidget()
        flow = FlowLayout()
        for each in self._acts(user, name):
            flow.addWidget(each)
        acts.setLayout(flow)
        words = column(
            line(label(name, "strong"), self._secrecy(user), None, space=3),
            label(f"{user['login']} · {roles}", "muted", wraps=True),
            acts,
            space=1,
            edges=(3, 2, 2, 2),
        )
        card = boxed(words, "row")
        card.setAccessibleName(f"{name}, {roles}")
        return card

    def _secrecy(self, user: Values) -> QWidget:
        if user["state"] == "ended":
            day = formats.day(user["ended_on"]) if user["ended_on"] else ""
            return label(_("access ended {day}").format(day=day), "waiting")
        if user["secrecy_declared_on"]:
            signed = formats.day(user["secrecy_declared_on"])
            return label(_("secrecy declared {day}").format(day=signed), "muted")
        return label(_("no declaration of secrecy"), "soon")

    def _acts(self, user: Values, name: str) -> list[QWidget]:
        if user["state"] == "ended":
            return []
        acts: list[tuple[str, str, Callable[[], object]]] = [
            (_("Edit"), "edit", lambda: self.edit(user)),
            (_("New password"), "key", lambda: self.ask_reset(user)),
        ]
        if user["id"] != self.office.desk.user.id:
            acts.append((_("End access"), "lock", lambda: self.ask_end(user)))
        made = [button(word, act, icon=icon, tone="quiet") for word, icon, act in acts]
        for each in made:
            each.setAccessibleName(f"{each.text()}: {name}")
        return list(made)

    def add(self) -> None:
        """Show the empty form."""
        self._show_body(self.form)
        self.form.show_values({"roles": ["staff"]})

    def edit(self, user: Values) -> None:
        """Show a colleague's particulars."""
        self._show_body(self.form)
        self.form.show_values(user)

    def _save(self, values: Values, password: str) -> None:
        desk = desk_of(self.office)
        if values.get("version"):
            self._run(lambda: users.save_user(desk, values))
        else:
            self._run(lambda: users.add_user(desk, values, password))

    def ask_reset(self, user: Values) -> None:
        """Ask for a new password for a colleague."""
        self._show_body(self.reset)
        self.reset.show_user(user)

    def _reset(self, user: Values, password: str) -> None:
        desk = desk_of(self.office)
        self._run(lambda: users.reset_password(desk, user["id"], password))

    def ask_end(self, user: Values) -> None:
        """Ask once."""
        desk, user_id = desk_of(self.office), user["id"]
        self.office.notices.ask(
            message(
                N_(
                    "End the access of {user}? The register gets another key, so that the old "
                    "password opens nothing any more. This cannot be undone; the journal stays."
                ),
                user=user["name"] or user["login"],
            ),
            _("End access"),
            lambda: self._run(lambda: users.end_access(desk, user_id)),
            is_danger=True,
        )

    def _run(self, task: Callable[[], Changes]) -> None:
        if self.bar.isHidden():
            self.bar.show()
            self.office.worker.run(task, self._done, self._failed, writes=True)

    def _end(self) -> None:
        self.bar.hide()

    def _done(self, changes: Changes) -> None:
        self._end()
        self.show_list()
        self.enter()
        self.office.announce(changes)
        self.office.notices.tell(message(N_("{action}."), action=changes.action))

    def _failed(self, error: ProblemError) -> None:
        self._end()
        if isinstance(error, InvalidRecordError):
            self.form.show_problems(error.problems)
            self.reset.show_problems(error.problems)
        self.refusal = naming_field(USERS, error)
        self.office.notices.problem(self.refusal)

    def _forget_refusal(self) -> None:
        """Take away what was said of what was refused: it is being corrected, or left."""
        self.office.notices.solved(self.refusal)
        self.refusal = None

    def leave(self) -> bool:
        """Forget what was typed of a password."""
        self.show_list()
        return True


class ResetForm(QWidget):
    """A new password for a colleague. `chosen` gives the user and the password."""

    chosen = Signal(dict, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumWidth(FORM_WIDTH)
        self.user: dict[str, Any] = {}
        self.title = label("", "section", wraps=True)
        self.password = PasswordPair(
            _("New password"),
            _("Tell it in person; your colleague then chooses another one here."),
        )
        self.saver = button(_("Set this password"), self._choose, icon="key", tone="primary")
        back = button(_("Back to the list"), self.left.emit, icon="chevron-left")
        self.setLayout(
            column(self.title, self.password, line(self.saver, back, None), None, space=4)
        )
        self.setContentsMargins(0, STEP, 0, 0)

    def show_user(self, user: Values) -> None:
        """Ask for the password of this colleague."""
        self.user = dict(user)
        name = user["name"] or user["login"]
        self.title.setText(_("A new password for {user}").format(user=name))
        self.password.clear()
        self.password.first.input.setFocus()

    def _choose(self) -> None:
        if self.password.is_typed_twice():
            self.chosen.emit(self.user, self.password.text)

    def show_problems(self, problems: Iterable[FieldProblem]) -> None:
        """Say what is wrong with the password."""
        found = {each.field: each.problem for each in problems}
        self.password.first.show_problem(found.get("password"))
