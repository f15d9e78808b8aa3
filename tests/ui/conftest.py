"""A real register behind a real window: the desk, the worker, and notices that are written down."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gc
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from privreg.clock import FixedClock
from privreg.formats import text
from privreg.services import agenda, records
from privreg.services import desk as desks
from privreg.services.records import ListQuery
from privreg.settings import Settings
from tests.effort import PATIENCE_SECONDS
from ui import notices as bars
from ui.office import Office, Services
from ui.places import PAGES
from ui.preferences import Preferences
from ui.start import Chosen, Start
from ui.theme import Theme
from ui.window import MainWindow
from ui.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from privreg.errors import ProblemError
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from privreg.translation import Message
    from ui.shell import Shell

PASSWORD = "een lang genoeg wachtwoord"
LOGIN = "mdewit"
AT = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)
PATIENCE_MILLISECONDS = int(1_000 * PATIENCE_SECONDS)
AN_HOUR_IN_MILLISECONDS = 60 * 60 * 1_000
ROUNDS_AT_REST = 3


class PatientBot(QtBot):
    """A bot that waits as long as a slow, busy machine may take."""

    def waitUntil(  # noqa: N802
        self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MILLISECONDS
    ) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MILLISECONDS, **more: Any) -> Any:  # noqa: N802
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitActive(self, widget: Any, *, timeout: int = PATIENCE_MILLISECONDS) -> Any:  # noqa: N802
        return super().waitActive(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """Return the bot with which a test waits."""
    return PatientBot(request)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the screen that is not there complain that it has no window manager."""
    harmless = "propagateSizeHints|does not support raise|grabbing the keyboard"
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore(harmless))


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the window writes beside its settings out of those of this PC."""
    monkeypatch.setenv("PRIVREG_SETTINGS", str(tmp_path / "settings"))


@pytest.fixture(autouse=True)
def _swept() -> Iterator[None]:
    """Collect what a test leaves behind on the thread that made it; see `ui/sweeping.py`.

    Python's own collecting would destroy widgets on whatever thread it happens to run.
    """
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture(autouse=True)
def _staying_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no bar go by itself while a slow machine is still on its way to look at it."""
    monkeypatch.setattr(bars, "STAYS_FOR_MILLISECONDS", AN_HOUR_IN_MILLISECONDS)


class Recorder:
    """Notices that are written down: what was told, and what would be done on yes."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.problems: list[str] = []
        self.solved_problems: list[str] = []
        self.questions: list[str] = []
        self.yes: Callable[[], object] | None = None
        self.other: Callable[[], object] | None = None

    def tell(self, message: Message | str) -> None:
        self.told.append(text(message))

    def problem(self, error: ProblemError) -> None:
        self.problems.append(text(error.problem))

    def solved(self, error: ProblemError | None) -> None:
        if error is not None:
            self.solved_problems.append(text(error.problem))

    def offer(self, message: Message | str, word: str, act: Callable[[], object]) -> None:
        self.told.append(text(message))
        self.yes = act

    def ask(
        self,
        question: Message | str,
        word: str,
        act: Callable[[], object],
        *,
        other: tuple[str, Callable[[], object]] | None = None,
        is_danger: bool = False,
    ) -> None:
        self.questions.append(text(question))
        self.yes = act
        self.other = other[1] if other else None

    def clear(self) -> None:
        self.questions.clear()


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one register for all tests: making the keys takes half a second."""
    folder = tmp_path_factory.mktemp("made") / "Bonenhof.privreg"
    controller: Values = {"name": "Bonenhof BV", "country": "NL", "book_year_end": "12-31"}
    desk, _key = desks.create_register(
        folder,
        controller,
        login=LOGIN,
        name="M. de Wit",
        password=PASSWORD,
        clock=FixedClock(AT),
    )
    for slug, names in (("groups", ("Klanten", "Bezoekers")), ("kinds", ("Facturen", "Adressen"))):
        for name in names:
            records.save(desk, slug, {**records.new(desk, slug), "name": name})
    desk.close()
    return desk.folder.path


@pytest.fixture
def register_folder(_made: Path, tmp_path: Path) -> Path:
    """Return the folder of a register of one's own."""
    return shutil.copytree(_made, tmp_path / _made.name)


@pytest.fixture
def desk(register_folder: Path, clock: FixedClock) -> Iterator[Desk]:
    """Open it."""
    opened = desks.open_desk(register_folder, LOGIN, PASSWORD, clock=clock)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """Dress the application once: every later widget takes the style sheet from it."""
    return Theme(qapp)


@pytest.fixture
def notices() -> Recorder:
    """Return the ear that hears every notice."""
    return Recorder()


@pytest.fixture
def worker(notices: Recorder, theme: Theme) -> Iterator[Worker]:
    """Return a worker with its two threads."""
    made = Worker(notices.problem)
    yield made
    made.close()


def rest(qtbot: QtBot, worker: Worker) -> None:
    """Wait until nothing runs, nothing is to be delivered, and that leads to nothing more."""

    def rests() -> bool:
        for _round in range(ROUNDS_AT_REST):
            QApplication.processEvents()
            if not worker.is_idle:
                return False
        return True

    qtbot.waitUntil(rests)


@pytest.fixture
def settle(qtbot: QtBot, worker: Worker) -> Callable[[], None]:
    """Return what waits until nothing runs and nothing is to be delivered."""
    return lambda: rest(qtbot, worker)


@pytest.fixture
def office(desk: Desk, worker: Worker, notices: Recorder, tmp_path: Path) -> Office:
    """Return the office every page is given."""
    services = Services(records=records, agenda=agenda)
    return Office(desk, services, worker, notices, Preferences(tmp_path / "window.ini"))


@pytest.fixture
def save(desk: Desk) -> Callable[..., Values]:
    """Return what saves a record behind the window's back, and gives it as it stands."""

    def saved(slug: str, **values: Any) -> Values:
        changes = records.save(desk, slug, {**records.new(desk, slug), **values})
        assert changes.after is not None
        return changes.after

    return saved


def first(desk: Desk, slug: str) -> Values:
    """Return the first record of a register."""
    return records.page(desk, slug, ListQuery(), 0, 1).rows[0]


def show(widget: Any, qtbot: QtBot) -> None:
    """Show a widget as the active window, so that the focus moves in it."""
    qtbot.addWidget(widget)
    widget.resize(1280, 800)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


@pytest.fixture
def start(clock: FixedClock) -> Start:
    """Return what opens registers."""
    return Start(clock)


@pytest.fixture
def window(start: Start, tmp_path: Path, qtbot: QtBot, theme: Theme) -> Iterator[MainWindow]:
    """Return the window on its first screen."""
    services = Services(records=records, agenda=agenda)
    preferences = Preferences(tmp_path / "window.ini")
    made = MainWindow(start, services, PAGES, preferences, Settings({"idle_minutes": 10}))
    show(made, qtbot)
    yield made
    made.is_closing = True
    made.close()


@pytest.fixture
def wait(window: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    """Return what waits until the window's worker is idle."""
    return lambda: rest(qtbot, window.worker)


@pytest.fixture
def shell(window: MainWindow, wait: Callable[[], None], register_folder: Path) -> Shell:
    """Return an open register, opened with its password."""
    window.open(Chosen(register_folder, LOGIN, PASSWORD))
    wait()
    assert window.shell is not None
    return window.shell
