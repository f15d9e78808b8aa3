"""A desk to work at: one register made per run and copied per test, on both engines."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from privreg.clock import FixedClock
from privreg.services import records
from privreg.services.desk import Desk, create_register, open_unlocked
from privreg.store.folder import RegisterFolder
from tests.store.postgres import postgres_server, postgres_settings, postgres_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from privreg.registers.declaration import Values
    from privreg.store.key_format import DataKey
    from privreg.store.keys import KeyRing

__all__ = ["postgres_server", "postgres_settings", "postgres_url"]

PASSWORD = "vier natte schapen"
NOW = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)
CONTROLLER = {"name": "Bonenhof BV", "country": "NL", "book_year_end": "12-31"}


@dataclass(frozen=True)
class Template:
    """A register that is copied for each test, with what opens it without a password."""

    folder: Path
    ring: KeyRing | None
    data_key: DataKey
    recovery_key: str


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """Make the register once."""
    path = tmp_path_factory.mktemp("template") / "Bonenhof"
    desk, recovery_key = create_register(
        path, CONTROLLER, login="jan", name="Jan", password=PASSWORD, clock=FixedClock(NOW)
    )
    desk.close()
    return Template(desk.folder.path, desk.ring, desk.data_key, recovery_key)


@pytest.fixture
def path(template: Template, tmp_path: Path) -> Path:
    """Give the folder of a fresh copy, closed."""
    return shutil.copytree(template.folder, tmp_path / template.folder.name)


@pytest.fixture
def clock() -> FixedClock:
    """Return a clock that stands at Friday 3 April 2026, 17:30 in Amsterdam."""
    return FixedClock(NOW)


@pytest.fixture
def desk(template: Template, path: Path, clock: FixedClock) -> Iterator[Desk]:
    """Open a fresh copy as its first user, who holds every role."""
    opened = open_unlocked(RegisterFolder(path), template.ring, template.data_key, clock)
    yield opened
    opened.close()


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.postgres)])
def any_desk(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    """Open a register on each engine."""
    if request.param == "file":
        yield request.getfixturevalue("desk")
        return
    server = request.getfixturevalue("postgres_settings")
    opened, _recovery_key = create_register(
        tmp_path / "Op de server",
        CONTROLLER,
        login="jan",
        name="Jan",
        password=PASSWORD,
        clock=clock,
        server=server,
    )
    yield opened
    opened.close()


def add(desk: Desk, slug: str, **values: Any) -> Values:
    """Save a new record and return it as it stands."""
    saved = records.save(desk, slug, records.new(desk, slug, **values)).after
    assert saved is not None
    return saved


def first(desk: Desk, slug: str) -> Values:
    """Return the first record of a register."""
    return records.page(desk, slug, records.ListQuery()).rows[0]


def a_customer(desk: Desk, **more: Any) -> Values:
    """Save a customer of the first controller."""
    given = {"name": "Bakkerij De Halm", "kind": "company", **more}
    return add(desk, "customers", controller_id=first(desk, "controllers")["id"], **given)
