"""Reading within reading: one moment, one connection, nobody waits for himself."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

from privreg.services import records
from privreg.store.engine import READERS
from tests.effort import PATIENCE_SECONDS
from tests.services.conftest import add

if TYPE_CHECKING:
    from privreg.services.desk import Desk


def test_what_is_asked_while_reading_is_of_the_same_moment(any_desk: Desk) -> None:
    with any_desk.store.read():
        assert records.count(any_desk, "groups", records.ListQuery()) == 0
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(add, any_desk, "groups", name="Klanten").result()
        assert records.count(any_desk, "groups", records.ListQuery()) == 0
    assert records.count(any_desk, "groups", records.ListQuery()) == 1


def test_as_many_as_may_read_at_once_ask_on_without_waiting(any_desk: Desk) -> None:
    everybody = Barrier(READERS, timeout=PATIENCE_SECONDS)

    def reading() -> int:
        with any_desk.store.read():
            everybody.wait()
            return records.count(any_desk, "controllers", records.ListQuery())

    with ThreadPoolExecutor(READERS) as threads:
        asked = [threads.submit(reading) for _ in range(READERS)]
        assert [each.result() for each in asked] == [1] * READERS
