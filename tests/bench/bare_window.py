"""The least a program of this kind could do: import, map, open the file, show an empty window.

Run by `opening.py` in a process of its own: `bare_window FOLDER`.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import sys
from pathlib import Path

import argon2
import sqlmodel
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from privreg.clock import SystemClock
from privreg.services.examples import PASSWORD, USER
from privreg.store import migrate, unlocking
from privreg.store.attempts import Doorstep
from privreg.store.engine import sqlcipher_engine
from privreg.store.folder import RegisterFolder
from tests.bench.figures import since_start, tell


def main(path: str) -> None:
    """Do it, and tell how long it took since the process was begun."""
    folder = RegisterFolder.named(Path(path))
    _ring, data_key = unlocking.with_password(
        folder, USER, PASSWORD, Doorstep(folder.path, SystemClock())
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
    used = [each.__name__ for each in (argon2, sqlmodel)]
    tell(painted=since_start(), used=used)


if __name__ == "__main__":
    main(*sys.argv[1:])
