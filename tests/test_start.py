"""The set-up says in one sentence what it cannot do, and installs nothing twice."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

import start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Take down the commands instead of running them."""
    commands: list[list[str]] = []

    def take_down(command: list[str], **_options: object) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(start, "run", take_down)
    return commands


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty checkout whose system has everything."""
    (tmp_path / start.RUNTIME).write_text("one==1\n", "utf-8")
    monkeypatch.setattr(start, "CHECKOUT", tmp_path)
    monkeypatch.setattr(start, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(start, "INSTALLED", tmp_path / "installed.txt")
    monkeypatch.setattr(start, "needed_packages", lambda **_options: [])
    monkeypatch.setattr(start, "starts", lambda _python: True)
    return tmp_path


def installations(commands: list[list[str]]) -> list[str]:
    return [command[-1] for command in commands if "pip" in command]


def test_libraries_are_installed_again_only_when_their_files_changed(
    checkout: Path, ran: list[list[str]]
) -> None:
    start.environment(start.RUNTIME)
    start.environment(start.RUNTIME)
    assert installations(ran) == [start.RUNTIME]
    start.environment(start.DEVELOPMENT)
    start.environment(start.RUNTIME)
    assert installations(ran) == [start.RUNTIME, start.DEVELOPMENT]
    (checkout / start.RUNTIME).write_text("one==2\n", "utf-8")
    start.environment(start.RUNTIME)
    assert installations(ran) == [start.RUNTIME, start.DEVELOPMENT, start.RUNTIME]


def test_root_installs_packages_without_sudo(
    monkeypatch: pytest.MonkeyPatch, ran: list[list[str]]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    start.install_packages(["libegl1"])
    assert [command[0] for command in ran] == ["apt-get", "env"]
    assert "libegl1" in ran[-1]


def test_another_user_installs_packages_with_sudo(
    monkeypatch: pytest.MonkeyPatch, ran: list[list[str]]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    start.install_packages(["libegl1"])
    assert {command[0] for command in ran} == {"sudo"}


def test_without_sudo_the_command_is_said(
    monkeypatch: pytest.MonkeyPatch, ran: list[list[str]]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "sudo" else name)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(SystemExit, match=r"apt-get install --yes .*libegl1"):
        start.install_packages(["libegl1"])
    assert ran == []


def test_another_linux_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(SystemExit, match="libegl1"):
        start.install_packages(["libegl1"])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a screen")
def test_without_a_screen_the_window_is_not_tried(
    checkout: Path, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SystemExit, match="There is no screen here"):
        start.run_program([])
    assert start.run_program(["agenda", "Some.privreg"]) == 0
    assert ran[-1][1:] == ["main.py", "agenda", "Some.privreg"]
    assert (checkout / "installed.txt").exists()


@pytest.fixture
def signals_as_they_were() -> Iterator[None]:
    """Hear the signals, also where the tests run in the background, and put back who heard them."""
    names = [each for each in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, each)]
    were = {getattr(signal, each): signal.getsignal(getattr(signal, each)) for each in names}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for number, handler in were.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("signals_as_they_were")
@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("at", ["demo", "window"])
def test_an_example_that_is_stopped_is_cleared_away(
    at: str, how: str, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hasattr(signal, how):
        pytest.skip("this system has no such signal")

    def stopped(command: list[str], **_options: object) -> int:
        if ("demo" in command) is (at == "demo"):
            signal.raise_signal(getattr(signal, how))
        return 0

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(start, "environment", lambda _requirements: sys.executable)
    monkeypatch.setattr(start, "run", stopped)
    monkeypatch.setattr(tempfile, "mkdtemp", lambda **_more: str(checkout / "example"))
    (checkout / "example").mkdir()
    with pytest.raises(KeyboardInterrupt):
        start.open_example("koffiemax")
    assert not (checkout / "example").exists()


def test_arguments_of_the_program_are_passed_on_untouched() -> None:
    options, rest = start.command_line().parse_known_args(["run", "due", "X", "--json", "-h"])
    assert (options.command, rest) == ("run", ["due", "X", "--json", "-h"])


def test_a_failed_stage_fails_the_whole_but_the_others_still_run(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    python = [sys.executable, "-c"]
    stages = [("one", [*python, "raise SystemExit(1)"]), ("two", [*python, "print('reached')"])]
    monkeypatch.setattr(start, "environment", lambda _requirements: sys.executable)
    monkeypatch.setattr(start, "stages", lambda _python, _arguments: stages)
    monkeypatch.chdir(checkout)
    assert start.run_tests([], long=False) == 1
    printed = capfd.readouterr().out
    assert "reached" in printed
    assert printed.endswith("FAILED: one.\n")


def stand_in_for_pytest(checkout: Path, monkeypatch: pytest.MonkeyPatch, tests: int) -> None:
    """Let the real pytest run some tests that fail the first time they are run."""
    (checkout / "pytest.ini").write_text("[pytest]\naddopts = -q -p no:qt\n", "utf-8")
    (checkout / "test_some.py").write_text(
        "import pathlib, pytest\n"
        f"@pytest.mark.parametrize('n', range({tests}))\n"
        "def test_some(n):\n"
        "    mark = pathlib.Path(f'mark{n}')\n"
        "    been = mark.exists()\n"
        "    mark.touch()\n"
        "    assert been\n",
        "utf-8",
    )
    kept = checkout / ".pytest_cache" / "v" / "cache" / "lastfailed"
    monkeypatch.setattr(start, "LAST_FAILED", kept)
    monkeypatch.setattr(start, "environment", lambda _requirements: sys.executable)
    first = [*start.pytest(sys.executable), "--cache-clear", "-n0"]
    monkeypatch.setattr(start, "stages", lambda _python, _arguments: [("pytest", first)])
    monkeypatch.chdir(checkout)


def test_a_test_that_fails_once_is_tried_alone_and_named(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    stand_in_for_pytest(checkout, monkeypatch, start.MOST_TRIED_AGAIN)
    assert start.run_tests([], long=False) == 0
    printed = capfd.readouterr().out
    assert printed.count("UNSTEADY, to be mended: test_some.py::test_some") == 3
    (checkout / "test_some.py").write_text("def test_it():\n    assert False\n", "utf-8")
    assert start.run_tests([], long=False) == 1
    assert "UNSTEADY" not in capfd.readouterr().out


def test_many_failures_are_not_tried_again(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    stand_in_for_pytest(checkout, monkeypatch, start.MOST_TRIED_AGAIN + 1)
    assert start.run_tests([], long=False) == 1
    assert "alone" not in capfd.readouterr().out


def test_the_command_tells_what_it_can_do() -> None:
    command = [sys.executable, str(start.CHECKOUT / "start.py"), "--help"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert all(word in told for word in ("example", "run", "tests", "bench", "screens"))
