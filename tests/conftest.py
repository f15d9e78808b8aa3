"""What every test stands on: no screen, a known language, a known moment, known effort."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from privreg.clock import FixedClock
from privreg.translation import DEFAULT_LANGUAGE, use_language
from tests.effort import CASES, IS_LONG

if TYPE_CHECKING:
    from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

IN_CI = os.environ.get("CI") == "true"

settings.register_profile(
    "tried",
    max_examples=CASES,
    deadline=None,
    database=None,
    derandomize=IN_CI and not IS_LONG,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tried")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this run or this machine is not for; in CI a missing server is a failure."""
    skips = [
        ("long", not IS_LONG, "only in the long run: python3 start.py tests --long"),
        ("postgres", not IN_CI and not has_postgresql(), "no PostgreSQL server on this machine"),
    ]
    for item in items:
        for marker, applies, reason in skips:
            if applies and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def has_postgresql() -> bool:
    """Tell whether a server can be started; Debian keeps its programs off the path."""
    installed = any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed or shutil.which("initdb") is not None


@pytest.fixture(autouse=True)
def _language_of_the_office() -> Iterator[None]:
    """Start and leave every test in the language the program starts in."""
    use_language(DEFAULT_LANGUAGE)
    yield
    use_language(DEFAULT_LANGUAGE)


@pytest.fixture
def clock() -> FixedClock:
    """Return a clock that stands at Friday 3 April 2026, 17:30 in Amsterdam."""
    return FixedClock(datetime(2026, 4, 3, 15, 30, tzinfo=UTC))
