"""What the program does with the words it is started with."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.services.examples import make_example
from privreg.settings import Settings
from ui.application import PASSWORD_VARIABLE, USER_VARIABLE, new_window, open_named

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from privreg.clock import FixedClock
    from ui.theme import Theme


def test_an_example_opens_without_asking_for_its_password(
    tmp_path: Path,
    clock: FixedClock,
    theme: Theme,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PRIVREG_SETTINGS", str(tmp_path / "settings"))
    folder = make_example(tmp_path / "koffiemax", "koffiemax", customers=2, clock=clock)
    window = new_window(Settings.load())
    qtbot.addWidget(window)
    open_named(window, folder)
    assert window.shell is None
    assert window.stack.currentWidget() is window.unlock
    monkeypatch.setenv(USER_VARIABLE, "demo")
    monkeypatch.setenv(PASSWORD_VARIABLE, "demo")
    open_named(window, folder)
    qtbot.waitUntil(lambda: window.shell is not None)
    window.worker.finish()
    window.close()
    assert theme.palette is not None
