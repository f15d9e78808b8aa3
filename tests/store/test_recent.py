"""The recent registers: the latest first, as many as the setting says."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from privreg.settings import Settings
from privreg.store.recent import Recent, forget, recent, remember

if TYPE_CHECKING:
    from pathlib import Path

    from privreg.clock import FixedClock


def test_the_latest_stands_first_and_once(tmp_path: Path, clock: FixedClock) -> None:
    one, two = tmp_path / "een.privreg", tmp_path / "twee.privreg"
    for path in (one, two, one):
        clock.moment += timedelta(minutes=1)
        remember(path, clock.now(), tmp_path)
    assert [each.path for each in recent(tmp_path)] == [one, two]
    assert recent(tmp_path)[0] == Recent(one, clock.now())


def test_no_more_are_kept_than_the_setting_says(tmp_path: Path, clock: FixedClock) -> None:
    Settings({}).with_values(recent_registers=2).save(tmp_path)
    for number in range(5):
        remember(tmp_path / f"{number}.privreg", clock.now(), tmp_path)
    assert [each.path.stem for each in recent(tmp_path)] == ["4", "3"]
    Settings({}).with_values(recent_registers=0).save(tmp_path)
    remember(tmp_path / "5.privreg", clock.now(), tmp_path)
    assert recent(tmp_path) == ()


def test_one_can_be_forgotten(tmp_path: Path, clock: FixedClock) -> None:
    remember(tmp_path / "een.privreg", clock.now(), tmp_path)
    forget(tmp_path / "een.privreg", tmp_path)
    assert recent(tmp_path) == ()


@pytest.mark.parametrize("content", ["", "{", "[1]", '[{"path": 1}]', "null"])
def test_a_damaged_list_is_an_empty_list(tmp_path: Path, content: str) -> None:
    (tmp_path / "recent.json").write_text(content)
    assert recent(tmp_path) == ()
