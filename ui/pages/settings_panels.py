"""Panels of the settings page: the program, this register, its lists, its health, about."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import platform
from importlib import metadata
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QProgressBar, QVBoxLayout, QWidget

from privreg import __version__, formats
from privreg.errors import ProblemError
from privreg.registers.register_list import register_of
from privreg.services import backups
from privreg.services.check import check, repair, said
from privreg.settings import SETTINGS, Settings
from privreg.translation import N_, Message, _, message, messages
from ui.pages.chain_words import verdict
from ui.pages.desk_of import desk_of
from ui.pages.setting_form import SettingForm, words_of
from ui.widgets import STEP, button, column, label, line

if TYPE_CHECKING:
    from collections.abc import Callable

    from privreg.services.check import Checked
    from ui.office import Office

LISTS = ("controllers", "groups", "kinds", "measures", "statements")
LIBRARIES = (
    ("PySide6-Essentials", "LGPL-3.0"),
    ("PySide6-Pdf", "LGPL-3.0"),
    ("sqlmodel", "MIT"),
    ("SQLAlchemy", "MIT"),
    ("sqlcipher3", "Zlib, SQLCipher BSD-3-Clause"),
    ("psycopg", "LGPL-3.0"),
    ("alembic", "MIT"),
    ("argon2-cffi", "MIT"),
    ("cryptography", "Apache-2.0 / BSD-3-Clause"),
    ("reportlab", "BSD-3-Clause"),
    ("babel", "BSD-3-Clause"),
    ("openpyxl", "MIT"),
    ("typer", "MIT"),
)


class Panel(QWidget):
    """One part of the settings: a title, what it is for, and its controls."""

    def __init__(self, title: str, told: str = "") -> None:
        super().__init__()
        self.setProperty("look", "surface")
        self.stack = column(label(title, "section"), space=3, edges=(6, 5, 6, 6))
        if told:
            self.stack.addWidget(label(told, "muted", wraps=True))
        self.setLayout(self.stack)

    def enter(self) -> None:
        """Refresh as the panel comes into sight."""

    def leave(self) -> bool:
        """Say whether it may be left; what must not stay on the screen goes."""
        return True


class ProgramPanel(Panel):
    """The settings of the program on this PC."""

    def __init__(self, office: Office) -> None:
        super().__init__(
            _("Program"), _("These hold for you on this PC, in every register, and at once.")
        )
        self.office = office
        self.form = SettingForm(office, SETTINGS)
        self.form.chosen.connect(self._choose)
        self.stack.addWidget(self.form)
        self.stack.addStretch(1)

    def enter(self) -> None:
        """Show what is in force."""
        settings = Settings.load()
        self.form.show_values({each.name: settings[each.name] for each in SETTINGS})

    def _choose(self, name: str, value: Any) -> None:
        settings = Settings.load().with_values(**{name: value})
        try:
            settings.save()
        except ProblemError as error:
            self.office.notices.problem(error)
        self.office.settings_chosen.emit(settings)


class RegisterPanel(Panel):
    """The settings of this register, for everybody who opens it."""

    def __init__(self, office: Office) -> None:
        super().__init__(_("This register"), _("These hold for everybody who opens this register."))
        self.office = office
        self.form = SettingForm(office, backups.setting_specs(desk_of(office)))
        self.form.chosen.connect(self._choose)
        self.form.setEnabled(False)
        self.refusal: ProblemError | None = None
        is_administrator = "administrator" in office.desk.user.roles
        self.is_read_only = office.desk.read_only or not is_administrator
        only = label(_("Only an administrator changes these."), "muted")
        only.setVisible(self.is_read_only)
        self.stack.addWidget(self.form)
        self.stack.addWidget(only)
        self.stack.addStretch(1)

    def enter(self) -> None:
        """Fetch what is in force."""
        desk = desk_of(self.office)
        self.office.worker.run(lambda: backups.settings(desk), self._show, latest="settings")

    def _show(self, values: dict[str, Any]) -> None:
        self.form.setEnabled(True)
        self.form.show_values(values)
        self.form.make_read_only(is_read_only=self.is_read_only)
        self.values = values

    def _choose(self, name: str, value: Any) -> None:
        desk, before = desk_of(self.office), self.values[name]
        self.office.worker.run(
            lambda: backups.change_settings(desk, {name: value}),
            lambda _none: self._kept(name, before, value),
            self._not_kept,
            writes=True,
        )

    def _kept(self, name: str, before: Any, value: Any) -> None:
        self.office.notices.solved(self.refusal)
        self.values = {**self.values, name: value}
        setting = self.form.settings[name]
        words = words_of(setting, value)
        said = message(
            N_("{label}: {word}."),
            label=Message(setting.label),
            word=Message(words) if isinstance(words, str) else words,
        )
        self.office.notices.offer(said, _("Undo"), lambda: self._choose_back(name, before))

    def _choose_back(self, name: str, before: Any) -> None:
        self.form.rows[name].editor.show_value(before)
        self.form.kept[name] = before
        self._choose(name, before)

    def _not_kept(self, error: ProblemError) -> None:
        self.refusal = error
        self.office.notices.problem(error)
        self.enter()


class ListsPanel(Panel):
    """Where the lists that every register uses are kept."""

    def __init__(self, office: Office) -> None:
        super().__init__(_("Lists"), _("What the registers choose from is kept on its own pages."))
        self.office = office
        for slug in LISTS:
            register = register_of(slug)
            if office.may("read", slug):
                opener = button(_(register.plural), self._goer(slug), icon=register.icon)
                told = label(_(register.empty), "muted", wraps=True)
                self.stack.addLayout(line(opener, None))
                self.stack.addWidget(told)
        self.stack.addStretch(1)

    def _goer(self, slug: str) -> Callable[[], None]:
        return lambda: self.office.place_asked.emit(slug)


class HealthPanel(Panel):
    """Is the register whole: the file, the journal, and what the registers lack."""

    def __init__(self, office: Office) -> None:
        super().__init__(
            _("Check"),
            _(
                "Reads the whole file and the journal from the first entry to the last, and "
                "compares every record with it. On a large register this takes a while; you can "
                "go on working."
            ),
        )
        self.office = office
        self.starter = button(_("Check now"), self.check, icon="check", tone="primary")
        self.bar = busy_bar(_("Checking"))
        self.file = label("", wraps=True)
        self.journal = label("", wraps=True)
        self.records = label("", wraps=True)
        self.mender = button(_("Work out again"), self.repair, icon="check")
        self.mender.setToolTip(_("The terms and the search follow from the records again."))
        self.mender.hide()
        self.past_term = label("", wraps=True)
        self.past_term.hide()
        self.findings = label("", wraps=True)
        self.to_findings = button(
            _("To the overview"), lambda: office.place_asked.emit("overview"), icon="overview"
        )
        self.to_findings.hide()
        self.stack.addLayout(line(self.starter, None))
        for each in (self.bar, self.file, self.journal, self.records):
            self.stack.addWidget(each)
        self.stack.addLayout(line(self.mender, None))
        self.stack.addWidget(self.past_term)
        self.stack.addWidget(self.findings)
        self.stack.addLayout(line(self.to_findings, None))
        self.stack.addStretch(1)

    def check(self) -> None:
        """Look through the whole register in the background."""
        if not self.bar.isHidden():
            return
        desk = desk_of(self.office)
        self.bar.show()
        for each in (self.file, self.journal, self.records, self.findings):
            each.clear()
        self.mender.hide()
        self.past_term.hide()
        self.office.worker.run(lambda: check(desk), self._show, self._failed, counts=True)

    def _show(self, found: Checked) -> None:
        self._end()
        self.file.setText(
            _("The file is damaged: restore the newest backup in a new folder, and compare.")
            if found.faults
            else _("The file is whole.")
        )
        if found.faults:
            return
        self._show_records(found)
        self.past_term.setText("\n".join(formats.text(each.said) for each in found.past_term))
        self.past_term.setVisible(bool(found.past_term))
        count = len(found.findings)
        self.findings.setText(
            formats.text(
                messages(
                    N_("{count} finding: something lacks or contradicts itself."),
                    N_("{count} findings: things lack or contradict each other."),
                    count,
                )
            )
            if count
            else _("Nothing lacks in the registers.")
        )
        self.to_findings.setVisible(count > 0)

    def _show_records(self, found: Checked) -> None:
        """Say whether journal and records are as they were written."""
        self.journal.setText(formats.text(verdict(found)))
        if found.broken is None:
            self.records.setText(
                "\n".join(formats.text(said(each)) for each in found.differences)
                or _("Every record is as the journal says it was entered.")
            )
        self.mender.setVisible(found.can_be_repaired)

    def repair(self) -> None:
        """Work terms and search out again in the background, and check once more."""
        desk = desk_of(self.office)
        self.bar.show()
        self.office.worker.run(lambda: repair(desk), self._repaired, self._failed, writes=True)

    def _repaired(self, _nothing: object) -> None:
        self._end()
        self.check()

    def _failed(self, error: ProblemError) -> None:
        self._end()
        self.office.notices.problem(error)

    def _end(self) -> None:
        self.bar.hide()


class AboutPanel(Panel):
    """Which program this is, where the register stands, and on what it is built."""

    def __init__(self, office: Office) -> None:
        super().__init__("PrivReg")
        facts = (
            (_("Version"), __version__),
            (_("Licence"), "EUPL-1.2"),
            (_("Register"), str(office.desk.folder.path)),
            (_("Signed in as"), office.desk.user.name or office.desk.user.login),
            (_("System"), _system()),
        )
        self.stack.addLayout(_facts(facts))
        self.stack.addWidget(label(_("Built on"), "strong"))
        rows = ((f"{name} {installed(name)}".strip(), licence) for name, licence in LIBRARIES)
        self.stack.addLayout(_facts(tuple(rows)))
        self.stack.addStretch(1)


def _system() -> str:
    return f"{platform.system()} {platform.release()}, Python {platform.python_version()}"


def installed(name: str) -> str:
    """Return the version of a library; empty in a bundle that does not tell."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _facts(facts: tuple[tuple[str, str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(4 * STEP)
    grid.setVerticalSpacing(STEP)
    grid.setColumnMinimumWidth(0, 220)
    grid.setColumnStretch(1, 1)
    for row, (name, fact) in enumerate(facts):
        told = label(fact, wraps=True)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(label(name, "muted"), row, 0)
        grid.addWidget(told, row, 1)
    return grid


def empty(layout: QVBoxLayout) -> None:
    """Take every widget out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def busy_bar(spoken: str) -> QProgressBar:
    """Return a bar that runs while nobody knows how long; hidden at first."""
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setAccessibleName(spoken)
    bar.hide()
    return bar
