"""An example register, and the command line run in this process as a person types it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from privreg.cli import run
from privreg.clock import FixedClock
from privreg.services.examples import PASSWORD, make_example

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The one line on standard error; more or less than one is a failure."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


Typed = "Callable[..., Answer]"


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one example register for all tests that only read."""
    folder = tmp_path_factory.mktemp("cli") / "Koffie"
    return make_example(folder, "koffiemax", customers=40, clock=FixedClock(NOW))


@pytest.fixture
def own_example(tmp_path: Path) -> Path:
    """Make an example register of one's own, to change."""
    return make_example(tmp_path / "Eigen", "koffiemax", customers=12, clock=FixedClock(NOW))


@pytest.fixture
def typed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Answer]:
    """Return what runs a command in English at a fixed moment, password given."""
    monkeypatch.setenv("PRIVREG_PASSWORD", PASSWORD)
    monkeypatch.setenv("PRIVREG_SETTINGS", str(tmp_path / "settings"))
    monkeypatch.delenv("PRIVREG_USER", raising=False)

    def answer(*words: object, language: str = "en") -> Answer:
        code = run([*map(str, words), "--lang", language], clock=FixedClock(NOW))
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return answer
