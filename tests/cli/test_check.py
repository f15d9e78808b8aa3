"""`privreg check` on what is broken: exit code 3, and it says what and where."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from privreg import formats
from privreg.clock import FixedClock
from privreg.services import backups
from privreg.services.desk import open_desk
from privreg.services.examples import PASSWORD, USER
from tests.cli.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

PAGE = 4096


def tamper(folder: Path, statement: str) -> None:
    """Change the database behind the program's back."""
    desk = open_desk(folder, USER, PASSWORD, clock=FixedClock(NOW))
    with desk.store.write() as connection:
        connection.exec_driver_sql(statement)
    desk.close()


def test_a_damaged_page_is_told_and_not_a_bug(
    typed: Callable[..., Answer], own_example: Path
) -> None:
    database = own_example / "register.db"
    content = bytearray(database.read_bytes())
    content[100 * PAGE + 40 : 100 * PAGE + 56] = bytes(16)
    database.write_bytes(content)
    answer = typed("check", own_example)
    assert answer.code == 3
    first, *in_the_words_of_the_engine = answer.out.splitlines()
    assert first == "The file is damaged; restore the latest backup."
    assert 0 < len(in_the_words_of_the_engine) <= 5


def test_an_entry_that_cannot_be_read_is_named(
    typed: Callable[..., Answer], own_example: Path
) -> None:
    tamper(own_example, "UPDATE journal SET contents = 'gewist' WHERE seq = 12")
    answer = typed("check", own_example)
    assert answer.code == 3
    assert "entry 12 is not what was written" in answer.out


def test_a_record_changed_outside_the_program_is_named(
    typed: Callable[..., Answer], own_example: Path
) -> None:
    tamper(own_example, "UPDATE breaches SET title = 'Niets aan de hand' WHERE number LIKE '%1'")
    answer = typed("check", own_example, "--json")
    assert answer.code == 3
    found = {(each["register"], each["field"]) for each in answer.data["differences"]}
    assert ("breaches", "title") in found


def test_lost_terms_are_told_and_come_back_with_repair(
    typed: Callable[..., Answer], own_example: Path
) -> None:
    due = typed("due", own_example, "--json").data
    tamper(own_example, "DELETE FROM item_timers")
    told = typed("check", own_example)
    assert told.code == 3
    assert "--repair" in told.out
    mended = typed("check", own_example, "--repair")
    assert (mended.code, "--repair" in mended.out) == (0, False)
    assert typed("due", own_example, "--json").data == due


def test_backups_past_their_term_are_named_with_the_day(
    typed: Callable[..., Answer], own_example: Path
) -> None:
    desk = open_desk(own_example, USER, PASSWORD, clock=FixedClock(NOW - timedelta(days=36)))
    made = backups.make(desk).file.name
    desk.close()
    since = (NOW - timedelta(days=1)).date()
    answer = typed("check", own_example)
    assert answer.code == 0
    assert f"{made} is past its term since {formats.day(since)}" in answer.out
    assert typed("check", own_example, "--json").data["backups_past_term"] == [
        {
            "file": made,
            "made_at": formats.local(NOW - timedelta(days=36)).isoformat(),
            "past_term_since": since.isoformat(),
            "stays": True,
        }
    ]
