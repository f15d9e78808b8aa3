"""Garbage is collected on the window's own thread, in small steps, and never while it starts.

Python looks for garbage whenever enough was made, on whatever thread made it, and a look at
everything a large program holds takes a tenth of a second in which nothing else runs. So
`main.py` switches that off. What the start and its imports have made is put aside, and from then
on what is young is looked at often, the rest only while nobody touches anything; what outlives
that is put aside as well. Everything is looked at when a register is put away.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

EVERY_MILLISECONDS = 100
ENOUGH_YOUNG, MOST_YOUNG = 2_000, 20_000
MUST_BE_SWEPT = 1_000_000
MIDDLE_AFTER = 8
YOUNG, MIDDLE, OLD = range(3)


class Sweeper(QObject):
    """Collects garbage where Python's own collecting is switched off.

    `is_resting` says whether nobody has touched anything for a while.
    """

    def __init__(self, is_resting: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self.is_resting = is_resting
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY_MILLISECONDS)
        self.timer.timeout.connect(self.sweep)

    def begin(self) -> None:
        """Put aside what is there now; the first time only."""
        if not self.timer.isActive():
            self.put_aside()
            self.timer.start()

    def put_aside(self) -> None:
        """Look no more at what is there now: what was imported stays."""
        gc.freeze()

    def sweep(self) -> None:
        """Look at what is young when that is enough and not too much; at all while resting."""
        young, middle, old = gc.get_count()
        if young > MUST_BE_SWEPT or ((young > MOST_YOUNG or old) and self.is_resting()):
            gc.collect(OLD)
            gc.freeze()
        elif ENOUGH_YOUNG < young <= MOST_YOUNG:
            gc.collect(MIDDLE if middle >= MIDDLE_AFTER else YOUNG)

    def sweep_all(self) -> None:
        """Look at everything, also at what was put aside, as a register has been put away."""
        gc.unfreeze()
        gc.collect(OLD)
        gc.freeze()
