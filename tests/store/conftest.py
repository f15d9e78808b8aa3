"""What the tests of the store share: a register on disk, cheap passwords, a server."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from privreg.store.engine import sqlcipher_engine
from privreg.store.folder import About, RegisterFolder
from privreg.store.keys import KeyRing
from privreg.store.sealing import Cost
from tests.store.postgres import postgres_server, postgres_settings, postgres_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.store.key_format import DataKey

__all__ = ["postgres_server", "postgres_settings", "postgres_url"]

CHECKOUT = Path(__file__).resolve().parents[2]
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
REGISTER_ID = UUID("00000000-0000-4000-8000-000000000001")
JAN_ID = UUID("00000000-0000-4000-8000-00000000000a")
PASSWORD = "vier natte schapen"
MARKER = "Bakkerij De Halm"
OPEN_TO_ALL = "/tmp"  # TMPDIR may lie in a folder of this user alone


@dataclass(frozen=True)
class Made:
    """A register that stands on disk, with what opens it."""

    folder: RegisterFolder
    ring: KeyRing
    data_key: DataKey
    recovery_key: str


@pytest.fixture
def register(tmp_path: Path) -> Made:
    """Make a register with one user, one table and a few rows."""
    folder = RegisterFolder.named(tmp_path / "Bonenhof")
    with folder.making(About(REGISTER_ID)) as draft:
        ring, data_key, recovery_key = KeyRing.create(
            "jan", PASSWORD, register_id=REGISTER_ID, user_id=JAN_ID, cost=CHEAP
        )
        ring.save(draft.path)
        engine = sqlcipher_engine(draft.database, data_key.key)
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE customers (name TEXT, notes TEXT)")
            connection.exec_driver_sql(
                "INSERT INTO customers VALUES (?, ?)",
                [(f"{MARKER} {number}", "x" * 200) for number in range(500)],
            )
        engine.dispose()
    return Made(folder, ring, data_key, recovery_key)


@pytest.fixture
def seen_by_all(register: Made) -> Iterator[Path]:
    """Give the folder of a copy that every user of the system may read and only this one change."""
    if sys.platform == "win32":
        pytest.skip("of Unix")
    with tempfile.TemporaryDirectory(dir=OPEN_TO_ALL, prefix="privreg-") as place:
        Path(place).chmod(0o755)
        folder = shutil.copytree(register.folder.path, Path(place) / "Bonenhof.privreg")
        for each in (folder, *folder.rglob("*")):
            each.chmod(0o755 if each.is_dir() else 0o644)
        yield folder
