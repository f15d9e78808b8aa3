"""Back into a register without its password or its keys, and a backup put back, by hand."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from privreg.services import backups, records, users
from privreg.services import desk as desks
from tests.ui.conftest import LOGIN, PASSWORD, first
from tests.ui.hands import click, press, type_text
from ui.start import Start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from privreg.clock import FixedClock
    from ui.shell import Shell
    from ui.window import MainWindow

NEW = "vier natte schapen op een dijk"
PIA = {"login": "pia", "name": "Pia", "roles": ["coordinator"]}


class Places(Start):
    """The real start, but with an answer ready for each file dialog."""

    backup: Path
    restored: Path
    proposed = ""

    def ask_backup(self, parent: QWidget) -> Path | None:
        return self.backup

    def ask_new_place(self, parent: QWidget, name: str) -> Path | None:
        self.proposed = name
        return self.restored


@pytest.fixture
def start(clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """Return what opens registers, its settings kept apart."""
    monkeypatch.setenv("PRIVREG_SETTINGS", str(tmp_path / "settings"))
    return Places(clock)


@pytest.fixture
def sheet(register_folder: Path, clock: FixedClock) -> str:
    """Return the recovery key of the register, in which pia works as well."""
    desk = desks.open_desk(register_folder, LOGIN, PASSWORD, clock=clock)
    users.add_user(desk, PIA, "een sleutelbos van pia")
    recovery_key = users.renew_recovery_key(desk)
    desk.close()
    return recovery_key


def told(window: MainWindow) -> list[str]:
    """Return what stands in the bars."""
    return [each.sentence.text() for each in window.notices.shown]


def give_key(window: MainWindow, wait: Callable[[], None], recovery_key: str) -> None:
    """Type the recovery key in small letters with blanks, as people do."""
    type_text(window.unlock.recovery.input, recovery_key.lower().replace("-", " "))
    press(window.unlock.recovery.input, Qt.Key.Key_Return)
    wait()


def choose(window: MainWindow, wait: Callable[[], None], password: str, again: str) -> None:
    """Type a new password twice and go on."""
    pair = window.unlock.rescue.password
    for ask, text in ((pair.first, password), (pair.again, again)):
        ask.input.clear()
        type_text(ask.input, text)
    press(pair.again.input, Qt.Key.Key_Return)
    wait()


def open_shell(window: MainWindow) -> Shell:
    """Return the open register."""
    assert window.shell is not None
    return window.shell


def test_a_forgotten_password_is_replaced_with_the_emergency_sheet(
    window: MainWindow, wait: Callable[[], None], register_folder: Path, sheet: str
) -> None:
    window.show_unlock(register_folder)
    wait()
    click(window.unlock.switch)
    give_key(window, wait, sheet)
    rescue = window.unlock.rescue
    assert rescue.isVisible()
    assert not window.unlock.recovery.isVisible()
    assert window.unlock.recovery.text == ""
    assert [each.text().split()[0] for each in rescue.names.buttons()] == [LOGIN, "pia"]
    press(rescue.names.buttons()[0], Qt.Key.Key_Right)
    choose(window, wait, NEW, NEW)
    shell = open_shell(window)
    assert shell.office.desk.user.login == "pia"
    assert not shell.office.desk.read_only
    assert shell.page is not None
    assert shell.page.isVisible()
    assert not rescue.password.text
    assert window.unlock.rescue_key == ""


def test_without_keys_the_window_asks_for_the_recovery_key_and_opens_for_writing(
    window: MainWindow,
    wait: Callable[[], None],
    register_folder: Path,
    sheet: str,
    clock: FixedClock,
) -> None:
    (register_folder / "keys.json").unlink()
    window.show_unlock(register_folder)
    wait()
    assert len(told(window)) == 1
    assert window.unlock.recovery.isVisible()
    assert not window.unlock.password.isVisible()
    give_key(window, wait, sheet)
    assert window.unlock.rescue.way is not None
    assert window.unlock.rescue.way.is_anew
    choose(window, wait, NEW, NEW)
    shell = open_shell(window)
    assert shell.office.desk.user.login == LOGIN
    assert len(told(window)) == 1
    assert first(shell.office.desk, "controllers")["name"] == "Bonenhof BV"
    changed = {**first(shell.office.desk, "controllers"), "name": "Bonenhof Holding BV"}
    records.save(shell.office.desk, "controllers", changed)
    window._put_away()
    desks.open_desk(register_folder, LOGIN, NEW, clock=clock).close()


def test_damaged_keys_lead_to_the_recovery_key_as_well(
    window: MainWindow, wait: Callable[[], None], register_folder: Path, sheet: str
) -> None:
    (register_folder / "keys.json").write_text("{", "utf-8")
    window.show_unlock(register_folder)
    wait()
    assert window.unlock.recovery.isVisible()
    give_key(window, wait, sheet)
    choose(window, wait, NEW, NEW)
    assert not open_shell(window).office.desk.read_only


@pytest.mark.parametrize(
    ("password", "again"), [("wachtwoord123", "wachtwoord123"), (NEW, "iets anders"), ("", "")]
)
def test_a_poor_new_password_is_refused_beside_its_line_and_nothing_changes(
    window: MainWindow,
    wait: Callable[[], None],
    register_folder: Path,
    sheet: str,
    password: str,
    again: str,
) -> None:
    before = (register_folder / "keys.json").read_bytes()
    window.show_unlock(register_folder)
    wait()
    click(window.unlock.switch)
    give_key(window, wait, sheet)
    choose(window, wait, password, again)
    pair = window.unlock.rescue.password
    assert pair.first.error.isVisible() or pair.again.error.isVisible()
    assert window.shell is None
    assert (register_folder / "keys.json").read_bytes() == before
    click(window.unlock.switch)
    assert window.unlock.password.isVisible()
    assert not window.unlock.rescue.isVisible()
    assert pair.text == ""


def test_a_slip_in_the_recovery_key_is_told_and_can_be_mended(
    window: MainWindow, wait: Callable[[], None], register_folder: Path, sheet: str
) -> None:
    window.show_unlock(register_folder)
    wait()
    click(window.unlock.switch)
    other = "2" if sheet[0] == "1" else "1"
    give_key(window, wait, other + sheet[1:])
    assert len(told(window)) == 1
    assert window.unlock.recovery.input.hasFocus()
    window.unlock.recovery.input.clear()
    give_key(window, wait, sheet)
    assert told(window) == []
    assert window.unlock.rescue.isVisible()


def test_a_backup_is_put_back_on_a_new_pc_from_the_first_screen(
    window: MainWindow,
    wait: Callable[[], None],
    register_folder: Path,
    clock: FixedClock,
    tmp_path: Path,
) -> None:
    desk = desks.open_desk(register_folder, LOGIN, PASSWORD, clock=clock)
    assert isinstance(window.start, Places)
    window.start.backup = backups.make(desk, into=tmp_path).file
    desk.close()
    window.start.restored = tmp_path / "Op de nieuwe pc"
    click(window.welcome.restorer)
    wait()
    assert window.start.proposed == "Bonenhof"
    assert window.unlock.isVisible()
    assert window.unlock.title.text() == "Op de nieuwe pc"
    assert len(told(window)) == 1
    type_text(window.unlock.password.input, PASSWORD)
    press(window.unlock.password.input, Qt.Key.Key_Return)
    wait()
    shell = open_shell(window)
    assert shell.office.desk.folder.path == tmp_path / "Op de nieuwe pc.privreg"
    assert first(shell.office.desk, "controllers")["name"] == "Bonenhof BV"


def test_a_file_that_is_no_backup_or_a_name_that_is_taken_is_told_on_the_first_screen(
    window: MainWindow,
    wait: Callable[[], None],
    register_folder: Path,
    clock: FixedClock,
    tmp_path: Path,
) -> None:
    assert isinstance(window.start, Places)
    window.start.backup = tmp_path / "brief.privreg-backup"
    window.start.backup.write_bytes(b"Geachte heer")
    window.start.restored = tmp_path / "Nieuw"
    click(window.welcome.restorer)
    wait()
    assert len(told(window)) == 1
    assert not (tmp_path / "Nieuw.privreg").exists()
    desk = desks.open_desk(register_folder, LOGIN, PASSWORD, clock=clock)
    window.start.backup = backups.make(desk).file
    desk.close()
    window.start.restored = register_folder
    click(window.welcome.restorer)
    wait()
    assert str(register_folder) in told(window)[-1]
    assert window.welcome.restorer.isEnabled()
    assert window.welcome.isVisible()
