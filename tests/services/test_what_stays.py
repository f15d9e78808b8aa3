"""What must stay as it was: moments of entry, numbers of papers; and disks that refuse."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import errno
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from privreg.clock import FixedClock, day_of
from privreg.errors import ReadOnlyError
from privreg.registers.customers import CustomerGroup
from privreg.services import backups, records, reports, users
from privreg.store import backup, printed
from privreg.store.records import table_of
from tests.services.conftest import NOW, a_customer, add

if TYPE_CHECKING:
    from pathlib import Path

    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk


def test_a_link_that_stays_keeps_the_moment_it_was_entered(any_desk: Desk) -> None:
    old, new = (add(any_desk, "groups", name=name)["id"] for name in ("Oud", "Nieuw"))
    customer = a_customer(any_desk, groups=[old])
    later = NOW + timedelta(days=1)
    any_desk.clock = FixedClock(later)
    records.save(any_desk, "customers", {**customer, "groups": [new, old]})
    table = table_of(CustomerGroup)
    with any_desk.store.read() as connection:
        entered = connection.execute(sa.select(table.c.target_id, table.c.entered_at)).all()
    assert dict(entered) == {old: NOW, new: later}


def test_what_is_added_to_a_row_leaves_the_moment_its_fact_was_entered(any_desk: Desk) -> None:
    sent = {"phase": "first", "sent_at": NOW - timedelta(hours=1)}
    happened = {"title": "Tas weg", "aware_at": NOW - timedelta(hours=2)}
    breach = add(any_desk, "breaches", **happened, notifications=[sent])
    (row,) = breach["notifications"]
    later = NOW + timedelta(days=7)
    any_desk.clock = FixedClock(later)
    numbered = saved(any_desk, "breaches", breach, notifications=[{**row, "number": "AP-12"}])
    (again,) = numbered["notifications"]
    assert (again["number"], again["entered_at"]) == ("AP-12", row["entered_at"])
    moved = saved(any_desk, "breaches", numbered, notifications=[{**again, "sent_at": NOW}])
    assert moved["notifications"][0]["entered_at"] == later


def test_a_day_that_is_filled_in_later_was_entered_then(any_desk: Desk) -> None:
    party = add(any_desk, "parties", name="Beheer B.V.", agreements=[{"title": "Eerste"}])
    later = NOW + timedelta(days=7)
    any_desk.clock = FixedClock(later)
    (row,) = party["agreements"]
    signed = saved(any_desk, "parties", party, agreements=[{**row, "signed_on": day_of(NOW)}])
    assert signed["agreements"][0]["entered_at"] == later


def saved(desk: Desk, slug: str, record: Values, **changes: object) -> Values:
    """Save a record with these changes and return it as it stands."""
    after = records.save(desk, slug, {**record, **changes}).after
    assert after is not None
    return after


def test_a_paper_is_known_again_after_a_leaver_changed_the_keys(desk: Desk) -> None:
    before = reports.numbered(desk, reports.build(desk, "register"))
    reports.came_out(desk, before)
    given = {"login": "piet", "name": "Piet", "roles": ["staff"]}
    touched = users.add_user(desk, given, "twee natte geiten").touched
    users.end_access(desk, next(key for _slug, key in touched))
    after = reports.numbered(desk, reports.build(desk, "register"))
    assert (after.number, after.copy) == (before.number, True)


def test_a_paper_numbered_in_two_windows_at_once_has_one_number(any_desk: Desk) -> None:
    with any_desk.store.write() as connection:
        first = printed.give_number(connection, "d1", 2026)
    with any_desk.store.write() as connection:
        assert printed.give_number(connection, "d1", 2026) == first


def test_a_backup_on_a_stick_that_may_only_be_read_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backups.make(desk, into=tmp_path / "stick")

    def refused(**_where: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(backup, "TemporaryDirectory", refused)
    with pytest.raises(ReadOnlyError):
        backups.verify(desk, made.file)
