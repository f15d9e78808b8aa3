"""Garbage is swept in steps while somebody works, and all of it while nobody does."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gc
from typing import TYPE_CHECKING
from weakref import ref

import pytest
from PySide6.QtCore import QObject

from ui.sweeping import ENOUGH_YOUNG, MOST_YOUNG, Sweeper

if TYPE_CHECKING:
    from collections.abc import Iterator


class Loop:
    """Something that refers to itself, so that only a sweep takes it away."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def _unswept() -> Iterator[None]:
    """Leave all collecting to the sweeper, and nothing put aside afterwards."""
    gc.collect()
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.usefixtures("qtbot", "_unswept")
def test_the_young_is_swept_while_somebody_works() -> None:
    parent = QObject()
    sweeper = Sweeper(lambda: False, parent)
    gone = ref(Loop())
    kept: list[object] = [[] for _each in range(ENOUGH_YOUNG + 1)]
    sweeper.sweep()
    assert gone() is None
    assert kept


@pytest.mark.usefixtures("qtbot", "_unswept")
def test_so_much_that_it_would_be_felt_waits_until_nobody_works() -> None:
    parent = QObject()
    sweeper = Sweeper(lambda: False, parent)
    gone = ref(Loop())
    kept: list[object] = [[] for _each in range(MOST_YOUNG + 1)]
    sweeper.sweep()
    assert gone() is not None
    sweeper.is_resting = lambda: True
    sweeper.sweep()
    assert gone() is None
    assert kept


@pytest.mark.usefixtures("qtbot", "_unswept")
def test_what_the_start_made_is_put_aside_once() -> None:
    parent = QObject()
    sweeper = Sweeper(lambda: True, parent)
    sweeper.begin()
    aside = gc.get_freeze_count()
    assert aside > 0
    made: list[object] = [[] for _each in range(100)]
    sweeper.begin()
    assert gc.get_freeze_count() == aside
    assert made
    sweeper.timer.stop()


@pytest.mark.usefixtures("qtbot", "_unswept")
def test_what_was_put_aside_is_swept_too_once_a_register_is_put_away() -> None:
    parent = QObject()
    sweeper = Sweeper(lambda: True, parent)
    loop = Loop()
    gone = ref(loop)
    sweeper.begin()
    del loop
    gc.collect()
    assert gone() is not None
    sweeper.sweep_all()
    assert gone() is None


@pytest.mark.usefixtures("qtbot", "_unswept")
def test_what_was_imported_later_is_put_aside_too() -> None:
    sweeper = Sweeper(lambda: True, QObject())
    imported: list[object] = [[] for _each in range(100)]
    before = gc.get_freeze_count()
    sweeper.put_aside()
    assert gc.get_freeze_count() >= before + len(imported)
