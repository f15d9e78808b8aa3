"""Making, opening, sharing and closing a register."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic import command

from privreg.errors import (
    CannotOpenError,
    InvalidRecordError,
    LockedElsewhereError,
    NotAllowedError,
    ProblemError,
    ReadOnlyError,
    WrongPasswordError,
)
from privreg.formats import text
from privreg.services import backups, check, records, users
from privreg.services.desk import (
    create_register,
    logins,
    open_desk,
    open_unlocked,
    open_with_recovery,
    renew_keys,
)
from privreg.store import backup, migrate
from privreg.store.folder import RegisterFolder
from privreg.store.unlocking import KEYS_OF_ANOTHER
from privreg.translation import use_language
from tests.services.conftest import CONTROLLER, NOW, PASSWORD, a_customer, add
from tests.services.test_restricted import with_role

if TYPE_CHECKING:
    from pathlib import Path

    from privreg.clock import FixedClock
    from privreg.services.desk import Desk
    from privreg.store.server import ServerSettings
    from privreg.store.store import Connection
    from tests.services.conftest import Template

ANNAS = "wandelen paars kajuit"
OLDER = "0002"  # the version of the tables of the first program that searched


def test_the_password_opens_and_another_does_not(path: Path, clock: FixedClock) -> None:
    assert logins(path) == ("jan",)
    desk = open_desk(path, None, PASSWORD, clock=clock)
    assert (desk.user.login, desk.read_only) == ("jan", False)
    desk.close()
    with pytest.raises(WrongPasswordError):
        open_desk(path, "jan", "vier droge schapen", clock=clock)


def test_one_writes_and_others_read_meanwhile(desk: Desk, path: Path, clock: FixedClock) -> None:
    a_customer(desk)
    with pytest.raises(LockedElsewhereError) as told:
        open_desk(path, "jan", PASSWORD, clock=clock)
    use_language("en")
    assert "open it read-only" in text(told.value.problem)
    reader = open_desk(path, "jan", PASSWORD, clock=clock, read_only=True)
    a_customer(desk, name="Slagerij Os")
    assert records.count(reader, "customers", records.ListQuery()) == 2
    with pytest.raises(ReadOnlyError):
        add(reader, "groups", name="Leads")
    reader.close()


def test_the_next_writer_may_in_after_the_first_closed(
    template: Template, path: Path, clock: FixedClock
) -> None:
    for name in ("Klanten", "Leads"):
        desk = open_unlocked(RegisterFolder(path), template.ring, template.data_key, clock)
        add(desk, "groups", name=name)
        desk.close()
    desk = open_unlocked(RegisterFolder(path), template.ring, template.data_key, clock)
    assert records.count(desk, "groups", records.ListQuery()) == 2
    desk.close()


def test_nothing_stands_there_when_making_a_register_fails(
    tmp_path: Path, clock: FixedClock
) -> None:
    with pytest.raises(InvalidRecordError):
        create_register(
            tmp_path / "Nieuw", {"name": ""}, login="jan", name="", password=PASSWORD, clock=clock
        )
    assert list(tmp_path.iterdir()) == []


def test_without_keys_json_the_recovery_key_opens_the_register_and_makes_keys_anew(
    template: Template, path: Path, clock: FixedClock
) -> None:
    (path / "keys.json").unlink()
    with pytest.raises(CannotOpenError):
        open_desk(path, "jan", PASSWORD, clock=clock)
    rescued = open_with_recovery(path, template.recovery_key.lower(), clock=clock)
    assert rescued.read_only
    rescued.close()
    desk = renew_keys(
        path, template.recovery_key, login="jan", password="drie gele ganzen", clock=clock
    )
    assert records.count(desk, "controllers", records.ListQuery()) == 1
    desk.close()
    open_desk(path, "jan", "drie gele ganzen", clock=clock).close()


def test_a_wrong_recovery_key_opens_nothing(path: Path, clock: FixedClock) -> None:
    with pytest.raises(ProblemError):
        open_with_recovery(path, "F3AJT-GJJ9K-PAWKB-C2E9N-RSPSV-2014Q-3YF8C-RXB0E", clock=clock)


def test_a_register_of_a_newer_program_is_refused_politely(
    desk: Desk, template: Template, path: Path, clock: FixedClock
) -> None:
    with desk.store.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    desk.close()
    with pytest.raises(CannotOpenError):
        open_unlocked(RegisterFolder(path), template.ring, template.data_key, clock)
    about = json.loads((path / "register.json").read_text())
    (path / "register.json").write_text(json.dumps({**about, "format": 99}))
    with pytest.raises(CannotOpenError):
        open_desk(path, "jan", PASSWORD, clock=clock)


@pytest.mark.parametrize("file", ["register.db", "keys.json", "register.json"])
def test_a_half_copied_or_damaged_register_is_told_and_left_as_it_is(
    path: Path, clock: FixedClock, file: str
) -> None:
    content = (path / file).read_bytes()
    (path / file).write_bytes(b"\x00" * len(content))
    with pytest.raises(CannotOpenError):
        open_desk(path, "jan", PASSWORD, clock=clock)
    assert (path / file).read_bytes() == b"\x00" * len(content)
    (path / file).unlink()
    with pytest.raises(CannotOpenError):
        open_desk(path, "jan", PASSWORD, clock=clock)


def test_keys_of_another_register_are_told_and_the_recovery_key_opens(
    template: Template, path: Path, tmp_path: Path, clock: FixedClock
) -> None:
    other, _key = create_register(
        tmp_path / "Filiaal", CONTROLLER, login="jan", name="Jan", password=PASSWORD, clock=clock
    )
    other.close()
    shutil.copyfile(other.folder.keys, path / "keys.json")
    with pytest.raises(CannotOpenError) as refused:
        open_desk(path, "jan", PASSWORD, clock=clock)
    assert refused.value.problem.template == KEYS_OF_ANOTHER
    renew_keys(
        path, template.recovery_key, login="jan", password="drie gele ganzen", clock=clock
    ).close()
    open_desk(path, "jan", "drie gele ganzen", clock=clock).close()


def test_a_colleague_gets_access_changes_the_password_and_leaves(
    desk: Desk, path: Path, clock: FixedClock
) -> None:
    added = users.add_user(desk, {"login": "anna", "name": "Anna", "roles": ["staff"]}, ANNAS)
    anna_id = next(iter(added.touched))[1]
    anna = open_desk(path, "Anna", ANNAS, clock=clock, read_only=True)
    assert anna.user.roles == {"staff"}
    anna.close()
    users.reset_password(desk, anna_id, "zeven dikke dotten")
    with pytest.raises(WrongPasswordError):
        open_desk(path, "anna", ANNAS, clock=clock, read_only=True)
    clock.moment = NOW + timedelta(minutes=5)
    old_key = desk.data_key.key
    users.end_access(desk, anna_id)
    assert desk.data_key.key != old_key
    assert records.count(desk, "controllers", records.ListQuery()) == 1
    with pytest.raises(WrongPasswordError):
        open_desk(path, "anna", "zeven dikke dotten", clock=clock, read_only=True)
    assert check.check(desk).is_whole


def test_the_last_administrator_stays(desk: Desk) -> None:
    jan = records.load_number(desk, "users", "GE-0001")
    with pytest.raises(NotAllowedError):
        users.save_user(desk, {**jan, "roles": ["staff"]})
    with pytest.raises(NotAllowedError):
        users.end_access(desk, jan["id"])
    assert records.load_number(desk, "users", "GE-0001")["roles"] == jan["roles"]


@pytest.mark.parametrize("password", ["kort", "wachtwoord123", "aaaaaaaaaaaaaa", "jan jan jan jan"])
def test_a_poor_password_is_refused_with_a_reason(desk: Desk, password: str) -> None:
    with pytest.raises(InvalidRecordError) as told:
        users.change_password(desk, PASSWORD, password)
    assert told.value.problems[0].field == "password"


def test_a_new_emergency_sheet_voids_the_old_one(
    desk: Desk, template: Template, path: Path, clock: FixedClock
) -> None:
    fresh = users.renew_recovery_key(desk)
    desk.close()
    with pytest.raises(ProblemError):
        open_with_recovery(path, template.recovery_key, clock=clock)
    clock.moment = NOW + timedelta(minutes=5)
    open_with_recovery(path, fresh, clock=clock).close()


def test_a_backup_restores_on_another_pc(desk: Desk, tmp_path: Path, clock: FixedClock) -> None:
    customer = a_customer(desk)
    made = backups.make(desk, into=tmp_path)
    a_customer(desk, name="Daarna")
    moved = tmp_path / "usb.privreg-backup"
    shutil.copy(made.file, moved)
    folder = backups.restore(moved, tmp_path / "Nieuwe pc")
    restored = open_desk(folder.path, "jan", PASSWORD, clock=clock)
    assert records.load(restored, "customers", customer["id"]) == customer
    assert records.count(restored, "customers", records.ListQuery()) == 1
    assert check.check(restored).is_whole
    restored.close()


def test_the_scheduled_backup_is_made_once_a_day_and_pruned_by_its_term(
    desk: Desk, clock: FixedClock
) -> None:
    assert backups.make_when_due(desk) is not None
    assert backups.make_when_due(desk) is None
    clock.moment = NOW + timedelta(days=1)
    assert backups.make_when_due(desk) is not None
    for day in (20, 36):
        clock.moment = NOW + timedelta(days=day)
        add(desk, "groups", name=f"Groep van dag {day}")
        assert backups.make_when_due(desk) is not None
    days = [(each.made_at - NOW).days for each in backups.present(desk)]
    assert days == [36, 20, 1]


def test_a_clock_that_is_years_ahead_removes_no_backup(desk: Desk, clock: FixedClock) -> None:
    for day in range(6):
        clock.moment = NOW + timedelta(days=day)
        add(desk, "groups", name=f"Groep van dag {day}")
        backups.make_when_due(desk)
    before = backups.present(desk)
    assert len(before) == 6
    assert backups.clock_doubt(desk) is None
    clock.moment = NOW + timedelta(days=4000)
    assert backups.clock_doubt(desk) is not None
    assert backups.make_when_due(desk) is not None
    assert backups.present(desk)[1:] == before
    add(desk, "groups", name="Ingevoerd in de toekomst")
    clock.moment += timedelta(days=1)
    backups.make_when_due(desk)
    kept = {(each.made_at - NOW).days for each in backups.present(desk)}
    assert {5, 4000, 4001} <= kept
    clock.moment = NOW + timedelta(days=6)
    doubt = backups.clock_doubt(desk)
    assert doubt is not None
    assert "behind" in doubt.template


@pytest.mark.parametrize("role", ["administrator", "coordinator", "staff"])
def test_who_writes_makes_backups(desk: Desk, role: str) -> None:
    assert backups.may_make(with_role(desk, role))
    assert backups.make(desk).file.exists()


@pytest.mark.parametrize("role", ["officer", "reader"])
def test_who_only_reads_makes_none(desk: Desk, role: str) -> None:
    with pytest.raises(NotAllowedError):
        backups.make(with_role(desk, role))
    assert backups.present(desk) == ()


def test_settings_of_the_register_are_checked_and_kept(desk: Desk) -> None:
    backups.change_settings(desk, {"backup_kept_days": 90})
    assert backups.settings(desk)["backup_kept_days"] == 90
    with pytest.raises(InvalidRecordError):
        backups.change_settings(desk, {"backup_kept_days": 0, "backup_every_days": 2})
    assert backups.settings(desk)["backup_every_days"] == 1


@pytest.mark.postgres
def test_two_desks_on_one_server_see_each_others_work_and_lose_nothing(
    tmp_path: Path, clock: FixedClock, postgres_settings: ServerSettings
) -> None:
    jan, _key = create_register(
        tmp_path / "Server",
        CONTROLLER,
        login="jan",
        name="Jan",
        password=PASSWORD,
        clock=clock,
        server=postgres_settings,
    )
    other = open_desk(jan.folder.path, "jan", PASSWORD, clock=clock)
    breach = add(jan, "breaches", title="Laptop", aware_at=NOW)
    seen = records.load(other, "breaches", breach["id"])
    records.save(other, "breaches", {**seen, "title": "Laptop van Piet"})
    with pytest.raises(ProblemError):
        records.save(jan, "breaches", {**breach, "title": "Laptop van Els"})
    assert records.load(jan, "breaches", breach["id"])["title"] == "Laptop van Piet"
    assert check.check(jan).is_whole
    with pytest.raises(ProblemError):
        create_register(
            tmp_path / "Nog een",
            CONTROLLER,
            login="jan",
            name="Jan",
            password=PASSWORD,
            clock=clock,
            server=postgres_settings,
        )
    jan.close()
    other.close()


def test_who_comes_back_sees_what_changed_since_the_last_visit(
    template: Template, path: Path, clock: FixedClock
) -> None:
    def opened() -> Desk:
        return open_unlocked(RegisterFolder(path), template.ring, template.data_key, clock)

    clock.moment = NOW + timedelta(days=1)
    desk = opened()
    desk.close()
    clock.moment = NOW + timedelta(days=2)
    desk = opened()
    assert desk.last_visit == NOW + timedelta(days=1)
    add(desk, "groups", name="Leads")
    found = records.journal_page(desk, since=desk.last_visit)
    assert [(each.slug, each.action) for each in found] == [("groups", "create")]
    desk.close()


@pytest.fixture
def older(tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> RegisterFolder:
    """Make a register with a customer as an older program made it, and close it."""

    def upgrade_as_then(connection: Connection) -> None:
        command.upgrade(migrate.configuration(connection), OLDER)

    with monkeypatch.context() as then:
        then.setattr(migrate, "upgrade", upgrade_as_then)
        made, _key = create_register(
            tmp_path / "Ouder", CONTROLLER, login="jan", name="Jan", password=PASSWORD, clock=clock
        )
        a_customer(made)
        made.close()
    return made.folder


def test_an_older_register_is_backed_up_and_brought_up_to_date(
    older: RegisterFolder, clock: FixedClock
) -> None:
    before = len(backup.present(older))
    newer = open_desk(older.path, "jan", PASSWORD, clock=clock)
    assert len(backups.present(newer)) == before + 1
    with newer.store.read() as connection:
        assert migrate.version(connection) == migrate.HEAD
    a_customer(newer, name="Slagerij Os")
    found = records.page(newer, "customers", records.ListQuery(text="os"))
    assert [each["name"] for each in found.rows] == ["Slagerij Os"]
    assert check.check(newer).is_whole
    newer.close()
    again = open_desk(older.path, "jan", PASSWORD, clock=clock)
    assert len(backups.present(again)) == before + 1
    again.close()
