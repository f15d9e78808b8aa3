"""Changing the data key while another window reads: nobody comes back, no sheet is lost."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from privreg.errors import AccessEndedError, LockedElsewhereError, ProblemError
from privreg.registers.users import REGISTER
from privreg.services import records, users
from privreg.services.desk import open_desk, open_with_recovery, renew_keys
from privreg.store import gate
from privreg.store.keys import KeyRing
from privreg.store.records import load
from tests.services.conftest import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from privreg.clock import FixedClock
    from privreg.services.desk import Desk
    from tests.services.conftest import Template

FIRST_PASSWORD = "twee natte geiten"
NEXT_PASSWORD = "drie natte ezels"


def a_colleague(desk: Desk, login: str) -> UUID:
    given = {"login": login, "name": login.title(), "roles": ["staff"]}
    touched = users.add_user(desk, given, FIRST_PASSWORD).touched
    return next(key for _slug, key in touched)


@contextmanager
def read_elsewhere(path: Path, clock: FixedClock) -> Iterator[None]:
    other = open_desk(path, "jan", PASSWORD, clock=clock, read_only=True)
    with other.store.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM users").all()
        yield
    other.close()


def test_a_leaver_stays_out_when_the_file_could_not_be_encrypted_yet(
    desk: Desk, path: Path, clock: FixedClock
) -> None:
    leaver = a_colleague(desk, "piet")
    with read_elsewhere(path, clock), pytest.raises(LockedElsewhereError):
        users.end_access(desk, leaver)
    users.change_password(desk, PASSWORD, NEXT_PASSWORD)
    assert KeyRing.load(path).names == ("jan",)
    desk.close()
    again = open_desk(path, "jan", NEXT_PASSWORD, clock=clock)
    assert again.data_key.coming is None
    again.close()


def test_a_second_leaver_follows_a_first_that_was_held_up(
    desk: Desk, path: Path, clock: FixedClock
) -> None:
    first, second = a_colleague(desk, "piet"), a_colleague(desk, "kees")
    with read_elsewhere(path, clock), pytest.raises(LockedElsewhereError):
        users.end_access(desk, first)
    users.end_access(desk, second)
    assert (KeyRing.load(path).names, desk.data_key.coming) == (("jan",), None)


def test_a_new_recovery_key_is_told_though_a_reader_holds_up_the_file(
    desk: Desk, path: Path, clock: FixedClock
) -> None:
    with read_elsewhere(path, clock):
        recovery_key = users.renew_recovery_key(desk)
    desk.close()
    open_with_recovery(path, recovery_key, clock=clock).close()


def test_an_end_of_access_that_was_cut_short_can_be_done_again(desk: Desk, path: Path) -> None:
    leaver = a_colleague(desk, "piet")
    with desk.saving() as saver:
        user = load(saver.connection, REGISTER, leaver)
        gate.save(saver, REGISTER, {**(user or {}), "state": "ended"})
    users.end_access(desk, leaver)
    assert KeyRing.load(path).names == ("jan",)


def test_who_left_gets_no_password_and_no_particulars(desk: Desk, path: Path) -> None:
    leaver = a_colleague(desk, "piet")
    users.end_access(desk, leaver)
    gone = records.load(desk, "users", leaver)
    with pytest.raises(ProblemError):
        users.reset_password(desk, leaver, NEXT_PASSWORD)
    with pytest.raises(ProblemError):
        users.save_user(desk, {**gone, "name": "Pieter"})
    assert records.load(desk, "users", leaver)["state"] == "ended"
    assert KeyRing.load(path).names == ("jan",)


def test_access_ends_for_who_has_no_key_since_the_keys_were_made_anew(
    desk: Desk, template: Template, path: Path, clock: FixedClock
) -> None:
    leaver = a_colleague(desk, "piet")
    desk.close()
    again = renew_keys(
        path, template.recovery_key, login="jan", password=NEXT_PASSWORD, clock=clock
    )
    users.end_access(again, leaver)
    assert records.load(again, "users", leaver)["state"] == "ended"
    again.close()


def test_a_window_that_reads_on_after_the_access_ended_is_refused(
    desk: Desk, path: Path, clock: FixedClock
) -> None:
    pia = a_colleague(desk, "pia")
    window = open_desk(path, "pia", FIRST_PASSWORD, clock=clock, read_only=True)
    records.page(window, "groups", records.ListQuery())
    with suppress(LockedElsewhereError):  # while the window holds the file it keeps its key
        users.end_access(desk, pia)
    with pytest.raises(AccessEndedError):
        records.page(window, "groups", records.ListQuery())
    window.close()
