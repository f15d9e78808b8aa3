"""An office server through the window: made by clicks, shared by two desks, honest on backups."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from privreg.formats import text
from privreg.services import desk as desks
from privreg.services import records
from privreg.store import certificates
from privreg.store.certificates import LACKS
from privreg.store.server import ON_EACH_PC
from privreg.translation import Message
from tests.store.postgres import (
    make_certificate,
    postgres_server,
    postgres_settings,
    postgres_url,
)
from tests.ui.conftest import LOGIN, PASSWORD, first
from tests.ui.hands import click, type_text
from ui.form.text_editors import LineEditor
from ui.list_page import ListPage
from ui.pages.settings_page import SettingsPage
from ui.start import Start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from privreg.clock import FixedClock
    from privreg.services.desk import Desk
    from privreg.store.server import ServerSettings
    from ui.shell import Shell
    from ui.window import MainWindow

__all__ = ["postgres_server", "postgres_settings", "postgres_url"]

NAME = "Bakkerij De Halm"


class Places(Start):
    """The real start, but with an answer ready for each file dialog."""

    folder: Path

    def ask_place(self, parent: QWidget) -> Path | None:
        return self.folder

    def ask_certificate(self, parent: QWidget) -> Path | None:
        return self.folder / "kantoor.crt"


@pytest.fixture
def start(clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """Return what opens registers, its settings kept apart."""
    monkeypatch.setenv("PRIVREG_SETTINGS", str(tmp_path / "settings"))
    made = Places(clock)
    made.folder = tmp_path
    return made


def ask_for_a_server(window: MainWindow) -> None:
    """Go to the place of a new register, and choose an office server."""
    click(window.welcome.maker)
    make = window.make
    type_text(make.fields["name"].input, NAME)
    click(make.onward)
    make.ask_place()
    make.shared.click()


def fill_in(window: MainWindow, server: ServerSettings) -> None:
    """Type where the server is."""
    fields = window.make.server
    fields.port.input.clear()
    for ask, words in (
        (fields.host, server.host),
        (fields.port, str(server.port)),
        (fields.database, server.database),
        (fields.user, server.user),
        (fields.password, "geheim van de server"),
    ):
        type_text(ask.input, words)


def make_by_clicks(window: MainWindow, wait: Callable[[], None], server: ServerSettings) -> Shell:
    """Make a register on the server and open it."""
    ask_for_a_server(window)
    fill_in(window, server)
    make = window.make
    click(make.onward)
    wait()
    assert make.step == 2, make.server.told.text()
    for ask, words in (
        (make.user, "M. de Wit"),
        (make.login, LOGIN),
        (make.password, PASSWORD),
        (make.again, PASSWORD),
    ):
        type_text(ask.input, words)
    click(make.onward)
    wait()
    assert make.step == 3
    assert make.server.password.text == ""
    make.kept.click()
    click(make.onward)
    wait()
    assert window.shell is not None
    return window.shell


@pytest.fixture
def shell(window: MainWindow, wait: Callable[[], None], postgres_settings: ServerSettings) -> Shell:
    """Return the window with a register on a server open in it."""
    return make_by_clicks(window, wait, postgres_settings)


@pytest.fixture
def colleague(shell: Shell, clock: FixedClock, tmp_path: Path) -> Iterator[Desk]:
    """Open the same register at another PC."""
    opened = desks.open_desk(tmp_path / f"{NAME}.privreg", LOGIN, PASSWORD, clock=clock)
    yield opened
    opened.close()


@pytest.mark.postgres
def test_what_one_saves_the_other_sees_and_both_versions_are_shown_to_the_second(
    shell: Shell, colleague: Desk, wait: Callable[[], None]
) -> None:
    assert not colleague.read_only
    assert first(colleague, "controllers")["name"] == NAME
    shell.open_record("controllers", first(colleague, "controllers")["id"])
    wait()
    page = shell.page
    assert isinstance(page, ListPage)
    editor = page.pane.form.row("name").editor
    assert isinstance(editor, LineEditor)
    editor.input.setFocus()
    editor.input.selectAll()
    type_text(editor.input, "De Halm Holding")
    records.save(
        colleague, "controllers", {**first(colleague, "controllers"), "name": "De Halm en Zonen"}
    )
    page.pane.save()
    wait()
    assert page.pane.conflict is not None
    said = {each.text() for each in page.pane.conflict.groups["name"].buttons()}
    assert said == {"De Halm Holding", "De Halm en Zonen"}
    page.pane.conflict.settle()
    wait()
    assert first(colleague, "controllers")["name"] == "De Halm Holding"


@pytest.mark.postgres
def test_the_settings_say_that_the_server_makes_the_backups(
    shell: Shell, wait: Callable[[], None], postgres_settings: ServerSettings
) -> None:
    shell.go_to("settings")
    wait()
    page = shell.page
    assert isinstance(page, SettingsPage)
    page.show_panel("backups")
    wait()
    panel = page.panels["backups"]
    words = " ".join(each.text() for each in panel.findChildren(QLabel) if each.isVisible())
    assert "pg_dump" in words
    assert postgres_settings.database in words
    assert not panel.maker.isVisible()  # type: ignore[attr-defined]
    page.show_panel("register")
    wait()
    kept = page.panels["register"].form.settings  # type: ignore[attr-defined]
    assert "journal_kept_years" in kept
    assert "backup_every_days" not in kept
    assert [each.sentence.text() for each in shell.office.notices.shown] == []  # type: ignore[attr-defined]


@pytest.mark.postgres
def test_the_connection_is_tried_in_the_background_and_said_in_one_sentence(
    window: MainWindow, wait: Callable[[], None], postgres_settings: ServerSettings
) -> None:
    ask_for_a_server(window)
    fill_in(window, postgres_settings)
    fields = window.make.server
    click(fields.trier)
    assert not fields.trier.isEnabled()
    wait()
    assert fields.told.property("look") == "strong"
    fields.port.input.setText("1")
    click(window.make.onward)
    wait()
    assert window.make.step == 1
    assert fields.told.property("look") == "late"
    assert fields.told.text().count(".") == 1
    assert fields.trier.isEnabled()


def test_what_lacks_of_a_server_is_said_beside_its_field(window: MainWindow) -> None:
    ask_for_a_server(window)
    fields = window.make.server
    fields.port.input.setText("veel")
    click(fields.trier)
    assert all(each.error.isVisible() for each in (fields.host, fields.user, fields.port))
    assert fields.trier.isEnabled()
    assert not fields.told.isVisible()


def test_a_certificate_that_is_not_there_is_told_before_anything_is_sent(
    window: MainWindow, wait: Callable[[], None], tmp_path: Path
) -> None:
    ask_for_a_server(window)
    fields = window.make.server
    for ask in (fields.host, fields.database, fields.user):
        type_text(ask.input, "kantoor")
    fields.ask_certificate()
    assert fields.certificate.text == str(tmp_path / "kantoor.crt")
    click(fields.trier)
    wait()
    assert "kantoor.crt" in fields.told.text()


def test_a_register_on_this_pc_asks_for_no_server(window: MainWindow) -> None:
    ask_for_a_server(window)
    assert window.make.server.isVisible()
    window.make.here.click()
    assert not window.make.server.isVisible()
    click(window.make.onward)
    assert window.make.step == 2


@pytest.mark.postgres
def test_a_pc_without_the_certificate_is_told_and_points_at_it_where_it_opens(
    shell: Shell, window: MainWindow, wait: Callable[[], None], tmp_path: Path
) -> None:
    folder = shell.office.desk.folder
    about = folder.about()
    assert about.server is not None
    assert isinstance(shell.office.desk, desks.Desk)
    needs = replace(about.server, certificate=ON_EACH_PC)
    key = shell.office.desk.data_key.key
    folder.save_about(replace(about, server=needs.with_password("geheim van de server", key)))
    window.lock()
    wait()
    unlock = window.unlock
    type_text(unlock.password.input, PASSWORD)
    click(unlock.opener)
    wait()
    assert [each.sentence.text() for each in window.notices.shown] == [text(Message(LACKS))]
    assert unlock.certifier.isVisible()
    click(unlock.certifier)  # it points at a file that is not there
    wait()
    assert "kantoor.crt" in window.notices.shown[-1].sentence.text()
    make_certificate(tmp_path)
    (tmp_path / "server.crt").rename(tmp_path / "kantoor.crt")
    click(unlock.certifier)
    wait()
    assert window.shell is not None
    assert window.shell.isVisible()
    assert not unlock.certifier.isVisible()
    assert list(certificates.kept().values()) == [str(tmp_path / "kantoor.crt")]
