"""Programs that save until they are killed, saying each number once it is safe.

Run by `test_killed.py`: `python -m tests.services.saver FOLDER KEY USER`.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn
from uuid import UUID

from privreg.clock import FixedClock
from privreg.services import records
from privreg.services.desk import open_unlocked
from privreg.store.folder import RegisterFolder
from privreg.store.key_format import DataKey
from privreg.store.keys import KeyRing

BEFORE = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)


def main(folder: str, key: str, user: str) -> None:
    """For each line on standard input start a saver, say its number, wait until it is dead.

    The parent has imported everything and opened nothing, so that a saver starts at once.
    """
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            save_for_ever(Path(folder), DataKey(bytes.fromhex(key), user_id=UUID(user)))
        os.waitpid(child, 0)
        say("dead")


def save_for_ever(path: Path, data_key: DataKey) -> NoReturn:
    """Save breaches with rows, over and over; change each of them once."""
    say("saver", os.getpid())
    desk = open_unlocked(RegisterFolder(path), KeyRing.load(path), data_key, FixedClock(BEFORE))
    while True:
        draft = records.new(desk, "breaches", title="Laptop gestolen", aware_at=BEFORE)
        draft["measures"] = [{"sort": "corrective", "measure": "Op afstand gewist"}]
        saved = records.save(desk, "breaches", draft).after
        assert saved is not None
        say(saved["number"], saved["version"])
        changed = {**saved, "title": "Laptop van een monteur gestolen", "measures": []}
        again = records.save(desk, "breaches", changed).after
        assert again is not None
        say(again["number"], again["version"])


def say(*words: object) -> None:
    """Tell one thing on a line, at once."""
    os.write(1, f"{' '.join(map(str, words))}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
