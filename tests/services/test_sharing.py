"""Several PCs on one office server: keys, users, and many desks that save at once."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from privreg.errors import (
    AccessEndedError,
    CannotOpenError,
    LockedElsewhereError,
    NotAllowedError,
)
from privreg.formats import text
from privreg.registers.groups import Group
from privreg.services import backups, check, records, recovering, users
from privreg.services.desk import (
    KEYS_MADE_ELSEWHERE,
    create_register,
    open_desk,
    open_unlocked,
    open_with_recovery,
    renew_keys,
)
from privreg.services.office_server import particulars, try_server
from privreg.services.server_change import change_server
from privreg.store import gate, identity, migrate, shared_keys
from privreg.store.engine import SERVER_LACKS
from privreg.store.folder import Condition, RegisterFolder, State
from privreg.store.gate import EditConflictError
from privreg.store.keys import KeyRing
from privreg.store.records import table_of
from tests.effort import PATIENCE_SECONDS
from tests.services.conftest import CONTROLLER, NOW, PASSWORD, a_customer, add
from tests.store.postgres import a_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from privreg.clock import FixedClock
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from privreg.store.server import ServerSettings

pytestmark = pytest.mark.postgres

ANNAS, PIETS = "wandelen paars kajuit", "zeven groene emmers zand"
DESKS, SAVES = 4, 25
MANY_DESKS = 20
GROUPS = table_of(Group)


@pytest.fixture
def jan(tmp_path: Path, clock: FixedClock, postgres_settings: ServerSettings) -> Iterator[Desk]:
    """Make a register on a server, in a folder that stands for the one on the share."""
    made, _key = create_register(
        tmp_path / "Kantoor",
        CONTROLLER,
        login="jan",
        name="Jan",
        password=PASSWORD,
        clock=clock,
        server=postgres_settings,
        server_password="geheim van de server",
    )
    yield made
    made.close()


def another(desk: Desk, *, read_only: bool = False) -> Desk:
    """Open the same register at another PC."""
    ring, key, clock = desk.ring, desk.data_key, desk.clock
    return open_unlocked(desk.folder, ring, key, clock, read_only=read_only)


def colleague(login: str, *roles: str) -> dict[str, object]:
    """Return the particulars of a colleague."""
    return {"login": login, "name": login.title(), "roles": list(roles or ("staff",))}


def test_four_desks_that_save_at_once_lose_nothing_and_the_chain_stays_one(jan: Desk) -> None:
    desks = [another(jan) for _number in range(DESKS)]
    start = Barrier(DESKS, timeout=PATIENCE_SECONDS)

    def work(place: int) -> None:
        start.wait()
        for number in range(SAVES):
            add(desks[place], "groups", name=f"Groep {place}-{number}")

    before = check.check_journal(jan).entries
    with ThreadPoolExecutor(DESKS) as office:
        list(office.map(work, range(DESKS)))
    for desk in desks:
        desk.close()
    rows = records.page(jan, "groups", records.ListQuery(), 0, 2 * DESKS * SAVES).rows
    wanted = {f"Groep {place}-{number}" for place in range(DESKS) for number in range(SAVES)}
    assert {each["name"] for each in rows} == wanted
    assert len({each["number"] for each in rows if each.get("number")}) in (0, DESKS * SAVES)
    journal = check.check_journal(jan)
    assert (journal.broken, journal.entries) == (None, before + DESKS * SAVES)


def test_twenty_desks_that_each_enter_breaches_lose_no_number_and_meet_no_deadlock(
    jan: Desk,
) -> None:
    desks = [another(jan) for _number in range(MANY_DESKS)]
    customers = [a_customer(jan, name=f"Klant {n}") for n in range(3)]
    start = Barrier(MANY_DESKS, timeout=PATIENCE_SECONDS)

    def work(place: int) -> list[str]:
        start.wait()
        given = []
        for number in range(SAVES):
            touched = [each["id"] for each in (*customers[place % 3 :], *customers[: place % 3])]
            saved = add(
                desks[place],
                "breaches",
                title=f"Lek {place}-{number}",
                aware_at=NOW,
                customers=touched,
            )
            given.append(saved["number"])
        return given

    before = check.check_journal(jan).entries
    with ThreadPoolExecutor(MANY_DESKS) as office:
        given = [number for numbers in office.map(work, range(MANY_DESKS)) for number in numbers]
    for desk in desks:
        desk.close()
    count = MANY_DESKS * SAVES
    assert sorted(given) == [f"DL-2026-{number:04d}" for number in range(1, count + 1)]
    journal = check.check_journal(jan)
    assert (journal.broken, journal.entries) == (None, before + count)


def test_a_save_that_the_server_breaks_off_is_done_once_more(jan: Desk) -> None:
    other = another(jan)
    first, second = (add(jan, "groups", name=name) for name in ("Een", "Twee"))
    both_hold_one = Barrier(2, timeout=PATIENCE_SECONDS)
    tries: list[int] = []

    def crosswise(desk: Desk, mine: Values, theirs: Values) -> None:
        def work(saver: gate.Saver) -> None:
            tries.append(1)
            for each in (mine, theirs):
                row = sa.select(GROUPS.c.id).where(GROUPS.c.id == each["id"])
                saver.connection.execute(row.with_for_update())
                if each is mine and len(tries) <= 2:
                    both_hold_one.wait()

        desk.saved(work)

    with ThreadPoolExecutor(2) as office:
        done = [
            office.submit(crosswise, jan, first, second),
            office.submit(crosswise, other, second, first),
        ]
        assert [each.result() for each in done] == [None, None]
    assert len(tries) == 3
    other.close()


def test_breaches_registered_at_four_desks_at_once_each_get_a_number(jan: Desk) -> None:
    desks = [another(jan) for _number in range(DESKS)]
    start = Barrier(DESKS, timeout=PATIENCE_SECONDS)

    def work(place: int) -> list[str]:
        start.wait()
        return [
            add(desks[place], "breaches", title=f"Lek {n}", aware_at=NOW)["number"]
            for n in range(5)
        ]

    with ThreadPoolExecutor(DESKS) as office:
        given = [number for numbers in office.map(work, range(DESKS)) for number in numbers]
    for desk in desks:
        desk.close()
    assert sorted(given) == [f"DL-2026-{number:04d}" for number in range(1, DESKS * 5 + 1)]


def test_of_four_who_save_one_record_at_once_one_wins_and_three_see_both_versions(
    jan: Desk,
) -> None:
    group = add(jan, "groups", name="Klanten")
    desks = [another(jan) for _number in range(DESKS)]
    start = Barrier(DESKS, timeout=PATIENCE_SECONDS)

    def work(place: int) -> str:
        start.wait()
        try:
            records.save(desks[place], "groups", {**group, "name": f"Klanten {place}"})
        except EditConflictError as conflict:
            return str((conflict.theirs or {})["name"])
        return ""

    with ThreadPoolExecutor(DESKS) as office:
        told = list(office.map(work, range(DESKS)))
    for desk in desks:
        desk.close()
    stands = records.load(jan, "groups", group["id"])["name"]
    assert Counter(told) == {"": 1, stands: DESKS - 1}
    assert stands == f"Klanten {told.index('')}"
    assert check.check_journal(jan).broken is None


def test_a_colleague_added_at_one_pc_opens_at_another(jan: Desk, clock: FixedClock) -> None:
    other = another(jan)
    users.add_user(jan, colleague("anna", "coordinator"), ANNAS)
    anna = open_desk(jan.folder.path, "anna", ANNAS, clock=clock)
    seen = add(anna, "groups", name="Van Anna")
    assert records.load(other, "groups", seen["id"])["name"] == "Van Anna"
    anna.close()
    other.close()


def test_two_administrators_at_two_pcs_do_not_undo_each_others_colleagues(jan: Desk) -> None:
    other = another(jan)
    users.add_user(jan, colleague("anna"), ANNAS)
    users.add_user(other, colleague("piet"), PIETS)
    users.change_password(jan, PASSWORD, "acht blauwe kussens")
    assert KeyRing.load(jan.folder.path).names == ("jan", "anna", "piet")
    other.close()


def test_whose_access_ended_is_out_and_the_others_open_it_anew(
    jan: Desk, clock: FixedClock
) -> None:
    [(_slug, anna)] = users.add_user(jan, colleague("anna"), ANNAS).touched
    users.add_user(jan, colleague("piet", "administrator"), PIETS)
    piet = open_desk(jan.folder.path, "piet", PIETS, clock=clock)
    users.end_access(jan, anna)
    with pytest.raises(CannotOpenError):
        open_desk(jan.folder.path, "anna", ANNAS, clock=clock)
    with pytest.raises(LockedElsewhereError):  # his ring is of before
        users.add_user(piet, colleague("els"), "negen paarse laarzen")
    piet.close()
    again = open_desk(jan.folder.path, "piet", PIETS, clock=clock)
    users.add_user(again, colleague("els"), "negen paarse laarzen")
    assert KeyRing.load(jan.folder.path).names == ("jan", "piet", "els")
    again.close()


def test_a_key_change_that_was_cut_short_is_finished_at_the_next_opening(
    jan: Desk, clock: FixedClock
) -> None:
    assert jan.ring is not None
    coming, _both, sheet = jan.ring.renew_recovery(jan.data_key)
    coming.save(jan.folder.path)
    again = open_desk(jan.folder.path, "jan", PASSWORD, clock=clock)
    assert again.data_key.coming is None
    again.close()
    open_with_recovery(jan.folder.path, sheet, clock=clock).close()


def test_a_clerk_who_may_only_read_the_share_still_saves_on_the_server(
    jan: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        RegisterFolder, "inspect", lambda _folder: Condition(State.READY, is_read_only=True)
    )
    clerk = another(jan)
    assert not clerk.read_only
    add(clerk, "groups", name="Klanten")
    clerk.close()


def test_only_an_administrator_brings_the_tables_up_to_date(
    jan: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    users.add_user(jan, colleague("anna", "coordinator", "staff"), ANNAS)
    ran: list[object] = []
    monkeypatch.setattr(migrate, "is_current", lambda _connection: False)
    monkeypatch.setattr(migrate, "upgrade", ran.append)
    with pytest.raises(NotAllowedError):
        open_desk(jan.folder.path, "anna", ANNAS, clock=clock)
    assert ran == []
    open_desk(jan.folder.path, "jan", PASSWORD, clock=clock).close()
    assert len(ran) == 1


def test_the_program_leaves_backups_to_the_server(jan: Desk) -> None:
    assert backups.make_when_due(jan) is None
    sentence = backups.made_by_server(jan)
    assert sentence is not None
    assert "pg_dump" in text(sentence)


def test_a_server_is_tried_without_writing_anything(postgres_settings: ServerSettings) -> None:
    try_server(postgres_settings, None)
    try_server(postgres_settings, None)
    given = particulars(
        f" {postgres_settings.host} ",
        postgres_settings.database,
        postgres_settings.user,
        port=f"{postgres_settings.port}",
        ssl_mode="prefer",
    )
    assert given == postgres_settings


def test_whose_access_ends_at_another_pc_is_refused_at_the_next_step(
    jan: Desk, clock: FixedClock
) -> None:
    [(_slug, anna)] = users.add_user(jan, colleague("anna", "coordinator"), ANNAS).touched
    desk = open_desk(jan.folder.path, "anna", ANNAS, clock=clock)
    add(desk, "groups", name="Klanten")
    users.end_access(jan, anna)
    with pytest.raises(AccessEndedError):
        records.page(desk, "groups", records.ListQuery())
    with pytest.raises(AccessEndedError):
        add(desk, "groups", name="Leveranciers")
    assert records.count(jan, "groups", records.ListQuery()) == 1
    desk.close()


def test_whose_roles_change_at_another_pc_is_told_once_and_then_has_the_new_ones(
    jan: Desk, clock: FixedClock
) -> None:
    [(_slug, anna)] = users.add_user(jan, colleague("anna", "coordinator"), ANNAS).touched
    desk = open_desk(jan.folder.path, "anna", ANNAS, clock=clock)
    add(desk, "groups", name="Klanten")
    seen = records.load(jan, "users", anna)
    users.save_user(jan, {**seen, "roles": ["staff"]})
    for _time in range(2):  # the first time because the roles changed, then because of the role
        with pytest.raises(NotAllowedError):
            add(desk, "groups", name="Leveranciers")
    assert records.count(desk, "groups", records.ListQuery()) == 1
    assert desk.user.roles == {"staff"}
    desk.close()


def test_a_folder_that_points_at_another_register_is_told(
    jan: Desk, tmp_path: Path, clock: FixedClock, postgres_url: str
) -> None:
    folder = jan.folder
    with a_database(postgres_url) as settings:
        other, _key = create_register(
            tmp_path / "Filiaal",
            CONTROLLER,
            login="jan",
            name="Jan",
            password=PASSWORD,
            clock=clock,
            server=settings,
        )
        other.close()
        with pytest.raises(CannotOpenError) as refused:
            change_server(folder.path, "jan", PASSWORD, settings, "", clock=clock)
        assert refused.value.problem.template == identity.OF_ANOTHER
        theirs = settings.with_password("", jan.data_key.key)
        folder.save_about(replace(folder.about(), server=theirs))
        with pytest.raises(CannotOpenError) as refused:
            open_desk(folder.path, "jan", PASSWORD, clock=clock)
        assert refused.value.problem.template == identity.OF_ANOTHER


def test_a_database_that_holds_nothing_is_told_and_left_empty(
    jan: Desk, clock: FixedClock, postgres_url: str
) -> None:
    with a_database(postgres_url) as settings:
        empty = settings.with_password("", jan.data_key.key)
        jan.folder.save_about(replace(jan.folder.about(), server=empty))
        for _time in range(2):
            with pytest.raises(CannotOpenError) as refused:
                open_desk(jan.folder.path, "jan", PASSWORD, clock=clock)
            assert refused.value.problem.template == SERVER_LACKS


def test_a_forgotten_password_is_set_anew_on_a_server_too(jan: Desk, clock: FixedClock) -> None:
    path, sheet = jan.folder.path, users.renew_recovery_key(jan)
    desk = recovering.recover(path, sheet, login="jan", password=ANNAS, clock=clock)
    assert check.check_journal(desk).broken is None
    desk.close()
    open_desk(path, "jan", ANNAS, clock=clock).close()


def test_keys_that_are_gone_are_made_anew_by_one_pc_at_a_time(jan: Desk, clock: FixedClock) -> None:
    path, sheet = jan.folder.path, users.renew_recovery_key(jan)
    (path / "keys.json").unlink()
    with jan.store.read() as connection:
        shared_keys.hold(connection, jan.folder.about().register_id)
        with pytest.raises(LockedElsewhereError) as refused:
            recovering.recover(path, sheet, login="jan", password=ANNAS, clock=clock)
    assert refused.value.problem.template == shared_keys.BEING_CHANGED
    assert not (path / "keys.json").exists()
    recovering.recover(path, sheet, login="jan", password=ANNAS, clock=clock).close()
    open_desk(path, "jan", ANNAS, clock=clock).close()


def test_two_pcs_that_make_the_keys_anew_at_once_leave_one_of_them_a_sentence(
    jan: Desk, clock: FixedClock
) -> None:
    path, sheet = jan.folder.path, users.renew_recovery_key(jan)
    (path / "keys.json").unlink()
    start = Barrier(2, timeout=PATIENCE_SECONDS)

    def work(password: str) -> str:
        start.wait()
        try:
            renew_keys(path, sheet, login="jan", password=password, clock=clock).close()
        except LockedElsewhereError as error:
            return error.problem.template
        return ""

    with ThreadPoolExecutor(2) as office:
        told = sorted(office.map(work, (ANNAS, PIETS)))
    assert told[0] == ""
    assert told[1] in (shared_keys.BEING_CHANGED, KEYS_MADE_ELSEWHERE)
