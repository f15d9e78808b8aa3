"""How hard a run tries is asked in one place, and one spelling asks for the long run."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests import effort

TESTS = Path(__file__).resolve().parent
VARIABLE = "PRIVREG_LONG"


@pytest.mark.parametrize(
    ("said", "is_long"), [("1", True), ("0", False), ("", False), ("yes", False), (None, False)]
)
def test_only_one_spelling_asks_for_the_long_run(
    monkeypatch: pytest.MonkeyPatch, said: str | None, is_long: bool
) -> None:
    with monkeypatch.context() as patched:
        if said is None:
            patched.delenv(VARIABLE, raising=False)
        else:
            patched.setenv(VARIABLE, said)
        asked = importlib.reload(effort)
        assert (is_long, 10_000 if is_long else 1_000) == (asked.IS_LONG, asked.CASES)
    importlib.reload(effort)


def test_no_other_test_reads_the_environment_for_it() -> None:
    readers = [path.name for path in TESTS.rglob("*.py") if VARIABLE in path.read_text("utf-8")]
    assert sorted(readers) == ["effort.py", Path(__file__).name]
