"""What check and findings tell of the PC: a clock that may be wrong, backups past their term."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from privreg.formats import text
from privreg.services import agenda, backups, check
from tests.services.conftest import NOW, add

if TYPE_CHECKING:
    from privreg.clock import FixedClock
    from privreg.services.desk import Desk


def backups_on(desk: Desk, clock: FixedClock, *days: int) -> None:
    """Work in the register on some days, and let the program make its backups."""
    for day in days:
        clock.moment = NOW + timedelta(days=day)
        add(desk, "groups", name=f"Groep van dag {day}")
        backups.make_when_due(desk)


def test_the_newest_backups_of_a_register_that_is_seldom_used_are_told_past_their_term(
    desk: Desk, clock: FixedClock
) -> None:
    backups_on(desk, clock, 0, 1, 2, 3)
    assert backups.past_term(desk) == ()
    clock.moment = NOW + timedelta(days=100)
    told = check.check(desk).past_term
    assert [(each.since, each.stays) for each in told] == [
        (date(2026, 5, 11), True),
        (date(2026, 5, 10), True),
        (date(2026, 5, 9), True),
        (date(2026, 5, 8), False),
    ]
    assert [each.backup for each in told] == list(backups.present(desk))
    said = text(told[0].said)
    assert told[0].backup.file.name in said
    assert "11-05-2026" in said
    assert "06-04-2026" in said


def test_what_is_told_to_go_goes_with_the_next_backup_and_the_rest_stays(
    desk: Desk, clock: FixedClock
) -> None:
    backups_on(desk, clock, 0, 1, 2, 3)
    clock.moment = NOW + timedelta(days=38, hours=-1)
    [goes, *_more] = [each.backup for each in backups.past_term(desk) if not each.stays]
    backups_on(desk, clock, 38)
    assert goes not in backups.present(desk)
    assert all(each.stays for each in backups.past_term(desk))


def test_another_term_is_reckoned_with(desk: Desk, clock: FixedClock) -> None:
    backups_on(desk, clock, 0)
    backups.change_settings(desk, {"backup_kept_days": 7})
    clock.moment = NOW + timedelta(days=7)
    assert [each.since for each in backups.past_term(desk)] == [date(2026, 4, 10)]


@pytest.mark.parametrize(
    ("days", "says"), [(4000, "loopt de klok van deze pc voor"), (-2, "loopt achter")]
)
def test_a_clock_that_may_be_wrong_is_among_the_findings(
    desk: Desk, clock: FixedClock, days: int, says: str
) -> None:
    add(desk, "groups", name="Klanten")
    before = agenda.overview(desk).findings_by_weight.get("risk", 0)
    assert all(each.register != "settings" for each in agenda.findings(desk))
    clock.moment = NOW + timedelta(days=days)
    [found] = [each for each in check.check(desk).findings if each.register == "settings"]
    assert (found.record_id, found.weight) == (None, "risk")
    assert says in text(found.what)
    assert agenda.overview(desk).findings_by_weight["risk"] == before + 1
