"""A program that imports a file and stands still half way, to be killed there.

Run by `test_transfer_in_child.py`: `python -m tests.services.importer FOLDER FILE`, the data key
and the user on standard input.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import sys
from pathlib import Path
from uuid import UUID

from privreg.clock import SystemClock
from privreg.services.desk import open_unlocked
from privreg.services.transfer import import_file
from privreg.store.folder import RegisterFolder
from privreg.store.key_format import DataKey
from privreg.store.keys import KeyRing


def main(folder: str, file: str) -> None:
    """Import, and stand still at the first batch."""
    key, user = sys.stdin.readline().split()
    data_key = DataKey(bytes.fromhex(key), user_id=UUID(user))
    path = Path(folder)
    desk = open_unlocked(RegisterFolder(path), KeyRing.load(path), data_key, SystemClock())
    import_file(desk, "customers", Path(file), progress=stand_still)


def stand_still(_line: int, _about: int) -> None:
    """Say so and wait to be killed."""
    sys.stdout.write("half way\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
