"""The least a program of this kind could do: import, map, open the file, show an empty window.

It imports the libraries that the real program has imported by its first painted window, maps
the same tables, unlocks and opens the file, and imports nothing else of the program. Run by
`opening.py` in a process of its own: `bare_window FOLDER USER PASSWORD`.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import sys
import time
from pathlib import Path

import argon2
import filelock
import platformdirs
import sqlmodel
from PySide6.QtCore import QTimer
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QMainWindow

from privreg.clock import SystemClock
from privreg.registers.register_list import REGISTERS
from privreg.store import migrate, tables, unlocking
from privreg.store.attempts import Doorstep
from privreg.store.engine import sqlcipher_engine
from privreg.store.folder import RegisterFolder
from tests.bench.opening_times import libraries, since_start, tell


def main(path: str, user: str, password: str) -> None:
    """Do it, and tell how long it took since the process was begun."""
    entered = since_start()
    folder = RegisterFolder.named(Path(path))
    _ring, data_key = unlocking.with_password(
        folder, user, password, Doorstep(folder.path, SystemClock())
    )
    engine = sqlcipher_engine(folder.database, data_key.key, read_only=True)
    with engine.connect() as connection:
        migrate.version(connection)
    application = QApplication([])
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    QTimer.singleShot(0, application.quit)
    application.exec()
    window.grab()
    painted = {"entered": entered, "painted": since_start(), "painted_cpu": time.process_time()}
    used = [
        each.__name__ for each in (argon2, filelock, platformdirs, sqlmodel, tables, QSvgRenderer)
    ]
    tell(**painted, libraries=libraries(), used=[*used, len(REGISTERS)])


if __name__ == "__main__":
    main(*sys.argv[1:])
